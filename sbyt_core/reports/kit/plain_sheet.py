"""A table of figures on a sheet: header, rows, sums as formulas, filters, and the head that stays in sight."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from xlsxwriter.utility import xl_range

from sbyt_core.reports.kit.book import Sheet, row_heights
from sbyt_core.reports.segments.client_sheet import HEADER_HEIGHT, ClientColumn, _look, _values

SUM_DIGITS = 6


def put_table(
    sheet: Sheet, rows: pd.DataFrame, columns: Sequence[ClientColumn], *, total: str | None = None, filters: bool = False
) -> tuple[int, int]:
    """Write the table at the current row; the first and the row after the last of its rows, from 0.

    rows: columns by code; total: label of a last line of sums of the summed columns; filters: filters and a frozen header.
    """
    book = sheet.book
    header = sheet.row
    labels = [column.header or book.label(column.code, money=column.number == "money") for column in columns]
    sheet.header(labels, numbers=[at for at, column in enumerate(columns) if column.kind == "number"], height=HEADER_HEIGHT)
    cells = [_values(rows[column.code], column) for column in columns]
    written = [(values, column.kind, book.look(_look(column), column.number)) for values, column in zip(cells, columns, strict=True)]
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
