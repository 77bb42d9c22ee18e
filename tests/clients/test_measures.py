"""Edges of single measures: documents and returns, small documents, whose manager, season."""

from __future__ import annotations

import pandas as pd
import pytest

from sbyt_core.clients import client_table
from sbyt_core.sales.period import Period
from tests.clients.making import day, sales_data
from tests.clients.test_worked_numbers import YEAR, one


def line(date: str, revenue: float, **more: object) -> dict[str, object]:
    return {"client_key": "a", "date": date, "revenue": revenue, **more}


def test_a_document_is_an_order_and_one_that_only_gives_back_is_counted_apart() -> None:
    rows = [
        line("2025-03-01", 60.0, document="1"),
        line("2025-03-01", 40.0, document="1"),
        line("2025-04-01", 50.0, document="2"),
        line("2025-05-01", -30.0, document="back 1"),
    ]
    row = one(client_table(sales_data(rows), YEAR))
    assert (row["documents"], row["return_documents"], row["lines"]) == (2, 1, 4)
    assert row["revenue"] == 120
    assert row["returns_share"] == pytest.approx(30 / 150)
    assert row["largest_document_share"] == pytest.approx(100 / 120)
    assert row["average_document"] == pytest.approx(60)


def test_without_documents_a_client_day_is_one() -> None:
    rows = [line("2025-03-01", 60.0), line("2025-03-01", 40.0), line("2025-04-01", 50.0)]
    assert one(client_table(sales_data(rows), YEAR))["documents"] == 2


def test_small_documents_are_under_half_the_median_or_under_the_owners_sum() -> None:
    # by hand: documents 100, 100, 100, 49, 50: median 100, half 50, so only 49 is small; under 60: two
    rows = [line(f"2025-0{month}-01", money, document=str(month)) for month, money in enumerate([100.0, 100, 100, 49, 50], 1)]
    assert one(client_table(sales_data(rows), YEAR))["small_document_share"] == pytest.approx(1 / 5)
    assert one(client_table(sales_data(rows), YEAR, small_document=60))["small_document_share"] == pytest.approx(2 / 5)


def test_manager_is_that_of_the_latest_line_then_of_the_largest_then_by_name() -> None:
    rows = [
        line("2025-03-01", 900.0, manager="Early"),
        line("2025-06-01", 10.0, manager="Small"),
        line("2025-06-01", 20.0, manager="Yakov"),
        line("2025-06-01", 20.0, manager="Anna", branch="North"),
        line("2025-07-01", 5.0),
    ]
    row = one(client_table(sales_data(rows), YEAR))
    assert (row["manager"], row["branch"]) == ("Anna", "North")


def test_three_tenths_less_their_parts_is_no_purchase() -> None:
    rows = [line("2025-03-01", 5.0), line("2025-05-01", 0.1), line("2025-05-01", 0.2), line("2025-05-01", -0.3)]
    row = one(client_table(sales_data(rows), YEAR))
    assert row["last_purchase"] == pd.Timestamp("2025-03-01")
    assert row["months_seen"] == 1


def test_a_client_who_only_gave_back_has_no_purchase_in_the_period() -> None:
    rows = [line("2024-03-01", 50.0), line("2025-03-01", -20.0), {"client_key": "b", "date": "2025-12-30", "revenue": 1.0}]
    row = one(client_table(sales_data(rows), YEAR))
    assert row["revenue"] == -20
    assert pd.isna(row["last_purchase"])
    assert pd.isna(row["active_share"])
    assert row["documents"] == 0


def season(years: tuple[int, ...], months: tuple[int, ...], rest: float) -> list[dict[str, object]]:
    rows = [line("2023-01-09", 1.0)]
    for year in years:
        rows += [line(f"{year}-{month:02d}-10", 100.0, document=f"{year}{month}") for month in months]
        rows.append(line(f"{year}-06-20", rest, document=f"{year}rest"))
    return rows


def test_a_season_runs_over_the_new_year_and_remakes_regularity() -> None:
    # by hand: November … March bring 100 each in both years, June 200: 500 of 700 is 71 %; the season is five active
    # months of five, all equal
    row = one(client_table(sales_data(season((2024, 2025), (11, 12, 1, 2, 3), 200.0)), YEAR))
    assert row["seasonal"]
    assert row["season_start"] == 11
    assert row["active_share"] == 1
    assert row["cv"] == pytest.approx(0)


@pytest.mark.parametrize(
    ("years", "months", "rest"),
    [
        ((2024, 2025), (11, 12, 1, 2, 3), 250.0),  # 500 of 750 is under 70 %
        ((2025,), (11, 12, 1, 2, 3), 10.0),  # one year only
        ((2024, 2025), (11, 12), 10.0),  # three documents a year
    ],
)
def test_what_is_no_season(years: tuple[int, ...], months: tuple[int, ...], rest: float) -> None:
    assert not one(client_table(sales_data(season(years, months, rest)), YEAR))["seasonal"]


def test_another_season_each_year_is_none() -> None:
    rows = season((2024,), (1, 2, 3, 4, 5), 10.0) + season((2025,), (8, 9, 10, 11, 12), 10.0)[1:]
    assert not one(client_table(sales_data(rows), YEAR))["seasonal"]


def test_one_document_of_the_year_when_the_period_is_longer() -> None:
    rows = [line("2024-02-01", 900.0, document="1"), line("2025-02-01", 80.0, document="2"), line("2025-12-30", 20.0, document="3")]
    row = one(client_table(sales_data(rows), Period(day("2024-01-01"), day("2025-12-31"))))
    assert row["largest_document_share"] == pytest.approx(0.9)
    assert row["year_document_share"] == pytest.approx(0.8)


def test_cost_to_serve_gives_net_profit_only_where_it_is_known() -> None:
    rows = [line("2025-03-01", 50.0, profit=20.0), {"client_key": "b", "date": "2025-12-30", "revenue": 9.0, "profit": 3.0}]
    table = client_table(sales_data(rows), YEAR)
    assert not table.has_net
    costed = table.with_cost_to_serve(pd.Series({"a": 12.5}))
    assert costed.has_net
    assert one(costed)["net_profit"] == 7.5
    assert pd.isna(one(costed, "b")["net_profit"])
    assert pd.isna(one(table)["net_profit"])
