"""Whole journeys in real Chromium: what a consultant does in the first ten minutes, and what must never be lost."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Screen, Server, window
from tests.shared_data import superstore

CASES = Path(__file__).resolve().parents[1] / "cases"
PAGES = ("start", "data", "segments", "strategies", "card", "practice", "committee", "results")


def upload(screen: Screen, file: Path) -> Screen:
    screen.page.locator('input[type="file"]').first.set_input_files(str(file))
    return screen.settled()


def cuts(screen: Screen) -> list[str]:
    return [thumb.input_value() for thumb in screen.page.locator('.st-key-criteria_cuts input[type="range"]').all()]


def finding(screen: Screen) -> str:
    return screen.page.locator("h3").first.inner_text()


@pytest.mark.parametrize("page", PAGES)
def test_a_deep_link_on_a_cold_server_goes_through_the_app(screen: Screen, page: str) -> None:
    screen.open("/" if page == "start" else f"/{page}")
    assert screen.page.title() == "Системный сбыт"
    words = screen.page.locator("body").inner_text()
    assert "Стратегии" in words, "the menu is translated"
    assert "3_strategies" not in words
    screen.see("Открыть пример")


def test_upload_slide_leave_come_back_reload_restart_download(screen: Screen) -> None:
    screen.open("/data")
    upload(screen, superstore())
    screen.see("9 994 строки".replace(" ", "\u00a0", 1))
    screen.click("Разделить 793 клиента")
    before, start = finding(screen), cuts(screen)
    assert start == ["70", "90"]

    thumb = screen.page.locator('.st-key-criteria_cuts input[type="range"]').first
    thumb.focus()
    for _ in range(8):
        screen.page.keyboard.press("ArrowLeft")
    screen.settled()
    moved = finding(screen)
    assert moved != before
    assert cuts(screen) == ["62", "90"]

    screen.page.get_by_role("link", name="Стратегии").first.click()
    screen.settled()
    screen.page.get_by_role("link", name="Сегменты").first.click()
    screen.settled()
    assert cuts(screen) == ["62", "90"]
    assert finding(screen) == moved

    screen.page.reload()
    screen.settled()
    assert finding(screen) == moved

    screen.server.restart()
    screen.open("/segments")
    assert finding(screen) == moved
    assert cuts(screen) == ["62", "90"]

    screen.page.keyboard.press("Control+z")
    screen.settled()
    undone = int(cuts(screen)[0])  # fast presses are one move or several
    assert 62 < undone <= 70

    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="Список в Excel").click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()), data_only=True)
    assert {"A", "B", "C"} <= set(book.sheetnames)


def test_the_sample_opens_in_one_click_and_a_row_opens_the_passport(screen: Screen) -> None:
    screen.open("/")
    screen.click("Открыть пример")
    screen.page.wait_for_url(re.compile("/segments"), timeout=60_000)
    screen.settled()
    grid = screen.page.locator('[data-testid="stDataFrame"]').last
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box
    screen.page.mouse.click(box["x"] + 18, box["y"] + 55)
    screen.see("Почему этот сегмент")
    screen.page.keyboard.press("Escape")
    screen.settled()
    assert not screen.page.get_by_text("Почему этот сегмент").count()


def test_a_standard_is_edited_and_outlives_a_restart(sample: Screen) -> None:
    screen = sample.open("/strategies")
    screen.page.get_by_role("button", name="Изменить").first.click()
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Контактов в месяц").fill("1,5")
    dialog.get_by_role("textbox", name="Цель").fill("Наша *цель* <b>и</b> :red[всё]")
    dialog.get_by_role("button", name="Сохранить").click()
    expect(dialog).to_have_count(0, timeout=30_000)  # closed once it is saved
    screen.see("Наша *цель* <b>и</b>")
    screen.server.restart()
    screen.open("/strategies")
    assert "Наша *цель* <b>и</b> :red[всё]" in screen.text().replace("\u2060", "")
    screen.page.get_by_role("button", name="Изменить").first.click()
    expect(screen.page.get_by_role("dialog").get_by_role("textbox", name="Контактов в месяц")).to_have_value("1,5")


@pytest.mark.parametrize(("locale", "word"), [("ru-RU", "Сохраните"), ("en-US", "Save")])
def test_wrong_files_are_told_and_the_app_lives_on(chromium: Browser, server: Server, locale: str, word: str) -> None:
    screen, context = window(chromium, server, locale=locale)
    for name in (
        "c020_pdf_renamed.xlsx",
        "c019_zero_bytes.xlsx",
        "c023_password.xlsx",
        "c015_far_cell_bomb.xlsx",
        "c014_zip_bomb_spaces.xlsx",
    ):
        screen.open("/data")
        upload(screen, CASES / name)
        screen.page.locator('[data-testid="stAlert"]').first.wait_for(timeout=30_000)
        assert len(screen.page.locator('[data-testid="stAlert"]').first.inner_text()) > 40
    screen.open("/data")
    upload(screen, CASES / "c001_control_plain.xlsx")
    screen.see("835" + ("\u00a0" if locale == "ru-RU" else ",") + "397")
    assert screen.outside == []
    context.close()
