"""«Find my cuts»: the cuts at which both guards hold by themselves, with the least moving.

Tried are all whole per cents 1 … 99 with cut A below cut B. Among the cuts at which the guards have nobody to move, that
which changes the class of the fewest clients against the cuts of today; else that at which the guards move the fewest.
Ties go to the cuts nearest to today's, then to the lower ones. Regularity and trouble apply as set.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sbyt_core.clients.model import ClientTable
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.exact import ceil_share, floor_share
from sbyt_core.segments.model import A, C
from sbyt_core.segments.profit_class import borders, share_border
from sbyt_core.segments.ranking import Ranking, rank_clients
from sbyt_core.segments.regularity import apply_regularity
from sbyt_core.segments.trouble import apply_trouble, trouble_score

PER_CENTS = tuple(round(cut / 100, 2) for cut in range(1, 100))


@dataclass(frozen=True)
class FoundCuts:
    """criteria: today's with the cuts found; fits: both guards hold by themselves; moved: clients of another class than
    by today's cuts, before the guards; guard_moves: how many the guards still have to move."""

    criteria: Criteria
    fits: bool
    moved: int
    guard_moves: int


def find_cuts(clients: ClientTable, criteria: Criteria) -> FoundCuts:
    """The cuts that meet both guards with the least moving. Raises BadInput no_clients, NoPositiveValue."""
    criteria = replace(criteria, method="value")
    ranking = rank_clients(clients, criteria)
    zones = [_zone(ranking, criteria, code) for code in range(3)]
    ends = np.array([share_border(ranking, cut) for cut in PER_CENTS])
    first, second = np.triu_indices(len(PER_CENTS), k=1)
    end_a, end_b = ends[first], ends[second]

    in_a = _count(zones, end_a, end_b, A)
    in_c = _count(zones, end_a, end_b, C)
    surplus_a = np.maximum(in_a - floor_share(criteria.guard_a, ranking.n), 0)
    lack_c = np.maximum(ceil_share(criteria.guard_c, ranking.n) - in_c, 0)
    guard_moves = surplus_a + lack_c
    moved = _moved(zones, borders(ranking, criteria), end_a, end_b)
    cuts = np.array(PER_CENTS)
    away = np.round(np.abs(cuts[first] - criteria.cut_a) + np.abs(cuts[second] - criteria.cut_b), 6)
    best = np.lexsort((cuts[second], cuts[first], away, moved, guard_moves))[0]
    chosen = replace(criteria, cut_a=PER_CENTS[first[best]], cut_b=PER_CENTS[second[best]])
    return FoundCuts(chosen, bool(guard_moves[best] == 0), int(moved[best]), int(guard_moves[best]))


def _zone(ranking: Ranking, criteria: Criteria, code: int) -> np.ndarray:
    """Class of every client after rules 2 and 3 if rule 1 gave it this class."""
    classes = apply_regularity(ranking, criteria, np.full(ranking.n, code, dtype=np.int8))
    return apply_trouble(trouble_score(ranking), criteria, classes) if criteria.trouble else classes


def _count(zones: list[np.ndarray], end_a: np.ndarray, end_b: np.ndarray, code: int) -> np.ndarray:
    """Clients of a class when rule 1 gives A to the first end_a, B up to end_b, C to the rest."""
    before = [_sums(zone == code) for zone in zones]
    return before[0][end_a] + before[1][end_b] - before[1][end_a] + before[2][-1] - before[2][end_b]


def _moved(zones: list[np.ndarray], now: tuple[int, int], end_a: np.ndarray, end_b: np.ndarray) -> np.ndarray:
    """Clients whose class differs from that by the borders of today."""
    n = len(zones[0])
    total = np.zeros(len(end_a), dtype=np.int64)
    today = (0, now[0], now[1], n)
    then = (np.zeros_like(end_a), end_a, end_b, np.full_like(end_a, n))
    for old in range(3):
        for new in range(3):
            if old == new:
                continue
            start = np.maximum(today[old], then[new])
            end = np.maximum(np.minimum(today[old + 1], then[new + 1]), start)
            differ = _sums(zones[old] != zones[new])
            total += differ[end] - differ[start]
    return total


def _sums(chosen: np.ndarray) -> np.ndarray:
    return np.concatenate([[0], np.cumsum(chosen)])
