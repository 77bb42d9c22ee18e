"""Excel 2003 XML (SpreadsheetML): cells carry their type; an index skips, a merge covers."""

from __future__ import annotations

import re
from datetime import datetime

from sbyt_core.sales.formats.builder import MAX_COLUMNS, MAX_ROWS, SheetBuilder
from sbyt_core.sales.formats.cell_formats import currency_of_format
from sbyt_core.sales.formats.grid import Cell, CellError, Grid
from sbyt_core.sales.formats.safe_xml import Attributes, parse

CHUNK = 1 << 18
DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")


def read_spreadsheetml(text: str) -> list[Grid]:
    """Every sheet, in its order. Raises damaged_file, damaged_or_unsafe_file."""
    body = DECLARATION.sub("", text, count=1).lstrip()  # the text is decoded already: what it says of its encoding no longer holds
    reader = _Reader()
    parse((body[at : at + CHUNK].encode() for at in range(0, len(body), CHUNK)), reader.start, reader.end, reader.text)
    return [sheet.grid() for sheet in reader.sheets]


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[SheetBuilder] = []
        self.indents: dict[str, int] = {}
        self.bold: set[str] = set()
        self.currencies: dict[str, str] = {}
        self.style_id = self.style = self.kind = ""
        self.row = self.column = self.table_column = -1
        self.across = 0
        self.formula = self.filled = self.inside = self.visibility = False
        self.pieces: list[str] = []

    def start(self, name: str, raw: Attributes) -> None:
        attributes = {key.rpartition(":")[2]: value for key, value in raw.items()}
        if name == "Data":
            self.inside = True
            self.kind = attributes.get("Type", "String")
            self.pieces.clear()
        elif name == "Cell" and self.sheets:
            self._start_cell(attributes)
        elif name == "Row" and self.sheets:
            self.row = _whole(attributes.get("Index"), self.row + 2, MAX_ROWS) - 1
            self.column = -1
            if attributes.get("Hidden") == "1":
                last = min(self.row + _whole(attributes.get("Span"), 0, MAX_ROWS), MAX_ROWS)
                self.sheets[-1].hidden_rows.update(range(self.row, last + 1))
        elif name == "Worksheet":
            self.sheets.append(SheetBuilder(attributes.get("Name", str(len(self.sheets) + 1))))
            self.row = self.table_column = -1
        elif name == "Column" and self.sheets:
            first = _whole(attributes.get("Index"), self.table_column + 2, MAX_COLUMNS) - 1
            self.table_column = min(first + _whole(attributes.get("Span"), 0, MAX_COLUMNS), MAX_COLUMNS)
            if attributes.get("Hidden") == "1":
                self.sheets[-1].hidden_columns.update(range(first, self.table_column + 1))
        elif name == "Style":
            self.style_id = attributes.get("ID", "")
        elif name == "Alignment" and attributes.get("Indent"):
            self.indents[self.style_id] = _whole(attributes["Indent"], 0, 250)
        elif name == "Font" and attributes.get("Bold") == "1":
            self.bold.add(self.style_id)
        elif name == "NumberFormat" and (currency := currency_of_format(attributes.get("Format", ""))):
            self.currencies[self.style_id] = currency
        elif name == "Visible":
            self.visibility = True
            self.pieces.clear()

    def end(self, name: str) -> None:
        if name == "Data" and self.sheets:
            self.inside = False
            self._put(_value("".join(self.pieces), self.kind))
        elif name == "Cell" and self.sheets:
            if self.formula and not self.filled:
                gaps = self.sheets[-1].formula_gaps
                gaps[self.column] = gaps.get(self.column, 0) + 1
            self.column += self.across
        elif name == "Visible":
            self.visibility = False
            if self.sheets and "Hidden" in "".join(self.pieces):
                self.sheets[-1].is_hidden = True

    def text(self, piece: str) -> None:
        if self.inside or self.visibility:
            self.pieces.append(piece)

    def _start_cell(self, attributes: Attributes) -> None:
        self.column = _whole(attributes.get("Index"), self.column + 2, MAX_COLUMNS) - 1
        self.across = _whole(attributes.get("MergeAcross"), 0, MAX_COLUMNS)
        down = _whole(attributes.get("MergeDown"), 0, MAX_ROWS)
        self.style = attributes.get("StyleID", "")
        self.formula, self.filled = "Formula" in attributes, False
        if self.across or down:
            self.sheets[-1].merged.append((self.row, self.column, self.row + down, self.column + self.across))

    def _put(self, value: Cell) -> None:
        if value is None:
            return
        self.filled = True
        sheet = self.sheets[-1]
        if self.row not in sheet.rows:
            if self.style in self.bold:
                sheet.bold.add(self.row)
            if indent := self.indents.get(self.style):
                sheet.indent[self.row] = indent
        sheet.put(self.row, self.column, value)
        if isinstance(value, float) and self.style in self.currencies:
            sheet.currency.setdefault(self.column, self.currencies[self.style])


def _value(text: str, kind: str) -> Cell:
    if kind == "String":
        return text or None
    text = text.strip()
    if not text:
        return None
    if kind == "Error":
        return CellError(text)
    if kind == "Boolean":
        return text in ("1", "true")
    try:
        if kind == "Number":
            number = float(text)
            return number if abs(number) < 1e300 else text
        if kind == "DateTime":
            return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        pass
    return text


def _whole(text: str | None, default: int, limit: int) -> int:
    try:
        return min(max(int(text), 0), limit) if text else default
    except ValueError:
        return default
