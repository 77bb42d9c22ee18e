"""Cells of a big sheet gathered column by column, piece by piece, and then each column in the kind that its body is of.

Texts are kept as numbers of distinct texts, as the file itself keeps its shared strings; so a column of a million names costs a
million small integers. A column whose body mixes kinds becomes an array of cells.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.cell_formats import EPOCH, LAST_SERIAL, SHIFT_1904, date_of_serial
from sbyt_core.sales.formats.grid import CellError
from sbyt_core.sales.formats.xlsx_parts import strings_of
from sbyt_core.sales.formats.xlsx_piece import DATE, ERROR, NUMBER, SHARED, TEXT, NotPlain, Piece, slices
from sbyt_core.sales.formats.xlsx_sheet import LARGEST, TRUE

MOST_COLUMNS = 1_000  # a flat table has no more; each costs some calls a piece
PLAIN_NUMBER = r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$"
NOT_AS_WRITTEN = r"[&\x00-\x1f]|_x"  # texts that XML or Excel writes otherwise than they read
DAY = 86_400_000_000  # microseconds


@dataclass
class _Kind:
    """Cells of one kind in a column: their rows, and float64 numbers, int32 numbers of shared strings, or Arrow texts."""

    rows: list[np.ndarray] = field(default_factory=list)
    values: list = field(default_factory=list)


class SheetColumns:
    """The cells of one sheet while it is read."""

    def __init__(self) -> None:
        self._columns: dict[int, dict[int, _Kind]] = {}
        self.n_cells = 0

    @property
    def first(self) -> int:
        """The first column that holds a cell."""
        return min(self._columns)

    @property
    def last(self) -> int:
        """The last one."""
        return max(self._columns)

    def add(self, piece: Piece) -> None:
        """Take the cells of a piece. Raises NotPlain, damaged_file."""
        self.n_cells += len(piece.row)
        if not len(piece.row):
            return
        order = np.argsort(piece.column.astype(np.int16), kind="stable")
        sizes = np.bincount(piece.column)
        ends = np.cumsum(sizes)
        for j in np.flatnonzero(sizes).tolist():
            where = order[ends[j] - sizes[j] : ends[j]]
            kinds = piece.kind[where]
            for kind in np.flatnonzero(np.bincount(kinds)).tolist():
                chosen = where if kinds[0] == kind and (kinds == kind).all() else where[kinds == kind]
                self._add(j, kind, piece.row[chosen], slices(piece.text, piece.start[chosen], piece.end[chosen]))
        if len(self._columns) > MOST_COLUMNS:
            raise NotPlain

    def _add(self, j: int, kind: int, rows: np.ndarray, texts: pa.Array) -> None:
        if kind in (NUMBER, DATE):
            values = _numbers(texts)
            unread = np.isnan(values)
            if unread.any():
                self._add(j, TEXT, rows[unread], texts.filter(pa.array(unread)))
                rows, values = rows[~unread], values[~unread]
        elif kind == SHARED:
            try:
                values = pc.cast(texts, pa.int32()).to_numpy()
            except pa.ArrowInvalid:
                raise NotPlain from None
        else:
            values = _valid(texts)
        held = self._columns.setdefault(j, {}).setdefault(kind, _Kind())
        held.rows.append(rows.astype(np.int32))
        held.values.append(values)

    def column(self, j: int, *, first: int, n_rows: int, body: slice, strings: pa.Array, since_1904: bool) -> pd.Series | np.ndarray:
        """Column j of the rows from `first` on, typed by the kind of its body; cells of another kind above and below it are missing.

        body: rows of the result that tell the kind. Texts are a category, numbers float64, dates datetime64[us]; mixed cells object.
        """
        found = self._columns.get(j, {})
        kinds = {kind: (np.concatenate(held.rows) - first, _joined(held.values, kind, strings)) for kind, held in found.items()}
        met = {kind for kind, (rows, _) in kinds.items() if ((rows >= body.start) & (rows < body.stop)).any()}
        if met <= {SHARED, TEXT}:
            return _texts([kinds[kind] for kind in (SHARED, TEXT) if kind in kinds], n_rows)
        if met == {NUMBER}:
            rows, numbers = kinds[NUMBER]
            result = np.full(n_rows, np.nan)
            result[rows] = numbers
            return pd.Series(result)
        if met == {DATE}:
            rows, numbers = kinds[DATE]
            days = _moments(numbers, since_1904)
            if not np.isnat(days[(rows >= body.start) & (rows < body.stop)]).any():
                moments = np.full(n_rows, np.datetime64("NaT"), dtype="datetime64[us]")
                moments[rows] = days
                return pd.Series(moments)
        return _cells(kinds, n_rows, since_1904)


def clean_texts(texts: pa.Array) -> pa.Array:
    """Texts as they read: with the characters that XML and Excel write by a code, without those that XML forbids; null where empty."""
    odd = np.flatnonzero(pc.match_substring_regex(texts, NOT_AS_WRITTEN).to_numpy(zero_copy_only=False))
    if len(odd):
        raw = texts.take(pa.array(odd)).to_pylist()
        read = strings_of([b"<sst>", *(f'<si><t xml:space="preserve">{text}</t></si>'.encode() for text in raw), b"</sst>"])
        if len(read) != len(odd):
            raise BadFile("damaged_file")
        texts = pc.replace_with_mask(texts, _mask(odd, len(texts)), pa.array(read, texts.type))
    return pc.if_else(pc.equal(texts, ""), None, texts)


def _numbers(texts: pa.Array) -> np.ndarray:
    """float64, NaN where the text is no number of ordinary size."""
    try:
        values = pc.cast(texts, pa.float64()).to_numpy(zero_copy_only=False)
    except pa.ArrowInvalid:
        plain = pc.if_else(pc.match_substring_regex(texts, PLAIN_NUMBER), texts, None)
        values = pc.cast(plain, pa.float64()).to_numpy(zero_copy_only=False)
    with np.errstate(invalid="ignore"):
        is_wild = ~(np.abs(values) < LARGEST)
    return np.where(is_wild, np.nan, values) if is_wild.any() else values


def _valid(texts: pa.Array) -> pa.Array:
    try:
        texts.validate(full=True)
    except pa.ArrowInvalid as fault:  # not UTF-8
        raise BadFile("damaged_file") from fault
    return texts


def _joined(values: list, kind: int, strings: pa.Array) -> Any:
    """Numbers as one array; texts as (number of its text a cell, distinct texts)."""
    if kind in (NUMBER, DATE):
        return np.concatenate(values)
    if kind == SHARED:
        numbers = np.concatenate(values)
        if numbers.max(initial=-1) >= len(strings):
            raise BadFile("damaged_file")
        used = np.zeros(len(strings) + 1, dtype=bool)
        used[numbers] = True
        used[-1] = False  # a number below 0 is no string
        place = np.where(used, np.cumsum(used) - 1, -1).astype(np.int32)
        return place[np.maximum(numbers, -1)], strings.filter(pa.array(used[:-1]))
    found = pa.chunked_array(values).dictionary_encode().combine_chunks()
    return found.indices.to_numpy().astype(np.int32), clean_texts(found.dictionary) if kind == TEXT else found.dictionary


def _texts(parts: list, n_rows: int) -> pd.Series:
    """A column of text as a category: its distinct texts, each once."""
    codes = np.full(n_rows, -1, dtype=np.int32)
    distinct: list[pa.Array] = []
    for rows, (places, texts) in parts:
        codes[rows] = np.where(places >= 0, places + sum(map(len, distinct)), -1)
        distinct.append(texts)
    texts = pa.concat_arrays(distinct) if distinct else pa.array([], pa.string())
    once = texts.dictionary_encode()  # two numbers may stand for one text, and some for none
    if len(once.dictionary) < len(texts):
        place = once.indices.fill_null(-1).to_numpy().astype(np.int32)
        codes, texts = np.append(place, np.int32(-1))[codes], once.dictionary
    return pd.Series(pd.Categorical.from_codes(codes, categories=pd.Index(texts.to_pandas(), dtype="str"), validate=False))


def _cells(kinds: dict, n_rows: int, since_1904: bool) -> np.ndarray:
    """A column of mixed kinds as an array of cells."""
    result = np.full(n_rows, None, dtype=object)
    for kind, (rows, held) in kinds.items():
        if kind == NUMBER:
            result[rows] = held.astype(object)
            continue
        if kind == DATE:
            places, distinct = pd.factorize(held)
            cells: Iterable = [date_of_serial(float(number), since_1904=since_1904) for number in distinct]
        else:
            places, distinct = held
            texts = distinct.to_pylist()
            cells = texts if kind in (SHARED, TEXT) else [_marked(text.strip(), kind) for text in texts]
        table = np.empty(len(distinct) + 1, dtype=object)
        table[:-1] = list(cells)
        result[rows] = table[places]
    return result


def _marked(text: str, kind: int) -> CellError | bool | None:
    if not text:
        return None
    return CellError(text) if kind == ERROR else text in TRUE


def _moments(serials: np.ndarray, since_1904: bool) -> np.ndarray:
    """datetime64[us] of serial numbers, to the millisecond, as `date_of_serial`; NaT where it is no date of a calendar."""
    days = serials + (SHIFT_1904 if since_1904 else 0)
    is_date = (days >= 1) & (days < LAST_SERIAL)
    moments = np.rint(np.where(is_date, days + (days < 60), 0) * DAY).astype(np.int64) + 500
    result = np.datetime64(EPOCH, "us") + (moments // 1000 * 1000).astype("timedelta64[us]")
    return np.where(is_date, result, np.datetime64("NaT"))


def _mask(places: np.ndarray, size: int) -> pa.Array:
    mask = np.zeros(size, dtype=bool)
    mask[places] = True
    return pa.array(mask)
