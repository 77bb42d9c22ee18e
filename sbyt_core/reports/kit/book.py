"""A workbook being written: one look for all reports, sheets from top to bottom, bytes at the end.

Rows are written once, in order, and leave memory at once (constant memory), so that a sheet of a million rows costs no more
than its file. A text is always written as a text and a formula of ours carries its value, so that readers that do not
calculate show the same figures. The time of making comes from outside: the same input gives the same bytes.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import partial
from io import BytesIO
from itertools import islice, zip_longest
from typing import Any

import xlsxwriter

from sbyt_core.reports.kit.clean import cell_text, cell_texts, footer_text, sheet_name
from sbyt_core.texts import Speech
from sbyt_core.texts.speech import CURRENCY_SIGNS

INK = "#1F2933"
QUIET = "#6B7785"
ACCENT = "#1F4E79"  # headers
LINE = "#D5DBE1"
WRONG = "#B3261E"
# one mark a class, the same in every report: blue, amber, grey-green, and grey for who has no class yet
MARKS = {"A": "#2F6DB5", "B": "#D98E04", "C": "#7A9A83", "new": "#9AA5B1"}
LINE_HEIGHT = 13.5  # points of one line of 10-point text
HEADER_HEIGHT = 30.0  # points: headers of two lines
HIGHEST_ROW = 405.0  # points: Excel takes 409
LETTERS_A_UNIT = 1.15  # letters of 10-point Arial in a unit of column width: Russian text, on the safe side
ROWS_A_BEAT = 2_000  # rows between two words of progress
UNDATED = datetime(2000, 1, 1)  # time of making in the properties of a file when none is given
EPOCH = date(1899, 12, 30)  # day 0 of Excel's calendar

_NUMBERS: dict[str, Any] = {
    "money": "#,##0.00;[Red]\\-#,##0.00",
    "whole": "#,##0",
    "decimal": "#,##0.0",
    "hours": "#,##0.00",
    "change": "+#,##0.00;\\-#,##0.00;0.00",
    "share": "0.00",
    "percent": "0.0%",
    "date": {"ru": "dd.mm.yyyy", "en": "d mmm yyyy"},
    "time": {"ru": "dd.mm.yyyy hh:mm", "en": "d mmm yyyy hh:mm"},
}
_LOOKS: dict[str, dict[str, Any]] = {
    "plain": {},
    "text": {"align": "left", "indent": 1},
    "wrap": {"text_wrap": True},
    "wrapped": {"text_wrap": True, "align": "left", "indent": 1},
    "title": {"bold": True, "font_size": 16, "valign": "vcenter"},
    "subtitle": {"font_color": QUIET},
    "finding": {"font_size": 12, "bold": True, "valign": "vcenter"},
    "section": {"bold": True, "font_size": 12, "font_color": ACCENT, "valign": "vcenter"},
    "header": {
        "bold": True,
        "font_color": "#FFFFFF",
        "bg_color": ACCENT,
        "text_wrap": True,
        "valign": "vcenter",
        "border": 1,
        "border_color": LINE,
    },
    "label": {"font_color": QUIET, "valign": "top", "text_wrap": True},
    "total": {"bold": True, "top": 1, "top_color": QUIET},
    "wrong": {"font_color": WRONG, "bold": True},
}
_HEIGHTS = {"title": 26.0, "section": 20.0, "finding": 20.0}  # points of a row in these looks


class Book:
    """A workbook in one language. currency: ISO code of the money; the words of sheets come from `speech`.

    made_at: None gives `UNDATED`; progress: called with the rows written since the last call; an exception in it stops the writing.
    """

    def __init__(
        self,
        speech: Speech,
        *,
        title: str,
        author: str,
        made_at: datetime | None,
        currency: str,
        progress: Callable[[int], None] | None = None,
    ) -> None:
        self.speech = speech
        self.currency = currency
        self.sign = CURRENCY_SIGNS.get(currency, currency)
        self.told = progress or (lambda rows: None)
        self._buffer = BytesIO()
        self.workbook = xlsxwriter.Workbook(
            self._buffer,
            {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
        )
        self.workbook.set_properties(
            {"title": cell_text(title), "author": cell_text(author), "created": (made_at or UNDATED).replace(tzinfo=None)}
        )
        self.workbook.set_calc_mode("auto")
        self._title = title
        self._names: list[str] = []
        self._formats: dict[tuple, Any] = {}

    def look(self, name: str = "plain", number: str | None = None, **more: object) -> Any:
        """The cell format of a look, with a number format and further properties."""
        key = (name, number, tuple(sorted(more.items())))
        if key not in self._formats:
            properties = {"font_name": "Arial", "font_size": 10, "font_color": INK, "valign": "top"} | _LOOKS[name] | more
            if number:
                pattern = _NUMBERS[number]
                properties["num_format"] = pattern if isinstance(pattern, str) else pattern[self.speech.lang]
            self._formats[key] = self.workbook.add_format(properties)
        return self._formats[key]

    def label(self, code: str, *, money: bool = False) -> str:
        """The header of a column, with the sign of the currency where it holds money."""
        text = self.speech(f"report.column.{code}")
        return f"{text}, {self.sign}" if money and self.sign else text

    def sheet(self, name: str, widths: Sequence[float], *, mark: str | None = None, landscape: bool = True) -> Sheet:
        """A new sheet, A4, one page wide. widths: of the columns, in characters; mark: a class of MARKS for the tab's colour."""
        name = sheet_name(name, self._names)
        self._names.append(name)
        sheet = self.workbook.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.look())
        sheet.hide_gridlines(2)
        sheet.set_paper(9)  # A4
        if landscape:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.7)
        sheet.set_footer(f"&L&8{footer_text(self._title)}&C&8&A&R&8&P / &N")
        if mark:
            sheet.set_tab_color(MARKS[mark])
        return Sheet(self, sheet, name)

    def bytes(self) -> bytes:
        """The finished workbook; nothing can be written after."""
        self.workbook.close()
        return self._buffer.getvalue()


