"""Months that stand for days: a year and a month in two columns, or a day that is always the first of its month.

A month is dated with its last day, wherever it comes from, so that the period ends where the month does.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sbyt_core.sales.column import NAT, Column
from sbyt_core.sales.dates import FIRST_YEAR, LAST_YEAR, MONTH_ONLY, month_number
from sbyt_core.sales.table import Table
from sbyt_core.sales.vocabulary import plain, role_scores

_YEAR, _MONTH = ("год", "year"), ("месяц", "month", "номер месяца", "month number")
MIN_MONTHS = 3  # distinct firsts of a month that make a column one of months
MIN_ROWS = 6


def join_year_and_month(table: Table) -> Table:
    """The table with a column of months made of its year and its month column, where no column holds days."""
    year = next((column for column in table.columns if plain(column.header) in _YEAR), None)
    month = next((column for column in table.columns if plain(column.header) in _MONTH), None)
    dated = any(("date" in dict(role_scores(column.header))) and column.date_share >= 0.5 for column in table.columns)
    if year is None or month is None or dated:
        return table
    years = year.numbers("decimal").values
    named = month.by_text(lambda text: float(month_number(text)) if MONTH_ONLY.fullmatch(text.strip()) else np.nan, np.nan, float)
    months = np.where(np.isnan(named), month.numbers("decimal").values, named)
    known = (years >= FIRST_YEAR) & (years <= LAST_YEAR) & (months >= 1) & (months <= 12)
    if known.sum() * 2 < len(known):
        return table
    cells = np.full(len(table.rows), None, dtype=object)
    cells[known] = [f"{int(m):02}.{int(y)}" for y, m in zip(years[known], months[known], strict=True)]
    joined = Column(f"{year.header}, {month.header}", cells)
    return replace(table, columns=(joined, *table.columns), roles={**table.roles, "date": joined.header}, monthly=True)


def stand_for_months(days: np.ndarray) -> bool:
    """Whether every day is the first of its month, over enough months and rows not to be chance."""
    known = days[~np.isnat(days)]
    firsts = known.astype("datetime64[M]")
    return len(known) >= MIN_ROWS and len(np.unique(firsts)) >= MIN_MONTHS and bool((firsts.astype(known.dtype) == known).all())


def month_ends(days: np.ndarray) -> np.ndarray:
    """The last day of the month of every day."""
    ends = (days.astype("datetime64[M]") + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.where(np.isnat(days), NAT, ends.astype("datetime64[us]"))
