"""L0, L1, L2: what can be told of the units that started, without anybody to compare them with.

L0: the months since the start against as many months right before it. L1: against the same months of the year before. L2: that growth
against the growth of the same months a year earlier, (1 + now) / (1 + then) − 1. At most the first year since the start is looked at, so
that the year before lies wholly before it; each cohort from its own start. None of them is evidence: season (L0), prices and market
(L0, L1) and chance (all) are in them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sbyt_core.results.model import Estimate
from sbyt_core.results.panel import Floats, Panel
from sbyt_core.results.starts import Starts

YEAR = 12


@dataclass(frozen=True)
class Change:
    """Money of the same units over months after, and over as many months before."""

    rung: str
    after: float
    before: float

    @property
    def share(self) -> float | None:
        """after / before − 1; None where either is not above 0."""
        return self.after / self.before - 1 if self.before > 0 and self.after > 0 else None


def simple_changes(panel: Panel, starts: Starts) -> tuple[Change | None, Change | None, Change | None]:
    """The change against the months right before, against the year before, and of the year before against its own.

    None where the history does not reach; every change is over the units that were there in all of its months.
    """
    n_months = len(panel.months)
    recent, year, earlier = [], [], []
    for begun, worked in starts.cohorts:
        if begun <= 0 or worked >= n_months:
            continue
        own = np.flatnonzero((starts.begun == begun) & (starts.worked == worked))
        rows = np.arange(worked, min(worked + YEAR, n_months))
        length = min(len(rows), begun)
        recent.append((panel.values[rows][:length][:, own], panel.values[begun - length : begun][:, own]))
        if rows[0] >= YEAR:
            year.append((panel.values[rows][:, own], panel.values[rows - YEAR][:, own]))
        if rows[0] >= 2 * YEAR:
            earlier.append((panel.values[rows - YEAR][:, own], panel.values[rows - 2 * YEAR][:, own]))
    return _change("L0", recent), _change("L1", year), _change("L2", earlier)


def simple_estimates(panel: Panel, starts: Starts, real: Panel | None = None) -> tuple[list[Estimate], dict[str, float | None]]:
    """Estimates of L0, L1 and L2, and the money of each by its rung.

    real: the same panel in constant prices; then L1's facts hold `constant`, its estimate in them.
    """
    recent, year, earlier = simple_changes(panel, starts)
    money: dict[str, float | None] = {"L0": None, "L1": None, "L2": None}
    found = []
    for rung, change in (("L0", recent), ("L1", year)):
        if change is None:
            found.append(Estimate(rung, reasons=("history_too_short",)))
            continue
        money[rung] = change.after - change.before
        facts = {}
        if rung == "L1" and real is not None:
            constant = simple_changes(real, starts)[1]
            facts = {"constant": constant.share if constant else None}
        found.append(Estimate(rung, change.share, facts=facts))
    now, then = year.share if year else None, earlier.share if earlier else None
    if year is None or now is None or then is None:
        found.append(Estimate("L2", reasons=("history_too_short",) if year is None or earlier is None else ("not_positive",)))
    else:
        share = (1 + now) / (1 + then) - 1
        money["L2"] = year.after - year.before * (1 + then)
        found.append(Estimate("L2", share, facts={"now": now, "then": then}))
    return found, money


def _change(rung: str, pairs: list[tuple[Floats, Floats]]) -> Change | None:
    """Sums over units that are present in every month of both sides."""
    after = before = 0.0
    known = False
    for now, then in pairs:
        there = ~(np.isnan(now).any(axis=0) | np.isnan(then).any(axis=0))
        known = known or bool(there.any())
        after += float(now[:, there].sum())
        before += float(then[:, there].sum())
    return Change(rung, after, before) if known else None
