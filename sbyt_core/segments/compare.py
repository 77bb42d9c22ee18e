"""Two sets of criteria side by side on the same clients: who moved, and what each segment holds."""

from __future__ import annotations

from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from sbyt_core.segments.ranking import Ranking
from sbyt_core.segments.segmentation import Segmentation

_places: WeakKeyDictionary[Ranking, WeakKeyDictionary[Ranking, np.ndarray]] = WeakKeyDictionary()
MOVED_COLUMNS: dict[str, str] = {"client_key": "str", "client": "str", "before": "str", "after": "str", "value": "float64"}


def count_moved(before: Segmentation, after: Segmentation) -> int:
    """How many clients `moved_clients` lists; on the same ranking a pass over arrays, without making its frames."""
    if before.ranking is after.ranking:
        return int(np.count_nonzero(before.final != after.final))
    was = places_in(before.ranking, after.ranking)
    both = was >= 0
    return int(np.count_nonzero(before.final[was[both]] != after.final[both]))


def places_in(before: Ranking, after: Ranking) -> np.ndarray:
    """Place in `before` of every client of `after`, −1 where it is not there; kept as long as both are used."""
    kept = _places.setdefault(before, WeakKeyDictionary())
    if after not in kept:
        kept[after] = pd.Index(before.facts["client_key"]).get_indexer(pd.Index(after.facts["client_key"]))
    return kept[after]


def moved_clients(before: Segmentation, after: Segmentation) -> pd.DataFrame:
    """Clients of another final class in `after` (columns MOVED_COLUMNS), by falling value there.

    A client that only one of the two has (a collective one let in or out) is not moved but in or out: it is left out.
    """
    was = before.frame.set_index("client_key")["segment"]
    now = after.frame[["client_key", "client", "segment", "value"]].rename(columns={"segment": "after"})
    now["before"] = now["client_key"].map(was)
    moved = now[now["before"].notna() & (now["before"] != now["after"])]
    return moved[list(MOVED_COLUMNS)].astype(MOVED_COLUMNS).reset_index(drop=True)
