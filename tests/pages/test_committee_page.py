"""The committee's page in both languages: empty, a whole situation walked through, overrides approved, two people at once, members."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.cards.change import change_step, drop_step
from sbyt_core.cards.draft import DOCUMENT, CardDraft
from sbyt_core.committee import Committee, Kpi, Situation, events, situations
from sbyt_core.segments.history import History
from sbyt_core.store import Store
from sbyt_core.texts import LANGUAGES, speech
from tests.committee.making import decided
from tests.pages.practising import give_card, give_log, into_effect

PAGE = "pages/6_committee.py"
App = Callable[..., AppTest]
TODAY = date.today()  # the page looks at the clock of the screen


def sound(at: AppTest) -> AppTest:
    assert not at.exception
    assert not at.error
    return at


@contextmanager
def opened(home: Path) -> Iterator[tuple[Store, str]]:
    store = Store(home=home)
    yield store, store.projects()[0].id
    store.close()


def board(home: Path) -> tuple[Situation, ...]:
    with opened(home) as (store, project):
        return situations(store.situation_records(project))


@pytest.fixture
def carded(app: App, home: Path) -> App:
    """The app on the sample company with a card in its draft."""
    at = app()
    at.button(key="open_sample").click().run()
    give_card(home)
    return app


def write(home: Path, situation_id: str, event: dict, author: str = "Борис") -> Situation:
    with opened(home) as (store, project):
        return store.write_situation(project, situation_id, event, author=author)


def begin(home: Path, situation_id: str = "a", **more: object) -> Situation:
    given = {"day": TODAY - timedelta(days=3), "who": "Анна", "text": "Клиент просит отсрочку сверх лимита", "step": "s2", **more}
    return write(home, situation_id, events.open_situation(**given))  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_board_says_what_to_do(carded: App, lang: str) -> None:
    at = sound(carded(lang, PAGE))
    assert at.subheader[0].value == speech(lang)("committee.empty")
    assert len(at.metric) == 4


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_new_situation_is_written_down_and_a_like_one_is_shown(carded: App, home: Path, lang: str) -> None:
    begin(home, text="Клиент просит отсрочку платежа сверх лимита")
    at = sound(carded(lang, PAGE))
    at.button(key="committee_new").click().run()
    at.text_input(key="new_text_0").set_value("Опять просит отсрочку сверх лимита").run()
    assert any("отсрочку платежа" in one.value for one in at.markdown)
    at.selectbox(key="new_step_0").set_value("s2").run()
    at.button(key="new_send_0").click().run()
    sound(at)
    found = board(home)
    assert [(one.text, one.step, one.state) for one in found[1:]] == [("Опять просит отсрочку сверх лимита", "s2", "new")]


def test_a_situation_without_words_is_refused_and_nothing_typed_is_lost(carded: App, home: Path) -> None:
    at = carded("ru", PAGE)
    at.button(key="committee_new").click().run()
    at.text_input(key="new_document_0").set_value("Заказ 7").run()
    at.button(key="new_send_0").click().run()
    assert at.error
    assert at.text_input(key="new_document_0").value == "Заказ 7"
    assert board(home) == ()


def test_a_situation_goes_the_whole_way_and_its_change_stands_in_the_draft(carded: App, home: Path) -> None:
    give_log(home)
    begin(home)
    at = sound(carded("ru", PAGE))
    at.button(key="do_a").click().run()
    at.radio[0].set_value("card_wrong")
    press(at, "committee.send.cause")
    assert board(home)[0].cause == "card_wrong"

    at.button(key="do_a").click().run()
    assert at.radio(key="decision_a").value == "change_step"
    at.text_input(key="what_a").set_value("Дать на проверку больше времени")
    at.selectbox(key="field_a").set_value("norm_minutes")
    at.text_input(key="value_a_s2_norm_minutes").set_value("4,5")
    at.selectbox(key="responsible_a").set_value("Мезенцев Илья Борисович")
    press(at, "committee.send.decision")
    now = board(home)[0]
    assert now.decision is not None
    assert (now.state, now.decision.responsible, now.decision.kpi.code, now.decision.kpi.step) == (
        "decided",
        "Мезенцев Илья Борисович",
        "done",
        "s2",
    )
    assert (now.decision.kpi.value, now.decision.kpi.n) == (pytest.approx(342 / 420), 420)
    with opened(home) as (store, project):
        draft = CardDraft.from_value(store.document(project, DOCUMENT).value)
    assert draft.card is not None
    assert draft.card.step("s2").norm_minutes == 4.5
    assert "Дать на проверку больше времени" in draft.why
    assert "№ 1" in draft.why

    at.button(key="do_a").click().run()
    press(at, "committee.send.done")
    assert board(home)[0].state == "to_review"
    at.button(key="do_a").click().run()
    assert any("81" in one.value for one in at.markdown), "the figure of the day of the decision"
    at.radio[0].set_value("helped")
    press(at, "committee.send.review")
    assert board(home)[0].state == "closed"
    sound(at)


def test_a_decision_that_the_card_cannot_hold_is_refused_before_it_is_written(carded: App, home: Path) -> None:
    now = begin(home)
    write(home, "a", events.analyse(now, cause="card_wrong"))
    at = carded("ru", PAGE)
    at.button(key="do_a").click().run()
    at.text_input(key="what_a").set_value("Дать на шаг неделю")
    at.text_input(key="value_a_s2_norm_minutes").set_value("9999")
    at.selectbox(key="responsible_a").set_value("Мезенцев Илья Борисович")
    press(at, "committee.send.decision")
    assert at.error
    assert board(home)[0].state == "analysed"


def test_a_new_operation_stands_in_the_draft(carded: App, home: Path) -> None:
    now = begin(home)
    write(home, "a", events.analyse(now, cause="true_exception"))
    at = carded("ru", PAGE)
    at.button(key="do_a").click().run()
    at.radio(key="decision_a").set_value("new_operation").run()
    at.text_input(key="what_a").set_value("Спрашивать о сроке сразу")
    at.text_input(key="operation_a").set_value("Спросить о нужном сроке")
    at.text_input(key="norm_a").set_value("2")
    at.selectbox(key="responsible_a").set_value("Мезенцев Илья Борисович")
    press(at, "committee.send.decision")
    sound(at)
    with opened(home) as (store, project):
        card = CardDraft.from_value(store.document(project, DOCUMENT).value).card
    assert card is not None
    assert [step.operation for step in card.steps][2] == "Спросить о нужном сроке"


def test_criteria_are_changed_by_a_decision(carded: App, home: Path) -> None:
    now = begin(home)
    write(home, "a", events.analyse(now, cause="card_wrong"))
    at = carded("ru", PAGE)
    at.button(key="do_a").click().run()
    at.radio(key="decision_a").set_value("change_criteria").run()
    at.text_input(key="what_a").set_value("Сузить A")
    at.text_input(key="cut_a_a").set_value("65")
    at.selectbox(key="responsible_a").set_value("Мезенцев Илья Борисович")
    press(at, "committee.send.decision")
    sound(at)
    with opened(home) as (store, project):
        assert History.from_value(store.document(project, "criteria").value).now.cut_a == 0.65


@pytest.mark.parametrize("approve", [True, False])
def test_an_override_is_approved_or_rejected(carded: App, home: Path, approve: bool) -> None:
    with opened(home) as (store, project):
        store.set_override(project, "0086307489", "A", reason="Растёт", author="Анна")
    at = sound(carded("ru", PAGE))
    (button,) = [one for one in at.button if one.key and one.key.startswith("do_override-")]
    button.click().run()
    press(at, "committee.send.approve" if approve else "committee.send.reject")
    sound(at)
    with opened(home) as (store, project):
        found = situations(store.situation_records(project))
        assert (found[0].state, found[0].approved) == ("closed", approve)
        assert len(store.overrides(project)) == approve


def test_members_and_meetings_are_kept(carded: App, home: Path) -> None:
    at = sound(carded("ru", PAGE))
    at.button(key="committee_calendar").click().run()
    at.date_input(key="committee_first").set_value(TODAY + timedelta(days=2)).run()
    at.button(key="committee_save").click().run()
    sound(at)
    with opened(home) as (store, project):
        assert store.document(project, "committee").value["first"] == (TODAY + timedelta(days=2)).isoformat()
    assert any(speech("ru").date(TODAY + timedelta(days=2)) in one.value for one in at.metric)


def test_overdue_decisions_are_told_in_the_finding(carded: App, home: Path) -> None:
    now = begin(home)
    seen = write(home, "a", events.analyse(now, cause="staff_not_ready"))
    past = TODAY - timedelta(days=2)
    write(home, "a", decided(seen, day=past, due=past, review_on=TODAY))
    at = sound(carded("ru", PAGE))
    assert "Просрочено 1 решение" in at.subheader[0].value


def press(at: AppTest, code: str) -> None:
    """Press the button of these words."""
    next(one for one in at.button if one.label == speech("ru")(code)).click().run()


def test_a_decision_begins_with_the_value_that_holds_and_says_who_keeps_their_own(carded: App, home: Path) -> None:
    write(home, "a", events.analyse(begin(home, step="s4"), cause="card_wrong"))
    at = carded("ru", PAGE)
    at.button(key="do_a").click().run()
    assert at.text_input(key="value_a_s4_norm_minutes").value == "7"
    assert any(one.value == "Своё значение останется: Сегмент A, Сегмент C." for one in at.caption)
    at.selectbox(key="field_a").set_value("script").run()
    assert "Замена" in at.text_area(key="value_a_s4_script").value
    at.text_input(key="what_a").set_value("Скрипт годится, учим по нему")
    at.selectbox(key="responsible_a").set_value("Мезенцев Илья Борисович")
    press(at, "committee.send.decision")
    made = board(home)[0].decision
    assert made is not None
    assert made.change == {}, "a value left as it is changes nothing"


def test_a_situation_leads_to_its_step_in_the_card(carded: App, home: Path) -> None:
    begin(home, step="s4")
    at = carded("ru", PAGE)
    at.button(key="do_a").click().run()
    at.button(key="step_in_card_a").click().run()
    sound(at)
    assert at.text_input(key="operation_s4_").value == speech("ru")("starter.distribution.s4.operation")


def test_few_situations_are_no_fall(carded: App, home: Path) -> None:
    """Five of seven in one month, three of eight in the next: told with both shares, and that chance may have done it."""
    for place, (month, cause) in enumerate(
        [(1, "staff_not_ready")] * 5 + [(1, "card_wrong")] * 2 + [(0, "staff_not_ready")] * 3 + [(0, "card_wrong")] * 5
    ):
        day = (TODAY.replace(day=1) - timedelta(days=10 + 32 * month)).replace(day=5)
        now = write(home, f"m{place}", events.open_situation(day=day, who="Анна", text=f"Случай {place}"))
        write(home, now.id, events.analyse(now, cause=cause))
    finding = sound(carded("ru", PAGE)).subheader[0].value
    assert "может быть случайной" in finding
    assert "снизилась" not in finding


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_that_was_dropped_is_told_by_its_name_and_not_by_its_key(carded: App, home: Path, lang: str) -> None:
    into_effect(home, date(2025, 7, 1), lambda card: change_step(card, "s2", {"operation": "Долг клиента"}))
    write(home, "a", events.analyse(begin(home), cause="card_wrong"))
    write(home, "a", decided(board(home)[0], kpi=Kpi("done", "s2")))
    begin(home, "b", text="Опять тот же шаг")
    into_effect(home, date(2026, 3, 1), lambda card: drop_step(card, "s2"))
    at = sound(carded(lang, PAGE))
    name = speech(lang)("practice.step.gone", operation="Долг клиента")
    assert name in "".join(one.value.replace("\\", "") for one in at.caption)
    at.button(key="do_a").click().run()
    told = "".join(one.value.replace("\\", "") for one in sound(at).markdown)
    assert speech(lang)("committee.kpi.done", step=name) in told
    assert "s2" not in told


def test_meetings_are_offered_as_a_calendar_once_they_are_set(carded: App, home: Path) -> None:
    at = sound(carded("ru", PAGE))
    assert "download_meetings" not in [one.key for one in at.get("download_button")]
    with opened(home) as (store, project):
        value = json.dumps(Committee(first=TODAY + timedelta(days=1)).to_value())
        store.save_document(project, "committee", value, expected_version=0)
    at = sound(carded("ru", PAGE))
    assert "download_meetings" in [one.key for one in at.get("download_button")]


def test_a_review_says_whether_the_figure_is_better(carded: App, home: Path) -> None:
    """The log has step 2 done in 342 of 420 orders; on the day of the decision it was in 10 of 40."""
    give_log(home)
    write(home, "a", events.analyse(begin(home), cause="staff_not_ready"))
    write(home, "a", decided(board(home)[0], kpi=Kpi("done", "s2", value=0.25, n=40)))
    write(home, "a", events.carry_out(board(home)[0], day=date(2025, 7, 1)))
    at = sound(carded("ru", PAGE))
    at.button(key="do_a").click().run()
    assert "Лучше, чем когда решали." in "".join(one.value for one in at.markdown)
