"""Power before the start: the formula, the noise of history, and what grows with what."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.power import TTestIndPower

from sbyt_core.errors import SbytError
from sbyt_core.results.power import chance_of, fitted_noise, history_noise, power, smallest_effect, smallest_of, units_needed
from tests.results.panels import noisy, panel_of


def test_the_formula_by_hand() -> None:
    """12 managers in two arms, noise .20: se = .2·√(2/6) = .115470; t.975 + t.80 with 10 df = 2.228139 + .879058."""
    assert smallest_effect(0.20, 6, 6) == pytest.approx(math.expm1((2.228139 + 0.879058) * 0.115470), abs=1e-5)
    assert smallest_of(0.115470, 10) == pytest.approx(smallest_effect(0.20, 6, 6), abs=1e-5)


def test_the_size_of_the_method() -> None:
    """METHOD §7 [sim]: 12 managers and 6 months see 38 %, and at +10 % the power is 13 %."""
    noise = math.log(1.38) / (stats.t.ppf(0.975, 10) + stats.t.ppf(0.8, 10)) / math.sqrt(1 / 3)
    assert smallest_effect(noise, 6, 6) == pytest.approx(0.38)
    assert chance_of(noise, 6, 6, 0.10) == pytest.approx(0.13, abs=0.01)


def test_the_chance_is_that_of_statsmodels() -> None:
    known = TTestIndPower().power(effect_size=math.log(1.1) / 0.08, nobs1=7, ratio=5 / 7, alpha=0.05)
    assert chance_of(0.08, 7, 5, 0.10) == pytest.approx(known, abs=1e-6)


def test_the_smallest_effect_is_seen_in_about_80_per_cent() -> None:
    for arm in (6, 20):
        assert chance_of(0.1, arm, arm, smallest_effect(0.1, arm, arm)) == pytest.approx(0.80, abs=0.02)


def test_units_needed_are_the_first_that_suffice() -> None:
    n = units_needed(0.1, 0.10)
    assert n is not None
    assert smallest_effect(0.1, n, n) <= 0.10 < smallest_effect(0.1, n - 1, n - 1)
    assert units_needed(10.0, 0.01) is None


def test_noise_of_history_by_hand() -> None:
    """Two units, 12 months before and 1 after: d = last − mean of the 12; sd with n − 1 of (.3, .1)."""
    logs = np.zeros((13, 2))
    logs[12] = [0.3, 0.1]
    assert history_noise(logs, 1, 12) == pytest.approx(np.std([0.3, 0.1], ddof=1))
    assert history_noise(logs, 2, 12) is None


def test_noise_of_history_is_the_noise_that_was_put_in() -> None:
    """Independent months of sd .06: d of 6 after and 24 before has sd .06·√(1/6 + 1/24) = .0274."""
    logs = np.random.default_rng(1).normal(0, 0.06, (90, 400))
    assert history_noise(logs, 6, 24) == pytest.approx(0.06 * math.sqrt(1 / 6 + 1 / 24), rel=0.03)


def test_a_restless_curve_is_fitted_by_what_stays_and_what_averages_out() -> None:
    """Variances .0004 + .01/m are kept as they are; noise around them is smoothed, and the curve never rises."""
    exact = {m: math.sqrt(0.0004 + 0.01 / m) for m in range(1, 13)}
    assert fitted_noise(exact) == pytest.approx(exact)
    shaken = {m: noise * (1.1 if m % 2 else 0.9) for m, noise in exact.items()}
    fitted = list(fitted_noise(shaken).values())
    assert fitted == sorted(fitted, reverse=True)
    assert fitted == pytest.approx(list(exact.values()), rel=0.12)
    assert fitted_noise({1: 0.2}) == {1: 0.2}


def test_more_months_and_more_units_see_less() -> None:
    found = power(panel_of(noisy(36, 12, seed=4, noise=0.1)), target=0.10, months=6)
    assert (found.treated, found.control, found.months_before) == (6, 6, 24)
    assert [row.months for row in found.rows] == list(range(1, 13))
    assert found.rows[0].smallest > found.rows[-1].smallest
    assert found.smallest == found.row(6).smallest  # type: ignore[union-attr]
    wide = power(panel_of(noisy(36, 40, seed=4, noise=0.1)), target=0.10, months=6)
    assert wide.smallest < found.smallest  # type: ignore[operator]
    if found.months_needed is not None:
        assert found.row(found.months_needed).smallest <= 0.10  # type: ignore[union-attr]


def test_units_without_a_whole_history_are_left_out() -> None:
    values = noisy(36, 8, seed=4)
    values[30, 2] = 0
    values[:30, 5] = np.nan
    found = power(panel_of(values), target=0.1)
    assert found.left_out == ("u02", "u05")
    assert found.treated + found.control == 6


@pytest.mark.parametrize(
    ("panel", "treated", "code"),
    [
        (noisy(36, 3, seed=1), None, "too_few_units"),
        (noisy(12, 8, seed=1), None, "too_few_units"),
        (noisy(36, 8, seed=1), 8, "out_of_range"),
    ],
)
def test_what_cannot_be_told(panel: np.ndarray, treated: int | None, code: str) -> None:
    with pytest.raises(SbytError) as told:
        power(panel_of(panel), treated=treated, target=0.1)
    assert told.value.code == code
