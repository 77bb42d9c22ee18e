"""Cells of a log as people write them: yes and no, minutes, days and times."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from sbyt_core.sales.formats.grid import CellError
from sbyt_core.sales.values.column import show
from sbyt_core.sales.values.dates import SERIAL_ZERO, serial_day
from sbyt_core.sales.values.numbers import read_numbers
from sbyt_core.sales.vocabulary import squeeze

YES = re.compile(r"да|д|yes|y|true|истина|\+|1|x|х|v|✓|✔|выполнен\w*|сделан\w*|в срок|вовремя|ok|ок|done|on time|in time", re.IGNORECASE)
NO = re.compile(
    r"нет|н|no|n|false|ложь|-|–|—|0|не ?выполнен\w*|не ?сделан\w*|не в срок|просрочен\w*|опоздани\w+|not done|late|missed", re.IGNORECASE
)
_CLOCK = re.compile(r"(?:^|[ T,])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,]\d+)?\s*([ap]m)?", re.IGNORECASE)


def answer_of(cell: object) -> bool | str | None:
    """Yes, no, None where nothing stands, "" where it is neither."""
    if isinstance(cell, bool):
        return cell
    text = text_of(cell)
    return None if not text else True if YES.fullmatch(text) else False if NO.fullmatch(text) else ""


def text_of(cell: object) -> str:
    """The cell as one line of text; an error of the spreadsheet is nothing."""
    return "" if cell is None or isinstance(cell, CellError) else squeeze(show(cell))


def minutes_of(cell: object) -> float | None:
    """Minutes of a cell; −1 where it is filled and no number. A time of day (0:05) is read as its minutes."""
    if isinstance(cell, bool | datetime | CellError):
        return -1.0
    if isinstance(cell, float):
        return cell
    text = text_of(cell)
    if not text:
        return None
    read = read_numbers([re.sub(r"\s*(?:мин\w*|min\w*)\.?$", "", text, flags=re.IGNORECASE)], "decimal")
    return -1.0 if read.bad[0] else float(read.values[0])


def at_time(day: datetime, clock: object) -> datetime:
    """The day at the time that a cell states."""
    if isinstance(clock, datetime):
        return day.replace(hour=clock.hour, minute=clock.minute, second=clock.second)
    if isinstance(clock, float) and 0 <= clock < 1:
        return day + timedelta(seconds=round(clock * 86_400))
    found = _CLOCK.search(clock) if isinstance(clock, str) else None
    if not found:
        return day
    hour, minute, second = int(found[1]), int(found[2]), int(found[3] or 0)
    if found[4]:
        hour = hour % 12 + (12 if found[4].lower() == "pm" else 0)
    return day.replace(hour=hour, minute=minute, second=second) if hour < 24 and minute < 60 and second < 60 else day


def serial_moment(number: float) -> datetime | None:
    """The day and time of a spreadsheet's number; None where it is no day."""
    day = serial_day(number)
    if day is None:
        return None
    start = datetime(day.year, day.month, day.day)
    whole = (day - SERIAL_ZERO).days
    return start + timedelta(seconds=round((number - whole) * 86_400)) if int(number) == whole else start
