"""L3, difference in differences on logs: units that started against units that had not, month by month (METHOD §7).

For one start: d_u = mean of a unit's monthly logs after − the same before; δ = mean d of the treated − mean d of the control;
se² = s_T²/n_T + s_C²/n_C with n − 1; Welch's degrees of freedom.

For starts in different months each cohort is compared, in every month since its start, with the units that had not started by
then, both against the same months before the cohort's start; the cells are weighted by their treated units. That is a sum of means over
groups of equal start, each unit weighing its months in the same way as its group, so the variance is again Σ s²/n over groups and the
degrees of freedom are Satterthwaite's: with one start exactly Welch. A group of one unit takes the pooled variance of the
others under its weights; where every unit starts alone, the variance over all units, effects included, which is too wide
rather than too narrow.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.special import stdtr, stdtrit

from sbyt_core.results.panel import Floats
from sbyt_core.results.starts import Starts

CONFIDENCE = 0.975  # of the two-sided interval of 95 %
ALWAYS = 10_000  # months: longer than any panel
LEAST_ALONE = 8  # units that start each alone, for their spread to be known
EQUAL = 1e-12  # differences of logs below this are rounding


@dataclass(frozen=True)
class Window:
    """Months around a start: `after` and `before` are rows relative to it (the first whole month after, the start before)."""

    before: int  # number of months before
    before_until: int = 0  # the month before which they end, 0 = the start
    after: int = ALWAYS
    after_from: int = 0


@dataclass(frozen=True, eq=False)
class Contrast:
    """δ in logs with its error; roles: how a group weighs the months (groups × months); scores: units × groups."""

    delta: float
    se: float
    df: float
    treated: Floats  # columns
    control: Floats
    group_of: Floats  # unit → group, −1: takes no part
    scores: Floats
    cells: Floats  # months × units: treated unit-months that are compared

    @property
    def p(self) -> float:
        """Two-sided p of Welch's t."""
        if not self.se > 0:
            return 1.0 if abs(self.delta) < EQUAL else 0.0
        return float(2 * stdtr(self.df, -abs(self.delta) / self.se))

    @property
    def half(self) -> float:
        """Half of the interval of 95 %, in logs."""
        return float(stdtrit(self.df, CONFIDENCE)) * self.se


def contrast(logs: Floats, starts: Starts, window: Window, *, least_control: int = 1) -> Contrast | None:
    """The difference in differences; None where nobody can be compared or no variance can be told.

    logs: months × units, without gaps in the months that are used. least_control: units not started that a month needs.
    """
    n_months = len(logs)
    names, group_of = np.unique(np.column_stack([starts.begun, starts.worked]), axis=0, return_inverse=True)
    sizes = np.bincount(group_of)
    plan = list(_plan(names, sizes, n_months, window, least_control))
    if not plan:
        return None
    weights, cells = np.zeros((len(names), n_months)), np.zeros((n_months, len(names)), dtype=bool)
    waiting = np.zeros(len(names), dtype=bool)
    total = sum(int(sizes[g]) for g, _, _, _ in plan)
    for g, month, before, others in plan:
        share = sizes[g] / total
        weights[g, month] += share
        weights[g, before] -= share / window.before
        part = share * sizes[others] / sizes[others].sum()
        weights[others, month] -= part
        weights[others, before] += (part / window.before)[:, None]
        cells[month, g] = True
        waiting[others] = True
    treated: Floats = np.any(cells, axis=0)
    used: Floats = treated | waiting
    needed = np.any(weights[used] != 0, axis=0)
    if np.isnan(logs[needed][:, used[group_of]]).any():
        return None
    scores = np.nan_to_num(logs[needed]).T @ weights[:, needed].T
    variances, freedom = _variances(scores, group_of, sizes, used)
    if variances is None:
        return None
    parts = variances / sizes
    spread = float(parts.sum())
    some = parts > 0
    control = waiting & ~treated if (waiting & ~treated).any() else waiting
    return Contrast(
        delta=float(sum(scores[group_of == g, g].mean() for g in np.flatnonzero(used))),
        se=math.sqrt(spread),
        df=spread**2 / float((parts[some] ** 2 / freedom[some]).sum()) if spread > 0 else float(freedom[used].sum()),
        treated=np.flatnonzero(treated[group_of]),
        control=np.flatnonzero(control[group_of]),
        group_of=np.where(used[group_of], group_of, -1),
        scores=scores,
        cells=cells[:, group_of],
    )


def _plan(names: Floats, sizes: Floats, n_months: int, window: Window, least: int) -> Iterator[tuple[int, int, slice, Floats]]:
    """Every cell: the group that started, the month, its months before, the places of the groups that had not started."""
    for g, (begun, worked) in enumerate(names):
        stop = int(begun) + window.before_until
        if worked >= n_months or stop - window.before < 0:
            continue
        origin = int(worked if window.after_from >= 0 else begun) + window.after_from
        for month in range(origin, min(origin + window.after, n_months)):
            others = np.flatnonzero(names[:, 0] > max(month, begun))
            if sizes[others].sum() >= least:
                yield g, month, slice(stop - window.before, stop), others


def _variances(scores: Floats, group_of: Floats, sizes: Floats, used: Floats) -> tuple[Floats | None, Floats]:
    """Variance of the scores of every group and its degrees of freedom; None where a few units all stand alone."""
    variances, freedom = np.zeros(len(sizes)), np.ones(len(sizes))
    for g in np.flatnonzero(used):
        if sizes[g] > 1:
            variances[g], freedom[g] = scores[group_of == g, g].var(ddof=1), sizes[g] - 1
            continue
        others = [h for h in np.flatnonzero(used) if sizes[h] > 1]
        if not others:
            if used.sum() < LEAST_ALONE:
                return None, freedom
            variances[g], freedom[g] = scores[used[group_of], g].var(ddof=1), used.sum() - 1
            continue
        freedom[g] = sum(sizes[h] - 1 for h in others)
        variances[g] = sum(scores[group_of == h, g].var(ddof=1) * (sizes[h] - 1) for h in others) / freedom[g]
    return variances, freedom
