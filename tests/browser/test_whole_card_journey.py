"""The whole loop of a card in real Chromium: a starter takes effect, practice is tapped on a phone, the committee changes a step, the next
version takes effect, its job description is opened, and a restart loses nothing.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, Locator, expect

from sbyt_core.cards import life
from sbyt_core.committee import situations
from sbyt_core.practice.record import KIND, log_of
from sbyt_core.store import Store
from sbyt_core.texts import speech

from .conftest import Screen, Server, window
from .test_card_journeys import DONE, act, choose, download, press

STEP = "s4"
WORDS = {
    "ru": ("Товара не было, замену искали час", "Предлагать замену в течение девяти минут", "9,5", "Норма мала"),
    "en": ("Out of stock, a substitute took an hour", "Offer a substitute within nine minutes", "9.5", "The norm is too tight"),
}
PEOPLE = ("Иван, Анна", "Мария", "Пётр")
LOCALES = {"ru": "ru-RU", "en": "en-GB"}


def sign(screen: Screen) -> None:
    """From "in review" to "in effect": the reviewer agrees, everybody named acknowledges, the version takes effect."""
    press(screen, "review")
    act(screen, ".st-key-review_agree button")
    press(screen, "acknowledge")
    labels = screen.page.get_by_role("dialog").locator('[data-testid="stCheckbox"] label')
    assert labels.count() == 4, "everybody named stands in the list"
    for label in labels.all()[:-1]:
        label.click()
    act(screen, DONE)
    assert screen.page.locator(".st-key-card_effect button").count() == 0, "one has not acknowledged yet"
    press(screen, "acknowledge")
    labels.first.click()
    act(screen, DONE)
    press(screen, "effect")
    act(screen, ".st-key-effect_send button")


def pick(screen: Screen, key: str, text: str) -> None:
    """Type into a choice and take the first option."""
    screen.page.locator(f"[class*=st-key-{key}] input").first.click()
    screen.page.keyboard.type(text)
    screen.page.get_by_role("option").first.click()
    screen.settled()


def fill(screen: Screen, key: str, text: str) -> None:
    """Write into a field and leave it."""
    field = screen.page.locator(f"[class*=st-key-{key}] input").first
    field.fill(text)
    field.press("Tab")
    screen.settled()


def closes(screen: Screen, button: Locator) -> None:
    """Press what ends the open drawer."""
    button.click()
    expect(screen.page.get_by_role("dialog")).to_have_count(0, timeout=30_000)
    screen.settled()


def finding(screen: Screen) -> str:
    return screen.page.locator('[data-testid="stHeading"]').first.inner_text()


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_from_a_starter_to_the_version_that_the_committee_changed(chromium: Browser, furnished: Server, lang: str) -> None:
    say = speech(lang)
    told, ruled, norm, cause = WORDS[lang]
    screen, desk = window(chromium, furnished, locale=LOCALES[lang])
    page = screen.open(f"/card?lang={lang}").page

    page.locator(".st-key-starter_distribution button").click()
    screen.settled()
    press(screen, "send")
    page.locator(".st-key-send_reviewers input").fill("Ольга")
    for number, names in enumerate(PEOPLE):
        page.locator(f".st-key-send_people_{number} input").fill(names)
    act(screen, DONE)
    sign(screen)
    first = finding(screen)
    assert first.startswith("Версия 1 действует" if lang == "ru" else "Version 1 is in effect")

    phone, pocket = window(chromium, furnished, locale=LOCALES[lang], width=390, height=844)
    phone.open(f"/practice?view=entry&lang={lang}")
    pick(phone, "entry_who", "Авер")
    pick(phone, "entry_client", "Кедр-Станко")
    for step, answer in ((1, "in_time"), (2, "late"), (3, "missed")):
        phone.page.locator("[class*=st-key-tap_]").nth(step - 1).get_by_text(say(f"entry.answer.{answer}")).click()
        phone.settled()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 390, "nothing hangs over the edge"
    assert phone.outside == []
    pocket.close()

    screen.open(f"/committee?lang={lang}")
    page.locator(".st-key-committee_new button").click()
    screen.settled()
    fill(screen, "new_text_", told)
    pick(screen, "new_step_", say(f"starter.distribution.{STEP}.operation")[:20])
    pick(screen, "new_client_", "Кедр-Станко")
    closes(screen, page.locator("[class*=st-key-new_send_] button"))
    screen.see(told)
    screen.click(say("committee.do.new"))
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(say("committee.cause.card_wrong"), exact=True).click()
    dialog.get_by_role("textbox", name=say("committee.ask.cause.text")).fill(cause)
    closes(screen, dialog.get_by_role("button", name=say("committee.send.cause")))
    screen.click(say("committee.do.analysed"))
    fill(screen, "what_", ruled)
    fill(screen, "value_", norm)
    pick(screen, "responsible_", "Мезенцев")
    closes(screen, page.locator("[class*=st-key-send_decision_] button"))

    screen.click(say("committee.do.decided"))
    dialog.get_by_role("link", name=say("committee.to.card")).click()
    page.wait_for_url("**/card**")
    screen.settled()
    expect(dialog).to_have_count(0, timeout=30_000)
    assert finding(screen).startswith("Черновик отличается от версии 1" if lang == "ru" else "The draft differs from version 1")
    press(screen, "send")
    expect(page.locator(".st-key-send_why textarea")).to_have_value(
        say("committee.change.why", number="1", day=today(furnished), text=ruled), timeout=30_000
    )
    assert page.locator(".st-key-send_people_0 input").input_value() == PEOPLE[0], "who was asked last time is asked again"
    act(screen, DONE)
    sign(screen)
    second = finding(screen)
    assert second.startswith("Версия 2 действует" if lang == "ru" else "Version 2 is in effect")

    choose(screen, "files", lang)
    store = Store(home=furnished.home)
    card = life.effective(store.card_versions(store.projects()[0].id)).card
    store.close()
    number = card.roles.index(card.step(STEP).role)
    name, content = download(screen, f"job_{number}")
    paper = Document(BytesIO(content))
    text = "\n".join(
        [one.text for one in paper.paragraphs] + [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    )
    assert name.endswith(".docx")
    assert say(f"starter.distribution.{STEP}.operation") in text
    assert norm in text
    assert ("версия 2" if lang == "ru" else "version 2") in text

    before = kept(furnished.home)
    furnished.restart()
    screen.open(f"/card?lang={lang}")
    assert finding(screen) == second
    choose(screen, "versions", lang)
    screen.see(say("committee.change.why", number="1", day=today(furnished), text=ruled))
    screen.open(f"/committee?lang={lang}")
    screen.see(told)
    assert kept(furnished.home) == before
    assert before[0] == [True, True, False]
    assert before[1:] == ("decided", ["effective", "retired"])
    assert screen.outside == []
    desk.close()


def today(server: Server) -> date:
    """The day on which the situation was told, as the server wrote it."""
    store = Store(home=server.home)
    day = situations(store.situation_records(store.projects()[0].id))[0].day
    store.close()
    return day


def kept(home: Path) -> tuple[list[bool], str, list[str]]:
    """What the store holds of the loop: taps, the state of the situation, states of the versions."""
    store = Store(home=home)
    project = store.projects()[0].id
    log = log_of(entry.value for entry in store.entries(project, KIND))
    situation = situations(store.situation_records(project))[0]
    states = [version.state for version in store.card_versions(project)]
    store.close()
    return log["done"].tolist(), situation.state, states
