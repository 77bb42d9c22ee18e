"""Made-up companies in which the truth is known, a few of each kind; `python -m bench.simulate` runs hundreds.

Bounds are wide enough for so few runs and narrow enough for a wrong estimator: comparing with the months right before, with last year or
with nominal sales, or taking the noise of months for that of units, breaks them.
"""

from __future__ import annotations

import math
from functools import cache

import pytest

from bench.simulate import STEADY, WITH_EFFECT, Tally, simulate

RUNS = 40


@cache
def tally_of(name: str) -> Tally:
    return simulate(next(cell for cell in STEADY if cell.name == name), RUNS, seed=11)


@pytest.fixture(scope="module")
def with_effect() -> Tally:
    return simulate(WITH_EFFECT[0], 100, seed=11)


@pytest.mark.parametrize("name", [cell.name for cell in STEADY])
def test_without_an_effect_nothing_is_confirmed(name: str) -> None:
    """At 5 % more than 6 of 40 come once in a hundred times; the usual figure is 1 % to 2 %."""
    tally = tally_of(name)
    assert tally.confirmed <= 6 / RUNS
    assert tally.runs == RUNS
    assert set(tally.rungs) == {"L4" if name.startswith("all managers") else "L3"}


@pytest.mark.parametrize("name", ["seasonality, steady", "inflation, steady", "trend, steady", "regression to the mean, steady"])
def test_before_and_after_sees_what_is_not_there(name: str) -> None:
    tally = tally_of(name)
    mean, rise, covers = tally.naive["before/after"]
    assert mean > 0.10
    assert rise > 0.8
    assert covers < 0.2
    assert abs(tally.mean) < 0.03


def test_a_pilot_chosen_on_results_is_seen_through() -> None:
    tally = tally_of("pilot chosen on results, steady")
    assert tally.mean > 0.15, "the difference itself is wrong by that much"
    assert tally.verdicts["unknown"] + tally.verdicts["not_shown"] >= 0.95 * RUNS


def test_a_true_effect_is_covered_without_bias(with_effect: Tally) -> None:
    """100 runs: four standard errors of the share .95 are 9 points, of the mean (sd about 10 points) 4 points."""
    cell = WITH_EFFECT[0]
    assert with_effect.covers >= 0.95 - 4 * math.sqrt(0.95 * 0.05 / with_effect.runs)
    assert abs(with_effect.mean - cell.effect) <= 0.04


def test_a_steady_company_shows_a_true_effect() -> None:
    cell = WITH_EFFECT[2]
    tally = simulate(cell, RUNS, seed=11)
    assert tally.confirmed >= 0.5
    assert abs(tally.mean - cell.effect) <= 0.02
    assert tally.naive["year on year"][2] < 0.2, "last year's months never cover it"


def test_year_on_year_is_off_by_the_inflation(with_effect: Tally) -> None:
    mean, _, covers = with_effect.naive["year on year"]
    assert mean - WITH_EFFECT[0].effect > 0.08
    assert covers < 0.88
