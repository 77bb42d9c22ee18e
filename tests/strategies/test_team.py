"""The team: hours by full and part time, pay that is missing and never nought, its JSON, and what is told when a figure is wrong."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.strategies import (
    Assumptions,
    KindAssumption,
    Manager,
    Team,
    assumptions_from_json,
    assumptions_to_json,
    team_from_json,
    team_to_json,
)

ANNA = Manager("Анна", 120.0, 90_000.0, 10_000.0)
BORIS = Manager("Борис", None, 80_000.0, part_time=0.5)


def code_of(call, *args, **options) -> tuple[str, dict]:
    with pytest.raises(BadInput) as caught:
        call(*args, **options)
    return caught.value.code, caught.value.params


def test_hours_and_money_of_a_team() -> None:
    team = Team((ANNA, BORIS), hours_per_month=100.0)
    assert [team.hours_of(one) for one in team.managers] == [120, 50]
    assert (team.hours, team.headcount, team.payroll, team.cost_per_month) == (170, 2, 170_000, 180_000)


def test_pay_that_nobody_stated_is_missing() -> None:
    team = Team((ANNA, Manager("Вера")))
    assert (team.payroll, team.cost_per_month) == (None, None)
    assert Team().payroll is None


def test_names_are_the_same_whatever_case_and_spaces() -> None:
    team = Team((ANNA,)).with_names(["анна ", "Борис", "Борис"])
    assert [one.name for one in team.managers] == ["Анна", "Борис"]
    assert team.find("  АННА").pay_per_month == 90_000
    assert code_of(Team, (ANNA, Manager("АННА")))[0] == "manager_twice"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "Анна", "hours_per_month": -1}, "manager_hours"),
        ({"name": "Анна", "hours_per_month": 401}, "manager_hours"),
        ({"name": "Анна", "hours_per_month": "120"}, "manager_hours"),
        ({"name": "Анна", "pay_per_month": -5}, "manager_money"),
        ({"name": "Анна", "other_cost_per_month": float("nan")}, "manager_money"),
        ({"name": "Анна", "part_time": 0}, "manager_part_time"),
        ({"name": "Анна", "part_time": 1.5}, "manager_part_time"),
        ({"name": " "}, "manager_unnamed"),
        ({"name": 5}, "manager_unnamed"),
        ({"hours_per_month": 5}, "manager_unnamed"),
        ({"name": "Анна", "salary": 5}, "unknown_setting"),
    ],
)
def test_a_wrong_figure_of_a_manager_is_coded(values: dict, code: str) -> None:
    told, params = code_of(team_from_json, json.dumps({"managers": [values]}))
    assert told == code
    if code.startswith("manager_") and code != "manager_unnamed":
        assert params["manager"] == "Анна"


@pytest.mark.parametrize("text", ["", "[]", "{", '{"managers": 5}', '{"managers": [5]}', "null", b"\xff\xfe"])
def test_what_is_no_team_is_told(text) -> None:
    assert code_of(team_from_json, text)[0] == "bad_json"


def test_wrong_settings_of_a_team() -> None:
    assert code_of(team_from_json, '{"hours_per_month": -120}')[0] == "manager_hours"
    assert code_of(team_from_json, '{"pooled": 1}')[0] == "not_a_choice"
    assert code_of(team_from_json, '{"people": []}')[0] == "unknown_setting"


MONEY = st.none() | st.floats(0, 1e9)
MANAGERS = st.builds(
    Manager,
    st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip())),
    st.none() | st.floats(0, 400),
    MONEY,
    MONEY,
    st.floats(0.01, 1),
)


@settings(deadline=None, max_examples=40)
@given(st.lists(MANAGERS, max_size=5, unique_by=lambda one: " ".join(one.name.split()).casefold()), st.floats(0, 400), st.booleans())
def test_a_saved_team_is_the_same(managers: list[Manager], hours: float, pooled: bool) -> None:
    team = Team(tuple(managers), hours, pooled)
    assert team_from_json(team_to_json(team)) == team


def test_assumptions_are_saved_and_checked() -> None:
    made = Assumptions(change_limit=None, task="growth").with_kind(KindAssumption("B", 0.5, 0.0, 3.0))
    assert assumptions_from_json(assumptions_to_json(made)) == made
    assert assumptions_from_json('{"kinds": {"B": {"elasticity": 0.5}}}')["B"] == KindAssumption("B", 0.5, 0.25, 4.0)
    assert made.kept_at("A", 0.5) == pytest.approx(0.8706, abs=1e-4)  # 0.5 ** 0.2
    assert code_of(assumptions_from_json, '{"kinds": {"B": {"elasticity": 0.9}}}')[0] == "out_of_range"
    assert code_of(assumptions_from_json, '{"kinds": {"B": {"least": 5}}}')[0] == "bounds_out_of_order"
    assert code_of(assumptions_from_json, '{"kinds": {"D": {}}}')[0] == "unknown_setting"
    assert code_of(assumptions_from_json, '{"task": "peace"}')[0] == "not_a_choice"
    assert code_of(assumptions_from_json, "[]")[0] == "bad_json"
