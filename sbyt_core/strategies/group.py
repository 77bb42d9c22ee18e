"""One group of clients (of a manager, or all when hours are pooled) and its hours: shared, then made whole contacts.

Clients with four answers have an S-shaped response, for which "equal gain of one more hour" is not enough: their hours come from
tables, against the concave value of all the others; then the others share what is left by price. Under the task "growth" the
promising take their part of the free hours first, the others share the rest.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sbyt_core.strategies.bounds import Bounds
from sbyt_core.strategies.contacts import whole_contacts
from sbyt_core.strategies.price import SLACK, share_hours, share_response
from sbyt_core.strategies.response import Response
from sbyt_core.strategies.tables import best_entries

ENTRIES = 96  # of a table without whole contacts: steps of the range of hours
PIECES = 160  # of the concave value of the other clients
FEW_ENTRIES = 1500  # up to so many all clients stand in tables, which is exact


@dataclass(frozen=True, eq=False)
class Shared:
    """hours: a month, before whole contacts; whole: after (the same without them); price: λ, money an hour."""

    hours: np.ndarray
    whole: np.ndarray
    price: float


def share_group(
    response: Response, bounds: Bounds, places: np.ndarray, budget: float, *, first: np.ndarray | None = None, whole: bool = True
) -> Shared:
    """The hours of the clients at `places`. first: mask over places of those served first; the minima fit the budget."""
    least, most, contact = bounds.least[places], bounds.most[places], bounds.contact[places]
    hours = least.astype(float)
    curved = np.array([place in response.curves for place in places], dtype=bool) if response.curves else np.zeros(len(places), dtype=bool)
    curved &= (most > least + SLACK) & (response.known[places] > 0)
    exact = None
    if curved.any():
        if whole and first is None and int(((most - least) / contact + 1).sum()) <= FEW_ENTRIES:
            exact = _from_tables(response, bounds, places, np.ones(len(places), dtype=bool), budget, whole=True)
            hours[curved] = exact[curved]
        else:
            hours[curved] = _from_tables(response, bounds, places, curved, budget, whole=whole)
    rest = ~curved
    early = rest & first if first is not None else np.zeros(len(places), dtype=bool)
    if early.any():
        mine = budget - float(hours[~early].sum())
        hours[early], _ = share_response(response, places[early], least[early], most[early], mine)
        rest = rest & ~early
    left = budget - float(hours[~rest].sum())
    hours[rest], price = share_response(response, places[rest], least[rest], most[rest], left)
    if not whole or exact is not None:
        return Shared(hours, hours if exact is None else exact, price)
    rounded = hours.copy()
    movable = ~curved & ~bounds.held[places] & (most > least + SLACK)
    for part in (early & movable, movable & ~early):  # those served first keep their place when contacts become whole
        if part.any():
            mine = budget - float(rounded[~part].sum())
            rounded[part] = whole_contacts(
                response, places[part], hours[part], contact[part], bounds.work[places[part]], least[part], most[part], mine
            )
    return Shared(hours, rounded, price)


def _from_tables(response: Response, bounds: Bounds, places: np.ndarray, curved: np.ndarray, budget: float, *, whole: bool) -> np.ndarray:
    """Hours of the clients with four answers, against what the others could do with the same hours."""
    least, most = bounds.least[places], bounds.most[places]
    values, hours = [], []
    for place in places[curved]:
        low, high, step = bounds.least[place], min(bounds.most[place], budget), bounds.contact[place]
        grid = low + np.arange(int((high - low) / step + SLACK) + 1) * step if whole else np.linspace(low, high, ENTRIES)
        values.append(response.value_of(int(place), grid))
        hours.append(grid)
    others = ~curved
    floor = float(least[others].sum())
    pieces = _pieces(response, places[others], least[others], most[others], budget - float(least.sum()))
    chosen = best_entries(values, hours, budget - floor, pieces=pieces)
    return np.array([grid[entry] for grid, entry in zip(hours, chosen, strict=True)])


def _pieces(
    response: Response, places: np.ndarray, least: np.ndarray, most: np.ndarray, spare: float
) -> tuple[np.ndarray, np.ndarray] | None:
    """Lengths and values an hour of the concave value that the other clients make of hours above their minima."""
    if not len(places) or spare <= SLACK:
        return None
    profit, reference, power = response.known[places], response.reference[places], response.elasticity[places]
    floor = float(least.sum())
    used, worth = [0.0], [_sum(profit, reference, power, least)]
    for extra in spare * np.linspace(0, 1, PIECES + 1)[1:] ** 2:  # finer where the slope is steep
        hours, _ = share_hours(profit, reference, power, least, most, floor + float(extra))
        if hours.sum() - floor <= used[-1] + SLACK:
            break
        used.append(float(hours.sum() - floor))
        worth.append(_sum(profit, reference, power, hours))
    lengths = np.diff(used)
    return (lengths, np.diff(worth) / lengths) if len(lengths) else None


def _sum(profit: np.ndarray, reference: np.ndarray, power: np.ndarray, hours: np.ndarray) -> float:
    return float((np.maximum(profit, 0.0) * np.power(hours / reference, power)).sum())
