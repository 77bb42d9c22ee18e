"""The two windows that every before/after figure looks through, of whole months and equal length.

After: from the first whole month under the rollout to the last whole month of the data. Before: the same calendar months a year
earlier, or as many years earlier as it takes not to reach into the window after (basis "year"). Where the data do not reach so
far back: as many months as there are just before the rollout, against as many last ones (basis "preceding"); seasons then stand
in the difference. Without a rollout the last twelve whole months are held against the twelve before them, with fewer than
thirteen months of data the later half against the earlier one. A rollout in the middle of a month counts from the next one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import WHOLE_MONTH_SLACK, Period, add_months, last_month_is_whole, month_end, month_start

YEAR = 12  # months: the distance at which seasons are alike
LEAST = 2  # whole months: one before, one after


@dataclass(frozen=True)
class Windows:
    """Two periods of as many whole months. basis: "year" or "preceding"; rollout: first whole month under it, None without one."""

    before: Period
    after: Period
    basis: str
    rollout: date | None = None

    @property
    def months(self) -> int:
        """Months of each window."""
        return self.after.months

    @property
    def distance(self) -> int:
        """Months from a month of the window before to its match after."""
        return (self.after.start.year - self.before.start.year) * YEAR + self.after.start.month - self.before.start.month


def whole_period(sales: SalesData) -> Period:
    """The whole months of the data. Raises BadInput: no_dates; results_too_short where there are not two.

    The first month is whole, as the last is, when the stated period covers it or no more than five days are without a line.
    """
    days: pd.Series = sales.lines["date"].dropna()
    if days.empty:
        raise BadInput("no_dates")
    first, last = days.min().date(), days.max().date()
    stated = sales.period
    start, end = month_start(first), month_end(last)
    if (first - start).days > WHOLE_MONTH_SLACK and not (stated is not None and stated.start <= start):
        start = add_months(first, 1)
    if not last_month_is_whole(last, stated.end if stated is not None else None):
        end = month_start(last) - timedelta(days=1)
    months = Period(start, end).months if start < end else 0
    if months < LEAST:
        raise BadInput("results_too_short", months=months, least=LEAST)
    return Period(start, end)


def windows(whole: Period, rollout: date | None = None) -> Windows:
    """The windows of a rollout in data of these whole months; None, or a day that leaves no month on one side: without a rollout."""
    start = None if rollout is None else first_whole_month(rollout)
    if start is None or not whole.start < start <= whole.end:
        return _without(whole)
    after = Period(start, whole.end)
    back = YEAR * -(-after.months // YEAR)
    before = after.shifted(-back)
    if before.start >= whole.start:
        return Windows(before, after, "year", start)
    length = min(after.months, Period(whole.start, start - timedelta(days=1)).months)
    return Windows(_ending(start - timedelta(days=1), length), _ending(whole.end, length), "preceding", start)


def first_whole_month(day: date) -> date:
    """First day of the first month that lies wholly at or after `day`."""
    return day if day.day == 1 else add_months(day, 1)


def _without(whole: Period) -> Windows:
    length = min(YEAR, whole.months - YEAR)
    if length > 0:
        after = _ending(whole.end, length)
        return Windows(after.shifted(-YEAR), after, "year")
    after = _ending(whole.end, whole.months // 2)
    return Windows(after.shifted(-after.months), after, "preceding")


def _ending(end: date, months: int) -> Period:
    return Period(add_months(end, 1 - months), end)
