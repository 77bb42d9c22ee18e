"""Exports as accounting programs and CRMs write them, of the one small company (see books): the same sums every time."""

from __future__ import annotations

from datetime import datetime

import pytest

from sbyt_core.sales.model import SalesData
from tests.sales.books import CLIENTS, LINES, PROFIT, REVENUE, ROWS, codes, grid, read

DAY, DOCUMENT, CLIENT, ITEM, PIECES, MONEY, GAIN, WHO = range(8)
Rows = list[list[object]]


def own(client: object) -> Rows:
    return [row for row in ROWS if row[CLIENT] == client]


def total(rows: Rows, at: int) -> float:
    return round(sum(float(row[at]) for row in rows), 2)  # type: ignore[arg-type]


BUYERS = list(dict.fromkeys(row[CLIENT] for row in ROWS))


def day(row: list[object], form: str) -> str:
    assert isinstance(row[DAY], datetime)
    return row[DAY].strftime(form)


def turnover_sheet() -> Rows:
    """Turnover by client of account 62.01: shipped is the debit of the period."""
    rows: Rows = [["Оборотно-сальдовая ведомость по счету 62.01 за 2025 г."], []]
    rows += [["Счет", "Сальдо на начало периода", None, "Обороты за период", None, "Сальдо на конец периода", None]]
    rows += [["Контрагенты", *["Дебет", "Кредит"] * 3], ["62.01", 120.0, None, REVENUE, 2400.0, 1320.0, None]]
    rows += [[client, 30.0, None, total(own(client), MONEY), 600.0, 330.0, None] for client in BUYERS]
    return [*rows, ["Итого", 120.0, None, REVENUE, 2400.0, 1320.0, None]]


def sales_book() -> Rows:
    """The sales book of the tax law: long headers, numbers of columns, date inside the invoice's number."""
    header = [
        "№ п/п",
        "Код вида операции",
        "Номер и дата счета-фактуры продавца",
        "Наименование покупателя",
        "ИНН/КПП покупателя",
        "Стоимость продаж по счету-фактуре, включая НДС, в рублях и копейках",
    ]
    body = [
        [i, "01", f"{row[DOCUMENT]} от {day(row, '%d.%m.%Y')}", row[CLIENT], f"770000000{BUYERS.index(row[CLIENT])}/770001001", row[MONEY]]
        for i, row in enumerate(ROWS, 1)
    ]
    return [["Книга продаж за 1 полугодие 2025"], [], header, list(range(1, 7)), *body, [None, None, None, "Всего", None, REVENUE]]


def by_customer_detail() -> Rows:
    """A section a client with its total below, a running balance at the right."""
    rows: Rows = [
        ["Sales by Customer Detail"],
        ["January - June 2025"],
        [],
        [None, "Date", "Transaction Type", "Num", "Qty", "Amount", "Balance"],
    ]
    for client in BUYERS:
        rows.append([client])
        balance = 0.0
        for row in own(client):
            balance += float(row[MONEY])  # type: ignore[arg-type]
            rows.append([None, day(row, "%m/%d/%Y"), "Invoice", row[DOCUMENT], row[PIECES], row[MONEY], balance])
        rows.append([f"Total for {client}", None, None, None, None, total(own(client), MONEY), None])
    return [*rows, ["TOTAL", None, None, None, None, REVENUE, None]]


def shipments() -> Rows:
    header = ["№", "Время", "Со склада", "Контрагент", "Организация", "Сумма", "Валюта", "Оплачено", "Статус"]
    rows = [
        [row[DOCUMENT], day(row, "%d.%m.%Y %H:%M"), "Основной", row[CLIENT], "ООО Мы", row[MONEY], "руб", 0.0, "Отгружен"] for row in ROWS
    ]
    return [header, *rows]


def by_months_with_profit() -> Rows:
    """Two measures under every month, totals at the right and below."""
    months = [f"{month:02}.2025" for month in range(1, 7)]
    rows: Rows = [["Контрагент", *(name for month in months for name in (month, None)), "Итого", None]]
    rows += [[None, *["Выручка", "Валовая прибыль"] * 7]]

    def cells(found: Rows) -> list[object]:
        of = [[row for row in found if day(row, "%m.%Y") == month] for month in months]
        return [total(part, at) if part else None for part in [*of, found] for at in (MONEY, GAIN)]

    return [*rows, *([client, *cells(own(client))] for client in BUYERS), ["Итого", *cells(ROWS)]]


EXPORTS = {
    "turnover_sheet": (turnover_sheet, 4, None),
    "sales_book": (sales_book, LINES, None),
    "by_customer_detail": (by_customer_detail, LINES, None),
    "shipments": (shipments, LINES, None),
    "by_months_with_profit": (by_months_with_profit, LINES, PROFIT),
}


@pytest.mark.parametrize("name", EXPORTS)
def test_the_company_is_found_in_every_export(name: str) -> None:
    make, lines, profit = EXPORTS[name]
    sales = read(grid(make()))
    assert (sales.revenue, sales.n_clients, len(sales.lines), sales.profit) == (REVENUE, CLIENTS, lines, profit)
    assert set(codes(sales)) <= {"no_profit", *(["hierarchy_unclear"] if name == "turnover_sheet" else [])}  # «Счет» above «Контрагенты»


def crm(header: list[str], won: str, open_: str, cells: list[int | str]) -> SalesData:
    rows: Rows = [[(won if i % 4 else open_) if at == "stage" else row[int(at)] for at in cells] for i, row in enumerate(ROWS)]
    return read(grid([header, *rows]))


@pytest.mark.parametrize(
    ("header", "won", "open_", "cells"),
    [
        (
            ["Название сделки", "Стадия сделки", "Сумма", "Компания", "Дата закрытия"],
            "Сделка успешна",
            "Сделка провалена",
            [1, "stage", 5, 2, 0],
        ),
        (["Сделка", "Этап сделки", "Бюджет", "Компания", "Дата закрытия"], "Успешно реализовано", "Переговоры", [1, "stage", 5, 2, 0]),
        (["Deal Name", "Deal Stage", "Amount", "Associated Company", "Close Date"], "Closed Won", "Closed Lost", [1, "stage", 5, 2, 0]),
        (["Opportunity Name", "Stage", "Amount", "Account Name", "Close Date"], "Closed Won", "Negotiation", [1, "stage", 5, 2, 0]),
    ],
)
def test_only_deals_that_were_won_are_sales_and_it_is_asked(header: list[str], won: str, open_: str, cells: list[int | str]) -> None:
    sales = crm(header, won, open_, cells)
    assert sales.revenue == total([row for i, row in enumerate(ROWS) if i % 4], MONEY)
    assert "status_column" in codes(sales)


def test_clients_across_and_months_down_are_refused() -> None:
    from sbyt_core.errors import BadFile

    rows = [
        [f"{month:02}.2025", *(total([row for row in own(client) if day(row, "%m") == f"{month:02}"], MONEY) for client in BUYERS)]
        for month in range(1, 7)
    ]
    with pytest.raises(BadFile) as caught:
        read(grid([["Месяц", *BUYERS], *rows]))
    assert caught.value.code == "no_client_column"
