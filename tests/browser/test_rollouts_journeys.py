"""The register under the hand: days entered in the table are kept one after another, and outlive the browser's reload."""

from __future__ import annotations

from datetime import date

from sbyt_core.results.model import Rollout
from sbyt_core.results.rollouts import ENTRY, Entry, current
from sbyt_core.store import Store
from tests.browser.conftest import Screen

ROW = 35  # pixels


def register(screen: Screen) -> tuple[Rollout, ...]:
    store = Store(home=screen.server.home)
    entries = store.entries(store.projects()[0].id, ENTRY)
    store.close()
    return current([Entry.from_value(one.subject, one.value) for one in entries], "manager")


def enter_date(screen: Screen, row: int, day: str) -> None:
    """Open the cell of the start of a row (0 the first) and enter a day."""
    table = screen.page.get_by_test_id("stDataFrame").first.bounding_box()
    assert table
    screen.page.mouse.click(table["x"] + table["width"] * 0.5, table["y"] + ROW * (row + 1.5))
    field = screen.page.locator('input[type="date"]')
    screen.page.wait_for_timeout(300)
    if not field.count():
        screen.page.keyboard.press("Enter")
    field.first.fill(day)
    screen.page.keyboard.press("Enter")
    screen.settled()


def test_two_days_entered_one_after_another_are_both_kept(sample: Screen) -> None:
    sample.open("/results")
    sample.page.get_by_text("Кто и когда начал").first.click()
    sample.settled()
    enter_date(sample, 0, "2025-07-01")
    enter_date(sample, 1, "2025-08-01")
    kept = register(sample)
    assert [one.date for one in kept] == [date(2025, 7, 1), date(2025, 8, 1)]
    sample.page.reload()
    sample.settled()
    sample.page.get_by_text("Кто и когда начал").first.click()
    sample.settled()
    sample.see("По карте работают 2 из 12 менеджеров")
