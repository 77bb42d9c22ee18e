"""The table as a whole: its period, what stands beside it, and that all money adds up."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from sbyt_core.clients import CLIENT_COLUMNS, client_table, default_period, monthly_sales
from sbyt_core.errors import BadInput
from sbyt_core.sales.period import Period
from tests.clients.making import day, sales_data
from tests.clients.test_worked_numbers import YEAR

ROWS = [
    {"client_key": "a", "date": "2024-02-01", "revenue": 100.0, "profit": 30.0},
    {"client_key": "a", "date": "2025-03-01", "revenue": 10.1, "profit": 1.0},
    {"client_key": "b", "date": "2025-04-01", "revenue": 20.2, "profit": 2.0},
    {"client_key": "gone", "date": "2024-05-01", "revenue": 70.0, "profit": 7.0},
    {"client_key": None, "date": "2025-05-01", "revenue": 5.0, "profit": 0.5},
    {"client_key": "retail", "date": "2025-06-01", "revenue": 40.0, "profit": 4.0, "aggregate": True},
    {"client_key": "b", "date": None, "revenue": 3.0, "profit": 0.3},
    {"client_key": None, "date": None, "revenue": 2.0, "profit": 0.2},
    {"client_key": "b", "date": "2025-12-28", "revenue": -0.2, "profit": -0.1},
]


def test_every_line_of_the_period_is_in_one_place() -> None:
    table = client_table(sales_data(ROWS), YEAR)
    assert list(table.frame["client_key"]) == ["a", "b", "retail"]
    assert table.unassigned.revenue == 5
    assert (table.undated.rows, table.undated.revenue, table.undated.profit) == (2, 5, 0.5)
    assert table.aggregate.revenue == 40
    assert table.total.revenue == pytest.approx(10.1 + 20.2 + 5 + 40 - 0.2)
    assert table.frame["revenue"].sum() + table.unassigned.revenue == pytest.approx(table.total.revenue)
    assert table.frame["profit"].sum() + table.unassigned.profit == pytest.approx(table.total.profit)
    assert table.frame["lines"].sum() + table.unassigned.rows == table.total.rows == 5


def test_the_lost_bought_only_before() -> None:
    lost = client_table(sales_data(ROWS), YEAR).lost
    assert lost.to_dict("records") == [
        {"client_key": "gone", "client": "gone", "last_purchase": pd.Timestamp("2024-05-01"), "revenue": 70.0}
    ]


def test_later_lines_are_not_seen() -> None:
    early = client_table(sales_data(ROWS), Period(day("2024-01-01"), day("2024-12-31")))
    assert list(early.frame["client_key"]) == ["a", "gone"]
    assert len(early.lost) == 0


def test_the_default_period_leaves_out_an_incomplete_month_and_says_so() -> None:
    data = sales_data(
        [{"client_key": "a", "date": "2024-01-05", "revenue": 1.0}, {"client_key": "a", "date": "2025-06-10", "revenue": 1.0}]
    )
    table = client_table(data)
    assert table.period == default_period(data) == Period(day("2024-06-01"), day("2025-05-31"))
    assert [problem.code for problem in table.problems] == ["partial_period"]


def test_a_stated_period_makes_the_last_month_whole() -> None:
    rows = [{"client_key": "a", "date": "2024-01-05", "revenue": 1.0}, {"client_key": "a", "date": "2025-06-10", "revenue": 1.0}]
    data = sales_data(rows, stated=Period(day("2024-01-01"), day("2025-06-30")))
    table = client_table(data)
    assert table.period == Period(day("2024-07-01"), day("2025-06-30"))
    assert table.problems == ()


def test_without_dates_the_table_is_over_all_lines_and_dates_are_missing() -> None:
    rows = [{"client_key": "a", "revenue": 10.0, "document": "1"}, {"client_key": "a", "revenue": 5.0, "document": "2"}]
    table = client_table(sales_data([*rows, {"client_key": None, "revenue": 1.0}]))
    row = table.frame.iloc[0]
    assert table.period is None
    assert (row["revenue"], row["documents"], table.unassigned.revenue, table.undated.rows) == (15, 2, 1, 0)
    assert row[["first_purchase", "last_purchase", "first_ever", "cv", "active_share", "median_gap", "growth"]].isna().all()
    assert row["largest_document_share"] == pytest.approx(10 / 15)


def test_without_dates_and_documents_nobody_knows_how_many_documents() -> None:
    row = client_table(sales_data([{"client_key": "a", "revenue": 10.0}])).frame.iloc[0]
    assert pd.isna(row["documents"])
    assert pd.isna(row["largest_document_share"])


def test_without_profit_there_is_none() -> None:
    table = client_table(sales_data([{"client_key": "a", "date": "2025-01-01", "revenue": 10.0}]))
    assert not table.has_profit
    assert table.total.profit is None
    assert table.frame["profit"].isna().all()


@pytest.mark.parametrize(
    ("start", "end", "code"),
    [("2025-12-31", "2025-01-01", "period_out_of_order"), ("2019-01-01", "2019-12-31", "period_outside_data")],
)
def test_a_wrong_period_is_told(start: str, end: str, code: str) -> None:
    with pytest.raises(BadInput) as told:
        client_table(sales_data(ROWS), Period(day(start), day(end)))
    assert told.value.code == code


def test_parquet_and_memory_give_the_same(tmp_path: Path) -> None:
    data = sales_data(ROWS)
    path = tmp_path / "it's lines.parquet"
    data.lines.to_parquet(path)
    memory, parquet = client_table(data), client_table(data, source=path)
    assert_frame_equal(memory.frame, parquet.frame)
    assert_frame_equal(memory.lost, parquet.lost)
    assert (memory.total, memory.period, memory.undated) == (parquet.total, parquet.period, parquet.undated)
    assert default_period(data, source=path) == memory.period
    assert_frame_equal(monthly_sales(data), monthly_sales(data, source=path))


def test_columns_are_all_there_with_their_types() -> None:
    for data in (sales_data(ROWS), sales_data([{"client_key": "a", "revenue": 1.0}])):
        types = client_table(data).frame.dtypes
        assert {name: str(kind) for name, kind in types.items()} == CLIENT_COLUMNS


def test_monthly_sales_of_one_client() -> None:
    months = monthly_sales(sales_data(ROWS), "b")
    assert list(months["revenue"]) == [20.2, -0.2]
    assert list(months["month"]) == [pd.Timestamp("2025-04-01"), pd.Timestamp("2025-12-01")]


def test_another_engine_is_named_by_its_url(tmp_path: Path) -> None:
    data = sales_data(ROWS)
    path = tmp_path / "warehouse.duckdb"
    with duckdb.connect(str(path)) as warehouse:
        warehouse.register("made", data.lines)
        warehouse.execute("create table sales_lines as select *, date::date as day from made")
        warehouse.execute("alter table sales_lines drop column date")
        warehouse.execute("alter table sales_lines rename column day to date")
    there = client_table(replace(data, lines=data.lines.iloc[:0]), source=f"duckdb://{path}")
    here = client_table(data)
    assert_frame_equal(here.frame, there.frame)
    assert_frame_equal(here.lost, there.lost)
    assert here.total == there.total
