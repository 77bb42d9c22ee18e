"""The ladder: which rung is reached, what its verdict is, and every rule that refuses or downgrades (METHOD §7)."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from sbyt_core.cli.effect_file import told
from sbyt_core.errors import SbytError
from sbyt_core.results.evidence.evidence import effect_on
from sbyt_core.results.evidence.ladder_words import compared_text
from sbyt_core.results.evidence.verdict import verdict_of
from sbyt_core.results.evidence.words import check_text
from sbyt_core.results.model import Effect, Rollout, Settings
from sbyt_core.results.panel import Panel
from sbyt_core.results.sources.prices import Prices
from sbyt_core.texts import speech
from tests.results.panels import noisy, panel_of, with_effect

TOLD = Settings(assigned="random", resources="same")
START = 30  # July 2025 of 36 months from January 2023


def judge(panel: Panel, treated: list[int], row: int = START, settings: Settings = TOLD) -> Effect:
    return effect_on(panel, [Rollout(panel.units[u], panel.months[row]) for u in treated], settings)


def company(effect: float = 0.12, *, seed: int = 5, units: int = 12, months: int = 36, noise: float = 0.05) -> Panel:
    values = noisy(months, units, seed=seed, noise=noise)
    return panel_of(with_effect(values, range(units // 2), START if months == 36 else months - 6, effect))


SIX = list(range(6))


def test_a_clear_effect_of_lots_is_confirmed() -> None:
    found = judge(company(), SIX)
    assert (found.rung, found.verdict, found.reasons) == ("L3", "confirmed", ("leaves_out_zero",))
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 0.12 < found.high
    assert (found.units_treated, found.units_control) == (6, 6)
    assert found.facts["months_before"] == 24
    assert (found.before.start, found.before.end) == (date(2023, 7, 1), date(2025, 6, 30))
    assert (found.after.start, found.after.end) == (date(2025, 7, 1), date(2025, 12, 31))
    assert all(check.passed for check in found.checks)


def test_money_is_what_the_treated_sold_less_what_they_would_have() -> None:
    """METHOD §7: Y_T(after, summed)(1 − e^−δ)."""
    panel = company()
    found = judge(panel, SIX)
    sold = panel.values[START:, :6].sum()
    assert found.effect is not None
    assert found.money == pytest.approx(sold * (1 - 1 / (1 + found.effect)))
    assert found.money_low == pytest.approx(sold * found.low / (1 + found.low))  # type: ignore[operator]


def test_no_effect_is_not_shown_and_noise_cannot_be_known() -> None:
    quiet = judge(company(0.0), SIX)
    assert (quiet.verdict, quiet.reasons) == ("not_shown", ("holds_zero",))
    loud = judge(company(0.0, noise=0.4), SIX)
    assert (loud.verdict, loud.reasons[0]) == ("unknown", "too_wide")
    assert loud.smallest_visible is not None
    assert loud.smallest_visible > loud.settings.target
    assert {advice.code for advice in loud.advice} & {"wait", "units"}


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (0.01, 0.2, "confirmed"),
        (-0.01, 0.2, "unknown"),
        (-0.05, 0.10, "unknown"),
        (-0.02, 0.07, "not_shown"),
        (-0.3, 0.02, "unknown"),
        (-0.3, -0.01, "not_shown"),
        (0.0, 0.05, "not_shown"),
    ],
)
def test_the_verdict_of_an_interval_at_a_target_of_ten_per_cent(low: float, high: float, verdict: str) -> None:
    """METHOD §7: an interval that holds 0 and is wider than the target says nothing; 0 itself is not left out."""
    assert verdict_of(low, high, 0.10, (), "confirmed")[0] == verdict
    assert verdict_of(low, high, 0.10, ("placebo_6",), "confirmed")[0] == ("indicated" if verdict == "confirmed" else verdict)


def test_a_fall_is_told_as_a_fall() -> None:
    found = judge(company(-0.2), SIX)
    assert (found.verdict, found.reasons) == ("not_shown", ("fell",))


def test_the_ladder_holds_every_rung_and_why_it_does_not_count() -> None:
    found = judge(company(), SIX)
    assert [one.rung for one in found.ladder] == ["L0", "L1", "L2", "L3", "L4", "L5"]
    assert [bool(one.reasons) for one in found.ladder] == [True, True, True, False, True, True]
    assert found.estimate("L4").reasons == ("has_control",)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("settings", "doubt"),
    [(replace(TOLD, assigned="chosen"), "assigned"), (replace(TOLD, resources="changed"), "resources")],
)
def test_what_the_user_says_downgrades(settings: Settings, doubt: str) -> None:
    found = judge(company(), SIX, settings=settings)
    assert (found.verdict, found.reasons) == ("indicated", ("leaves_out_zero", doubt))


def test_what_is_not_said_stays_open_and_is_asked_for() -> None:
    found = judge(company(), SIX, settings=Settings())
    assert (found.check("assigned").passed, found.check("resources").passed) == (None, None)  # type: ignore[union-attr]
    assert {"say_assigned", "say_resources"} <= {advice.code for advice in found.advice}


def test_a_difference_that_was_there_before_is_no_effect() -> None:
    """The six pull away from the others half a year before the start: the placebo sees it."""
    values = with_effect(noisy(36, 12, seed=5), SIX, START - 6, 0.15)
    found = judge(panel_of(values), SIX)
    assert found.check("placebo_6").passed is False  # type: ignore[union-attr]
    assert found.verdict == "unknown"
    assert "placebo_6" in found.reasons


def test_a_trend_of_the_chosen_is_seen_by_the_longer_placebo() -> None:
    values = noisy(36, 12, seed=5)
    values[:, :6] *= np.exp(0.15 * np.arange(36) / 12)[:, None]
    found = judge(panel_of(values), SIX)
    assert found.check("placebo_12").passed is False  # type: ignore[union-attr]
    assert found.verdict != "confirmed"


def test_one_large_client_that_makes_the_effect_is_a_doubt() -> None:
    """Without its first client, 30 % of a unit's money, unit 0 … 5 did not change: their first clients doubled."""
    values = noisy(36, 12, seed=5, noise=0.02)
    panel = panel_of(values, shares=np.array([0.7, 0.2, 0.1]))
    lift = np.zeros((36, 12))
    lift[START:, 0] = values[START:, 0] * 0.9  # one client of unit 0 alone
    money = panel.cell_value.copy()
    first = panel.part_unit[panel.cell_part] == 0
    first &= panel.part_client[panel.cell_part] == 0
    money[first] += lift[panel.cell_month[first], 0]
    found = judge(replace(panel, values=values + lift, cell_value=money), SIX)
    check = found.check("largest_client")
    assert check is not None
    assert check.passed is False
    assert check.facts["client"] == "u00 client 0"
    assert float(check.facts["share"]) > 0.2  # type: ignore[arg-type]


