"""Rule 4, promise: who grows and has room to grow.

Promising: growth above the bound, and potential at least the median value of A. Potential is the 75th percentile of the
value of peers less the client's own, never below 0; peers are the classed clients of the same branch, else all. A tag,
never a change of class; what the company does with it depends on its current task.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.model import A
from sbyt_core.segments.ranking import Ranking


def potential(ranking: Ranking, quantile: float) -> np.ndarray:
    """Value that peers have and the client has not, for the classed; missing where its value is. Made once a ranking."""
    if quantile not in ranking.potentials:
        ranking.potentials[quantile] = _potential(ranking, quantile)
    return ranking.potentials[quantile]


def _potential(ranking: Ranking, quantile: float) -> np.ndarray:
    branch = ranking.clients.frame["branch"].to_numpy()[ranking.rows[: ranking.n]]
    codes, names = pd.factorize(branch)
    levels = np.empty(len(names) + 1)
    levels[-1] = np.nanquantile(ranking.value, quantile)  # code −1: no branch known
    for code in range(len(names)):
        peers = ranking.value[codes == code]
        levels[code] = np.nanquantile(peers, quantile) if np.isfinite(peers).any() else np.nan
    return np.maximum(levels[codes] - ranking.value, 0.0)


def promising(ranking: Ranking, criteria: Criteria, classes: np.ndarray) -> np.ndarray:
    """Which of the classed are promising; classes: after rules 1–3."""
    top = ranking.value[classes == A]
    if len(top) == 0:
        return np.zeros(ranking.n, dtype=bool)
    wanted = criteria.promise_potential * float(np.median(top))
    growing = ranking.growth > criteria.promise_growth
    return growing & (potential(ranking, criteria.promise_quantile) >= wanted)
