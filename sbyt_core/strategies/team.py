"""The team: who sells, how many hours a month each has for clients, and what each costs. Nobody is ever added by a plan.

Hours are those for clients in a month of full time; part_time is the share of full time that the manager works, so a manager has
hours × part_time. A manager of the sales who is not listed has the team's default hours; pay that nobody stated is missing, never 0.
A name is the same whatever its case and spaces.

In JSON: {"hours_per_month": 120, "pooled": false, "managers": [{"name": …, "hours_per_month": …, "pay_per_month": …,
"other_cost_per_month": …, "part_time": …}]}; what is left out keeps its default.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sbyt_core.errors import BadInput, named_values
from sbyt_core.sales.identity.names import same_name

DEFAULT_HOURS = 120.0  # hours a month for clients: 168 working hours less meetings, reports and the road
HOURS_LIMIT = 400.0  # hours a month: a person has no more
MONEY_LIMIT = 1e10  # a month of one manager: more is a slip of the pen
NAME_LIMIT = 200  # characters
TEAM_LIMIT = 10_000  # managers: more is a file of another kind


@dataclass(frozen=True)
class Manager:
    """One manager. hours_per_month: None is the team's default; pay and other cost: money a month, None where not known.

    Raises BadInput manager_unnamed, manager_hours, manager_money, manager_part_time.
    """

    name: str
    hours_per_month: float | None = None
    pay_per_month: float | None = None
    other_cost_per_month: float | None = None  # car, telephone, share of the office
    part_time: float = 1.0  # share of full time, above 0 to 1

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip() or len(self.name) > NAME_LIMIT:
            raise BadInput("manager_unnamed", value=str(self.name)[:NAME_LIMIT])
        if self.hours_per_month is not None:
            _check(self.hours_per_month, 0.0, HOURS_LIMIT, "manager_hours", self.name)
        for name in ("pay_per_month", "other_cost_per_month"):
            if getattr(self, name) is not None:
                _check(getattr(self, name), 0.0, MONEY_LIMIT, "manager_money", self.name)
        _check(self.part_time, 0.0, 1.0, "manager_part_time", self.name)

    @property
    def cost_per_month(self) -> float | None:
        """Pay and other cost; None while the pay is not known."""
        return None if self.pay_per_month is None else self.pay_per_month + (self.other_cost_per_month or 0.0)


@dataclass(frozen=True)
class Team:
    """Who sells. hours_per_month: of a manager who states none; pooled: clients may pass from one manager to another.

    Raises BadInput manager_hours, manager_twice.
    """

    managers: tuple[Manager, ...] = ()
    hours_per_month: float = DEFAULT_HOURS
    pooled: bool = False

    def __post_init__(self) -> None:
        _check(self.hours_per_month, 0.0, HOURS_LIMIT, "manager_hours", "–")
        if not isinstance(self.pooled, bool):
            raise BadInput("not_a_choice", name="pooled", value=str(self.pooled), allowed=("true", "false"))
        if len(self.managers) > TEAM_LIMIT:
            raise BadInput("out_of_range", name="managers", value=len(self.managers), low=0, high=TEAM_LIMIT)
        seen: set[str] = set()
        for manager in self.managers:
            if same_name(manager.name) in seen:
                raise BadInput("manager_twice", manager=manager.name)
            seen.add(same_name(manager.name))

    def find(self, name: str) -> Manager | None:
        """The listed manager of this name, None where nobody listed him."""
        return next((manager for manager in self.managers if same_name(manager.name) == same_name(name)), None)

    def hours_of(self, manager: Manager) -> float:
        """Hours a month that a manager has for clients."""
        full = self.hours_per_month if manager.hours_per_month is None else manager.hours_per_month
        return full * manager.part_time

    def with_names(self, names: Iterable[str]) -> Team:
        """The same team with the managers of the sales who are not listed, at the default hours, in the order given."""
        known = {same_name(manager.name) for manager in self.managers}
        more = []
        for name in names:
            if same_name(name) not in known:
                known.add(same_name(name))
                more.append(Manager(name))
        return replace(self, managers=(*self.managers, *more))

    def to_json(self) -> str:
        """The team as JSON text."""
        return team_to_json(self)

    @property
    def headcount(self) -> int:
        """Managers."""
        return len(self.managers)

    @property
    def hours(self) -> float:
        """Hours a month of all managers."""
        return math.fsum(self.hours_of(manager) for manager in self.managers)

    @property
    def payroll(self) -> float | None:
        """Pay of all managers a month; None while that of anybody is not known, or nobody is listed."""
        return _sum(manager.pay_per_month for manager in self.managers)

    @property
    def cost_per_month(self) -> float | None:
        """Pay and other cost of all managers; None while the pay of anybody is not known, or nobody is listed."""
        return _sum(manager.cost_per_month for manager in self.managers)


def team_to_json(team: Team) -> str:
    """The team as JSON text; `team_from_json` gives the same team back."""
    managers = []
    for manager in team.managers:
        values = {name: value for name, value in asdict(manager).items() if value is not None}
        if values["part_time"] == 1.0:
            del values["part_time"]
        managers.append(values)
    content = {"hours_per_month": team.hours_per_month, "pooled": team.pooled, "managers": managers}
    return json.dumps(content, ensure_ascii=False, indent=1)


def team_from_json(text: str | bytes) -> Team:
    """The team of a JSON text. Raises BadInput bad_json, unknown_setting and those of `Team` and `Manager`."""
    try:
        content = json.loads(text)
    except (ValueError, RecursionError):
        raise BadInput("bad_json", name="team") from None
    settings = _object(content, Team)
    managers = settings.pop("managers", [])
    if not isinstance(managers, list):
        raise BadInput("bad_json", name="team")
    made = tuple(Manager(**{"name": ""} | _object(values, Manager)) for values in managers)
    return Team(managers=made, **settings)


def _object(value: object, kind: type) -> dict[str, Any]:
    return dict(named_values(value, (item.name for item in fields(kind)), of="team"))


def _check(value: object, low: float, high: float, code: str, manager: str) -> None:
    number = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not low <= value <= high or (code == "manager_part_time" and value == 0):  # type: ignore[operator]
        raise BadInput(code, manager=manager, value=value, limit=high)


def _sum(values: Iterable[float | None]) -> float | None:
    known = list(values)
    return None if not known or any(value is None for value in known) else math.fsum(known)  # type: ignore[arg-type]
