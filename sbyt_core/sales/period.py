"""Periods of whole months: the window that the client table looks through (METHOD §2)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

DEFAULT_MONTHS = 12  # a year holds every season once
WHOLE_MONTH_SLACK = 5  # days: a month whose last line is this near to its end is taken as whole


def month_start(day: date) -> date:
    """First day of the month of `day`."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """Last day of the month of `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def add_months(day: date, months: int) -> date:
    """First day of the month that lies `months` after the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


@dataclass(frozen=True, order=True)
class Period:
    """Days from `start` to `end`, both inside."""

    start: date
    end: date

    @property
    def months(self) -> int:
        """Calendar months that the period touches."""
        return (self.end.year - self.start.year) * 12 + self.end.month - self.start.month + 1

    def shifted(self, months: int) -> Period:
        """The period of as many whole months, moved by `months`."""
        start = add_months(self.start, months)
        return Period(start, add_months(start, self.months) - timedelta(days=1))


def last_month_is_whole(last_line: date, stated_end: date | None) -> bool:
    """Whether the month of the last line counts: covered by the stated period, or its last line ≤ 5 days before its end."""
    end = month_end(last_line)
    if stated_end is not None and stated_end >= end:
        return True
    return (end - last_line).days <= WHOLE_MONTH_SLACK


def default_window(first_line: date, last_line: date, stated: Period | None = None, months: int = DEFAULT_MONTHS) -> Period:
    """The last `months` whole months in the data; all whole ones when fewer; the whole span when there is none."""
    last = month_end(last_line)
    if not last_month_is_whole(last_line, stated.end if stated else None):
        last = month_start(last_line) - timedelta(days=1)
    first = month_start(first_line)
    if last < first:
        return Period(first_line, last_line)
    return Period(max(first, add_months(last, 1 - months)), last)
