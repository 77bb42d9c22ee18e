"""OpenDocument sheets (LibreOffice, Р7, МойОфис): cells from content.xml as a stream.

Repeated cells and rows count only where they are filled: a style repeated to the last row of the sheet is not data. A row group gives the
outline level; the indent is the margin or padding of the cell's style. A document under a password is password_protected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.archive import Archive
from sbyt_core.sales.formats.builder import MAX_COLUMNS, MAX_PLACES, MAX_ROWS, SheetBuilder
from sbyt_core.sales.formats.grid import Cell, CellError, Grid
from sbyt_core.sales.formats.safe_xml import Attributes, parse

Wanted = Callable[[list[str]], set[str]]

MAX_TABLES = 1_000
LENGTH = re.compile(r"([\d.]+)(mm|cm|in|pt|px)")
MILLIMETRES = {"mm": 1.0, "cm": 10.0, "in": 25.4, "pt": 25.4 / 72, "px": 25.4 / 96}
STEP = 3.5  # millimetres of one indent in LibreOffice (10 pt)
ERROR_TEXT = re.compile(r"#(?:DIV/0!|N/A|NAME\?|NULL!|NUM!|REF!|VALUE!)|Err:\d{3}|#ЗНАЧ!|#ДЕЛ/0!|#ССЫЛКА!|#ИМЯ\?|#Н/Д")


def read_ods(archive: Archive, *, wanted: Wanted) -> list[Grid]:
    """The sheets in their order; one that is not wanted comes empty. Raises password_protected, damaged_file."""
    if "META-INF/manifest.xml" in archive and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise BadFile("password_protected")
    return _read(archive.chunks("content.xml"), wanted)


def read_flat_ods(data: bytes, *, wanted: Wanted) -> list[Grid]:
    """The same from a document that is one XML file (.fods)."""
    return _read([data], wanted)


def _read(chunks: Iterable[bytes], wanted: Wanted) -> list[Grid]:
    reader = _Reader()
    parse(chunks, reader.start, reader.end, reader.text)
    names = wanted([sheet.name for sheet in reader.sheets])
    return [sheet.grid() if sheet.name in names else Grid(sheet.name, is_hidden=sheet.is_hidden) for sheet in reader.sheets]


class _Reader:
    def __init__(self) -> None:
        self.sheets: list[SheetBuilder] = []
        self.indents: dict[str, int] = {}
        self.bold: set[str] = set()
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.tables = self.level = self.annotation = 0
        self.row = self.column = self.head_column = 0
        self.row_repeat = 1
        self.cells: list[tuple[int, int, Cell]] = []  # column, repeated, value of the open row
        self.look = ""
        self.attributes: Attributes = {}
        self.pieces: list[str] | None = None
        self.paragraphs = 0

    def start(self, name: str, raw: Attributes) -> None:
        if name in ("p", "s", "tab", "line-break", "annotation"):
            self._text_mark(name, raw)
            return
        attributes = {key.rpartition(":")[2]: value for key, value in raw.items()}
        if name == "table":
            self.tables += 1
            if self.tables == 1 and len(self.sheets) < MAX_TABLES:
                hidden = attributes.get("style-name", "") in self.hidden_styles
                self.sheets.append(SheetBuilder(attributes.get("name", str(len(self.sheets) + 1)), is_hidden=hidden))
                self.row = self.head_column = self.level = 0
        elif name == "style":
            self.style = attributes.get("name", "")
        elif name.endswith("-properties"):
            self._style(name, attributes)
        elif self.tables != 1:
            return
        elif name == "table-row":
            self.row_repeat = _whole(attributes.get("number-rows-repeated"), MAX_ROWS)
            self.column, self.cells, self.look = 0, [], ""
            if attributes.get("visibility") in ("collapse", "filter"):
                self.sheets[-1].hidden_rows.update(range(self.row, min(self.row + self.row_repeat, MAX_ROWS)))
        elif name in ("table-cell", "covered-table-cell"):
            self.attributes, self.pieces, self.paragraphs = attributes, [], 0
        elif name == "table-row-group":
            self.level += 1
        elif name == "table-column":
            count = _whole(attributes.get("number-columns-repeated"), MAX_COLUMNS)
            if attributes.get("visibility") in ("collapse", "filter"):
                last = min(self.head_column + count, MAX_COLUMNS)
                self.sheets[-1].hidden_columns.update(range(self.head_column, last))
            self.head_column += count

    def end(self, name: str) -> None:
        if name == "table":
            self.tables -= 1
        elif name == "annotation":
            self.annotation -= 1
        elif self.tables != 1:
            return
        elif name in ("table-cell", "covered-table-cell") and self.pieces is not None:
            self._cell(name == "covered-table-cell")
            self.pieces = None
        elif name == "table-row":
            self._row()
        elif name == "table-row-group":
            self.level -= 1

    def text(self, piece: str) -> None:
        if self.pieces is not None and self.paragraphs and not self.annotation:
            self.pieces.append(piece)

    def _text_mark(self, name: str, raw: Attributes) -> None:
        if name == "annotation":
            self.annotation += 1
        elif self.pieces is None or self.annotation:
            return
        elif name == "p":
            if self.paragraphs:
                self.pieces.append("\n")
            self.paragraphs += 1
        else:
            count = next((_whole(value, 1000) for key, value in raw.items() if key.endswith(":c")), 1)
            self.pieces.append({"s": " " * count, "tab": "\t"}.get(name, "\n"))

    def _style(self, name: str, attributes: Attributes) -> None:
        if name == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif name in ("paragraph-properties", "table-cell-properties"):
            length = LENGTH.match(attributes.get("margin-left", "") or attributes.get("padding-left", ""))
            if length and (steps := round(float(length[1]) * MILLIMETRES[length[2]] / STEP)):
                self.indents[self.style] = min(steps, 250)
        elif name == "text-properties" and attributes.get("font-weight") == "bold":
            self.bold.add(self.style)

    def _cell(self, covered: bool) -> None:
        attributes, text = self.attributes, "".join(self.pieces or ())
        repeat = _whole(attributes.get("number-columns-repeated"), MAX_COLUMNS)
        value = None if covered else _value(attributes, text)
        sheet = self.sheets[-1]
        if value is None:
            if "formula" in attributes and not covered:
                sheet.formula_gaps[self.column] = sheet.formula_gaps.get(self.column, 0) + 1
        else:
            if not self.cells:
                self.look = attributes.get("style-name", "")
            self.cells.append((self.column, repeat, value))
            if isinstance(value, float) and attributes.get("currency"):
                sheet.currency.setdefault(self.column, attributes["currency"])
        across = _whole(attributes.get("number-columns-spanned"), MAX_COLUMNS)
        down = _whole(attributes.get("number-rows-spanned"), MAX_ROWS)
        if across > 1 or down > 1:
            sheet.merged.append((self.row, self.column, self.row + down - 1, self.column + across - 1))
        self.column += repeat

    def _row(self) -> None:
        sheet, cells = self.sheets[-1], self.cells
        if cells:
            width = sum(repeat for _, repeat, _ in cells)
            if sheet.n_cells + width * self.row_repeat > MAX_PLACES:
                raise BadFile("too_many_cells", rows=self.row + self.row_repeat, columns=width, limit=MAX_PLACES)
            for row in range(self.row, self.row + self.row_repeat):
                for column, repeat, value in cells:
                    for j in range(column, column + repeat):
                        sheet.put(row, j, value)
                if self.level:
                    sheet.outline[row] = self.level
                if self.look in self.bold:
                    sheet.bold.add(row)
                if indent := self.indents.get(self.look):
                    sheet.indent[row] = indent
        self.row += self.row_repeat


def _value(attributes: Attributes, text: str) -> Cell:
    kind = attributes.get("value-type")
    if kind == "string":
        return attributes.get("string-value", text) or None
    if ERROR_TEXT.fullmatch(text):
        return CellError(text)
    try:
        if kind in ("float", "percentage", "currency"):
            number = float(attributes["value"])
            return number if abs(number) < 1e300 else None
        if kind == "boolean":
            return attributes["boolean-value"] == "true"
        if kind == "date":
            return datetime.fromisoformat(attributes["date-value"]).replace(tzinfo=None)
    except (KeyError, ValueError):
        pass
    return text or None


def _whole(text: str | None, limit: int) -> int:
    return min(max(int(text), 1), limit) if text and text.isascii() and text.isdigit() else 1
