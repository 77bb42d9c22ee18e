"""Starter cards for three kinds of business: distribution, production to order, services; a first draft to argue with in the room.

Their texts stand in the catalogues under `starter.CARD.STEP.FIELD`, so a starter is made in the language of the company and is from then
on an ordinary card. The figures are ours: norms of minutes as such operations take them at a desk, answer times within the
service standards of METHOD §5, differences for A (closer), B (wins regularity), C (cheaper) and for new clients. Steps whose
work is a judgement of its own each time (a costing, a repair) are not typical operations.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sbyt_core.cards.model import Card, Change
from sbyt_core.cards.step import END, Step, StepException
from sbyt_core.errors import BadInput
from sbyt_core.texts import Speech


@dataclass(frozen=True)
class _Plan:
    """A step without its words. ways: where each of its exceptions leads."""

    role: str
    minutes: float
    hours: float
    channel: str
    ways: tuple[str, ...] = ()
    typical: bool = True


@dataclass(frozen=True)
class _Other:
    """A change for a kind of clients; script: the kind has words of its own."""

    minutes: float | None = None
    hours: float | None = None
    channel: str | None = None
    script: bool = False


@dataclass(frozen=True)
class _Own:
    """A step that only one kind of clients has, behind another."""

    after: str
    plan: _Plan


_DROPPED = None
_Differences = dict[str, dict[str, _Other | _Own | None]]

_DISTRIBUTION = (
    _Plan("manager", 4, 2, "phone", ("", "")),
    _Plan("manager", 3, 2, "system", ("",)),
    _Plan("manager", 6, 2, "system", ("s4",)),
    _Plan("manager", 7, 2, "phone", ("",)),
    _Plan("manager", 5, 2, "phone", ("",)),
    _Plan("manager", 8, 4, "mail", (END,)),
    _Plan("manager", 4, 4, "system", ("s8",)),
    _Plan("manager", 5, 8, "phone", ("",)),
    _Plan("accountant", 3, 16, "mail", ("",)),
    _Plan("manager", 4, 16, "phone"),
)
_DISTRIBUTION_DIFFERENCES: _Differences = {
    "A": {
        "s1": _Other(hours=0.5, script=True),
        "s3": _Other(hours=1),
        "s4": _Other(minutes=10, script=True),
        "s6": _Other(hours=2),
        "s11": _Own("s7", _Plan("warehouse", 4, 8, "system")),
    },
    "B": {"s12": _Own("s4", _Plan("manager", 3, 8, "phone"))},
    "C": {
        "s1": _Other(minutes=2, hours=8, channel="self_service", script=True),
        "s3": _Other(minutes=3, hours=8, channel="self_service"),
        "s4": _Other(minutes=1, hours=8, channel="self_service", script=True),
        "s5": _Other(minutes=2, hours=8, channel="mail", script=True),
        "s6": _Other(minutes=6, hours=8),
        "s8": _Other(minutes=2, hours=16, channel="messenger", script=True),
        "s10": _DROPPED,
    },
    "new": {"s13": _Own("s1", _Plan("manager", 5, 4, "phone"))},
}

_PRODUCTION = (
    _Plan("manager", 12, 4, "phone", (END,)),
    _Plan("manager", 4, 4, "system", ("",)),
    _Plan("manager", 20, 16, "mail", ("",)),
    _Plan("engineer", 30, 16, "system", ("s3",), typical=False),
    _Plan("head", 6, 8, "system", ("",)),
    _Plan("manager", 10, 8, "mail"),
    _Plan("manager", 8, 40, "phone", (END, "s3")),
    _Plan("manager", 12, 16, "mail", ("",)),
    _Plan("planner", 6, 8, "system", ("s10",)),
    _Plan("manager", 6, 80, "messenger"),
    _Plan("logistics", 10, 16, "system", ("",)),
    _Plan("manager", 8, 40, "phone", ("",)),
)
_PRODUCTION_DIFFERENCES: _Differences = {
    "A": {
        "s1": _Other(hours=2),
        "s4": _Other(hours=8),
        "s6": _Other(hours=4),
        "s10": _Other(minutes=10, hours=40, script=True),
        "s13": _Own("s12", _Plan("manager", 6, 40, "visit")),
    },
    "B": {"s7": _Other(minutes=10, hours=24)},
    "C": {
        "s1": _Other(minutes=5, hours=16, channel="mail"),
        "s3": _Other(minutes=8, hours=24, channel="self_service", script=True),
        "s5": _DROPPED,
        "s6": _Other(minutes=5, hours=16, script=True),
        "s10": _DROPPED,
        "s12": _DROPPED,
    },
}

_SERVICES = (
    _Plan("coordinator", 4, 0.25, "phone", ("s5",)),
    _Plan("coordinator", 3, 1, "phone", ("",)),
    _Plan("coordinator", 3, 2, "system", ("",)),
    _Plan("manager", 12, 4, "mail", ("",)),
    _Plan("coordinator", 5, 4, "phone", ("",)),
    _Plan("specialist", 8, 8, "system"),
    _Plan("specialist", 90, 16, "visit", ("", "s4"), typical=False),
    _Plan("specialist", 10, 16, "visit", ("",)),
    _Plan("accountant", 6, 8, "mail", ("",)),
    _Plan("manager", 5, 8, "phone", ("",)),
)
_SERVICES_DIFFERENCES: _Differences = {
    "A": {
        "s1": _Other(script=True),
        "s4": _Other(hours=2),
        "s5": _Other(hours=2),
        "s11": _Own("s10", _Plan("specialist", 15, 40, "visit")),
    },
    "B": {"s10": _Other(minutes=7)},
    "C": {
        "s1": _Other(minutes=2, hours=1, channel="self_service"),
        "s2": _Other(minutes=1, hours=4, channel="self_service", script=True),
        "s4": _Other(minutes=5, hours=8, script=True),
        "s5": _Other(hours=16),
        "s10": _DROPPED,
    },
}

_PLANS: dict[str, tuple[tuple[_Plan, ...], _Differences]] = {
    "distribution": (_DISTRIBUTION, _DISTRIBUTION_DIFFERENCES),
    "production": (_PRODUCTION, _PRODUCTION_DIFFERENCES),
    "services": (_SERVICES, _SERVICES_DIFFERENCES),
}
STARTERS = tuple(_PLANS)


def starter(code: str, speech: Speech) -> Card:
    """A starter card of `STARTERS` in the words of a language. Raises BadInput not_a_choice."""
    if code not in _PLANS:
        raise BadInput("not_a_choice", name="starter", value=code, allowed=STARTERS)
    plans, others = _PLANS[code]
    steps = {f"s{number}": _step(code, f"s{number}", plan, speech) for number, plan in enumerate(plans, 1)}
    differences = {
        kind: tuple(_change(code, kind, key, other, steps, speech) for key, other in some.items()) for kind, some in others.items()
    }
    own = sum(isinstance(other, _Own) for some in others.values() for other in some.values())
    return Card(speech(f"starter.{code}.name"), tuple(steps.values()), differences, speech(f"starter.{code}.purpose"), len(steps) + own)


def _step(code: str, key: str, plan: _Plan, speech: Speech) -> Step:
    place = f"starter.{code}.{key}"
    texts: dict[str, Any] = {name: speech(f"{place}.{name}") for name in ("operation", "trigger", "input", "output", "script", "check")}
    ways = tuple(StepException(speech(f"{place}.if_{n}"), speech(f"{place}.then_{n}"), way) for n, way in enumerate(plan.ways, 1))
    role = speech(f"starter.role.{plan.role}")
    figures: dict[str, Any] = {"norm_minutes": float(plan.minutes), "answer_hours": float(plan.hours), "channel": plan.channel}
    return Step(key, role=role, exceptions=ways, typical=plan.typical, **figures, **texts)


def _change(code: str, kind: str, key: str, other: _Other | _Own | None, steps: dict[str, Step], speech: Speech) -> Change:
    if other is _DROPPED:
        return Change(key, dropped=True)
    if isinstance(other, _Own):
        return Change(key, step=_step(code, key, other.plan, speech), after=other.after)
    values: dict[str, Any] = {"norm_minutes": other.minutes, "answer_hours": other.hours, "channel": other.channel}
    values = {name: float(value) if isinstance(value, int) else value for name, value in values.items() if value is not None}
    if other.script:
        values["script"] = speech(f"starter.{code}.{kind}.{key}.script")
    return Change(key, values={name: value for name, value in values.items() if value != getattr(steps[key], name)})
