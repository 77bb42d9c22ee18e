"""Who serves whom once hours are pooled: as few clients as can be pass to another manager, so that nobody has more hours than he has.

The most loaded manager gives first: of the clients that free him at one stroke the one with the least profit, else his largest that fits
elsewhere. The one who receives has the most free hours. A client that is fixed stays. What cannot be placed is trimmed by single
contacts where they bring least, and returns to the reserve.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.strategies.response import Response

NEAR = 1e-9  # hours


def hand_over(hours: np.ndarray, profit: np.ndarray, manager: np.ndarray, available: np.ndarray, movable: np.ndarray) -> np.ndarray:
    """Code of the manager who serves each client under the plan.

    hours: of the plan; profit: now, missing where not known; manager: code, below 0 nobody; movable: may pass on; shape (clients,).
    """
    served = manager.copy()
    load = np.bincount(manager[manager >= 0], weights=hours[manager >= 0], minlength=len(available)).astype(float)
    worth = np.nan_to_num(profit)
    for place in sorted(np.flatnonzero(manager < 0), key=lambda at: (-hours[at], at)):
        to = int(np.argmax(available - load))
        served[place] = to
        load[to] += hours[place]
    stuck = np.zeros(len(available), dtype=bool)
    while True:
        over = np.where(stuck, 0.0, load - available)
        giver = int(np.argmax(over)) if len(over) else 0
        if not len(over) or over[giver] <= NEAR:
            return served
        room = available - load
        room[giver] = -np.inf
        taker = int(np.argmax(room))
        mine = np.flatnonzero((served == giver) & movable & (hours > NEAR) & (hours <= room[taker] + NEAR))
        if not len(mine):
            stuck[giver] = True
            continue
        enough = mine[hours[mine] >= over[giver] - NEAR]
        chosen = int(enough[np.argmin(worth[enough])]) if len(enough) else int(mine[np.argmax(hours[mine])])
        served[chosen] = taker
        load[giver] -= hours[chosen]
        load[taker] += hours[chosen]


def trim(
    hours: np.ndarray, served: np.ndarray, available: np.ndarray, response: Response, least: np.ndarray, contact: np.ndarray
) -> np.ndarray:
    """The hours with single contacts taken from the managers who still have more than they have, where it costs least."""
    kept = hours.astype(float)
    load = np.bincount(served, weights=kept, minlength=len(available)) if len(kept) else np.zeros(len(available))
    for code in np.flatnonzero(load > available + NEAR):
        mine = np.flatnonzero(served == code)
        over = float(load[code] - available[code])
        while over > NEAR:
            step = np.minimum(contact[mine], kept[mine] - least[mine])
            able = step > NEAR
            if not able.any():
                break
            fewer = kept.copy()
            fewer[mine] -= step
            loss = np.where(able, (response.value(kept) - response.value(fewer))[mine] / np.where(able, step, 1.0), np.inf)
            at = int(np.argmin(loss))
            kept[mine[at]] -= step[at]
            over -= float(step[at])
    return kept
