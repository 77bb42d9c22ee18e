"""Tables of an HTML page, as programs save them under the name .xls.

A cell is text with its white space gathered; hard spaces stay, they carry thousands and indents. Where Excel wrote the number beside the
text (x:num) the number is taken. Spans are filled as merged ranges. A table inside a cell is a table of its own. Nothing is fetched or run.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

from sbyt_core.sales.formats.builder import SheetBuilder
from sbyt_core.sales.formats.grid import Grid

MAX_SPAN = 1_000  # columns or rows; browsers cap the span of a cell alike
MAX_TABLES = 500
MAX_NESTED = 20
SPACE = re.compile(r"[ \t\r\n\f]+")
OUTLINE = re.compile(r"mso-outline-level\s*:\s*(\d+)")
INDENT = re.compile(r"(?:mso-char-indent-count|padding-left|text-indent|margin-left)\s*:\s*(\d+)")
HIDDEN = re.compile(r"display\s*:\s*none")
SILENT = ("script", "style", "head", "title", "template")


def read_html(text: str) -> list[Grid]:
    """Every table with a filled cell, in the order of the page."""
    page = _Page()
    page.feed(text)
    page.close()
    grids: list[Grid] = []
    for sheet in page.sheets:
        if sheet.rows:
            sheet.name = str(len(grids) + 1)
            grids.append(sheet.grid())
    return grids


class _Table:
    def __init__(self, sheet: SheetBuilder) -> None:
        self.sheet = sheet
        self.row = -1
        self.column = 0
        self.taken: dict[int, int] = {}  # column → first row that is free under a row span
        self.pieces: list[str] | None = None
        self.spans = (1, 1)
        self.number: float | None = None
        self.bold = False
        self.indent = 0


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[SheetBuilder] = []
        self.open: list[_Table] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in SILENT:
            self.silent += tag != "head"
        elif tag == "table" and len(self.open) < MAX_NESTED and len(self.sheets) < MAX_TABLES:
            self.sheets.append(SheetBuilder(""))
            self.open.append(_Table(self.sheets[-1]))
        elif self.open:
            self._inside(self.open[-1], tag, {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag: str) -> None:
        if tag in SILENT:
            self.silent = max(self.silent - (tag != "head"), 0)
        elif self.open and tag in ("td", "th", "tr", "table"):
            _close_cell(self.open[-1])
            if tag == "table":
                self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and not self.silent and self.open[-1].pieces is not None:
            self.open[-1].pieces.append(SPACE.sub(" ", data))

    def close(self) -> None:
        super().close()
        while self.open:
            _close_cell(self.open.pop())

    def _inside(self, table: _Table, tag: str, attributes: dict[str, str]) -> None:
        style = attributes.get("style", "").lower()
        if tag == "tr":
            _close_cell(table)
            table.row += 1
            table.column = 0
            if level := OUTLINE.search(style):
                table.sheet.outline[table.row] = min(int(level[1]), 99)
            if HIDDEN.search(style) or "hidden" in attributes:
                table.sheet.hidden_rows.add(table.row)
        elif tag in ("td", "th"):
            _close_cell(table)
            table.row = max(table.row, 0)
            while table.taken.get(table.column, 0) > table.row:
                table.column += 1
            table.pieces = []
            table.spans = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
            table.number = _number(attributes.get("x:num"))
            table.bold = tag == "th"
            table.indent = int(INDENT.search(style)[1][:4]) if INDENT.search(style) else 0  # type: ignore[index]
        elif tag in ("b", "strong"):
            table.bold = True
        elif tag in ("br", "p", "div") and table.pieces:
            table.pieces.append("\n" if tag == "br" else " ")


def _close_cell(table: _Table) -> None:
    if table.pieces is None:
        return
    text = re.sub(r" *\n *", "\n", SPACE.sub(lambda m: "\n" if "\n" in m[0] else " ", "".join(table.pieces))).strip(" \n")
    filled = bool(text.strip()) or table.number is not None
    if filled:
        if table.row not in table.sheet.rows:
            if table.bold:
                table.sheet.bold.add(table.row)
            if table.indent:
                table.sheet.indent[table.row] = table.indent
        table.sheet.put(table.row, table.column, table.number if table.number is not None else text)
    rows, columns = table.spans
    if rows > 1:
        table.taken.update((column, table.row + rows) for column in range(table.column, table.column + columns))
    if filled and (rows > 1 or columns > 1):
        table.sheet.merged.append((table.row, table.column, table.row + rows - 1, table.column + columns - 1))
    table.column += columns
    table.pieces = None


def _span(text: str | None) -> int:
    digits = re.match(r"\s*(\d{1,6})", text or "")
    return min(max(int(digits[1]), 1), MAX_SPAN) if digits else 1


def _number(text: str | None) -> float | None:
    try:
        number = float(text) if text else None
    except ValueError:
        return None
    return number if number is not None and abs(number) < 1e300 else None
