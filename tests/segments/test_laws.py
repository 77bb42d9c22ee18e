"""Laws of METHOD §3 on any base."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction
from random import Random

import numpy as np
import pandas as pd
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sbyt_core.clients import client_table
from sbyt_core.segments import SEGMENTS, Criteria, Segmentation, find_cuts, segment
from tests.clients.making import sales_data
from tests.segments.making import PLAIN, classes_of, table_of

# kopecks, many of them equal, some losses; at least one positive
money = st.one_of(st.integers(-5, 12).map(lambda x: x * 100.0), st.integers(-10_000_00, 100_000_00).map(lambda x: x / 100))
bases = st.lists(money, min_size=1, max_size=60).filter(lambda values: max(values) > 0)
bases_of_four = st.lists(money, min_size=4, max_size=60).filter(lambda values: max(values) > 0)
# client, month, kopecks of revenue, thousandths of it that are profit
lines = st.lists(st.tuples(st.integers(0, 7), st.integers(1, 12), st.integers(1, 300_00), st.integers(-200, 600)), min_size=4, max_size=40)
cuts = st.tuples(st.integers(1, 100), st.integers(1, 100)).map(lambda pair: (min(pair) / 100, max(pair) / 100))
seeds = st.integers(0, 2**31)


def measures(n: int, seed: int) -> dict[str, object]:
    """Regularity of every kind, and some new clients."""
    draw = np.random.default_rng(seed)
    return {
        "active_share": draw.choice([0.2, 0.5, 0.9, np.nan], n),
        "cv": draw.choice([0.4, 1.0, 1.7, np.nan], n),
        "documents": draw.choice([1.0, 2.0, 3.0, 20.0], n),
        "largest_document_share": draw.choice([0.1, 0.5, 0.8, np.nan], n),
        "first_ever": pd.to_datetime(draw.choice(["2023-05-01", "2025-11-01"], n, p=[0.8, 0.2])),
    }


def dear(values: list[float]) -> list[float]:
    """A client of positive value that is not new stands in every base."""
    return [max(values), *values]


def first_old(columns: dict[str, object]) -> dict[str, object]:
    columns["first_ever"] = columns["first_ever"].where(np.arange(len(columns["first_ever"])) > 0, pd.Timestamp("2023-05-01"))
    return columns


@settings(max_examples=40, deadline=None)
@given(bases, cuts, seeds)
def test_exactly_one_class_or_new_and_the_summary_adds_up(values: list[float], cut: tuple[float, float], seed: int) -> None:
    values = dear(values)
    table = table_of(values, **first_old(measures(len(values), seed)))
    result = segment(table, Criteria(cut_a=cut[0], cut_b=cut[1]))
    assert len(result.frame) == len(values)
    assert set(result.frame["segment"]) <= set(SEGMENTS)
    assert result.summary["clients"].sum() == len(values)
    assert math.isclose(result.summary["profit"].sum(), sum(values), abs_tol=1e-6)
    assert math.isclose(result.summary["base_share"].sum(), 1)


@settings(max_examples=40, deadline=None)
@given(bases, cuts, st.sampled_from(["enforce", "off"]))
def test_equal_value_equal_class_by_rules_1_and_5(values: list[float], cut: tuple[float, float], guards: str) -> None:
    result = segment(table_of(values), Criteria(cut_a=cut[0], cut_b=cut[1], regularity=False, guards=guards))
    assert (result.frame.groupby("value")["segment"].nunique() == 1).all()
    falling = result.frame.sort_values("value", ascending=False, kind="stable")["segment"].tolist()
    assert falling == sorted(falling)


@settings(max_examples=40, deadline=None)
@given(bases_of_four, cuts, seeds, st.integers(0, 100), st.integers(0, 100))
@example([100.0, 0.0, -5.0, -5.0], (1.0, 1.0), 1, 25, 45)
@example([100.0] * 4, (0.7, 0.9), 1, 25, 45)
def test_enforced_guards_hold(values: list[float], cut: tuple[float, float], seed: int, a: int, c: int) -> None:
    columns = first_old(measures(len(values), seed))
    columns["first_ever"] = pd.Timestamp("2023-05-01")
    result = segment(table_of(values, **columns), Criteria(cut_a=cut[0], cut_b=cut[1], guard_a=a / 100, guard_c=c / 100))
    counts = result.summary["clients"]
    n = len(values)
    assert counts["A"] <= Fraction(a, 100) * n
    assert counts["C"] >= Fraction(c, 100) * n
    assert all(guard.holds for guard in result.guards)


@settings(max_examples=30, deadline=None)
@given(bases, seeds, st.integers(0, 6))
def test_row_order_and_currency_change_nothing(values: list[float], seed: int, power: int) -> None:
    values = dear(values)
    columns = first_old(measures(len(values), seed))
    here = segment(table_of(values, **columns))
    draw = np.random.default_rng(seed)
    order = draw.permutation(len(values))
    keys = [f"c{i:02d}" for i in range(len(values))]
    mixed = {name: np.asarray(column)[order] for name, column in columns.items()}
    there = segment(table_of([values[i] * 10**power for i in order], keys=[keys[i] for i in order], **mixed))
    assert classes_of(here) == classes_of(there)
    assert here.states == there.states


@settings(max_examples=8, deadline=None)
@given(lines, st.randoms(use_true_random=False), st.integers(0, 6), st.sampled_from(["enforce", "off"]))
def test_order_of_sales_lines_and_currency_change_nothing(lines: list[tuple[int, ...]], draw: Random, power: int, guards: str) -> None:
    lines = [(8, 1, 100_00, 600), *lines]  # gain that stays when the last month, being partial, is left out

    def classed(lines: list[tuple[int, ...]], times: int) -> Segmentation:
        rows = [
            {
                "client_key": f"c{client}",
                "date": f"2025-{month:02d}-10",
                "document": f"{client}-{month}",
                "revenue": kopecks * times / 100,
                "profit": kopecks * part // 1000 * times / 100,
            }
            for client, month, kopecks, part in lines
        ]
        return segment(client_table(sales_data(rows)), Criteria(guards=guards, newcomer_months=0))

    here = classed(lines, 1)
    there = classed(draw.sample(lines, len(lines)), 10**power)
    assert here.frame["client_key"].tolist() == there.frame["client_key"].tolist()
    assert here.frame["segment"].tolist() == there.frame["segment"].tolist()
    assert here.states == there.states


@settings(max_examples=30, deadline=None)
@given(bases, cuts, st.booleans())
def test_an_added_zero_client_changes_no_other(values: list[float], cut: tuple[float, float], regularity: bool) -> None:
    criteria = replace(PLAIN, cut_a=cut[0], cut_b=cut[1], regularity=regularity)
    assert classes_of(segment(table_of([*values, 0.0]), criteria))[:-1] == classes_of(segment(table_of(values), criteria))


@settings(max_examples=20, deadline=None)
@given(bases, cuts, seeds)
def test_found_cuts_are_no_worse_than_any_other(values: list[float], cut: tuple[float, float], seed: int) -> None:
    values = [*dear(values), 5.0, 6.0, 7.0]
    columns = first_old(measures(len(values), seed))
    columns["first_ever"] = pd.Timestamp("2023-05-01")
    table = table_of(values, **columns)
    criteria = Criteria(cut_a=cut[0], cut_b=cut[1])
    found = find_cuts(table, criteria)
    then = segment(table, replace(found.criteria, guards="advise"))
    assert found.fits == all(guard.holds for guard in then.guards)
    now = segment(table, replace(criteria, guards="advise"))
    assert found.moved == int(np.count_nonzero(then.final != now.final))
    if all(guard.holds for guard in now.guards) and 0.01 <= criteria.cut_a < criteria.cut_b <= 0.99:
        assert (found.criteria.cut_a, found.criteria.cut_b, found.moved) == (criteria.cut_a, criteria.cut_b, 0)
