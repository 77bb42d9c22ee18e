"""One column of a table: its header, its cells, and its readings as text, numbers and dates, each made once.

Typed columns (a pandas Series of numbers, dates or text) are read without an object per cell; columns of cells are split by the
kind of each cell. Texts are read once per distinct text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from functools import cached_property

import numpy as np
import pandas as pd

from sbyt_core.sales.formats.grid import CellError
from sbyt_core.sales.values.dates import DAY_FIRST, FIRST_YEAR, LAST_YEAR, Dates, read_date, read_dates, serial_day
from sbyt_core.sales.values.numbers import DECIMAL, Numbers, marks_told, read_numbers, take_apart
from sbyt_core.sales.values.texts import MANY, date_tokens, matching, plain_numbers, sample, squeezed
from sbyt_core.sales.vocabulary import squeeze

EMPTY, TEXT, NUMBER, DATE, OTHER = range(5)  # kinds of cells; OTHER: an error or a truth value
LARGEST = 1e15  # a quadrillion: a larger figure is a slip or a trick, not a sale
NAT = np.datetime64("NaT")
DASHES = frozenset("-–—−")


def kind_of(cell: object) -> int:
    """The kind of one cell; a text of spaces is empty."""
    if cell is None:
        return EMPTY
    if isinstance(cell, str):
        return TEXT if cell.strip() else EMPTY
    if isinstance(cell, bool):
        return OTHER
    if isinstance(cell, (float, int)):
        return NUMBER if cell == cell else EMPTY
    return DATE if isinstance(cell, (datetime, date)) else OTHER


def show(cell: object) -> str:
    """A cell as a person reads it: numbers without a needless ".0", dates as dd.mm.yyyy."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (datetime, date)):
        return cell.strftime("%d.%m.%Y")
    return str(cell)


