"""Clients named once for the rows that follow: a heading row of its own, or the first row of its group.

A heading row fills the first column alone (figures may repeat the group's sum); the rows below leave that column empty and name a date, a
document or the like. A name that stands only in the first row of its group, as a pivot table in tabular form prints it, holds
until the next one, when every name stands once and at least three rows in ten leave it empty. Elsewhere an empty client stays empty.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sbyt_core.sales.column import EMPTY, TEXT, Column
from sbyt_core.sales.nesting import sums_hold
from sbyt_core.sales.table import Table
from sbyt_core.sales.vocabulary import TOTAL_ALONE, TOTAL_OF, squeeze

EMPTY_SHARE = 0.3  # of rows without a name from which names are taken to hold for the rows below


def fill_sections(table: Table) -> Table:
    """The table with names carried down to the rows they stand for; itself where there are none."""
    label = table.columns[0]
    if label.share(TEXT) < 0.9 or not (label.kinds == EMPTY).any():
        return table
    others = [column for column in table.columns[1:] if column.number_share < 0.5]
    named = np.zeros(len(table.rows), dtype=bool)
    for column in others:
        named |= column.kinds != EMPTY
    total = label.by_text(_is_total, False, bool)
    for column in others:
        total |= column.by_text(_is_total, False, bool)
    own = (label.kinds != EMPTY) & ~total
    headings, details, first_rows = own & ~named, ~own & named & ~total, own & named
    if headings.sum() >= 1 and not first_rows.any() and details.sum() >= headings.sum():
        order = np.flatnonzero(headings | details)
        levels = np.where(details[order], 1, 0)
        if levels[0] == 0 and sums_hold(levels, _figures(table, order)):
            kept = np.flatnonzero(~headings)
            filled = Column(label.header, _carried(label, own, details), label.parts)
            columns = (filled, *table.columns[1:])
            left_out = {**table.left_out, "group": table.left_out.get("group", 0) + int(headings.sum())}
            return replace(table, columns=tuple(column.take(kept) for column in columns), rows=table.rows[kept], left_out=left_out)
    names = [str(cell) for cell in label.labels()[first_rows]]
    if (
        len(names) >= 2
        and not headings.any()
        and len(set(names)) == len(names)
        and details.sum() >= EMPTY_SHARE * (own.sum() + details.sum())
    ):
        return replace(table, columns=(Column(label.header, _carried(label, own, details), label.parts), *table.columns[1:]))
    return table


def _is_total(text: str) -> bool:
    said = squeeze(text)
    return len(said) < 300 and bool(TOTAL_ALONE.fullmatch(said) or TOTAL_OF.fullmatch(said))


def _carried(label: Column, own: np.ndarray, details: np.ndarray) -> np.ndarray:
    """The label's cells with every row of `details` filled from the latest own name above it."""
    source = np.maximum.accumulate(np.where(own, np.arange(len(own)), -1))
    cells = label.labels().to_numpy(dtype=object)
    cells[label.kinds == EMPTY] = None
    known = details & (source >= 0)
    cells[known] = cells[source[known]]
    return cells


def _figures(table: Table, order: np.ndarray) -> np.ndarray:
    numeric = [column for column in table.columns[1:] if column.number_share >= 0.5 and "%" not in column.header]
    values = [column.numbers("decimal").values[order] for column in numeric]
    return np.stack(values, axis=1) if values else np.zeros((len(order), 0))
