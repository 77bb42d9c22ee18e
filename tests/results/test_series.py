"""L4 and the regressions under it: what was put in comes out, and what cannot be told apart is refused."""

from __future__ import annotations

import numpy as np
import pytest

from sbyt_core.errors import SbytError
from sbyt_core.results.evidence.regression import least_squares
from sbyt_core.results.evidence.series import interrupted_series
from sbyt_core.results.evidence.synthetic import pretend, synthetic_control

SEASON = np.array([-0.3, -0.1, 0, 0.05, -0.05, 0.05, 0.06, 0.1, 0.1, 0.08, 0.02, -0.06])


def series(before: int, after: int, *, step: float, noise: np.ndarray | float = 0.0) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    months = np.arange(before + after)
    logs = 10 + 0.1 * months / 12 + SEASON[months % 12] + step * (months >= before) + noise
    return np.exp(logs), months, months >= before


def test_a_step_on_trend_and_season_is_found() -> None:
    found = interrupted_series(*series(30, 6, step=0.15, noise=np.random.default_rng(2).normal(0, 0.01, 36)))
    assert found.step.value == pytest.approx(0.15, abs=0.03)
    assert found.step.low < 0.15 < found.step.high
    assert {check.code: check.passed for check in found.checks} == {"autocorrelation": True, "placebo_date": True}


@pytest.mark.parametrize(("before", "after"), [(12, 6), (13, 1)])
def test_a_short_series_cannot_tell_the_step_from_the_months(before: int, after: int) -> None:
    """METHOD §7: 12 + 6 months with the months of the year are collinear."""
    with pytest.raises(SbytError, match="collinear"):
        interrupted_series(*series(before, after, step=0.1, noise=np.random.default_rng(2).normal(0, 0.01, before + after)))


def test_errors_that_hang_together_are_told_and_widen_the_interval() -> None:
    rng = np.random.default_rng(4)
    noise = np.zeros(60)
    for k in range(1, 60):
        noise[k] = 0.85 * noise[k - 1] + rng.normal(0, 0.02)
    values, months, after = series(54, 6, step=0.0, noise=noise)
    found = interrupted_series(values, months, after)
    check = next(check for check in found.checks if check.code == "autocorrelation")
    assert check.passed is False
    assert float(check.facts["rho"]) > 0.3  # type: ignore[arg-type]
    columns = {"step": after.astype(float), "trend": months / 12} | {f"m{m}": (months % 12 == m).astype(float) for m in range(1, 12)}
    assert found.step.se > least_squares(np.log(values), columns)["step"].se


def test_a_bend_before_the_start_is_seen() -> None:
    values, months, after = series(36, 6, step=0.0, noise=np.random.default_rng(2).normal(0, 0.01, 42))
    values[30:] *= 1.2
    found = interrupted_series(values, months, after)
    assert next(check for check in found.checks if check.code == "placebo_date").passed is False


def test_a_unit_that_is_a_mix_gets_its_twin_exactly() -> None:
    """The treated unit is .3 of the first donor and .7 of the third, and 5 more since month 20."""
    donors = np.random.default_rng(1).normal(100, 10, (30, 20))
    after = np.arange(30) >= 20
    own = 0.3 * donors[:, 0] + 0.7 * donors[:, 2] + 5.0 * after
    found = synthetic_control(own, donors, after)
    assert found.weights[[0, 2]] == pytest.approx([0.3, 0.7], abs=1e-3)
    assert found.gap == pytest.approx(5.0, abs=0.05)
    assert pretend(own, donors, after, found).p == pytest.approx(1 / 21)


def test_the_currency_of_a_twin_is_of_no_matter() -> None:
    donors = np.random.default_rng(1).normal(100, 10, (30, 20))
    own, after = donors[:, :5].mean(axis=1), np.arange(30) >= 20
    small, large = (synthetic_control(own * unit, donors * unit, after) for unit in (1e-3, 1e6))
    assert small.weights == pytest.approx(large.weights, abs=1e-6)
