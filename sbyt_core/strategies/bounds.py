"""Least and most hours a month of every client, and what stands behind each bound.

The bounds of the kind come first; then the step: no further from the hours now than the change limit, though one contact a quarter may
always be added or dropped. Where the step does not reach the bound of the kind, the client goes as far towards it as the step allows.
With whole contacts both ends are whole numbers of contacts a quarter inside the step. A locked client, and one whose profit is not
known, keeps its hours. Where the norm minutes of a document are known, the work on its orders is done whatever the plan says: it is the
least, and contacts come on top of it. Under the task "relief" C and loss-making clients have no least hours, and no step holds them up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sbyt_core.strategies.assumptions import Assumptions
from sbyt_core.strategies.book import StrategyBook
from sbyt_core.strategies.standard import KINDS

MONTHS_A_QUARTER = 3
MINUTES_WITHOUT_STANDARD = 15.0  # of a contact where the standard names no minutes: a short call
CHEAP_KINDS = ("C", "loss_making")
NEAR = 1e-9  # contacts: a number this near to a whole one is whole


@dataclass(frozen=True, eq=False)
class Bounds:
    """Arrays of one length, a client each.

    least, most: hours a month; contact: hours a month that one contact a quarter takes; work: hours a month of work
    on orders, inside least and most, 0 where no norm is known; held: keeps its hours;
    step_low, step_high: the bound is the change limit's, not the kind's.
    """

    least: np.ndarray
    most: np.ndarray
    contact: np.ndarray
    work: np.ndarray
    held: np.ndarray
    step_low: np.ndarray
    step_high: np.ndarray


def bounds_of(
    now: np.ndarray,
    kinds: np.ndarray,
    held: np.ndarray,
    book: StrategyBook,
    assumptions: Assumptions,
    *,
    task: str = "profit",
    work: np.ndarray | None = None,
) -> Bounds:
    """The bounds of every client.

    now: hours a month; kinds: codes of KINDS; held: clients that keep their hours; work: hours a month of work on orders; all of shape
    (clients,).
    """
    contact = contact_hours(book)[kinds]
    work = np.zeros(len(now)) if work is None else work
    kind_least = np.array([one.least for one in assumptions.kinds])[kinds]
    kind_most = np.array([one.most for one in assumptions.kinds])[kinds]
    low, high = np.zeros(len(now)), np.full(len(now), np.inf)
    if assumptions.change_limit is not None:
        limit = assumptions.change_limit
        low = np.maximum(np.minimum(now * (1 - limit), now - contact), 0.0)
        high = np.maximum(now * (1 + limit), now + contact)
    if task == "relief":
        cheap = np.isin(kinds, [KINDS.index(kind) for kind in CHEAP_KINDS])
        kind_least, low = np.where(cheap, 0.0, kind_least), np.where(cheap, 0.0, low)
    least, most = np.clip(kind_least, low, high), np.clip(kind_most, low, high)
    step_low, step_high = low > kind_least, high < kind_most
    if assumptions.whole_contacts:
        least, most = (work + end for end in _whole(least - work, most - work, low - work, high - work, contact))
    else:
        least, most = np.maximum(least, work), np.maximum(most, work)
    return Bounds(
        np.where(held, now, least),
        np.where(held, now, most),
        contact,
        work,
        held,
        step_low & ~held,
        step_high & ~held,
    )


def contact_hours(book: StrategyBook) -> np.ndarray:
    """Hours a month that one contact a quarter takes, of every kind of KINDS."""
    minutes = [standard.minutes_per_contact or MINUTES_WITHOUT_STANDARD for standard in book.standards]
    return np.array(minutes) / 60.0 / MONTHS_A_QUARTER


def _whole(least: np.ndarray, most: np.ndarray, low: np.ndarray, high: np.ndarray, contact: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Both ends in whole contacts; an interval without a whole number takes the nearest one inside the step."""
    fewest, highest = np.ceil(np.maximum(least, 0) / contact - NEAR), np.floor(np.maximum(most, 0) / contact + NEAR)
    none = fewest > highest
    inside = highest * contact >= low - NEAR
    one = np.where(inside, highest, np.minimum(fewest, np.maximum(np.floor(np.minimum(high, 1e9) / contact + NEAR), 0)))
    return np.where(none, one, fewest) * contact, np.where(none, one, highest) * contact
