"""Why hours stay in reserve: the reasons add up to it, each on a case that can be followed, and the advice does what it says."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sbyt_core.strategies import Assumptions, KindAssumption, Manager, Team
from sbyt_core.strategies.hours_words import reserve_advice, reserve_finding
from sbyt_core.texts import LANGUAGES, speech
from tests.strategies.test_hours_plan import ANNA, BORIS, PROFITS, TEAM, company, plan

RICH = Team((Manager(ANNA, 120.0), Manager(BORIS, 100.0)))  # far more hours than the maxima of twelve clients take
FREE = Assumptions(change_limit=None)


def reasons(found) -> dict[str, float]:
    return {held.reason: held.hours for held in found.left.held}


@pytest.mark.parametrize("team", [TEAM, RICH, replace(RICH, pooled=True)], ids=["scarce", "rich", "pooled"])
@pytest.mark.parametrize(
    "settings",
    [Assumptions(), FREE, Assumptions(change_limit=0.1), Assumptions(whole_contacts=False)],
    ids=["usual", "free", "tenth", "smooth"],
)
def test_the_reasons_add_up_to_the_reserve(team: Team, settings: Assumptions) -> None:
    found = plan(team=team, settings=settings)
    assert sum(reasons(found).values()) == pytest.approx(found.reserve, abs=1e-6)


def test_without_a_step_the_maxima_of_the_segments_hold_all_of_it() -> None:
    found = plan(team=RICH, settings=FREE)
    earning = sum(profit > 0 for profit in PROFITS)
    assert reasons(found) == {"most": pytest.approx(found.reserve)}
    assert found.left.held[0].clients == earning


def test_the_step_holds_what_it_keeps_from_the_maxima() -> None:
    # every client has 2 hours of Anna or 10/6 of Boris; a step of a tenth lets none of A reach the 60 that it may have
    wide = Assumptions(change_limit=0.1).with_kind(KindAssumption("A", 0.2, 1.0, 60.0))
    found = plan(settings=wide)
    assert reasons(found)["step"] > 0
    looser = plan(settings=replace(wide, change_limit=5.0))
    assert reasons(looser).get("step", 0.0) < reasons(found)["step"]


def test_what_no_contact_fits_and_where_nobody_wants_more() -> None:
    # Boris's hours are all on his clients, who are locked; Вера has no clients, so her 20 hours are for nobody
    locked = [f"c{at:02d}" for at in range(1, 12, 2)]
    idle = replace(RICH, managers=(*RICH.managers, Manager("Вера", 20.0)))
    found = plan(team=idle, locked=locked)
    assert reasons(found)["nobody"] == pytest.approx(20.0)
    # no maximum is near, and 12.1 and 10.1 hours are no whole number of contacts of a quarter of an hour
    narrow = plan(settings=FREE.with_kind(KindAssumption("A", 0.2, 1.0, 60.0)), team=Team((Manager(ANNA, 12.1), Manager(BORIS, 10.1))))
    assert set(reasons(narrow)) == {"contacts"}
    assert narrow.left.raised is None


@pytest.mark.parametrize("settings", [Assumptions(), FREE, Assumptions(whole_contacts=False)], ids=["step", "free", "smooth"])
def test_the_maximum_that_is_advised_puts_so_many_hours_to_work(settings: Assumptions) -> None:
    found = plan(team=RICH, settings=settings)
    advice = found.left.raised
    assert advice is not None
    assert advice.before == settings[advice.kind].most < advice.after
    higher = settings.with_kind(replace(settings[advice.kind], most=advice.after))
    then = plan(team=RICH, settings=higher)
    assert found.reserve - then.reserve == pytest.approx(advice.hours, abs=0.25)  # of one contact of A
    assert then.gain.mid > found.gain.mid


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reserve_in_words_names_hours_reasons_and_what_to_do(lang: str) -> None:
    words, found = speech(lang), plan(team=RICH)
    said = reserve_finding(found, words)
    for held in found.left.held:
        assert words.num(held.hours, 1) in said
    assert words.num(found.reserve, 1) in said
    advice = found.left.raised
    assert words(f"strategy.{advice.kind}.name") in reserve_advice(found, words)[0]
    assert reserve_finding(plan(company(), locked=[f"c{at:02d}" for at in range(12)]), words) == ""
