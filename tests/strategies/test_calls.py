"""The plan as a list of calls: whole contacts on working days, evenly spread, and what passes to cheap service."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from sbyt_core.segments import Criteria, segment
from sbyt_core.strategies import Assumptions, KindAssumption, Manager, Team, call_list, passes
from sbyt_core.strategies.calls import CALL_COLUMNS, WEEKS, by_change, contacts_a_quarter, why_nobody_is_let_go
from sbyt_core.strategies.hours_words import let_go_words
from sbyt_core.texts import LANGUAGES, speech
from tests.segments.making import table_of
from tests.strategies.test_hours_plan import company, plan

START = date(2026, 1, 12)  # a Monday
# five days a week without holidays, so that a week has five working days
DAYS = tuple(day for day in (START + timedelta(n) for n in range(7 * WEEKS)) if day.weekday() < 5)


def test_every_contact_of_the_quarter_stands_once() -> None:
    found = plan()
    calls = call_list(found, start=START, days=DAYS)
    assert dict(calls.dtypes.astype(str)) == CALL_COLUMNS
    made = calls.groupby("client_key").size()
    wanted = pd.Series(contacts_a_quarter(found), index=found.clients["client_key"])
    assert made.to_dict() == wanted[wanted > 0].to_dict()
    assert (calls.groupby("client_key")["number"].max() == made).all()


def test_contacts_are_those_of_the_standard_as_much_oftener_as_the_hours_grow() -> None:
    # c00 is A: two contacts of 45 minutes a month, 2 hours now and 3 by the plan, so three a month are nine a quarter
    found = plan().clients.set_index("client_key").loc["c00"]
    assert (found["kind"], found["hours_before"], found["hours_after"]) == ("A", pytest.approx(2), pytest.approx(3))
    calls = call_list(plan(), start=START, days=DAYS)
    mine = calls[calls["client_key"] == "c00"]
    assert (len(mine), set(mine["minutes"]), set(mine["of"])) == (9, {45.0}, {9})
    assert (contacts_a_quarter(plan()) <= plan().clients["contacts_per_month"] * 3 + 1e-6).all()


def test_contacts_of_a_client_are_evenly_spread_over_working_days() -> None:
    calls = call_list(plan(), start=START, days=DAYS)
    assert set(calls["date"].dt.date) <= set(DAYS)
    assert (calls["week"].dt.day_of_week == 0).all()
    assert ((calls["date"] - calls["week"]).dt.days < 7).all()
    places = {day: at for at, day in enumerate(DAYS)}
    for _, mine in calls.groupby("client_key"):
        at = np.array([places[day] for day in mine["date"].dt.date])
        if len(at) > 1:
            assert (np.abs(np.diff(at) - len(DAYS) / len(at)) <= 1).all()


def test_no_week_is_much_fuller_than_another() -> None:
    many = segment(table_of([500_000 / (at + 1) for at in range(80)], manager="Анна"), Criteria())
    calls = call_list(plan(many, Team((Manager("Анна", 120.0),))), start=START, days=DAYS)
    hours = calls.groupby(["manager", "week"])["minutes"].sum().unstack(fill_value=0)
    assert (hours.max(axis=1) < 2 * hours.sum(axis=1) / WEEKS).all()


def test_a_rare_call_comes_a_working_week_before_the_next_purchase() -> None:
    # last purchase 11.12.2025 and a gap of 60 days: expected on 09.02.2026, a Monday; five working days before is 02.02.2026
    quiet = company(median_gap=60.0)
    found = plan(quiet, settings=Assumptions(change_limit=None))
    calls = call_list(found, start=START, days=DAYS)
    once = calls[calls["of"] == 1]
    assert len(once)
    assert set(once["date"].dt.date) == {date(2026, 2, 2)}


def test_a_holiday_has_no_calls() -> None:
    # 9 March 2026 is a day off in Russia: 8 March falls on a Sunday
    calls = call_list(plan(), start=date(2026, 3, 2), country="RU")
    assert pd.Timestamp(2026, 3, 9) not in set(calls["date"])
    assert pd.Timestamp(2026, 3, 10) in set(call_list(plan(), start=date(2026, 3, 10))["date"])


def test_what_a_client_passes_to() -> None:
    told = passes(plan(settings=Assumptions(task="relief"))).set_index("client_key")
    assert told.loc["c00", ["passes", "channel"]].tolist() == ["more", "visit"]
    assert told.loc["c11", ["passes", "channel"]].tolist() == ["let_go", "mail"]
    c = told[(told["kind"] == "C") & (told["change"] < -0.1)]
    assert set(c["passes"]) == {"cheap"}
    assert set(c["channel"]) == {"self_service"}


def test_nobody_to_call_gives_an_empty_list() -> None:
    assert call_list(plan(), start=START, days=()).empty


def test_gains_and_cuts_stand_in_turn_and_those_without_a_change_at_the_end() -> None:
    change = pd.Series([0.0, -1.0, -3.0, 2.0, -2.0, 5.0], index=list("abcdef"))
    assert by_change(change).tolist() == ["f", "c", "d", "e", "b", "a"]  # +5, -3, +2, -2, -1, 0
    found = plan().clients["change"]
    assert sorted(by_change(found)) == sorted(found.index)


def test_why_nobody_is_let_go() -> None:
    # c11 is the only client at a loss: the step of a quarter leaves it hours, a lock leaves it all of them
    assert why_nobody_is_let_go(plan()) == ("step", 1)
    assert why_nobody_is_let_go(plan(locked=["c11"])) == ("locked", 1)
    kept = Assumptions(change_limit=None).with_kind(KindAssumption("loss_making", 0.1, 0.5, 1.0))
    assert why_nobody_is_let_go(plan(settings=kept)) == ("least", 1)
    assert why_nobody_is_let_go(plan(settings=Assumptions(task="relief"))) == ("none", 0)
    for lang in LANGUAGES:
        assert "50" in let_go_words(plan(), speech(lang))
