"""A big flat sheet of an xlsx, column by column and without a Python object per cell.

The body goes through fastexcel and Arrow into typed columns; the first `HEAD` and the last `TAIL` rows are read cell by cell, as a small
sheet is. Rows that both ways read are compared: a column that differs, mixes kinds or holds errors is read again cell by cell. Where
the sheet is not flat (an outline, rows out of order, gaps wider than the data) the caller reads it as a small one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

import fastexcel
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sbyt_core.sales.formats.builder import SheetBuilder
from sbyt_core.sales.formats.grid import Cell, Grid
from sbyt_core.sales.formats.sheet_scan import Scan

HEAD, TAIL = 300, 30  # rows kept as exact cells
COMPARED = 60  # rows after the head that are read both ways
SPARSE = 4  # places a cell may cost on average; more is not a flat table
ROW_START = re.compile(rb"<row[\s>]")
# a number or a moment as fastexcel writes it into a column of text
WRITTEN = r"^-?\d+(\.\d+)?([eE][+-]?\d+)?$|^\d{4}-\d\d-\d\d([ T]\d\d:\d\d:\d\d(\.\d+)?)?$|^(true|false)$"
ReadRows = Callable[[Iterable[bytes], SheetBuilder], None]
ReadColumns = Callable[[SheetBuilder], None]


def read_big(data: bytes, name: str, scan: Scan, *, is_hidden: bool, read_rows: ReadRows, read_columns: ReadColumns) -> Grid | None:
    """The sheet as a typed grid, or None where it is not flat enough to be one.

    read_rows fills a builder from a piece of the sheet's XML; read_columns fills one from the whole sheet.
    """
    if scan.has_outline or scan.last_column < 0:
        return None
    edges = _edges(name, scan, read_rows)
    if edges is None or edges.n_rows < HEAD + TAIL or edges.row_numbers is None:
        return None
    first, last = int(edges.row_numbers[0]), int(edges.row_numbers[-1])
    n_rows, width = last - first + 1, scan.last_column + 1
    if n_rows * (width - scan.first_column) > SPARSE * scan.n_cells or not n_rows > HEAD + TAIL:
        return None
    place = {int(number): i for i, number in enumerate(edges.row_numbers)}
    body, is_strict = _body(data, name, skip=first - 1 + HEAD, rows=n_rows - HEAD - TAIL, last=last)
    if body is None or body.num_columns != width - scan.first_column:
        return None
    head_rows = [place.get(first + i) for i in range(HEAD + COMPARED)]
    tail_rows = [place.get(last - TAIL + 1 + i) for i in range(TAIL)]
    columns, again = [], set(scan.odd_columns)
    for j in range(width):
        exact = edges.columns[j] if j < edges.n_columns else np.full(edges.n_rows, None, dtype=object)
        head, tail = _picked(exact, head_rows), _picked(exact, tail_rows)
        arrow = body.column(j - scan.first_column) if j >= scan.first_column else pa.nulls(body.num_rows)
        typed = _typed(head[:HEAD], arrow, tail, is_strict=is_strict)
        if typed is None or not _alike(typed, head):
            again.add(j)
        columns.append((head[:HEAD], typed, tail))
    del body
    exact_columns = _Columns(name, again, first, n_rows)
    if again:
        read_columns(exact_columns)
    hidden = np.zeros(n_rows, dtype=bool)
    hidden[[row - first + 1 for row in scan.hidden_rows if first - 1 <= row < last]] = True
    return Grid(
        name=name,
        columns=tuple(exact_columns.cells.get(j, column[1]) for j, column in enumerate(columns)),
        n_rows=n_rows,
        head=tuple(column[0] for column in columns),
        tail=tuple(column[2] for column in columns),
        first_row=first,
        bold=_spread(edges.bold, place, first, n_rows),
        indent=_spread(edges.indent, place, first, n_rows),
        hidden_rows=hidden if hidden.any() else None,
        hidden_columns=edges.hidden_columns,
        merged=tuple(
            (int(edges.row_numbers[top]) - first, left, int(edges.row_numbers[bottom]) - first, right)
            for top, left, bottom, right in edges.merged
        ),
        is_hidden=is_hidden,
        currency_formats=edges.currency_formats,
        summary_below=edges.summary_below,
        formula_gaps=dict(sorted(scan.formula_gaps.items())),
    )


def _edges(name: str, scan: Scan, read_rows: ReadRows) -> Grid | None:
    """The first and the last rows, cell by cell, with what the sheet says after them (merged ranges)."""
    starts = [match.start() for match in ROW_START.finditer(scan.head)][: HEAD + COMPARED + 1]
    ends = [match.start() for match in ROW_START.finditer(scan.tail)]
    if len(starts) <= HEAD + COMPARED or len(ends) < TAIL:
        return None
    sheet = SheetBuilder(name)
    read_rows([scan.head[: starts[-1]], scan.tail[ends[-TAIL] :]], sheet)
    return sheet.grid()


def _body(data: bytes, name: str, *, skip: int, rows: int, last: int) -> tuple[pa.RecordBatch | None, bool]:
    """The rows between, and whether every column is known to be of one kind."""
    for coercion in ("strict", "coerce"):
        try:
            book = fastexcel.read_excel(data)
            sheet = book.load_sheet(name, header_row=None, skip_rows=skip, n_rows=rows, schema_sample_rows=None, dtype_coercion=coercion)
            if sheet.total_height != last:
                return None, False
            batch = sheet.to_arrow()
        except fastexcel.UnsupportedColumnTypeCombinationError:
            continue
        except fastexcel.FastExcelError:
            return None, False
        return (batch if batch.num_rows == rows else None), coercion == "strict"
    return None, False


def _typed(head: np.ndarray, body: pa.Array, tail: np.ndarray, *, is_strict: bool) -> pd.Series | None:
    """The whole column in the kind of its body; None where the body may mix kinds."""
    kind = body.type
    if pa.types.is_floating(kind) or pa.types.is_integer(kind):
        middle = pc.cast(body, pa.float64()).to_numpy(zero_copy_only=False)
        ends = [np.array(_kept(cells, float), dtype="float64") for cells in (head, tail)]
        return pd.Series(np.concatenate([ends[0], middle, ends[1]]))
    if pa.types.is_timestamp(kind):
        moment = pa.timestamp("us")
        parts = [pa.array(_kept(head, datetime), moment), pc.cast(body, moment), pa.array(_kept(tail, datetime), moment)]
        return pa.chunked_array(parts).to_pandas()
    if pa.types.is_null(kind):
        body = pa.nulls(len(body), pa.string())
    elif not pa.types.is_string(kind) or (not is_strict and _is_mixed(body)):
        return None
    if pc.any(pc.equal(body, "")).as_py():
        body = pc.if_else(pc.equal(body, ""), None, body)
    return pa.chunked_array([pa.array(_kept(head, str), pa.string()), body, pa.array(_kept(tail, str), pa.string())]).to_pandas()


def _is_mixed(body: pa.Array) -> bool:
    """Whether text that may stand for a number or a moment is among the values."""
    kinds = pc.unique(body).drop_null() if len(body) else body
    written = pc.match_substring_regex(kinds, WRITTEN)
    return bool(pc.any(written).as_py())


def _kept(cells: np.ndarray, kind: type) -> list:
    return [value if type(value) is kind else None for value in cells]


def _picked(column: np.ndarray, rows: list[int | None]) -> np.ndarray:
    result = np.full(len(rows), None, dtype=object)
    for i, row in enumerate(rows):
        if row is not None:
            result[i] = column[row]
    return result


def _alike(typed: pd.Series, head: np.ndarray) -> bool:
    """Whether the rows after the head, read both ways, are the same."""
    for value, cell in zip(typed.iloc[HEAD : HEAD + COMPARED].tolist(), head[HEAD:], strict=True):
        if cell is None:
            if not pd.isna(value):
                return False
        elif value != cell or isinstance(value, str) != isinstance(cell, str):
            return False
    return True


class _Columns(SheetBuilder):
    """Some columns of the sheet, each as an array of cells that stands ready."""

    def __init__(self, name: str, wanted: set[int], first: int, n_rows: int) -> None:
        super().__init__(name)
        self.first = first - 1
        self.cells = {j: np.full(n_rows, None, dtype=object) for j in wanted}

    def put(self, row: int, column: int, value: Cell) -> None:
        if column in self.cells and 0 <= row - self.first < len(self.cells[column]):
            self.cells[column][row - self.first] = value


def _spread(marks: np.ndarray | None, place: dict[int, int], first: int, n_rows: int) -> np.ndarray | None:
    if marks is None or not marks.any():
        return None
    result = np.zeros(n_rows, dtype=marks.dtype)
    for number, i in place.items():
        result[number - first] = marks[i]
    return result
