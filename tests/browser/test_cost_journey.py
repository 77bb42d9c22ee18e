"""Rates and the file of client facts in a real browser: net profit appears, clients change class, everything outlives a restart."""

from __future__ import annotations

from io import BytesIO

import openpyxl
from docx import Document
from playwright.sync_api import Browser, expect

from tests.browser.conftest import ROOT, Screen, Server, window
from tests.browser.test_segments_journeys import choose, take
from tests.reports.making import table_of


def fill(screen: Screen, **typed: str) -> None:
    for label, text in typed.items():
        screen.page.get_by_label(label.replace("_", " "), exact=True).fill(text)
    screen.page.get_by_role("button", name="Посчитать").click()
    screen.settled()


def finding(screen: Screen) -> str:
    return screen.page.locator("h3").first.inner_text()


def test_rates_and_facts_move_classes_and_are_kept(sample: Screen) -> None:
    sample.open("/strategies")
    choose(sample, "Сколько стоит обслуживание")
    assert "пока неизвестно" in finding(sample)
    fill(sample, Документ="250", Возврат="600")
    only_documents = finding(sample)
    assert "Обслуживание забирает" in only_documents

    sample.page.locator('input[type="file"]').set_input_files(ROOT / "sample_data" / "clients.xlsx")
    sample.see("348 из 350 строк")
    fill(sample, Доставка="900", Час_людей="700")
    with_facts = finding(sample)
    assert with_facts != only_documents
    sample.see("класс, когда обслуживание посчитано")

    book = openpyxl.load_workbook(BytesIO(take(sample, "Чистая прибыль в Excel")), data_only=True)
    steps = {row[0].value: row[1].value for row in book["Чистая прибыль"].iter_rows(max_row=20)}
    whole = table_of(book["Затраты по клиентам"])
    assert abs(whole["Чистая прибыль, ₽"].sum() - steps["Чистая прибыль"]) < 0.005
    shown = f"{round(steps['Чистая прибыль']):,}".replace(",", "\u00a0")
    expect(sample.page.locator('[data-testid="stMetricValue"]').first).to_contain_text(shown)

    choose(sample, "Если ставки неточны")
    sample.page.locator('.st-key-cost_factor input[type="range"]').focus()
    for _ in range(12):
        sample.page.keyboard.press("ArrowRight")
    sample.settled()
    sample.see("При ставках ×2,00 класс")

    sample.open("/segments")
    sample.see("чистой прибыли")

    sample.server.restart()
    sample.open("/strategies")
    choose(sample, "Сколько стоит обслуживание")
    assert finding(sample) == with_facts
    expect(sample.page.get_by_label("Доставка", exact=True)).to_have_value("900")
    sample.see("348 из 350 строк")


def test_the_strategies_leave_as_cards(sample: Screen) -> None:
    sample.open("/strategies")
    page = Document(BytesIO(take(sample, "Стратегии в Word")))
    said = "\n".join(paragraph.text for paragraph in page.paragraphs)
    assert "Удерживать и углублять" in said
    assert "Обслуживать дёшево" in said


def test_the_view_on_a_phone_in_english(chromium: Browser, furnished: Server) -> None:
    screen, context = window(chromium, furnished, locale="en-US", width=390, height=844)
    screen.open("/strategies?lang=en")
    choose(screen, "What service costs")
    screen.page.get_by_label("Document", exact=True).fill("250")
    screen.page.get_by_role("button", name="Count").click()
    screen.settled()
    assert "Service takes" in finding(screen)
    width = screen.page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth")
    assert width <= 390
    context.close()
