"""The workbooks, as a trade program would export them: title rows, one header, a totals row at the end of the sales.

The same input gives the same bytes: the time of creation written inside is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import xlsxwriter

from sample_data.goods import ITEMS
from sample_data.people import COMPANY, MANAGERS, RETAIL, TOWNS
from sample_data.portfolio import Client
from sample_data.practice import OPERATIONS, Entry
from sample_data.service import Service
from sample_data.trade import DAYS, Line

CREATED = datetime(2026, 1, 12, 9, 0)
MONEY, COUNT, DAY, MOMENT = "#,##0.00", "#,##0", "dd.mm.yyyy", "dd.mm.yyyy hh:mm"

SALES_COLUMNS: tuple[tuple[str, int, str | None], ...] = (  # header, width, number format
    ("Дата", 12, DAY),
    ("Документ", 58, None),
    ("Контрагент", 34, None),
    ("ИНН", 15, None),
    ("Менеджер", 28, None),
    ("Филиал", 15, None),
    ("Город", 20, None),
    ("Номенклатура", 48, None),
    ("Количество", 12, COUNT),
    ("Выручка", 16, MONEY),
    ("Валовая прибыль", 17, MONEY),
    ("Скидка", 14, MONEY),
)
PRACTICE_COLUMNS: tuple[tuple[str, int, str | None], ...] = (
    ("Дата", 17, MOMENT),
    ("Сотрудник", 28, None),
    ("Контрагент", 34, None),
    ("ИНН", 15, None),
    ("Документ", 58, None),
    ("Шаг", 6, COUNT),
    ("Операция", 48, None),
    ("Выполнено", 11, None),
    ("В срок", 8, None),
    ("Минут", 8, COUNT),
)
SERVICE_COLUMNS: tuple[tuple[str, int, str | None], ...] = (
    ("Контрагент", 34, None),
    ("ИНН", 15, None),
    ("Просроченный долг", 18, MONEY),
    ("Дней просрочки", 15, COUNT),
    ("Доставок", 10, COUNT),
    ("Часов обслуживания", 19, "0.0"),
    ("Обращений", 11, COUNT),
    ("Потенциал закупок", 18, MONEY),
)


def write_sales(path: Path, lines: Sequence[Line], clients: Sequence[Client]) -> None:
    """sales.xlsx: a row a line, then «Итого»; money in roubles."""
    names = document_names(lines)
    rows: list[list[object]] = []
    for line in lines:
        manager, branch = MANAGERS[line.manager]
        client = clients[line.client] if line.client >= 0 else None
        rows.append(
            [
                DAYS[line.day],
                names[_document(line)],
                client.name if client else RETAIL if line.client == -1 else None,
                client.code if client else None,
                manager,
                branch,
                client.town if client else TOWNS[branch][0] if line.client == -1 else None,
                ITEMS[line.item].name,
                line.quantity,
                line.revenue / 100,
                line.profit / 100,
                None if line.discount is None else line.discount / 100,
            ]
        )
    total: list[object] = ["Итого", *[None] * 7, sum(x.quantity for x in lines)]
    total += [sum(x.revenue for x in lines) / 100, sum(x.profit for x in lines) / 100, sum(x.discount or 0 for x in lines) / 100]
    period = f"Продажи за период: {DAYS[0]:%d.%m.%Y} – {DAYS[-1]:%d.%m.%Y}"
    _write(path, "Продажи", [COMPANY, period], SALES_COLUMNS, rows, total)


def write_practice(path: Path, entries: Sequence[Entry], lines: Sequence[Line], clients: Sequence[Client]) -> None:
    """practice.xlsx: a row an operation of an order."""
    names = document_names(lines)
    word = {True: "да", False: "нет", None: None}
    rows = (
        [
            e.moment,
            MANAGERS[e.manager][0],
            clients[e.order[0]].name,
            clients[e.order[0]].code,
            names[(*e.order, False)],
            e.step,
            OPERATIONS[e.step - 1].name,
            word[e.done],
            word[e.in_time],
            e.minutes,
        ]
        for e in entries
    )
    _write(path, "Практика", [COMPANY, "Журнал приёма заказов по технологической карте"], PRACTICE_COLUMNS, rows)


def write_service(path: Path, rows: Iterable[Service]) -> None:
    """clients.xlsx: a row a client."""
    _write(path, "Обслуживание", [COMPANY, f"Обслуживание клиентов за {DAYS[-1].year} год"], SERVICE_COLUMNS, rows)


def document_names(lines: Sequence[Line]) -> dict[tuple[int, int, bool], str]:
    """Names of documents by client, document and whether it is a return, numbered from 1 in every year."""
    names: dict[tuple[int, int, bool], str] = {}
    numbers: dict[tuple[int, bool], int] = {}
    for line in lines:
        if _document(line) not in names:
            day = DAYS[line.day]
            number = numbers[day.year, line.is_return] = numbers.get((day.year, line.is_return), 0) + 1
            moment = datetime.combine(day, datetime.min.time()) + timedelta(seconds=line.second)
            title = "Возврат товаров от клиента" if line.is_return else "Реализация товаров и услуг"
            names[_document(line)] = f"{title} 00КД-{number:06d} от {moment:%d.%m.%Y %H:%M:%S}"
    return names


def _document(line: Line) -> tuple[int, int, bool]:
    return line.client, line.document, line.is_return


def _write(
    path: Path,
    sheet_name: str,
    titles: Sequence[str],
    columns: Sequence[tuple[str, int, str | None]],
    rows: Iterable[Sequence[object]],
    total: Sequence[object] | None = None,
) -> None:
    book = xlsxwriter.Workbook(path, {"default_date_format": DAY})
    book.set_properties({"title": titles[-1], "company": COMPANY, "created": CREATED})
    sheet = book.add_worksheet(sheet_name)
    bold, header = book.add_format({"bold": True}), book.add_format({"bold": True, "bg_color": "#E8EDF3", "bottom": 1})
    for row, title in enumerate(titles):
        sheet.write_string(row, 0, title, bold)
    top = len(titles) + 1
    formats = [book.add_format({"num_format": number}) if number else None for _, _, number in columns]
    totals = [book.add_format({"bold": True, "top": 1, **({"num_format": number} if number else {})}) for _, _, number in columns]
    for column, (name, width, _) in enumerate(columns):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, name, header)
    row = top
    for row, values in enumerate(rows, start=top + 1):
        _write_row(sheet, row, values, formats)
    sheet.autofilter(top, 0, row, len(columns) - 1)
    sheet.freeze_panes(top + 1, 0)
    if total:
        _write_row(sheet, row + 1, total, totals)
    book.close()


def _write_row(sheet: xlsxwriter.worksheet.Worksheet, row: int, values: Sequence[object], formats: Sequence[object]) -> None:
    for column, (value, cell_format) in enumerate(zip(values, formats, strict=True)):
        if isinstance(value, str):
            sheet.write_string(row, column, value)  # codes keep their zeros, nothing becomes a formula
        elif value is not None:
            sheet.write(row, column, value, cell_format)
