"""The sheet of a segment: its clients as a manager sorts, filters and prints them.

Greatest value first. The line over the header sums what the filter leaves in sight (SUBTOTAL 109). Columns that are empty
for the whole base (no profit in the file, no branches) are left out, in every sheet alike. The share is of the positive base:
a client at a loss has a negative one; a new client has none.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from xlsxwriter.utility import xl_range

from sbyt_core.reports.kit.book import MARKS, Book, row_heights

TITLE_HEIGHT = 26.0  # points
HEADER_HEIGHT = 30.0  # points: two lines
DAY_ZERO = np.datetime64("1899-12-30", "D")


@dataclass(frozen=True)
class ClientColumn:
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


COLUMNS = (
    ClientColumn("client", "text", None, 30),
    ClientColumn("client_code", "text", None, 13),
    ClientColumn("manager", "text", None, 20),
    ClientColumn("branch", "text", None, 13),
    ClientColumn("state", "text", None, 12),
    ClientColumn("tags", "text", None, 14),
    ClientColumn("revenue", "number", "money", 14, True),
    ClientColumn("profit", "number", "money", 13, True),
    ClientColumn("net_profit", "number", "money", 13, True),
    ClientColumn("margin", "number", "percent", 8),
    ClientColumn("share", "number", "percent", 8, True),
    ClientColumn("documents", "number", "whole", 11, True),
    ClientColumn("last_purchase", "number", "date", 11),
    ClientColumn("next_purchase", "number", "date", 12),
    ClientColumn("reasons", "text", None, 72, wrap=True),
    ClientColumn("override", "text", None, 24, wrap=True),
)
FROZEN_COLUMNS = 1  # the client's name stays in sight
ATTRIBUTE = "attribute "  # begins the code of a column that the file names
ATTRIBUTE_WIDTH = 18  # characters


def client_columns(frame: pd.DataFrame) -> tuple[ClientColumn, ...]:
    """The columns that have anything to show in this base, attributes before the money. frame: as of `client_rows`."""
    own = [ClientColumn(name, "text", None, ATTRIBUTE_WIDTH, header=name[len(ATTRIBUTE) :]) for name in frame if name.startswith(ATTRIBUTE)]
    before = [column.code for column in COLUMNS].index("state")
    columns = [*COLUMNS[:before], *own, *COLUMNS[before:]]
    return tuple(column for column in columns if column.code == "client" or _has_values(frame[column.code]))


def with_attributes(rows: pd.DataFrame, attributes: pd.DataFrame | None) -> pd.DataFrame:
    """The rows with attributes of the clients. attributes: client_key and columns of text, one row a client; None adds nothing."""
    if attributes is None or attributes.empty:
        return rows
    known = attributes.drop_duplicates("client_key").set_index("client_key").reindex(rows["client_key"])
    return rows.assign(**{f"{ATTRIBUTE}{name}": known[name].astype("str").to_numpy() for name in known.columns})


def client_sheet(book: Book, segment: str, rows: pd.DataFrame, columns: Sequence[ClientColumn], *, title: str) -> None:
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
    header = sheet.row
    figures = [index for index, column in enumerate(columns) if column.kind == "number"]
    labels = [column.header or book.label(column.code, money=column.number == "money") for column in columns]
    sheet.header(labels, numbers=figures, height=HEADER_HEIGHT)
    cells = [_values(rows[column.code], column) for column in columns]
    looks = [book.look(_look(column), column.number) for column in columns]
    wrapped = [(values, column.width) for values, column in zip(cells, columns, strict=True) if column.wrap]
    written = [(values, column.kind, look) for values, column, look in zip(cells, columns, looks, strict=True)]
    sheet.rows(written, heights=row_heights(wrapped))
    sheet.raw.freeze_panes(header + 1, FROZEN_COLUMNS)
    sheet.raw.autofilter(header, 0, sheet.row - 1, len(columns) - 1)
    sheet.raw.repeat_rows(header)


def _look(column: ClientColumn) -> str:
    return "wrapped" if column.wrap else "text" if column.kind == "text" else "plain"


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


def _values(values: pd.Series, column: ClientColumn) -> list:
    if column.number == "date":
        days = (values.to_numpy(dtype="datetime64[D]") - DAY_ZERO).astype("float64")
        return np.where(values.isna(), np.nan, days).tolist()
    if column.kind == "text":
        return values.to_numpy(dtype=object, na_value=None).tolist()
    return values.tolist()


def _has_values(values: pd.Series) -> bool:
    return bool((values.notna() & (values.astype(str) != "")).any()) if values.dtype.kind not in "fM" else bool(values.notna().any())
