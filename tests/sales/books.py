"""Workbooks made in memory for the tests, and one small company whose sums were added by hand.

Lines: 8, clients: 4 (one of them called «Итого-Сервис»), one return.
Revenue 1000 + 500 − 200 + 300 + 50.50 + 700 + 250 + 99.50 = 2700; profit 300 + 100 − 60 + 90 + 10.50 + 140 + 100 + 19.50 = 700.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from sbyt_core.sales.formats.grid import Grid, Workbook
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.read import interpret

REVENUE, PROFIT, LINES, CLIENTS = 2700.00, 700.00, 8, 4
HEADERS = ["Дата", "Документ", "Контрагент", "Номенклатура", "Количество", "Выручка", "Прибыль", "Менеджер"]
VEGA, IP, SERVICE, NORTH = "ООО «Вега»", "ИП Пробный А. А.", "ООО «Итого-Сервис»", "АО «Северный ветер»"
ROWS: list[list[object]] = [
    [datetime(2025, 1, 9), "РТ-1", VEGA, "Краска", 10.0, 1000.0, 300.0, "Иванова"],
    [datetime(2025, 1, 21), "РТ-2", IP, "Кисть", 5.0, 500.0, 100.0, "Петров"],
    [datetime(2025, 2, 3), "ВП-1", VEGA, "Краска", -2.0, -200.0, -60.0, "Иванова"],
    [datetime(2025, 3, 14), "РТ-3", SERVICE, "Валик", 3.0, 300.0, 90.0, "Петров"],
    [datetime(2025, 3, 30), "РТ-4", NORTH, "Кисть", 1.0, 50.5, 10.5, "Иванова"],
    [datetime(2025, 4, 17), "РТ-5", VEGA, "Грунтовка", 7.0, 700.0, 140.0, "Иванова"],
    [datetime(2025, 5, 2), "РТ-6", SERVICE, "Краска", 2.0, 250.0, 100.0, "Петров"],
    [datetime(2025, 6, 26), "РТ-7", NORTH, "Кисть", 2.0, 99.5, 19.5, "Иванова"],
]
TOTAL: list[object] = [None, None, None, None, 28.0, REVENUE, PROFIT, None]


def grid(
    rows: Sequence[Sequence[object]],
    *,
    name: str = "Лист1",
    merged: tuple[tuple[int, int, int, int], ...] = (),
    outline: Mapping[int, int] | None = None,
    indent: Mapping[int, int] | None = None,
    hidden: Sequence[int] = (),
    currency: Mapping[int, str] | None = None,
) -> Grid:
    """A sheet of cells; outline, indent, hidden by row from 0; whole numbers become floats as every reader gives them."""
    width = max((len(row) for row in rows), default=0)
    columns = []
    for j in range(width):
        column = np.full(len(rows), None, dtype=object)
        for i, row in enumerate(rows):
            cell = row[j] if j < len(row) else None
            column[i] = float(cell) if isinstance(cell, int) and not isinstance(cell, bool) else cell
        columns.append(column)
    return Grid(
        name=name,
        columns=tuple(columns),
        n_rows=len(rows),
        outline=_marks(outline, len(rows)),
        indent=_marks(indent, len(rows)),
        hidden_rows=np.isin(np.arange(len(rows)), list(hidden)) if hidden else None,
        merged=merged,
        currency_formats=dict(currency or {}),
    )


def read(
    *grids: Grid, mapping: Mapping[str, str] | None = None, answers: Mapping[str, str] | None = None, sheet: str | None = None
) -> SalesData:
    """The sales of these sheets; rows read always are lines and rows left out."""
    sales = interpret(Workbook("xlsx", grids), name="book.xlsx", sha256="0" * 64, sheet=sheet, mapping=mapping, answers=answers)
    assert sales.report.rows_read == len(sales.lines) + sum(sales.report.skipped.values())
    return sales


def codes(sales: SalesData) -> list[str]:
    """Codes of the open questions."""
    return [question.code for question in sales.report.open_questions]


def assert_company(sales: SalesData, *, lines: int | None = LINES, profit: float | None = PROFIT, asked: Sequence[str] = ()) -> None:
    """The hand-added figures of the company, and nothing asked but `asked`."""
    assert sales.revenue == REVENUE
    assert sales.profit == profit
    assert sales.n_clients == CLIENTS
    assert lines is None or len(sales.lines) == lines
    assert codes(sales) == list(asked)


def _marks(by_row: Mapping[int, int] | None, n: int) -> np.ndarray | None:
    return None if by_row is None else np.array([by_row.get(i, 0) for i in range(n)])
