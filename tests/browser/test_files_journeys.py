"""Files as people have them, in real Chromium: read right one after another, stopped half-way."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from tests.browser.conftest import Screen
from tests.browser.test_data_journeys import drop, finding, sees
from tests.browser.test_journeys import CASES
from tests.pages.test_data_page import xlsx
from tests.sales.books import ROWS

BASE = "12 клиентов, 835 397 ₽"
MEGABYTES = 60


def test_kinds_of_files_are_read_right_one_after_another(screen: Screen) -> None:
    for name in ("c101_1c_hier_client_doc_item.xlsx", "c105_wide_months_merged_header.xlsx", "c032_cp1251_semicolon.csv"):
        drop(screen.open("/data"), CASES / name)
        sees(screen, BASE)
    drop(screen, CASES / "c018_truncated.xlsx")
    screen.page.locator('[data-testid="stAlert"]').first.wait_for()
    assert BASE in finding(screen), "a bad file changes nothing"


def test_a_large_file_can_be_stopped_half_way(screen: Screen, tmp_path: Path) -> None:
    large = tmp_path / "большой.csv"
    line = "{day:02d}.{month:02d}.2025;ООО «Клиент {client}»;Реализация {number};{money},50;{profit},25;примечание к строке\n"
    with large.open("w", encoding="utf-8") as file:
        file.write("Дата;Контрагент;Документ;Выручка;Прибыль;Комментарий\n")
        number = 0
        while file.tell() < MEGABYTES * 1_000_000:
            rows = (
                line.format(day=1 + n % 28, month=1 + n % 12, client=n % 500, number=n, money=1000 + n % 9000, profit=100 + n % 900)
                for n in range(number, number + 20_000)
            )
            file.write("".join(rows))
            number += 20_000
    screen.open("/data")
    screen.page.locator('input[type="file"]').last.set_input_files(str(large))
    screen.page.get_by_role("button", name="Остановить чтение").click(timeout=60_000)
    screen.settled()
    assert not screen.page.get_by_role("button", name="Остановить чтение").count()
    drop(screen, CASES / "c001_control_plain.xlsx")
    sees(screen, BASE)


def test_an_ambiguous_file_is_answered_by_a_click_and_asks_nothing_next_time(screen: Screen) -> None:
    file = CASES / "c219_returns_positive_with_type.xlsx"
    drop(screen.open("/data"), file)
    sees(screen, "835 397 ₽")
    screen.click("Оставить как есть")
    sees(screen, "859 762 ₽")
    screen.page.reload()
    screen.settled()
    sees(screen, "859 762 ₽")
    drop(screen, file)
    sees(screen, "859 762 ₽")


def choose_role(screen: Screen, row: int, role: str) -> None:
    """Choose a role in the table of columns by the keyboard; row: of the table, from 0."""
    page = screen.page
    grid = page.locator('[data-testid="stDataFrame"]').last
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    header, height = 35, 35  # pixels of a row of the table, as the browser draws it
    page.mouse.dblclick(box["x"] + box["width"] * 0.3, box["y"] + header + height * (row + 0.5))
    field = page.locator("#portal input")
    field.wait_for()
    field.press_sequentially(role)
    page.locator("#portal").get_by_text(role).first.wait_for()
    page.keyboard.press("Enter")
    field.wait_for(state="detached")
    screen.settled()


def test_a_column_corrected_in_place_is_remembered_for_next_month_s_file(screen: Screen, tmp_path: Path) -> None:
    june, july = tmp_path / "июнь.xlsx", tmp_path / "июль.xlsx"
    june.write_bytes(xlsx(ROWS))
    july.write_bytes(xlsx([*ROWS, [datetime(2025, 7, 3), "РТ-8", *ROWS[0][2:]]]))
    drop(screen.open("/data"), june)
    sees(screen, "8 строк, 4 клиента, 2 700 ₽")
    choose_role(screen, 5, "не использ")
    choose_role(screen, 6, "Выручка")
    screen.click("Прочитать заново")
    sees(screen, "8 строк, 4 клиента, 700 ₽")
    screen.page.reload()
    screen.settled()
    drop(screen, july)
    sees(screen, "9 строк, 4 клиента, 1 000 ₽")
