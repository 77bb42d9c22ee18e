"""The engine's table against one written apart in pandas, on lines drawn by lot; parts add up; order changes nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from sbyt_core.clients import client_table
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import Period
from tests.clients.making import day, sales_data, sales_of
from tests.clients.reference import reference_table

PERIODS = [
    Period(day("2025-01-01"), day("2025-12-31")),
    Period(day("2024-03-01"), day("2025-06-30")),
    Period(day("2025-10-01"), day("2025-12-31")),
]
# what the sums of two engines may differ by, adding in another order
CLOSE = {"rtol": 1e-9, "atol": 1e-7}


def drawn(seed: int, n: int = 400) -> SalesData:
    draw = np.random.default_rng(seed)
    clients = draw.choice([f"client {i}" for i in range(15)] + [None], n)
    days = pd.Timestamp("2023-02-01") + pd.to_timedelta(draw.integers(0, 1064, n), unit="D")
    revenue = draw.choice([100, 100, 250, 0, -80, 33.35, 0.1, 0.2], n) * draw.choice([1, 1, 7], n)
    rows = pd.DataFrame(
        {
            "client_key": clients,
            "date": days,
            "document": draw.choice([*[f"doc {i}" for i in range(60)], None, None], n),
            "item": draw.choice(["x", "y", "z", None], n),
            "manager": draw.choice(["Anna", "Boris", "Vera"], n),
            "revenue": revenue,
            "profit": np.round(revenue * draw.normal(0.2, 0.2, n), 2),
            "aggregate": clients == "client 3",
        }
    )
    return sales_data(rows.to_dict("records"))


@pytest.mark.parametrize("period", PERIODS, ids=str)
@pytest.mark.parametrize("seed", range(4))
def test_both_tables_agree(seed: int, period: Period) -> None:
    data = drawn(seed)
    expected = reference_table(data.lines, period)
    found = client_table(data, period).frame.set_index("client_key")
    seasonal = found["seasonal"].copy()
    assert found.index.tolist() == expected.index.tolist()
    for name in expected.columns:
        left, right = found[name], expected[name]
        if name in ("active_share", "cv"):
            left, right = left[~seasonal], right[~seasonal]
        if name == "manager":
            assert left.tolist() == right.tolist()
        elif name in ("first_ever", "first_purchase", "last_purchase"):
            assert left.astype("datetime64[us]").equals(pd.to_datetime(right).astype("datetime64[us]"))
        else:
            np.testing.assert_allclose(left.to_numpy("float64"), right.to_numpy("float64"), err_msg=name, **CLOSE)


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10_000))
def test_order_of_lines_changes_nothing_and_money_adds_up(seed: int) -> None:
    data = drawn(seed, 120)
    table = client_table(data, PERIODS[0])
    mixed = data.lines.sample(frac=1, random_state=seed).reset_index(drop=True)
    assert_frame_equal(client_table(sales_of(mixed), PERIODS[0]).frame, table.frame)
    inside = data.lines[(data.lines["date"] >= "2025-01-01") & (data.lines["date"] <= "2025-12-31")]
    assert table.total.rows == len(inside) == table.frame["lines"].sum() + table.unassigned.rows
    assert table.total.revenue == pytest.approx(inside["revenue"].sum(), abs=1e-6)
    assert table.frame["revenue"].sum() + table.unassigned.revenue == pytest.approx(table.total.revenue, abs=1e-6)


def test_nobody_named_gives_an_empty_table() -> None:
    table = client_table(sales_data([{"client_key": None, "date": "2025-01-01", "revenue": 5.0}]))
    assert len(table.frame) == len(table.lost) == 0
    assert table.unassigned.revenue == table.total.revenue == 5