def test_the_typical_client_must_agree() -> None:
    """The largest client of each of the six grows by half, the many small ones shrink: money rises, the typical client falls."""
    values = noisy(36, 12, seed=5, noise=0.02)
    panel = panel_of(values, shares=np.array([0.8, 0.05, 0.05, 0.05, 0.05]))
    money, lifted = panel.cell_value.copy(), values.copy()
    late = (panel.cell_month >= START) & (panel.part_unit[panel.cell_part] < 6)
    big = late & (panel.part_client[panel.cell_part] % 5 == 0)
    money[big] *= 1.3
    money[late & ~big] *= 0.8
    for unit in range(6):
        lifted[START:, unit] *= 0.8 * 1.3 + 0.2 * 0.8
    found = judge(replace(panel, values=lifted, cell_value=money), SIX)
    assert found.low is not None
    assert found.low > 0
    assert found.check("robust_sign").passed is False  # type: ignore[union-attr]
    assert found.verdict == "indicated"


def test_two_or_three_units_tell_the_direction_alone() -> None:
    found = judge(company(0.5), [0, 1, 2])
    assert (found.rung, found.units_treated) == ("L3", 3)
    assert (found.low, found.high, found.smallest_visible) == (None, None, None)
    assert found.verdict in ("indicated", "unknown")
    assert found.reasons[0] == "few_units"
    two = effect_on(company(0.5, units=4), [Rollout("u00", date(2025, 7, 1)), Rollout("u01", date(2025, 7, 1))], TOLD)
    assert two.verdict == "unknown", "two against two cannot reach 5 % by permutation: 2 ways of 6 at the best"


