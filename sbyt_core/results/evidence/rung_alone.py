"""L4 and L5 as findings: what is left where nobody waits, or where one unit started. Neither says more than "indicated"."""

from __future__ import annotations

import math

import numpy as np

from sbyt_core.errors import SbytError
from sbyt_core.results.evidence.checks import refused
from sbyt_core.results.evidence.series import LEAST_BEFORE, interrupted_series
from sbyt_core.results.evidence.synthetic import LEAST_DONORS, pretend, synthetic_control
from sbyt_core.results.evidence.verdict import Finding, doubts_of, said, verdict_of
from sbyt_core.results.model import Check, Settings
from sbyt_core.results.panel import Panel
from sbyt_core.results.power import smallest_of
from sbyt_core.results.starts import Starts

YEAR = 12
SIGNIFICANT = 0.05
PARAMETERS = 14  # of the series: constant, trend, step, eleven months


def series_finding(panel: Panel, starts: Starts, settings: Settings) -> Finding | str:
    """L4, the total of all units, who started at once; or why it cannot be.

    Reasons: has_control, several_starts, short_history, not_positive, collinear.
    """
    n_months = len(panel.months)
    cohorts = [(begun, worked) for begun, worked in starts.cohorts if worked < n_months and begun > 0]
    if (starts.begun >= n_months).any():
        return "has_control"
    if len(cohorts) != 1:
        return "several_starts"
    begun, worked = cohorts[0]
    own = np.flatnonzero(starts.worked == worked)
    first = int(panel.first[own].min())
    if begun - first < LEAST_BEFORE:
        return "short_history"
    rows = np.r_[np.arange(first, begun), np.arange(worked, n_months)]
    total = np.nansum(panel.values[:, own], axis=1)[rows]
    if not (total > 0).all():
        return "not_positive"
    try:
        found = interrupted_series(total, rows + panel.months[0].month - 1, rows >= worked)
    except SbytError:
        return "collinear"
    step = found.step
    low, high = math.expm1(step.low), math.expm1(step.high)
    checks = (*found.checks, *said(settings))
    doubts = doubts_of(checks)
    verdict, reasons = verdict_of(low, high, settings.target, doubts, "indicated")
    if verdict == "indicated" and refused(checks):
        verdict, reasons = "unknown", doubts
    return Finding(
        rung="L4",
        verdict=verdict,
        reasons=(*reasons, "no_control"),
        effect=math.expm1(step.value),
        low=low,
        high=high,
        base=float(total[rows >= worked].sum()),
        treated=tuple(panel.units[c] for c in own),
        smallest=smallest_of(step.se, len(rows) - PARAMETERS),
        checks=checks,
        months_before=begun - first,
        facts={"p": step.p, "se": step.se, "rho": found.rho},
    )


def synthetic_finding(panel: Panel, starts: Starts, settings: Settings) -> Finding | str:
    """L5, one unit against its twin of the others, each on its own level before; or why it cannot be.

    Reasons: several_units, short_history, few_donors, not_positive.
    """
    n_months = len(panel.months)
    started = np.flatnonzero((starts.worked < n_months) & (starts.begun > 0))
    if len(started) != 1:
        return "several_units"
    column = int(started[0])
    begun, worked = int(starts.begun[column]), int(starts.worked[column])
    if begun - int(panel.first[column]) < YEAR:
        return "short_history"
    donors = np.flatnonzero((panel.first + YEAR <= begun) & (starts.begun >= n_months))
    if len(donors) < LEAST_DONORS:
        return "few_donors"
    first = int(panel.first[np.append(donors, column)].max())
    rows = np.r_[np.arange(first, begun), np.arange(worked, n_months)]
    values, after = panel.values[rows], rows >= worked
    level = values[~after].mean(axis=0)
    if not (level[np.append(donors, column)] > 0).all():
        return "not_positive"
    own, others = values[:, column] / level[column], values[:, donors] / level[donors]
    found = synthetic_control(own, others, after)
    twin = float(found.mix[after].mean())
    if not (twin > 0 and own[after].mean() > 0):
        return "not_positive"
    chance = pretend(own, others, after, found)
    effect, reach = found.gap / twin, chance.reach / twin
    placebo = Check("placebo_units", chance.p <= SIGNIFICANT, {"p": chance.p, "donors": len(donors)})
    checks = (placebo, *said(settings))
    verdict, reasons = verdict_of(effect - reach, effect + reach, settings.target, doubts_of(checks), "indicated")
    if verdict == "indicated" and not placebo.passed:
        verdict, reasons = "unknown", (placebo.code,)
    return Finding(
        rung="L5",
        verdict=verdict,
        reasons=(*reasons, "one_unit"),
        effect=effect,
        low=effect - reach,
        high=effect + reach,
        base=float(panel.values[worked:, column].sum()),
        treated=(panel.units[column],),
        control=tuple(panel.units[c] for c in donors),
        smallest=reach,
        checks=checks,
        months_before=begun - first,
        facts={"p": chance.p, "fit": found.fit},
    )
