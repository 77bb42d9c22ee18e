"""A small invented base from lines up, so that the reports are checked against the lines themselves."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import numpy as np
import openpyxl
import pandas as pd

from sbyt_core.clients import client_table
from sbyt_core.sales.model import LINE_COLUMNS, ControlTotal, ReadReport, SalesData
from sbyt_core.sales.period import Period
from sbyt_core.segments import Criteria, Segmentation, segment

MANAGERS = ("Анна Орлова", "Борис Петров", None)
REPORT = ReadReport(
    name="Продажи.xlsx",
    sha256="0f" * 32,
    format="xlsx",
    sheet="Лист1",
    header_row=1,
    columns={},
    headers=(),
    rows_read=100,
    skipped={"blank": 3, "total": 1},
    control_total=ControlTotal(1000.0, 0.5),
)


def lines(clients: int = 40, *, seed: int = 7, profit: bool = True, names: Sequence[str] | None = None) -> pd.DataFrame:
    """Two years of lines: kopecks, returns, losses, a walk-in client, lines without a client and without a date."""
    random = np.random.default_rng(seed)
    count = clients * 20
    who = random.integers(0, clients, count)
    days = np.datetime64("2024-01-01") + random.integers(0, 731, count).astype("timedelta64[D]")
    size = np.exp(random.normal(8, 1, clients))[who]
    revenue = np.round(size * random.uniform(0.3, 1.7, count) * np.where(random.random(count) < 0.05, -1, 1), 2)
    table = pd.DataFrame(dict.fromkeys(LINE_COLUMNS), index=range(count))
    table["date"] = days
    table["client"] = [(names or [f"ООО «Клиент {i}»" for i in range(clients)])[i] for i in who]
    table["client_key"] = [f"k{i:03d}" for i in who]
    table["client_code"] = [f"77{i:08d}" for i in who]
    table["aggregate"] = who == 0
    table["document"] = [f"Д{i}" for i in range(count)]
    table["manager"] = [MANAGERS[i % 3] for i in who]
    table["kind"] = np.where(revenue < 0, "return", "sale")
    table["revenue"] = revenue
    table["profit"] = np.round(revenue * (0.25 - 0.4 * (who % 9 == 4)), 2) if profit else np.nan
    table["sheet"], table["row"] = "Лист1", range(2, count + 2)
    table.loc[5:9, ["client", "client_key", "client_code"]] = None
    table.loc[10:11, "date"] = pd.NaT
    return table.astype(LINE_COLUMNS)


def sales_of(table: pd.DataFrame) -> SalesData:
    """The lines as read from a file."""
    known = table["date"].dropna()
    return SalesData(table, "f" * 64, REPORT, Period(known.min().date(), known.max().date()))


def base(clients: int = 40, *, criteria: Criteria | None = None, overrides: Sequence = (), **options) -> Segmentation:
    """The invented base, segmented."""
    return segment(client_table(sales_of(lines(clients, **options))), criteria, overrides=overrides)


def opened(content: bytes, *, values: bool = True) -> openpyxl.Workbook:
    """The workbook as another program reads it; values: those of formulas, else the formulas."""
    return openpyxl.load_workbook(BytesIO(content), data_only=values)


def table_of(sheet) -> pd.DataFrame:
    """The filtered table of a sheet."""
    (first, left), (last, right) = [
        (cell.row, cell.column) for cell in (lambda area: (area[0][0], area[-1][-1]))(sheet[sheet.auto_filter.ref])
    ]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(first, last, left, right)]
    return pd.DataFrame(rows[1:], columns=rows[0])
