"""A piece of a big sheet's XML as arrays: where every filled cell stands, of what kind it is, and where its text lies.

Cells are not parsed one by one. All places of "<" are found at once, and the letter after each tells a row, a cell, a formula, a value.
What is understood is XML as all writers of spreadsheets make it: every cell names its place (r="B7"), rows go downwards, nothing
stands between tags, no comments. Anything else is `NotPlain`, and the sheet is then read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Set
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sbyt_core.sales.formats.builder import MAX_ROWS

NUMBER, DATE, SHARED, TEXT, ERROR, TRUTH = range(6)  # kinds of cells
KIND_OF_TYPE = {"n": NUMBER, "s": SHARED, "inlineStr": TEXT, "str": TEXT, "e": ERROR, "b": TRUTH}  # by the attribute t
PADDING = b" " * 32  # at the end of every piece, so that no look ahead leaves it
CELL = int.from_bytes(b'<c r="', "little")
CELL_MASK = np.uint64((1 << 48) - 1)
PRESERVED = len('<t xml:space="preserve">')
LONGEST_ATTRIBUTES = 24  # bytes of a cell's other attributes: ` s="123" t="inlineStr"`
PREFIX = re.compile(rb"<([A-Za-z_][\w.-]*:)(?:worksheet|sst)\b")
ATTRIBUTE = re.compile(rb'\s(\w+)="([^"]*)"')
HIDDEN_ROW = re.compile(r'\br="(\d+)".*?\shidden="(?:1|true)"')
OUTLINED = re.compile(rb'outlineLevel="[1-9]')
LONGEST_NUMBER = 7  # digits of a row
FIRST_BYTES = np.array([(1 << 8 * n) - 1 for n in range(9)], dtype=np.uint64)  # masks of the first n of 8 bytes
LAST_BYTES = ~FIRST_BYTES[::-1]  # and of the last n
MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)  # odd and irregular: different attributes get different marks
A = ord("A")


class NotPlain(Exception):
    """The sheet is not written as this reader expects."""


@dataclass(frozen=True)
class Piece:
    """Filled cells in the order of the text. row, column: from 0; kind: see above; start, end: of the cell's text in `text`.

    gaps: columns of formulas without a value; hidden: rows, from 0.
    """

    text: bytes
    row: np.ndarray
    column: np.ndarray
    kind: np.ndarray
    start: np.ndarray
    end: np.ndarray
    gaps: np.ndarray
    hidden: tuple[int, ...]
    has_outline: bool


class PieceReader:
    """Looks at one piece after another; remembers what the attributes of cells mean. dates: numbers of the styles that are dates."""

    def __init__(self, dates: Set[int]) -> None:
        self._dates = dates
        self._kinds: dict[int, int] = {}  # mark of the attributes → kind
        self._last_row = -1

    def look(self, text: bytes) -> Piece:
        """The cells of a piece of whole rows that ends with `PADDING`. Raises NotPlain."""
        codes = np.frombuffer(text, dtype=np.uint8)
        at = np.append(np.flatnonzero(codes == ord("<")), [len(text) - len(PADDING)] * 4).astype(np.int32)
        name = codes[at + 1]
        _require(not (name == ord("!")).any())
        cells, rows = np.flatnonzero(name == ord("c")), np.flatnonzero(name == ord("r"))
        after_c = codes[at[cells] + 2]
        _require(not ((after_c == ord(">")) | (after_c == ord("/"))).any())
        cells = cells[after_c == ord(" ")]  # not <cols>
        rows = rows[(codes[at[rows] + 2] == ord("o")) & np.isin(codes[at[rows] + 4], (ord(" "), ord(">")))]  # not <rowBreaks>
        value, start, has_formula = _values(codes, at, name, cells)
        end = at[value + 1]
        is_filled = (start > 0) & (end > start)
        _require(bool((name[value[start > 0] + 1] == ord("/")).all()))
        eight = np.ndarray(len(text) - 7, dtype="<u8", buffer=text, strides=(1,))  # the eight bytes from every place on
        column, after_letters = _columns(codes, eight, at[cells])
        row, after_name = self._rows(codes, after_letters, np.searchsorted(rows, cells) - 1)
        kind = self._kinds_of(text, eight, after_name[is_filled], at[cells + 1][is_filled] - 1)
        hidden, has_outline = _row_marks(text, at[rows], at[rows + 1])
        gaps = column[has_formula & ~is_filled]
        return Piece(text, row[is_filled], column[is_filled], kind, start[is_filled], end[is_filled], gaps, hidden, has_outline)

    def _rows(self, codes: np.ndarray, digits_at: np.ndarray, in_row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The row of every cell, by the name of the first cell in it, and the place after the cell's name."""
        if not len(in_row):
            return in_row, digits_at
        starts = np.diff(in_row, prepend=-1) > 0
        place = np.cumsum(starts) - 1
        number, count = np.zeros(int(starts.sum()), dtype=np.int64), np.zeros(int(starts.sum()), dtype=np.int32)
        is_digit = np.ones(len(number), dtype=bool)
        for step in range(LONGEST_NUMBER + 1):
            digit = codes[digits_at[starts] + step].astype(np.int64) - ord("0")
            is_digit &= (digit >= 0) & (digit <= 9)
            number = np.where(is_digit, number * 10 + digit, number)
            count += is_digit
        _require(in_row[0] >= 0 and bool((count > 0).all()) and bool((np.diff(number, prepend=self._last_row + 1) > 0).all()))
        _require(bool(number[-1] <= MAX_ROWS))
        after = digits_at + count[place]
        _require(bool((codes[after] == ord('"')).all()) and bool((codes[after - 1] == (number % 10 + ord("0"))[place]).all()))
        self._last_row = int(number[-1]) - 1
        return (number - 1)[place], after + 1

    def _kinds_of(self, text: bytes, eight: np.ndarray, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """The kind of every cell by the attributes between its name and the end of its tag; told once for all that are alike."""
        size = end - start
        _require(bool((size >= 0).all()) and bool((size <= LONGEST_ATTRIBUTES).all()))
        short = np.minimum(size, 8)
        mark = (eight[start] & FIRST_BYTES[short]) * MIX[0] + (eight[end - 8] & LAST_BYTES[short]) * MIX[1] + size.astype(np.uint64)
        place, marks = pd.factorize(mark)
        for i, found in enumerate(marks.tolist()):
            if found not in self._kinds:
                first = int(np.argmax(place == i))
                self._kinds[found] = self._kind(text[start[first] : end[first] + 1])
        return np.array([self._kinds[found] for found in marks.tolist()], dtype=np.int8)[place]

    def _kind(self, attributes: bytes) -> int:
        _require(attributes.endswith(b">"))
        said = dict(ATTRIBUTE.findall(attributes))
        kind = KIND_OF_TYPE.get(said.get(b"t", b"n").decode("latin1"))
        style = said.get(b"s", b"0")
        if kind is None or not style.isdigit():
            raise NotPlain
        return DATE if kind == NUMBER and int(style) in self._dates else kind


def slices(text: bytes, start: np.ndarray, end: np.ndarray) -> pa.Array:
    """Parts of a text, in its order, as Arrow strings. What lies between them is cut out: each second one of all parts is taken.

    Raises NotPlain where parts overlap: Arrow itself does not look.
    """
    if not len(start):
        return pa.array([], pa.string())
    borders = np.empty(2 * len(start), dtype=np.int32)
    borders[0::2], borders[1::2] = start, end
    _require(bool((borders[1:] >= borders[:-1]).all()))
    whole = pa.StringArray.from_buffers(len(borders) - 1, pa.py_buffer(borders), pa.py_buffer(text))
    return whole.take(pa.array(np.arange(0, len(borders), 2)))


def prefix_of(text: bytes) -> bytes:
    """What the names of all elements begin with ("x:"), by the first of them; nothing as a rule."""
    named = PREFIX.search(text[:8192])
    return named[1] if named else b""


def without_prefix(text: bytes, prefix: bytes) -> bytes:
    """The text with bare names of elements."""
    return text.replace(b"<" + prefix, b"<").replace(b"</" + prefix, b"</") if prefix else text


def text_starts(codes: np.ndarray, at: np.ndarray) -> np.ndarray:
    """Where the text of <t> or <v> begins, 0 for <t/>. at: places of their "<". Raises NotPlain for other attributes than xml:space."""
    end_of_name = codes[at + 2]
    is_preserved, is_empty = end_of_name == ord(" "), end_of_name == ord("/")
    _require(bool((codes[at[is_preserved] + PRESERVED - 1] == ord(">")).all()))
    _require(bool((is_preserved | is_empty | (end_of_name == ord(">"))).all()))
    return np.where(is_empty, 0, at + np.where(is_preserved, PRESERVED, 3))


def _values(codes: np.ndarray, at: np.ndarray, name: np.ndarray, cells: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Of every cell: the tag <v> or <t> that holds its text, where that begins (0 where there is none), whether it has a formula."""
    value = cells + 1
    is_inline, has_formula = name[value] == ord("i"), name[value] == ord("f")
    value[is_inline] += 1
    closed = name[value[has_formula] + 1] == ord("/")  # <f>…</f> is two tags, <f/> one
    value[has_formula] += np.where(closed, 2, 1)
    tag = name[value]
    _require(not (is_inline & ((tag == ord("r")) | (tag == ord("p")))).any())  # text in several formats
    has_value = np.where(is_inline, tag == ord("t"), tag == ord("v"))
    start = np.zeros(len(cells), dtype=np.int32)
    start[has_value] = text_starts(codes, at[value[has_value]])
    return value, start, has_formula


def _columns(codes: np.ndarray, eight: np.ndarray, at: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The column of every cell by the letters of its name, and the place after them."""
    head = eight[at]
    _require(bool(((head & CELL_MASK) == CELL).all()))
    one, two = ((head >> np.uint64(48)) & np.uint64(255)).astype(np.int32) - A, (head >> np.uint64(56)).astype(np.int32) - A
    column, after = one, at + 7
    if (two >= 0).any():
        three = codes[at + 8].astype(np.int32) - A
        is_long = two >= 0
        is_longest = is_long & (three >= 0)
        column = np.where(is_long, (column + 1) * 26 + two, column)
        column = np.where(is_longest, (column + 1) * 26 + three, column)
        after = after + is_long + is_longest
        _require(bool((two < 26).all()) and bool((three[is_long] < 26).all()))
    _require(bool(((one >= 0) & (one < 26)).all()))
    return column, after


def _row_marks(text: bytes, start: np.ndarray, end: np.ndarray) -> tuple[tuple[int, ...], bool]:
    """Rows that are hidden, and whether any stands in an outline."""
    tags = slices(text, start, end)
    joined = tags.buffers()[2].to_pybytes() if len(tags) else b""  # of all tags, one after another
    numbers: tuple[int, ...] = ()
    if b" hidden=" in joined:
        hidden = tags.filter(pc.match_substring(tags, " hidden=")).to_pylist()
        numbers = tuple(int(found[1]) - 1 for tag in hidden if (found := HIDDEN_ROW.search(tag)))
    return numbers, OUTLINED.search(joined) is not None


def _require(holds: bool) -> None:
    if not holds:
        raise NotPlain
