"""Segments over time without the drift of the choice: worked numbers of METHOD §7, and a base in which nothing happened."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sbyt_core.results.facts import facts_of
from sbyt_core.results.sources.drift import classes_by, segments_over_time, taken_out
from sbyt_core.results.sources.shrinkage import noise_of_means, reliability, shrink
from sbyt_core.results.windows import whole_period, windows
from sbyt_core.sales.model import SalesData
from tests.clients.making import day, sales_data


def test_drift_taken_out_by_hand() -> None:
    assert taken_out(pd.Series([-0.14]), pd.Series([-0.12])).tolist() == pytest.approx([-0.022727], abs=1e-6)


def test_a_drift_that_took_everything_leaves_nothing_to_say() -> None:
    assert taken_out(pd.Series([0.1]), pd.Series([-1.0])).isna().all()


def test_shrinkage_by_hand() -> None:
    assert shrink(np.array([100.0, 60, 40, 20, 10]), 0.8).tolist() == pytest.approx([89.2, 57.2, 41.2, 25.2, 17.2])


def test_reliability_by_hand() -> None:
    # two clients, months 8, 12 and 18, 22: within 8 each, of a mean 4; between the means 10 and 20: 50; b = 46, Z = 46/50
    months = np.array([[8.0, 12.0], [18.0, 22.0]])
    assert noise_of_means(months) == pytest.approx(4)
    assert reliability(months.mean(axis=1), 4.0) == pytest.approx(0.92)
    assert reliability(np.array([10.0, 10.0]), 4.0) == 0
    assert reliability(np.array([5.0]), 1.0) == 0


def noise_only(months: int, seed: int = 7) -> SalesData:
    """Two hundred clients of a steady level with much noise, month after month: no effect at all."""
    rng = np.random.default_rng(seed)
    level = np.exp(rng.normal(0, 1.0, 200)) * 1000
    days = pd.date_range("2023-01-31", periods=months, freq="ME")
    rows = [
        {"date": one, "client_key": f"c{i:03d}", "document": f"{one:%y%m}{i}", "revenue": amount, "profit": amount * 0.2}
        for one in days
        for i, amount in enumerate(level * np.exp(rng.normal(0, 1.2, 200)))
    ]
    return sales_data(rows, stated=None)


def followed(sales: SalesData, rollout: str):
    whole = whole_period(sales)
    return segments_over_time(facts_of(sales, windows(whole, day(rollout))), whole, classes_by(sales))


def test_with_no_effect_the_drift_explains_what_looks_like_one() -> None:
    found = followed(noise_only(36), "2025-02-01")
    assert found is not None
    assert found.drift_from == "year_before"
    assert found.frame.loc["A", "naive"] < -0.05  # chosen for a good year
    assert found.frame.loc["C", "naive"] > 0.05
    for segment in ("A", "C"):
        assert abs(found.frame.loc[segment, "adjusted"]) < abs(found.frame.loc[segment, "naive"])


def test_without_the_year_further_back_the_drift_is_estimated() -> None:
    found = followed(noise_only(20), "2024-02-01")
    assert found is not None
    assert found.drift_from == "shrinkage"
    assert found.frame.loc["A", "drift"] < 0 < found.frame.loc["C", "drift"]


def test_all_members_count_and_the_rest_is_new() -> None:
    sales = noise_only(36)
    found = followed(sales, "2025-02-01")
    assert found is not None
    inside = sales.lines[sales.lines["date"].between("2025-02-01", "2025-12-31")]
    assert found.frame["after"].sum() == pytest.approx(inside["profit"].sum())
    assert found.frame.loc["new", "clients"] == 0


def test_nobody_of_value_nobody_to_follow() -> None:
    rows = [{"date": one, "client_key": "a", "revenue": -5.0, "profit": -5.0} for one in pd.date_range("2023-01-31", periods=30, freq="ME")]
    assert followed(sales_data(rows), "2025-01-01") is None
