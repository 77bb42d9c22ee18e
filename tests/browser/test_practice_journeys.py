"""Practice and committee in real Chromium: taps on a phone, a situation that opens the next card, two people at once, a restart."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, expect

from sbyt_core.cards.draft import DOCUMENT, CardDraft
from sbyt_core.committee import events, situations
from sbyt_core.practice.record import KIND, log_of
from sbyt_core.store import Store
from tests.browser.conftest import Screen, Server, window
from tests.committee.making import DAY
from tests.pages.practising import give_card, give_log

PHONE = 390


@pytest.fixture
def carded(furnished: Server) -> Server:
    """The sample company with a card in its draft."""
    give_card(furnished.home)
    return furnished


@pytest.fixture
def phone(chromium: Browser, carded: Server) -> Iterator[Screen]:
    """A Russian phone on the page that is made for it."""
    opened, context = window(chromium, carded, width=PHONE, height=844)
    yield opened.open("/practice?view=entry")
    assert opened.outside == []
    context.close()


def choose(screen: Screen, key: str, text: str) -> None:
    screen.page.locator(f".st-key-{key} input").click()
    screen.page.keyboard.type(text)
    screen.page.get_by_role("option").first.click()
    screen.settled()


def tap(screen: Screen, step: int, answer: str) -> None:
    screen.page.locator("[class*=st-key-tap_]").nth(step - 1).get_by_text(answer).click()
    screen.settled()


def kept(home: Path):
    store = Store(home=home)
    log = log_of(entry.value for entry in store.entries(store.projects()[0].id, KIND))
    store.close()
    return log


def test_three_taps_on_a_phone_are_kept_and_shown_again_after_a_restart(phone: Screen) -> None:
    choose(phone, "entry_who", "Авер")
    choose(phone, "entry_client", "Кедр-Станко")
    for step, answer in ((1, "В срок"), (2, "Поздно"), (3, "Нет")):
        tap(phone, step, answer)
    phone.see("отмечено 3 из")
    why = phone.page.get_by_role("textbox", name="Почему не сделано")
    why.fill("Клиент *торопился* <b>очень</b>")
    why.press("Tab")
    phone.settled()
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= PHONE, "nothing hangs over the edge"
    before = kept(phone.server.home)
    assert before["done"].tolist() == [True, True, False]
    assert before["note"].tolist()[2] == "Клиент *торопился* <b>очень</b>"

    phone.server.restart()
    phone.open("/practice?view=entry")
    choose(phone, "entry_who", "Авер")
    choose(phone, "entry_client", "Кедр-Станко")
    phone.see("отмечено 3 из")
    expect(phone.page.get_by_role("textbox", name="Почему не сделано")).to_have_value("Клиент *торопился* <b>очень</b>")
    tap(phone, 1, "Поздно")
    after = kept(phone.server.home)
    assert (len(after), bool(after["in_time"].tolist()[0])) == (3, False)


def test_a_weak_step_becomes_a_situation_and_the_next_card(chromium: Browser, carded: Server) -> None:
    give_log(carded.home)
    screen, context = window(chromium, carded)
    screen.open("/practice")
    screen.see("слабее всего шаг «4. ")
    screen.page.locator(".st-key-to_committee_s4 button").click()
    screen.page.wait_for_url("**/committee**")
    screen.settled()
    dialog = screen.page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox", name="Что случилось")).to_have_value(
        "Шаг «Предложить замену или сопутствующий товар» выполняют в 53\u00a0% случаев из 420."
    )
    dialog.get_by_role("button", name="Записать").click()
    expect(dialog).to_have_count(0, timeout=30_000)
    screen.settled()

    screen.click("Разобрать")
    dialog.get_by_text("Карта неверна").click()
    dialog.get_by_role("button", name="Записать причину").click()
    expect(dialog).to_have_count(0, timeout=30_000)
    screen.settled()

    screen.click("Решить")
    dialog.get_by_role("textbox", name="Решение одной фразой").fill("Дать на шаг больше времени")
    dialog.get_by_role("textbox", name="Решение одной фразой").press("Tab")
    screen.settled()
    dialog.get_by_role("textbox", name="Новое значение").fill("9,5")
    dialog.get_by_role("textbox", name="Новое значение").press("Tab")
    screen.settled()
    dialog.get_by_role("combobox", name="Ответственный").click()
    screen.page.keyboard.type("Мезенцев")
    screen.page.get_by_role("option", name="Мезенцев Илья Борисович").click()
    screen.settled()
    dialog.get_by_role("button", name="Записать решение").click()
    expect(dialog).to_have_count(0, timeout=30_000)
    screen.settled()

    store = Store(home=carded.home)
    project = store.projects()[0].id
    draft = CardDraft.from_value(store.document(project, DOCUMENT).value)
    assert draft.card is not None
    assert draft.card.step("s4").norm_minutes == 9.5
    assert "Дать на шаг больше времени" in draft.why
    now = situations(store.situation_records(project))[0]
    store.close()
    assert now.decision is not None
    assert (now.decision.kpi.code, now.decision.kpi.n) == ("done", 420)

    with screen.page.expect_download() as download:
        screen.page.locator(".st-key-download_minutes button").click()
    paper = Document(BytesIO(Path(download.value.path()).read_bytes()))
    assert "Дать на шаг больше времени" in "\n".join(cell.text for table in paper.tables for row in table.rows for cell in row.cells)

    carded.restart()
    screen.open("/committee")
    screen.see("Мезенцев Илья Борисович, до")
    assert screen.outside == []
    context.close()


def test_the_second_of_two_is_told_and_keeps_what_was_typed(chromium: Browser, carded: Server) -> None:
    store = Store(home=carded.home)
    project = store.projects()[0].id
    opening = events.open_situation(day=DAY, who="Анна", text="Нет товара на складе", step="s3")
    now = store.write_situation(project, "a", opening, author="Анна")
    screen, context = window(chromium, carded)
    screen.open("/committee")
    screen.click("Разобрать")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_text("Карта неверна").click()
    dialog.get_by_role("textbox", name="Пояснение").fill("Моё пояснение")
    store.write_situation(project, "a", events.analyse(now, cause="staff_not_ready"), author="Борис")
    dialog.get_by_role("button", name="Записать причину").click()
    expect(dialog.get_by_text("Борис").first).to_be_visible(timeout=30_000)
    expect(dialog.get_by_role("textbox", name="Пояснение")).to_have_value("Моё пояснение")
    after = situations(store.situation_records(project))[0]
    store.close()
    assert after.cause == "staff_not_ready"
    assert after.events[-1].refused
    context.close()
