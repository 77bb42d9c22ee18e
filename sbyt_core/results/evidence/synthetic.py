"""L5, synthetic control: one unit that started, and a mix of at least 19 others that went the same way before.

Weights w ≥ 0, Σw = 1, least squares on the months before; outcomes only. Solved by NNLS with one heavy row for Σw = 1: it cannot stop
half-way as general optimisers do. The effect is the mean gap since the start. How much of that is chance is seen by letting every
other unit pretend: with 19 of them the smallest share that one may get is 1 in 20.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls

from sbyt_core.results.panel import Floats

LEAST_DONORS = 19  # with fewer a share of 5 % cannot be reached
HEAVY = 1e3  # weight of the row Σw = 1, in units of the largest outcome


@dataclass(frozen=True, eq=False)
class Synthetic:
    """weights of the donors; mix: the made-up twin in every month; gap: mean of actual − mix since the start."""

    weights: Floats
    mix: Floats
    gap: float
    fit: float  # root mean square of the gaps before


@dataclass(frozen=True)
class Pretended:
    """The gap beside those of the units that only pretend.

    p: the share of units, itself included, whose gaps grew at least as much at the start; reach: the |gap| that 95 % of those who
    pretend stay under.
    """

    p: float
    reach: float


def synthetic_control(treated: Floats, donors: Floats, after: Floats) -> Synthetic:
    """The mix of donors (months × donors) that follows the treated unit before; after: whether a month is one since the start."""
    before = ~after
    scale = max(float(np.abs(donors[before]).max()), float(np.abs(treated[before]).max()), np.finfo(float).tiny)
    rows = np.vstack([donors[before] / scale, np.full(donors.shape[1], HEAVY)])
    weights, _ = nnls(rows, np.append(treated[before] / scale, HEAVY))
    weights = weights / weights.sum()
    mix = donors @ weights
    gaps = treated - mix
    return Synthetic(weights, mix, float(gaps[after].mean()), math.sqrt(float((gaps[before] ** 2).mean())))


def pretend(treated: Floats, donors: Floats, after: Floats, found: Synthetic) -> Pretended:
    """Every donor in the place of the treated unit, mixed from the other donors."""
    own = _growth(treated - found.mix, after)
    growths, gaps = [], []
    for column in range(donors.shape[1]):
        one = synthetic_control(donors[:, column], np.delete(donors, column, axis=1), after)
        growths.append(_growth(donors[:, column] - one.mix, after))
        gaps.append(abs(one.gap))
    n = len(gaps)
    rank = math.ceil(0.95 * (n + 1)) - 1
    return Pretended((1 + sum(g >= own for g in growths)) / (n + 1), sorted(gaps)[min(rank, n - 1)])


def _growth(gaps: Floats, after: Floats) -> float:
    """Root mean square of the gaps since the start over that before."""
    before = float((gaps[~after] ** 2).mean())
    since = float((gaps[after] ** 2).mean())
    return math.sqrt(since / before) if before > 0 else math.inf