class Sheet:
    """One sheet, written from top to bottom. row: the next row to write, from 0."""

    def __init__(self, book: Book, sheet: Any, name: str) -> None:
        self.book = book
        self.raw = sheet
        self.name = name
        self.row = 0

    def put(self, column: int, value: object, look: str = "plain", number: str | None = None, **more: object) -> None:
        """One cell of the current row: a text, a number or a date; missing leaves the cell empty in its look."""
        style = self.book.look(look, number, **more)
        if value is None or value != value:
            self.raw.write_blank(self.row, column, None, style)
        elif isinstance(value, str):
            self.raw.write_string(self.row, column, cell_text(value), style)
        elif isinstance(value, datetime):
            self.raw.write_datetime(self.row, column, value.replace(tzinfo=None), style)
        elif isinstance(value, date):
            self.raw.write_number(self.row, column, (value - EPOCH).days, style)
        else:
            self.raw.write_number(self.row, column, float(value), style)  # type: ignore[arg-type]

    def formula(self, column: int, text: str, value: float | None, look: str = "plain", number: str | None = None, **more: object) -> None:
        """One formula of ours with the value that it has; None is an empty text."""
        known: float | str = "" if value is None or value != value else value
        self.raw.write_formula(self.row, column, text, self.book.look(look, number, **more), known)

    def rows(self, columns: Sequence[tuple[Sequence, str, Any]], *, heights: Sequence[float | None] = ()) -> None:
        """Many rows at once.

        columns: values, "text" or "number", cell format; all of one length; missing stays empty. heights: of the rows in
        points, None for the usual one: not every program fits a row to a wrapped text by itself.
        """
        writers = {"text": _by_numbers(self.raw, "write_string"), "number": _by_numbers(self.raw, "write_number")}
        plan = [(column, writers[kind], style) for column, (_, kind, style) in enumerate(columns)]
        cells = [_texts(values) if kind == "text" else values for values, kind, _ in columns]
        row = self.row
        lines = zip_longest(zip(*cells, strict=True), heights)
        while part := list(islice(lines, ROWS_A_BEAT)):
            for values, height in part:
                for (column, write, style), value in zip(plan, values, strict=True):
                    if value == value and value != "":
                        write(row, column, value, style)
                if height:
                    self.raw.set_row(row, height)
                row += 1
            self.book.told(len(part))
        self.row = row

    def down(self, rows: int = 1) -> None:
        """Go to the next row, or further."""
        self.row += rows

    def line(self, text: str, look: str = "plain") -> None:
        """A row with one text in its first cell."""
        if look in _HEIGHTS:
            self.raw.set_row(self.row, _HEIGHTS[look])
        self.put(0, text, look)
        self.down()

    def header(self, texts: Sequence[str], *, numbers: Sequence[int] = (), height: float | None = None) -> None:
        """A row of column headers; numbers: the columns that hold figures, whose headers stand at the right as they do."""
        if height:
            self.raw.set_row(self.row, height)
        for column, text in enumerate(texts):
            self.put(column, text, "header", align="right" if column in numbers else "left", indent=0 if column in numbers else 1)
        self.down()


def lines_needed(text: str, width: float) -> int:
    """Lines that a wrapped text takes in a column of so many units, on the safe side."""
    letters = max(int(width * LETTERS_A_UNIT), 1)
    if len(text) <= letters and "\n" not in text:
        return 1
    return sum(max(1, -(-len(line) // letters)) for line in text.split("\n"))


def row_heights(columns: Sequence[tuple[Sequence, float]]) -> list[float | None]:
    """Heights of rows with wrapped texts: columns as texts and width; None where one line will do."""
    needed = [1] * len(columns[0][0]) if columns else []
    for texts, width in columns:
        for row, text in enumerate(texts):
            if isinstance(text, str) and (len(text) > width or "\n" in text):
                needed[row] = max(needed[row], lines_needed(text, width))
    return [min(LINE_HEIGHT * lines, HIGHEST_ROW) if lines > 1 else None for lines in needed]


def _by_numbers(sheet: Any, writer: str) -> Callable[..., Any]:
    """A writer of the sheet without its wrapper, which is there for addresses like "A1" alone."""
    return partial(inspect.unwrap(getattr(type(sheet), writer)), sheet)


def _texts(values: Sequence) -> list[str]:
    if set(map(type, values)) != {str}:
        values = [value if isinstance(value, str) else "" for value in values]
    return cell_texts(list(values))
