"""A change of a product shared among its factors by Shapley: each factor's part is the mean over all orders in which they may change.

v(S) is the product with the factors in S at their value after and the others at their value before. The parts of a row add up to
its change. No factor comes first, so no order is favoured; equal factors that change equally get equal parts.
"""

from __future__ import annotations

from itertools import combinations
from math import factorial

import numpy as np


def shapley_parts(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    """Part of every factor in the change of their product; arrays of factors × rows, the same shape comes back."""
    count = len(before)
    change = after - before
    parts = np.zeros_like(change, dtype="float64")
    for factor in range(count):
        others = [other for other in range(count) if other != factor]
        for size in range(count):
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            for changed in combinations(others, size):
                rest = np.ones_like(change[0], dtype="float64")
                for other in others:
                    rest = rest * (after[other] if other in changed else before[other])
                parts[factor] += weight * rest * change[factor]
    return parts
