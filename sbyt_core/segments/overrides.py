"""Rule 6, override: a person puts a client into another class, with a reason and a name.

The computed class stays beside it. A new client may be put into a class too; a client that the table does not have is
passed over and counted. Of several overrides of one client the last holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from sbyt_core.errors import BadInput
from sbyt_core.segments.model import NEW, SEGMENTS, Override
from sbyt_core.segments.ranking import Ranking

CLASSES = SEGMENTS[:NEW]


def last_overrides(overrides: Iterable[Override]) -> dict[str, Override]:
    """The override that holds for each client. Raises BadInput not_a_choice."""
    kept: dict[str, Override] = {}
    for one in overrides:
        if one.segment not in CLASSES:
            raise BadInput("not_a_choice", name="override", value=one.segment, allowed=CLASSES)
        kept.pop(one.client_key, None)
        kept[one.client_key] = one
    return kept


def apply_overrides(ranking: Ranking, computed: np.ndarray, overrides: Mapping[str, Override]) -> tuple[np.ndarray, int]:
    """Final class of the classed and the new, in the order of the ranking, and how many overrides found no client."""
    final = np.full(len(ranking.rows), NEW, dtype=np.int8)
    final[: ranking.n] = computed
    unknown = 0
    for key, one in overrides.items():
        place = ranking.place_of.get(key)
        if place is None:
            unknown += 1
        else:
            final[place] = SEGMENTS.index(one.segment)
    return final, unknown
