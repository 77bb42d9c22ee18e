"""Who starts first: managers paired by their sales before the rollout, one of each pair by a coin.

Pairs are made inside a branch, neighbours by sales from the first day to the rollout; what the effect will be plays no part.
"""

from __future__ import annotations

import numpy as np

from sample_data.people import MANAGERS
from sample_data.trade import MONTH_OF_DAY, ROLLOUT_MONTH, Line


def choose_treated(history: list[Line], seed: int) -> frozenset[int]:
    """Half of the managers: the ones of whom the coin says so in their pair."""
    before = [0] * len(MANAGERS)
    for line in history:
        if MONTH_OF_DAY[line.day] < ROLLOUT_MONTH:
            before[line.manager] += line.revenue
    rng = np.random.default_rng([seed, 5])
    treated: set[int] = set()
    for branch in dict.fromkeys(branch for _, branch in MANAGERS):
        ranked = sorted((m for m, (_, b) in enumerate(MANAGERS) if b == branch), key=lambda m: (-before[m], m))
        treated |= {int(rng.choice(ranked[i : i + 2])) for i in range(0, len(ranked), 2)}
    return frozenset(treated)


def money_of_managers(lines: list[Line], managers: frozenset[int]) -> int:
    """Sales of these managers since the rollout, in kopecks."""
    return sum(line.revenue for line in lines if line.manager in managers and MONTH_OF_DAY[line.day] >= ROLLOUT_MONTH)
