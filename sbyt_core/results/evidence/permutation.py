"""The exact permutation of a comparison: all ways in which the units could have been given their starts.

p is the share of ways with |δ| at least as great as the one that was, itself included: two-sided. Up to `EXACT_LIMIT` ways all of
them are tried; above it the one that was and `DRAWS` drawn with a fixed seed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import combinations

import numpy as np

from sbyt_core.results.evidence.contrast import EQUAL, Contrast
from sbyt_core.results.panel import Floats

EXACT_LIMIT = 20_000
DRAWS = 9_999
SEED = 7


def permutation_p(found: Contrast) -> tuple[float, int]:
    """p, and how many ways were tried."""
    units = np.flatnonzero(found.group_of >= 0)
    group = found.group_of[units]
    names, group = np.unique(group, return_inverse=True)
    scores = found.scores[units][:, names]
    sizes = np.bincount(group)
    if len(names) == 2 and math.comb(len(units), int(sizes[0])) <= EXACT_LIMIT:
        # all ways to choose the first group; the second is the rest
        chosen = np.array(list(combinations(range(len(units)), int(sizes[0]))))
        mark = np.zeros((len(chosen), len(units)))
        mark[np.arange(len(chosen))[:, None], chosen] = 1
        deltas = mark @ scores[:, 0] / sizes[0] + (1 - mark) @ scores[:, 1] / sizes[1]
    else:
        deltas = np.array([scores[np.arange(len(units)), row] @ (1 / sizes[row]) for row in _assignments(group, sizes)])
    hits = int((np.abs(deltas) >= abs(found.delta) - EQUAL).sum())
    return hits / len(deltas), len(deltas)


def _assignments(group: Floats, sizes: Floats) -> Iterator[Floats]:
    ways = math.factorial(len(group))
    for size in sizes:
        ways //= math.factorial(int(size))
    if ways <= EXACT_LIMIT:
        yield from _all(np.full(len(group), -1), sizes.copy(), 0)
        return
    yield group
    rng = np.random.default_rng(SEED)
    for _ in range(DRAWS):
        yield rng.permutation(group)


def _all(row: Floats, left: Floats, place: int) -> Iterator[Floats]:
    if place == len(row):
        yield row.copy()
        return
    for g in range(len(left)):
        if left[g]:
            left[g] -= 1
            row[place] = g
            yield from _all(row, left, place + 1)
            left[g] += 1
