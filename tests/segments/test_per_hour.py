"""Hours of the segments and the profit of an hour, on a base whose figures are worked out by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.segments import segment
from sbyt_core.segments.per_hour import hours_by_segment
from tests.segments.making import PLAIN, table_of

# A: 700 and 300 (700 before 70 %), B: 150, C: 50 and −20; a year of 12 months
PROFITS = [700.0, 300.0, 150.0, 50.0, -20.0]


def test_by_hand() -> None:
    hours = pd.Series({"c00": 2.0, "c01": 3.0, "c03": 1.0, "c04": 0.5, "somebody else": 100.0})
    table = hours_by_segment(segment(table_of(PROFITS), PLAIN), hours)
    assert table["known"].to_dict() == {"A": 2, "B": 0, "C": 2, "new": 0}
    assert table.loc["A", "hours"] == 5
    assert table.loc["A", "profit_per_hour"] == round(1000 / 60, 6)  # 1 000 in 5 hours a month for 12 months
    assert table.loc["C", "profit_per_hour"] == round(30 / 18, 6)
    assert np.isnan(table.loc["B", "hours"]), "not known is not nought"


def test_profit_of_clients_without_hours_does_not_count() -> None:
    table = hours_by_segment(segment(table_of(PROFITS), PLAIN), pd.Series({"c00": 1.0}))
    assert table.loc["A", "profit_per_hour"] == round(700 / 12, 6)


def test_no_hours_no_profit_of_an_hour() -> None:
    table = hours_by_segment(segment(table_of(PROFITS), PLAIN), pd.Series({"c00": 0.0}))
    assert table.loc["A", "hours"] == 0
    assert np.isnan(table.loc["A", "profit_per_hour"])


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0.1, 50), min_size=5, max_size=5), st.floats(0.1, 10))
def test_hours_add_up_and_more_hours_make_an_hour_cheaper(spent: list[float], times: float) -> None:
    result = segment(table_of(PROFITS), PLAIN)
    hours = pd.Series(spent, index=[f"c{place:02d}" for place in range(5)])
    table, more = hours_by_segment(result, hours), hours_by_segment(result, times * hours)
    assert np.isclose(table["hours"].sum(), sum(spent))
    assert np.allclose(more["profit_per_hour"].dropna() * times, table["profit_per_hour"].dropna(), rtol=1e-6, atol=1e-5)
