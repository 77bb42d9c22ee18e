"""What every reader of a file gives: sheets as grids of cells, column by column, with the marks that carry meaning.

A cell is None (empty), str exactly as stored (leading spaces are kept: they carry hierarchy), float for every number
(a per cent cell is its fraction), bool, datetime (1904 workbooks already shifted), or `CellError`.

A small sheet keeps its columns as object arrays of cells. A big flat sheet keeps them typed, without an object per cell:
float64 (NaN = empty), datetime64 (NaT = empty) or a category of str (missing = empty), a column of mixed kinds as an object array;
then `head` and `tail` hold the first and last rows of every column as exact cells, because there titles, headers and totals stand above
and below values of another kind. `cell`, `row`, `column` and `cells` hide the difference.
Rows of a grid count from 0; `sheet_row` gives the 1-based row that a person sees.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import numpy as np
import pandas as pd


@dataclass(frozen=True)
class CellError:
    """An error that the spreadsheet itself shows in the cell: "#DIV/0!", "#N/A"."""

    code: str

    def __str__(self) -> str:
        return self.code


Cell = None | str | float | bool | datetime | CellError


@dataclass(frozen=True, eq=False)
class Grid:
    """One sheet.

    columns: one array a column, each `n_rows` long; object arrays of cells, or typed pandas Series (see the module).
    head, tail: exact cells of the first and the last rows of every column where columns are typed, else empty.
    row_numbers: 1-based sheet row of every grid row where rows were dropped, else None and rows follow `first_row`.
    outline: outline level per row, 0 = none; indent: indent of the first filled cell per row by its style, 0 = none;
    bold: whether the first filled cell of the row is bold; hidden_rows: bool per row. None where the format has no such mark.
    merged: (row, column, last row, last column), 0-based, inclusive. currency_formats: column → ISO code by number format.
    summary_below: whether a group's summary row stands below its rows (Excel's default True, 1С writes False).
    formulas_without_values: cells that hold a formula and no cached value; formula_gaps: the same by column.
    """

    name: str
    columns: tuple[Any, ...] = ()
    n_rows: int = 0
    head: tuple[np.ndarray, ...] = ()
    tail: tuple[np.ndarray, ...] = ()
    first_row: int = 1
    row_numbers: np.ndarray | None = None
    outline: np.ndarray | None = None
    indent: np.ndarray | None = None
    bold: np.ndarray | None = None
    hidden_rows: np.ndarray | None = None
    hidden_columns: tuple[int, ...] = ()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    is_pivot: bool = False
    is_hidden: bool = False
    currency_formats: dict[int, str] = field(default_factory=dict)
    summary_below: bool = True
    formula_gaps: dict[int, int] = field(default_factory=dict)

    @property
    def n_columns(self) -> int:
        """Columns of the sheet, empty ones between filled ones included."""
        return len(self.columns)

    @property
    def formulas_without_values(self) -> int:
        """Cells of the sheet that hold a formula and no cached value."""
        return sum(self.formula_gaps.values())

    @property
    def n_head(self) -> int:
        """Rows that stand in `head`; 0 where all cells are exact."""
        return len(self.head[0]) if self.head else 0

    @property
    def n_tail(self) -> int:
        """Rows that stand in `tail`; 0 where all cells are exact."""
        return len(self.tail[0]) if self.tail else 0

    def sheet_row(self, i: int) -> int:
        """1-based row of the sheet."""
        return int(self.row_numbers[i]) if self.row_numbers is not None else self.first_row + i

    def sheet_rows(self) -> np.ndarray:
        """1-based sheet row of every grid row, int64."""
        if self.row_numbers is not None:
            return np.asarray(self.row_numbers, dtype="int64")
        return np.arange(self.first_row, self.first_row + self.n_rows, dtype="int64")

    def cell(self, i: int, j: int) -> Cell:
        """The cell in row i and column j."""
        if i < self.n_head:
            return self.head[j][i]
        if self.tail and i >= self.n_rows - self.n_tail:
            return self.tail[j][i - self.n_rows + self.n_tail]
        column = self.columns[j]
        return column[i] if isinstance(column, np.ndarray) else _plain(column.iloc[i])

    def row(self, i: int) -> list[Cell]:
        """The cells of row i, left to right."""
        return [self.cell(i, j) for j in range(self.n_columns)]

    def column(self, j: int, start: int = 0, stop: int | None = None) -> np.ndarray | pd.Series:
        """Rows start … stop − 1 of column j: an object array of cells, or a typed Series.

        In a Series the rows of the head and the tail are missing wherever they are of another kind: start below the header,
        stop above the totals.
        """
        column = self.columns[j]
        return column[start:stop] if isinstance(column, np.ndarray) else column.iloc[start:stop]

    def words(self, j: int, start: int = 0) -> dict[int, str]:
        """Texts of the head and the tail that a typed column of figures or dates cannot hold («Итого»), by row counted from `start`."""
        column = self.columns[j]
        if isinstance(column, np.ndarray) or column.dtype.kind not in "fiuM":
            return {}
        edges = (*range(start, self.n_head), *range(max(start, self.n_rows - self.n_tail), self.n_rows))
        return {i - start: cell for i in edges if isinstance(cell := self.cell(i, j), str) and cell.strip()}

    def cells(self, j: int, start: int = 0, stop: int | None = None) -> np.ndarray:
        """The same rows as an object array of exact cells, whatever the grid is; costs an object per cell."""
        start, stop, _ = slice(start, stop).indices(self.n_rows)
        column = self.columns[j]
        if isinstance(column, np.ndarray):
            return column[start:stop]
        result = np.empty(max(stop - start, 0), dtype=object)
        result[:] = [_plain(value) for value in column.iloc[start:stop].tolist()]
        bottom = self.n_rows - self.n_tail
        for i in (*range(start, min(self.n_head, stop)), *range(max(start, bottom), stop)):
            result[i - start] = self.cell(i, j)
        return result


@dataclass(frozen=True)
class Workbook:
    """A file as sheets: the visible ones first, in their order, then the hidden ones.

    format: "xlsx", "xlsb", "xls", "ods", "csv", "html", "mhtml" or "spreadsheetml".
    notes: codes of what a reader had to do beside the plain way ("default_password", "zipped", "encoding_cp866", …).
    """

    format: str
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()

    @property
    def sheet_names(self) -> tuple[str, ...]:
        """Names of all sheets, the visible ones first."""
        return tuple(grid.name for grid in self.grids)

    @property
    def hidden_sheets(self) -> tuple[str, ...]:
        """Names of the sheets that the file hides."""
        return tuple(grid.name for grid in self.grids if grid.is_hidden)


def _plain(value: object) -> Cell:
    """A value of a typed Series as a cell."""
    if value is None or value is pd.NaT or value is pd.NA or value != value:
        return None
    if isinstance(value, pd.Timestamp):
        return value.to_pydatetime()
    if isinstance(value, (np.floating, np.integer)):
        return float(value)
    return bool(value) if isinstance(value, np.bool_) else value  # type: ignore[return-value]
