"""Rows of the file kept for the eye: those left out, and those behind a warning, as the file shows them.

Some hundred of each kind are kept, the first ones: enough to see what they are, and small beside the lines.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.sales.model import KeptRow
from sbyt_core.sales.table import Table
from sbyt_core.sales.values.column import error_text

MAX_ROWS = 200  # rows of one kind
MAX_CELLS = 40  # columns of a row
MAX_TEXT = 100  # characters of a cell


def keep_rows(about: str, table: Table, where: np.ndarray) -> list[KeptRow]:
    """The first rows of a kind. where: bool per row of the table."""
    places = np.flatnonzero(where)[:MAX_ROWS]
    if not len(places):
        return []
    columns = [column.take(places) for column in table.columns[:MAX_CELLS]]
    cells = [[error_text(cell)[:MAX_TEXT] for cell in column.first(len(places))] for column in columns]
    return [KeptRow(about, table.sheet, int(table.rows[at]), row) for at, row in zip(places, zip(*cells, strict=True), strict=True)]
