"""The results page: before a rollout, with one, and what people say on it; figures of the page are those of the core."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.results.evidence.evidence import measure_effect
from sbyt_core.results.findings import Findings
from sbyt_core.results.model import Rollout, Settings
from sbyt_core.results.outcome import outcome
from sbyt_core.results.rollouts import ENTRY, Entry
from sbyt_core.sales.read import read_sales
from sbyt_core.strategies import Manager, Team
from sbyt_core.texts import LANGUAGES, speech
from sbyt_core.ui import page as ui_page
from sbyt_core.ui.language import screen_speech
from sbyt_core.ui.results import draft as results_draft
from tests.clients.making import day
from tests.pages.test_pages import CASES, CYRILLIC, sample, sound  # noqa: F401

PAGE = "pages/7_results.py"
SAMPLE = Path(__file__).resolve().parents[2] / "sample_data"
TREATED = json.loads((SAMPLE / "truth.json").read_text(encoding="utf-8"))["treated"]
VIEWS = ("months", "sources", "items", "segments", "units", "checks")
App = Callable[..., AppTest]


def started(at: AppTest, units: list[str] = TREATED, start: date = date(2025, 7, 1)) -> AppTest:
    """The page after these managers were registered."""
    store = ui_page._store()
    project = store.projects()[0]
    for unit in units:
        store.add_entry(project.id, ENTRY, Entry(unit, start).to_json(), subject=unit)
    at.session_state["results_part"] = "outcome"
    return sound(at.run())


def said(at: AppTest) -> str:
    return "\n".join(e.value for e in [*at.subheader, *at.markdown, *at.caption]).replace("\\", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_a_rollout_it_says_what_could_be_seen(sample: App, lang: str) -> None:  # noqa: F811
    at = sample(lang, PAGE)
    assert at.session_state["results_part"] == "before"
    at.segmented_control(key="results_part").set_value("outcome").run()
    sound(at)
    assert speech(lang)("rung.L1.label") in said(at)
    assert ":green[" not in at.subheader[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_verdict_is_the_one_of_the_core(sample: App, lang: str) -> None:  # noqa: F811
    at = started(sample(lang, PAGE))
    sales = read_sales(SAMPLE / "sales.xlsx")
    effect = measure_effect(sales, [Rollout(unit, day("2025-07-01")) for unit in TREATED], Settings())
    found = outcome(sales, rollout=day("2025-07-01"), effect=effect)
    words = Findings(found, screen_speech(lang))
    assert at.subheader[0].value == f":green[{words.verdict()}]"
    assert words.money_of_effect() in [m.value.split(" " + words.say("evidence.reason.leaves_out_zero"))[0] for m in at.markdown]
    assert at.metric[3].value == "L3"
    if lang == "en":
        assert not CYRILLIC.search("\n".join(m.label for m in at.metric) + "\n".join(b.label for b in at.button))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_picture_says_its_finding_and_its_rung(sample: App, lang: str) -> None:  # noqa: F811
    at = started(sample(lang, PAGE))
    seen = set()
    for view in VIEWS:
        at.segmented_control(key="results_view").set_value(view).run()
        sound(at)
        assert speech(lang)("rung.L3.label") in said(at), view
        seen.add(said(at))
    assert len(seen) == len(VIEWS)


def test_the_measure_changes_everything_and_is_kept(sample: App, app: App) -> None:  # noqa: F811
    at = started(sample("ru", PAGE))
    before = at.subheader[0].value
    at.segmented_control(key="results_measure").set_value("profit").run()
    sound(at)
    assert at.subheader[0].value != before
    assert "прибыль" in at.subheader[0].value
    again = sound(app("ru", PAGE))
    assert "прибыль" in again.subheader[0].value


def test_hours_people_and_pay_are_said_and_judged(sample: App) -> None:  # noqa: F811
    at = started(sample("ru", PAGE))
    for code, before, now in (("hours", "1 360", "1 360"), ("headcount", "12", "13"), ("payroll", "", "")):
        at.text_input(key=f"results_{code}_before_").input(before)
        at.text_input(key=f"results_{code}_now_").input(now)
    next(b for b in at.button if b.label == speech("ru")("results.resources.keep")).click().run()
    sound(at)
    hours, people, pay, _ = at.metric
    assert hours.value.replace("\xa0", " ") == "8 160"  # six months
    assert (people.value, people.delta) == ("13", "было 12")
    assert pay.value == "–"
    assert any(speech("ru")("kpi.headcount").lower() in error.value for error in at.error), "a red note says what changed"
    assert ":green[" not in at.subheader[0].value, "more people: the growth is not the rollout's alone"
    store = ui_page._store()
    kept = store.document(store.projects()[0].id, results_draft.KIND).value
    assert kept["now"]["headcount"] == 13  # type: ignore[index]


def test_the_team_says_what_there_is_now(sample: App) -> None:  # noqa: F811
    at = sample("ru", PAGE)
    store = ui_page._store()
    team = Team(tuple(Manager(name, 100.0, 90_000.0) for name in TREATED))
    store.save_document(store.projects()[0].id, "team", team.to_json(), expected_version=0)
    at = started(at)
    hours, people, pay, _ = at.metric
    assert (hours.value.replace("\xa0", " "), people.value) == ("3 600", "6")  # six managers, 100 hours, six months
    assert pay.value.replace("\xa0", " ") == "3 240 000 ₽"
    assert "Продают, но в команду не внесены (6)" in said(at), "the other six of the sample's twelve"
    assert hours.delta == speech("ru")("results.light.unknown")  # of the time before nobody said anything


def test_constant_prices(sample: App) -> None:  # noqa: F811
    at = started(sample("ru", PAGE))
    nominal = said(at)
    at.text_input(key="results_rate_").input("8,0")
    next(b for b in at.button if b.label == speech("ru")("results.prices.take")).click().run()
    sound(at)
    assert said(at) != nominal
    assert "В ценах одного месяца: декабрь 2025" in said(at)
    at.button(key="results_nominal").click().run()
    assert said(sound(at)) == nominal


def test_the_board_by_group(sample: App) -> None:  # noqa: F811
    at = started(sample("ru", PAGE))
    for group in ("segment", "manager", "branch", "month"):
        at.segmented_control(key="results_group").set_value(group).run()
        table = sound(at).dataframe[-1].value
        assert len(table) >= 3
    at.selectbox(key="results_figure").select("documents").run()
    assert not sound(at).dataframe[-1].value.equals(table)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_rollout_that_has_not_begun_opens_on_what_is_to_come(sample: App, app: App, lang: str) -> None:  # noqa: F811
    sample(lang, PAGE)
    started(sound(app(lang, PAGE)), start=date(2099, 1, 1))
    at = sound(app(lang, PAGE))
    say = speech(lang)
    assert at.session_state["results_part"] == "before"
    assert say("ahead.begins", start=say.date(date(2099, 1, 1))) in at.subheader[0].value.replace("\\", "")
    assert say("ahead.arrange.draw_now") in said(at)
    assert not at.error
    at.segmented_control(key="results_part").set_value("register").run()
    sound(at).button(key="rollouts_next").click().run()
    assert sound(at).session_state["results_part"] == "before"
    at.segmented_control(key="results_part").set_value("outcome").run()
    sound(at)
    assert not at.error, "a plan is no error"
    assert any("2099" in note.value for note in at.info)
    assert at.metric[3].value == "L1"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_starters_show_the_direction_alone(sample: App, lang: str) -> None:  # noqa: F811
    at = started(sample(lang, PAGE), TREATED[:2])
    assert ":green[" not in at.subheader[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["c001_control_plain.xlsx"])
def test_a_small_file_of_somebody_is_told_or_shown(app: App, name: str, lang: str) -> None:
    at = app(lang, "pages/1_data.py")
    at.file_uploader[0].upload(name, (CASES / name).read_bytes(), "application/octet-stream").run()
    at.switch_page(PAGE).run()
    sound(at)
    for part in ("outcome", "register", "before"):
        at.segmented_control(key="results_part").set_value(part).run()
        sound(at)
