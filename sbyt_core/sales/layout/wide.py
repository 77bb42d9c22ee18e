"""Months (quarters, half-years, years, days) across the sheet → one row a client and period.

A table is wide when at least two columns of figures carry different periods in their headers, alone or among words («Выручка за январь
2025 г.»), and no other column is a date. Every row gives a row for each period in which one of its figures is filled and not 0, dated
with the last day of the period. Columns and rows of totals are left out, as are quarters and years beside their months, and rows of
subtotals where they are the sum of their rows. A month without a year takes it from the header above it or from the period that the
report states; else it has no date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import pandas as pd

from sbyt_core.sales.layout.month_numbers import NAMES, months_of
from sbyt_core.sales.period import Period, month_end, month_start
from sbyt_core.sales.table import Table
from sbyt_core.sales.values.column import DASHES, EMPTY, TEXT, Column
from sbyt_core.sales.values.dates import MONTH_ONLY, read_date, read_period
from sbyt_core.sales.vocabulary import NUMBER_ROLES, TOTAL_ALONE, TOTAL_OF, is_unit, role_scores, squeeze

PERIOD_HEADER = "Период"
ACROSS = " … "  # between the first period and the last in the name of a measure that has none
CLOSE = 0.02  # money: a sum of rounded figures may be this far from its total
MONTHS = 12
BORDERS = 4  # how many rows called a total of something a subtotal may reach over
MAX_WORDS = 4  # of a period: «2 квартал 2025 г.»
_BETWEEN = ("за", "в", "на", "for", "in", "of")
_ADDED = {"revenue", "profit", "cost", "quantity"}  # figures of a period that may be added up: a price is none


@dataclass(frozen=True)
class _Across:
    """A column of figures under a period. span: its first and last day, None for a month of an unknown year."""

    column: Column
    span: tuple[date, date] | None
    name: str
    measure: str


def is_wide(table: Table) -> bool:
    """Whether periods stand across."""
    across = _across(table)
    if len({one.name for one in across}) < 2:
        return False
    inside = [one.column for one in across]
    return not any(column.date_share > 0.5 for column in table.columns if not any(column is other for other in inside))


def fold(table: Table) -> Table:
    """The flat table of a wide one: its other columns, a column of periods, and a column a measure."""
    across = _across(table)
    measures = list(dict.fromkeys(one.measure for one in across))
    periods = list(dict.fromkeys(one.name for one in across))
    spans = {one.name: one.span for one in across}
    inside = {id(one.column) for one in across}
    fixed = [column for column in table.columns if id(column) not in inside and not _is_figure(column)]
    n = len(table.rows)
    values = {(one.name, one.measure): one.column for one in across}
    nothing = np.full(n, None, dtype=object)
    cells = {measure: np.stack([_cells(values.get((period, measure)), nothing) for period in periods], axis=1) for measure in measures}
    filled = np.zeros((n, len(periods)), dtype=bool)
    for j, period in enumerate(periods):
        for measure in measures:
            column = values.get((period, measure))
            if column is not None:
                numbers = column.numbers("decimal")
                dash = column.by_text(lambda text: text.strip() in DASHES, False, bool)
                filled[:, j] |= (numbers.bad & ~dash) | (~np.isnan(numbers.values) & (numbers.values != 0))
    totals, parts = _total_rows(fixed, n)
    parts &= ~totals & _are_sums(values, parts, totals)
    blank = ~filled.any(axis=1) & ~totals & ~parts
    control = {}
    if totals.any():
        last = int(np.flatnonzero(totals)[-1])
        for measure in measures:
            found = [column.numbers("decimal").values[last] for (_, name), column in values.items() if name == measure]
            control[_header(measure, periods)] = float(np.nansum(found))
    where, which = np.nonzero(filled & ~(totals | parts)[:, None])
    known = all(span is not None for span in spans.values())
    days = [datetime(span[1].year, span[1].month, span[1].day) if (span := spans[name]) else name for name in periods]
    columns = [column.take(where) for column in fixed]
    columns.append(Column(PERIOD_HEADER, np.array(days, dtype=object)[which]))
    columns += [Column(_header(measure, periods), cells[measure][where, which], currency=across[0].column.currency) for measure in measures]
    roles = dict(table.roles)
    if known:
        roles["date"] = PERIOD_HEADER
    if len(measures) == 1 and not set(dict(role_scores(measures[0]))) & NUMBER_ROLES:
        roles["revenue"] = _header(measures[0], periods)
    left_out = dict(table.left_out)
    for reason, rows in (("total", int(totals.sum())), ("subtotal", int(parts.sum())), ("blank", int(blank.sum()))):
        if rows:
            left_out[reason] = left_out.get(reason, 0) + rows
    ends = [span for span in spans.values() if span]
    stated = Period(min(span[0] for span in ends), max(span[1] for span in ends)) if known else table.stated
    return replace(
        table, columns=tuple(columns), rows=table.rows[where], roles=roles, left_out=left_out, stated=stated, control=control, monthly=True
    )


def _across(table: Table) -> list[_Across]:
    found = []
    year = str(table.stated.start.year) if table.stated and table.stated.start.year == table.stated.end.year else None
    for column, parts in zip(table.columns, _months_named(table.columns), strict=True):
        name, span, rest = _period_of(parts, year)
        if name is not None and (column.number_share >= 0.5 or not (column.kinds != EMPTY).any()):
            found.append(_Across(column, span, name, rest))
    found = _months_by_a_day(found)
    return [one for one in found if not any(_inside(other, one) for other in found)]


def _months_by_a_day(found: list[_Across]) -> list[_Across]:
    """Months called by their first days, as spreadsheets write them, or by their last ones; else days are days.

    1/1/2025, 2/1/2025, 3/1/2025 … are firsts: the month stands first.
    """
    days = {one.span[0] for one in found if one.span and one.span[0] == one.span[1]}
    if {day.month for day in days} == {1} and max(days).day <= MONTHS and all("/" in one.name for one in found if one.span):
        found = [replace(one, span=(one.span[0].replace(month=one.span[0].day, day=1),) * 2) if one.span else one for one in found]
        days = {day.replace(month=day.day, day=1) for day in days}
    months = {month_start(day) for day in days}
    if len(months) < 2 or len(months) < len(days) or not (days == months or all(day == month_end(day) for day in days)):
        return found
    return [replace(one, span=(month_start(one.span[0]), month_end(one.span[1]))) if one.span else one for one in found]


def _months_named(columns: Sequence[Column]) -> list[tuple[str, ...]]:
    """The headers of the columns, months that are numbered called by their names."""
    lowest = months_of([squeeze(column.parts[-1]) for column in columns])
    return [(*column.parts[:-1], NAMES[lowest[at] - 1]) if at in lowest else column.parts for at, column in enumerate(columns)]


def _inside(small: _Across, big: _Across) -> bool:
    """Whether a period lies within a longer one of the same measure: months beside their quarter, which then is a total."""
    if small.span is None or big.span is None or small.measure != big.measure or small.span == big.span:
        return False
    return big.span[0] <= small.span[0] and small.span[1] <= big.span[1]


def _period_of(parts: tuple[str, ...], year: str | None) -> tuple[str | None, tuple[date, date] | None, str]:
    """Name and days of the period in a header, and what else the header says."""
    texts = [squeeze(part) for part in parts]
    for text in texts:
        span = read_period(text) or _one_day(text)
        if span and not (len(text) == 4 and any(MONTH_ONLY.fullmatch(other) for other in texts)):
            return text, span, " ".join(other for other in texts if other != text)
    for text in texts:
        if MONTH_ONLY.fullmatch(text):
            years = [other for other in texts if other != text and read_period(other)] or ([year] if year else [])
            span = read_period(f"{text} {years[0][:4]}") if years else None
            rest = " ".join(other for other in texts if other not in (text, *years))
            return (f"{text} {years[0][:4]}" if years else text), span, rest
    for i, text in enumerate(texts):
        if inside := _period_inside(text):
            name, span, rest = inside
            rest = " ".join([*texts[:i], *([rest] if rest else []), *texts[i + 1 :]])
            if not rest or is_unit(rest) or {role for role, _ in role_scores(rest)} & _ADDED:
                return name, span, rest
    return None, None, ""


def _period_inside(text: str) -> tuple[str, tuple[date, date], str] | None:
    """The period that stands among other words of a header («Выручка за январь 2025 г.»), its days, and the other words."""
    words = [word for word in re.split(r"[\s,;:()\[\]]+", text) if word.strip("/-–—|")]
    for size in range(min(MAX_WORDS, len(words) - 1), 0, -1):
        for i in range(len(words) - size + 1):
            name = " ".join(words[i : i + size])
            if span := read_period(name) or (_one_day(name) if size == 1 else None):
                rest = [word for word in (*words[:i], *words[i + size :]) if word.lower() not in _BETWEEN]
                return name, span, "" if TOTAL_ALONE.fullmatch(" ".join(rest)) else " ".join(rest)
    return None


def _one_day(text: str) -> tuple[date, date] | None:
    """A header that is a day."""
    written = read_date(text) if len(text) <= 10 else None
    return (written.day, written.day) if written else None


def _is_figure(column: Column) -> bool:
    """A total, or another figure of the row that does not belong to one period."""
    if _period_of(column.parts, None)[0] is not None and column.number_share >= 0.5:
        return True
    if any(TOTAL_ALONE.fullmatch(squeeze(part)) for part in column.parts):
        return True
    return column.number_share >= 0.5 and bool({role for role, _ in role_scores(column.header)} & NUMBER_ROLES)


def _total_rows(fixed: list[Column], n: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows called a total, and rows called the total of something («Итого по складу»)."""
    whole, part = np.zeros(n, dtype=bool), np.zeros(n, dtype=bool)
    for column in fixed:
        if column.share(TEXT) >= 0.5:
            whole |= column.by_text(lambda text: len(text) < 80 and TOTAL_ALONE.fullmatch(squeeze(text)) is not None, False, bool)
            part |= column.by_text(lambda text: len(text) < 300 and TOTAL_OF.fullmatch(squeeze(text)) is not None, False, bool)
    return whole, part


