"""Roles of columns: by words, by contents, by the user; and the money that follows from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest

from sbyt_core.errors import BadFile, BadInput
from sbyt_core.sales.vocabulary import ROLES, plain, role_scores, strong_role
from tests.sales.books import HEADERS, IP, NORTH, ROWS, SERVICE, VEGA, assert_company, codes, grid, read

DAY = datetime(2025, 3, 14)


@pytest.mark.parametrize(
    ("header", "role"),
    [
        ("Контрагент", "client"), ("Покупатель.Наименование", "client"), ("Customer Name", "client"), ("Компания", "client"),
        ("Контрагент.ИНН", "client_code"), ("Customer ID", "client_code"), ("Код клиента", "client_code"),
        ("Дата документа", "date"), ("Order Date", "date"), ("Период", "date"), ("Регистратор", "document"), ("№ накладной", "document"),
        ("Invoice No", "document"), ("Сумма, руб.", "revenue"), ("Выручка (без НДС)", "revenue"), ("ext price", "revenue"),
        ("Итого", "revenue"), ("Валовая прибыль, тыс. руб.", "profit"), ("Gross Profit", "profit"), ("Себестоимость", "cost"),
        ("COGS", "cost"), ("Сумма в закупочных ценах", "cost"), ("Стоимость в ценах закупки", "cost"),
        ("GM%", "margin"), ("GP, %", "margin"),
        ("УНП", "client_code"), ("БИН/ИИН", "client_code"),
        ("Рентабельность, %", "margin"), ("Сумма скидки", "discount"), ("Скидка, %", "discount"), ("Кол-во", "quantity"),
        ("Qty", "quantity"),
        ("Цена за ед.", "price"), ("Товар", "item"), ("Product Name", "item"), ("Ответственный", "manager"), ("Sales Rep", "manager"),
        ("Подразделение", "branch"), ("Валюта", "currency"), ("Этап сделки", "status"), ("Хозяйственная операция", "document_type"),
    ],
)  # fmt: skip
def test_headers_name_their_roles(header: str, role: str) -> None:
    assert strong_role(header) == role


@pytest.mark.parametrize(
    "header", ["Телефон", "Город", "Адрес доставки", "НДС", "Row ID", "Segment", "Вероятность", "Сумма НДС", "Контрагент: Вега"]
)
def test_headers_that_are_no_role(header: str) -> None:
    assert strong_role(header) is None


def test_plain_headers_forget_units_case_and_punctuation() -> None:
    assert plain("  ВЫРУЧКА,  тыс. руб. ") == plain("выручка") == "выручка"
    assert plain("Учёт") == "учет"
    assert all(role in ROLES for role, _ in role_scores("Контрагент.ИНН"))


def test_profit_from_cost_and_from_margin() -> None:
    cost = read(grid([["Дата", "Клиент", "Сумма", "Себестоимость"], [DAY, VEGA, 100.0, 70.0], [DAY, IP, -10.0, -7.0]]))
    assert list(cost.lines["profit"]) == [30.0, -3.0]
    percent = read(grid([["Дата", "Клиент", "Сумма", "Маржа, %"], [DAY, VEGA, 100.0, 30.0], [DAY, IP, 50.0, 10.0]]))
    assert list(percent.lines["profit"]) == [30.0, 5.0]
    fraction = read(grid([["Дата", "Клиент", "Сумма", "Маржа"], [DAY, VEGA, 100.0, 0.3], [DAY, IP, 50.0, 0.1]]))
    assert list(fraction.lines["profit"]) == pytest.approx([30.0, 5.0])
    money = read(grid([["Дата", "Клиент", "Сумма", "Маржа"], [DAY, VEGA, 100.0, 30.0], [DAY, IP, 50.0, 5.0]]))
    assert list(money.lines["profit"]) == [30.0, 5.0]


def test_thousands_in_a_header_or_a_title_are_multiplied_out() -> None:
    header = read(grid([["Клиент", "Выручка, тыс. руб.", "Прибыль, руб."], [VEGA, 1.5, 300.0], [IP, 2.0, 400.0]]))
    assert (header.revenue, header.profit) == (3500.0, 700.0)
    assert "unit_mismatch" in header.report.warnings
    title = read(grid([["Единица измерения: тыс. руб."], [None], ["Клиент", "Выручка", "Прибыль"], [VEGA, 1.5, 0.3], [IP, 2.0, 0.4]]))
    assert (title.revenue, title.profit) == (3500.0, pytest.approx(700.0))
    assert "unit_mismatch" not in title.report.warnings


def test_a_profit_of_formulas_without_values_is_refused_not_lost() -> None:
    sheet = grid([["Дата", "Клиент", "Сумма", "Прибыль", "Маржа, %"], [DAY, VEGA, 100.0, None, None], [DAY, IP, 50.0, None, None]])
    with pytest.raises(BadFile) as fault:
        read(replace(sheet, formula_gaps={3: 2}))
    assert fault.value.code == "formulas_without_values"
    assert codes(read(replace(sheet, formula_gaps={4: 2}))) == ["no_profit"]
    assert codes(read(replace(sheet, formula_gaps={3: 2}), mapping={"profit": ""})) == ["no_profit"]


def test_revenue_from_price_and_quantity() -> None:
    sales = read(grid([["Дата", "Клиент", "Цена", "Количество"], [DAY, VEGA, 10.0, 3.0], [DAY, IP, 7.0, 2.0]]))
    assert sales.revenue == 44.0


@pytest.mark.parametrize(
    ("cells", "money", "warned"),
    [
        ([0.1, 0.2], [100 * 0.1 / 0.9, 100 * 0.2 / 0.8], False),
        ([10.0, 20.0], [100 * 0.1 / 0.9, 100 * 0.2 / 0.8], False),
        (["10 %", "20%"], [100 * 0.1 / 0.9, 100 * 0.2 / 0.8], False),
        ([0.1, "20%"], [100 * 0.1 / 0.9, 100 * 0.2 / 0.8], True),
        ([0.1, 20.0], [100 * 0.1 / 0.9, 100 * 0.2 / 0.8], True),
        ([150.0, 5.0], [150.0, 5.0], False),
    ],
)
def test_discounts_in_any_form_are_money(cells: list, money: list[float], warned: bool) -> None:
    sales = read(
        grid([["Дата", "Клиент", "Скидка", "Сумма", "Прибыль"], [DAY, VEGA, cells[0], 100.0, 1.0], [DAY, IP, cells[1], 100.0, 1.0]])
    )
    assert list(sales.lines["discount"]) == pytest.approx(money)
    assert ("discount_scale" in sales.report.warnings) == warned


def test_vat_in_revenue_only_is_told() -> None:
    sales = read(grid([["Дата", "Клиент", "Сумма с НДС", "Прибыль"], [DAY, VEGA, 120.0, 30.0], [DAY, IP, 60.0, 5.0]]))
    assert "vat_basis" in sales.report.warnings


def test_clients_are_found_by_their_names_and_dates_in_documents() -> None:
    rows = [
        [f"Реализация РТ-{i} от 0{i}.03.2025 0:00:00", name, 10.0 * i, 1.0] for i, name in enumerate((VEGA, IP, NORTH, SERVICE), start=1)
    ]
    sales = read(grid([["Основание продажи", "Кому", "Сумма", "Прибыль"], *rows]))
    assert sales.report.columns["client"] == "Кому"
    assert sales.report.columns["date"] == sales.report.columns["document"] == "Основание продажи"
    assert list(sales.lines["date"].dt.day) == [1, 2, 3, 4]


def test_the_user_maps_columns_and_leaves_some_out() -> None:
    sales = read(grid([HEADERS, *ROWS]), mapping={"client": "Менеджер", "manager": "Контрагент", "profit": ""})
    assert set(sales.lines["client"]) == {"Иванова", "Петров"}
    assert codes(sales) == ["no_profit"]
    assert_company(read(grid([HEADERS, *ROWS]), mapping={"client": "контрагент "}))
    for mapping, code in (({"client": "Кто-то"}, "no_such_column"), ({"colour": "Контрагент"}, "no_such_role")):
        with pytest.raises(BadInput) as caught:
            read(grid([HEADERS, *ROWS]), mapping=mapping)
        assert caught.value.code == code


def test_unmapped_columns_that_are_constant_for_a_client_are_its_attributes() -> None:
    cities = {VEGA: "Москва", IP: "Казань", SERVICE: "Тула", NORTH: "Москва"}
    rows = [[*row, cities[str(row[2])], float(i)] for i, row in enumerate(ROWS)]
    attributes = read(grid([[*HEADERS, "Город", "Номер строки"], *rows])).attributes
    assert dict(zip(attributes["client_key"], attributes["Город"], strict=True)) == cities
    assert list(attributes.columns) == ["client_key", "Город"]


def test_error_cells_are_missing_and_told_with_their_place() -> None:
    from sbyt_core.sales.formats.grid import CellError

    rows = [list(row) for row in ROWS]
    rows[1][6], rows[3][6], rows[4][6] = CellError("#DIV/0!"), "н/д", "-"
    sales = read(grid([HEADERS, *rows]))
    problem = next(problem for problem in sales.report.problems if problem.code == "unparsed_numbers")
    assert (problem.row, problem.column, problem.value, problem.count) == (3, "Прибыль", "#DIV/0!", 3)
    assert sales.profit == 700.0 - 100.0 - 90.0 - 10.5
    assert list(np.flatnonzero(sales.lines["profit"].isna())) == [1, 3, 4]
    assert "missing_profit" in sales.report.warnings


def test_revenue_and_profit_in_different_currencies_are_told() -> None:
    named = read(grid([["Дата", "Клиент", "Выручка, USD", "Прибыль, руб."], [DAY, VEGA, 100.0, 30.0], [DAY, IP, 50.0, 5.0]]))
    assert "unit_mismatch" in named.report.warnings
    rows = [["Дата", "Клиент", "Выручка", "Прибыль"], [DAY, VEGA, 100.0, 30.0], [DAY, IP, 50.0, 5.0]]
    assert "unit_mismatch" in read(grid(rows, currency={2: "USD", 3: "RUB"})).report.warnings
    assert "unit_mismatch" not in read(grid(rows, currency={2: "RUB", 3: "RUB"})).report.warnings
