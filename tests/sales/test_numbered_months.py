"""Months across called by their numbers, and what only looks like them."""

from __future__ import annotations

from datetime import datetime

import pytest

from sbyt_core.errors import BadFile
from sbyt_core.sales.layout.month_numbers import months_of
from sbyt_core.sales.period import Period
from tests.sales.books import CLIENTS, REVENUE, ROWS, codes, grid, read

YEAR = ["Продажи за 2025 год"]
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
# cells that are filled: Vega buys in 01, 02, 04, IP in 01, Service in 03, 05, North in 03, 06
CELLS = 8
FLAT = [[row[0], row[2], row[5]] for row in ROWS]


def by_month(months: range = range(1, 13)) -> list[list[object]]:
    clients = list(dict.fromkeys(row[2] for row in ROWS))

    def of(client: object, month: int) -> float | None:
        return sum(row[5] for row in ROWS if row[2] == client and row[0].month == month) or None  # type: ignore[union-attr,attr-defined]

    return [[client, *(of(client, month) for month in months)] for client in clients]


@pytest.mark.parametrize(
    "names",
    [
        list(range(1, 13)),
        [str(month) for month in range(1, 13)],
        [f"{month:02}" for month in range(1, 13)],
        ROMAN,
        [f"{month} мес." for month in range(1, 13)],
        [f"M{month:02}" for month in range(1, 13)],
    ],
)
def test_twelve_numbers_across_are_months_of_the_year_that_the_title_states(names: list[object]) -> None:
    sales = read(grid([YEAR, [], ["Контрагент", *names], *by_month()]))
    assert (sales.revenue, sales.n_clients, len(sales.lines)) == (REVENUE, CLIENTS, CELLS)
    assert sales.period is not None
    assert (sales.period.start, sales.period.end) == (datetime(2025, 1, 1).date(), datetime(2025, 12, 31).date())
    assert sorted(set(sales.lines["date"].dt.month)) == [1, 2, 3, 4, 5, 6]
    undated = read(grid([["Контрагент", *names], *by_month()]))
    assert (undated.revenue, undated.period) == (REVENUE, None)


def test_numbers_below_years_are_months_of_those_years() -> None:
    rows = [[client, *cells, *cells] for client, *cells in by_month()]
    sales = read(grid([["Контрагент", *[2024] * 12, *[2025] * 12], [None, *range(1, 13), *range(1, 13)], *rows]))
    assert (sales.revenue, len(sales.lines)) == (2 * REVENUE, 2 * CELLS)
    assert sales.period == Period(datetime(2024, 1, 1).date(), datetime(2025, 12, 31).date())


def test_a_row_that_counts_the_columns_is_no_row_of_months() -> None:
    rows = [[row[0], row[2], row[4], row[5], row[6], row[7]] for row in ROWS]
    sales = read(grid([["Дата", "Контрагент", "Количество", "Выручка", "Прибыль", "Менеджер"], list(range(1, 7)), *rows]))
    assert (sales.revenue, len(sales.lines), codes(sales)) == (REVENUE, len(ROWS), [])


def test_few_bare_numbers_may_be_shops() -> None:
    assert months_of(["Клиент", "1", "2", "3"]) == {}
    assert months_of(["Клиент", "1 мес.", "2 мес.", "3 мес."]) == {1: 1, 2: 2, 3: 3}
    assert months_of(["Клиент", *map(str, range(1, 13)), "7"]) == {}
    assert months_of([str(month) for month in (7, 8, 9, 10, 11, 12)]) == dict(enumerate(range(7, 13)))


def money(*headers: str, share: float = 0.5) -> list[list[object]]:
    return [["Дата", "Контрагент", *headers], *[[row[0], row[2], row[5], row[5] * share] for row in ROWS]]  # type: ignore[operator]


@pytest.mark.parametrize("headers", [("Сумма", "Сумма"), ("Сумма 1", "Сумма 2"), ("Без НДС", "С НДС"), ("Всего", "Без НДС")])
def test_two_columns_of_money_named_alike_are_asked_about(headers: tuple[str, str]) -> None:
    assert "amount_column" in codes(read(grid(money(*headers))))


def test_two_columns_of_money_in_words_nobody_knows_are_not_guessed() -> None:
    with pytest.raises(BadFile) as caught:
        read(grid(money("Начислено", "Бонус")))
    assert caught.value.code == "no_amount_column"
    assert caught.value.params["headers"] == ["Дата", "Контрагент", "Начислено", "Бонус"]


def test_next_month_s_export_has_the_shape_of_this_one_with_months_down_or_across() -> None:
    wide = [
        read(grid([["Контрагент", *(f"{month:02}.2025" for month in months)], *by_month(months)])) for months in (range(1, 4), range(1, 6))
    ]
    assert wide[0].report.shape == wide[1].report.shape
    titled = [
        read(grid([[f"Продажи за {month}"], ["Дата", "Контрагент", "Выручка"], *flat]))
        for month, flat in (("май 2025", FLAT), ("июнь 2025", FLAT[:3]))
    ]
    assert titled[0].report.shape == titled[1].report.shape
    assert titled[0].report.shape != wide[0].report.shape