def test_four_units_take_the_exact_permutation_too() -> None:
    found = judge(company(0.3, units=8), [0, 1, 2, 3])
    assert found.verdict == "confirmed"
    assert found.check("permutation").facts["p"] == pytest.approx(2 / 70)  # type: ignore[union-attr]


def test_one_unit_is_compared_with_its_own_past_alone() -> None:
    found = judge(company(), [0])
    assert (found.rung, found.verdict) == ("L2", "unknown")
    assert "one_unit" in found.reasons
    assert found.estimate("L3").reasons == ("one_unit",)  # type: ignore[union-attr]


def test_one_unit_beside_nineteen_others_gets_a_twin() -> None:
    values = with_effect(noisy(36, 24, seed=2, noise=0.02), [0], START, 0.5)
    found = judge(panel_of(values), [0])
    assert (found.rung, found.verdict) == ("L5", "indicated")
    assert found.effect == pytest.approx(0.5, abs=0.1)
    assert found.check("placebo_units").facts["p"] == pytest.approx(1 / 24)  # type: ignore[union-attr]
    quiet = judge(panel_of(noisy(36, 24, seed=2, noise=0.02)), [0])
    assert quiet.rung == "L5"
    assert quiet.verdict in ("not_shown", "unknown")
    few = judge(panel_of(values[:, :19]), [0])
    assert few.estimate("L5").reasons == ("few_donors",)  # type: ignore[union-attr]


def test_all_at_once_is_a_series_and_only_indicated() -> None:
    values = with_effect(noisy(36, 5, seed=3, noise=0.02), range(5), START, 0.2)
    found = judge(panel_of(values), list(range(5)))
    assert (found.rung, found.verdict) == ("L4", "indicated")
    assert found.effect == pytest.approx(0.2, abs=0.08)
    assert found.estimate("L3").reasons == ("no_control",)  # type: ignore[union-attr]
    assert "keep_some_waiting" in {advice.code for advice in found.advice}
    quiet = judge(panel_of(noisy(36, 5, seed=3, noise=0.02)), list(range(5)))
    assert quiet.verdict in ("not_shown", "unknown")


@pytest.mark.parametrize(("months", "row", "rung"), [(30, 24, "L4"), (29, 23, "L1"), (18, 12, "L1"), (17, 11, "L0")])
def test_all_at_once_by_length_of_history(months: int, row: int, rung: str) -> None:
    """METHOD §7: under 12 months before L0 alone, under 24 and no control L1."""
    found = judge(panel_of(noisy(months, 5, seed=3)), list(range(5)), row)
    assert found.rung == rung
    if rung != "L4":
        assert found.verdict == "unknown"


@pytest.mark.parametrize(("row", "rung", "before"), [(5, "L0", 5), (11, "L0", None), (12, "L3", 12), (24, "L3", 24), (30, "L3", 24)])
def test_with_control_by_length_of_history(row: int, rung: str, before: int | None) -> None:
    found = judge(company(), SIX, row)
    assert found.rung == rung
    if before is not None:
        assert found.facts["months_before"] == before


def test_starts_in_different_months_use_those_who_wait() -> None:
    """Everybody starts in the end; the last four are the control until they do."""
    values = noisy(36, 12, seed=8, noise=0.03)
    rows = {**dict.fromkeys(range(4), 24), **dict.fromkeys(range(4, 8), 28), **dict.fromkeys(range(8, 12), 34)}
    for unit, row in rows.items():
        values[row:, unit] *= 1.2
    panel = panel_of(values)
    found = effect_on(panel, [Rollout(panel.units[u], panel.months[row]) for u, row in rows.items()], TOLD)
    assert (found.rung, found.units_treated, found.units_control) == ("L3", 8, 4)
    assert found.facts["waves"] == 3
    assert found.low is not None
    assert found.high is not None
    assert found.low < 0.2 < found.high
    assert found.low > 0


