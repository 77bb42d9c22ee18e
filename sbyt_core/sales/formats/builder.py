"""Cells that arrive in any order, gathered into a grid without making room for what is empty.

Empty rows at the end do not count. A run of up to `KEPT_GAP` empty rows stays, because a blank row parts one table from the next;
a longer run is dropped and the grid then says which sheet row each of its rows is. Columns are dense from the first.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.grid import Cell, Grid

KEPT_GAP = 50  # empty rows in a run that may still mean something to a reader
MAX_ROWS = 1_048_576  # Excel's own limits
MAX_COLUMNS = 16_384
# places of a dense range of objects: 8 bytes each, 160 MB
MAX_PLACES = 20_000_000


class SheetBuilder:
    """Marks and cells of one sheet while it is read. Rows and columns count from 0."""

    def __init__(self, name: str, *, is_hidden: bool = False) -> None:
        self.name = name
        self.is_hidden = is_hidden
        self.rows: set[int] = set()  # rows with a filled cell
        self.columns: dict[int, tuple[list[int], list[Cell]]] = {}  # column → its rows and their cells, as they came
        self.outline: dict[int, int] = {}
        self.indent: dict[int, int] = {}
        self.bold: set[int] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[tuple[int, int, int, int]] = []
        self.currency: dict[int, str] = {}
        self.formula_gaps: dict[int, int] = {}
        self.summary_below = True
        self.is_pivot = False
        self.n_cells = 0

    def put(self, row: int, column: int, value: Cell) -> None:
        """Set one cell; an empty one takes no room."""
        if value is None or value == "":
            return
        if not (0 <= row < MAX_ROWS and 0 <= column < MAX_COLUMNS):
            raise BadFile("damaged_or_unsafe_file")
        held = self.columns.get(column)
        if held is None:
            held = self.columns[column] = ([], [])
        held[0].append(row)
        held[1].append(value)
        self.rows.add(row)
        self.n_cells += 1

    def grid(self) -> Grid:
        """The sheet. Raises too_many_cells where few cells span an absurd range."""
        if not self.rows:
            return Grid(self.name, is_hidden=self.is_hidden, is_pivot=self.is_pivot, formula_gaps=dict(self.formula_gaps))
        numbers = _kept_rows(sorted(self.rows))
        n_columns = max(self.columns) + 1
        if len(numbers) * n_columns > MAX_PLACES:
            raise BadFile("too_many_cells", rows=len(numbers), columns=n_columns, limit=MAX_PLACES)
        columns = [np.full(len(numbers), None, dtype=object) for _ in range(n_columns)]
        for column, (rows, values) in self.columns.items():
            cells = np.empty(len(values), dtype=object)
            cells[:] = values
            columns[column][np.searchsorted(np.array(numbers), np.array(rows))] = cells
        place = {number: i for i, number in enumerate(numbers)} if self.merged else {}
        whole = numbers[-1] - numbers[0] + 1 == len(numbers)
        return Grid(
            name=self.name,
            columns=tuple(columns),
            n_rows=len(numbers),
            first_row=numbers[0] + 1,
            row_numbers=None if whole else np.array(numbers, dtype="int64") + 1,
            outline=np.array([self.outline.get(n, 0) for n in numbers], dtype="int16") if self.outline else None,
            indent=np.array([self.indent.get(n, 0) for n in numbers], dtype="int16") if self.indent else None,
            bold=np.array([n in self.bold for n in numbers]) if self.bold else None,
            hidden_rows=np.array([n in self.hidden_rows for n in numbers]) if self.hidden_rows else None,
            hidden_columns=tuple(sorted(j for j in self.hidden_columns if j < n_columns)),
            merged=tuple(sorted(_placed(self.merged, place, n_columns))),
            is_pivot=self.is_pivot,
            is_hidden=self.is_hidden,
            currency_formats=dict(sorted(self.currency.items())),
            summary_below=self.summary_below,
            formula_gaps=dict(sorted(self.formula_gaps.items())),
        )


def _kept_rows(filled: list[int]) -> list[int]:
    kept: list[int] = []
    before = filled[0] - 1
    for number in filled:
        if number - before - 1 <= KEPT_GAP:
            kept.extend(range(before + 1, number))
        kept.append(number)
        before = number
    return kept


def _placed(merged: Iterable[tuple[int, int, int, int]], place: dict[int, int], n_columns: int) -> Iterable[tuple[int, int, int, int]]:
    """Merged ranges in rows of the grid; one that starts in a dropped row is left out."""
    last = max(place, default=0)
    for top, left, bottom, right in merged:
        if top in place and left < n_columns:
            bottom = min(bottom, last)
            while bottom not in place:
                bottom -= 1
            yield place[top], left, place[bottom], min(right, n_columns - 1)
