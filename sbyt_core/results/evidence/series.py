"""L4, interrupted series: one line of months before and since, where everybody started at once and nobody is left to compare with.

OLS on logs of the units' total: a trend, the twelve months of the year and a step at the start; at least 24 months before, so that every
month of the year is known twice without the rollout. Errors that follow one another (Breusch–Godfrey, lag 1, p < .05) are allowed for by an
AR(1) model and make the check `autocorrelation` fail. placebo_date: the same on the months before alone, with the step 6 months before
the end; p < .10 is a bend that was there without the rollout. Its word is never more than "indicated": what else began on the same day
is in the step too.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import fdtrc

from sbyt_core.errors import BadInput
from sbyt_core.results.evidence.regression import Coefficient, coefficients, design
from sbyt_core.results.model import Check
from sbyt_core.results.panel import Floats

LEAST_BEFORE = 24  # months
PLACEBO_MONTHS = 6
PLACEBO_P = 0.10
DEPENDENT_P = 0.05
YEAR = 12


@dataclass(frozen=True)
class Step:
    """The step at the start, in logs, and what was tried on it."""

    step: Coefficient
    rho: float  # correlation of neighbouring errors
    checks: tuple[Check, ...]


def interrupted_series(values: Floats, months: Floats, after: Floats) -> Step:
    """The step of a series.

    values: above 0, one a month; months: their numbers, 0 a January, a month of passing over left out; after: whether it is one since the
    start. Raises BadInput collinear where step, trend and months of the year cannot be told apart.
    """
    logs = np.log(np.asarray(values, dtype=float))
    months, after = np.asarray(months), np.asarray(after)
    step, rho, dependent_p = _fit(logs, months, after)
    checks = [Check("autocorrelation", dependent_p >= DEPENDENT_P, {"p": dependent_p, "rho": rho})]
    before = ~after
    earlier = np.flatnonzero(before)
    if len(earlier) >= LEAST_BEFORE + PLACEBO_MONTHS:
        pretended = np.arange(len(earlier)) >= len(earlier) - PLACEBO_MONTHS
        placebo = _fit(logs[earlier], months[earlier], pretended)[0]
        checks.append(Check("placebo_date", placebo.p >= PLACEBO_P, {"p": placebo.p, "effect": float(np.expm1(placebo.value))}))
    else:
        checks.append(Check("placebo_date", None))
    return Step(step, rho, tuple(checks))


def _fit(logs: Floats, months: Floats, after: Floats) -> tuple[Coefficient, float, float]:
    import statsmodels.api as sm

    columns = {"step": after.astype(float), "trend": months / YEAR}
    columns |= {f"month_{m}": (months % YEAR == m).astype(float) for m in range(1, YEAR)}
    matrix = design(columns)
    fitted = sm.OLS(logs, matrix).fit()
    rho = float(np.corrcoef(fitted.resid[1:], fitted.resid[:-1])[0, 1])
    p = _dependence_p(matrix, np.asarray(fitted.resid))
    if p < DEPENDENT_P:
        fitted = sm.GLSAR(logs, matrix, rho=1).iterative_fit(maxiter=8)
    if not np.isfinite(fitted.bse).all():
        raise BadInput("collinear", rows=matrix.shape[0], columns=matrix.shape[1])
    return coefficients(columns, fitted)["step"], rho, p


def _dependence_p(matrix: Floats, errors: Floats) -> float:
    """Breusch–Godfrey for lag 1, as an F test: does the error before explain what the columns leave?"""
    wider = np.column_stack([matrix, np.r_[0.0, errors[:-1]]])
    left = errors - wider @ np.linalg.lstsq(wider, errors, rcond=None)[0]
    free = len(errors) - wider.shape[1]
    return float(fdtrc(1, free, max(0.0, float(errors @ errors) / float(left @ left) - 1) * free))