def test_managers_who_start_one_by_one() -> None:
    """One a month from month 24 on: every group is one unit, and the last four wait for each other's sake no more."""
    values = noisy(36, 12, seed=8, noise=0.03)
    for unit in range(12):
        values[24 + unit :, unit] *= 1.2
    panel = panel_of(values)
    found = effect_on(panel, [Rollout(panel.units[u], panel.months[24 + u]) for u in range(12)], TOLD)
    assert (found.rung, found.units_treated, found.units_control) == ("L3", 8, 4)
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < 0.2 < found.high


def test_names_that_differ_in_case_and_yo_are_one_unit() -> None:
    values = with_effect(noisy(36, 8, seed=5), range(4), START, 0.3)
    names = ["Дёмина Светлана", "Ежов Роман", "Зимин", "Ильиных", "К", "Л", "М", "Н"]
    panel = panel_of(values, units=names)
    written = ["демина  светлана", "ЕЖОВ РОМАН", "Зимин", "Ильиных"]
    found = effect_on(panel, [Rollout(name, date(2025, 7, 1)) for name in written], TOLD)
    assert found.treated == tuple(names[:4])


def test_a_unit_that_vanishes_leaves_the_comparison_and_a_doubt() -> None:
    values = noisy(36, 12, seed=5)
    values = with_effect(values, SIX, START, 0.15)
    values[START:, 11] = 0
    found = judge(panel_of(values), SIX)
    assert (found.rung, found.units_control) == ("L3", 5)
    check = found.check("units_kept")
    assert check is not None
    assert (check.passed, check.facts["units"]) == (False, "u11")
    assert found.verdict == "indicated"


def test_months_of_nothing_are_compared_by_quarters() -> None:
    """Unit 3 sells every other month: no logarithm of the empty ones, a logarithm of every quarter."""
    values = with_effect(noisy(36, 12, seed=5), SIX, START, 0.15)
    values[::2, 3] = 0
    found = judge(panel_of(values), SIX)
    assert (found.rung, found.facts["step"], found.units_treated) == ("L3", 3, 6)
    assert found.facts["months_before"] == 24


def test_an_empty_quarter_long_ago_makes_the_window_shorter_and_costs_nobody() -> None:
    """METHOD §7: k is the largest that all units have. Unit 3 sold nothing from January to March 2024, 15 to 18 months before the start."""
    values = with_effect(noisy(36, 12, seed=5), SIX, START, 0.15)
    values[12:15, 3] = 0
    found = judge(panel_of(values), SIX)
    assert (found.rung, found.units_treated, found.units_control) == ("L3", 6, 6)
    assert (found.facts["months_before"], found.facts["step"], found.facts["shortened"]) == (12, 1, "u03")
    assert (found.before.start, found.check("units_kept").passed) == (date(2024, 7, 1), True)  # type: ignore[union-attr]
    assert "u03" in compared_text(speech("en"), found)
    assert any("u03" in line for line in told(found, speech("en")))
    assert "shortened" not in judge(company(), SIX).facts


def test_an_empty_month_drops_one_unit_where_starts_do_not_fall_on_quarters() -> None:
    """Starts in July and November 2025: no quarters begin with both. Unit 11 sold nothing in March 2025; the others are compared."""
    values = with_effect(noisy(36, 12, seed=5), SIX, START, 0.15)
    values[26, 11] = 0
    panel = panel_of(values)
    starts = {**dict.fromkeys(range(5), START), 5: 34}
    found = effect_on(panel, [Rollout(panel.units[u], panel.months[row]) for u, row in starts.items()], TOLD)
    assert (found.rung, found.units_control) == ("L3", 5)
    check = found.check("units_kept")
    assert check is not None
    assert (check.passed, check.facts["gone"], check.facts["short"]) == (False, "u11", "")
    assert "u11" in check_text(speech("en"), check)
    assert found.facts["months_before"] == 24


