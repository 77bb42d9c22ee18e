"""Hours shared so that one more hour brings the same profit λ wherever hours are free to move (METHOD §5).

    h(λ) = clip((P β / (h0^β λ))^(1 / (1 − β)), least, most),  Σ h(λ) = hours

λ is found by Brent's method on its logarithm, one root a group of clients (a manager, or all when the hours are pooled). Who brings
nothing (P ≤ 0 or not known) stays at the least. Where even the most leaves hours over, λ is 0 and the rest is free; where the
minima take every hour, λ is what the best client would bring with one hour more (missing where that has no bound).
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from sbyt_core.strategies.response import Response

SLACK = 1e-9  # hours: sums this near are equal


def groups_of(codes: np.ndarray, count: int) -> Iterator[tuple[int, np.ndarray]]:
    """Every group's code and the positions of its clients; codes below 0 belong to none."""
    order = np.argsort(codes, kind="stable")
    edges = np.searchsorted(codes[order], np.arange(count + 1))
    for group in range(count):
        yield group, order[edges[group] : edges[group + 1]]


def share_hours(
    profit: np.ndarray,
    reference: np.ndarray,
    elasticity: np.ndarray,
    least: np.ndarray,
    most: np.ndarray,
    hours: float,
) -> tuple[np.ndarray, float]:
    """The hours of every client of one group and λ; the sum of least is at most `hours`, which the caller has seen to.

    Arrays of shape (clients,); most may be infinite. Source: METHOD §5.
    """
    spare = hours - float(least.sum())
    earns = (profit > 0) & (most > least)
    if not earns.any():
        return least.astype(float), 0.0
    a, b = _logs(profit[earns], reference[earns], elasticity[earns])
    low, high = least[earns], most[earns]
    shared = least.astype(float)
    if spare <= SLACK:
        with np.errstate(divide="ignore"):
            best = float(np.max((a - np.log(low)) / b))
        return shared, math.exp(best) if math.isfinite(best) else math.nan
    hours_here = spare + float(low.sum())
    if float(high.sum()) <= hours_here + SLACK:
        shared[earns] = high
        return shared, 0.0

    from scipy.optimize import brentq  # loaded when hours are shared, not with every page

    def over(log_price: float) -> float:
        return float(np.clip(np.exp(np.minimum(a - b * log_price, 700.0)), low, high).sum()) - hours_here

    dearest = float(np.max((a - np.log(np.maximum(low, spare / len(a)))) / b))
    cheapest = float(np.min((a - np.log(np.minimum(high, hours_here))) / b))
    root = float(brentq(over, min(cheapest, dearest) - 1e-9, dearest + 1e-9, xtol=1e-13, rtol=1e-14, maxiter=300))
    found = np.clip(np.exp(np.minimum(a - b * root, 700.0)), low, high)
    free = (found > low) & (found < high)
    if free.any():  # the last rounding of the root
        found[free] = np.clip(found[free] * (1 + (hours_here - found.sum()) / found[free].sum()), low[free], high[free])
    shared[earns] = found
    return shared, math.exp(root)


def share_response(response: Response, places: np.ndarray, least: np.ndarray, most: np.ndarray, hours: float) -> tuple[np.ndarray, float]:
    """`share_hours` of the clients at some positions of a response; arrays least and most are of these clients."""
    return share_hours(response.known[places], response.reference[places], response.elasticity[places], least, most, hours)


def _logs(profit: np.ndarray, reference: np.ndarray, elasticity: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """a and b of log h = a − b log λ."""
    b = 1 / (1 - elasticity)
    return (np.log(profit * elasticity) - elasticity * np.log(reference)) * b, b
