"""Months that stand for days: a year and a month in two columns, or a day that is always the first of its month.

The names of months without a year take it from the period that the report states; a column of days beside makes whole days of them.

A month is dated with its last day, wherever it comes from, so that the period ends where the month does.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sbyt_core.sales.table import Table
from sbyt_core.sales.values.column import NAT, Column
from sbyt_core.sales.values.dates import FIRST_YEAR, LAST_YEAR, MONTH_ONLY, month_number
from sbyt_core.sales.vocabulary import plain, role_scores

_YEAR, _MONTH, _DAY = ("год", "year"), ("месяц", "month", "номер месяца", "month number"), ("день", "day", "число")
MIN_MONTHS = 3  # distinct firsts of a month that make a column one of months
MIN_ROWS = 6


def join_year_and_month(table: Table) -> Table:
    """The table with a column of months (or days) made of its year, month and day columns, where no column holds dates."""
    year = next((column for column in table.columns if plain(column.header) in _YEAR), None)
    month = next((column for column in table.columns if plain(column.header) in _MONTH), None)
    day = next((column for column in table.columns if plain(column.header) in _DAY), None)
    dated = any(("date" in dict(role_scores(column.header))) and column.date_share >= 0.5 for column in table.columns)
    stated = table.stated.start.year if table.stated and table.stated.start.year == table.stated.end.year else None
    if month is None or dated or (year is None and stated is None):
        return table
    named = month.by_text(lambda text: float(month_number(text)) if MONTH_ONLY.fullmatch(text.strip()) else np.nan, np.nan, float)
    months = np.where(np.isnan(named), month.numbers("decimal").values, named)
    if year is None:
        if np.isnan(named).all():
            return table
        years = np.full(len(months), float(stated or 0))
    else:
        years = year.numbers("decimal").values
    days = np.full(len(months), np.nan) if day is None else day.numbers("decimal").values
    known = (years >= FIRST_YEAR) & (years <= LAST_YEAR) & (months >= 1) & (months <= 12)
    if known.sum() * 2 < len(known):
        return table
    cells = np.full(len(table.rows), None, dtype=object)
    whole = bool((days[known] >= 1).all() and (days[known] <= 31).all())
    form = "{d:02}.{m:02}.{y}" if whole else "{m:02}.{y}"
    parts = zip(years[known], months[known], np.nan_to_num(days[known]), strict=True)
    cells[known] = [form.format(d=int(d), m=int(m), y=int(y)) for y, m, d in parts]
    joined = Column(", ".join(column.header for column in (year, month, day if whole else None) if column is not None), cells)
    if joined.header == month.header:
        joined = Column(f"{month.header} {stated}", cells)
    return replace(table, columns=(joined, *table.columns), roles={**table.roles, "date": joined.header}, monthly=not whole)


def stand_for_months(days: np.ndarray) -> bool:
    """Whether every day is the first of its month, over enough months and rows not to be chance."""
    known = days[~np.isnat(days)]
    firsts = known.astype("datetime64[M]")
    return len(known) >= MIN_ROWS and len(np.unique(firsts)) >= MIN_MONTHS and bool((firsts.astype(known.dtype) == known).all())


def month_ends(days: np.ndarray) -> np.ndarray:
    """The last day of the month of every day."""
    ends = (days.astype("datetime64[M]") + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.where(np.isnat(days), NAT, ends.astype("datetime64[us]"))