def with_client_moved(panel: Panel, client: int, to: int) -> Panel:
    """The panel with the money that a client spends since the start at another unit."""
    parts = np.flatnonzero(panel.part_client == client)
    cells = np.isin(panel.cell_part, parts) & (panel.cell_month >= START)
    values, money = panel.values.copy(), panel.cell_value
    np.subtract.at(values, (panel.cell_month[cells], panel.part_unit[panel.cell_part[cells]]), money[cells])
    np.add.at(values, (panel.cell_month[cells], np.full(cells.sum(), to)), money[cells])
    cell_part = panel.cell_part.copy()
    cell_part[cells] = len(panel.part_unit)
    return replace(
        panel,
        values=values,
        part_unit=np.append(panel.part_unit, to),
        part_client=np.append(panel.part_client, client),
        cell_part=cell_part,
    )


def test_clients_who_moved_are_counted_and_told() -> None:
    """Client 44 is the first of unit 11, which waits: a quarter of its sales. Since the start unit 0 serves it, which started."""
    whole = company()
    panel = with_client_moved(whole, 44, to=0)
    check = judge(panel, SIX).check("moved_clients")
    assert check is not None
    money = whole.values[START:, 11].sum() / 4
    assert check.passed
    assert (check.facts["n"], check.facts["share"]) == (1, pytest.approx(money / whole.values[START:].sum()))
    assert check.facts["effect"] == pytest.approx(judge(whole, SIX).effect), "as if it had stayed"
    assert "1 client passed" in check_text(speech("en"), check)
    still = judge(whole, SIX).check("moved_clients")
    assert still is not None
    assert (still.passed, still.facts["n"]) == (True, 0)
    assert "No client" in check_text(speech("en"), still)


def test_an_effect_that_came_with_the_clients_is_a_doubt() -> None:
    """Nobody sells more; each of those who wait hands a client over to one of those who start."""
    panel = company(0.0)
    for pair in range(6):
        panel = with_client_moved(panel, 4 * (6 + pair), to=pair)
    found = judge(panel, SIX)
    check = found.check("moved_clients")
    assert found.low is not None
    assert found.low > 0
    assert check is not None
    assert (check.passed, check.facts["n"]) == (False, 6)
    assert found.verdict == "indicated"
    assert "moved_clients" in found.reasons


def test_a_client_that_moves_among_those_who_wait_moves_nowhere() -> None:
    check = judge(with_client_moved(company(), 44, to=10), SIX).check("moved_clients")
    assert check is not None
    assert check.facts["n"] == 0


def test_losses_that_no_quarter_mends_refuse_the_logarithm() -> None:
    values = noisy(36, 12, seed=5)
    values[:, :8] = -100.0
    found = judge(panel_of(values), SIX)
    assert found.rung != "L3"
    assert found.estimate("L3").reasons == ("not_positive",)  # type: ignore[union-attr]
    assert (found.verdict, found.effect) == ("unknown", None)
    assert found.money is not None, "the difference of money is known even where no share is"


def test_a_unit_that_is_new_is_left_out() -> None:
    values = with_effect(noisy(36, 13, seed=5), SIX, START, 0.15)
    values[:25, 12] = np.nan
    found = judge(panel_of(values), SIX)
    assert found.units_control == 6
    assert found.facts["months_before"] == 24
    assert found.check("units_kept").passed, "nobody of the register is missing"  # type: ignore[union-attr]
    values[:25, 0] = np.nan
    found = judge(panel_of(values), SIX)
    assert (found.units_treated, found.check("units_kept").passed) == (5, False)  # type: ignore[union-attr]


def test_a_start_within_a_month_leaves_that_month_out() -> None:
    panel = company()
    found = effect_on(panel, [Rollout(panel.units[u], date(2025, 7, 15)) for u in SIX], TOLD)
    assert found.after.start == date(2025, 8, 1)
    assert found.before.end == date(2025, 6, 30)


