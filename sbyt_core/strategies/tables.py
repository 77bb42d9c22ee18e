"""The best entry of every client's table of values: what S-shaped answers need, where "the next best hour" leads astray.

Entry k of a table is what the client brings with k blocks of hours; one entry a client is chosen so that the sum of values is greatest
and the hours fit. A rule that gives hour by hour to the highest gain misses curves that rise late; the mixed-integer solver HiGHS
does not. Beside the tables may stand the concave value of all other clients in hours, as pieces of falling slope.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

GAP = 1e-6  # relative: how near to the best the solver must come
SECONDS = 20.0  # per group; then the best found so far


def best_entries(
    values: Sequence[np.ndarray],
    hours: Sequence[np.ndarray],
    budget: float,
    *,
    pieces: tuple[np.ndarray, np.ndarray] | None = None,
) -> np.ndarray:
    """The chosen entry of every table, so that Σ hours ≤ budget and Σ values is greatest.

    values, hours: of the entries, one array a client; pieces: lengths in hours and values an hour of what all others can use, the
    values falling. Raises ValueError when no choice fits. Source: Lodish 1971.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_matrix

    sizes = [len(table) for table in values]
    entries = sum(sizes)
    length, slope = pieces if pieces is not None else (np.empty(0), np.empty(0))
    gains = np.concatenate([*values, slope])
    scale = float(np.max(np.abs(gains))) or 1.0
    owner = np.repeat(np.arange(len(values)), sizes)
    one_each = coo_matrix((np.ones(entries), (owner, np.arange(entries))), shape=(len(values), len(gains)))
    weights = np.concatenate([*hours, np.ones(len(length))])
    result = milp(
        -gains / scale,
        constraints=[LinearConstraint(one_each.tocsr(), 1, 1), LinearConstraint(weights[None, :], -np.inf, budget)],
        integrality=np.concatenate([np.ones(entries), np.zeros(len(length))]),
        bounds=Bounds(0, np.concatenate([np.ones(entries), length])),
        options={"mip_rel_gap": GAP, "time_limit": SECONDS},
    )
    if result.x is None:
        raise ValueError("no choice of entries fits the hours")
    chosen = result.x[:entries] > 0.5
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    return np.array([int(np.argmax(chosen[start : start + size])) for start, size in zip(starts, sizes, strict=True)])
