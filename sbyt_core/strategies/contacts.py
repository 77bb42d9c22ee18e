"""From hours to whole contacts a quarter: round down, give what is left where a contact brings most an hour, exchange while it pays.

What no whole contact can use stays as the reserve of the group, so that contacts and reserve add up to its hours to the minute. With
contacts of one length the result is the best there is (a greedy choice among diminishing gains); with several it is close to it.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.strategies.response import Response

NEAR = 1e-9
EXCHANGES = 400  # in one group: each frees a contact that another client uses better; more have never been needed


def whole_contacts(
    response: Response,
    places: np.ndarray,
    hours: np.ndarray,
    contact: np.ndarray,
    work: np.ndarray,
    least: np.ndarray,
    most: np.ndarray,
    budget: float,
) -> np.ndarray:
    """Hours of the clients at some positions in whole contacts, at most `budget` together.

    hours: before rounding; contact: hours a month of one contact a quarter; work: hours on orders, on top of which contacts come;
    least, most: bounds, work and whole contacts; all of shape (places,).
    """
    profit, reference, power = response.known[places], response.reference[places], response.elasticity[places]
    fewest, highest = np.rint((least - work) / contact), np.rint((most - work) / contact)
    count = np.clip(np.floor((hours - work) / contact + NEAR), fewest, highest)

    def value(number: np.ndarray, chosen: np.ndarray | slice) -> np.ndarray:
        scale = (work[chosen] + number * contact[chosen]) / reference[chosen]
        return np.maximum(profit[chosen], 0.0) * np.power(scale, power[chosen])

    left = budget - float((work + count * contact).sum())
    while True:
        able = np.flatnonzero((count < highest) & (contact <= left + NEAR) & (profit > 0))
        if not len(able):
            break
        gain = (value(count[able] + 1, able) - value(count[able], able)) / contact[able]
        able = able[np.argsort(-gain, kind="stable")]
        taken = able[np.cumsum(contact[able]) <= left + NEAR]
        count[taken] += 1
        left -= float(contact[taken].sum())
    _exchange(count, contact, fewest, highest, profit, value, left)
    return work + count * contact


def _exchange(count, contact, fewest, highest, profit, value, left: float) -> None:
    """Move single contacts, in place, from where they bring least to where they bring more."""
    everyone = slice(None)
    up = np.where((count < highest) & (profit > 0), value(count + 1, everyone) - value(count, everyone), -np.inf)
    down = np.where(count > fewest, value(count, everyone) - value(np.maximum(count - 1, 0), everyone), np.inf)
    for _ in range(EXCHANGES):
        best = _best_exchange(up, down, contact, left)
        if best is None:
            return
        giver, taker = best
        count[giver] -= 1
        count[taker] += 1
        left += contact[giver] - contact[taker]
        for place in (giver, taker):
            one = np.array([place])
            here = value(count[one], one)[0]
            able_up = count[place] < highest[place] and profit[place] > 0
            up[place] = value(count[one] + 1, one)[0] - here if able_up else -np.inf
            down[place] = here - value(np.maximum(count[one] - 1, 0), one)[0] if count[place] > fewest[place] else np.inf


def _best_exchange(up: np.ndarray, down: np.ndarray, contact: np.ndarray, left: float) -> tuple[int, int] | None:
    """The pair (who gives, who takes) that pays, by lengths of contact; None where no exchange pays."""
    best, pair = 1e-9, None
    for length in np.unique(contact):
        givers = np.where(contact == length, down, np.inf)
        giver = int(np.argmin(givers))
        if not np.isfinite(givers[giver]):
            continue
        takers = np.where(contact <= left + length + NEAR, up, -np.inf)
        takers[giver] = -np.inf
        taker = int(np.argmax(takers))
        gained = takers[taker] - givers[giver]
        if gained > best * (1 + NEAR):
            best, pair = gained, (giver, taker)
    return pair
