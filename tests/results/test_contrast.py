"""Difference in differences on logs: METHOD's worked numbers, Welch's and SciPy's, and what must not change it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from sbyt_core.results.evidence.contrast import Contrast, Window, contrast
from sbyt_core.results.evidence.permutation import permutation_p
from sbyt_core.results.starts import NEVER, Starts

TREATED = [0.12, 0.20, 0.05, 0.26, 0.17]  # METHOD §7
CONTROL = [0.03, 0.08, -0.06, 0.10, 0.00, 0.05]


def two_months(treated: list[float], control: list[float]) -> Contrast:
    """One month before, one after: d is the log after."""
    logs = np.vstack([np.zeros(len(treated) + len(control)), treated + control])
    begun = np.array([1] * len(treated) + [NEVER] * len(control))
    found = contrast(logs, Starts(begun, begun), Window(before=1))
    assert found is not None
    return found


def test_the_worked_numbers() -> None:
    """METHOD §7: δ, se, Welch's df, p, the effect and its interval, the permutation, the money on 1 000 000."""
    found = two_months(TREATED, CONTROL)
    assert found.delta == pytest.approx(0.126667, abs=5e-7)
    assert found.se == pytest.approx(0.042753, abs=5e-7)
    assert found.df == pytest.approx(7.17754, abs=5e-6)
    assert found.delta / found.se == pytest.approx(2.962788, abs=5e-7)
    assert found.p == pytest.approx(0.020425, abs=5e-7)
    ends = np.expm1([found.delta, found.delta - found.half, found.delta + found.half])
    assert 100 * ends == pytest.approx([13.5039, 2.6421, 25.5151], abs=5e-5)
    assert permutation_p(found) == (8 / 462, 462)
    assert 1_000_000 * -math.expm1(-found.delta) == pytest.approx(118_972.70, abs=0.005)


logs = st.floats(-2, 2, allow_nan=False).map(lambda x: round(x, 3))
arms = st.tuples(st.lists(logs, min_size=2, max_size=7, unique=True), st.lists(logs, min_size=2, max_size=7, unique=True))


@given(arms)
def test_with_one_start_it_is_welch(given_arms: tuple[list[float], list[float]]) -> None:
    """SciPy's unequal-variance t test of the d gives the same t, df and p."""
    treated, control = given_arms
    found, known = two_months(treated, control), stats.ttest_ind(treated, control, equal_var=False)
    assert found.delta / found.se == pytest.approx(known.statistic, rel=1e-9, abs=1e-9)
    assert found.df == pytest.approx(known.df, rel=1e-9)
    assert found.p == pytest.approx(known.pvalue, rel=1e-7)
    interval = known.confidence_interval(0.95)
    assert [found.delta - found.half, found.delta + found.half] == pytest.approx([interval.low, interval.high], abs=1e-9)


@given(arms)
def test_the_permutation_is_that_of_scipy(given_arms: tuple[list[float], list[float]]) -> None:
    treated, control = given_arms
    found = two_months(treated, control)
    known = stats.permutation_test((treated, control), lambda a, b: abs(np.mean(a) - np.mean(b)), alternative="greater", n_resamples=np.inf)
    p, ways = permutation_p(found)
    assert ways == math.comb(len(treated) + len(control), len(treated))
    assert p == pytest.approx(known.pvalue, abs=2e-3)  # ties by rounding may fall either way


@given(st.integers(0, 10_000))
def test_what_is_common_and_what_is_a_units_own_changes_nothing(seed: int) -> None:
    """A season, inflation or trend of all, the size of a unit, the currency: none of them moves δ, se or p."""
    rng = np.random.default_rng(seed)
    table = rng.normal(0, 0.1, (30, 9))
    begun = np.array([24] * 4 + [NEVER] * 5)
    plain = contrast(table, Starts(begun, begun), Window(24))
    other = contrast(table + rng.normal(0, 3, (30, 1)) + rng.normal(0, 3, (1, 9)) + math.log(100), Starts(begun, begun), Window(24))
    assert plain is not None
    assert other is not None
    assert (other.delta, other.se, other.p) == (pytest.approx(plain.delta), pytest.approx(plain.se), pytest.approx(plain.p))


@given(st.integers(0, 10_000), st.permutations(range(9)))
def test_the_order_of_units_changes_nothing(seed: int, order: list[int]) -> None:
    table = np.random.default_rng(seed).normal(0, 0.1, (30, 9))
    begun = np.array([20, 20, 24, 24, NEVER, NEVER, NEVER, NEVER, NEVER])
    plain, other = (contrast(table[:, o], Starts(begun[o], begun[o]), Window(12)) for o in (list(range(9)), order))
    assert plain is not None
    assert other is not None
    assert (other.delta, other.se, other.df) == (pytest.approx(plain.delta), pytest.approx(plain.se), pytest.approx(plain.df))


def test_starts_in_different_months_by_hand() -> None:
    """Units a, b start in month 2, c in month 3, d never; one month before. Months 0…3; logs made up.

    Cell a, b in month 2 against c and d; a, b in month 3 against d alone; c in month 3 against d. Five unit-months: weights 2, 2, 1.
    """
    #                 a    b    c    d
    table = np.array([[0.0, 0.0, 0.0, 0.0], [0.0, 0.2, 0.1, 0.0], [0.3, 0.4, 0.2, 0.1], [0.5, 0.6, 0.7, 0.2]])
    begun = np.array([2, 2, 3, NEVER])
    found = contrast(table, Starts(begun, begun), Window(before=1))
    assert found is not None
    month_2 = ((0.3 - 0.0) + (0.4 - 0.2)) / 2 - ((0.2 - 0.1) + (0.1 - 0.0)) / 2
    month_3 = ((0.5 - 0.0) + (0.6 - 0.2)) / 2 - (0.2 - 0.0)
    of_c = (0.7 - 0.2) - (0.2 - 0.1)
    assert found.delta == pytest.approx((2 * month_2 + 2 * month_3 + of_c) / 5)
    assert (list(found.treated), list(found.control)) == ([0, 1, 2], [3])


def test_nobody_to_compare_with_is_none() -> None:
    table = np.zeros((4, 3))
    begun = np.array([2, 2, 2])
    assert contrast(table, Starts(begun, begun), Window(1)) is None
    one_each = np.array([2, NEVER])
    assert contrast(table[:, :2], Starts(one_each, one_each), Window(1)) is None, "two single units have no variance"
    gap = table.copy()
    gap[3, 0] = np.nan
    begun = np.array([2, 2, NEVER])
    assert contrast(gap, Starts(begun, begun), Window(1)) is None


def test_a_month_of_passing_over_counts_on_neither_side() -> None:
    table = np.zeros((5, 4))
    table[2] = [9.0, 9.0, 0.0, 0.0]  # the month in which the first two passed over
    table[3:] = [[0.1, 0.2, 0.0, 0.0], [0.1, 0.2, 0.0, 0.0]]
    found = contrast(table, Starts(np.array([2, 2, NEVER, NEVER]), np.array([3, 3, NEVER, NEVER])), Window(2))
    assert found is not None
    assert found.delta == pytest.approx(0.15)


def test_many_ways_are_drawn_with_one_seed() -> None:
    table = np.random.default_rng(3).normal(0, 1, (2, 24))
    begun = np.array([1] * 12 + [NEVER] * 12)
    found = contrast(table, Starts(begun, begun), Window(1))
    assert found is not None
    first, ways = permutation_p(found)
    assert ways == 10_000
    assert permutation_p(found) == (first, ways)
    assert first == pytest.approx(found.p, abs=0.02), "close to Welch where the noise is normal"
