"""How far a client is from the border of its class, in money.

The smallest rise of its value that lifts it a class, and the fall that it can bear: found by classing the base again
with another value of this one client, everything else as it is, so that all rules count. To a hundredth of the money.
Exactly at the value of another client both share a class, which may be lower than on either side: such a point is no
border, and the class told is the one beyond it.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sbyt_core.errors import NoPositiveValue
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.model import C
from sbyt_core.segments.ranking import Ranking
from sbyt_core.segments.segment import class_by_rules

CENT = 0.01  # distances are told in hundredths, the far side of the border included
MOST_HALVINGS = 60


def class_at(ranking: Ranking, criteria: Criteria, place: int, value: float) -> int:
    """Class that the rules give the client at this place if its value were `value`."""
    try:
        changed, place_then = ranking.with_value(place, value)
    except NoPositiveValue:
        return C
    return int(class_by_rules(changed, criteria).steps.computed[place_then])


def rise_to_next(ranking: Ranking, criteria: Criteria, place: int, now: int) -> tuple[int, float] | None:
    """The class above that more value leads to, and the least rise; None when no value does."""
    start = _known(ranking.value[place])
    top = max(float(ranking.value[0]), start) * 2 + 1.0

    def better(rise: float) -> bool:
        return class_at(ranking, criteria, place, start + rise) < now

    rise = _least(better, 0.0, top - start)
    while rise is not None and rise > 2 * CENT and better(round(rise - 2 * CENT, 2)):  # the hundredth between is a tie
        rise = _least(better, 0.0, round(rise - 2 * CENT, 2))
    return None if rise is None else (class_at(ranking, criteria, place, start + rise), rise)


def fall_within(ranking: Ranking, criteria: Criteria, place: int, now: int) -> tuple[int, float] | None:
    """The class below and the fall that just does not lead there; None when no fall does."""
    start = _known(ranking.value[place])
    bottom = min(float(np.nanmin(ranking.value)), 0.0) - 1.0

    def worse(fall: float) -> bool:
        return class_at(ranking, criteria, place, start - fall) > now

    fall = _least(worse, 0.0, start - bottom)
    while fall is not None:
        beyond = class_at(ranking, criteria, place, start - round(fall + CENT, 2))
        if beyond > now:
            return beyond, round(fall - CENT, 2)
        fall = _least(worse, round(fall + CENT, 2), start - bottom)
    return None


def _least(happens: Callable[[float], bool], least: float, most: float) -> float | None:
    """A hundredth from `least`, where it does not happen, up to `most` at which it happens and a hundredth less does not."""
    low, high = round(least / CENT), math.ceil(round(most / CENT, 3))
    if low >= high or not happens(round(high * CENT, 2)):
        return None
    for _ in range(MOST_HALVINGS):
        if high - low <= 1:
            break
        middle = (low + high) // 2
        if happens(round(middle * CENT, 2)):
            high = middle
        else:
            low = middle
    return round(high * CENT, 2)


def _known(value: float) -> float:
    return 0.0 if math.isnan(value) else float(value)
