"""The technology card in a real browser: from a starter to effect, the files that come out, and a restart that loses nothing."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from playwright.sync_api import Browser

from sbyt_core.cards import Card, CardDraft, Step
from sbyt_core.cards.starters import starter
from sbyt_core.store import Store
from sbyt_core.texts import speech

from .conftest import Screen, Server, window

DONE = '[role="dialog"] [data-testid="stFormSubmitButton"] button'


def choose(screen: Screen, code: str, lang: str) -> None:
    """Another view of the page."""
    screen.page.locator(".st-key-card_view").get_by_text(speech(lang)(f"card.view.{code}"), exact=True).click()
    screen.settled()


def press(screen: Screen, code: str) -> None:
    """The one action that can come now."""
    screen.page.locator(f".st-key-card_{code} button:visible").first.click()
    screen.settled()
    screen.page.get_by_role("dialog").wait_for()


def act(screen: Screen, selector: str) -> None:
    """A button of the open dialog that ends it."""
    screen.page.locator(selector).first.click()
    screen.settled()
    screen.page.get_by_role("dialog").wait_for(state="hidden")
    screen.settled()


def download(screen: Screen, key: str) -> tuple[str, bytes]:
    """Name and content of a file."""
    with screen.page.expect_download() as caught:
        screen.page.locator(f".st-key-download_{key} button").first.click()
    path = caught.value.path()
    return caught.value.suggested_filename, Path(path).read_bytes()


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_from_a_starter_to_effect_and_to_the_job_description(chromium: Browser, server: Server, lang: str) -> None:
    say = speech(lang)
    store = Store(home=server.home)
    store.create_project("Ромашка")
    store.close()
    screen, context = window(chromium, server, locale="ru-RU" if lang == "ru" else "en-GB")
    page = screen.open(f"/card?lang={lang}").page
    page.locator(".st-key-starter_distribution button").click()
    screen.settled()
    screen.see("10. ")

    press(screen, "send")
    page.locator(".st-key-send_reviewers input").fill("Ольга")
    for number, names in enumerate(("Иван, Анна", "Мария", "Пётр")):
        page.locator(f".st-key-send_people_{number} input").fill(names)
    act(screen, DONE)
    press(screen, "review")
    act(screen, ".st-key-review_agree button")
    server.restart()  # nothing of this is in the session alone
    screen.open(f"/card?lang={lang}")
    press(screen, "acknowledge")
    for label in page.get_by_role("dialog").locator('[data-testid="stCheckbox"] label').all():
        label.click()
    act(screen, DONE)
    press(screen, "effect")
    act(screen, ".st-key-effect_send button")
    finding = page.locator('[data-testid="stHeading"]').first.inner_text()
    assert finding.startswith("Версия 1 действует" if lang == "ru" else "Version 1 is in effect")

    choose(screen, "files", lang)
    name, content = download(screen, "job_0")
    text = "\n".join(paragraph.text for paragraph in Document(io.BytesIO(content)).paragraphs)
    assert name.endswith(".docx")
    assert say("starter.distribution.s1.operation") in text
    assert say("starter.distribution.s4.script") in text
    assert len(zipfile.ZipFile(io.BytesIO(download(screen, "jobs")[1])).namelist()) == 3
    name, content = download(screen, "bpmn")
    assert name.endswith(".bpmn")
    assert etree.fromstring(content).tag.endswith("definitions")

    server.restart()
    screen.open(f"/card?lang={lang}")
    assert page.locator('[data-testid="stHeading"]').first.inner_text() == finding
    assert screen.outside == []
    context.close()


def test_two_windows_edit_one_step_and_the_second_chooses(chromium: Browser, server: Server) -> None:
    store = Store(home=server.home)
    store.create_project("Ромашка")
    store.close()
    one, first = window(chromium, server)
    two, second = window(chromium, server)
    one.open("/card").page.locator(".st-key-starter_services button").click()
    one.settled()
    two.open("/card")
    for screen, words in ((one, "Её слова"), (two, "Его слова")):
        screen.page.locator(".st-key-open_s2 button:visible").first.click()
        screen.settled()
        screen.page.locator(".st-key-script_s2_ textarea").fill(words)
    for screen in (one, two):
        screen.page.get_by_role("dialog").get_by_role("button", name="Сохранить").first.click()
        screen.settled()
    two.see("его изменил другой человек")
    two.see("Её слова")
    two.page.locator(".st-key-conflict_script").get_by_text("Взять моё").click()
    two.settled()
    act(two, ".st-key-conflict_save button")
    one.open("/card").page.locator(".st-key-open_s2 button:visible").first.click()
    one.settled()
    assert one.page.locator(".st-key-script_s2_ textarea").input_value() == "Его слова"
    first.close()
    second.close()


def test_a_step_is_edited_with_one_thumb(chromium: Browser, server: Server) -> None:
    store = Store(home=server.home)
    store.create_project("Ромашка")
    store.close()
    screen, context = window(chromium, server, width=390, height=844)
    page = screen.open("/card").page
    page.locator(".st-key-starter_production button").click()
    screen.settled()
    page.locator(".st-key-open_s1 button:visible").first.click()
    screen.settled()
    page.locator(".st-key-norm_s1_ input").fill("7,5")
    act(screen, DONE)
    screen.see("7,5 мин")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


def test_unfriendly_names_stay_names_on_the_map(chromium: Browser, server: Server) -> None:
    name = '"]; click x <img src=x onerror="document.title=1"> `b` **c** $x$ :red[d] #quot;'
    store = Store(home=server.home)
    project = store.create_project("Ромашка").id
    card = Card("Карта", (Step("s1", name[:120], "<b>Роль</b>", norm_minutes=1.0),))
    store.save_document(project, "card", json.dumps(CardDraft(card).to_value()), expected_version=0)
    store.close()
    screen, context = window(chromium, server)
    page = screen.open("/card").page
    screen.see("**c**")
    picture = page.locator('[data-testid="stMermaidChart"] img')  # a picture: nothing in it can run
    picture.wait_for(timeout=30_000)
    assert picture.evaluate("image => image.naturalWidth") > 100
    assert page.locator('[data-testid="stMain"] img').count() == 1
    assert page.title() != "1"
    assert screen.outside == []
    context.close()


def test_a_passport_leads_to_the_steps_of_its_segment(chromium: Browser, furnished: Server) -> None:
    store = Store(home=furnished.home)
    project = store.projects()[0].id
    draft = CardDraft(starter("distribution", speech("ru")), "Первая карта")
    store.save_document(project, "card", json.dumps(draft.to_value()), expected_version=0)
    store.close()
    screen, context = window(chromium, furnished)
    page = screen.open("/segments").page
    table = page.locator('[data-testid="stDataFrame"]').first
    table.scroll_into_view_if_needed()
    table.click(position={"x": 16, "y": 60})  # the tick of the first row
    page.locator(".st-key-to_card button:visible").first.click(timeout=30_000)
    screen.settled()
    page.wait_for_url("**/card*", timeout=30_000)
    screen.see("иначе, чем у всех")
    context.close()
