"""Hours that the segments take, and the profit of an hour.

Hours are those of a month, by client, as logged or imported: a client without a figure is not known, not 0. The profit of an
hour is the profit of the clients whose hours are known, over the months of the period, by these hours; missing where no hours
are known or none were spent. Clients of the hours who are not in the segmentation are left out.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sbyt_core.segments.model import SEGMENTS
from sbyt_core.segments.ranking import MONEY_DIGITS
from sbyt_core.segments.segmentation import Segmentation


def hours_by_segment(segmentation: Segmentation, hours: pd.Series) -> pd.DataFrame:
    """One row a segment (index SEGMENTS): known (clients whose hours are known), hours (a month), profit_per_hour (money).

    hours: hours a month by client_key.
    """
    frame = segmentation.frame
    spent = frame["client_key"].map(hours[~hours.index.duplicated()]).astype("float64")
    known = spent.notna()
    groups = pd.DataFrame({"segment": frame["segment"], "known": known, "hours": spent, "profit": frame["profit"].where(known)}).groupby(
        "segment"
    )
    table = groups[["hours", "profit"]].sum(min_count=1).reindex(list(SEGMENTS))
    table.insert(0, "known", groups["known"].sum().reindex(list(SEGMENTS)).fillna(0).astype("int64"))
    all_hours = table["hours"] * max(segmentation.clients.months, 1)
    table["profit_per_hour"] = np.round(table.pop("profit") / all_hours.where(all_hours > 0), MONEY_DIGITS)
    return table
