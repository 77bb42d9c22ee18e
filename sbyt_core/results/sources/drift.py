"""Segments over time: who was chosen as A, B or C before, what they bring after, less what such a choice moves by itself.

Members are frozen: the classes of the year before the window after. Chosen for a good year, A falls and C rises with no effect at all;
so the same choice is made a year earlier and followed over the same months, and its change, the drift, is taken out:
adjusted = (1 + naive) / (1 + drift) − 1. All members count, also those who left; clients outside the choice stand under "new". Where
the data do not reach a year further back, the drift is estimated by shrinkage of the members' monthly means (`shrinkage`), and says
so; with under two months nothing is estimated. A change is missing where its base is not above 0.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import numpy as np
import pandas as pd

from sbyt_core.clients import client_table
from sbyt_core.errors import SbytError
from sbyt_core.results.facts import Facts, within
from sbyt_core.results.sources.shrinkage import noise_of_means, reliability, shrink
from sbyt_core.results.windows import YEAR
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import Period, add_months
from sbyt_core.segments import Criteria, segment

MAIN = ("A", "B", "C")
ROWS = (*MAIN, "new")
Classes = Callable[[Period], pd.Series]  # of a period: segment by client key


@dataclass(frozen=True, eq=False)
class SegmentsOverTime:
    """One row a segment of the frozen choice: clients, before, after, naive, drift, adjusted (index: A, B, C, new).

    chosen: the months by which members were chosen; drift_from: "year_before", "shrinkage" or None where it is not known.
    """

    frame: pd.DataFrame
    chosen: Period
    drift_from: str | None
    measure: str
    members: pd.Series = field(repr=False)


def classes_by(sales: SalesData, criteria: Criteria | None = None) -> Classes:
    """How a period's clients are classed by these criteria; overrides of today say nothing about then and are left out."""

    def classes(period: Period) -> pd.Series:
        frame = segment(client_table(sales, period), criteria).frame
        return frame.set_index("client_key")["segment"]

    return classes


def segments_over_time(facts: Facts, whole: Period, classes: Classes, measure: str = "profit") -> SegmentsOverTime | None:
    """Follow the segments of the year before the window after; None where nobody can be classed.

    whole: the whole months of the data; measure: revenue, profit, or net where the facts know cost to serve. Source: METHOD §7.
    """
    windows = facts.windows
    chosen = _choice(windows.after, whole)
    members = _classed(classes, chosen)
    if members is None:
        return None
    frame = _followed(facts, members, windows.before, windows.after, measure)
    earlier, drift_from = _year_before(facts, whole, chosen, classes, measure), None
    if earlier is not None:
        frame["drift"], drift_from = earlier["naive"], "year_before"
    else:
        estimated = _expected(facts, members, chosen, measure)
        if estimated is not None:
            frame["drift"], drift_from = estimated, "shrinkage"
    frame.loc["new", "drift"] = np.nan
    frame["adjusted"] = taken_out(frame["naive"], frame["drift"])
    return SegmentsOverTime(frame, chosen, drift_from, measure, members)


def taken_out(naive: pd.Series, drift: pd.Series) -> pd.Series:
    """(1 + naive) / (1 + drift) − 1; missing where either is, or where the drift took everything."""
    base = 1.0 + drift
    return (1.0 + naive) / base.where(base > 0) - 1.0


def _choice(after: Period, whole: Period) -> Period:
    """The twelve months before the window after, or as many as there are."""
    end = after.start - timedelta(days=1)
    return Period(max(whole.start, add_months(end, 1 - YEAR)), end)


def _classed(classes: Classes, period: Period) -> pd.Series | None:
    try:
        found = classes(period)
    except SbytError:  # nobody to class, or nobody of positive value
        return None
    return found[found.isin(MAIN)]


def _followed(facts: Facts, members: pd.Series, before: Period, after: Period, measure: str) -> pd.DataFrame:
    """Sums of the members' money in two periods; "new" holds the clients who were not chosen."""
    frame = pd.DataFrame(dict.fromkeys(("clients", "before", "after"), 0.0), index=pd.Index(ROWS, name="segment"))
    rows = facts.months[~facts.months["aggregate"] & facts.months["client_key"].notna()]
    group = rows["client_key"].map(members).fillna("new")
    for name, period in (("before", before), ("after", after)):
        inside = within(rows, period)
        sums = rows.loc[inside, measure].groupby(group[inside]).sum()
        frame[name] = sums.reindex(frame.index).fillna(0.0)
    counts = members.value_counts()
    frame["clients"] = counts.reindex(frame.index).fillna(0).astype("int64")
    frame.loc["new", "clients"] = int(rows.loc[group == "new"].loc[lambda r: within(r, after) & (r["sold"] > 0), "client_key"].nunique())
    frame["naive"] = frame["after"] / frame["before"].where(frame["before"] > 0) - 1.0
    frame["drift"] = np.nan
    return frame


def _year_before(facts: Facts, whole: Period, chosen: Period, classes: Classes, measure: str) -> pd.DataFrame | None:
    """The same choice and the same two periods, a year (or as far as the windows lie apart) earlier; None: the data do not reach back."""
    windows = facts.windows
    back = max(YEAR, windows.distance) if windows.basis == "year" else YEAR
    earlier, before, after = (period.shifted(-back) for period in (chosen, windows.before, windows.after))
    if chosen.months < YEAR or min(earlier.start, before.start) < whole.start:
        return None
    members = _classed(classes, earlier)
    return None if members is None else _followed(facts, members, before, after, measure)


def _expected(facts: Facts, members: pd.Series, chosen: Period, measure: str) -> pd.Series | None:
    """Drift by shrinkage: what the monthly means of a segment are expected to be, over what they were."""
    rows = facts.months[facts.months["client_key"].isin(members.index) & within(facts.months, chosen)]
    months = pd.date_range(chosen.start, chosen.end, freq="MS")
    if len(months) < 2 or len(members) < 2:
        return None
    wide = rows.pivot_table(index="client_key", columns="month", values=measure, aggfunc="sum")
    table = wide.reindex(index=members.index, columns=months).fillna(0.0).to_numpy()
    means = table.mean(axis=1)
    expected = shrink(means, reliability(means, noise_of_means(table)))
    sums = pd.DataFrame({"was": means, "expected": expected}).groupby(members.to_numpy()).sum()
    return (sums["expected"] / sums["was"].where(sums["was"] > 0) - 1.0).reindex(ROWS)
