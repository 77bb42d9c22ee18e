"""Dates as people and programs write them, to the day.

Read: real dates; serial days 20 000…80 000 since 30.12.1899; 202501, 20250109 and 20250109143000 as number or text, seconds since 1970;
09.01.2025, 9/1/25, 2025-01-09 with or without a time or a weekday; «9 января 2025 г.», 9-Jan-2025; a month alone (январь 2025, 01.2025,
2025-01) stands for its last day and is told as such; a date inside a document's name («… от 09.01.2025 0:00:00», «УПД 12/09.01.2025»,
«от 9 января 2025 г.»). Two-digit years 00…69 are 20xx. Day or month first matters where both are ≤ 12 and the separator is not a dot; the
caller decides it for the whole column. A day that does not exist, or a year outside 1990…2079 (1С writes an empty date as 01.01.0001),
is no date.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

FIRST_YEAR, LAST_YEAR = 1990, 2079  # outside them a year is a slip of the pen, not a date of sale
SERIAL_LOW, SERIAL_HIGH = 20_000, 80_000  # days since SERIAL_ZERO: 1954 … 2119, far from any ordinary sum
SERIAL_ZERO = date(1899, 12, 30)
UNIX_ZERO = date(1970, 1, 1)
UNIX_LOW, UNIX_HIGH = 946_684_800, 2_208_988_800  # seconds since UNIX_ZERO: 2000 … 2039
DAY_FIRST, MONTH_FIRST = "day_first", "month_first"

_STEMS = (
    ("янв", "jan"), ("фев", "feb"), ("мар", "mar"), ("апр", "apr"), ("ма", "may"), ("июн", "jun"),
    ("июл", "jul"), ("авг", "aug"), ("сен", "sep"), ("окт", "oct"), ("ноя", "nov"), ("дек", "dec"),
)  # fmt: skip
_MONTH_WORD = (
    r"(янв(?:ар[ья])?|фев(?:р(?:ал[ья])?)?|мар(?:та?)?|апр(?:ел[ья])?|ма[йя]|июн[ья]?|июл[ья]?|авг(?:уста?)?|сен(?:т(?:ябр[ья])?)?|окт(?:ябр[ья])?"
    r"|ноя(?:б(?:р[ья])?)?|дек(?:абр[ья])?|jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_TIME = r"(?:[ T,]+\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: ?[ap]m)?(?: ?(?:gmt|utc))?(?:z|[+-]\d{2}:?\d{2})?)?"
_YEAR_END = r"(?: ?г(?:\.|ода?)?)?"
_NUMERIC = re.compile(rf"(\d{{1,2}})([./-])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){_YEAR_END}{_TIME}", re.IGNORECASE)
_ISO = re.compile(rf"(\d{{4}})[./-](\d{{1,2}})[./-](\d{{1,2}}){_TIME}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WORDED = re.compile(rf"(\d{{1,2}})[ ./-]*{_MONTH_WORD}[ .,/-]*(\d{{4}}|\d{{2}}){_YEAR_END}{_TIME}", re.IGNORECASE)
_WORDED_US = re.compile(rf"{_MONTH_WORD} (\d{{1,2}}),? (\d{{4}}){_TIME}", re.IGNORECASE)
_MONTH = re.compile(
    rf"{_MONTH_WORD}[ .,'’/_-]*(\d{{4}}|\d{{2}}){_YEAR_END}|(\d{{1,2}}(?:[./]|(?<=\d\d)-))(\d{{4}})"
    rf"|(\d{{4}}(?=\D|\d\d$))[-./_mм]?(\d{{1,2}})|(\d{{4}}){_YEAR_END}[,_]? ?{_MONTH_WORD}",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"(?:от|from|dated?|of)\s+(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)", re.IGNORECASE)
# without «от» only a whole date with all its digits is one
_INSIDE_BARE = re.compile(r"(?<![\d.-])(?:(\d{1,2})\.(\d{1,2})\.(\d{4})|(\d{4})-(\d{2})-(\d{2}))(?![\d./-])")
_INSIDE_WORDED = re.compile(rf"(?<!\d)(\d{{1,2}}) {_MONTH_WORD} (\d{{4}})(?!\d)", re.IGNORECASE)
_QUARTER = re.compile(
    rf"(?:([1-4])|(i{{1,3}}|iv)) ?(?:-?(?:й|ый))? ?(?:кв(?:\.|артал)?|q)[ '’]?(\d{{4}}|\d{{2}}){_YEAR_END}|q([1-4])[ '’-]?(\d{{4}}|\d{{2}})"
    rf"|(\d{{4}}){_YEAR_END}[ ,-]*(?:q([1-4])|([1-4])(?:-?(?:й|ый))? ?кв(?:\.|артал)?)|кв(?:\.|артал)? ?([1-4])[ ,.]*(\d{{4}}){_YEAR_END}",
    re.IGNORECASE,
)
_HALF = re.compile(
    rf"(?:([12])|(i{{1,2}}))(?:-?(?:е|ое))? ?(?:полугодие|half) ?(\d{{4}}){_YEAR_END}|h([12])[ '’-]?(\d{{4}})|(\d{{4}})[ -]?h([12])",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"^(?:пн|вт|ср|чт|пт|сб|вс|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)"
    r"\.?,? (?=\S)",
    re.IGNORECASE,
)
_QUOTES = re.compile("^['’`]+|[«»“”„\"]")
_SPACED = re.compile(r"(?<=\d)([./-]) (?=\d)")
_YEAR = re.compile(rf"(?:fy ?)?((?:19|20)\d{{2}}){_YEAR_END}", re.IGNORECASE)
_DAYS = re.compile(r"(?:с )?(\d{1,2}\.\d{1,2}\.\d{2,4})(?: ?[-–—] ?| по )(\d{1,2}\.\d{1,2}\.\d{2,4})")
_OF = re.compile(r"^(?:за|for|in) (?=\S)", re.IGNORECASE)
MONTH_ONLY = re.compile(_MONTH_WORD, re.IGNORECASE)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True)
class Written:
    """A date as read from text. other: its reading with day and month swapped, where both are days that exist."""

    day: date
    other: date | None = None
    month_only: bool = False
    only: str | None = None  # the one order that this text allows, where it tells


@dataclass(frozen=True)
class Dates:
    """days: datetime64[us], NaT where missing or unreadable; bad: filled cells that are no usable date;
    ambiguous: nothing in the column decides between day and month first; monthly: months stand for days."""

    days: np.ndarray
    bad: np.ndarray
    ambiguous: bool = False
    monthly: bool = False
    order: str = DAY_FIRST


def month_number(word: str) -> int:
    """1…12 for the beginning of a month's name in Russian or English."""
    text = word.lower()
    for number, stems in enumerate(_STEMS, start=1):
        if number != 5 and text.startswith(stems):
            return number
    return 5


