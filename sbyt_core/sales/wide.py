"""Months (quarters, years, days) across the sheet → one row a client and period.

A table is wide when at least two columns of figures carry different periods in their headers and no other column is a date. Every row
gives a row for each period in which one of its figures is filled and not 0, dated with the last day of the period; columns and rows of
totals are left out. A month without a year takes it from the header above it or from the period that the report states; else it has no
date.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

import numpy as np
import pandas as pd

from sbyt_core.sales.column import EMPTY, TEXT, Column
from sbyt_core.sales.dates import MONTH_ONLY, read_date, read_period
from sbyt_core.sales.period import Period
from sbyt_core.sales.table import Table
from sbyt_core.sales.vocabulary import NUMBER_ROLES, TOTAL_ALONE, role_scores, squeeze

PERIOD_HEADER = "Период"


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
                filled[:, j] |= numbers.bad | (~np.isnan(numbers.values) & (numbers.values != 0))
    totals = _total_rows(fixed, n)
    blank = ~filled.any(axis=1) & ~totals
    control = {}
    if totals.any():
        last = int(np.flatnonzero(totals)[-1])
        for measure in measures:
            found = [column.numbers("decimal").values[last] for (_, name), column in values.items() if name == measure]
            control[_header(measure, periods)] = float(np.nansum(found))
    where, which = np.nonzero(filled & ~totals[:, None])
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
    for reason, rows in (("total", int(totals.sum())), ("blank", int(blank.sum()))):
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
    for column in table.columns:
        name, span, rest = _period_of(column.parts, year)
        if name is not None and (column.number_share >= 0.5 or not (column.kinds != EMPTY).any()):
            found.append(_Across(column, span, name, rest))
    return found


def _period_of(parts: tuple[str, ...], year: str | None) -> tuple[str | None, tuple[date, date] | None, str]:
    """Name and days of the period in a header, and what else the header says."""
    texts = [squeeze(part) for part in parts]
    for text in texts:
        span = read_period(text) or _day_or_month(text)
        if span and not (len(text) == 4 and any(MONTH_ONLY.fullmatch(other) for other in texts)):
            return text, span, " ".join(other for other in texts if other != text)
    for text in texts:
        if MONTH_ONLY.fullmatch(text):
            years = [other for other in texts if other != text and read_period(other)] or ([year] if year else [])
            span = read_period(f"{text} {years[0][:4]}") if years else None
            rest = " ".join(other for other in texts if other not in (text, *years))
            return (f"{text} {years[0][:4]}" if years else text), span, rest
    return None, None, ""


def _day_or_month(text: str) -> tuple[date, date] | None:
    """A header that is a date: its first of a month stands for the month, as spreadsheets write months; any other day for itself."""
    written = read_date(text) if len(text) <= 10 else None
    if written is None:
        return None
    return read_period(f"{written.day.month:02}.{written.day.year}") if written.day.day == 1 else (written.day, written.day)


def _is_figure(column: Column) -> bool:
    """A total, or another figure of the row that does not belong to one period."""
    if any(TOTAL_ALONE.fullmatch(squeeze(part)) for part in column.parts):
        return True
    return column.number_share >= 0.5 and bool({role for role, _ in role_scores(column.header)} & NUMBER_ROLES)


def _total_rows(fixed: list[Column], n: int) -> np.ndarray:
    found = np.zeros(n, dtype=bool)
    for column in fixed:
        if column.share(TEXT) >= 0.5:
            found |= column.by_text(lambda text: len(text) < 80 and TOTAL_ALONE.fullmatch(squeeze(text)) is not None, False, bool)
    return found


def _cells(column: Column | None, nothing: np.ndarray) -> np.ndarray:
    if column is None:
        return nothing
    cells = column.cells
    if isinstance(cells, pd.Series):
        cells = cells.astype(object).where(cells.notna(), None).to_numpy()
    return cells


def _header(measure: str, periods: list[str]) -> str:
    return measure or f"{periods[0]} … {periods[-1]}"
