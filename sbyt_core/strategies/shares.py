"""The hours of all groups at once, what they are expected to bring, who hangs on the assumptions, and the rivals of the plan."""

from __future__ import annotations

import numpy as np

from sbyt_core.strategies.assumptions import HIGH_FACTOR, LOW_FACTOR
from sbyt_core.strategies.bounds import Bounds
from sbyt_core.strategies.group import share_group
from sbyt_core.strategies.plan import Gain, Rival
from sbyt_core.strategies.price import groups_of
from sbyt_core.strategies.response import Response
from sbyt_core.strategies.rivals import RIVALS, rival_weights, spread

FLIP = 0.5  # of a contact: a smaller change is none


def share_all(
    response: Response, bounds: Bounds, group: np.ndarray, budgets: np.ndarray, *, first: np.ndarray | None = None, whole: bool = True
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours before and after whole contacts, and the price of every group; a group's minima fit its budget.

    group: code of the group of every client, below 0 none (it keeps its least); first: mask of those served first.
    """
    smooth, hours = bounds.least.astype(float), bounds.least.astype(float)
    prices = np.zeros(len(budgets))
    for code, places in groups_of(group, len(budgets)):
        if len(places):
            mine = share_group(
                response, bounds, places, float(budgets[code]), first=first[places] if first is not None else None, whole=whole
            )
            smooth[places], hours[places], prices[code] = mine.hours, mine.whole, mine.price
    return smooth, hours, prices


def flips(response: Response, bounds: Bounds, group: np.ndarray, budgets: np.ndarray, first: np.ndarray | None) -> np.ndarray:
    """Clients that get more hours under one set of elasticities and fewer under another."""
    changes = []
    for factor in (LOW_FACTOR, 1.0, HIGH_FACTOR):
        smooth, _, _ = share_all(response.scaled(factor), bounds, group, budgets, first=first, whole=False)
        changes.append(smooth - response.now)
    least_change = FLIP * bounds.contact
    return (np.max(changes, axis=0) > least_change) & (np.min(changes, axis=0) < -least_change)


def expected_gain(response: Response, hours: np.ndarray) -> Gain:
    """What the hours are expected to bring above the profit now, as a range over the elasticities."""
    known = float(response.known.sum())
    low, mid, high = (float(response.scaled(factor).expected(hours).sum()) - known for factor in (LOW_FACTOR, 1.0, HIGH_FACTOR))
    return Gain(min(low, mid, high), mid, max(low, mid, high))


def rivals(response: Response, bounds: Bounds, group: np.ndarray, budgets: np.ndarray, is_a: np.ndarray) -> tuple[Rival, ...]:
    """The rivals of RIVALS and what the response expects of each. is_a: clients of A."""
    known = float(response.known.sum())
    found = []
    for name in RIVALS:
        hours = rival_hours(name, response, bounds, group, budgets, is_a)
        profit = float(response.expected(hours).sum())
        found.append(Rival(name, profit, profit - known))
    return tuple(found)


def rival_hours(name: str, response: Response, bounds: Bounds, group: np.ndarray, budgets: np.ndarray, is_a: np.ndarray) -> np.ndarray:
    """Hours of every client under a rival of RIVALS, inside the same bounds and hours."""
    hours = bounds.least.astype(float)
    for code, places in groups_of(group, len(budgets)):
        if len(places):
            weights = rival_weights(name, response.now[places], response.profit[places], is_a[places])
            hours[places] = spread(weights, bounds.least[places], bounds.most[places], float(budgets[code]))
    return hours
