"""The card page: from a starter to effect, edits, conflicts, segments, and what a reload shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from sbyt_core.cards import CardDraft
from sbyt_core.cards.change import change_step
from sbyt_core.cards.starters import STARTERS
from sbyt_core.clients.rates import Rate, Rates, rates_to_json
from sbyt_core.store import Store
from sbyt_core.texts import LANGUAGES, Speech, speech
from sbyt_core.ui import page as ui_page

App = Callable[..., AppTest]
PAGE = "pages/4_card.py"
WHO = {"reviewers": ["Анна"], "effective_on": date(2020, 1, 1)}


def sound(at: AppTest) -> AppTest:
    """A run that ended as it should."""
    assert not at.exception
    assert not at.error, [one.value for one in at.error]
    return at


def kept() -> Store:
    return ui_page._store()


def project() -> str:
    return kept().projects()[0].id


def draft() -> CardDraft:
    return CardDraft.from_value(kept().document(project(), "card").value)


def said(at: AppTest) -> str:
    return "\n".join(one.value for one in [*at.markdown, *at.caption, *at.subheader])


@pytest.fixture
def company(app: App) -> App:
    """The app on the card page of a company without data."""

    def opened(lang: str = "ru", starter: str | None = "distribution") -> AppTest:
        at = app(lang)
        kept().create_project("Ромашка")
        at.switch_page(PAGE).run()
        if starter:
            at.button(key=f"starter_{starter}").click().run()
        return sound(at)

    return opened


def in_effect(starter: str = "distribution") -> None:
    """Lead the draft to effect through the store."""
    store, card = kept(), draft().card
    people = {role: ["Иван"] for role in card.roles}  # type: ignore[union-attr]
    version = store.document(project(), "card").version
    number = store.send_card(project(), expected_version=version, people=people, **WHO).number  # type: ignore[arg-type]
    store.agree_card(project(), number, "Анна")
    for role in people:
        store.acknowledge_card(project(), number, role, "Иван")
    store.make_card_effective(project(), number, date(2020, 1, 1))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_three_starters_stand_ready_before_the_first_card(company: App, lang: str) -> None:
    at = company(lang, None)
    assert at.subheader[0].value == speech(lang)("card.empty")
    assert [button.key for button in at.button if str(button.key).startswith("starter_")] == [
        *(f"starter_{c}" for c in STARTERS),
        "starter_none",
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("starter", STARTERS)
def test_a_starter_is_taken_in_one_click_and_stays_after_a_reload(company: App, starter: str, lang: str) -> None:
    at = company(lang, starter)
    steps = draft().card.steps  # type: ignore[union-attr]
    assert all(f"**{number}. " in said(at) for number in range(1, len(steps) + 1))
    assert len(at.metric) == 4
    assert at.button(key="card_send").label == speech(lang)("card.next.send")
    st.cache_resource.clear()
    at.run()
    assert f"**{len(steps)}. " in said(sound(at))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("view", ["segments", "versions", "files"])
def test_every_view_opens(company: App, view: str, lang: str) -> None:
    at = company(lang)
    at.segmented_control(key="card_view").set_value(view).run()
    sound(at)


def test_an_empty_card_says_what_to_mend_first(company: App) -> None:
    at = company("ru", None)
    at.button(key="starter_none").click().run()
    assert at.button(key="card_mend").label == "Исправить замечания: 1"
    at.button(key="card_mend").click().run()
    at.text_input(key="operation_new").input("Принять заявку")
    at.text_input(key="norm_new").input("7,5")
    at.button(key="FormSubmitter:step_form_new-Сохранить").click().run()
    sound(at)
    step = draft().card.steps[0]  # type: ignore[union-attr]
    assert (step.operation, step.norm_minutes) == ("Принять заявку", 7.5)
    assert speech("ru")("warning.step_without_role") in said(at)
    at.button(key="card_mend").click().run()
    assert at.text_input(key="operation_s1_").value == "Принять заявку"


def test_a_step_is_edited_moved_and_the_edit_taken_back(company: App) -> None:
    at = company()
    at.button(key="open_s3").click().run()
    at.text_input(key="norm_s3_").input("9")
    at.button(key="FormSubmitter:step_form_s3_-Сохранить").click().run()
    assert draft().card.step("s3").norm_minutes == 9.0  # type: ignore[union-attr]
    at.button(key="up_s3").click().run()
    assert [step.key for step in draft().card.steps[:3]] == ["s1", "s3", "s2"]  # type: ignore[union-attr]
    at.button(key="card_undo").click().run()
    assert [step.key for step in draft().card.steps[:3]] == ["s1", "s2", "s3"]  # type: ignore[union-attr]
    at.button(key="card_undo").click().run()
    assert draft().card.step("s3").norm_minutes == 6.0  # type: ignore[union-attr]
    sound(at)


@pytest.mark.parametrize(("typed", "told"), [("0", "0,1"), ("ноль", "число"), ("5000", "480")])
def test_an_absurd_norm_is_refused_and_said(company: App, typed: str, told: str) -> None:
    at = company()
    at.button(key="open_s3").click().run()
    at.text_input(key="norm_s3_").input(typed)
    at.button(key="FormSubmitter:step_form_s3_-Сохранить").click().run()
    assert told in at.error[0].value
    assert draft().card.step("s3").norm_minutes == 6.0  # type: ignore[union-attr]


def test_a_segment_does_a_step_otherwise_or_not_at_all(company: App) -> None:
    at = company()
    at.pills(key="card_kind").set_value("C").run()
    at.button(key="open_s2").click().run()
    at.segmented_control(key="choice_s2_C").set_value("drop").run()
    at.button(key="settle_s2_C").click().run()
    assert "s2" not in [step.key for step in draft().card.steps_for("C")]  # type: ignore[union-attr]
    at.button(key="open_s7").click().run()
    at.segmented_control(key="choice_s7_C").set_value("other").run()
    at.text_input(key="norm_s7_C").input("1")
    at.button(key="FormSubmitter:step_form_s7_C-Сохранить").click().run()
    card = draft().card
    assert [step.norm_minutes for step in card.steps_for("C") if step.key == "s7"] == [1.0]  # type: ignore[union-attr]
    assert card.step("s7").norm_minutes == 4.0  # type: ignore[union-attr]
    sound(at)


def test_two_people_edit_one_field_and_the_second_sees_both_versions(company: App) -> None:
    at = company()
    at.button(key="open_s3").click().run()
    at.text_area(key="script_s3_").input("Мои слова")
    at.text_input(key="norm_s3_").input("9")
    head = kept().document(project(), "card")
    theirs = draft().changed(lambda card: change_step(card, "s3", {"script": "Её слова", "answer_hours": 1.0}))
    kept().save_document(project(), "card", json.dumps(theirs.to_value()), expected_version=head.version, author="Анна")
    at.button(key="FormSubmitter:step_form_s3_-Сохранить").click().run()
    assert at.warning[0].value == speech("ru")("card.conflict")
    assert "Её слова" in said(at)
    assert "Мои слова" in said(at)
    assert draft().card.step("s3").script == "Её слова"  # type: ignore[union-attr]
    at.segmented_control(key="conflict_script").set_value("mine").run()
    at.button(key="conflict_save").click().run()
    step = draft().card.step("s3")  # type: ignore[union-attr]
    assert (step.script, step.norm_minutes, step.answer_hours) == ("Мои слова", 9.0, 1.0)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_whole_life_in_the_page(company: App, lang: str) -> None:
    say = speech(lang)
    at = company(lang)
    at.button(key="card_send").click().run()
    at.text_input(key="send_reviewers").input("Анна")
    send = f"FormSubmitter:send_form-{say('card.next.send')}"
    at.button(key=send).click().run()
    assert at.error  # nobody is named for the roles
    for number in range(3):
        at.text_input(key=f"send_people_{number}").input("Иван, Ольга" if number == 0 else "Пётр")
    at.button(key=send).click().run()
    sound(at)
    _signed_and_made_effective(at, say)
    assert [version.state for version in kept().card_versions(project())] == ["effective"]
    assert len(at.metric) == 4
    at.segmented_control(key="card_view").set_value("files").run()
    assert {"job_0", "training_0", "service_A", "checklist", "bpmn", "acknowledgement"} <= {
        str(one.key).removeprefix("download_") for one in at.get("download_button")
    }


def _signed_and_made_effective(at: AppTest, say: Speech) -> None:
    at.button(key="card_review").click().run()
    at.button(key="review_agree").click().run()
    at.button(key="card_acknowledge").click().run()
    for box in at.checkbox:
        box.check()
    at.button(key=f"FormSubmitter:acknowledge_form-{say('card.acknowledge.send')}").click().run()
    at.button(key="card_effect").click().run()
    at.button(key="effect_send").click().run()
    sound(at)


def test_the_next_version_takes_the_place_of_the_first(company: App) -> None:
    at = company()
    in_effect()
    at.run()
    at.button(key="open_s3").click().run()
    at.text_input(key="norm_s3_").input("9")
    at.button(key="FormSubmitter:step_form_s3_-Сохранить").click().run()
    at.button(key="card_send").click().run()
    at.text_area(key="send_why").input("Долго ищут")
    at.button(key="FormSubmitter:send_form-Отправить на проверку").click().run()
    _signed_and_made_effective(at, speech("ru"))
    assert at.subheader[0].value.startswith("Версия 2 действует")
    assert [(one.number, one.state) for one in kept().card_versions(project())] == [(2, "effective"), (1, "retired")]
    assert at.button(key="next_practice").label == speech("ru")("card.next.practice")


def test_a_changed_norm_shows_in_the_finding_and_the_redline_and_can_be_put_back(company: App) -> None:
    at = company()
    in_effect()
    at.run()
    assert "действует с 01.01.2020" in at.subheader[0].value
    at.button(key="open_s3").click().run()
    at.text_input(key="norm_s3_").input("9")
    at.button(key="FormSubmitter:step_form_s3_-Сохранить").click().run()
    assert at.subheader[0].value == "Черновик отличается от версии 1: изменён 1 шаг"
    at.segmented_control(key="card_view").set_value("versions").run()
    assert "9 мин" in said(at)
    assert "6 мин" in said(at)


def test_a_draft_kept_by_a_committee_is_seen(company: App) -> None:
    at = company()
    in_effect()
    head = kept().document(project(), "card")
    changed = draft().changed(lambda card: change_step(card, "s1", {"norm_minutes": 5.0}), "Решение комитета")
    kept().save_document(project(), "card", json.dumps(changed.to_value()), expected_version=head.version)
    at.run()
    at.button(key="card_send").click().run()
    assert at.text_area(key="send_why").value == "Решение комитета"
    assert at.text_input(key="send_reviewers").value == "Анна"


def test_an_old_version_is_brought_back_as_a_draft(company: App) -> None:
    at = company()
    in_effect()
    at.run()
    at.button(key="open_s3").click().run()
    at.text_input(key="norm_s3_").input("9")
    at.button(key="FormSubmitter:step_form_s3_-Сохранить").click().run()
    at.button(key="card_send").click().run()
    at.text_area(key="send_why").input("Долго ищут")
    at.button(key="FormSubmitter:send_form-Отправить на проверку").click().run()
    at.button(key="card_review").click().run()
    at.text_area(key="review_remark").input("Норма велика").run()
    at.button(key="review_return").click().run()
    sound(at)
    assert [one.state for one in kept().card_versions(project())] == ["returned", "effective"]
    at.segmented_control(key="card_view").set_value("versions").run()
    assert "Норма велика" in said(at)
    at.button(key="restore_2").click().run()
    at.text_area(key="restore_why").input("Пробуем ещё раз")
    at.button(key="FormSubmitter:restore_form-Вернуть").click().run()
    sound(at)
    assert (draft().why, draft().card.step("s3").norm_minutes) == ("Пробуем ещё раз", 9.0)  # type: ignore[union-attr]


def test_a_typical_operation_is_put_in_and_kept(company: App) -> None:
    at = company()
    at.button(key="card_blocks").click().run()
    at.multiselect(key="block_steps").set_value(["s1", "s2"])
    at.text_input(key="block_name").input("Наш приём")
    at.button(key="FormSubmitter:block_form-Сохранить операцию").click().run()
    assert [one.name for one in kept().documents(project(), "card_block")] == ["Наш приём"]
    at.button(key="card_blocks").click().run()
    at.selectbox(key="block_after").set_value("s3").run()
    at.button(key="block_0").click().run()
    sound(at)
    assert [step.key for step in draft().card.steps[:6]] == ["s1", "s2", "s3", "s14", "s15", "s4"]  # type: ignore[union-attr]
    assert speech("ru")("warning.operation_twice") in said(at)


def test_the_card_is_renamed(company: App) -> None:
    at = company()
    at.button(key="card_about").click().run()
    at.text_input(key="about_name").input("Заказ со склада")
    at.button(key="FormSubmitter:about_form-Сохранить").click().run()
    sound(at)
    assert draft().card.name == "Заказ со склада"  # type: ignore[union-attr]


def test_a_changed_norm_says_what_moves_in_hours_profit_and_classes_before_it_is_sent(app: App) -> None:
    at = app("ru")
    at.button(key="open_sample").click().run()
    at.switch_page(PAGE).run()
    at.button(key="starter_distribution").click().run()
    in_effect()
    rates = Rates(minute=15.0, document=Rate(minutes="card"))
    kept().save_document(project(), "rates", rates_to_json(rates), expected_version=0)
    del at.session_state[f"_draft_rates_{project()}"]  # the window had asked for them before
    at.run()
    at.button(key="open_s6").click().run()
    at.text_input(key="norm_s6_").input("48")
    at.button(key="FormSubmitter:step_form_s6_-Сохранить").click().run()
    at.button(key="card_send").click().run()
    sound(at)
    moves = [one.value for one in at.markdown if "→" in one.value]
    assert any(one.startswith("- Часов на заказы в месяц") for one in moves)
    assert any(one.startswith("- Чистая прибыль клиентов за период") for one in moves)
    assert any("Сегмент смен" in one.value for one in at.markdown)
    assert "Часы в типовых операциях" in [one.label for one in at.metric]


def test_a_class_that_was_set_by_hand_stays_when_a_norm_changes(app: App) -> None:
    """With every client set by hand nobody changes class, however much the norm grows."""
    at = app("ru")
    at.button(key="open_sample").click().run()
    at.switch_page(PAGE).run()
    at.button(key="starter_distribution").click().run()
    in_effect()
    rates = Rates(minute=15.0, document=Rate(minutes="card"))
    kept().save_document(project(), "rates", rates_to_json(rates), expected_version=0)
    del at.session_state[f"_draft_rates_{project()}"]  # the window had asked for them before

    def classes(norm: str) -> str:
        at.run()
        at.button(key="open_s6").click().run()
        at.text_input(key="norm_s6_").input(norm)
        at.button(key="FormSubmitter:step_form_s6_-Сохранить").click().run()
        at.button(key="card_send").click().run()
        return next(one.value for one in sound(at).markdown if "Сегмент смен" in one.value)

    assert " 0 " not in classes("48")
    lines = kept().load_sales(kept().projects()[0].data.id).lines  # type: ignore[union-attr]
    for key in lines["client_key"].dropna().unique():
        kept().set_override(project(), key, "B", reason="Договор", author="Анна")
    assert " 0 " in classes("49")


def test_a_manager_reads_and_signs_but_does_not_edit(company: App) -> None:
    at = company()
    assert at.button(key="open_s1")
    store = kept()
    store.set_member(project(), "ivan@x.ru", "manager")
    assert not store.seen_by("ivan@x.ru").may(project(), "edit")
