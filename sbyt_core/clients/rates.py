"""Rates of service: what one document, line, delivery, return, request and hour costs, the price of late money, and discounts.

A rate is money, or norm minutes that the rate of a minute prices (METHOD §4). Rate of a minute = cost of the team / practical
minutes, practical = paid × share, both of one and the same period. The minutes of a document may be those of the technology
card. A rate that nobody set is None: its driver is not counted, which is not the same as costing nothing.

In JSON: {"minute": {"team_cost": 560000, "paid_minutes": 875000, "practical_share": 0.8}, "document": 150, "delivery":
{"minutes": 40}, "overdue": 0.18, "discount": false}; "minute" may be the rate itself; what is left out is not set.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from sbyt_core.errors import BadInput, named_values

EVENTS = ("document", "line", "delivery", "return", "request", "hour")
DRIVERS = (*EVENTS, "overdue", "discount")
CARD = "card"  # minutes of a document: those of the technology card
PRACTICAL_SHARE = 0.8  # of the paid minutes: the rest goes to rest, meetings and learning
MINUTES_PER_HOUR = 60
# what a rate may be; more is a slip of the pen, or another unit
LIMITS: dict[str, tuple[float, float]] = {
    "money": (0.0, 1e8),  # of one event
    "minutes": (0.0, 10_000.0),  # of one event: four working weeks
    "minute": (0.0, 1e6),  # money
    "team_cost": (0.0, 1e12),
    "paid_minutes": (1.0, 1e10),
    "practical_share": (0.3, 1.0),
    "overdue": (0.0, 3.0),  # a year, as a fraction: 300 %
}


@dataclass(frozen=True)
class Rate:
    """The rate of one event: money, or norm minutes; the minutes may be `CARD`. Raises BadInput rate_out_of_range."""

    money: float | None = None
    minutes: float | str | None = None

    def __post_init__(self) -> None:
        if (self.money is None) == (self.minutes is None):
            raise BadInput("bad_json", name="rates")
        if self.money is not None:
            _check("money", self.money)
        elif self.minutes != CARD:
            _check("minutes", self.minutes)


@dataclass(frozen=True)
class Minute:
    """Where the rate of a minute comes from: cost of the team and its paid minutes in one period. Raises rate_out_of_range."""

    team_cost: float
    paid_minutes: float
    practical_share: float = PRACTICAL_SHARE

    def __post_init__(self) -> None:
        for item in fields(self):
            _check(item.name, getattr(self, item.name))

    @property
    def practical_minutes(self) -> float:
        """Minutes in which work can really be done."""
        return self.paid_minutes * self.practical_share

    @property
    def rate(self) -> float:
        """Money of one minute."""
        return self.team_cost / self.practical_minutes


@dataclass(frozen=True)
class Rates:
    """What service costs; None where not set.

    minute: money of a minute, or where it comes from; overdue: price of late money a year, a fraction; discount: whether the
    discounts of the file are not in its profit yet, so that they count as a cost.
    Raises BadInput rate_out_of_range, no_minute_rate (norm minutes without a rate of a minute).
    """

    minute: Minute | float | None = None
    document: Rate | None = None
    line: Rate | None = None
    delivery: Rate | None = None
    return_: Rate | None = None
    request: Rate | None = None
    hour: Rate | None = None
    overdue: float | None = None
    discount: bool = False

    def __post_init__(self) -> None:
        if self.minute is not None and not isinstance(self.minute, Minute):
            _check("minute", self.minute)
        if self.overdue is not None:
            _check("overdue", self.overdue)
        if not isinstance(self.discount, bool):
            raise BadInput("not_a_choice", name="discount", value=str(self.discount), allowed=("true", "false"))
        for event in EVENTS:
            rate = self.of(event)
            if rate is not None and rate.minutes is not None:
                if self.minute is None:
                    raise BadInput("no_minute_rate", rate=event)
                if rate.minutes == CARD and event != "document":
                    raise BadInput("rate_out_of_range", rate=event, value=CARD, low=LIMITS["minutes"][0], high=LIMITS["minutes"][1])

    @property
    def minute_rate(self) -> float | None:
        """Money of a minute."""
        return self.minute.rate if isinstance(self.minute, Minute) else self.minute

    @property
    def drivers(self) -> tuple[str, ...]:
        """Drivers that have a rate, in the order of `DRIVERS`."""
        found = [event for event in EVENTS if self.of(event) is not None]
        return (*found, *(["overdue"] if self.overdue is not None else []), *(["discount"] if self.discount else []))

    def of(self, event: str) -> Rate | None:
        """The rate of an event of `EVENTS`."""
        return self.return_ if event == "return" else getattr(self, event)

    def money(self, event: str) -> float | None:
        """Money of one event; None where it is not set or its minutes are those of the card."""
        rate = self.of(event)
        if rate is None or rate.minutes == CARD:
            return None
        return rate.money if rate.money is not None else float(rate.minutes) * self.minute_rate  # type: ignore[arg-type, operator]

    def to_value(self) -> dict[str, object]:
        """The rates as a JSON object of what is set; `from_value` gives the same rates back."""
        value: dict[str, object] = {}
        if isinstance(self.minute, Minute):
            value["minute"] = {item.name: getattr(self.minute, item.name) for item in fields(Minute)}
        elif self.minute is not None:
            value["minute"] = self.minute
        for event in EVENTS:
            rate = self.of(event)
            if rate is not None:
                value[event] = rate.money if rate.money is not None else {"minutes": rate.minutes}
        if self.overdue is not None:
            value["overdue"] = self.overdue
        if self.discount:
            value["discount"] = True
        return value

    @classmethod
    def from_value(cls, value: object) -> Rates:
        """The rates of a parsed JSON object. Raises BadInput bad_json, unknown_setting and those of the class."""
        given = _object(value, ("minute", *DRIVERS))
        minute = given.get("minute")
        if isinstance(minute, Mapping):
            minute = _minute(minute)
        made = {event: _rate(given.get(event)) for event in EVENTS}
        made["return_"] = made.pop("return")
        return cls(minute=minute, **made, overdue=given.get("overdue"), discount=given.get("discount") or False)  # type: ignore[arg-type]


def rates_to_json(rates: Rates) -> str:
    """The rates as JSON text."""
    return json.dumps(rates.to_value(), ensure_ascii=False, indent=2)


def rates_from_json(text: str | bytes) -> Rates:
    """The rates of a JSON text. Raises what `Rates.from_value` raises, and no_rates where it sets none."""
    try:
        rates = Rates.from_value(json.loads(text))
    except RecursionError:
        raise BadInput("bad_json", name="rates") from None
    except ValueError as fault:
        if isinstance(fault, BadInput):
            raise
        raise BadInput("bad_json", name="rates") from None
    if not rates.drivers:
        raise BadInput("no_rates")
    return rates


def _minute(value: Mapping) -> Minute:
    given = _object(value, tuple(item.name for item in fields(Minute)))
    if not {"team_cost", "paid_minutes"} <= given.keys():
        raise BadInput("bad_json", name="rates")
    return Minute(**given)


def _rate(value: object) -> Rate | None:
    if value is None:
        return None
    if isinstance(value, Mapping):
        return Rate(minutes=_object(value, ("minutes",)).get("minutes"))
    return Rate(money=value)  # type: ignore[arg-type]


def _object(value: object, allowed: tuple[str, ...]) -> dict[str, Any]:
    return dict(named_values(value, allowed, of="rates"))


def _check(name: str, value: object) -> None:
    low, high = LIMITS[name]
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not low <= value <= high:  # type: ignore[operator]
        raise BadInput("rate_out_of_range", rate=name, value=value, low=low, high=high)