def read_period(text: str) -> tuple[date, date] | None:
    """First and last day of a written month, quarter, half-year or year, or of «01.01.2025-31.01.2025»; None for anything else."""
    text = _OF.sub("", " ".join(text.split()))
    if found := _MONTH.fullmatch(text):
        word, year, number, year_after, year_before, number_after, year_first, word_last = found.groups()
        month = month_number(word or word_last) if word or word_last else int((number or number_after).rstrip("./-"))
        return _span(_full_year(year or year_after or year_before or year_first), month, month)
    if found := _QUARTER.fullmatch(text):
        quarter = int(found[1] or found[4] or found[7] or found[8] or found[9] or _ROMAN[found[2].lower()])
        return _span(_full_year(found[3] or found[5] or found[6] or found[10]), 3 * quarter - 2, 3 * quarter)
    if found := _HALF.fullmatch(text):
        half = int(found[1] or found[4] or found[7] or _ROMAN[found[2].lower()])
        return _span(int(found[3] or found[5] or found[6]), 6 * half - 5, 6 * half)
    if found := _YEAR.fullmatch(text):
        return _span(int(found[1]), 1, 12)
    if found := _DAYS.fullmatch(text):
        first, last = read_date(found[1]), read_date(found[2])
        return (first.day, last.day) if first and last and first.day <= last.day else None
    return None


