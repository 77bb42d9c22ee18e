"""Rule 1, the profit class: by the share of the positive base that clients of greater value hold.

A if that share is below cut A, B if below cut B, else C: the client that crosses a cut is inside, a client with 85 % of
profit is an A. Equal values get one class; a value that is not positive or not known is C. By count instead: A is the
first floor(count_a · n) clients, A and B the first floor(count_b · n); equal values at a border move downward together.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.exact import floor_share
from sbyt_core.segments.model import A, B, C
from sbyt_core.segments.ranking import Ranking


def profit_class(ranking: Ranking, criteria: Criteria) -> np.ndarray:
    """Class of every classed client (int8, codes of SEGMENTS), in the order of the ranking."""
    end_a, end_b = borders(ranking, criteria)
    classes = np.full(ranking.n, C, dtype=np.int8)
    classes[:end_b] = B
    classes[:end_a] = A
    return classes


def borders(ranking: Ranking, criteria: Criteria) -> tuple[int, int]:
    """How many clients stand above the end of A, and above the end of B."""
    if criteria.method == "count":
        found = [count_border(ranking, floor_share(share, ranking.n)) for share in (criteria.count_a, criteria.count_b)]
    else:
        found = [share_border(ranking, cut) for cut in (criteria.cut_a, criteria.cut_b)]
    return found[0], found[1]


def share_border(ranking: Ranking, cut: float) -> int:
    """Clients of positive value whose share before is below the cut."""
    return min(int(np.searchsorted(ranking.share_before, round(cut, 9), side="left")), ranking.positive)


def count_border(ranking: Ranking, wanted: int) -> int:
    """The first `wanted` clients of positive value, less those equal to the first one outside."""
    wanted = min(wanted, ranking.positive)
    if 0 < wanted < ranking.n and ranking.value[wanted] == ranking.value[wanted - 1]:
        return int(np.searchsorted(-ranking.value[: ranking.positive], -ranking.value[wanted], side="left"))
    return wanted
