"""How a figure goes over time: by week, or by two or four weeks where a week holds too little.

The span is the shortest of `SPANS` in which a middling span has `ENOUGH` trials; a span that has fewer is told apart. Whether
the figure moved is asked of the first half of the trials against the second, by Fisher's exact test: below `SIGNIFICANCE` it
rose or fell, else it is within chance.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sbyt_core.practice.people import SIGNIFICANCE
from sbyt_core.practice.wilson import ENOUGH, Share, share_of, wilson

SPANS = (1, 2, 4)  # weeks


@dataclass(frozen=True, eq=False)
class Trend:
    """table: start (Monday of a span's first week), k, n, share, low, high, enough; weeks: of a span; moved: "rose", "fell" or None."""

    table: pd.DataFrame
    weeks: int
    first: Share
    second: Share
    moved: str | None


def trend(rows: pd.DataFrame, figure: str) -> Trend:
    """The trend of a figure. rows: runs or lines of `Followed`, with moment and week; a missing answer counts for neither."""
    from scipy.stats import fisher_exact

    known = rows[rows[figure].notna()].sort_values("moment", kind="stable")
    value = known[figure].astype(int)
    half = len(known) // 2
    first, second = (share_of(int(part.sum()), len(part)) for part in (value.iloc[:half], value.iloc[half:]))
    moved = None
    if min(first.n, second.n) >= ENOUGH:
        table = [[first.k, first.n - first.k], [second.k, second.n - second.k]]
        if float(fisher_exact(table).pvalue) < SIGNIFICANCE:
            moved = "rose" if (second.share or 0) > (first.share or 0) else "fell"
    spans = [(weeks, _spans(known["week"], value, weeks)) for weeks in SPANS]
    weeks, counted = next((pair for pair in spans if len(pair[1]) and pair[1]["n"].median() >= ENOUGH), spans[-1])
    return Trend(counted, weeks, first, second, moved)


def _spans(week: pd.Series, value: pd.Series, weeks: int) -> pd.DataFrame:
    if week.empty:
        return pd.DataFrame(columns=["start", "k", "n", "share", "low", "high", "enough"])
    origin = week.min()
    start = origin + pd.to_timedelta((week - origin).dt.days // (7 * weeks) * 7 * weeks, unit="D")
    table = value.groupby(start.rename("start")).agg(["sum", "size"]).rename(columns={"sum": "k", "size": "n"}).reset_index()
    table["share"] = table["k"] / table["n"]
    table["low"], table["high"] = wilson(table["k"], table["n"])
    return table.assign(enough=table["n"] >= ENOUGH)
