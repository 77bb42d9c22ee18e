"""The segments page as it is met: clicks to the first list, pictures that filter, files that open elsewhere, every light and width."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from itertools import product
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, expect

from sbyt_core.sales.read import read_sales_bytes
from sbyt_core.store import Store
from tests.browser.conftest import Screen, Server, window
from tests.browser.test_every_page import CYRILLIC, fits
from tests.browser.test_journeys import CASES, cuts, finding
from tests.browser.test_segments_journeys import POINT, choose, slide, take
from tests.pages.test_segments_page import large_file

COUNT_CLICKS = "window.__clicks = 0; addEventListener('click', event => { if (event.isTrusted) window.__clicks += 1; }, true);"
CONVERT_SECONDS = 180


def filters(screen: Screen) -> tuple[str, str]:
    """What the filters of segment and state hold."""
    return tuple(screen.page.locator(f".st-key-list_{name}").inner_text() for name in ("segment", "state"))  # type: ignore[return-value]


def counted(screen: Screen) -> int:
    """Clients that the list says it holds."""
    return int(re.sub(r"\D", "", screen.page.get_by_text(re.compile("клиент.* в списке")).first.inner_text().split("клиент")[0]))


def test_a_bar_of_the_states_filters_the_list(sample: Screen) -> None:
    everybody = counted(sample)
    choose(sample, "Состояния")
    sample.page.locator(".js-plotly-plot .barlayer .trace").nth(2).locator(".point path").nth(1).click(force=True)
    expect(sample.page.locator(".st-key-list_clear")).to_be_visible(timeout=20_000)
    sample.settled()
    segment, state = filters(sample)
    assert "B" in segment
    assert "опаздывает" in state
    assert 0 < counted(sample) < everybody
    sample.click("Показать всех")
    assert counted(sample) == everybody
    sample.click("C – эпизодически")
    assert "C" in filters(sample)[0]


def test_the_workbook_opens_in_other_programs_with_its_chart(sample: Screen, tmp_path: Path) -> None:
    content = take(sample, "Список в Excel")
    sheets = openpyxl.load_workbook(BytesIO(content)).worksheets
    assert sum(len(sheet._charts) for sheet in sheets) == 1
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    (tmp_path / "list.xlsx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "ods", "--outdir", str(tmp_path), str(tmp_path / "list.xlsx")]
    subprocess.run(command, check=True, capture_output=True, timeout=CONVERT_SECONDS)
    back = [*command[:4], "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "back"), str(tmp_path / "list.ods")]
    subprocess.run(back, check=True, capture_output=True, timeout=CONVERT_SECONDS)
    again = openpyxl.load_workbook(tmp_path / "back" / "list.xlsx", data_only=True)
    assert again.sheetnames == [sheet.title for sheet in sheets]
    assert sum(len(sheet._charts) for sheet in again.worksheets) == 1
    texts = {cell.value for row in again.worksheets[0].iter_rows(max_col=2) for cell in row}
    assert 67 in texts, "the clients of A"


def test_four_clicks_from_nothing_to_the_list_of_the_sample(screen: Screen) -> None:
    screen.page.add_init_script(COUNT_CLICKS)
    screen.open("/")
    screen.click("Открыть пример")
    screen.page.wait_for_url(re.compile("/segments"), timeout=60_000)
    screen.settled()
    assert take(screen, "Список в Excel")[:2] == b"PK"
    assert screen.page.evaluate("window.__clicks") <= 4


def test_five_clicks_from_nothing_to_the_list_of_an_own_file(screen: Screen) -> None:
    screen.page.add_init_script(COUNT_CLICKS)
    screen.open("/")
    screen.page.get_by_role("link", name="Данные").first.click()
    screen.settled()
    with screen.page.expect_file_chooser() as chooser:
        screen.page.locator('[data-testid="stFileUploaderDropzone"] button').first.click()
    chooser.value.set_files(str(CASES / "c001_control_plain.xlsx"))
    screen.settled()
    screen.click("Разделить 12 клиентов")
    assert take(screen, "Список в Excel")[:2] == b"PK"
    assert screen.page.evaluate("window.__clicks") <= 5


def test_a_restart_loses_nothing(sample: Screen) -> None:
    sample.page.get_by_role("button", name="Закрепить сценарий").click()
    sample.page.get_by_label("Название").fill("До обеда")
    sample.page.get_by_role("button", name="Закрепить", exact=True).click()
    sample.settled()
    slide(sample, -7)
    sample.page.locator(POINT).nth(30).click(force=True)
    dialog = sample.page.get_by_role("dialog")
    dialog.get_by_label("Почему", exact=True).fill("Ведёт сам директор")
    dialog.get_by_role("radio", name="C", exact=True).or_(dialog.get_by_role("button", name="C", exact=True)).first.click()
    dialog.get_by_role("button", name="Назначить сегмент").click()
    expect(sample.page.get_by_role("dialog")).to_have_count(0, timeout=20_000)
    sample.settled()
    before = finding(sample), cuts(sample)

    sample.page.reload()
    sample.settled()
    assert (finding(sample), cuts(sample)) == before
    sample.server.restart()
    sample.open("/segments")
    assert (finding(sample), cuts(sample)) == before
    expect(sample.page.get_by_role("button", name="До обеда", exact=True)).to_be_visible()
    sample.page.get_by_text("Только решённые вручную").click()
    sample.settled()
    assert counted(sample) == 1


@pytest.fixture
def large(chromium: Browser, tmp_path: Path) -> Iterator[Screen]:
    """The segments of a company of more clients than a file is made of at a click."""
    content = large_file()
    sales = read_sales_bytes(content, name="sales.csv")
    store = Store(home=tmp_path)
    store.add_dataset(store.create_project("Большая база").id, sales, content, shape=sales.report.shape)
    store.close()
    server = Server(tmp_path)
    server.start()
    screen, context = window(chromium, server)
    yield screen.open("/segments")
    context.close()
    server.stop()


def test_a_large_list_is_prepared_under_a_bar_and_then_taken(large: Screen) -> None:
    large.page.get_by_role("button", name="Подготовить список").click()
    expect(large.page.get_by_role("progressbar").first).to_be_visible(timeout=20_000)
    expect(large.page.get_by_role("button", name="Список в Excel", exact=True)).to_be_visible(timeout=120_000)
    book = openpyxl.load_workbook(BytesIO(take(large, "Список в Excel")), read_only=True)
    assert sum(sheet.max_row for sheet in book if sheet.title in ("A", "B", "C")) > 20_000


def test_every_language_light_and_width(chromium: Browser, furnished: Server) -> None:
    for locale, scheme, width in product(("ru-RU", "en-US"), ("light", "dark"), (1440, 390)):
        case = f"{locale}, {scheme}, {width}"
        screen, context = window(chromium, furnished, locale=locale, scheme=scheme, width=width)
        screen.open("/segments")
        page = screen.page
        expect(page.locator(".js-plotly-plot").first, case).to_be_visible()
        fits(page, width, scheme, case)
        told = page.locator("button, label, h3, [data-testid=stMetric], [data-testid=stCaption]").all_inner_texts()
        assert bool(CYRILLIC.search(" ".join(told))) == (locale == "ru-RU"), case
        assert screen.outside == [], case
        context.close()
