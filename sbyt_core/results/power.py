"""Power before the start: the smallest effect that these units, months and noise can show (METHOD §7).

smallest effect = exp((t.975 + t.80) · se) − 1, with t of n_T + n_C − 2 degrees of freedom: what a comparison of two arms sees with 80 %
power at 5 %, two-sided. se = s · √(1/n_T + 1/n_C); s is the standard deviation between units of d (mean log of m months less mean log
of the 12·k months before them), taken from the company's own history, where nothing had started: every window of m months that the
history holds, one after another from its end, their variances averaged. Few windows make a restless curve, so the variances of all m
are fitted by a + b/m, a, b ≥ 0: what stays between units, and what months average out. A month in which a unit sold nothing has no
logarithm: units with such months are left out, and told.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls
from scipy.special import stdtrit
from scipy.stats import nct

from sbyt_core.errors import BadInput
from sbyt_core.results.evidence.comparison import YEAR, YEARS_BEFORE
from sbyt_core.results.panel import Floats, Panel

POWER = 0.80
CONFIDENCE = 0.975
MOST_MONTHS = 12  # of work by the card that are looked ahead to
MOST_UNITS = 400  # an arm: more is no company's answer
LEAST_UNITS = 4  # that history must have


@dataclass(frozen=True)
class PowerRow:
    """What can be seen after so many months. smallest: a fraction of sales; chance: of seeing the target."""

    months: int
    noise: float  # standard deviation of d between units, logs
    smallest: float
    chance: float


@dataclass(frozen=True)
class Power:
    """Power of a comparison that has not begun. rows: one a number of months after the start, as far as history can tell.

    months_needed: the first number of months that shows the target with these units; units_needed: units an arm that show it in `months`;
    None where no number up to the limit does. months_before: the window before.
    """

    treated: int
    control: int
    target: float
    months: int
    months_before: int
    rows: tuple[PowerRow, ...]
    months_needed: int | None
    units_needed: int | None
    left_out: tuple[str, ...]

    def row(self, months: int) -> PowerRow | None:
        """What can be seen after so many months."""
        return next((row for row in self.rows if row.months == months), None)

    @property
    def smallest(self) -> float | None:
        """The smallest effect seen after `months`."""
        found = self.row(self.months)
        return found.smallest if found else None


def power(panel: Panel, *, treated: int | None = None, target: float, months: int = 6, until: int | None = None) -> Power:
    """Power of starting with some of the units.

    treated: how many start, half of them by default; until: row of the panel before which history ends (its end by default).
    Raises BadInput: too_few_units, history_too_short, out_of_range.
    """
    stop = len(panel.months) if until is None else until
    columns = _whole(panel, stop)
    left_out = tuple(panel.units[c] for c in range(len(panel.units)) if c not in set(columns))
    n = len(columns)
    if n < LEAST_UNITS:
        raise BadInput("too_few_units", units=n, least=LEAST_UNITS)
    first = n // 2 if treated is None else treated
    if not 1 <= first < n:
        raise BadInput("out_of_range", name="treated", value=first, low=1, high=n - 1)
    logs = np.log(panel.values[:stop, columns])
    begin = int(panel.first[columns].max())
    years = min(YEARS_BEFORE, (stop - begin - 1) // YEAR)
    if years < 1:
        raise BadInput("history_too_short", months=stop - begin, least=YEAR + 1)
    spread = fitted_noise({m: v for m in range(1, MOST_MONTHS + 1) if (v := history_noise(logs[begin:], m, years * YEAR)) is not None})
    arms = first, n - first
    rows = tuple(PowerRow(m, noise, smallest_effect(noise, *arms), chance_of(noise, *arms, target)) for m, noise in spread.items())
    return Power(
        treated=first,
        control=n - first,
        target=target,
        months=months,
        months_before=years * YEAR,
        rows=rows,
        months_needed=next((row.months for row in rows if row.smallest <= target), None),
        units_needed=units_needed(spread[months], target) if months in spread else None,
        left_out=left_out,
    )


def smallest_effect(noise: float, treated: int, control: int) -> float:
    """The effect that two arms of such noise show with 80 % power at 5 %, two-sided."""
    return math.expm1(_quantiles(treated + control - 2) * noise * math.sqrt(1 / treated + 1 / control))


def smallest_of(se: float, df: float) -> float:
    """The same of a comparison that has been made."""
    return math.expm1(_quantiles(df) * se)


def chance_of(noise: float, treated: int, control: int, target: float) -> float:
    """Power: the chance that the interval of two arms leaves out 0 when the effect is the target."""
    df = treated + control - 2
    se = noise * math.sqrt(1 / treated + 1 / control)
    if not se > 0:
        return 1.0
    shift, limit = math.log1p(target) / se, float(stdtrit(df, CONFIDENCE))
    return float(min(1.0, nct.sf(limit, df, shift) + nct.cdf(-limit, df, shift)))


def units_needed(noise: float, target: float) -> int | None:
    """Units in each of two equal arms that show the target; None above `MOST_UNITS`."""
    return next((n for n in range(2, MOST_UNITS + 1) if smallest_effect(noise, n, n) <= target), None)


def history_noise(logs: Floats, months: int, before: int) -> float | None:
    """Standard deviation between units of d over history (months × units), None where it is shorter than one window.

    The window before is shortened by whole years where history does not hold both, never below one.
    """
    while before > YEAR and len(logs) < before + months:
        before -= YEAR
    variances = []
    stop = len(logs)
    while stop - months - before >= 0:
        d = logs[stop - months : stop].mean(axis=0) - logs[stop - months - before : stop - months].mean(axis=0)
        variances.append(d.var(ddof=1))
        stop -= months
    return math.sqrt(float(np.mean(variances))) if variances else None


def fitted_noise(noise: Mapping[int, float]) -> dict[int, float]:
    """Months → noise, by the nearest a + b/m to the variances, each weighed by its own size."""
    if len(noise) < 3:
        return dict(noise)
    months = np.array(list(noise))
    variances = np.maximum(np.array(list(noise.values())) ** 2, np.finfo(float).tiny)
    rows = np.column_stack([np.ones(len(months)), 1 / months]) / variances[:, None]
    part, _ = nnls(rows, np.ones(len(months)))
    return {int(m): math.sqrt(part[0] + part[1] / m) for m in months}


def _quantiles(df: float) -> float:
    return float(stdtrit(df, CONFIDENCE)) + float(stdtrit(df, POWER))


def _whole(panel: Panel, stop: int) -> list[int]:
    """Columns with at least 13 months of history, each of the last ones above 0."""
    found = []
    for column in range(len(panel.units)):
        own = panel.values[:stop, column]
        own = own[~np.isnan(own)]
        if len(own) > YEAR and (own > 0).all():
            found.append(column)
    return found