def _are_sums(values: dict[tuple[str, str], Column], parts: np.ndarray, totals: np.ndarray) -> np.ndarray:
    """Whether a row called the total of something is the sum of the rows from an earlier such row (or the first) to it, or to a later one.

    Earlier than the nearest: «Всего ООО» may be a client.
    """
    figures = np.nan_to_num(np.stack([column.numbers("decimal").values for column in values.values()], axis=1))
    proved = np.zeros(len(parts), dtype=bool)
    borders = np.flatnonzero(parts | totals)
    slack = CLOSE + 0.005 * len(parts)
    for at in np.flatnonzero(parts):
        starts = [0, *(borders[borders < at] + 1)[-BORDERS:]]
        ends = [*borders[borders > at][:BORDERS], len(parts)]
        spans = [(int(start), at) for start in starts] + [(at + 1, int(end)) for end in ends]
        proved[at] = any(bool((np.abs(figures[a:b].sum(axis=0) - figures[at]) <= slack).all()) for a, b in spans if b > a)
    return proved


def _cells(column: Column | None, nothing: np.ndarray) -> np.ndarray:
    if column is None:
        return nothing
    cells = column.cells
    if isinstance(cells, pd.Series):
        cells = cells.astype(object).where(cells.notna(), None).to_numpy()
    return cells


def _header(measure: str, periods: list[str]) -> str:
    return measure or f"{periods[0]}{ACROSS}{periods[-1]}"
