"""The plan of a small company whose figures can be followed: who is locked, who has no manager, what is told, what is checked."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from sbyt_core.errors import BadInput
from sbyt_core.segments import Criteria, segment
from sbyt_core.strategies import Answers, Assumptions, KindAssumption, Manager, StrategyBook, Team, allocate_hours
from sbyt_core.strategies.hours_words import problem_texts
from sbyt_core.texts import LANGUAGES, speech
from tests.segments.making import table_of

BOOK = StrategyBook.default()
ANNA, BORIS = "Анна", "Борис"
PROFITS = [900_000, 700_000, 500_000, 120_000, 90_000, 60_000, 30_000, 20_000, 15_000, 9_000, 4_000, -6_000]
MANAGERS = [ANNA, BORIS] * 6
TEAM = Team((Manager(ANNA, 12.0, 80_000.0), Manager(BORIS, 10.0, 70_000.0)))


def company(criteria: Criteria | None = None, **columns: object):
    return segment(table_of(PROFITS, **({"manager": MANAGERS} | columns)), criteria or Criteria())


def plan(segmentation=None, team: Team = TEAM, **options: object):
    return allocate_hours(segmentation or company(), BOOK, team, **options)


def test_hours_headcount_and_payroll_before_and_after() -> None:
    found = plan()
    assert found.hours_before == 22
    assert found.hours_after == pytest.approx(22)
    assert [(check.code, check.before, check.after, check.holds) for check in found.checks] == [
        ("hours", 22, pytest.approx(22), True),
        ("headcount", 2, 2, True),
        ("payroll", 150_000, 150_000, True),
    ]
    assert (found.managers["hours_after"] + found.managers["reserve"]).tolist() == pytest.approx([12, 10])
    assert found.clients["hours_after"].sum() == pytest.approx(found.managers["hours_after"].sum())
    assert found.kinds["hours_after"].sum() == pytest.approx(found.managers["hours_after"].sum())
    assert found.kinds["gain"].sum() == pytest.approx(found.gain.mid)


def test_a_check_that_does_not_hold_is_told() -> None:
    found = plan()
    broken = replace(found, clients=found.clients.assign(hours_after=found.clients["hours_after"] + 1))
    assert [check.holds for check in broken.checks] == [False, True, True]
    fewer = replace(found, managers=found.managers.head(1))
    assert [check.holds for check in fewer.checks][1:] == [False, False]


def test_estimated_hours_share_the_managers_hours_by_documents() -> None:
    # Anna has six clients with 12 documents each, 12 hours: 2 hours a client
    found = plan()
    assert found.clients.loc[found.clients["manager"] == ANNA, "hours_before"].tolist() == pytest.approx([2.0] * 6)
    assert found.clients["estimated"].all()
    counted = company(documents=[24.0, 12, 12, 12, 0, 12, 12, 12, 0, 12, 0, 12])
    mine = plan(counted).clients.set_index("client_key").loc[["c00", "c02", "c04"], "hours_before"]
    assert mine.tolist() == pytest.approx([12 * 24 / 48, 12 * 12 / 48, 0])  # hers: 24 + 12 + 0 + 12 + 0 + 0 documents


def test_logged_hours_go_before_the_estimate() -> None:
    # 60 hours a year are 5 a month; the other five clients share the 7 that are left
    facts = SimpleNamespace(frame=pd.DataFrame({"client_key": ["c00"], "hours": [60.0]}), months=12)
    found = plan(facts=facts).clients.set_index("client_key")
    assert found.loc["c00", "hours_before"] == pytest.approx(5)
    assert found.loc["c02", "hours_before"] == pytest.approx(7 / 5)
    assert (found.loc["c00", "estimated"], found.loc["c02", "estimated"]) == (False, True)


def test_a_log_that_does_not_add_up_is_taken_as_shares() -> None:
    keys = [f"c{at:02d}" for at in range(0, 12, 2)]
    facts = SimpleNamespace(frame=pd.DataFrame({"client_key": keys, "hours": [48.0, 24, 24, 24, 12, 12]}), months=12)
    found = plan(facts=facts)
    mine = found.clients[found.clients["manager"] == ANNA].set_index("client_key")["hours_before"]
    assert mine.loc["c00"] == pytest.approx(12 * 48 / 144)
    assert mine.sum() == pytest.approx(12)
    assert "hours_scaled" not in {problem.code for problem in plan().problems}
    told = plan(facts=SimpleNamespace(frame=facts.frame.assign(hours=facts.frame["hours"] * 2), months=12))
    assert next(problem for problem in told.problems if problem.code == "hours_scaled").value == ANNA
    assert told.clients["hours_before"].tolist() == pytest.approx(found.clients["hours_before"].tolist())


def test_a_locked_client_never_moves() -> None:
    free = plan().clients.set_index("client_key")
    moved = [key for key in free.index if abs(free.loc[key, "change"]) > 0.05]
    assert moved
    for key in moved:
        held = plan(locked=[key]).clients.set_index("client_key").loc[key]
        assert (held["hours_after"], held["binding"], held["locked"]) == (held["hours_before"], "locked", True)
    everyone = plan(locked=list(free.index))
    assert everyone.clients["change"].abs().max() == 0
    assert everyone.gain.mid == pytest.approx(0)


def test_hours_move_to_who_brings_most() -> None:
    found = plan().clients.set_index("client_key")
    assert found.loc["c00", "change"] > 0
    assert found.loc["c11", "change"] < 0
    assert (found["hours_after"] >= found["least"] - 1e-9).all()
    assert (found["hours_after"] <= found["most"] + 1e-9).all()


def test_the_gain_is_a_range_around_the_middle() -> None:
    found = plan()
    assert found.gain.low <= found.gain.mid <= found.gain.high
    assert found.profit_after - found.profit_before == pytest.approx(found.gain.mid)
    assert found.profit_before == pytest.approx(sum(PROFITS) / 12)
    assert [rival.name for rival in found.rivals] == ["as_now", "equal", "profit", "a_30"]


def test_minima_beyond_the_hours_name_what_is_missing() -> None:
    greedy = Assumptions(change_limit=None).with_kind(KindAssumption("A", 0.2, 9.0, 12.0))
    with pytest.raises(BadInput) as caught:
        plan(settings=greedy)
    told = caught.value.params
    # A: c00 and c02 of Anna, c01 of Boris; 2 × 9 h and her other minima against 12, 9 h and his others against 10
    found = plan(settings=Assumptions(change_limit=None)).clients
    a = found[(found["segment"] == "A") & (found["manager"] == ANNA)]
    assert (caught.value.code, told["managers"], told["manager"]) == ("hours_short", 1, ANNA)
    assert told["A"] == 9 * len(a)
    assert told["missing"] == pytest.approx(told["least"] - 12, abs=0.11)
    assert told["missing"] >= 9 * len(a) - 12


def test_team_without_hours() -> None:
    with pytest.raises(BadInput) as caught:
        plan(team=Team((Manager(ANNA, 0.0), Manager(BORIS, 0.0))))
    assert caught.value.code == "no_hours"


def test_who_is_missing_is_told_and_takes_no_hours() -> None:
    managers = [None, *MANAGERS[1:]]
    found = plan(company(manager=managers), team=Team((*TEAM.managers, Manager("Вера", 20.0, 1.0))))
    codes = {problem.code: problem for problem in found.problems}
    assert codes["client_without_manager"].count == 1
    assert codes["manager_without_clients"].value == "Вера"
    for lang in LANGUAGES:
        text, hint = problem_texts(codes["manager_without_clients"], speech(lang))
        assert "Вера" in text
        assert hint
        text, hint = problem_texts(codes["client_without_manager"], speech(lang))
        assert text.startswith("1 ")
        assert hint
    nobody = found.clients.set_index("client_key").loc["c00"]
    assert (nobody["hours_before"], nobody["hours_after"]) == (0, 0)
    assert found.managers.loc["Вера", "reserve"] == 20
    assert all(check.holds for check in found.checks)


def test_a_manager_who_is_not_listed_has_the_default_hours() -> None:
    found = plan(team=Team((Manager(" анна ", 12.0),), hours_per_month=30.0))
    assert found.managers["hours"].to_dict() == {" анна ": 12.0, BORIS: 30.0}
    assert "pay_not_known" in {problem.code for problem in found.problems}
    assert found.checks[2].holds is None


def test_pooled_hours_go_where_they_bring_most_and_clients_pass_on() -> None:
    apart, pooled = plan(), plan(team=replace(TEAM, pooled=True))
    assert pooled.profit_after >= apart.profit_after
    assert (pooled.managers["hours_after"] <= pooled.managers["hours"] + 1e-9).all()
    assert all(check.holds for check in pooled.checks)
    assert pooled.managers["price"].nunique() == 1
    uneven = Team((Manager(ANNA, 19.0), Manager(BORIS, 3.0)), pooled=True)  # six clients of Boris want more than 3 hours
    passed, fixed = plan(team=uneven), plan(team=uneven, fixed=list(pooled.clients["client_key"]))
    assert (passed.clients["new_manager"] != passed.clients["manager"]).any()
    for stays in (apart, fixed):
        assert stays.clients["new_manager"].tolist() == stays.clients["manager"].tolist()


def test_growth_serves_the_promising_first() -> None:
    growing = company(Criteria(task="growth", promise_potential=0.05), growth=[0.0] * 5 + [1.0] * 3 + [0.0] * 4, branch="Юг")
    found = plan(growing)
    assert found.task == "growth"
    mine = found.clients[found.clients["kind"] == "promising"]
    assert len(mine)
    room = plan(growing, settings=Assumptions(task="profit")).clients.loc[mine.index]
    assert mine["hours_after"].sum() >= room["hours_after"].sum()
    assert (mine["hours_after"] >= mine["most"] - 1e-6).all()


def test_relief_lets_c_go_to_the_cheap_channel_at_once() -> None:
    kept, eased = plan().clients, plan(settings=Assumptions(task="relief")).clients
    cheap = kept["kind"].isin(["C", "loss_making"])
    assert (eased.loc[cheap, "least"] == 0).all()
    assert (kept.loc[cheap, "least"] > 0).any()
    assert eased.loc[cheap, "hours_after"].sum() < kept.loc[cheap, "hours_after"].sum()


def test_four_answers_change_the_hours_of_their_client() -> None:
    free = Assumptions(change_limit=None)
    plain = plan(settings=free).clients.set_index("client_key")
    late_rise = plan(settings=free, answers=[Answers("c00", 0.95, 1.01, 1.02)]).clients.set_index("client_key")
    assert late_rise.loc["c00", "hours_after"] < plain.loc["c00", "hours_after"]
    assert "answers_not_found" in {problem.code for problem in plan(answers=[Answers("zz", 0.6, 1.1, 1.5)]).problems}


def test_a_client_whose_profit_is_not_known_keeps_its_hours() -> None:
    profits = [*PROFITS[:-1], np.nan]
    found = plan(segment(table_of(profits, manager=MANAGERS), Criteria(measure="profit")))
    last = found.clients.set_index("client_key").loc["c11"]
    assert (last["change"], last["binding"]) == (0, "unknown")
    assert np.isnan(last["gain"])


def test_work_on_orders_is_done_first_and_contacts_come_on_top() -> None:
    # 12 documents a year are one a month; 30 minutes of work each
    found = plan(norm_minutes=30.0)
    contact = found.clients["kind"].map({one.kind: one.minutes_per_contact / 60 for one in BOOK.standards})
    assert (found.clients["hours_after"] >= 0.5 - 1e-9).all()
    assert (found.clients["hours_after"] - 0.5).tolist() == pytest.approx((found.clients["contacts_per_month"] * contact).tolist())
    quarter = found.clients["contacts_per_month"] * 3
    assert (quarter - quarter.round()).abs().max() < 1e-6
    assert found.hours_after == pytest.approx(22)


def test_sales_that_name_no_manager_share_the_hours_of_all() -> None:
    found = plan(company(manager=[None] * 12))
    assert found.pooled
    assert found.clients["hours_before"].sum() == pytest.approx(22)
    assert set(found.clients["new_manager"]) == {ANNA, BORIS}
    assert (found.managers["hours_after"] <= found.managers["hours"] + 1e-9).all()
    assert all(check.holds for check in found.checks)
