"""Units by months from lines: each line counts for its own manager, whole months only, missing is not 0."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from sbyt_core.errors import SbytError
from sbyt_core.results.model import Settings
from sbyt_core.results.panel import unit_panel
from sbyt_core.results.sources.prices import Prices
from sbyt_core.sales.period import Period
from tests.clients.making import sales_data


def line(day: str, unit: str | None, revenue: float, client: str = "c1", **more: object) -> dict[str, object]:
    return {"date": day, "client_key": client, "manager": unit, "revenue": float(revenue), **more}


def test_a_line_counts_for_its_own_manager() -> None:
    """Client c1 moves from a to b in March: January and February stay with a (METHOD §2)."""
    rows = [line("2025-01-01", "a", 10), line("2025-02-28", "a", 20), line("2025-03-31", "b", 40), line("2025-01-01", "b", 1, "c2")]
    panel = unit_panel(sales_data(rows), Settings())
    assert panel.units == ("a", "b")
    assert panel.months == (date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1))
    assert panel.values.tolist() == [[10, 1], [20, 0], [0, 40]]
    assert panel.part_sums([0, 1, 2]).tolist() == [30, 40, 1]
    assert [panel.clients[c] for c in panel.part_client] == ["c1", "c1", "c2"]


def test_months_before_the_first_line_are_missing_and_later_ones_are_nought() -> None:
    rows = [line("2025-01-01", "a", 10), line("2025-03-31", "a", 10), line("2025-02-28", "b", 5)]
    values = unit_panel(sales_data(rows), Settings()).values
    assert np.isnan(values[0, 1])
    assert values[:, 0].tolist() == [10, 0, 10]
    assert values[1:, 1].tolist() == [5, 0]


def test_returns_count_at_their_own_date_and_lines_without_a_unit_beside() -> None:
    rows = [line("2025-01-01", "a", 100), line("2025-02-28", "a", -30), line("2025-02-28", None, 130)]
    panel = unit_panel(sales_data(rows), Settings())
    assert panel.values[:, 0].tolist() == [100, -30]
    assert panel.outside == pytest.approx(0.5)


def test_a_month_that_is_not_whole_is_left_out() -> None:
    rows = [line("2025-01-20", "a", 1), line("2025-02-05", "a", 2), line("2025-03-31", "a", 3), line("2025-04-10", "a", 4)]
    panel = unit_panel(sales_data(rows), Settings())
    assert panel.months == (date(2025, 2, 1), date(2025, 3, 1))
    stated = unit_panel(sales_data(rows, stated=Period(date(2025, 1, 1), date(2025, 4, 30))), Settings())
    assert len(stated.months) == 4


def test_measures_and_units() -> None:
    rows = [line("2025-01-01", "a", 10, profit=4.0, branch="x"), line("2025-02-28", "b", 20, profit=5.0, branch="x")]
    sales = sales_data(rows)
    assert unit_panel(sales, Settings(measure="profit")).values[0, 0] == 4
    assert unit_panel(sales, Settings(units="branch")).values[:, 0].tolist() == [10, 20]
    cost = sales.lines["revenue"] * 0 + 1.5
    assert unit_panel(sales, Settings(measure="net"), cost=cost).values[0, 0] == 2.5


def test_collective_clients_are_no_clients_but_their_money_counts() -> None:
    rows = [line("2025-01-01", "a", 10), line("2025-02-28", "a", 90, "retail", aggregate=True)]
    panel = unit_panel(sales_data(rows), Settings())
    assert panel.values[:, 0].tolist() == [10, 90]
    assert list(panel.clients) == ["c1"]


def test_constant_prices_divide_by_the_level_of_the_last_month() -> None:
    """Levels 100, 110: 10 of the first month are 11 in prices of the second."""
    rows = [line("2025-01-01", "a", 10), line("2025-02-28", "a", 20)]
    panel = unit_panel(sales_data(rows), Settings()).at_prices(Prices.of_levels({date(2025, 1, 1): 100, date(2025, 2, 1): 110}))
    assert panel.values[:, 0].tolist() == pytest.approx([11, 20])
    assert panel.part_sums([0]).tolist() == pytest.approx([11])


def test_without_one_client_and_of_some_units() -> None:
    rows = [line("2025-01-01", "a", 10), line("2025-02-28", "a", 7, "c2"), line("2025-02-28", "b", 5, "c2")]
    panel = unit_panel(sales_data(rows), Settings())
    without = panel.without_client(list(panel.clients).index("c2"))
    assert np.nan_to_num(without.values).tolist() == [[10, 0], [0, 0]]
    alone = panel.of_units(np.array([1]))
    assert alone.units == ("b",)
    assert alone.part_sums([1]).tolist() == [5]


@pytest.mark.parametrize(
    ("rows", "settings", "code"),
    [
        ([line("2025-01-01", None, 1), line("2025-02-28", None, 1)], Settings(), "no_units"),
        ([line("2025-01-01", "a", 1), line("2025-02-28", "a", 1)], Settings(measure="profit"), "measure_not_known"),
        ([line("2025-01-01", "a", 1), line("2025-02-28", "a", 1)], Settings(measure="net"), "measure_not_known"),
        ([line("2025-01-01", "a", 1)], Settings(), "results_too_short"),
        ([{"client_key": "c", "manager": "a", "revenue": 1.0}], Settings(), "no_dates"),
    ],
)
def test_what_cannot_be_is_told_by_a_code(rows: list[dict[str, object]], settings: Settings, code: str) -> None:
    with pytest.raises(SbytError) as told:
        unit_panel(sales_data(rows), settings)
    assert told.value.code == code