def read_date(text: str, *, inside: bool = True) -> Written | None:
    """A written day or month; None when there is none that exists. inside: also a date inside a document's name."""
    text = " ".join(text.split())
    if found := _ISO.fullmatch(text):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
    elif found := _NUMERIC.fullmatch(text):
        return _numeric(*found.groups())
    elif found := _COMPACT.fullmatch(text):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
    elif found := _WORDED.fullmatch(text):
        day = _day(_full_year(found[3]), month_number(found[2]), int(found[1]))
    elif found := _WORDED_US.fullmatch(text):
        day = _day(int(found[3]), month_number(found[1]), int(found[2]))
    elif _MONTH.fullmatch(text):
        span = read_period(text)
        return Written(span[1], month_only=True) if span else None
    elif found := re.fullmatch(r"(\d{5})(?:[.,]\d+)?", text):
        day = serial_day(float(found[1]))
    elif text.isdigit() and len(text) in (10, 13, 14):
        day = serial_day(float(text))
    elif (tidy := _SPACED.sub(r"\1", _WEEKDAY.sub("", _QUOTES.sub("", text)))) != text:
        return read_date(tidy, inside=inside)
    else:
        return _read_inside(text) if inside else None
    return Written(day) if day else None


def _read_inside(text: str) -> Written | None:
    """The day in a document's name: behind «от», or written with all its digits or its month in words."""
    day = None
    if found := _INSIDE.search(text):
        return _numeric(*found.groups())
    if found := _INSIDE_WORDED.search(text):
        day = _day(int(found[3]), month_number(found[2]), int(found[1]))
    elif found := _INSIDE_BARE.search(text):
        day = _day(int(found[3]), int(found[2]), int(found[1])) if found[1] else _day(int(found[4]), int(found[5]), int(found[6]))
    return Written(day) if day else None


def serial_day(number: float) -> date | None:
    """The day of a spreadsheet's serial number, of 202501 (its first), 20250109, 20250109143000 or seconds since 1970; else None."""
    if SERIAL_LOW <= number <= SERIAL_HIGH:
        day = SERIAL_ZERO + timedelta(days=int(number))
        return day if FIRST_YEAR <= day.year <= LAST_YEAR else None
    if 19_000_101 <= number <= 29_991_231 and number == int(number):
        whole = int(number)
        return _day(whole // 10_000, whole // 100 % 100, whole % 100)
    if FIRST_YEAR * 100 <= number <= LAST_YEAR * 100 + 12 and number == int(number):
        return _day(int(number) // 100, int(number) % 100, 1)
    if 19_000_101_000_000 <= number <= 29_991_231_235_959:
        return serial_day(number // 1_000_000)
    for seconds in (number, number / 1000):
        if UNIX_LOW <= seconds <= UNIX_HIGH:
            return UNIX_ZERO + timedelta(days=int(seconds // 86_400))
    return None


def read_dates(texts: Sequence[str], order: str | None = None) -> Dates:
    """Days of written dates, aligned with `texts`. order: "day_first", "month_first", or None to let the column decide."""
    written = [read_date(text) for text in texts]
    told = [item.only for item in written if item and item.only]
    open_ones = [item for item in written if item and item.other and item.other != item.day]
    month_first, day_first = told.count(MONTH_FIRST), told.count(DAY_FIRST)
    ambiguous = bool(open_ones) and (month_first > 0) == (day_first > 0)
    if order is None:
        order = MONTH_FIRST if month_first > day_first else DAY_FIRST
    days = np.full(len(written), np.datetime64("NaT"), dtype="datetime64[us]")
    for i, item in enumerate(written):
        if item:
            days[i] = np.datetime64(item.other if item.other and order == MONTH_FIRST else item.day)
    bad = np.array([item is None and bool(text.strip()) for item, text in zip(written, texts, strict=True)], dtype=bool)
    return Dates(days, bad, ambiguous, any(item and item.month_only for item in written), order)


def _numeric(first: str, mark: str, second: str, year: str) -> Written | None:
    a, b, full = int(first), int(second), _full_year(year)
    by_day, by_month = _day(full, b, a), _day(full, a, b)
    if mark == "." or by_month is None or by_day is None:
        day = by_day or (by_month if mark != "." else None)
        only = None if mark == "." or day is None else DAY_FIRST if by_day else MONTH_FIRST
        return Written(day, only=only) if day else None
    return Written(by_day, other=by_month)


def _full_year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else 2000 + year if year < 70 else 1900 + year


def _day(year: int, month: int, day: int) -> date | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]):
        return None
    return date(year, month, day)


def _span(year: int, first: int, last: int) -> tuple[date, date] | None:
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= first <= last <= 12):
        return None
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])
