"""What the committee's page stands on: situations with the overrides that wait, members and calendar, and the writing of events."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sbyt_core.cards import CardDraft, life, next_draft
from sbyt_core.cards.draft import DOCUMENT as CARD
from sbyt_core.committee import Committee, Situation
from sbyt_core.committee.change import card_change, criteria_change
from sbyt_core.committee.members import DOCUMENT as COMMITTEE
from sbyt_core.committee.overrides import StandingOverride, with_overrides
from sbyt_core.errors import SbytError
from sbyt_core.ui import drafts, exports, workspace
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data as practice_data
from sbyt_core.ui.practice.data import Practice


@dataclass(frozen=True, eq=False)
class Table:
    """Everything on the committee's table, asked of the store once a run. today: the day at the user's screen."""

    situations: tuple[Situation, ...]
    standing: Mapping[str, StandingOverride]  # by the id of their situation
    committee: Committee
    practice: Practice
    today: date

    def of(self, situation_id: str) -> Situation | None:
        """The situation of an id, None where there is none."""
        return next((one for one in self.situations if one.id == situation_id), None)


def load(page: Page) -> Table:
    """The committee's table of the open company."""
    standing = {one.id: one for one in _standing(page)}
    found = with_overrides(page.store.situation_records(page.project.id), standing.values())  # type: ignore[union-attr]
    return Table(found, standing, committee(page), practice_data.load(page), exports.now().date())


def situations_alone(page: Page) -> tuple[Situation, ...]:
    """The situations and waiting overrides, for the pages that only link to them."""
    return with_overrides(page.store.situation_records(page.project.id), _standing(page))  # type: ignore[union-attr]


def committee(page: Page) -> Committee:
    """Members and calendar."""
    return drafts.load(page, COMMITTEE, Committee.from_value)


def change_committee(page: Page, new: Committee) -> None:
    """Keep members and calendar."""
    drafts.save(page, COMMITTEE, Committee.from_value, lambda _: new)


def new_id() -> str:
    """Id of a new situation."""
    return uuid.uuid4().hex


def write(page: Page, table: Table | None, situation_id: str, event: dict[str, Any], *, author: str = "") -> Situation:
    """Write an event; of an override that waits, its opening first. Raises StaleRecord, NotAllowed, BadInput."""
    project = page.project.id  # type: ignore[union-attr]
    name = (author.strip() or None) if page.store.person == "local" else None
    waiting = table.standing.get(situation_id) if table is not None else None
    written = {record.situation for record in page.store.situation_records(project)}
    if waiting is not None and situation_id not in written:
        page.store.write_situation(project, situation_id, waiting.opening())
    return page.store.write_situation(project, situation_id, event, author=name)


def open_change(page: Page, situation: Situation, why: str) -> str | None:
    """Put the change of a decision into the next draft: "card" or "criteria", None where nothing changes. Raises SbytError."""
    change = card_change(situation)
    if change is not None:
        holds = life.effective(page.store.card_versions(page.project.id))  # type: ignore[union-attr]
        base, number = (holds.card, holds.number) if holds is not None else (None, None)
        drafts.save(page, CARD, CardDraft.from_value, lambda draft: next_draft(draft, base, number, change, why))
        return "card"
    settings = criteria_change(situation)
    if settings:
        drafts.move_criteria(page, settings)
        return "criteria"
    return None


def _standing(page: Page) -> list[StandingOverride]:
    """Overrides that hold, with the class that the rules give."""
    kept = page.store.overrides(page.project.id)  # type: ignore[union-attr]
    if not kept or page.data is None:
        return []
    try:
        frame = workspace.in_force(page, workspace.load(page)).frame.set_index("client_key")
    except SbytError:
        return []
    found = []
    for one in kept:
        known = frame.loc[one.client_key] if one.client_key in frame.index else None
        name = one.client_key if known is None else str(known["client"])
        computed = "" if known is None else str(known["computed"])
        found.append(StandingOverride(one.client_key, name, str(one.segment), computed, one.reason, one.author, one.at))
    return found
