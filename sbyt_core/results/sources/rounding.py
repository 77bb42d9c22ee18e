"""Rounded parts that still add up: what is printed must close to the last digit (largest remainder).

The total is rounded first; every part is rounded down, and the units still missing go to the parts with the largest remainders, of equal
ones to the earlier part.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from decimal import ROUND_HALF_EVEN, Decimal

KOPECKS = 2  # digits behind the point
LEEWAY = 2  # units: what rounding a total of two sums can differ by from the sum of its parts, on the safe side


def closing_parts(parts: Sequence[float], total: float, digits: int = KOPECKS) -> list[float]:
    """The parts rounded to `digits` so that they add up to the rounded total.

    A total that is not the sum of its parts leaves each part rounded by itself.
    """
    unit = 10**digits
    wanted = int((Decimal(repr(float(total))) * unit).to_integral_value(ROUND_HALF_EVEN))
    exact = [Decimal(repr(float(part))) * unit for part in parts]
    floors = [math.floor(part) for part in exact]
    if not parts or abs(sum(exact) - wanted) > LEEWAY:
        return [float(round(part) / Decimal(unit)) + 0.0 for part in exact]
    for_all, for_some = divmod(wanted - sum(floors), len(parts))
    by_remainder = sorted(range(len(parts)), key=lambda i: (floors[i] - exact[i], i))
    for rank, i in enumerate(by_remainder):
        floors[i] += for_all + (rank < for_some)
    return [float(Decimal(floor) / unit) + 0.0 for floor in floors]
