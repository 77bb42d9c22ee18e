"""Service standard: what a client of one kind gets from the sales team, and what it does not get.

A kind is a segment (A, B, C), the state new, or one of the tags that ask for another treatment than the segment's own: late,
service drain, loss-making, promising. Figures are a month of one client; an answer is counted in working hours, so that 8 is
"the same day" and 16 "the next day". Terms that the company has not decided are None, never 0: a credit of 0 days is prepayment.
Texts left None mean the written default of the catalogue, in the reader's language; an edited text is kept letter by letter,
an empty one too. The figures of METHOD §5 are kept; those of the tags and the terms are ours, a start for the talk in the room.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, fields

from sbyt_core.errors import BadInput

KINDS = ("A", "B", "C", "late", "service_drain", "loss_making", "promising", "new")
CHANNELS = ("visit", "phone", "mail", "messenger", "self_service")
TEXT_FIELDS = ("title", "goal", "actions", "who_serves", "not_done")
MOVES = 3  # first moves of a standard: what can be done in the first two weeks

WORKDAY_HOURS = 8.0  # working hours a day: an answer in 8 is the same day, in 16 the next one
TEXT_LIMIT = 2000  # characters of one text: a card of a strategy stays one page
LIMITS: dict[str, tuple[float, float]] = {
    "contacts_per_month": (0.0, 62.0),  # two a day, more is not a standard
    "minutes_per_contact": (0.0, 480.0),  # a working day
    "answer_hours": (0.25, 240.0),  # a quarter of an hour … thirty working days
    "credit_days": (0.0, 365.0),
    "discount_limit": (0.0, 1.0),  # fraction of the price
    "minimum_order": (0.0, 1e12),  # money of the project
}


@dataclass(frozen=True)
class Terms:
    """Terms of trade; None where the company has not decided.

    credit_days: days of deferred payment, 0 is prepayment; discount_limit: the largest discount, a fraction of the price,
    that may be given without the head of sales; minimum_order: money of the project.
    Raises BadInput out_of_range.
    """

    credit_days: int | None = None
    discount_limit: float | None = None
    minimum_order: float | None = None

    def __post_init__(self) -> None:
        for item in fields(self):
            value = getattr(self, item.name)
            if value is not None:
                _check_number(item.name, value, whole=item.name == "credit_days")


@dataclass(frozen=True)
class ServiceStandard:
    """The service standard of one kind of clients.

    kind: one of `KINDS`; contacts_per_month: of one client, 1/3 is once a quarter; minutes_per_contact: with preparation and
    notes; channels: codes of `CHANNELS`, the preferred first; answer_hours: working hours to the answer of a request.
    Raises BadInput out_of_range, not_a_choice.
    """

    kind: str
    contacts_per_month: float
    minutes_per_contact: float
    channels: tuple[str, ...]
    answer_hours: float
    terms: Terms = Terms()
    title: str | None = None
    goal: str | None = None
    actions: str | None = None
    who_serves: str | None = None
    not_done: str | None = None
    first_moves: tuple[str | None, ...] = (None,) * MOVES

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise BadInput("not_a_choice", name="kind", value=self.kind, allowed=KINDS)
        for name in ("contacts_per_month", "minutes_per_contact", "answer_hours"):
            _check_number(name, getattr(self, name))
        _check_channels(self.channels)
        for name in TEXT_FIELDS:
            _check_text(name, getattr(self, name))
        if not isinstance(self.first_moves, tuple) or len(self.first_moves) != MOVES:
            count = len(self.first_moves) if isinstance(self.first_moves, tuple) else 0
            raise BadInput("out_of_range", name="first_moves", value=count, low=MOVES, high=MOVES)
        for text in self.first_moves:
            _check_text("first_moves", text)

    @property
    def hours_per_month(self) -> float:
        """Hours of contact that one client of this kind takes in a month."""
        return self.contacts_per_month * self.minutes_per_contact / 60.0


def _check_number(name: str, value: object, *, whole: bool = False) -> None:
    low, high = LIMITS[name]
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not low <= value <= high or (whole and value != int(value)):  # type: ignore[operator, call-overload]
        raise BadInput("out_of_range", name=name, value=value, low=low, high=high)


def _check_channels(channels: object) -> None:
    known = isinstance(channels, tuple) and all(code in CHANNELS for code in channels)
    if not channels or not known or len(set(channels)) != len(channels):  # type: ignore[arg-type, call-overload]
        raise BadInput("not_a_choice", name="channels", value=str(channels), allowed=CHANNELS)


def _check_text(name: str, text: object) -> None:
    if text is None:
        return
    if not isinstance(text, str) or len(text) > TEXT_LIMIT:
        length = len(text) if isinstance(text, str) else -1
        raise BadInput("out_of_range", name=name, value=length, low=0, high=TEXT_LIMIT)
