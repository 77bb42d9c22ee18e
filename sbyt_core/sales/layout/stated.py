"""The period that a report names above its table.

Two days («01.01.2025 - 31.12.2025», «с 1 января 2025 г. по 31 марта 2025 г.») or two periods («январь - июнь 2025 г.»), the first of which
may leave its year to the second; else one month, quarter, half-year or year, or the first months of a year («9 месяцев 2025 г.»).
The first title that names a span wins, then the first that names a single period.
"""

from __future__ import annotations

import re
from datetime import date

from sbyt_core.sales.period import Period
from sbyt_core.sales.values.dates import MONTH_ONLY, read_date, read_period
from sbyt_core.sales.vocabulary import squeeze

_BETWEEN = ("-", "–", "—", "по", "до", "to", "till", "..", "...", "…")
_GLUED = re.compile(r"(?<=[^\W\d_])\.?\s*[-–—]\s*(?=[^\W\d_])|(?<=\d{4})\s*[-–—]\s*(?=\d{1,2}[./])|\s*[–—]\s*")
_NAMED = re.compile(r"(?:период|за|period|for)\s*[:.]?\s*(.{4,40})", re.IGNORECASE)
_FIRST_MONTHS = re.compile(r"(\d{1,2}) ?мес(?:\.|яц\w*)? (\d{4})(?: ?г(?:\.|ода?)?)?", re.IGNORECASE)
_WORDS = 5  # of a written day at most: «31 марта 2025 г. 23:59»
Days = tuple[date, date]


def stated_period(titles: tuple[str, ...]) -> Period | None:
    """The period that texts above a table name; None when they name none."""
    for text in titles:
        if found := _span(text):
            return found
    for text in titles:
        for part in (text, *(found[1] for found in _NAMED.finditer(text))):
            if days := _one(squeeze(part)):
                return Period(*days)
    return None


def _span(text: str) -> Period | None:
    words = squeeze(_GLUED.sub(" - ", text)).split(" ")
    for i, word in enumerate(words):
        if word.lower() not in _BETWEEN:
            continue
        end = next((found for n in range(_WORDS, 0, -1) if (found := _days(words[i + 1 : i + 1 + n]))), None)
        if end is None:
            continue
        for n in range(min(_WORDS, i), 0, -1):
            left = words[i - n : i]
            if MONTH_ONLY.fullmatch(" ".join(left)):
                left = [*left, str(end[1].year)]
            start = _days(left)
            if start and start[0] <= end[1]:
                return Period(start[0], end[1])
    return None


def _days(words: list[str]) -> Days | None:
    text = " ".join(words).strip(" ,;()")
    if days := read_period(text):
        return days
    written = read_date(text, inside=False) if any(letter in text for letter in ".-/ ") else None
    return None if written is None or written.month_only else (written.day, written.day)


def _one(text: str) -> Days | None:
    if days := read_period(text):
        return days
    if (found := _FIRST_MONTHS.fullmatch(text)) and 1 <= int(found[1]) <= 12:
        first, last = read_period(f"01.{found[2]}"), read_period(f"{int(found[1]):02}.{found[2]}")
        return (first[0], last[1]) if first and last else None
    return None