@pytest.mark.parametrize(
    ("rollouts", "code"),
    [
        ([], "no_rollout"),
        ([Rollout("nobody", date(2025, 7, 1))], "no_such_unit"),
        ([Rollout("u00", date(2025, 7, 1)), Rollout("u00", date(2025, 8, 1))], "rollout_twice"),
        ([Rollout("u00", date(2026, 7, 1))], "rollout_in_future"),
        ([Rollout("u00", date(2025, 12, 10))], "rollout_too_recent"),
        ([Rollout("u00", date(2022, 7, 1))], "rollout_before_data"),
        ([Rollout("u00", date(2023, 1, 1))], "rollout_before_data"),
    ],
)
def test_what_cannot_be_compared_is_told_by_a_code(rollouts: list[Rollout], code: str) -> None:
    with pytest.raises(SbytError) as told:
        effect_on(company(), rollouts, TOLD)
    assert told.value.code == code


def test_a_unit_that_starts_later_is_still_waiting() -> None:
    panel = company()
    rollouts = [Rollout(panel.units[u], date(2025, 7, 1)) for u in SIX] + [Rollout("u11", date(2026, 9, 1))]
    assert effect_on(panel, rollouts, TOLD).units_control == 6


def test_the_simple_rungs_by_hand() -> None:
    """Sales of one unit: 100 a month in 2023, 110 in 2024, 121 from January to June 2025, 150 from July on.

    L0: 150 against 121. L1: 150 against 110. L2: (150/110) / (110/100) − 1. In prices that grow by 10 % a year L1 is (150/121) − 1.
    """
    values = np.r_[np.full(12, 100.0), np.full(12, 110.0), np.full(6, 121.0), np.full(6, 150.0)]
    panel = panel_of(np.column_stack([values, np.full(36, 50.0)]))
    found = effect_on(panel, [Rollout("u00", date(2025, 7, 1))], TOLD, prices=Prices(rate=0.10))
    estimates = {one.rung: one.effect for one in found.ladder}
    assert estimates["L0"] == pytest.approx(150 / 121 - 1)
    assert estimates["L1"] == pytest.approx(150 / 110 - 1)
    assert estimates["L2"] == pytest.approx(150 / 110 / 1.1 - 1)
    assert found.estimate("L1").facts["constant"] == pytest.approx(150 / 121 - 1)  # type: ignore[union-attr]
    assert found.money == pytest.approx(6 * (150 - 110 * 1.1))


def test_currency_and_order_change_nothing() -> None:
    panel = company()
    found = judge(panel, SIX)
    other = judge(replace(panel, values=panel.values * 92.5, cell_value=panel.cell_value * 92.5), SIX)
    assert (other.effect, other.low, other.verdict) == (pytest.approx(found.effect), pytest.approx(found.low), found.verdict)
    assert other.money == pytest.approx(found.money * 92.5)  # type: ignore[operator]
    turned = panel.of_units(np.arange(12)[::-1])
    again = effect_on(turned, [Rollout(f"u{u:02d}", date(2025, 7, 1)) for u in SIX], TOLD)
    assert (again.effect, again.verdict) == (pytest.approx(found.effect), found.verdict)


def test_settings_are_kept_as_json_and_refuse_nonsense() -> None:
    settings = Settings("branch", "profit", "chosen", None, 0.05)
    assert Settings.from_value(settings.to_value()) == settings
    for wrong in ({"units": "town"}, {"target": 0}, {"target": "x"}, {"colour": 1}, [], {"assigned": "luck"}):
        with pytest.raises(SbytError):
            Settings.from_value(wrong)


def test_effects_are_finite_or_missing() -> None:
    for seed in range(5):
        values = noisy(36, 12, seed=seed)
        values[np.random.default_rng(seed).random(values.shape) < 0.1] = 0
        found = judge(panel_of(values), SIX)
        for figure in (found.effect, found.low, found.high, found.money, found.smallest_visible):
            assert figure is None or math.isfinite(figure)
