"""What a decision puts into the next version: a change of the card, or of the criteria.

`change` of a decision: {"values": {field: value}, "after": key} for a new typical operation; {"key", "values": {field: value}}
for a changed step, the situation's where no key is told; {"settings": {setting: value}} for criteria. A one-off and a training
change nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sbyt_core.cards.change import add_step, change_step
from sbyt_core.cards.model import Card
from sbyt_core.committee.model import Situation
from sbyt_core.errors import BadInput

OF_CARD = ("new_operation", "change_step")
OF_CRITERIA = ("change_criteria",)


def card_change(situation: Situation) -> Callable[[Card], Card] | None:
    """The change that a decision makes to a card; None where it changes none. The change raises the faults of `cards.change`."""
    decision = situation.decision
    if decision is None or decision.decision not in OF_CARD:
        return None
    values = dict(decision.change.get("values", {}))
    if decision.decision == "new_operation":
        if not str(values.get("operation", "")).strip():
            raise BadInput("empty_text")
        after = decision.change.get("after")
        return lambda card: add_step(card, values, after=after if after in [step.key for step in card.steps] else None)
    key = str(decision.change.get("key") or situation.step)
    return lambda card: change_step(card, key, values)


def criteria_change(situation: Situation) -> dict[str, Any]:
    """Settings of the criteria that a decision sets; empty where it sets none."""
    decision = situation.decision
    return dict(decision.change.get("settings", {})) if decision is not None and decision.decision in OF_CRITERIA else {}
