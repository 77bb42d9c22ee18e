"""Rule 5, the guards: A is at most a quarter of the clients, C at least 45 %.

n counts every classed client, those at a loss included. First A: while more than floor(guard_a · n) stand in it, the
lowest values go to B. Then C: until ceil(guard_c · n) stand in it, the lowest values of B go there, and when B is empty
(only with shares that the user set) those of A. Equal values move together and downward, so a tie at the border empties
more than the guard asks. Enforced by default; with fewer than four clients, or on "advise", the guards only tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.exact import ceil_share, floor_share
from sbyt_core.segments.model import A, B, C

LEAST_CLIENTS = 4  # with fewer, a quarter of them is nobody


@dataclass(frozen=True, eq=False)
class Guarded:
    """Classes after each guard, how many each moved, and how many of those only because they equal others."""

    after_a: np.ndarray
    after_c: np.ndarray
    moved_a: int
    moved_c: int
    tied: int


def guards_work(criteria: Criteria, n: int) -> bool:
    """Whether the guards move clients."""
    return criteria.guards == "enforce" and n >= LEAST_CLIENTS


def apply_guards(value: np.ndarray, classes: np.ndarray, criteria: Criteria) -> Guarded:
    """What the guards do to these classes when they are enforced; value falls."""
    n = len(value)
    after_a = classes.copy()
    members = np.flatnonzero(classes == A)
    limit = floor_share(criteria.guard_a, n)
    kept = _border(value[members], min(limit, len(members)))
    after_a[members[kept:]] = B
    tied = min(limit, len(members)) - kept

    after_c = after_a.copy()
    wanted = ceil_share(criteria.guard_c, n) - int(np.count_nonzero(after_a == C))
    moved_c = 0
    for source in (B, A):
        if wanted <= 0:
            break
        members = np.flatnonzero(after_c == source)
        straight = max(len(members) - wanted, 0)
        kept_here = _border(value[members], straight)
        after_c[members[kept_here:]] = C
        tied += straight - kept_here
        moved_c += len(members) - kept_here
        wanted -= len(members) - kept_here
    return Guarded(after_a, after_c, int(np.count_nonzero(after_a != classes)), moved_c, tied)


def _border(value: np.ndarray, wanted: int) -> int:
    """How many of the falling values stay when only `wanted` may: those equal to the first outside go too."""
    if 0 < wanted < len(value) and value[wanted] == value[wanted - 1]:
        return int(np.searchsorted(-value, -value[wanted], side="left"))
    return wanted
