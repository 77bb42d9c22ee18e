"""Tags beside the class: loss-making, service drain, promising.

A client whose value is not positive is loss-making, or a service drain when it is one of the largest fifth by revenue
(rank up to ceil(.2 · n) among the classed, equal revenues share the better rank).
"""

from __future__ import annotations

import numpy as np

from sbyt_core.segments.exact import ceil_share
from sbyt_core.segments.model import TAGS
from sbyt_core.segments.ranking import Ranking

LARGE_SHARE = 0.2  # of the classed clients, by revenue
LOSS_MAKING, SERVICE_DRAIN, PROMISING = (1 << bit for bit in range(len(TAGS)))
# codes joined by a comma, for every combination of bits
TAG_TEXTS = tuple(",".join(tag for bit, tag in enumerate(TAGS) if mask >> bit & 1) for mask in range(1 << len(TAGS)))


def tag_mask(ranking: Ranking, promising: np.ndarray) -> np.ndarray:
    """Tags as bits for every client of the ranking; the new have none."""
    mask = np.zeros(len(ranking.rows), dtype=np.int8)
    losing = ranking.value <= 0
    large = ranking.keep("is_large", lambda _: is_large(ranking))
    mask[: ranking.n] = np.where(losing, np.where(large, SERVICE_DRAIN, LOSS_MAKING), 0) | np.where(promising, PROMISING, 0)
    return mask


def is_large(ranking: Ranking) -> np.ndarray:
    """Which of the classed are in the largest fifth by revenue."""
    revenue = np.nan_to_num(ranking.column("revenue"), nan=-np.inf)
    border = np.sort(revenue)[::-1][ceil_share(LARGE_SHARE, ranking.n) - 1]
    return revenue >= border
