"""Firmness by drawing months, and migration between two periods."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from sbyt_core.errors import BadInput
from sbyt_core.sales.period import Period
from sbyt_core.segments import Criteria, segment
from sbyt_core.segments.stability import draw_months, migration, monthly_values, stability, year_before
from tests.segments.making import PLAIN, table_of


def months_of(table: pd.DataFrame, figures: np.ndarray) -> pd.DataFrame:
    """Monthly profit of each client of a table, (clients, 12)."""
    rows = [
        {"client_key": key, "month": pd.Timestamp(2025, month, 1), "revenue": 10.0, "profit": figures[i, month - 1]}
        for i, key in enumerate(table["client_key"])
        for month in range(1, 13)
    ]
    early = {"client_key": table["client_key"][0], "month": pd.Timestamp(2024, 12, 1), "revenue": 9e9, "profit": 9e9}
    return pd.DataFrame([*rows, early])


def test_the_same_every_month_is_firm() -> None:
    figures = np.repeat(np.array([[100.0], [30.0], [10.0], [5.0], [1.0]]), 12, axis=1)
    table = table_of(figures.sum(axis=1))
    result = segment(table, PLAIN)
    found = stability(result, months_of(table.frame, figures), draws=40)
    assert found.frame["firm"].all()
    assert not found.frame["border"].any()
    assert found.noise == 0
    assert found.draws == 40


def test_one_good_month_is_not() -> None:
    # by hand: c00 brings all in one month; drawing 12 of 12 leaves it out with probability (11/12)^12 = .352
    figures = np.zeros((3, 12))
    figures[0, 4] = 100.0
    figures[1:] = 1.0
    table = table_of(figures.sum(axis=1))
    found = stability(segment(table, PLAIN), months_of(table.frame, figures), draws=400, seed=3)
    first = found.frame.set_index("client_key").loc["c00"]
    assert first["p_a"] == pytest.approx(1 - 0.352, abs=0.07)
    assert first["border"]
    assert found.noise > 0.1


def test_values_by_month_add_up_to_the_value() -> None:
    figures = np.arange(24.0).reshape(2, 12)
    table = table_of(figures.sum(axis=1))
    ranking = segment(table, PLAIN).ranking
    assert monthly_values(ranking, months_of(table.frame, figures)).sum(axis=1) == pytest.approx(ranking.value)
    costed = table.with_cost_to_serve(pd.Series({"c00": 6.0, "c01": 12.0}))
    net = segment(costed, PLAIN).ranking
    assert monthly_values(net, months_of(table.frame, figures)).sum(axis=1) == pytest.approx(net.value)


def test_a_seed_gives_the_same_and_seasons_are_drawn_in_blocks() -> None:
    figures = np.random.default_rng(0).lognormal(3, 1, (20, 12))
    table = table_of(figures.sum(axis=1), seasonal=True)
    months = months_of(table.frame, figures)
    result = segment(table, Criteria())
    one, two = (stability(result, months, draws=20, seed=5) for _ in range(2))
    pd.testing.assert_frame_equal(one.frame, two.frame)
    assert one.block == 3
    assert one.frame[["p_a", "p_b", "p_c"]].sum(axis=1).to_numpy() == pytest.approx(1)


def test_blocks_are_consecutive_months() -> None:
    drawn = draw_months(np.random.default_rng(1), 12, 3).reshape(4, 3)
    assert (np.diff(drawn, axis=1) % 12 == 1).all()
    assert len(draw_months(np.random.default_rng(1), 8, 3)) == 8


def test_few_months_say_nothing() -> None:
    table = replace(table_of([5.0, 4.0]), period=Period(date(2025, 8, 1), date(2025, 12, 31)))
    with pytest.raises(BadInput) as told:
        stability(segment(table, PLAIN), months_of(table.frame, np.ones((2, 12))))
    assert told.value.code == "too_few_months"


def test_migration_by_hand() -> None:
    before = segment(table_of([70, 20, 9, 1]), PLAIN)  # A B C C
    after = segment(table_of([20, 70, 9], keys=["c00", "c01", "c04"]), PLAIN)  # B A C
    found = migration(before, after)
    assert found.table.loc["A", "B"] == found.table.loc["B", "A"] == 1
    assert found.table.loc["C", "gone"] == 2
    assert found.table.loc["gone", "C"] == 1
    assert (found.stayed, found.moved, found.moved_share) == (0, 2, 1.0)


def test_a_year_before() -> None:
    assert year_before(Period(date(2025, 1, 1), date(2025, 12, 31))) == Period(date(2024, 1, 1), date(2024, 12, 31))
