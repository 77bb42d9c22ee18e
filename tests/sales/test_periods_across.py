"""Months and days across in any writing: every one of them counts once, and none is taken for the total of the others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest

from sbyt_core.sales.period import Period
from sbyt_core.sales.values.dates import read_period
from tests.sales.books import CLIENTS, PROFIT, REVENUE, ROWS, codes, grid, read

NAMES = ["Январь", "Февраль", "Март", "Апрель", "Май", "Июнь"]
LAST = [31, 28, 31, 30, 31, 30]
HALF = Period(date(2025, 1, 1), date(2025, 6, 30))
MONTHS = range(1, 7)
CLIENT, MONEY, GAIN = 2, 5, 6
WRITINGS: list[Callable[[int], object]] = [
    lambda m: f"{NAMES[m - 1][:3].lower()}/25",
    lambda m: f"{NAMES[m - 1]}_2025",
    lambda m: f"за {NAMES[m - 1].lower()} 2025",
    lambda m: f"{m:02}-2025",
    lambda m: f"2025_{m:02}",
    lambda m: f"2025.{m:02}",
    lambda m: f"2025{m:02}",
    lambda m: 202500 + m,
    lambda m: f"01.{m:02}.2025",
    lambda m: f"2025-{m:02}-01",
    lambda m: f"{m}/1/2025",
    lambda m: f"01.{m:02}.2025-{LAST[m - 1]}.{m:02}.2025",
    lambda m: datetime(2025, m, 1),
]


def figures(measures: tuple[int, ...], *, by_measure: bool = False) -> list[list[object]]:
    """A row a client, its figures month by month, or measure by measure."""
    cells = [(m, j) for j in measures for m in MONTHS] if by_measure else [(m, j) for m in MONTHS for j in measures]

    def of(client: object, month: int, j: int) -> float | None:
        return sum(row[j] for row in ROWS if row[CLIENT] == client and row[0].month == month) or None  # type: ignore[union-attr,attr-defined,misc]

    return [[client, *(of(client, m, j) for m, j in cells)] for client in dict.fromkeys(row[CLIENT] for row in ROWS)]


@pytest.mark.parametrize("written", WRITINGS)
def test_months_in_one_row(written: Callable[[int], object]) -> None:
    sales = read(grid([["Клиент", *map(written, MONTHS)], *figures((MONEY,))]))
    assert (sales.revenue, sales.n_clients, sales.period) == (REVENUE, CLIENTS, HALF)


@pytest.mark.parametrize("written", WRITINGS)
def test_months_above_and_below_their_measures_without_merged_cells(written: Callable[[int], object]) -> None:
    above = [x for m in MONTHS for x in (written(m), None)]
    below = read(grid([["Клиент", *above], [None, *["Выручка", "Прибыль"] * 6], *figures((MONEY, GAIN))]))
    measures = ["Выручка", *[None] * 5, "Прибыль", *[None] * 5]
    under = read(
        grid([["Клиент", *measures], [None, *map(written, MONTHS), *map(written, MONTHS)], *figures((MONEY, GAIN), by_measure=True)])
    )
    corner = read(grid([[None, *above], ["Клиент", *["Выручка", "Прибыль"] * 6], *figures((MONEY, GAIN))]))
    for sales in (below, under, corner):
        assert (sales.revenue, sales.profit, sales.period, codes(sales)) == (REVENUE, PROFIT, HALF, [])


@pytest.mark.parametrize("written", [one for one in WRITINGS if isinstance(one(1), str)])
def test_months_beside_the_word_for_the_measure(written: Callable[[int], object]) -> None:
    header = [f"{word} {written(m)}" for m in MONTHS for word in ("Выручка", "Прибыль")]
    sales = read(grid([["Клиент", *header], *figures((MONEY, GAIN))]))
    assert (sales.revenue, sales.profit, sales.period, codes(sales)) == (REVENUE, PROFIT, HALF, [])


@pytest.mark.parametrize("form", ["%d.%m.%Y", "%Y-%m-%d", None])
def test_the_first_of_a_month_among_days_is_a_day(form: str | None) -> None:
    days = [datetime(2025, 1, 1) + timedelta(days=n) for n in range(40)]
    header = [day.strftime(form) if form else day for day in days]
    sales = read(grid([["Клиент", *header], *[[name, *[10.0] * 40] for name in ("Вега", "Луч", "Север", "Юг")]]))
    assert (sales.revenue, len(sales.lines)) == (4 * 40 * 10.0, 4 * 40)
    assert sales.period == Period(date(2025, 1, 1), date(2025, 2, 9))


def test_a_year_beside_its_months_is_their_total() -> None:
    rows = [[*row, sum(cell or 0 for cell in row[1:])] for row in figures((MONEY,))]  # type: ignore[misc]
    sales = read(grid([["Клиент", *[f"{name} 2025" for name in NAMES], "Всего за 2025 год"], *rows]))
    assert (sales.revenue, sales.period) == (REVENUE, HALF)


def test_names_of_months_under_their_years_without_merged_cells() -> None:
    header = [["Клиент", "2024", *[None] * 5, "2025", *[None] * 5], [None, *NAMES, *NAMES]]
    sales = read(grid([*header, *[[row[0], *row[1:], *row[1:]] for row in figures((MONEY,))]]))
    assert (sales.revenue, sales.period) == (2 * REVENUE, Period(date(2024, 1, 1), date(2025, 6, 30)))


def test_a_pivot_with_its_field_above_the_months() -> None:
    rows = [[*row, sum(cell or 0 for cell in row[1:])] for row in figures((MONEY,))]  # type: ignore[misc]
    header = [["Сумма по полю Выручка", "Месяц"], ["Контрагент", *[name.lower()[:3] for name in NAMES], "Общий итог"]]
    assert read(grid([*header, *rows])).revenue == REVENUE


def test_a_client_called_total_stands_between_a_subtotal_and_its_rows() -> None:
    rows = [
        ["Иванова", "Вега", 10.0, 20.0],
        ["Иванова", "Всего ООО", 30.0, 40.0],
        ["Иванова", "Луч", 1.0, 2.0],
        ["Иванова Итог", None, 41.0, 62.0],
    ]
    sales = read(grid([["Менеджер", "Контрагент", "янв.25", "фев.25"], *rows]))
    assert sales.revenue == 103.0
    assert dict(sales.report.skipped) == {"subtotal": 1}
    assert set(sales.lines["client"]) == {"Вега", "Всего ООО", "Луч"}


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Кв.2 2025", date(2025, 4, 1), date(2025, 6, 30)),
        ("FY2025", date(2025, 1, 1), date(2025, 12, 31)),
        ("с 01.02.2025 по 15.03.2025", date(2025, 2, 1), date(2025, 3, 15)),
    ],
)
def test_periods_read_back(text: str, first: date, last: date) -> None:
    assert read_period(text) == (first, last)


@pytest.mark.parametrize("text", ["31.12.2025-01.01.2025", "1-2025", "202513", "199", "25-2025"])
def test_what_is_no_period(text: str) -> None:
    assert read_period(text) is None
