"""A workbook of rows of the file: those behind a warning or left out, each with its place, to be mended in the accounting program."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pandas as pd

from sbyt_core.reports.kit.book import Book
from sbyt_core.texts import speech

WIDTHS = {"sheet": 24.0, "row": 8.0, "client": 32.0, "document": 28.0, "item": 28.0, "date": 12.0}  # characters
WIDTH = 16.0
NUMBERS = {"revenue": "money", "profit": "money", "discount": "money", "quantity": "decimal"}
DAY_ZERO = np.datetime64("1899-12-30", "D")


def rows_workbook(
    table: pd.DataFrame, *, title: str, as_read: bool, lang: str = "ru", currency: str = "RUB", made_at: datetime | None = None
) -> bytes:
    """The rows as bytes of an xlsx file. table: sheet, row, then columns of lines, or headers of the file where as_read."""
    words = speech(lang)
    book = Book(words, title=title, author="", made_at=made_at or datetime(2000, 1, 1), currency=currency)
    names = list(table.columns)
    sheet = book.sheet(
        words("report.sheet.rows"), [WIDTHS.get(name, WIDTH) if at < 2 or not as_read else WIDTH for at, name in enumerate(names)]
    )
    sheet.line(title, "section")
    sheet.down()
    header = sheet.row
    labels = [words("rows.sheet"), words("rows.row"), *(name if as_read else words(f"role.{name}") for name in names[2:])]
    written = [_column(book, table[name], name, lines=not as_read or at < 2) for at, name in enumerate(names)]
    sheet.header(labels, numbers=[at for at, (_, kind, _) in enumerate(written) if kind == "number"])
    sheet.rows(written)
    sheet.raw.freeze_panes(header + 1, 2)
    if len(table):
        sheet.raw.autofilter(header, 0, sheet.row - 1, len(names) - 1)
    return book.bytes()


def _column(book: Book, values: pd.Series, name: str, *, lines: bool) -> tuple[list, str, object]:
    if lines and name == "date":
        days = (values.to_numpy(dtype="datetime64[D]") - DAY_ZERO).astype("float64")
        return np.where(values.isna(), np.nan, days).tolist(), "number", book.look("plain", "date")
    if lines and values.dtype.kind in "fi":
        return values.tolist(), "number", book.look("plain", NUMBERS.get(name))
    return values.to_numpy(dtype=object, na_value=None).tolist(), "text", book.look("text")
