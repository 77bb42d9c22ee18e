"""The segments workbench under the hand: pictures, drawer, scenarios, overrides, agreement, link, evidence."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import openpyxl
from docx import Document
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Screen, window
from tests.browser.test_journeys import cuts, finding

POINT = ".js-plotly-plot .scatterlayer .points path"


def slide(screen: Screen, presses: int) -> None:
    screen.page.locator('.st-key-criteria_cuts input[type="range"]').first.focus()
    for _ in range(abs(presses)):
        screen.page.keyboard.press("ArrowLeft" if presses < 0 else "ArrowRight")
    screen.settled()


def take(screen: Screen, button: str) -> bytes:
    with screen.page.expect_download() as download:
        screen.page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def test_a_point_opens_the_passport_and_the_next_slide_does_not(sample: Screen) -> None:
    sample.page.locator(POINT).nth(20).click(force=True)
    sample.see("Почему этот сегмент")
    sample.page.keyboard.press("Escape")
    expect(sample.page.get_by_role("dialog")).to_have_count(0)
    sample.settled()
    slide(sample, -3)
    assert not sample.page.get_by_role("dialog").count()


def choose(screen: Screen, name: str) -> None:
    screen.page.get_by_role("radio", name=name).or_(screen.page.get_by_role("button", name=name)).first.click()
    screen.settled()


def test_every_picture_says_its_finding(sample: Screen) -> None:
    seen = set()
    for picture in ("Кривая прибыли", "Вклад и регулярность", "Из кого прибыль", "Состояния", "Хлопоты"):
        choose(sample, picture)
        chart = sample.page.locator(".js-plotly-plot").first
        expect(chart).to_be_visible()
        seen.add(sample.page.locator('[data-testid="stPlotlyChart"]').first.get_attribute("aria-label") or sample.text())
    assert len(seen) == 5


def test_pin_compare_undo(sample: Screen) -> None:
    sample.page.get_by_role("button", name="Закрепить сценарий").click()
    sample.page.get_by_label("Название").fill("70 и 90")
    sample.page.get_by_role("button", name="Закрепить", exact=True).click()
    sample.settled()
    before = finding(sample)
    slide(sample, -12)
    assert finding(sample) != before
    sample.page.get_by_role("button", name="70 и 90", exact=True).click()
    sample.see("Против «70 и 90» сегмент")
    sample.page.keyboard.press("Control+z")
    sample.settled()
    while cuts(sample) != ["70", "90"]:
        sample.page.get_by_role("button", name="Отменить").click()
        sample.settled()
    assert finding(sample) == before


def test_agree_override_and_a_link_in_a_second_browser(sample: Screen, chromium: Browser) -> None:
    slide(sample, -5)
    sample.page.get_by_role("button", name="Утвердить критерии").click()
    dialog = sample.page.get_by_role("dialog")
    dialog.get_by_label("Кто утвердил").fill("Иван Петров")
    dialog.get_by_role("button", name="Утвердить и заморозить").click()
    sample.see("Утверждено: «Критерии от")
    sample.see("Иван Петров")

    slide(sample, 4)
    sample.see("По черновику сегмент")
    sample.page.locator(POINT).nth(10).click(force=True)
    dialog = sample.page.get_by_role("dialog")
    dialog.get_by_label("Кто решил").fill("Анна")
    dialog.get_by_label("Почему", exact=True).fill("=1+1 закрывает склад")
    dialog.get_by_role("radio", name="C", exact=True).or_(dialog.get_by_role("button", name="C", exact=True)).first.click()
    dialog.get_by_role("button", name="Назначить сегмент").click()
    expect(sample.page.get_by_role("dialog")).to_have_count(0, timeout=20_000)
    sample.settled()

    sample.page.get_by_role("button", name="Ссылка").click()
    sample.page.get_by_role("button", name="Сделать ссылку").click()
    address = sample.page.locator("code").filter(has_text="http").first.inner_text().strip()
    here = cuts(sample)
    other, context = window(chromium, sample.server, locale="en-US")
    other.page.goto(address)
    other.settled()
    assert cuts(other) == here
    context.close()

    choose(sample, "Черновик")
    book = openpyxl.load_workbook(BytesIO(take(sample, "Список в Excel")))
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert any("закрывает склад" in text and cell_is_text(text) for text in said)
    with zipfile.ZipFile(BytesIO(take(sample, "По менеджерам"))) as archive:
        assert len(archive.namelist()) >= 12
    words = "\n".join(p.text for p in Document(BytesIO(take(sample, "Критерии на одной странице"))).paragraphs)
    assert "не больше 25" in words

    sample.server.restart()
    sample.open("/segments")
    sample.see("Утверждено: «Критерии от")


def cell_is_text(text: str) -> bool:
    return not text.startswith("=1+1")


def test_the_evidence_is_worked_out_on_demand(sample: Screen) -> None:
    for question in ("Что отличает A", "Кто на границе", "Кто сменил сегмент за год", "Второе мнение"):
        choose(sample, question)
        sample.page.get_by_role("button", name="Посчитать").click()
        expect(sample.page.get_by_role("button", name="Посчитать")).to_have_count(0, timeout=60_000)
        sample.settled()
        assert not sample.page.get_by_text("Внутренняя ошибка").count()
