"""Sales data made in memory: rows name only the columns that a test is about."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sbyt_core.sales.model import LINE_COLUMNS, ReadReport, SalesData
from sbyt_core.sales.period import Period

DEFAULTS: dict[str, object] = {
    "client_code": None,
    "aggregate": False,
    "document": None,
    "item": None,
    "manager": None,
    "branch": None,
    "quantity": np.nan,
    "profit": np.nan,
    "discount": np.nan,
    "sheet": "sheet",
}


def sales_data(rows: list[dict[str, object]], *, stated: Period | None = None) -> SalesData:
    """Rows with client_key, revenue and what else matters; the name is the key, the kind follows the sign of the revenue."""
    frame = pd.DataFrame(rows)
    for name, value in DEFAULTS.items():
        if name not in frame:
            frame[name] = value
    frame["aggregate"] = frame["aggregate"].eq(True)
    frame["client"] = frame["client_key"]
    frame["date"] = pd.to_datetime(frame["date"]) if "date" in frame else pd.NaT
    frame["kind"] = np.where(frame["revenue"] < 0, "return", "sale")
    frame["row"] = np.arange(len(frame)) + 2
    return sales_of(frame[list(LINE_COLUMNS)].astype(LINE_COLUMNS), stated=stated)


def sales_of(lines: pd.DataFrame, *, stated: Period | None = None) -> SalesData:
    """Sales data around lines that are whole already."""
    report = ReadReport("made", "", "xlsx", "sheet", 1, {}, (), len(lines), {}, None)
    days = lines["date"].dropna()
    found = Period(days.min().date(), days.max().date()) if len(days) else None
    return SalesData(lines, "made", report, stated or found)


def day(text: str) -> date:
    return date.fromisoformat(text)
