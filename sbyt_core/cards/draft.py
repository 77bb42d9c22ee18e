"""Draft of a card's next version: the card as it is being edited, why it changes, and from which version it was opened.

One company has one card and one draft of it. The reasons are lines, added by whoever changes the card; a version is sent to review
with all of them. Until the first card there is a draft without a card.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from sbyt_core.cards.model import Card
from sbyt_core.cards.step import TEXT_LIMIT, check_text, mapping

DOCUMENT = "card"  # kind of the store's document that holds the draft


@dataclass(frozen=True)
class CardDraft:
    """card: None before the first; why: reasons of the changes, one a line; based_on: number of the version it was opened from."""

    card: Card | None = None
    why: str = ""
    based_on: int | None = None

    def __post_init__(self) -> None:
        check_text("why", self.why, TEXT_LIMIT)

    def changed(self, change: Callable[[Card], Card], why: str = "") -> CardDraft:
        """The draft with its card changed and a reason more; a draft without a card stays as it is."""
        if self.card is None:
            return self
        lines = [*self.why.splitlines(), why.strip()] if why.strip() and why.strip() not in self.why.splitlines() else [self.why]
        return replace(self, card=change(self.card), why="\n".join(line for line in lines if line))

    def to_value(self) -> dict[str, Any]:
        """The draft as plain values for the store."""
        return {"card": None if self.card is None else self.card.to_value(), "why": self.why, "based_on": self.based_on}

    @classmethod
    def from_value(cls, value: object) -> CardDraft:
        """The draft of plain values, an empty one of None. Raises BadInput bad_json and those of a card."""
        if value is None:
            return cls()
        given = mapping(value, ("card", "why", "based_on"), needed=("card",))
        card = None if given["card"] is None else Card.from_value(given["card"])
        return cls(card, given.get("why", ""), given.get("based_on"))


def next_draft(draft: CardDraft, effective: Card | None, number: int | None, change: Callable[[Card], Card], why: str) -> CardDraft:
    """The draft of the next version with a change in it, made on what is being edited, else on the effective version.

    effective, number: the version in effect; None before the first. change: of `cards.change`, raises its faults.
    """
    opened = draft if draft.card is not None or effective is None else CardDraft(effective, based_on=number)
    return opened.changed(change, why)
