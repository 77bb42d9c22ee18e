"""The plan as a list of calls: whole contacts on working days, evenly spread, and what passes to cheap service."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from sbyt_core.strategies import Assumptions, call_list, passes
from sbyt_core.strategies.calls import CALL_COLUMNS, MOST, WEEKS
from tests.strategies.test_hours_plan import company, plan

START = date(2026, 1, 12)  # a Monday
# five days a week without holidays, so that a week has five working days
DAYS = tuple(day for day in (START + timedelta(n) for n in range(7 * WEEKS)) if day.weekday() < 5)


def test_every_contact_of_the_quarter_stands_once() -> None:
    found = plan()
    calls = call_list(found, start=START, days=DAYS)
    assert dict(calls.dtypes.astype(str)) == CALL_COLUMNS
    made = calls.groupby("client_key").size()
    wanted = found.clients.set_index("client_key")["contacts_per_month"].mul(3).round().clip(upper=MOST)
    pd.testing.assert_series_equal(made.astype(float), wanted[wanted > 0].sort_index(), check_names=False, check_index_type=False)
    minutes = calls.groupby("client_key")["minutes"].sum() / 60 / 3
    assert minutes.to_dict() == pytest.approx(found.clients.set_index("client_key")["hours_after"].loc[minutes.index].to_dict())


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
    calls = call_list(plan(), start=START, days=DAYS)
    hours = calls.groupby(["manager", "week"])["minutes"].sum().unstack(fill_value=0)
    assert hours.shape[1] == WEEKS
    assert (hours.max(axis=1) < 2 * hours.mean(axis=1)).all()


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
