"""Wilson's interval against published values, and a team of known discipline recovered within it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from sbyt_core.practice.wilson import ENOUGH, share_of, wilson

# Newcombe R. G. (1998), Two-sided confidence intervals for the single proportion, Statistics in Medicine 17, 857-872, table I, method 3
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("k", "n", "low", "high"), NEWCOMBE)
def test_published_values(k: int, n: int, low: float, high: float) -> None:
    share = share_of(k, n)
    assert (round(share.low, 4), round(share.high, 4)) == (low, high)


def test_nothing_is_known_of_no_trials() -> None:
    share = share_of(0, 0)
    assert share.share is None
    assert (share.low, share.high) == (0.0, 1.0)
    assert not share.enough


def test_enough_begins_at_twenty() -> None:
    assert not share_of(19, 19).enough
    assert share_of(20, 20).enough
    assert ENOUGH == 20


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_is_that_of_scipy_and_holds_the_share(pair: tuple[int, int]) -> None:
    k, n = pair
    share = share_of(k, n)
    known = binomtest(k, n).proportion_ci(method="wilson")
    assert share.low == pytest.approx(known.low, abs=1e-12)
    assert share.high == pytest.approx(known.high, abs=1e-12)
    assert 0 <= share.low <= k / n <= share.high <= 1


@given(st.integers(0, 300), st.integers(0, 300))
def test_misses_mirror_hits(k: int, misses: int) -> None:
    n = k + misses
    low, high = wilson(k, n)
    other_low, other_high = wilson(misses, n)
    assert low == pytest.approx(1 - other_high)
    assert high == pytest.approx(1 - other_low)


def test_a_team_of_known_discipline_is_recovered() -> None:
    """2 000 teams of 6 people and 8 steps, 70 orders each: the 95 % intervals hold the true odds in 93 to 98 % of them."""
    rng = np.random.default_rng(2026)
    base = np.log(
        np.array([0.94, 0.80, 0.93, 0.46, 0.76, 0.96, 0.92, 0.62]) / (1 - np.array([0.94, 0.80, 0.93, 0.46, 0.76, 0.96, 0.92, 0.62]))
    )
    skill = rng.normal(0, 0.35, size=(2000, 6, 1))
    odds = 1 / (1 + np.exp(-(base + skill)))
    done = rng.binomial(70, odds)
    low, high = wilson(done, np.full_like(done, 70))
    inside = (low <= odds) & (odds <= high)
    assert 0.93 <= inside.mean() <= 0.98
    assert ((inside.mean(axis=(0, 1)) > 0.92) & (inside.mean(axis=(0, 1)) < 0.99)).all(), "at every step"
