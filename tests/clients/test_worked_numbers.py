"""The worked numbers of METHOD §2, typed from it by hand."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest

from sbyt_core.clients import client_table
from sbyt_core.clients.model import ClientTable
from sbyt_core.sales.period import Period
from tests.clients.making import day, sales_data

YEAR = Period(day("2025-01-01"), day("2025-12-31"))


def one(table: ClientTable, key: str = "a") -> pd.Series:
    return table.frame.set_index("client_key").loc[key]


def monthly(figures: list[float], **more: object) -> list[dict[str, object]]:
    return [{"client_key": "a", "date": f"2025-{month:02d}-15", "revenue": sum_, **more} for month, sum_ in enumerate(figures, 1) if sum_]


def test_active_share_and_cv_of_a_steady_client() -> None:
    row = one(client_table(sales_data(monthly([10, 0, 12, 8, 0, 10, 9, 11, 0, 10, 10, 0])), YEAR))
    assert row["active_share"] == pytest.approx(0.6667, abs=5e-5)
    assert row["cv"] == pytest.approx(0.720243, abs=5e-7)


def test_months_before_the_first_purchase_do_not_count() -> None:
    row = one(client_table(sales_data(monthly([0, 0, 0, 10, 0, 12, 8, 0, 10, 9, 11, 0])), YEAR))
    assert row["months_known"] == 9
    assert row["active_share"] == pytest.approx(0.6667, abs=5e-5)
    assert row["cv"] == pytest.approx(0.724569, abs=5e-7)


def test_a_month_that_only_gives_back_is_not_active_and_counts_in_cv() -> None:
    # by hand: months 10, 10, −4, 8: mean 6, deviations 4, 4, −10, 2 → variance 136/4 = 34, CV 5.8310/6
    data = sales_data([*monthly([0, 0, 0, 0, 0, 0, 0, 0, 10, 10, -4, 8])])
    row = one(client_table(data, YEAR))
    assert row["active_share"] == pytest.approx(3 / 4)
    assert row["cv"] == pytest.approx(34**0.5 / 6)


def test_cv_is_missing_when_the_mean_is_not_positive() -> None:
    row = one(client_table(sales_data(monthly([0] * 9 + [10, -10, 0])), YEAR))
    assert pd.isna(row["cv"])
    assert row["revenue"] == 0


def test_usual_gap_and_overdue_ratio() -> None:
    start = day("2025-01-01")
    rows = [{"client_key": "a", "date": start + timedelta(days), "revenue": 5.0} for days in (0, 30, 58, 92, 120, 151)]
    row = one(client_table(sales_data(rows), Period(start, start + timedelta(220))))
    assert (row["gaps"], row["median_gap"], row["days_since_last"]) == (5, 30, 69)
    assert row["overdue_ratio"] == pytest.approx(2.3)


def test_three_gaps_make_no_rhythm_of_ones_own() -> None:
    rows = [{"client_key": "a", "date": f"2025-{month:02d}-01", "revenue": 5.0} for month in (1, 2, 3, 4)]
    row = one(client_table(sales_data(rows), YEAR))
    assert row["gaps"] == 3
    assert pd.isna(row["overdue_ratio"])


def test_growth_compares_half_a_year_with_the_same_half_before() -> None:
    # by hand: last six months of 2025 bring 300, of 2024 bring 100: (300 − 100) / 200
    rows = [
        {"client_key": "a", "date": "2024-01-10", "revenue": 1.0},
        {"client_key": "a", "date": "2024-07-01", "revenue": 40.0},
        {"client_key": "a", "date": "2024-12-31", "revenue": 60.0},
        {"client_key": "a", "date": "2025-06-30", "revenue": 999.0},
        {"client_key": "a", "date": "2025-07-01", "revenue": 300.0},
    ]
    assert one(client_table(sales_data(rows), YEAR))["growth"] == pytest.approx(1.0)


@pytest.mark.parametrize(("first", "known"), [("2024-07-09", True), ("2024-08-01", False)])
def test_growth_needs_eighteen_months(first: str, known: bool) -> None:
    rows = [{"client_key": "a", "date": first, "revenue": 10.0}, {"client_key": "a", "date": "2025-12-30", "revenue": 10.0}]
    assert pd.notna(one(client_table(sales_data(rows), YEAR))["growth"]) is known


def test_growth_is_missing_where_a_half_is_negative() -> None:
    rows = [
        {"client_key": "a", "date": "2024-01-10", "revenue": 50.0},
        {"client_key": "a", "date": "2024-09-10", "revenue": -10.0},
        {"client_key": "a", "date": "2025-12-30", "revenue": 10.0},
    ]
    assert pd.isna(one(client_table(sales_data(rows), YEAR))["growth"])
