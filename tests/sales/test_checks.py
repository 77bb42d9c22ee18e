"""What the lines show: every warning of METHOD §3 appears where its definition holds and not beside it."""

from __future__ import annotations

from datetime import datetime

import pytest

from sbyt_core.sales.formats.grid import Workbook
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.read import interpret
from tests.sales.books import HEADERS, IP, ROWS, VEGA, grid, read

HEAD = ["Дата", "Документ", "Контрагент", "Выручка", "Прибыль"]


def sales_of(*rows: tuple[str, object, object, object, object]) -> SalesData:
    """Lines of (yyyy-mm-dd, document, client, revenue, profit)."""
    return read(grid([HEAD, *[[datetime.fromisoformat(row[0]) if row[0] else None, *row[1:]] for row in rows]]))


def clients(*profits: float, day: str = "2025-01-30") -> SalesData:
    return sales_of(*[(day, f"Д{i}", f"Клиент {i:03}", 1000.0, profit) for i, profit in enumerate(profits)])


@pytest.mark.parametrize(
    ("profits", "warned"),
    [((500, 300, 200, 100), False), ((550, 200, 200, 100), True), ((500, 300, 200, 0), True), ((500, 300, 200, -900), True)],
)
def test_concentration_is_half_of_the_positive_values(profits: tuple[float, ...], warned: bool) -> None:
    assert ("concentration" in clients(*profits).report.warnings) == warned


@pytest.mark.parametrize(
    ("profits", "warned"),
    [
        ((100,) * 10, True),  # ten equals stand across both borders
        ((100, 90, 80, 70, 60, 50, 40, 30, 20, 10), False),
        ((960, 10, 10, 10, 10), False),  # the equals all begin at .96, behind both borders
        ((400, 300, 150, 150), True),  # the two begin at .70 and end at 1.00, across .90
    ],
)
def test_ties_at_a_border(profits: tuple[float, ...], warned: bool) -> None:
    assert ("ties_at_boundary" in clients(*profits).report.warnings) == warned


def test_totals_that_are_not_positive() -> None:
    assert "non_positive_total" in clients(500, 300, 200, -600, -400).report.warnings
    assert "non_positive_total" not in clients(500, 300, 200, -600, -399).report.warnings


def test_few_clients() -> None:
    assert "too_few_clients" in clients(3, 2, 1).report.warnings
    assert "too_few_clients" not in clients(4, 3, 2, 1).report.warnings


def test_frequency_that_tells_nobody_apart() -> None:
    once = [("2025-01-30", f"Д{i}", f"Клиент {i:03}", 10.0, 1.0) for i in range(8)]
    twice = [("2025-01-30", f"Д{i}{j}", f"Клиент {i:03}", 10.0, 1.0) for i in (8, 9) for j in (0, 1)]
    assert "frequency_not_informative" in sales_of(*once, *twice).report.warnings
    assert "frequency_not_informative" not in sales_of(*once[1:], *twice).report.warnings


def test_profit_above_revenue_in_more_than_half_of_the_lines() -> None:
    lines = [("2025-01-30", f"Д{i}", f"Клиент {i:03}", 10.0, 20.0 if i < 3 else 5.0) for i in range(5)]
    assert "unit_mismatch" in sales_of(*lines).report.warnings
    assert "unit_mismatch" not in sales_of(*lines[1:]).report.warnings


def test_a_last_month_that_is_not_whole() -> None:
    assert "partial_period" in clients(4, 3, 2, 1, day="2025-01-25").report.warnings
    assert "partial_period" not in clients(4, 3, 2, 1, day="2025-01-26").report.warnings
    titled = grid([["Период: 01.01.2025 - 31.01.2025"], [None], HEAD, [datetime(2025, 1, 3), "Д", VEGA, 10.0, 1.0]])
    assert "partial_period" not in read(titled).report.warnings


def test_bad_dates_keep_their_money_and_lose_their_time() -> None:
    rows = [list(row) for row in ROWS]
    for i, bad in enumerate(("01.01.0001", "  .  .    ", datetime(2205, 1, 5), "31.02.2025", None)):
        rows[i][0] = bad
    sales = read(grid([HEADERS, *rows]))
    problem = next(problem for problem in sales.report.problems if problem.code == "bad_dates")
    assert (problem.row, problem.column, problem.value, problem.count) == (2, "Дата", "01.01.0001", 5)
    assert sales.revenue == 2700.0
    assert sales.lines["date"].notna().sum() == 3


def test_a_date_far_from_all_others_is_a_slip() -> None:
    rows = [list(row) for row in ROWS]
    rows[2][0] = datetime(2052, 2, 3)
    sales = read(grid([HEADERS, *rows]))
    assert sales.lines["date"].max().year == 2025
    assert "bad_dates" in sales.report.warnings


def test_lines_without_a_client_and_of_many_buyers_are_told_apart() -> None:
    rows = [list(row) for row in ROWS]
    rows[0][2], rows[1][2], rows[3][2] = None, "(пусто)", "Розничный покупатель"
    sales = read(grid([HEADERS, *rows]))
    assert {"unassigned_client", "aggregate_client"} <= set(sales.report.warnings)
    assert sales.lines["client_key"].isna().sum() == 2
    assert sales.lines["aggregate"].sum() == 1
    assert sales.revenue == 2700.0


def test_hidden_rows_are_read_and_told() -> None:
    sales = read(grid([HEADERS, *ROWS], hidden=(2, 3, 4)))
    problem = next(problem for problem in sales.report.problems if problem.code == "hidden_rows")
    assert problem.count == 3
    assert sales.revenue == 2700.0


def test_a_table_without_dates_says_so() -> None:
    sales = read(grid([["Клиент", "Выручка", "Прибыль"], [VEGA, 5.0, 1.0], [IP, 4.0, 1.0]]))
    assert "no_transaction_dates" in sales.report.warnings
    assert sales.period is None


def test_order_of_rows_changes_no_warning_and_no_sum() -> None:
    forward, backward = read(grid([HEADERS, *ROWS])), read(grid([HEADERS, *reversed(ROWS)]))
    assert sorted(forward.report.warnings) == sorted(backward.report.warnings)
    assert (forward.revenue, forward.profit, forward.n_clients) == (backward.revenue, backward.profit, backward.n_clients)


def test_the_shape_is_the_same_next_month_and_differs_for_another_report() -> None:
    this, following = read(grid([HEADERS, *ROWS[:4]])), read(grid([HEADERS, *ROWS[4:]]))
    assert this.report.shape == following.report.shape
    assert this.report.shape != read(grid([[*HEADERS[:-1], "Город"], *ROWS])).report.shape


def test_hidden_sheets_are_not_read_but_told() -> None:
    from dataclasses import replace

    hidden = replace(grid([HEADERS, *ROWS], name="Старое"), is_hidden=True)
    sales = interpret(Workbook("xlsx", (grid([HEADERS, *ROWS[:2]]), hidden)), name="b", sha256="0")
    assert len(sales.lines) == 2
    assert "hidden_sheets" in {problem.code for problem in sales.report.problems}