class Column:
    """A column below its header. parts: the header's rows, top to bottom, when it has several."""

    def __init__(
        self,
        header: str,
        cells: np.ndarray | pd.Series,
        parts: tuple[str, ...] = (),
        currency: str | None = None,
        words: Mapping[int, str] | None = None,
    ) -> None:
        self.header = header
        self.parts = parts or (header,)
        self.cells = cells
        self.currency = currency  # ISO code by the cells' number format
        self.words = dict(words or {})  # row → a text among figures or dates («Итого»), where `cells` are a Series that cannot hold it
        self._numbers: dict[tuple, Numbers] = {}
        self._dates: dict[str | None, Dates] = {}

    def __len__(self) -> int:
        return len(self.cells)

    @cached_property
    def kinds(self) -> np.ndarray:
        """int8 kind of every cell."""
        if isinstance(self.cells, pd.Series):
            kind = NUMBER if self.cells.dtype.kind in "fiu" else DATE if self.cells.dtype.kind == "M" else TEXT
            kinds = np.where(self.cells.isna().to_numpy(), EMPTY, kind).astype("int8")
            if kind == TEXT:
                blank = np.zeros(len(self.uniques) + 1, dtype=bool)
                blank[[i for i in matching(self.uniques, r"^\s*$|^[\x{00a0}\x{202f}\s]+$") if not self.uniques[i].strip()]] = True
                if blank.any():
                    kinds[blank[self.codes]] = EMPTY
            kinds[list(self.words)] = TEXT
            return kinds
        return np.fromiter(map(kind_of, self.cells), dtype="int8", count=len(self.cells))

    @cached_property
    def _factor(self) -> tuple[np.ndarray, np.ndarray]:
        if isinstance(self.cells, pd.Series):
            if isinstance(self.cells.dtype, pd.CategoricalDtype):
                return _distinct(self.cells)
            if self.cells.dtype.kind in "fiuM":
                codes, uniques = pd.factorize(np.array(list(self.words.values()), dtype=object))
                placed = np.full(len(self.cells), -1)
                placed[list(self.words)] = codes
                return placed, np.asarray(uniques, dtype=object)
            codes, uniques = pd.factorize(self.cells)
            return codes, np.asarray(uniques, dtype=object)
        codes = np.full(len(self.cells), -1)
        texts = self.kinds == TEXT
        found, uniques = pd.factorize(self.cells[texts].astype(object))
        codes[texts] = found
        return codes, np.asarray(uniques, dtype=object)

    @property
    def codes(self) -> np.ndarray:
        """Index into `uniques` of every cell that is text, −1 elsewhere."""
        return self._factor[0]

    @property
    def uniques(self) -> np.ndarray:
        """Distinct texts of the column."""
        return self._factor[1]

    def take(self, rows: np.ndarray) -> Column:
        """The column of these rows, in this order."""
        cells = self.cells[rows] if isinstance(self.cells, np.ndarray) else self.cells.iloc[rows].reset_index(drop=True)
        words = {place: self.words[row] for place, row in enumerate(rows.tolist()) if row in self.words} if self.words else {}
        return Column(self.header, cells, self.parts, self.currency, words)

    def first(self, n: int) -> list[object]:
        """The first n cells as they are."""
        return self._plain(np.arange(min(n, len(self))))

    def share(self, kind: int) -> float:
        """Share of a kind among the filled cells; 0 where none is filled."""
        filled = int((self.kinds != EMPTY).sum())
        return float((self.kinds == kind).sum()) / filled if filled else 0.0

    def by_text(
        self, function: Callable[[str], object], missing: object = None, dtype: type = object, hint: str | None = None
    ) -> np.ndarray:
        """What a function says of every text cell (called once a distinct text), `missing` elsewhere.

        hint: an RE2 pattern that every text has of which the function says anything but `missing`; it saves asking about the others.
        """
        said: np.ndarray = np.full(len(self.uniques) + 1, missing, dtype=dtype)
        for i in range(len(self.uniques)) if hint is None else matching(self.uniques, hint):
            said[i] = function(self.uniques[i])
        return said[self.codes]

    def labels(self, where: np.ndarray | None = None) -> pd.Series:
        """Every cell as text for people (str, missing where empty): squeezed text, whole numbers without ".0".

        where: a bool a row, for these rows alone.
        """
        texts = squeezed(self.uniques)
        rest = (self.kinds == NUMBER) | (self.kinds == DATE)
        if not rest.any():
            codes = self.codes if where is None or where.all() else self.codes[where]
            return pd.Series(pd.array(texts, dtype="str").take(codes, allow_fill=True))
        found = np.append(texts, np.array([None], dtype=object))[self.codes]
        if rest.any():
            codes, uniques = pd.factorize(np.asarray(self._plain(rest), dtype=object))
            found[rest] = np.array([show(cell) for cell in uniques], dtype=object)[codes]
        return pd.Series(found if where is None else found[where], dtype="str")

    def label(self, row: int) -> str:
        """One cell as in `labels`; nothing where it is empty."""
        return squeeze(show(self._plain(np.array([row]))[0]))

    def marks_of_cells(self) -> np.ndarray:
        """A uint64 for every cell, equal for equal cells: to find rows that repeat."""
        if isinstance(self.cells, pd.Series) and self.cells.dtype.kind in "fiuM":
            values = self.cells.to_numpy()
            return (values.astype("float64") + 0.0 if self.cells.dtype.kind in "fiu" else values.astype("int64")).view("uint64")
        if (self.kinds == NUMBER).any() or (self.kinds == DATE).any() or (self.kinds == OTHER).any():
            return pd.factorize(self.cells)[0].astype("int64").view("uint64")
        return self.codes.astype("int64").view("uint64")

    def numbers(self, convention: str | None = None, told: dict[str, str] | None = None) -> Numbers:
        """The column as numbers; see `read_numbers` for the two settings."""
        key = (convention, tuple(sorted((told or {}).items())))
        if key not in self._numbers:
            self._numbers[key] = _bounded(self._read_numbers(convention, told))
        return self._numbers[key]

    @cached_property
    def marks(self) -> dict[str, str]:
        """What the texts of this column tell about comma and dot."""
        return marks_told([take_apart(text) for text in sample(self.uniques)])

    def dates(self, order: str | None = None) -> Dates:
        """The column as days; order: "day_first", "month_first" or None to let the column decide."""
        if order not in self._dates:
            self._dates[order] = self._read_dates(order)
        return self._dates[order]

    @cached_property
    def number_share(self) -> float:
        """Share of filled cells that are numbers or texts that read as numbers; a dash stands for a number that is not there."""
        return self._share_like(NUMBER, lambda text: take_apart(text) is not None or text.strip() in DASHES)

    @cached_property
    def date_share(self) -> float:
        """Share of filled cells that are dates or texts that read as dates; serial numbers do not count here."""
        return self._share_like(
            DATE, lambda text: len(text) < 40 and take_apart(text) is None and read_date(text, inside=False) is not None
        )

    @cached_property
    def serial_share(self) -> float:
        """Share of filled cells that are numbers in the range of serial dates or of yyyymmdd."""
        filled = int((self.kinds != EMPTY).sum())
        numbers = self.numbers("decimal").values
        found = numbers[~np.isnan(numbers)]
        like = sum(serial_day(number) is not None for number in pd.unique(found)) if len(found) else 0
        return like / max(len(pd.unique(found)), 1) * (len(found) / filled) if filled else 0.0

    def _share_like(self, kind: int, like: Callable[[str], bool]) -> float:
        """Share of filled cells of a kind, or whose text is like it; of very many distinct texts a sample is asked."""
        filled = int((self.kinds != EMPTY).sum())
        if not filled:
            return 0.0
        if len(self.uniques) > MANY:
            alike = float(np.mean([like(text) for text in sample(self.uniques)])) * int((self.codes >= 0).sum())
        else:
            alike = float(self.by_text(like, False, bool).sum())
        return (float((self.kinds == kind).sum()) + alike) / filled

    def _plain(self, where: np.ndarray) -> list[object]:
        if isinstance(self.cells, np.ndarray):
            return list(self.cells[where])
        rows = np.flatnonzero(where) if where.dtype == bool else where
        cells = [
            None if cell is pd.NaT or cell != cell else cell.to_pydatetime() if isinstance(cell, pd.Timestamp) else cell
            for cell in self.cells.iloc[rows].tolist()
        ]
        return [self.words.get(row, cell) for row, cell in zip(rows.tolist(), cells, strict=True)] if self.words else cells

    def _read_numbers(self, convention: str | None, told: dict[str, str] | None) -> Numbers:
        if isinstance(self.cells, pd.Series) and self.cells.dtype.kind in "fiu":
            values = self.cells.to_numpy(dtype="float64")
            return Numbers(values, self.kinds == TEXT)
        read = self._read_texts(convention, told)
        values = np.append(read.values, np.nan)[self.codes]
        bad = np.append(read.bad, False)[self.codes]
        numbers = self.kinds == NUMBER
        if isinstance(self.cells, np.ndarray) and numbers.any():
            values[numbers] = self.cells[numbers].astype("float64")
        bad |= (self.kinds == OTHER) | (self.kinds == DATE)
        return Numbers(values, bad, read.ambiguous, read.currencies, read.percent)

    def _read_texts(self, convention: str | None, told: dict[str, str] | None) -> Numbers:
        """The distinct texts as numbers; of very many the plain ones are read together, once the column has told its decimal mark."""
        marks = {**(told or {}), **self.marks} if len(self.uniques) > MANY else {}
        decimal = next((mark for mark, said in marks.items() if said == DECIMAL), None)
        if decimal is None:
            return read_numbers(list(self.uniques), convention, told)
        values = plain_numbers(self.uniques, decimal)
        rest = np.flatnonzero(np.isnan(values))
        read = read_numbers([self.uniques[i] for i in rest], convention, marks)
        bad = np.zeros(len(values), dtype=bool)
        values[rest], bad[rest] = read.values, read.bad
        return Numbers(values, bad, read.ambiguous, read.currencies, read.percent)

    def _read_dates(self, order: str | None) -> Dates:
        place, tokens = pd.factorize(date_tokens(self.uniques)) if len(self.uniques) > MANY else (slice(None), self.uniques)
        read = read_dates([str(text) for text in tokens], order)
        days = np.append(read.days[place], NAT)[self.codes]
        bad = np.append(read.bad[place], False)[self.codes]
        real = self.kinds == DATE
        if real.any():
            if isinstance(self.cells, pd.Series):
                found = self.cells[real].dt.normalize().to_numpy().astype("datetime64[us]")
            else:
                found = np.array([np.datetime64(cell, "us") for cell in self.cells[real]]).astype("datetime64[D]").astype("datetime64[us]")
            years = found.astype("datetime64[Y]").astype(int) + 1970
            known = (years >= FIRST_YEAR) & (years <= LAST_YEAR)
            days[real] = np.where(known, found, NAT)
            bad[real] = ~known
        numbers = self.kinds == NUMBER
        if numbers.any():
            codes, uniques = pd.factorize(np.asarray(self.cells[numbers], dtype="float64"))
            serial = [serial_day(number) for number in uniques]
            found = np.array([np.datetime64(day) if day else NAT for day in serial], dtype="datetime64[us]")
            days[numbers] = found[codes]
            bad[numbers] = np.isnat(days[numbers])
        bad |= self.kinds == OTHER
        return Dates(days, bad, read.ambiguous, read.monthly, read.order if read.ambiguous or order is None else order or DAY_FIRST)


def _distinct(cells: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Codes and distinct texts of a category, without texts that stand in none of its cells."""
    codes, texts = cells.cat.codes.to_numpy(), cells.cat.categories.to_numpy(dtype=object)
    used = np.zeros(len(texts) + 1, dtype=bool)
    used[codes] = True
    used[-1] = False
    if used[:-1].all():
        return codes, texts
    return np.where(used, np.cumsum(used) - 1, -1)[codes], texts[used[:-1]]


def _bounded(read: Numbers) -> Numbers:
    """Figures that no sum of money can be are unread."""
    with np.errstate(invalid="ignore"):
        wild = np.abs(read.values) > LARGEST
    return replace(read, values=np.where(wild, np.nan, read.values), bad=read.bad | wild) if wild.any() else read


def error_text(cell: object) -> str:
    """A cell for a message: the error's code, else as shown."""
    return cell.code if isinstance(cell, CellError) else show(cell)
