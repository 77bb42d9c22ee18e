"""Every page of a company at work, in both languages and lights, wide and on a telephone: nothing is cut, no word of the other language."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Server, window
from tests.pages.practising import give_card, give_log

PAGES = ("start", "data", "segments", "strategies", "card", "practice", "committee", "results")
EVERY_TWO = (
    ("ru-RU", "light", 1440),
    ("ru-RU", "dark", 390),
    ("en-US", "dark", 1440),
    ("en-US", "light", 390),
)  # every pair of choices once
CYRILLIC = re.compile("[А-Яа-яЁё]")
QUOTED = re.compile("«[^»]*»|“[^”]*”")  # names that people gave
OF_THE_PROGRAM = "h2, h3, label, [data-testid=stMetricLabel], [data-testid=stBaseButton-primary], [data-testid=stTab]"


def dark(page: Page) -> bool:
    colour = page.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
    return sum(int(part) for part in re.findall(r"\d+", colour)[:3]) < 3 * 128


def fits(page: Page, width: int, scheme: str, case: str) -> None:
    """The page is as wide as the window, its finding whole and its light as asked."""
    finding = page.locator("h3").first
    expect(finding, case).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{case}: nothing stands beside the screen"
    box = finding.bounding_box()
    assert box, case
    assert 0 <= box["x"] <= box["x"] + box["width"] <= width, case
    assert dark(page) == (scheme == "dark"), case


def test_every_page_fits_and_speaks_its_language(chromium: Browser, furnished: Server) -> None:
    give_card(furnished.home)
    give_log(furnished.home)
    for locale, scheme, width in EVERY_TWO:
        screen, context = window(chromium, furnished, locale=locale, scheme=scheme, width=width)
        for name in PAGES:
            case = f"{name}, {locale}, {scheme}, {width}"
            screen.open("/" if name == "start" else f"/{name}")
            page = screen.page
            fits(page, width, scheme, case)
            expect(page.locator("[data-testid=stException]"), case).to_have_count(0)
            words = QUOTED.sub("", " ".join(page.locator(OF_THE_PROGRAM).all_inner_texts()))
            assert bool(CYRILLIC.search(words)) == (locale == "ru-RU"), f"{case}: {words}"
            text = screen.text()
            assert "nan" not in text.lower().split(), case
            assert "None" not in text.split(), case
        assert screen.outside == [], locale
        context.close()
