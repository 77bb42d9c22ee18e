"""A look over the XML of a big sheet, piece by piece and without parsing it, before anybody makes room for its cells.

It tells how many cells there are, between which columns, whether rows carry marks, and which columns hold odd cells (errors, truth values)
or formulas; and it keeps the beginning and the end of the text, where titles, headers and totals stand. The text is cut at rows, so that no
row is halved.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from sbyt_core.errors import BadFile

HEAD_BYTES = 1_000_000  # text kept from the beginning: some hundred rows
KEPT_LAST = 3  # pieces kept from the end: some hundred thousand bytes
LONGEST_ROW = 8_000_000  # bytes of one row, or of what stands after the last; more is not a plain table
PREFIX = re.compile(rb"<([A-Za-z_][\w.-]*:)(?:worksheet|sheetData)\b")
REFERENCE = re.compile(rb'<c [^>]*?\br="([A-Z]{1,3})\d')
ODD_CELL = re.compile(rb' r="([A-Z]+)\d+"[^>]* t="[eb]"')
FORMULA_GAP = re.compile(rb'<c [^>]*?r="([A-Z]+)\d+"[^>]*>\s*<f[^>]*?(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>')
HIDDEN_ROW = re.compile(rb'<row [^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
A = ord("A")
LONGEST_CELL_START = 8  # bytes of <c r="A1


@dataclass
class Scan:
    """What a sheet holds; columns count from 0."""

    n_cells: int = 0
    first_column: int = 1 << 14
    last_column: int = -1
    has_outline: bool = False
    hidden_rows: set[int] = field(default_factory=set)
    odd_columns: set[int] = field(default_factory=set)
    formula_gaps: dict[int, int] = field(default_factory=dict)
    head: bytes = b""
    tail: bytes = b""


def scan_sheet(chunks: Iterable[bytes]) -> Scan | None:
    """Look over the text of one sheet; None where it is not made of rows as all writers make them.

    Raises damaged_or_unsafe_file for a DTD, and what `chunks` raises.
    """
    scan, carried, first = Scan(), b"", b""
    last: deque[bytes] = deque(maxlen=KEPT_LAST)
    prefix: bytes | None = None
    for chunk in chunks:
        if prefix is None:
            if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
                raise BadFile("damaged_or_unsafe_file")
            named = PREFIX.search(chunk)
            prefix = named[1] if named else b""
        text = carried + chunk if carried else chunk
        if prefix:
            text = text.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</")
        cut = text.rfind(b"<row")
        if cut <= 0:
            if len(text) > LONGEST_ROW:
                return None
            carried = text
            continue
        rows, carried = text[:cut], text[cut:]
        _look(scan, rows)
        last.append(rows)
        if len(first) < HEAD_BYTES:
            first += rows
    _look(scan, carried)
    scan.head, scan.tail = first, b"".join((*last, carried))
    return scan


def _look(scan: Scan, text: bytes) -> None:
    if len(text) < LONGEST_CELL_START:
        return
    pairs = [np.frombuffer(text, dtype="<u2", offset=odd, count=(len(text) - odd) // 2) for odd in (0, 1)]

    def holds(pair: bytes) -> bool:
        """Whether two bytes stand side by side: a test many times cheaper than a search, done before every search."""
        code = int.from_bytes(pair, "little")
        return any(bool((half == code).any()) for half in pairs)

    _columns(scan, text)
    if holds(b"eL") and b"outlineLevel=" in text:
        scan.has_outline = True
    if holds(b"hi") and b" hidden=" in text:
        scan.hidden_rows.update(int(row) - 1 for row in HIDDEN_ROW.findall(text))
    if holds(b'"e') or holds(b'"b'):
        scan.odd_columns.update(map(_number, set(ODD_CELL.findall(text))))
    if holds(b"<f"):
        for name in FORMULA_GAP.findall(text):
            column = _number(name)
            scan.formula_gaps[column] = scan.formula_gaps.get(column, 0) + 1


def _columns(scan: Scan, text: bytes) -> None:
    """Count cells and note their columns: at once where every cell begins as <c r="A1, by pattern where one does not."""
    codes = np.frombuffer(text, dtype=np.uint8)
    at = np.flatnonzero((codes[:-LONGEST_CELL_START] == ord("<")) & (codes[1 : 1 - LONGEST_CELL_START] == ord("c")))
    at = at[codes[at + 2] == ord(" ")]
    scan.n_cells += len(at)
    if not len(at):
        return
    letters = codes[at + 6]
    is_plain = (codes[at + 3] == ord("r")) & (codes[at + 5] == ord('"')) & (codes[at + 7] <= ord("9"))
    if is_plain.all():
        _widen(scan, int(letters.min()) - A, int(letters.max()) - A)
    for name in () if is_plain.all() else set(REFERENCE.findall(text)):
        _widen(scan, _number(name), _number(name))


def _widen(scan: Scan, first: int, last: int) -> None:
    scan.first_column = min(scan.first_column, first)
    scan.last_column = max(scan.last_column, last)


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - A + 1
    return number - 1
