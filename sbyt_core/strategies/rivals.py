"""What people do instead of allocating, with the same hours and inside the same bounds: four rivals of the plan (METHOD §5).

"as_now": the present hours; "equal": the same hours to each; "profit": in proportion to profit; "a_30": 30 % of the hours to the clients
of A in equal parts, the rest to the others in equal parts. Each is a set of weights w; the hours are clip(t · w, least, most) with the t
that spends the hours of the group, so that no rival is beaten for want of hours or by a bound that it breaks.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.strategies.price import SLACK

RIVALS = ("as_now", "equal", "profit", "a_30")
A_SHARE = 0.3  # of the hours, as sales books advise
FAINT = 1e-9  # weight of a client that the rule gives nothing: it takes hours only when nobody else can


def rival_weights(name: str, now: np.ndarray, profit: np.ndarray, is_a: np.ndarray) -> np.ndarray:
    """Weights of the clients of one group; profit missing counts as nothing."""
    if name == "as_now":
        return now
    if name == "profit":
        return np.maximum(np.nan_to_num(profit), 0.0)
    if name == "a_30" and is_a.any() and not is_a.all():
        return np.where(is_a, A_SHARE / is_a.sum(), (1 - A_SHARE) / (~is_a).sum())
    return np.ones(len(now))


def spread(weights: np.ndarray, least: np.ndarray, most: np.ndarray, hours: float) -> np.ndarray:
    """clip(t · weights, least, most) with the t that spends the hours, or all of the most where they do not reach.

    Arrays of shape (clients,); the sum of least is at most `hours`.
    """
    if float(most.sum()) <= hours + SLACK:
        return most.astype(float)
    top = float(weights.max()) if len(weights) else 0.0
    w = np.maximum(weights / top, FAINT) if top > 0 else np.ones(len(weights))

    from scipy.optimize import brentq

    def over(log_t: float) -> float:
        return float(np.clip(np.exp(log_t) * w, least, most).sum()) - hours

    low, high = np.log(max(hours, SLACK)) - 60.0, np.log(max(hours, SLACK)) + 60.0
    if over(low) >= 0:
        return least.astype(float)
    root = float(brentq(over, low, high, xtol=1e-12, rtol=1e-14, maxiter=300))
    return np.clip(np.exp(root) * w, least, most)
