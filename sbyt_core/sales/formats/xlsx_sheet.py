"""One sheet of an xlsx, cell by cell, from its XML alone: what the dimension says is not believed.

A cell without a reference stands after the one before it, a row without a number below the one before it. t="e" without a value is
how 1С writes an empty cell. A formula without a cached value is empty, and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.builder import SheetBuilder
from sbyt_core.sales.formats.cell_formats import date_of_serial
from sbyt_core.sales.formats.grid import Cell, CellError
from sbyt_core.sales.formats.safe_xml import Attributes, parse
from sbyt_core.sales.formats.xlsx_parts import Styles, unescaped


class Strings(Protocol):
    """The shared strings by their number."""

    def __len__(self) -> int: ...

    def __getitem__(self, number: int, /) -> str: ...


REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
LARGEST = 1e300  # Excel stops at 1e308; what is beyond this is no amount, and inf and nan are not numbers
MAX_MERGED = 100_000  # ranges worth keeping
TRUE = ("1", "true", "on")


def read_sheet(
    chunks: Iterable[bytes],
    sheet: SheetBuilder,
    *,
    strings: Strings,
    styles: Styles,
    since_1904: bool = False,
) -> None:
    """Fill `sheet` from its XML."""
    reader = _SheetReader(sheet, strings, styles, since_1904)
    parse(chunks, reader.start, reader.end, reader.text)


class _SheetReader:
    def __init__(self, sheet: SheetBuilder, strings: Strings, styles: Styles, since_1904: bool) -> None:
        self.sheet, self.strings, self.styles = sheet, strings, styles
        self.since_1904 = since_1904
        self.row = self.column = self.marked = -1
        self.style = 0
        self.kind = "n"
        self.formula = self.inside = self.phonetic = False
        self.content = ""
        self.columns: dict[str, int] = {}  # letters → number

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._start_cell(attributes)
        elif name == "v" or name == "t":
            self.inside = not self.phonetic
        elif name == "f":
            self.formula = True
        elif name == "row":
            self._start_row(attributes)
        elif name == "rPh":
            self.phonetic = True
        elif name == "mergeCell" and len(self.sheet.merged) < MAX_MERGED:
            ends = [self._place(end) for end in attributes.get("ref", "").split(":")]
            if len(ends) == 2 and ends[0] and ends[1]:
                (top, left), (bottom, right) = ends[0], ends[1]
                self.sheet.merged.append((min(top, bottom), min(left, right), max(top, bottom), max(left, right)))
        elif name == "col" and attributes.get("hidden") in TRUE:
            first, last = int(attributes.get("min", 1)), int(attributes.get("max", 0))
            self.sheet.hidden_columns.update(range(first - 1, min(last, 16_384)))
        elif name == "outlinePr":
            self.sheet.summary_below = attributes.get("summaryBelow", "1") in TRUE

    def end(self, name: str) -> None:
        if name == "v" or name == "t":
            self.inside = False
        elif name == "c":
            value = self._value(self.content)
            if value is None:
                if self.formula:
                    self.sheet.formula_gaps[self.column] = self.sheet.formula_gaps.get(self.column, 0) + 1
                return
            self.sheet.put(self.row, self.column, value)
            if self.marked != self.row:
                self._mark_row()
            if (currency := self.styles.currencies.get(self.style)) and isinstance(value, float):
                self.sheet.currency.setdefault(self.column, currency)
        elif name == "rPh":
            self.phonetic = False

    def text(self, piece: str) -> None:
        if self.inside:
            self.content += piece

    def _start_row(self, attributes: Attributes) -> None:
        number = attributes.get("r")
        self.row = int(number) - 1 if number else self.row + 1
        self.column = -1
        if (level := attributes.get("outlineLevel")) and level != "0":
            self.sheet.outline[self.row] = min(int(level), 99)
        if attributes.get("hidden") in TRUE:
            self.sheet.hidden_rows.add(self.row)

    def _start_cell(self, attributes: Attributes) -> None:
        place = self._place(attributes["r"]) if "r" in attributes else None
        if place:
            self.row, self.column = place
        else:
            self.column += 1
        self.style = int(attributes["s"]) if "s" in attributes else 0
        self.kind = attributes.get("t", "n")
        self.formula = False
        self.content = ""

    def _mark_row(self) -> None:
        """Marks of the first filled cell speak for the row."""
        self.marked = self.row
        if indent := self.styles.indents.get(self.style):
            self.sheet.indent[self.row] = indent
        if self.style in self.styles.bold:
            self.sheet.bold.add(self.row)

    def _place(self, reference: str) -> tuple[int, int] | None:
        letters = reference.rstrip("0123456789")
        if (column := self.columns.get(letters)) is not None:
            return int(reference[len(letters) :]) - 1, column
        match = REFERENCE.fullmatch(reference)
        if not match:
            return None
        column = 0
        for letter in match[1].upper():
            column = column * 26 + ord(letter) - 64
        if letters == match[1]:
            self.columns[letters] = column - 1
        return int(match[2]) - 1, column - 1

    def _value(self, text: str) -> Cell:
        kind = self.kind
        if kind == "n":
            return self._number(text) if text else None
        if kind == "s":
            number = int(text) if text.strip() else -1
            if number >= len(self.strings):
                raise BadFile("damaged_file")
            return (self.strings[number] or None) if number >= 0 else None
        if kind in ("inlineStr", "str"):
            return unescaped(text) or None
        text = text.strip()
        if not text:
            return None
        if kind == "e":
            return CellError(text)
        if kind == "b":
            return text in TRUE
        return _iso_date(text) if kind == "d" else text

    def _number(self, text: str) -> Cell:
        try:
            number = float(text)
        except ValueError:
            return text.strip() or None
        if not -LARGEST < number < LARGEST:
            return text
        return date_of_serial(number, since_1904=self.since_1904) if self.style in self.styles.dates else number


def _iso_date(text: str) -> Cell:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        pass
    try:
        return datetime.combine(date.fromisoformat(text), datetime.min.time())
    except ValueError:
        return text
