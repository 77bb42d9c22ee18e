"""The views of team, hours and work on the strategies page, in both languages: what they say, what they keep, what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.__main__ import main
from sbyt_core.clients import client_table
from sbyt_core.segments import Criteria, segment
from sbyt_core.store import open_store
from sbyt_core.store.documents import RATES
from sbyt_core.strategies import Assumptions, HoursPlan, StrategyBook, allocate_hours, team_from_json
from sbyt_core.strategies.hours_words import reserve_advice, reserve_finding
from sbyt_core.strategies.plan import Check
from sbyt_core.texts import LANGUAGES, speech
from tests.pages.test_pages import CYRILLIC, sound

PAGE = "pages/3_strategies.py"
SAMPLE = Path(__file__).parents[2] / "sample_data"
VIEWS = ("strategies", "team", "hours", "calls")
App = Callable[..., AppTest]


@pytest.fixture
def view(app: App) -> App:
    """A view on the sample, its team taken."""

    def opened(name: str, lang: str = "ru", *, team: bool = True) -> AppTest:
        at = sound(app(lang))
        at.button(key="open_sample").click().run()
        at.switch_page(PAGE).run()
        if team:
            go(at, "team").button(key="team_sample").click().run()
        return go(at, name)

    return opened


def go(at: AppTest, name: str) -> AppTest:
    at.button_group(key="strategies_view").set_value(name).run()
    return sound(at)


def keep(kind: str, text: str) -> None:
    """Keep a document as another session would."""
    store = open_store()
    project = store.projects()[0].id
    store.save_document(project, kind, text, expected_version=store.document(project, kind).version)
    store.close()


def best_client() -> str:
    """client_key of the first client of the sample by value."""
    store = open_store()
    sales = store.load_sales(store.projects()[0].data.id)
    store.close()
    return str(segment(client_table(sales), Criteria()).frame["client_key"].iloc[0])


def said(at: AppTest) -> str:
    return "\n".join(element.value for kind in (at.subheader, at.markdown, at.caption, at.error) for element in kind)


def editor(at: AppTest, start: str):
    return next(one for one in at.data_editor if one.key.startswith(start))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_in_the_language(view: App, name: str, lang: str) -> None:
    at = view(name, lang)
    assert at.subheader
    assert len(at.metric) in (3, 4)
    if lang == "en":
        ours = "\n".join(element.label for kind in (at.metric, at.button, at.slider, at.selectbox, at.toggle) for element in kind)
        assert not CYRILLIC.search(ours)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_before_a_team_is_listed_the_views_work_all_the_same(view: App, name: str, lang: str) -> None:
    assert view(name, lang, team=False).subheader


def test_the_plan_keeps_hours_people_and_pay(view: App) -> None:
    at = view("hours")
    values = [metric.value for metric in at.metric]
    assert values[0] == "1\u00a0380 → 1\u00a0380"
    assert values[1] == "12 → 12"
    assert values[2] == "1\u00a0274\u00a0000\u00a0₽"
    assert at.metric[2].delta == "не изменилось"


UNCHANGED = (
    "стало 1\u00a0380 – не изменилось · Менеджеры: было 12, стало 12 – не изменилось · Фонд оплаты в месяц: было 1\u00a0274\u00a0000"
)


def test_every_view_of_the_plan_says_what_is_unchanged(view: App) -> None:
    at = view("hours")
    for picture in ("hours", "price", "rivals"):
        at.button_group(key="hours_picture").set_value(picture).run()
        assert said(sound(at)).replace("\\", "").count(UNCHANGED) == 2, picture  # under the picture and over the list
    for name in ("team", "calls"):
        assert UNCHANGED in said(go(at, name)).replace("\\", ""), name


def test_a_plan_that_changes_the_hours_is_told_in_red_on_every_view(view: App, monkeypatch: pytest.MonkeyPatch) -> None:
    at = view("strategies")
    broken = (Check("hours", 1380.0, 1400.0, False), Check("headcount", 12.0, 12.0, True), Check("payroll", None, None, None))
    monkeypatch.setattr(HoursPlan, "checks", property(lambda _: broken))
    for name in ("hours", "team", "calls"):
        told = [error.value.replace("\\", "") for error in go(at, name).error]
        assert told, name
        assert all("стало 1\u00a0400 – ИЗМЕНИЛОСЬ" in text for text in told), name


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_reserve_says_why_it_is_there_and_what_to_raise(view: App, lang: str) -> None:
    text = said(view("hours", lang)).replace("\\", "")
    store = open_store()
    sales = store.load_sales(store.projects()[0].data.id)
    store.close()
    plan = allocate_hours(
        segment(client_table(sales), Criteria()), StrategyBook.default(), team_from_json((SAMPLE / "team.json").read_bytes())
    )
    assert len(plan.left.held) == 2  # the step of a quarter and the maxima of the segments
    assert reserve_finding(plan, speech(lang)) in text
    assert all(sentence in text for sentence in reserve_advice(plan, speech(lang)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nobody_let_go_is_said_with_the_reason_and_somebody_with_a_figure(view: App, app: App, lang: str) -> None:
    at = view("calls", lang)
    say = speech(lang)
    assert say("calls.light.let_go") not in [metric.label for metric in at.metric]
    assert say("calls.let_go.step", n=30, step=f"±{say.percent(0.5)}") in said(at).replace("\\", "")
    keep("assumptions", Assumptions(task="relief").to_json())
    at = go(app(lang, PAGE), "calls")
    assert next(metric.value for metric in at.metric if metric.label == say("calls.light.let_go")) == "30"


def test_gains_and_cuts_of_hours_are_seen_together(view: App) -> None:
    change = editor(view("hours"), "hours_clients").value["change"]
    assert change.iloc[0] == change.max() > 0
    assert change.iloc[1] == change.min() < 0
    assert (change.iloc[:20] > 0).sum() == 10


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_assumptions_and_the_gain_name_the_measure_that_is_shown(view: App, app: App, lang: str) -> None:
    say = speech(lang)
    at = view("hours", lang)
    assert say("hours.assumed.text", measure=say("measure.profit.of")) in said(at)
    keep(RATES, json.dumps({"document": 150}))
    at = go(app(lang, PAGE), "hours")
    assert say("hours.assumed.text", measure=say("measure.net.of")) in said(at)
    assert say("measure.net.of") in at.metric[3].label


def test_whole_roubles_of_the_team_stand_without_kopecks(view: App) -> None:
    shown = json.loads(editor(view("team"), "team_").proto.columns)
    for name in ("hours_per_month", "part_time", "pay_per_month", "other_cost_per_month"):
        config = shown[name]["type_config"]
        assert config["format"] == "localized"
        assert config.get("step") is None, name  # a step of 0.01 would write 128 000,00


@pytest.mark.parametrize(("share", "wrong"), [("75", False), ("0", True), ("150", True)])
def test_the_share_of_selling_time_lies_between_nothing_and_all(view: App, share: str, wrong: bool) -> None:
    at = view("team")
    at.text_input(key="team_share").set_value(share).run()
    assert [error.value for error in at.error] == ([speech("ru")("team.calendar.share.wild")] if wrong else [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_command_page_and_workbook_have_the_same_plan(view: App, lang: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "hours.xlsx"
    assert (
        main(["allocate", str(SAMPLE / "sales.xlsx"), "--team", str(SAMPLE / "team.json"), "--json", "--lang", lang, "--out", str(out)])
        == 0
    )
    told = json.loads(capsys.readouterr().out)
    at = view("hours", lang)
    say = speech(lang)
    spent = {one["client"]: one["hours_after"] for one in told["clients"]}
    shown = editor(at, "hours_clients").value  # the first of them, by change of hours
    assert shown["after"].tolist() == pytest.approx([spent[client] for client in shown["client"]], abs=0.05)
    assert at.metric[3].value == say.money(told["gain"]["mid"], "RUB")
    rows = [row for row in openpyxl.load_workbook(out).worksheets[1].iter_rows(values_only=True) if row[0] and row[6] is not None]
    after = rows[0].index(say("report.column.hours_after"))
    written = {row[0]: row[after] for row in rows[1 : 1 + len(spent)]}
    assert written == pytest.approx(spent, abs=1e-5)
    assert sum(written.values()) + sum(told["reserve"].values()) == pytest.approx(told["hours_after"], abs=1e-3)


def test_an_assumption_moves_the_gain_and_is_kept(view: App, app: App) -> None:
    at = view("hours")
    before = at.metric[3].value
    at.slider(key="kept_A").set_value(70).run()
    assert sound(at).metric[3].value != before
    again = go(app("ru", PAGE), "hours")
    assert again.slider(key="kept_A").value == 70
    again.button(key="hours_reset").click().run()
    assert sound(again).slider(key="kept_A").value == 87
    assert again.metric[3].value == before


def test_a_locked_client_keeps_its_hours_after_a_restart_too(view: App, app: App) -> None:
    at = view("hours")
    row = editor(at, "hours_clients").value.iloc[0]
    assert abs(row["change"]) > 1
    tick(at, "hours_clients", locked=True)
    for opened in (go(at, "hours"), go(app("ru", PAGE), "hours")):
        opened.toggle(key="hours_only_locked").set_value(True).run()
        rows = editor(sound(opened), "hours_clients").value
        assert rows["client"].tolist() == [row["client"]]
        assert rows["after"].iloc[0] == pytest.approx(row["before"])
        assert rows["locked"].all()
    opened.button(key="hours_unlock").click().run()
    assert editor(sound(opened), "hours_clients").value.empty


def tick(at: AppTest, start: str, **changed: object) -> None:
    """Change cells of the first row of a table as a hand does."""
    key = editor(at, start).key
    at.session_state[key] = {"edited_rows": {0: changed}, "added_rows": [], "deleted_rows": []}
    at.run()
    sound(at)


def test_the_team_is_kept_by_its_button(view: App, app: App) -> None:
    at = view("team")
    key = editor(at, "team_").key
    at.session_state[key] = {"edited_rows": {0: {"hours_per_month": 60.0, "part_time": 0.5}}, "added_rows": [], "deleted_rows": []}
    at.button(key="team_save").click().run()
    assert "1\u00a0290" in sound(at).metric[0].value  # 1380 − 120 + 60 · 0.5
    assert "1\u00a0290" in go(app("ru", PAGE), "team").metric[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("changed", "code"),
    [({"hours_per_month": -5.0}, "manager_hours"), ({"pay_per_month": -1.0}, "manager_money"), ({"part_time": 2.0}, "manager_part_time")],
)
def test_a_wrong_figure_is_told_and_what_was_typed_stays(view: App, lang: str, changed: dict, code: str) -> None:
    at = view("team", lang)
    key = editor(at, "team_").key
    at.session_state[key] = {"edited_rows": {0: changed}, "added_rows": [], "deleted_rows": []}
    at.button(key="team_save").click().run()
    assert speech(lang)(f"error.{code}.hint")[:25] in at.error[0].value.replace("\\", "")
    assert editor(at, "team_").key == key  # the same editor: its edits stand
    assert "1\u00a0380" in at.metric[0].value if lang == "ru" else "1,380" in at.metric[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_file_of_a_team_and_one_that_is_none(view: App, lang: str) -> None:
    at = view("team", lang, team=False)
    at.file_uploader[0].upload("team.json", b'{"managers": [{"name": 5}]}', "application/json").run()
    assert speech(lang)("error.manager_unnamed.hint")[:20] in sound(at).error[0].value.replace("\\", "")
    at.file_uploader[0].upload("team.json", json.dumps({"hours_per_month": 50}).encode(), "application/json").run()
    assert sound(at).metric[0].value.endswith("600")  # twelve managers of the sales at 50 hours


def test_a_standard_that_asks_too_much_is_told_and_made_to_fit(view: App, app: App) -> None:
    view("strategies")
    keep("strategy", StrategyBook.default().with_standard(replace(StrategyBook.default()["A"], contacts_per_month=40.0)).to_json())
    at = sound(app("ru", PAGE))
    assert "не хватает" in at.metric[0].delta
    assert "Кто стоит за перегрузкой" in said(at)
    at.button(key="make_it_fit").click().run()
    assert "укладываемся" in sound(at).metric[0].delta
    assert not [b for b in at.button if b.key == "make_it_fit"]
    assert "укладываемся" in app("ru", PAGE).metric[0].delta


@pytest.mark.parametrize("lang", LANGUAGES)
def test_minima_beyond_the_hours_say_how_many_are_missing_and_the_controls_stay(view: App, lang: str) -> None:
    at = view("hours", lang)
    at.selectbox(key="hours_step").set_value("free").run()
    key = editor(at, "hours_bounds").key
    at.session_state[key] = {"edited_rows": {0: {"least": 30.0, "most": 31.0}}, "added_rows": [], "deleted_rows": []}
    at.button(key="hours_bounds_save").click().run()
    sound(at)
    assert speech(lang)("error.hours_short.hint")[:25] in at.error[0].value.replace("\\", "")
    assert at.subheader[0].value == speech(lang)("hours.no_plan")
    at.button(key="hours_reset").click().run()
    assert not sound(at).error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_bounds_out_of_order_are_told_with_the_name_of_the_kind(view: App, lang: str) -> None:
    at = view("hours", lang)
    key = editor(at, "hours_bounds").key
    at.session_state[key] = {"edited_rows": {1: {"least": 5.0}}, "added_rows": [], "deleted_rows": []}
    at.button(key="hours_bounds_save").click().run()
    assert speech(lang)("strategy.B.name") in at.error[0].value.replace("\\", "")
    assert editor(at, "hours_bounds").key == key


@pytest.mark.parametrize("lang", LANGUAGES)
def test_four_answers_that_are_kept_are_used(view: App, app: App, lang: str) -> None:
    gain = view("hours", lang).metric[3].value
    keep("answers", json.dumps([[best_client(), 0.1, 1.5, 3.0, "x"]]))
    again = go(app(lang, PAGE), "hours")
    assert "1" in again.button(key="answers_open").label
    assert again.metric[3].value != gain
    again.button(key="answers_open").click().run()
    assert (editor(sound(again), "answers_table").value[["without", "half_more", "most"]].iloc[0] == [10, 150, 300]).all()


def test_pooled_hours_offer_to_keep_the_manager(view: App) -> None:
    at = view("team")
    next(one for one in at.toggle if one.key.startswith("team_pooled")).set_value(True).run()
    table = editor(go(at, "hours"), "hours_clients").value
    assert {"new_manager", "fixed"} <= set(table)


def test_the_plan_of_work_shows_the_contacts_of_one_manager(view: App) -> None:
    at = view("calls")
    week = next(one for one in at.dataframe if "minutes" in one.value)
    at.button_group(key="calls_span").set_value("quarter").run()
    quarter = next(one for one in sound(at).dataframe if "minutes" in one.value)
    assert 0 < len(week.value) < len(quarter.value)
