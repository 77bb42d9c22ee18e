"""Strategies to hours under the hand: a standard, the overload, the allocator, a lock, a manager's list; and all of it after a restart."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Screen, Server, window
from tests.browser.test_segments_journeys import take

VIEWS = {"en-GB": ("Hours", "Team", "Work plan"), "ru-RU": ("Часы", "Команда", "План работы")}
WITHOUT, HALF_MORE, MOST = 0.29, 0.67, 0.89  # where the columns of the four answers stand, of the width of the table
LOCKED = "Только закреплённые ({})"


def view(screen: Screen, name: str) -> Screen:
    screen.page.locator(".st-key-strategies_view").get_by_text(name, exact=True).first.click()
    return screen.settled()


def light(screen: Screen, number: int) -> Locator:
    return screen.page.locator('[data-testid="stMetric"]').nth(number)


def shows(screen: Screen, number: int, text: str) -> None:
    """A light comes to show a text: on a busy machine a moment after the page has settled."""
    expect(light(screen, number)).to_contain_text(text, timeout=30_000)


def test_standard_overload_allocator_lock_list_and_restart(sample: Screen, furnished: Server) -> None:
    page = sample.page
    sample.open("/strategies")
    view(sample, "Команда")
    sample.click("Команда из примера")
    shows(sample, 2, "1 274 000 ₽")

    view(sample, "Стратегии")
    page.locator(".st-key-edit_A button").click()
    page.get_by_role("textbox", name="Контактов в месяц").fill("40")
    page.get_by_role("dialog").get_by_role("button", name="Сохранить").click()
    sample.settled()
    shows(sample, 0, "не хватает")
    sample.see("Кто стоит за перегрузкой")
    sample.click("Уложить в часы")
    shows(sample, 0, "укладываемся")

    view(sample, "Часы")
    for number in range(3):
        shows(sample, number, "не изменилось")
    _lock_first_row(sample)
    sample.see(LOCKED.format(1))
    gain = light(sample, 3).inner_text()
    slider = page.locator('.st-key-kept_A input[type="range"]')
    slider.focus()
    for _ in range(5):
        page.keyboard.press("ArrowLeft")
    sample.settled()
    expect(light(sample, 3)).not_to_have_text(gain, timeout=30_000)
    sample.see(LOCKED.format(1))
    assert take(sample, "План часов (Excel)")[:2] == b"PK"

    view(sample, "План работы")
    book = openpyxl.load_workbook(BytesIO(take(sample, "Список менеджера (Excel)")))
    assert book.sheetnames[0] == "Контакты"
    assert book["Контакты"].max_row > 20

    furnished.restart()
    sample.open("/strategies")
    view(sample, "Часы")
    sample.see(LOCKED.format(1))
    assert slider.input_value() == "82"
    view(sample, "Команда")
    shows(sample, 2, "1 274 000 ₽")


def _lock_first_row(screen: Screen) -> None:
    """Tick the box of the first client: the table is a canvas, so by its place."""
    table = screen.page.locator('[class*="st-key-hours_clients"] [data-testid="stDataFrame"]').first
    table.scroll_into_view_if_needed()
    screen.page.wait_for_timeout(500)
    box = table.bounding_box()
    assert box
    screen.page.mouse.click(box["x"] + 48, box["y"] + 52)
    screen.page.wait_for_timeout(300)
    screen.settled()


@pytest.mark.parametrize(("locale", "width"), [("en-GB", 1440), ("ru-RU", 390)])
def test_every_view_fits_the_window_and_speaks_its_language(chromium: Browser, furnished: Server, locale: str, width: int) -> None:
    screen, context = window(chromium, furnished, locale=locale, width=width)
    screen.open("/strategies")
    for name in VIEWS[locale]:
        view(screen, name)
        expect(screen.page.locator('[data-testid="stMetric"]').first).to_be_visible()
        assert screen.page.evaluate("document.documentElement.scrollWidth") <= width
        text = screen.text()
        assert "nan" not in text.lower().split()
        assert "None" not in text
    assert screen.outside == []
    context.close()


def test_four_answers_out_of_order_are_told_and_what_was_typed_stays(sample: Screen) -> None:
    page = sample.page
    sample.open("/strategies")
    view(sample, "Часы")
    sample.click("Четыре вопроса о главных клиентах")
    dialog = page.get_by_role("dialog")
    table = dialog.locator('[data-testid="stDataFrame"]').first
    table.wait_for()
    page.wait_for_timeout(800)
    for share, text in ((WITHOUT, "60"), (HALF_MORE, "90"), (MOST, "150")):
        _put(sample, table, share, text)
    dialog.get_by_role("button", name="Сохранить ответы").click()
    sample.settled()
    expect(dialog.get_by_text("идут не по возрастанию")).to_be_visible()
    _put(sample, table, HALF_MORE, "115")  # the other two stand as they were typed
    dialog.get_by_role("button", name="Сохранить ответы").click()
    sample.settled()
    sample.see("есть 1 ответ")


def _put(screen: Screen, table: Locator, share: float, text: str) -> None:
    """Put a figure into the row of the first client; the table is a canvas, so its cells are found by their place."""
    box = table.bounding_box()
    assert box
    cell = box["x"] + share * box["width"], box["y"] + 52
    editor = screen.page.locator(".gdg-input")
    for _ in range(5):  # a click after the form was sent only brings the table back to life
        screen.page.mouse.dblclick(*cell)
        screen.page.wait_for_timeout(500)
        if editor.count():
            break
    editor.fill(text)
    screen.page.keyboard.press("Enter")
    screen.page.wait_for_timeout(300)
