"""Results under the hand: a rollout is registered, the verdict read, the measure changed, the waterfall opened, the report taken."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from playwright.sync_api import Browser, expect
from pptx import Presentation

from tests.browser.conftest import ROOT, Screen, Server, window
from tests.browser.test_segments_journeys import take

TREATED = json.loads((ROOT / "sample_data" / "truth.json").read_text(encoding="utf-8"))["treated"]
OUTCOME = {"ru": "Что получилось", "en": "What came of it"}


def choose(screen: Screen, key: str, name: str) -> None:
    screen.page.locator(f".st-key-{key}").get_by_text(name, exact=True).first.click()
    screen.settled()
    expect(screen.page.locator('[data-testid="stException"]')).to_have_count(0)


def register(screen: Screen, folder: Path) -> None:
    """Drop a file of waves into the register."""
    waves = folder / "waves.csv"
    waves.write_text("Менеджер,Дата начала\n" + "".join(f"{name},2025-07-01\n" for name in TREATED), encoding="utf-8")
    screen.open("/results")
    choose(screen, "results_part", "Кто и когда начал")
    screen.page.get_by_role("button", name="файл волн").first.click()
    screen.page.locator('input[type="file"]').first.set_input_files(waves)
    screen.see("По карте работают")
    screen.page.keyboard.press("Escape")
    screen.settled()


def verdict(screen: Screen) -> str:
    return screen.page.locator('[data-testid="stHeading"] h3').first.inner_text()


def test_from_the_register_to_the_report(furnished: Server, chromium: Browser, tmp_path: Path) -> None:
    screen, context = window(chromium, furnished)
    register(screen, tmp_path)
    choose(screen, "results_part", OUTCOME["ru"])
    screen.see("Внедрение сработало")
    by_revenue = verdict(screen)
    for picture in ("По месяцам", "Цены и объём", "Сегменты", "Менеджеры и филиалы"):
        choose(screen, "results_view", picture)
        expect(screen.page.locator(".js-plotly-plot")).to_have_count(2)  # the interval and the picture

    choose(screen, "results_measure", "Прибыль")
    assert verdict(screen) != by_revenue
    assert "прибыль" in verdict(screen)
    choose(screen, "results_view", "Откуда изменение")
    screen.see("Это арифметика, а не причина")
    finding = screen.page.locator("strong").filter(has_text="главная прибавка").first.inner_text()

    slides = Presentation(BytesIO(take(screen, "Отчёт для собственника")))
    said = [shape.text_frame.text for slide in slides.slides for shape in slide.shapes if shape.has_text_frame]
    assert verdict(screen) in said
    assert finding in said
    paragraphs = [p.text for p in Document(BytesIO(take(screen, "Документ Word"))).paragraphs]
    assert verdict(screen) in paragraphs
    book = openpyxl.load_workbook(BytesIO(take(screen, "Все цифры в Excel")))
    assert "Откуда изменение" in book.sheetnames
    assert screen.outside == []
    context.close()

    other, context = window(chromium, furnished, locale="en-US", width=390, height=844, scheme="dark")
    other.open("/results")
    other.see("The rollout worked: profit")
    assert other.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth + 1"), "nothing sticks out on a phone"
    choose(other, "results_view", "Segments")
    other.see("Choosing such clients alone")
    context.close()


@pytest.mark.parametrize("lang", ["ru"])
def test_the_waves_that_are_drawn_fill_the_register(sample: Screen, lang: str) -> None:
    sample.open("/results")
    sample.click("Внести эти волны в реестр")
    choose(sample, "results_part", OUTCOME[lang])
    sample.see("Внедрение начнётся")
