"""Working days and hours of a month by the production calendar of a country, and how many of them are hours for selling.

Days off and working weekends are those of the library `holidays`, transfers between days included. A working day has
`DAY_HOURS`; in the countries of `SHORT_EVES` the day before a holiday is an hour shorter, also where that day was moved to a
weekend: the working Saturday stands for it. A day off that only stands for a holiday on another day makes no short day. A year
whose transfers are not decreed yet has the holidays of the law alone, so its figures may move by a day or two.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from sbyt_core.errors import BadInput

if TYPE_CHECKING:
    from holidays import HolidayBase

DAY_HOURS = 8  # of a 40-hour week
SHORT_EVES = ("RU", "BY")  # article 95 of the Russian labour code, article 116 of the Belarusian
COUNTRIES = ("RU", "BY", "KZ", "AM", "UZ", "GE", "RS", "DE", "GB", "US")  # offered; any code of the library is taken
SELLING_SHARE = 0.75  # of the working hours: the rest goes to reports, meetings and the road
FIRST_YEAR, LAST_YEAR = 2000, 2100
MONTHS = 12
# a day off in place of a weekend that is worked: the library names the day it was taken from
_MOVED = re.compile(r"\(substituted from (\d\d)/(\d\d)/(\d{4})\)")
_STANDS_IN = re.compile(r"\((?:observed|substituted from [^)]*)\)")


@dataclass(frozen=True)
class WorkingTime:
    """A month or a year: days and hours of work, and the short days among them."""

    days: int
    hours: int
    short_days: int

    def selling_hours(self, share: float = SELLING_SHARE) -> float:
        """Hours for selling of one person. share: above 0 to 1. Raises BadInput out_of_range."""
        if not 0 < share <= 1:
            raise BadInput("out_of_range", name="selling_share", value=share, low=0, high=1)
        return self.hours * share


def working_month(year: int, month: int, *, country: str = "RU") -> WorkingTime:
    """Working time of a month. country: two letters, ISO 3166. Raises BadInput out_of_range, not_a_choice."""
    _check("month", month, 1, MONTHS)
    days = [date(year, month, day) for day in range(1, _days_in(year, month) + 1)]
    calendar = _calendar(country, year)
    worked = [day for day in days if calendar.is_working_day(day)]
    short = sum(day in _short_days(country, year) for day in worked)
    return WorkingTime(len(worked), DAY_HOURS * len(worked) - short, short)


def working_year(year: int, *, country: str = "RU") -> WorkingTime:
    """Working time of a year; a twelfth of its hours is the month of a plan. Raises what `working_month` raises."""
    months = [working_month(year, month, country=country) for month in range(1, MONTHS + 1)]
    return WorkingTime(*(sum(getattr(month, name) for month in months) for name in ("days", "hours", "short_days")))


def working_days(first: date, last: date, *, country: str = "RU") -> tuple[date, ...]:
    """The working days from `first` to `last`, both inside. Raises BadInput out_of_range, not_a_choice."""
    for day in (first, last):
        _check("year", day.year, FIRST_YEAR, LAST_YEAR)
    days = (first + timedelta(number) for number in range((last - first).days + 1))
    return tuple(day for day in days if _calendar(country, day.year).is_working_day(day))


def _days_in(year: int, month: int) -> int:
    _check("year", year, FIRST_YEAR, LAST_YEAR)
    return monthrange(year, month)[1]


def _check(name: str, value: int, low: int, high: int) -> None:
    if not isinstance(value, int) or not low <= value <= high:
        raise BadInput("out_of_range", name=name, value=value, low=low, high=high)


@cache
def _calendar(country: str, year: int) -> HolidayBase:
    import holidays

    try:
        # the neighbours tell the days moved over New Year
        return holidays.country_holidays(country, years=(year - 1, year, year + 1), language=_language(country))
    except NotImplementedError:
        raise BadInput("not_a_choice", name="country", value=country, allowed=COUNTRIES) from None


def _language(country: str) -> str | None:
    return "en_US" if country in SHORT_EVES else None


@cache
def _short_days(country: str, year: int) -> frozenset[date]:
    """Working days an hour shorter: eves of holidays, and the weekends worked in place of such an eve."""
    if country not in SHORT_EVES:
        return frozenset()
    calendar = _calendar(country, year)
    eves = {day - timedelta(1) for day, name in calendar.items() if not _STANDS_IN.search(name)}
    moved = {day: date(int(found[3]), int(found[1]), int(found[2])) for day, name in calendar.items() if (found := _MOVED.search(name))}
    worked = {weekend for day, weekend in moved.items() if day in eves and calendar.is_working_day(weekend)}
    return frozenset(day for day in eves if calendar.is_working_day(day)) | worked
