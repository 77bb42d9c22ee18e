"""A table of figures on a sheet: header, rows, sums as formulas, filters, and the head that stays in sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_range

from sbyt_core.reports.kit.book import HEADER_HEIGHT, Sheet, row_heights

SUM_DIGITS = 6
DAY_ZERO = np.datetime64("1899-12-30", "D")


@dataclass(frozen=True)
class SheetColumn:
    """One column: header code `report.column.CODE`, text or number, number format, width in characters; summed on top; wrapped.

    header: stands for itself, for a column that the file names.
    """

    code: str
    kind: str
    number: str | None
    width: float
    summed: bool = False
    wrap: bool = False
    header: str | None = None

    @property
    def look(self) -> str:
        """The look of its cells."""
        return "wrapped" if self.wrap else "text" if self.kind == "text" else "plain"

    def cells(self, values: pd.Series) -> list:
        """Its values as they are written: days as numbers of Excel, text as text or nothing."""
        if self.number == "date":
            days = (values.to_numpy(dtype="datetime64[D]") - DAY_ZERO).astype("float64")
            return np.where(values.isna(), np.nan, days).tolist()
        if self.kind == "text":
            return values.to_numpy(dtype=object, na_value=None).tolist()
        return values.tolist()


def put_table(
    sheet: Sheet, rows: pd.DataFrame, columns: Sequence[SheetColumn], *, total: str | None = None, filters: bool = False
) -> tuple[int, int]:
    """Write the table at the current row; the first and the row after the last of its rows, from 0.

    rows: columns by code; total: label of a last line of sums of the summed columns; filters: filters and a frozen header.
    """
    book = sheet.book
    header = sheet.row
    labels = [column.header or book.label(column.code, money=column.number == "money") for column in columns]
    sheet.header(labels, numbers=[at for at, column in enumerate(columns) if column.kind == "number"], height=HEADER_HEIGHT)
    cells = [column.cells(rows[column.code]) for column in columns]
    written = [(values, column.kind, book.look(column.look, column.number)) for values, column in zip(cells, columns, strict=True)]
    wrapped = [(values, column.width) for values, column in zip(cells, columns, strict=True) if column.wrap]
    first = sheet.row
    sheet.rows(written, heights=row_heights(wrapped))
    last = sheet.row
    if filters and len(rows):
        sheet.raw.freeze_panes(header + 1, 1)
        sheet.raw.autofilter(header, 0, last - 1, len(columns) - 1)
        sheet.raw.repeat_rows(header)
    if total is not None and len(rows):
        sheet.put(0, total, "total", align="left", indent=1)
        for at, column in enumerate(columns[1:], start=1):
            if column.summed:
                value = round(float(rows[column.code].sum(min_count=1)), SUM_DIGITS)
                sheet.formula(at, f"=SUM({xl_range(first, at, last - 1, at)})", value, "total", column.number)
            else:
                sheet.put(at, None, "total")
        sheet.down()
    return first, last
