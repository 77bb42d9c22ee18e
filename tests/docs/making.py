"""A small file of sales for the examples of the documents."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl

CLIENTS = 12
MONTHS = 12


def write_sales(path: Path, *, profit: bool = True, total: bool = False) -> Path:
    """Twelve clients who buy every month of 2025, the first the most; one line without a client.

    profit: with its column; total: with a last row that states the total, as an accounting system writes it.
    """
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Дата", "Документ", "Контрагент", "Менеджер", "Выручка", *(["Прибыль"] if profit else [])])
    whole = 0
    for month in range(1, MONTHS + 1):
        for client in range(CLIENTS + 1):
            revenue = 1000 * (CLIENTS + 1 - client) ** 2
            name = f"ООО «Проба-{client + 1}»" if client < CLIENTS else None
            row: list[object] = [date(2025, month, 28), f"РТ-{month}-{client}", name, "Иванова", revenue]
            sheet.append([*row, revenue / 5] if profit else row)
            whole += revenue
    if total:
        sheet.append(["Итого", None, None, None, whole])
    book.save(path)
    return path
