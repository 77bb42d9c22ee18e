"""A big flat sheet of an xlsx, column by column and without a Python object per cell.

The text of the sheet is gone through once, piece by piece (`xlsx_piece`), and its cells are gathered by column (`xlsx_columns`); the first
`HEAD` and the last `TAIL` rows are read cell by cell as well, as a small sheet is, for what they show beside values. Rows that both ways
read are compared. Where the sheet is not flat (an outline, rows out of order, gaps wider than the data) or not written as
expected, the caller reads it as a small one.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator

import numpy as np
import pandas as pd

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.builder import SheetBuilder
from sbyt_core.sales.formats.grid import Grid
from sbyt_core.sales.formats.xlsx_columns import SheetColumns
from sbyt_core.sales.formats.xlsx_parts import Styles
from sbyt_core.sales.formats.xlsx_piece import PADDING, NotPlain, PieceReader, prefix_of, without_prefix
from sbyt_core.sales.formats.xlsx_strings import StringTable

HEAD, TAIL = 300, 30  # rows kept as exact cells
COMPARED = 60  # rows after the head that are read both ways
SPARSE = 4  # places a cell may cost on average; more is not a flat table
PIECE = 2_000_000  # bytes looked at together: less costs more calls, more no longer gains
HEAD_BYTES = 1_000_000  # text kept from the beginning: some hundred rows
KEPT_LAST = 2  # pieces kept from the end
LONGEST_ROW = 8_000_000  # bytes of one row, or of what stands after the last; more is not a plain table
ROW_START = re.compile(rb"<row[\s>]")
ENCODING = re.compile(rb"""^\s*<\?xml[^>]*\bencoding=["']([\w-]+)""")
ReadRows = Callable[[Iterable[bytes], SheetBuilder], None]


def read_big(
    chunks: Iterable[bytes],
    name: str,
    *,
    is_hidden: bool,
    least_cells: int,
    strings: Callable[[], StringTable],
    styles: Styles,
    since_1904: bool,
    read_rows: ReadRows,
) -> Grid | None:
    """The sheet as a typed grid, or None where it has fewer than `least_cells` or is not flat enough to be one.

    read_rows fills a builder from pieces of the sheet's XML. Raises damaged_or_unsafe_file for a DTD, and what `chunks` raises.
    """
    columns, reader = SheetColumns(), PieceReader(styles.dates)
    hidden: list[int] = []
    gaps: dict[int, int] = {}
    head = b""
    last: deque[bytes] = deque(maxlen=KEPT_LAST)
    try:
        for text in _pieces(chunks):
            piece = reader.look(text)
            if piece.has_outline:
                return None
            columns.add(piece)
            hidden.extend(piece.hidden)
            for column in piece.gaps.tolist():
                gaps[column] = gaps.get(column, 0) + 1
            last.append(text)
            if len(head) < HEAD_BYTES:
                head += text
        if columns.n_cells <= least_cells or b"</sheetData>" not in last[-1]:
            return None
        edges = _edges(name, head, b"".join(last), read_rows)
        if edges is None or edges.n_rows < HEAD + TAIL or edges.row_numbers is None:
            return None
        first, n_rows = int(edges.row_numbers[0]) - 1, int(edges.row_numbers[-1] - edges.row_numbers[0]) + 1
        width = columns.last + 1
        if n_rows * (width - columns.first) > SPARSE * columns.n_cells or not n_rows > HEAD + TAIL:
            return None
        body = slice(HEAD, n_rows - TAIL)
        texts = strings().texts
        cells = [columns.column(j, first=first, n_rows=n_rows, body=body, strings=texts, since_1904=since_1904) for j in range(width)]
    except NotPlain:
        return None
    place = {int(number) - 1 - first: i for i, number in enumerate(edges.row_numbers)}
    exact = [edges.columns[j] if j < edges.n_columns else np.full(edges.n_rows, None, dtype=object) for j in range(width)]
    heads = [_picked(column, [place.get(i) for i in range(HEAD + COMPARED)]) for column in exact]
    if not all(_alike(column, head) for column, head in zip(cells, heads, strict=True)):
        return None
    is_row_hidden = np.zeros(n_rows, dtype=bool)
    is_row_hidden[[row - first for row in hidden if 0 <= row - first < n_rows]] = True
    return Grid(
        name=name,
        columns=tuple(cells),
        n_rows=n_rows,
        head=tuple(column[:HEAD] for column in heads),
        tail=tuple(_picked(column, [place.get(n_rows - TAIL + i) for i in range(TAIL)]) for column in exact),
        first_row=first + 1,
        bold=_spread(edges.bold, place, n_rows),
        indent=_spread(edges.indent, place, n_rows),
        hidden_rows=is_row_hidden if is_row_hidden.any() else None,
        hidden_columns=edges.hidden_columns,
        merged=tuple(
            (int(edges.row_numbers[top]) - 1 - first, left, int(edges.row_numbers[bottom]) - 1 - first, right)
            for top, left, bottom, right in edges.merged
        ),
        is_hidden=is_hidden,
        currency_formats=edges.currency_formats,
        summary_below=edges.summary_below,
        formula_gaps=dict(sorted(gaps.items())),
    )


