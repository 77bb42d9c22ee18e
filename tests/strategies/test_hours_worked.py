"""Worked numbers of METHOD §5, computed there by hand or by a general solver: the price of an hour, S-curves, tables."""

from __future__ import annotations

import numpy as np
import pytest

from sbyt_core.errors import BadInput
from sbyt_core.strategies.answers import EXAMPLE, Answers
from sbyt_core.strategies.price import share_hours
from sbyt_core.strategies.tables import best_entries
from sbyt_core.texts import LANGUAGES, speech

ROOTS = np.array([3.0, 4.0, 5.0])  # 3√h, 4√h, 5√h
ONE = np.ones(3)
FREE = np.full(3, np.inf)
FOUR = np.array([120.0, 60.0, 20.0, 10.0])
POWER = np.array([0.35, 0.35, 0.20, 0.10])
NOW = np.full(4, 30.0)


def root_profit(hours) -> float:
    return float((ROOTS * np.sqrt(hours)).sum())


def four_profit(hours) -> float:
    return float((FOUR * (hours / NOW) ** POWER).sum())


def test_three_roots_share_a_hundred_hours() -> None:
    hours, price = share_hours(ROOTS, ONE, ONE / 2, 0 * ONE, FREE, 100.0)
    assert hours == pytest.approx([18, 32, 50])
    assert root_profit(hours) == pytest.approx(70.710678, abs=1e-6)
    assert price == pytest.approx(0.353553, abs=1e-6)
    assert root_profit(np.array([50, 30, 20])) == pytest.approx(65.482786, abs=1e-6)
    assert root_profit(np.full(3, 100 / 3)) == pytest.approx(69.282032, abs=1e-6)


def test_a_minimum_for_the_first() -> None:
    hours, _ = share_hours(ROOTS, ONE, ONE / 2, np.array([24.0, 0, 0]), FREE, 100.0)
    assert hours == pytest.approx([24, 29.658537, 46.341463], abs=1e-6)
    assert root_profit(hours) == pytest.approx(70.518081, abs=1e-6)


def test_a_maximum_for_the_third() -> None:
    hours, _ = share_hours(ROOTS, ONE, ONE / 2, 0 * ONE, np.array([np.inf, np.inf, 40]), 100.0)
    assert hours == pytest.approx([21.6, 38.4, 40])
    assert root_profit(hours) == pytest.approx(70.352610, abs=1e-6)


def test_four_clients_with_bounds() -> None:
    hours, price = share_hours(FOUR, NOW, POWER, np.full(4, 4.0), np.full(4, 90.0), 120.0)
    assert hours == pytest.approx([83.3177, 28.6823, 4, 4], abs=1e-4)
    assert price == pytest.approx(0.720738, abs=1e-6)
    assert four_profit(hours) == pytest.approx(252.1779, abs=1e-4)
    assert four_profit(NOW) == pytest.approx(210)


def test_the_same_with_half_a_step_a_quarter() -> None:
    hours, _ = share_hours(FOUR, NOW, POWER, NOW * 0.5, NOW * 1.5, 120.0)
    assert hours == pytest.approx([45, 45, 15, 15])
    assert four_profit(hours) == pytest.approx(234.1870, abs=1e-4)


def test_minima_that_take_every_hour_and_maxima_that_leave_some() -> None:
    hours, price = share_hours(ROOTS, ONE, ONE / 2, np.array([4.0, 9, 25]), FREE, 38.0)
    assert hours == pytest.approx([4, 9, 25])
    assert price == pytest.approx(0.75)  # the dearest of 3/(2√4), 4/(2√9), 5/(2√25)
    hours, price = share_hours(ROOTS, ONE, ONE / 2, 0 * ONE, np.full(3, 20.0), 100.0)
    assert (hours.tolist(), price) == ([20, 20, 20], 0)


def test_who_brings_nothing_stays_at_the_least() -> None:
    hours, _ = share_hours(np.array([3.0, -4, 0]), ONE, ONE / 2, np.array([0.0, 2, 1]), FREE, 10.0)
    assert hours == pytest.approx([7, 2, 1])


def test_the_curve_through_four_answers() -> None:
    curve = Answers("a", 0.6, 1.15, 1.5).curve
    assert (curve.c, curve.d) == pytest.approx((1.665072, 1.25), abs=1e-6)
    assert curve(np.array([0, 1, 1.5])) == pytest.approx([0.6, 1, 1.15])
    assert curve(np.array([0.5, 2, 3])) == pytest.approx([0.781301, 1.245550, 1.3495855], abs=1e-6)
    assert Answers("b", *EXAMPLE).curve == curve


@pytest.mark.parametrize(
    "given", [(1.0, 1.15, 1.5), (0.6, 1.0, 1.5), (0.6, 1.5, 1.15), (-0.1, 1.15, 1.5), (0.6, 1.2, 1.2), (0.6, float("nan"), 2)]
)
def test_answers_out_of_order_are_told_with_the_client(given) -> None:
    with pytest.raises(BadInput) as caught:
        Answers("7701", *given, client="ООО «Ива»")
    assert (caught.value.code, caught.value.params["client"]) == ("answers_out_of_order", "ООО «Ива»")
    for lang in LANGUAGES:
        text, hint = speech(lang).error(caught.value)
        assert "ООО «Ива»" in text
        assert "60, 100, 115" in hint


def chosen_value(tables, budget) -> float:
    arrays = [np.array(table, dtype=float) for table in tables]
    entries = best_entries(arrays, [np.arange(len(table), dtype=float) for table in tables], budget)
    assert entries.sum() <= budget
    return float(sum(table[entry] for table, entry in zip(arrays, entries, strict=True)))


def test_tables_of_s_curves() -> None:
    three = [[0, 2, 9, 14, 16, 17, 17.5], [0, 5, 8, 10, 11, 11.5, 11.7], [0, 1, 2, 8, 12, 13, 13.2]]
    assert chosen_value(three, 6) == pytest.approx(24)
    assert chosen_value([[0, 1, 2, 12, 13], [0, 3, 5, 6, 6.5]], 3) == pytest.approx(12)


def test_tables_that_do_not_fit() -> None:
    with pytest.raises(ValueError, match="fits"):
        best_entries([np.array([1.0])], [np.array([5.0])], 3.0)
