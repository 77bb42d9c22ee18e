"""The days that the measures of a client table look at, all counted back from the end of its period.

Growth: the last 6 months against the same 6 a year before. Season: the last two years, as 24 calendar months. One-off:
the last 12 months. A look-back that the file does not reach is None, and so is what is measured by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from sbyt_core.clients.model import whole_months
from sbyt_core.sales.period import Period, add_months, month_end, month_start

GROWTH_MONTHS = 6  # compared with the same six a year before
GROWTH_HISTORY = 18  # months that this takes
SEASON_YEARS = 24  # months: a season must show in each of two years
YEAR = 12


@dataclass(frozen=True)
class Window:
    """Dates that the expression needs; hashable, so that its SQL is made once."""

    start: date
    end: date
    year_start: date  # of the 12 months to the end
    growth_start: date | None = None
    before_start: date | None = None
    before_end: date | None = None
    season_start: date | None = None  # first day of the 24 calendar months

    @property
    def recent_start(self) -> date:
        """The earliest day of which documents are needed."""
        return min(day for day in (self.start, self.year_start, self.season_start) if day is not None)

    @property
    def is_year(self) -> bool:
        """Whether the period is the last 12 months."""
        return self.start == self.year_start


def window_of(period: Period, first_line: date) -> Window:
    """The look-backs of a period in a file whose first line has this date."""
    start, end = period.start, period.end
    growth: dict[str, date] = {}
    # counted from the first day of the month: a file that begins on the 9th still has this month
    if whole_months(month_start(first_line), end) >= GROWTH_HISTORY:
        before_end = back(end, YEAR)
        growth = {
            "growth_start": back(end, GROWTH_MONTHS) + timedelta(1),
            "before_start": back(end, GROWTH_HISTORY) + timedelta(1),
            "before_end": before_end,
        }
    season = add_months(end, 1 - SEASON_YEARS)
    return Window(
        start=start,
        end=end,
        year_start=back(end, YEAR) + timedelta(1),
        season_start=season if month_start(first_line) <= season else None,
        **growth,
    )


def back(end: date, months: int) -> date:
    """The day so many months before `end`; from the end of a month to the end of a month."""
    month = add_months(end, -months)
    last = month_end(month)
    return last if end == month_end(end) else month.replace(day=min(end.day, last.day))
