"""The page of practice in both languages: without a card, without a log, with the sample's log, with bad rows, and on a phone."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.cards.change import add_step, drop_step
from sbyt_core.clients.rates import Rates, rates_to_json
from sbyt_core.practice.log import Observation, as_log
from sbyt_core.practice.record import KIND, log_of, records
from sbyt_core.store import Store
from sbyt_core.texts import LANGUAGES, speech
from tests.pages.practising import LOG, give_card, give_log, into_effect
from tests.practice.making import workbook

PAGE = "pages/5_practice.py"
App = Callable[..., AppTest]


def sound(at: AppTest) -> AppTest:
    assert not at.exception
    assert not at.error
    return at


@pytest.fixture
def carded(app: App, home: Path) -> App:
    """The app on the sample company with a card in its draft."""
    at = app()
    at.button(key="open_sample").click().run()
    give_card(home)
    return app


def kept(home: Path):
    store = Store(home=home)
    log = log_of(entry.value for entry in store.entries(store.projects()[0].id, KIND))
    store.close()
    return log


def on_the_phone(carded: App, lang: str) -> AppTest:
    """The view of the page that is made for a phone."""
    at = carded(lang, PAGE)
    at.segmented_control(key="view").set_value("entry").run()
    return sound(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_a_card_the_page_says_what_comes_first(app: App, lang: str) -> None:
    at = app(lang)
    at.button(key="open_sample").click().run()
    at.switch_page(PAGE).run()
    assert sound(at).subheader[0].value == speech(lang)("practice.no_card")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_log_of_the_sample_in_one_click(carded: App, lang: str) -> None:
    at = sound(carded(lang, PAGE))
    assert at.subheader[0].value == speech(lang)("practice.empty")
    at.button(key="practice_sample").click().run()
    sound(at)
    finding = at.subheader[0].value
    assert "72" not in finding
    assert speech(lang).percent(72 / 420) in finding.replace("\\", "")
    assert "420" in finding
    assert len(at.metric) == 4
    titles = [one.value for one in at.subheader]
    assert speech(lang)("practice.verdict.title") in titles
    assert at.dataframe


def test_the_sample_twice_doubles_nothing(carded: App, home: Path) -> None:
    at = carded("ru", PAGE)
    at.button(key="practice_sample").click().run()
    at.file_uploader[0].upload(LOG.name, LOG.read_bytes(), "application/octet-stream").run()
    sound(at)
    assert len(kept(home)) == 3360


def test_rows_that_are_not_taken_are_told_and_the_good_one_is_kept(carded: App, home: Path) -> None:
    header = ("Дата", "Сотрудник", "Контрагент", "Шаг", "Выполнено")
    good = (datetime(2025, 8, 1, 10), "Аверина Ольга Викторовна", "ООО «Кедр-Станко»", 1, "да")
    bad = [(datetime(2025, 8, 1), "Некто", "ООО «Кедр-Станко»", 1, "да"), ("31.02.2025", *good[1:])]
    at = carded("ru", PAGE)
    at.file_uploader[0].upload("журнал.xlsx", workbook([header, good, *bad]), "application/octet-stream").run()
    sound(at)
    told = "\n".join(one.value for one in at.markdown)
    assert "принята 1 строка из 3" in told.replace("\\", "")
    assert "такого сотрудника нет" in told
    assert "дату не прочитать" in told
    assert len(kept(home)) == 1
    assert {b.label for b in at.get("download_button") if "непринят" in b.label} == {"Скачать 2 непринятые строки"}


def test_rows_from_before_the_card_are_taken_where_the_team_worked_by_it_already(carded: App, home: Path) -> None:
    store = Store(home=home)
    project = store.projects()[0].id
    store.save_settings(project, "practice", '{"since":"2025-09-01"}', expected_version=0)
    store.close()
    header = ("Дата", "Сотрудник", "Контрагент", "Шаг", "Выполнено")
    rows = [(datetime(2025, month, 1, 10), "Аверина Ольга Викторовна", "ООО «Кедр-Станко»", 1, "да") for month in (8, 10)]
    at = carded("ru", PAGE)
    at.file_uploader[0].upload("журнал.xlsx", workbook([header, *rows]), "application/octet-stream").run()
    sound(at)
    assert len(kept(home)) == 1
    at.button(key="practice_earlier").click().run()
    sound(at)
    assert len(kept(home)) == 2


def test_a_file_can_be_taken_out_again(carded: App, home: Path) -> None:
    at = carded("ru", PAGE)
    at.button(key="practice_sample").click().run()
    next(one for one in at.button if one.key and one.key.startswith("withdraw_")).click().run()
    sound(at)
    assert len(kept(home)) == 0


def test_a_log_without_steps_is_refused_in_words(carded: App) -> None:
    at = carded("ru", PAGE)
    at.file_uploader[0].upload("x.xlsx", workbook([("Дата", "Сотрудник", "Клиент"), (1, 2, 3)]), "application/octet-stream").run()
    assert not at.exception
    assert "нет колонки с шагом карты" in at.error[0].value


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_taps_on_a_phone_are_three_lines(carded: App, home: Path, lang: str) -> None:
    at = on_the_phone(carded, lang)
    at.selectbox(key="entry_who").set_value("Аверина Ольга Викторовна").run()
    at.selectbox(key="entry_client").set_value("0086307489").run()
    taps = [one for one in at.segmented_control if one.key and one.key.startswith("tap_")]
    for place, answer in enumerate(("in_time", "late", "missed")):
        tap = [one for one in at.segmented_control if one.key and one.key.startswith("tap_")][place]
        tap.set_value(answer).run()
        sound(at)
    log = kept(home)
    assert len(taps) >= 8
    assert log["done"].tolist() == [True, True, False]
    assert log["in_time"].tolist()[:2] == [True, False]
    assert log["client_key"].unique().tolist() == ["0086307489"]


def test_minutes_and_a_reason_are_kept_and_a_tap_is_taken_back(carded: App, home: Path) -> None:
    at = on_the_phone(carded, "ru")
    at.selectbox(key="entry_who").set_value("Аверина Ольга Викторовна").run()
    at.selectbox(key="entry_client").set_value("0086307489").run()

    def tap():
        return next(one for one in at.segmented_control if one.key and one.key.startswith("tap_"))

    tap().set_value("missed").run()
    note = next(one for one in at.text_input if one.key and one.key.startswith("note_"))
    note.set_value("Клиент *торопился*").run()
    minutes = next(one for one in at.text_input if one.key and one.key.startswith("minutes_"))
    minutes.set_value("2,5").run()
    sound(at)
    log = kept(home)
    assert log[["done", "minutes", "note"]].to_numpy().tolist() == [[False, 2.5, "Клиент *торопился*"]]
    tap().set_value(None).run()
    sound(at)
    assert len(kept(home)) == 0


def test_a_weak_step_goes_to_the_committee(carded: App, home: Path) -> None:
    give_log(home)
    at = sound(carded("ru", PAGE))
    at.button(key="to_committee_s4").click().run()
    sound(at)
    assert any("Предложить замену" in (one.value or "") for one in at.text_input)


def test_a_step_of_the_log_leads_to_the_card_and_says_what_it_costs(carded: App, home: Path) -> None:
    give_log(home)
    store = Store(home=home)
    store.save_document(store.projects()[0].id, "rates", rates_to_json(Rates(minute=15.0)), expected_version=0)
    store.close()
    at = sound(carded("ru", PAGE))
    step = next(one for one in at.selectbox if one.key and one.key.startswith("practice_step"))
    step.set_value("s4").run()
    assert "105,00" in "".join(one.value for one in at.markdown), "7 minutes of the norm at 15 roubles"
    at.button(key="step_in_card").click().run()
    sound(at)
    assert at.text_input(key="operation_s4_").value == speech("ru")("starter.distribution.s4.operation")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_orders_of_the_time_before_keep_their_figure_when_the_card_changes(carded: App, home: Path, lang: str) -> None:
    """The sample's log is of the second half of 2025: a step that is dropped later takes nothing from it, and is no weak step of today."""
    give_log(home)
    into_effect(home, date(2025, 7, 1))
    before = sound(carded(lang, PAGE)).subheader[0].value
    assert speech(lang).percent(72 / 420) in before.replace("\\", "")
    new = {"operation": "Новое", "role": "Менеджер по продажам", "norm_minutes": 1.0}
    into_effect(home, date(2026, 3, 1), lambda card: drop_step(add_step(card, new), "s4"))
    at = sound(carded(lang, PAGE))
    assert at.metric[0].value == speech(lang).percent(72 / 420)
    assert not [one.key for one in at.button if one.key == "to_committee_s4"]
    assert speech(lang)("practice.by_versions") in [one.value for one in at.caption]
    dropped = speech(lang)("starter.distribution.s4.operation")
    assert not [text for text in [at.subheader[0].value, *(one.proto.spec for one in at.get("plotly_chart"))] if dropped in text]


def test_an_order_that_began_by_the_card_before_is_ended_by_it_on_the_phone(carded: App, home: Path) -> None:
    into_effect(home, date(2025, 7, 1))
    into_effect(home, date(2026, 3, 1), lambda card: drop_step(card, "s4"))
    store, client = Store(home=home), "0086307489"
    project = store.projects()[0].id
    line = Observation(datetime(2025, 8, 1, 9), "Аверина Ольга Викторовна", client, "Клиент", "s1", True, "Заказ 7")
    store.add_entry(project, KIND, json.dumps(records(as_log([line]), batch="b", source="hand")[0]), subject="b")
    store.close()
    at = on_the_phone(carded, "ru")
    at.selectbox(key="entry_who").set_value(line.employee).run()
    at.selectbox(key="entry_client").set_value(client).run()
    steps = len([one for one in at.segmented_control if one.key and one.key.startswith("tap_")])
    at.text_input(key="entry_document").set_value("Заказ 7").run()
    sound(at)
    assert len([one for one in at.segmented_control if one.key and one.key.startswith("tap_")]) == steps + 1
