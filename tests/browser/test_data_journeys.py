"""Journeys over the data page in real Chromium: files put together, one client under two names, rows behind a warning."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl

from sbyt_core.texts import speech
from tests.browser.conftest import Screen
from tests.pages.test_data_page import TWIN, twins, xlsx
from tests.sales.books import NORTH, ROWS

SLOW = 90_000  # milliseconds: a machine that others use reads a small file in half a minute


def finding(screen: Screen) -> str:
    return screen.page.locator("h3").first.inner_text().replace("\u00a0", " ")


def drop(screen: Screen, *files: Path, add: bool = False) -> Screen:
    zones = screen.page.locator('input[type="file"]')
    (zones.first if add else zones.last).set_input_files([str(file) for file in files])
    screen.page.wait_for_timeout(500)
    return screen.settled()


def section(screen: Screen, name: str) -> Screen:
    screen.page.locator(".st-key-data_section").get_by_text(name, exact=True).click()
    return screen.settled()


def sees(screen: Screen, text: str) -> None:
    screen.page.wait_for_function(
        "text => document.querySelector('h3')?.innerText.replaceAll('\\u00a0', ' ').includes(text)", arg=text, timeout=SLOW
    )


def test_next_month_adds_its_lines_once_and_outlives_a_reload_and_a_restart(screen: Screen, tmp_path: Path) -> None:
    may, june = tmp_path / "май.xlsx", tmp_path / "июнь.xlsx"
    may.write_bytes(xlsx(ROWS[:5]))
    june.write_bytes(xlsx(ROWS))
    drop(screen.open("/data"), may)
    sees(screen, "5 строк")
    drop(screen, june, add=True)
    sees(screen, "8 строк, 4 клиента, 2 700 ₽")
    screen.click("Все: это разные продажи")
    sees(screen, "13 строк")
    screen.page.reload()
    screen.settled()
    sees(screen, "13 строк")
    screen.server.restart()
    screen.open("/data")
    sees(screen, "13 строк")
    screen.click("Один раз")
    sees(screen, "8 строк")
    section(screen, "Файлы")
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name="Исходный файл").last.click()
    assert Path(download.value.path()).read_bytes() == june.read_bytes()
    screen.click("Убрать файл")  # the first one
    sees(screen, "8 строк")
    assert not screen.page.get_by_role("button", name="Убрать файл").count()


def test_two_names_are_made_one_client_and_a_warning_leads_to_its_rows(screen: Screen, tmp_path: Path) -> None:
    file = tmp_path / "sales.xlsx"
    file.write_bytes(twins())
    drop(screen.open("/data"), file)
    sees(screen, "6 клиентов")
    screen.click("Показать строки")
    dialog = screen.page.get_by_role("dialog")
    dialog.get_by_text("1 строка без клиента").wait_for()
    with screen.page.expect_download() as download:
        dialog.get_by_role("button", name="Скачать в Excel").click()
    (sheet,) = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    assert [cell.value for cell in sheet[4]][:2] == ["Продажи", 12]
    dialog.get_by_role("button", name="Close").click()
    screen.settled()

    screen.click("Разобрать имена")
    screen.page.get_by_role("button", name="Один клиент", exact=True).click()
    sees(screen, "5 клиентов")
    screen.click("Разделить 5 клиентов")
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name=speech("ru")("export.segments")).click()
    book = openpyxl.load_workbook(BytesIO(Path(download.value.path()).read_bytes()))
    check = [[cell.value for cell in row] for row in book["Проверка данных"].iter_rows()]
    assert any(row[0] == "Один клиент" and row[2] == f"{NORTH} ← {TWIN}" for row in check)

    screen.server.restart()
    screen.open("/data")
    sees(screen, "5 клиентов")
    section(screen, "Клиенты")
    screen.page.get_by_text("1 решение о клиентах").click()
    screen.click("Отменить")
    sees(screen, "6 клиентов")
