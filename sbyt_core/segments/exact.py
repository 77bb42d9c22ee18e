"""Floor and ceiling of a share of a count, in exact decimal arithmetic: .25 · 8 is 2, .07 · 100 is 7 and never 6 or 8."""

from __future__ import annotations

import math
from fractions import Fraction


def floor_share(share: float, n: int) -> int:
    """The greatest whole number of clients not above this share of n."""
    return math.floor(Fraction(repr(share)) * n)


def ceil_share(share: float, n: int) -> int:
    """The least whole number of clients not below this share of n."""
    return math.ceil(Fraction(repr(share)) * n)
