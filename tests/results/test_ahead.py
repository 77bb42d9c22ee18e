"""A rollout ahead of the sales: when it begins, from when a verdict can be expected, what to arrange."""

from __future__ import annotations

from datetime import date

import pytest

from sbyt_core.results.ahead import Ahead, ahead
from sbyt_core.results.model import Rollout, Settings
from sbyt_core.results.panel import Panel
from sbyt_core.results.power import power
from sbyt_core.sales.period import add_months
from sbyt_core.texts import LANGUAGES, speech
from tests.results.panels import noisy, panel_of

TOLD = Settings(assigned="random", resources="same")
NEXT = date(2026, 3, 1)  # the sales end with December 2025


def company(units: int = 12) -> Panel:
    return panel_of(noisy(36, units, seed=5))


def planned(panel: Panel, starts: dict[int, date], settings: Settings = TOLD) -> Ahead:
    found = ahead(panel, [Rollout(panel.units[unit], day) for unit, day in starts.items()], settings)
    assert found is not None
    return found


def codes(found: Ahead) -> list[str]:
    return [one.code for one in found.arrange]


def test_the_verdict_comes_after_the_months_that_power_asks_for() -> None:
    panel = company()
    found = planned(panel, dict.fromkeys(range(6), NEXT))
    months = power(panel, treated=6, target=0.10).months_needed
    assert months is not None
    assert (found.start, found.first_look, found.treated, found.control) == (NEXT, date(2026, 4, 1), 6, 6)
    assert found.verdict == add_months(NEXT, months)
    assert found.arrange == ()


def test_a_start_within_a_month_counts_from_the_next() -> None:
    assert planned(company(), dict.fromkeys(range(6), date(2026, 3, 10))).first_look == date(2026, 5, 1)


def test_it_is_over_once_somebody_has_a_whole_month_in_the_sales() -> None:
    panel = company()
    december, late = date(2025, 12, 1), date(2025, 12, 10)
    assert ahead(panel, [Rollout("u00", december), Rollout("u01", NEXT)], TOLD) is None
    assert ahead(panel, [Rollout("u00", late)], TOLD) is not None
    assert ahead(panel, [], TOLD) is None
    assert ahead(panel, [Rollout("nobody", NEXT)], TOLD) is None


def test_a_second_wave_before_the_verdict_is_asked_to_wait() -> None:
    """After April 2026 nobody would wait; the verdict takes longer than a month."""
    waves = {**dict.fromkeys(range(6), NEXT), **dict.fromkeys(range(6, 12), date(2026, 4, 1))}
    panel = panel_of(noisy(36, 12, seed=5, noise=0.1))
    found = planned(panel, waves)
    assert found.verdict is not None
    assert found.verdict > date(2026, 4, 1)
    assert codes(found) == ["hold_next"]
    assert found.arrange[0].facts["until"] == found.verdict
    assert codes(planned(panel, {**dict.fromkeys(range(6), NEXT), **dict.fromkeys(range(6, 12), found.verdict)})) == []
    assert codes(planned(panel, {**dict.fromkeys(range(6), NEXT), 6: date(2026, 4, 1)})) == [], "five others wait"


def test_all_at_once_leaves_nobody_to_compare_with() -> None:
    found = planned(company(), dict.fromkeys(range(12), NEXT))
    assert (found.control, found.verdict, found.power) == (0, None, None)
    assert codes(found) == ["leave_waiting"]


def test_what_only_people_can_do_is_asked_for() -> None:
    assert codes(planned(company(), {0: NEXT}, Settings(assigned="chosen"))) == ["start_more", "draw_now", "write_down"]


def test_too_little_history_tells_no_day() -> None:
    found = planned(panel_of(noisy(8, 12, seed=5)), dict.fromkeys(range(6), NEXT))
    assert (found.power, found.verdict) == (None, None)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_advice_has_its_words(lang: str) -> None:
    for code in ("leave_waiting", "hold_next", "start_more", "draw_now", "write_down"):
        assert speech(lang)(f"ahead.arrange.{code}", least=4, until="1")
