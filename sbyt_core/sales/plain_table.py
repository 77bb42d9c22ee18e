"""A table of any other kind beside the sales, such as one row a client: headers, and what stands under each, as text and as number.

The sheet is the one that names a client; its header is found as that of sales is. What the columns mean is for the reader of the
table to say. Rows of totals are left out and counted; a row without anything in it is no row.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.grid import Workbook
from sbyt_core.sales.formats.reader import read_workbook
from sbyt_core.sales.layout.header import find_header, headless, looks_like_data
from sbyt_core.sales.layout.sheets import choose_sheets
from sbyt_core.sales.table import Findings
from sbyt_core.sales.values.column import EMPTY, Column, show
from sbyt_core.sales.values.numbers import DECIMAL
from sbyt_core.sales.vocabulary import TOTAL_ALONE, TOTAL_OF, squeeze

MAX_ROWS = 1_000_000


@dataclass(frozen=True, eq=False)
class PlainTable:
    """headers: left to right, each once; texts, numbers: one column a header, missing where empty or, in numbers, not a number.

    rows: 1-based sheet rows; totals: rows left out because they only state a total.
    """

    sheet: str
    header_row: int | None
    headers: tuple[str, ...]
    texts: pd.DataFrame
    numbers: pd.DataFrame
    rows: np.ndarray
    totals: int = 0


def read_table(data: bytes, *, sheet: str | None = None, password: str | None = None) -> PlainTable:
    """The table of a file. Raises BadFile: those of a file, no_table_found, no_rows."""
    return _table(read_workbook(data, password=password, sheet=sheet), sheet)


def _table(book: Workbook, sheet: str | None) -> PlainTable:
    grid = choose_sheets(book, sheet, Findings())[0]
    header = find_header(grid)
    if header is None:
        if not looks_like_data(grid):
            raise BadFile("no_table_found")
        header = headless(grid, first_is_header=False)
    columns = [
        Column(header.names[j] or f"{j + 1}", grid.column(j, header.body), words=grid.words(j, header.body)) for j in range(grid.n_columns)
    ]
    columns = [column for column in columns if (column.kinds != EMPTY).any() or not column.header.isdigit()]
    filled = np.zeros(grid.n_rows - header.body, dtype=bool)
    totals = np.zeros(grid.n_rows - header.body, dtype=bool)
    for column in columns:
        filled |= column.kinds != EMPTY
        totals |= column.by_text(lambda text: is_total(text), False, bool)
    keep = filled & ~totals
    if not keep.any():
        raise BadFile("no_rows")
    if keep.sum() > MAX_ROWS:
        raise BadFile("too_many_cells", rows=int(keep.sum()), columns=len(columns), limit=MAX_ROWS)
    headers = tuple(column.header for column in columns)
    return PlainTable(
        sheet=grid.name,
        header_row=grid.sheet_row(header.last) if header.last >= header.first else None,
        headers=headers,
        texts=pd.DataFrame({column.header: column.labels(keep).to_numpy() for column in columns}).astype("str"),
        numbers=pd.DataFrame({column.header: column.numbers(DECIMAL).values[keep] for column in columns}).astype("float64"),
        rows=np.asarray(grid.sheet_rows())[header.body :][keep],
        totals=int((filled & totals).sum()),
    )


def is_total(text: object) -> bool:
    """Whether a cell is a word for a total, or names what it is a total of."""
    words = squeeze(show(text))
    return bool(TOTAL_ALONE.fullmatch(words) or TOTAL_OF.fullmatch(words))
