"""Least squares and counts by statsmodels: coefficients by name, with errors and intervals of 95 %.

`least_squares`: OLS; with `clusters` the errors allow for likeness inside a cluster. `counts`: Poisson regression of whole numbers against
an exposure (log offset); with `scale="X2"` the quasi-Poisson errors, widened by Pearson's dispersion. A column that follows from the
others makes it impossible to tell them apart: BadInput collinear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from sbyt_core.errors import BadInput
from sbyt_core.results.panel import Floats

CONFIDENCE = 0.05


@dataclass(frozen=True)
class Coefficient:
    """One coefficient with its standard error, interval of 95 % and two-sided p."""

    value: float
    se: float
    low: float
    high: float
    p: float


def least_squares(y: Floats, columns: Mapping[str, Floats], *, clusters: Floats | None = None) -> dict[str, Coefficient]:
    """OLS of y on the columns and a constant (`const`). Raises BadInput collinear."""
    import statsmodels.api as sm

    model = sm.OLS(np.asarray(y, dtype=float), design(columns))
    fitted = model.fit() if clusters is None else model.fit(cov_type="cluster", cov_kwds={"groups": clusters})
    return coefficients(columns, fitted)


def counts(y: Floats, columns: Mapping[str, Floats], exposure: Floats, *, scale: str | None = None) -> dict[str, Coefficient]:
    """Poisson regression of counts per exposure; coefficients are logs of ratios. Raises BadInput collinear."""
    import statsmodels.api as sm

    model = sm.GLM(np.asarray(y, dtype=float), design(columns), family=sm.families.Poisson(), offset=np.log(np.asarray(exposure, float)))
    return coefficients(columns, model.fit(scale=scale))


def design(columns: Mapping[str, Floats]) -> Floats:
    """The columns and a constant as a matrix of full rank. Raises BadInput collinear."""
    first = next(iter(columns.values()))
    matrix = np.column_stack([np.ones(len(first)), *(np.asarray(column, dtype=float) for column in columns.values())])
    if matrix.shape[1] >= len(matrix) or np.linalg.matrix_rank(matrix) < matrix.shape[1]:
        raise BadInput("collinear", rows=len(matrix), columns=matrix.shape[1])
    return matrix


def coefficients(columns: Mapping[str, Floats], fitted: Any) -> dict[str, Coefficient]:
    """What a fitted model says of every column."""
    intervals = fitted.conf_int(CONFIDENCE)
    return {
        name: Coefficient(float(value), float(se), float(low), float(high), float(p))
        for name, value, se, (low, high), p in zip(("const", *columns), fitted.params, fitted.bse, intervals, fitted.pvalues, strict=True)
    }
