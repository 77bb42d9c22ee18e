"""Sales of a made-up company, three lines, as reading a file would give them."""

from __future__ import annotations

import hashlib
from datetime import date

import pandas as pd

from sbyt_core.errors import Problem
from sbyt_core.sales.model import LINE_COLUMNS, Choice, ControlTotal, Question, ReadReport, SalesData
from sbyt_core.sales.period import Period

ORIGINAL = "Контрагент;Сумма\nАльфа;100,50\n".encode()


def sales(revenue: float = 100.5, name: str = "Продажи 2025.xlsx") -> SalesData:
    """Lines with a text that looks like a path, a missing client and a missing date."""
    columns = {
        "date": pd.to_datetime([date(2025, 1, 9), date(2025, 2, 28), None]),
        "client_key": ["0071", "../beta", None],
        "client": ["Альфа", "Бета", None],
        "aggregate": [False, False, True],
        "document": ["1", "2", "3"],
        "kind": ["sale", "return", "sale"],
        "revenue": [revenue, -20.25, None],
        "sheet": ["Лист1"] * 3,
        "row": [5, 6, 7],
    }
    lines = pd.DataFrame({c: pd.Series(columns.get(c, [None] * 3), dtype=kind) for c, kind in LINE_COLUMNS.items()})
    report = ReadReport(
        name=name,
        sha256=hashlib.sha256(ORIGINAL).hexdigest(),
        format="xlsx",
        sheet="Лист1",
        header_row=4,
        columns={"client": "Контрагент", "revenue": "Сумма"},
        headers=("Контрагент", "Сумма"),
        rows_read=4,
        skipped={"total": 1},
        control_total=ControlTotal(80.25, 0.0),
        problems=(Problem("warning", "hidden_rows", row=9, count=2),),
        questions=(Question("returns_sign", (Choice("subtract", 3, 2, 80.25), Choice("as_is")), "subtract", "as_is", "-20,25"),),
    )
    fingerprint = hashlib.sha256(f"{revenue} {name}".encode()).hexdigest()
    return SalesData(lines, fingerprint, report, Period(date(2025, 1, 1), date(2025, 2, 28)))