def _pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The text cut at rows into pieces that end with `PADDING`. Raises NotPlain, damaged_or_unsafe_file."""
    held: list[bytes] = []
    size = 0
    prefix: bytes | None = None
    for chunk in chunks:
        if prefix is None:
            _check_beginning(chunk)
            prefix = prefix_of(chunk)
        held.append(chunk)
        size += len(chunk)
        if size < PIECE:
            continue
        text = without_prefix(b"".join(held), prefix)
        cut = text.rfind(b"<row")
        if cut > 0:
            yield text[:cut] + PADDING
            text = text[cut:]
        elif len(text) > LONGEST_ROW:
            raise NotPlain
        held, size = [text], len(text) if cut > 0 else 0
    yield without_prefix(b"".join(held), prefix or b"") + PADDING


def _check_beginning(chunk: bytes) -> None:
    if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
        raise BadFile("damaged_or_unsafe_file")
    named = ENCODING.match(chunk.removeprefix(b"\xef\xbb\xbf"))
    if named and named[1].lower() != b"utf-8":
        raise NotPlain


def _edges(name: str, head: bytes, tail: bytes, read_rows: ReadRows) -> Grid | None:
    """The first and the last rows, cell by cell, with what the sheet says after them (merged ranges)."""
    starts = [match.start() for match in ROW_START.finditer(head)][: HEAD + COMPARED + 1]
    ends = [match.start() for match in ROW_START.finditer(tail)]
    if len(starts) <= HEAD + COMPARED or len(ends) < TAIL:
        return None
    sheet = SheetBuilder(name)
    read_rows([head[: starts[-1]], tail[ends[-TAIL] :]], sheet)
    return sheet.grid()


def _picked(column: np.ndarray, rows: list[int | None]) -> np.ndarray:
    result = np.full(len(rows), None, dtype=object)
    for i, row in enumerate(rows):
        if row is not None:
            result[i] = column[row]
    return result


def _alike(column: pd.Series | np.ndarray, head: np.ndarray) -> bool:
    """Whether the rows after the head, read both ways, are the same."""
    values = column[HEAD : HEAD + COMPARED].tolist() if isinstance(column, np.ndarray) else column.iloc[HEAD : HEAD + COMPARED].tolist()
    for value, cell in zip(values, head[HEAD:], strict=True):
        if cell is None:
            if not pd.isna(value):
                return False
        elif value != cell or isinstance(value, str) != isinstance(cell, str):
            return False
    return True


def _spread(marks: np.ndarray | None, place: dict[int, int], n_rows: int) -> np.ndarray | None:
    if marks is None or not marks.any():
        return None
    result = np.zeros(n_rows, dtype=marks.dtype)
    for number, i in place.items():
        result[number] = marks[i]
    return result
