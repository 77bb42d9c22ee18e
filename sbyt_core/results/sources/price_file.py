"""A file of a price index as people keep it: a column of months and a column of levels, with or without headers."""

from __future__ import annotations

from datetime import date

from sbyt_core.errors import BadFile
from sbyt_core.results.sources.prices import Prices
from sbyt_core.sales.plain_table import PlainTable
from sbyt_core.sales.values.dates import read_date


def prices_of(table: PlainTable) -> Prices:
    """The index of a table of two columns or more. Raises BadFile price_row; BadInput of `Prices`."""
    months, levels = (table.texts[header] for header in table.headers[:2])
    found: dict[date, float] = {}
    for place, row in enumerate(table.rows):
        month, level = (_text(column.iloc[place]) for column in (months, levels))
        if not month and not level:
            continue
        told = read_date(month, inside=False)
        value = _level(level)
        if told is None or value is None:
            raise BadFile("price_row", row=int(row), value=f"{month} {level}")
        found[told.day] = value
    return Prices.of_levels(found)


def _level(text: str) -> float | None:
    bare = text.replace("%", "").replace("\u00a0", "").replace(" ", "").replace(",", ".")
    try:
        return float(bare)
    except ValueError:
        return None


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
