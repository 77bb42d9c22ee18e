"""The sheet of a segment: its clients as a manager sorts, filters and prints them.

Greatest value first. The line over the header sums what the filter leaves in sight (SUBTOTAL 109). Columns that are empty
for the whole base (no profit in the file, no branches) are left out, in every sheet alike. The share is of the positive base:
a client at a loss has a negative one; a new client has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_range

from sbyt_core.reports.kit.book import MARKS, Book
from sbyt_core.reports.kit.plain_sheet import SheetColumn, put_table

TITLE_HEIGHT = 26.0  # points


COLUMNS = (
    SheetColumn("client", "text", None, 30),
    SheetColumn("client_code", "text", None, 13),
    SheetColumn("manager", "text", None, 20),
    SheetColumn("branch", "text", None, 13),
    SheetColumn("state", "text", None, 12),
    SheetColumn("tags", "text", None, 14),
    SheetColumn("revenue", "number", "money", 14, True),
    SheetColumn("profit", "number", "money", 13, True),
    SheetColumn("net_profit", "number", "money", 13, True),
    SheetColumn("margin", "number", "percent", 8),
    SheetColumn("share", "number", "percent", 8, True),
    SheetColumn("documents", "number", "whole", 11, True),
    SheetColumn("last_purchase", "number", "date", 11),
    SheetColumn("next_purchase", "number", "date", 12),
    SheetColumn("reasons", "text", None, 72, wrap=True),
    SheetColumn("override", "text", None, 24, wrap=True),
)
ATTRIBUTE = "attribute "  # begins the code of a column that the file names
ATTRIBUTE_WIDTH = 18  # characters


def client_columns(frame: pd.DataFrame) -> tuple[SheetColumn, ...]:
    """The columns that have anything to show in this base, attributes before the money. frame: as of `client_rows`."""
    own = [SheetColumn(name, "text", None, ATTRIBUTE_WIDTH, header=name[len(ATTRIBUTE) :]) for name in frame if name.startswith(ATTRIBUTE)]
    before = [column.code for column in COLUMNS].index("state")
    columns = [*COLUMNS[:before], *own, *COLUMNS[before:]]
    return tuple(column for column in columns if column.code == "client" or _has_values(frame[column.code]))


def with_attributes(rows: pd.DataFrame, attributes: pd.DataFrame | None) -> pd.DataFrame:
    """The rows with attributes of the clients. attributes: client_key and columns of text, one row a client; None adds nothing."""
    if attributes is None or attributes.empty:
        return rows
    known = attributes.drop_duplicates("client_key").set_index("client_key").reindex(rows["client_key"])
    return rows.assign(**{f"{ATTRIBUTE}{name}": known[name].astype("str").to_numpy() for name in known.columns})


def client_sheet(book: Book, segment: str, rows: pd.DataFrame, columns: Sequence[SheetColumn], *, title: str) -> None:
    """Write the sheet of one class. rows: its clients in order, columns by code."""
    sheet = book.sheet(book.speech(f"report.sheet.{segment}"), [column.width for column in columns], mark=segment)
    sheet.raw.set_row(sheet.row, TITLE_HEIGHT)
    sheet.put(0, title, "title", left=5, left_color=MARKS[segment], align="left", indent=1)
    sheet.down()
    if rows.empty:
        sheet.down()
        sheet.line(book.speech("report.no_clients"), "subtitle")
        return
    first, last = sheet.row + 2, sheet.row + 1 + len(rows)
    for index, column in enumerate(columns):
        if index == 0:
            sheet.put(0, book.speech("report.total_in_sight"), "label", align="left", indent=1)
        elif column.summed:
            value = float(rows[column.code].sum(min_count=1))
            if value == value:
                sheet.formula(index, f"=SUBTOTAL(109,{xl_range(first, index, last, index)})", round(value, 6), "total", column.number)
    sheet.down()
    put_table(sheet, rows, columns, filters=True)


def client_rows(
    frame: pd.DataFrame, *, words: Callable[[str], str], reasons: Sequence[str], overrides: Sequence[str], base: float
) -> pd.DataFrame:
    """The frame of a segmentation with what the sheets show beside: words of states and tags, margin, share, reasons, overrides."""
    revenue, profit = frame["revenue"], frame["profit"]
    shown: dict[str, Any] = {column.code: frame[column.code] for column in COLUMNS if column.code in frame}
    shown |= {
        "client_key": frame["client_key"],
        "segment": frame["segment"],
        "state": _spoken(frame["state"], lambda code: words(f"state.{code}")),
        "tags": _spoken(frame["tags"], lambda codes: ", ".join(words(f"tag.{code}") for code in codes.split(","))),
        "margin": (profit / revenue).where(revenue > 0),
        "share": (frame["value"] / base).where(frame["segment"] != "new") if base > 0 else np.nan,
        "reasons": list(reasons),
        "override": list(overrides),
    }
    return pd.DataFrame(shown, index=frame.index)


def _spoken(codes: pd.Series, say: Callable[[str], str]) -> list[str]:
    known = {code: say(code) for code in codes.dropna().unique() if code}
    return [known.get(code, "") for code in codes.to_numpy(dtype=object)]


def _has_values(values: pd.Series) -> bool:
    return bool((values.notna() & (values.astype(str) != "")).any()) if values.dtype.kind not in "fM" else bool(values.notna().any())
