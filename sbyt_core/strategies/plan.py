"""An hours plan: the same people and hours, better spent. What was, what is proposed, what it may bring, and what held it back.

Hours are a month, money is a month, in the measure of the segmentation. The gain is a range: all elasticities × 0.7, as assumed, × 1.3.
The checks are computed from the result and the team, never asserted: hours before and after (clients' hours and reserve), managers,
payroll. Gains are expectations under assumptions, not promises.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sbyt_core.errors import Problem
from sbyt_core.strategies.assumptions import Assumptions
from sbyt_core.strategies.book import StrategyBook
from sbyt_core.strategies.reserve import Reserve
from sbyt_core.strategies.standard import KINDS
from sbyt_core.strategies.team import Team

if TYPE_CHECKING:
    from sbyt_core.segments.segmentation import Segmentation

SUM_DIGITS = 6  # of sums of hours
MINUTE = 1 / 60  # hour: hours are kept to it
BINDING = ("locked", "unknown", "least", "most", "step_low", "step_high")  # what held a client's hours; "" where nothing did
# columns of `HoursPlan.clients`
CLIENT_HOURS: dict[str, str] = {
    "client_key": "str",
    "client": "str",
    "client_code": "str",
    "manager": "str",
    "new_manager": "str",  # who serves it under the plan; the same unless hours are pooled
    "segment": "str",
    "kind": "str",
    "state": "str",
    "profit": "float64",  # a month now, in the measure of the segmentation; missing where not known
    "hours_before": "float64",
    "estimated": "bool",  # hours before by documents, not logged
    "hours_after": "float64",
    "change": "float64",
    "contacts_before": "float64",  # a month at the length of the standard
    "contacts_per_month": "float64",
    "gain": "float64",  # a month
    "least": "float64",
    "most": "float64",
    "locked": "bool",
    "binding": "str",
    "flips": "bool",  # more or fewer hours depends on the elasticities
}
# columns of `HoursPlan.managers`; its index is the name
MANAGER_HOURS: dict[str, str] = {
    "clients": "int64",  # served under the plan
    "hours": "float64",  # that there are
    "hours_before": "float64",  # on clients
    "hours_after": "float64",
    "reserve": "float64",  # hours − hours after
    "price": "float64",  # λ: profit of one more hour; missing where it has no bound
    "gain": "float64",
    "pay": "float64",
}
# columns of `HoursPlan.kinds`; its index is KINDS
KIND_HOURS: dict[str, str] = {
    "clients": "int64",
    "hours_before": "float64",
    "hours_after": "float64",
    "change": "float64",
    "profit": "float64",
    "gain": "float64",
}


@dataclass(frozen=True)
class Gain:
    """Expected change of profit a month; low and high over the elasticities."""

    low: float
    mid: float
    high: float


@dataclass(frozen=True)
class Rival:
    """One other way to spend the same hours inside the same bounds: the profit a month that the response expects of it."""

    name: str
    profit: float
    gain: float


@dataclass(frozen=True)
class Check:
    """One promise held against the result: `code`, before, after (None where not known), and whether it is kept."""

    code: str
    before: float | None
    after: float | None
    holds: bool | None


@dataclass(frozen=True, eq=False)
class HoursPlan:
    """clients: CLIENT_HOURS, in the order of the segmentation; prices: λ of every manager, or of all when pooled.

    profit_before: expected a month of the clients whose profit is known; rivals: RIVALS in order; left: why hours
    are in reserve.
    """

    clients: pd.DataFrame
    managers: pd.DataFrame
    gain: Gain
    profit_before: float
    profit_after: float
    rivals: tuple[Rival, ...]
    team: Team
    book: StrategyBook
    assumptions: Assumptions
    task: str
    measure: str
    pooled: bool
    hours_total: float
    problems: tuple[Problem, ...] = ()
    left: Reserve = field(default_factory=Reserve)
    segmentation: Segmentation | None = field(default=None, repr=False)

    @property
    def hours_before(self) -> float:
        """Hours a month of the team: on clients and in reserve."""
        return round(self.hours_total, SUM_DIGITS)

    @property
    def hours_after(self) -> float:
        """Hours a month that the plan spends: on clients and in the named reserve of every manager."""
        return round(float(self.clients["hours_after"].sum() + self.managers["reserve"].sum()), SUM_DIGITS)

    @property
    def reserve(self) -> float:
        """Hours a month that no client of the managers takes; `left` says why."""
        return float(self.managers["reserve"].sum())

    @property
    def gain_share(self) -> float | None:
        """Gain as a share of the profit before; None where that is not positive."""
        return self.gain.mid / self.profit_before if self.profit_before > 0 else None

    @cached_property
    def kinds(self) -> pd.DataFrame:
        """One row a kind of clients (columns of KIND_HOURS); no clients give 0."""
        groups = self.clients.groupby("kind")
        table = groups[["hours_before", "hours_after", "change", "profit", "gain"]].sum()
        table.insert(0, "clients", groups.size())
        return table.reindex(list(KINDS)).fillna(0.0).astype(KIND_HOURS)

    @cached_property
    def segments(self) -> pd.DataFrame:
        """The same by segment: A, B, C and new."""
        groups = self.clients.groupby("segment")
        table = groups[["hours_before", "hours_after", "change", "profit", "gain"]].sum()
        table.insert(0, "clients", groups.size())
        return table.reindex(["A", "B", "C", "new"]).fillna(0.0).astype(KIND_HOURS)

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """Hours, headcount and payroll before and after."""
        serving = [manager for manager in self.team.managers if manager.name in self.managers.index]
        payroll = self.team.payroll
        after = float(self.managers["pay"].sum()) if self.managers["pay"].notna().all() and len(self.managers) else None
        return (
            Check("hours", self.hours_before, self.hours_after, abs(self.hours_before - self.hours_after) < MINUTE),
            Check("headcount", self.team.headcount, len(serving), len(serving) == self.team.headcount == len(self.managers)),
            Check("payroll", payroll, after, None if payroll is None or after is None else abs(payroll - after) < 0.005),
        )

    @cached_property
    def binding(self) -> dict[str, int]:
        """Clients that each code of BINDING holds, those that hold anybody."""
        counts = self.clients["binding"].value_counts()
        return {code: int(counts[code]) for code in BINDING if counts.get(code, 0)}

    @property
    def flips(self) -> pd.DataFrame:
        """Clients that get more or fewer hours depending on the elasticities."""
        return self.clients[self.clients["flips"]]


def binding_codes(
    hours: np.ndarray,
    least: np.ndarray,
    most: np.ndarray,
    locked: np.ndarray,
    unknown: np.ndarray,
    step_low: np.ndarray,
    step_high: np.ndarray,
) -> np.ndarray:
    """What held every client's hours: a code of BINDING or an empty text; arrays of shape (clients,)."""
    codes = np.full(len(hours), "", dtype=object)
    low, high = hours <= least + 1e-9, hours >= most - 1e-9
    codes[low & ~step_low] = "least"
    codes[low & step_low] = "step_low"
    codes[high & ~low & ~step_high] = "most"
    codes[high & ~low & step_high] = "step_high"
    codes[unknown] = "unknown"
    codes[locked] = "locked"
    return codes
