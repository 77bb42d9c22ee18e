"""The view of service on the strategies page: rates, the file of client facts, and what they do to the other pages, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.cards.norms import norm_minutes
from sbyt_core.clients import client_table
from sbyt_core.clients.rates import CARD, Rate
from sbyt_core.errors import SbytError
from sbyt_core.segments import segment
from sbyt_core.segments.agreement import agreement_of
from sbyt_core.store import open_store
from sbyt_core.store.documents import RATES
from sbyt_core.strategies import StrategyBook, kinds_of
from sbyt_core.texts import LANGUAGES, speech
from sbyt_core.ui.cost.rate_field import parse_rate
from tests.cards.making import small
from tests.pages.test_pages import CYRILLIC, sound
from tests.store.test_cards import into_effect

ROOT = Path(__file__).resolve().parents[2]
STRATEGIES, SEGMENTS = "pages/3_strategies.py", "pages/2_segments.py"
FACTS = (ROOT / "sample_data" / "clients.xlsx").read_bytes()
App = Callable[..., AppTest]


@pytest.fixture
def view(app: App) -> App:
    """The view on the sample."""

    def opened(lang: str = "ru") -> AppTest:
        at = sound(app(lang))
        at.button(key="open_sample").click().run()
        at.switch_page(STRATEGIES).run()
        at.button_group(key="strategies_view").set_value("service").run()
        return sound(at)

    return opened


def count(at: AppTest, **typed: str) -> AppTest:
    for name, text in typed.items():
        at.text_input(key=name).set_value(text)
    next(b for b in at.button if b.proto.is_form_submitter).click().run()
    return sound(at)


def texts(at: AppTest) -> str:
    return "\n".join(element.value for kind in (at.subheader, at.markdown, at.caption, at.error, at.info) for element in kind)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_rates_the_view_says_what_to_do(view: App, lang: str) -> None:
    at = view(lang)
    assert at.subheader[0].value == speech(lang)("cost.finding.none")
    assert not at.metric
    if lang == "en":
        assert not CYRILLIC.search("\n".join(element.label for kind in (at.text_input, at.button, at.checkbox) for element in kind))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rates_make_net_profit_known_and_outlive_the_session(view: App, app: App, lang: str) -> None:
    at = count(view(lang), rate_document="1 000,5", rate_return="600")
    store = open_store()
    project = store.projects()[0].id
    assert store.document(project, RATES).value == {"document": 1000.5, "return": 600}
    store.close()
    assert len(at.metric) == 3
    assert "%" in at.subheader[0].value
    assert {"rates_json", "download_service"} <= {button.key for button in at.get("download_button")}
    again = app(lang, STRATEGIES)
    again.button_group(key="strategies_view").set_value("service").run()
    assert sound(again).subheader[0].value == at.subheader[0].value


def test_what_is_no_rate_is_said_and_nothing_typed_is_lost(view: App) -> None:
    at = count(view(), rate_document="сто рублей", rate_return="600")
    assert "сто рублей" in at.error[0].value
    assert at.text_input(key="rate_document").value == "сто рублей"
    assert at.text_input(key="rate_return").value == "600"
    at = count(at, rate_document="-5")
    assert at.error
    at = count(at, rate_document="30 мин")
    assert speech("ru")("cost.rate.document") in at.error[0].value
    at = count(at, minute_team_cost="1 274 000", minute_paid_hours="2016")
    assert not at.error
    assert any("13,17" in caption.value for caption in at.caption)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_file_of_facts_is_matched_listed_and_taken_off(view: App, lang: str) -> None:
    at = count(view(lang), rate_delivery="900")
    say = speech(lang)
    at.file_uploader[0].upload("clients.xlsx", FACTS, "application/octet-stream").run()
    sound(at)
    assert "348" in texts(at)
    unmatched = next(frame.value for frame in at.dataframe if say("cost.facts.row") in frame.value.columns)
    assert unmatched[say("cost.facts.row")].tolist() == [353, 354]
    # truth of the sample: strangers have 2 deliveries each, the others 4 499 by the file itself
    assert say.num(4499 * 900) in "\n".join([at.subheader[0].value, *(m.value for m in at.metric), texts(at)])
    at.text_input(key="facts_months_12").set_value("6").run()
    assert say.num(2 * 4499 * 900) in "\n".join([sound(at).subheader[0].value, texts(at)])
    at.button(key="facts_remove").click().run()
    assert say("cost.facts.none")[:40] in texts(sound(at))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_file_of_facts_is_told_and_changes_nothing(view: App, lang: str) -> None:
    at = view(lang)
    at.file_uploader[0].upload("clients.xlsx", b"%PDF-1.4", "application/octet-stream").run()
    sound(at)
    assert speech(lang)("error.not_a_table_file.hint")[:20] in at.error[0].value.replace("\\", "")
    store = open_store()
    assert store.facts_file(store.projects()[0].id) is None
    store.close()


def test_who_changes_class_who_eats_the_profit_and_the_slider(view: App) -> None:
    at = count(view(), rate_document="3000", rate_return="600")
    say = speech("ru")
    moved = at.dataframe[-1].value
    assert set(moved["before"]) <= {"A", "B", "C"}
    assert (moved["before"] != moved["after"]).all()
    at.button_group(key="cost_view").set_value("drains").run()
    drains = sound(at).dataframe[-1].value
    assert (drains["net_profit"] <= 0).all()
    at.button_group(key="cost_view").set_value("sensitivity").run()
    assert say("cost.sens.slider") in [slider.label for slider in sound(at).select_slider]
    at.select_slider(key="cost_factor").set_value(24).run()
    assert "2,00" in texts(sound(at))
    assert (at.dataframe[-1].value["before"] != at.dataframe[-1].value["after"]).all()


def test_segments_go_over_to_net_profit_and_the_agreed_version_stays(view: App) -> None:
    at = view()
    at.switch_page(SEGMENTS).run()
    assert "net" not in at.button_group(key="criteria_measure").options
    before = at.subheader[0].value
    at.switch_page(STRATEGIES).run()
    at.button_group(key="strategies_view").set_value("service").run()
    count(at, rate_document="5000")
    at.switch_page(SEGMENTS).run()
    assert sound(at).subheader[0].value != before
    assert speech("ru")("measure.net") in [option.content for option in at.button_group(key="criteria_measure").proto.options]


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("150", Rate(money=150)),
        (" 1 200,50 ", Rate(money=1200.5)),
        ("40 мин", Rate(minutes=40)),
        ("40мин.", Rate(minutes=40)),
        ("7,5 min", Rate(minutes=7.5)),
        ("по карте", Rate(minutes=CARD)),
        ("by card", Rate(minutes=CARD)),
        ("", None),
        ("  ", None),
    ],
)
def test_a_rate_is_read_as_people_write_it(text: str, rate: Rate | None) -> None:
    assert parse_rate(text, card=True) == rate


@pytest.mark.parametrize("text", ["сто", "мин", "10 часов", "1..2", "по карте"])
def test_what_is_no_rate_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_rate(text)


def test_a_negative_rate_is_refused_by_code() -> None:
    with pytest.raises(SbytError, match="rate_out_of_range"):
        parse_rate("-5")


def test_earlier_rates_are_taken_back(view: App) -> None:
    at = count(view(), rate_document="100")
    at = count(at, rate_document="2000")
    first = at.subheader[0].value
    at.button(key="kept_rates_1").click().run()
    assert sound(at).text_input(key="rate_document").value == "100"
    assert at.subheader[0].value != first


@pytest.mark.parametrize("lang", LANGUAGES)
def test_earlier_strategies_are_taken_back(view: App, app: App, lang: str) -> None:
    view(lang)
    store = open_store()
    project = store.projects()[0].id
    for version, minutes in enumerate((50.0, 55.0)):
        book = StrategyBook.default()
        book = book.with_standard(replace(book["A"], minutes_per_contact=minutes))
        store.save_document(project, "strategy", book.to_json(), expected_version=version)
    at = sound(app(lang, STRATEGIES))
    assert speech(lang)("strategy.A.name") in texts(at)
    at.button(key="kept_strategy_1").click().run()
    sound(at)
    held = store.document(project, "strategy")
    store.close()
    assert (held.version, held.value["standards"]["A"]["minutes_per_contact"]) == (3, 50)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_columns_that_are_not_told_can_be_named(view: App, lang: str) -> None:
    at = count(view(lang), rate_delivery="900")
    client = "АО «Бастион-Станко»"
    content = f"Контрагент;Поездок к нему\n{client};7\n".encode()
    at.file_uploader[0].upload("rides.csv", content, "text/csv").run()
    sound(at)
    assert len(at.error) == 1
    assert at.error[0].value.startswith(speech(lang)("error.no_fact_column", headers="x")[:20])
    key = next(box.key for box in at.selectbox if box.key and box.key.startswith("fact_column_deliveries"))
    at.selectbox(key=key).set_value("Поездок к нему")
    who = next(box.key for box in at.selectbox if box.key and box.key.startswith("fact_column_client_") and "code" not in box.key)
    at.selectbox(key=who).set_value("Контрагент")
    next(b for b in at.button if b.label == speech(lang)("cost.facts.columns.take")).click().run()
    sound(at)
    assert not at.error
    assert speech(lang).num(6300) in texts(at) + at.subheader[0].value


def test_minutes_of_the_card_in_effect_price_a_document(view: App, app: App) -> None:
    at = count(
        view(), rate_document="по карте", rate_return="600", minute_team_cost="600", minute_paid_hours="10", minute_practical_share="100"
    )
    say = speech("ru")
    assert at.text_input(key="rate_document").value == say("cost.rate.by_card")
    without = at.subheader[0].value
    store = open_store()
    project = store.projects()[0].id
    clients = client_table(store.load_sales(store.projects()[0].data.id))  # type: ignore[union-attr]
    result = segment(clients)
    text, table = agreement_of(result)
    version = store.save_version(project, "Первая", text, fingerprint=clients.fingerprint, classes=table)
    store.approve_version(version.id, owner="Иван", expected_revision=version.revision)
    into_effect(store, project, small())
    store.close()
    # by hand: a minute costs 600 / 600 = 1; the documents of every kind times the minutes of the card for it
    norms = norm_minutes(small())
    kinds = pd.Series(kinds_of(result.frame), dtype=object).map(norms)
    money = float((result.frame["documents"] * kinds).sum())
    again = app("ru", STRATEGIES)
    again.button_group(key="strategies_view").set_value("service").run()
    assert sound(again).subheader[0].value != without
    returns = 600 * float(clients.frame["return_documents"].sum())
    assert say.money(money + returns) in again.subheader[0].value.replace("\\", "")
    assert "Первая" in texts(again)


def test_before_the_first_agreement_a_document_is_priced_by_the_base_card(view: App) -> None:
    at = view()
    store = open_store()
    project = store.projects()[0].id
    clients = client_table(store.load_sales(store.projects()[0].data.id))  # type: ignore[union-attr]
    into_effect(store, project, small())
    store.close()
    at = count(at, rate_document="по карте", minute_team_cost="600", minute_paid_hours="10", minute_practical_share="100")
    # by hand: a minute costs 600 / 600 = 1, so a document costs the minutes of the base card's five steps: 4 + 3 + 8 + 5 + 2 = 22
    frame = clients.frame[~clients.frame["is_aggregate"]]
    assert speech("ru").money(22 * float(frame["documents"].sum())) in at.subheader[0].value.replace("\\", "")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cost_of_unused_time_is_told_where_norms_are_counted(view: App, lang: str) -> None:
    say = speech(lang)
    at = count(view(lang), rate_document="20")
    assert say("cost.unused", share="@", used="@", unused="@").split("@")[-1] not in texts(at).replace("\\", "")  # 20 is money
    minutes = {"ru": "20 мин", "en": "20 min"}[lang]
    at = count(at, rate_document=minutes, minute_team_cost="1 274 000", minute_paid_hours="2016")
    store = open_store()
    clients = client_table(store.load_sales(store.projects()[0].data.id))
    store.close()
    # by hand: 2016 paid hours are 96 768 practical minutes a month
    used, there = 20 * float(clients.frame["documents"].sum()), 2016 * 60 * 0.8 * clients.months
    price = 1_274_000 / (2016 * 60 * 0.8)
    figures = {"used": say.money(used * price), "unused": say.money((there - used) * price)}
    assert say("cost.unused", share=say.percent(used / there, 1), **figures) in texts(at).replace("\\", "")
