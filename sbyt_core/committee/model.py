"""A situation that the card did not foresee, and what became of it.

new → analysed (a cause is named) → decided (decision, responsible, due day, the KPI it must move) → to_review (carried out) →
closed (reviewed: the KPI then and now). A situation that is none (a mistake, a double) is dismissed; a closed or dismissed one
may be reopened and is new again, with its history. An override of a client's class is a situation of its own kind: the
committee approves or rejects it, and it is closed. Which event may follow which state stands in `MOVES`; everything is told by
events that are only ever added (see fold.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

CAUSES = ("staff_not_ready", "card_wrong", "true_exception")
DECISIONS = ("one_off", "new_operation", "change_step", "change_criteria", "train")
STATES = ("new", "analysed", "decided", "to_review", "closed", "dismissed")
OPEN_STATES = STATES[:4]
SOURCES = ("person", "practice", "override")
OUTCOMES = ("helped", "not_helped", "unclear")
KPIS = ("done", "in_time", "in_order", "minutes", "complete", "situations", "own")  # what a decision must move
KPIS_OF_A_STEP = frozenset({"done", "in_time", "in_order", "minutes", "situations"})

# state → event → the state that it leads to; "" before the first event
MOVES: dict[str, dict[str, str]] = {
    "": {"open": "new"},
    "new": {"analyse": "analysed", "rule": "closed", "dismiss": "dismissed", "note": "new"},
    "analysed": {"analyse": "analysed", "decide": "decided", "dismiss": "dismissed", "note": "analysed"},
    "decided": {"decide": "decided", "carry_out": "to_review", "reopen": "new", "note": "decided"},
    "to_review": {"review": "closed", "reopen": "new", "note": "to_review"},
    "closed": {"reopen": "new", "note": "closed"},
    "dismissed": {"reopen": "new", "note": "dismissed"},
}
EVENTS = tuple(dict.fromkeys(event for moves in MOVES.values() for event in moves))


@dataclass(frozen=True)
class Event:
    """What somebody did with a situation. refused: another event came first, so this one does not count; it is kept and shown."""

    event: str
    fields: Mapping[str, Any]
    author: str
    at: datetime
    refused: bool = False


@dataclass(frozen=True)
class Kpi:
    """A figure that a decision must move: code of `KPIS`, the step it is of ("" for the whole card), and how it stood.

    text: what is measured, where the code is "own". value and n: None where it was not known.
    """

    code: str
    step: str = ""
    text: str = ""
    value: float | None = None
    n: int | None = None


@dataclass(frozen=True)
class Decision:
    """What was decided.

    change: what goes into the next version of the card or the criteria, see change.py; review_on: when the KPI is looked at
    again.
    """

    decision: str
    text: str
    responsible: str
    due: date
    review_on: date
    kpi: Kpi
    author: str
    day: date
    change: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Review:
    """How it ended: outcome of `OUTCOMES` and the KPI as it stands now."""

    outcome: str
    value: float | None
    n: int | None
    text: str
    author: str
    day: date


@dataclass(frozen=True)
class Situation:
    """One situation as its events leave it.

    number: 1, 2, 3 … in the order of opening; seen: events that count, to be handed back with the next.
    """

    id: str
    number: int
    state: str
    day: date
    who: str
    text: str
    client_key: str
    client: str
    step: str  # key of a step of the card, "" where none is concerned
    document: str
    source: str
    seen: int
    events: tuple[Event, ...]
    cause: str | None = None
    cause_text: str = ""
    decision: Decision | None = None
    carried_out: date | None = None
    review: Review | None = None
    approved: bool | None = None  # of an override: what the committee said
    extra: Mapping[str, Any] = field(default_factory=dict)  # of an override: segment, computed

    @property
    def is_open(self) -> bool:
        """Whether it is still on somebody's table."""
        return self.state in OPEN_STATES

    def overdue(self, today: date) -> date | None:
        """The day that has passed – due while it is decided, review while it waits for one – or None."""
        if self.decision is None or self.state not in ("decided", "to_review"):
            return None
        day = self.decision.due if self.state == "decided" else self.decision.review_on
        return day if day < today else None

    def may(self, event: str) -> bool:
        """Whether an event may come now."""
        if event == "rule" or (event == "analyse" and self.source == "override"):
            return event in MOVES[self.state] and (event == "rule") == (self.source == "override")
        return event in MOVES[self.state]
