"""The same figures of the segments by the command, on the page and in the workbook: of the sample, of Superstore and of CDNOW.

The public files are read where they lie; a file that is not at hand skips its test.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.__main__ import main
from sbyt_core.sales.read import read_sales_bytes
from sbyt_core.store import Store
from sbyt_core.texts import LANGUAGES, Speech, speech
from tests.shared_data import ABSENT, DATA

App = Callable[..., AppTest]
ROOT = Path(__file__).resolve().parents[2]
# file, roles told by the user, and lines, clients and revenue that its publishers give (none for the sample)
FILES: dict[str, tuple[Path, dict[str, str], tuple[int, int, float] | None]] = {
    "sample": (ROOT / "sample_data" / "sales.xlsx", {}, None),
    "superstore": (DATA / "real" / "superstore_biff8_3sheets.xls", {}, (9_994, 793, 2_297_200.86)),
    "cdnow": (DATA / "CDNOW_sample.txt", {"client": "B", "date": "C", "revenue": "E"}, (6_919, 2_357, 244_091.94)),
}


@pytest.fixture(params=FILES)
def given(request: pytest.FixtureRequest) -> tuple[Path, dict[str, str], tuple[int, int, float] | None]:
    path, roles, published = FILES[request.param]
    if not path.exists():
        pytest.skip(f"{path.name} is {ABSENT}")
    return path, roles, published


@pytest.mark.parametrize("lang", LANGUAGES)
def test_command_page_and_workbook_agree(given, lang: str, home: Path, app: App, capsys: pytest.CaptureFixture[str]) -> None:
    path, roles, published = given
    book = home / "segments.xlsx"
    options = [option for role, header in roles.items() for option in ("--map", f"{role}={header}")]
    assert main(["segment", str(path), *options, "--json", "--lang", lang, "--out", str(book)]) == 0
    told = json.loads(capsys.readouterr().out)

    content = path.read_bytes()
    sales = read_sales_bytes(content, name=path.name, mapping=roles or None)
    if published:
        assert (len(sales.lines), sales.lines["client_key"].nunique(), round(sales.lines["revenue"].sum(), 2)) == published
    store = Store(home=home)
    project = store.create_project("Company")
    store.add_dataset(project.id, sales, content, shape=sales.report.shape)
    store.close()
    at = app(lang, "pages/2_segments.py")
    assert not at.exception

    say = speech(lang)
    shown, written = cards(at, say), classes_of(book, say)
    for code, figures in told["segments"].items():
        if not figures["clients"]:
            continue
        assert shown[code][0].split(" · ")[0] == say("words.clients", n=figures["clients"])
        assert say.money(figures["revenue"], "RUB") in shown[code][1]
        assert written[code]["clients"] == figures["clients"]
        assert written[code]["revenue"] == pytest.approx(figures["revenue"], abs=0.005)
        if figures["profit"] is not None:
            assert say.money(figures["profit"], "RUB") in shown[code][2]
            assert written[code]["profit"] == pytest.approx(figures["profit"], abs=0.005)
        if code != "new":
            assert say.percent(figures["clients_share"]) in shown[code][0]
            assert written[code]["clients_share"] == pytest.approx(figures["clients_share"])
    for guard, light in zip(told["guards"], at.metric, strict=False):
        assert light.value.startswith(say.percent(guard["value"]))
    assert sum(part["revenue"] for part in told["segments"].values()) == pytest.approx(
        told["revenue"] - told["unassigned"]["revenue"] - told["aggregate"]["revenue"], abs=0.05
    )


def cards(at: AppTest, say: Speech) -> dict[str, list[str]]:
    """The lines of figures of every card, by segment; the cards stand in the order of the segments."""
    blocks = [element.value.replace("\\", "").split("  \n") for element in at.markdown]
    found = [block for block in blocks if len(block) > 2 and block[1].startswith(say("three.revenue", money=""))]
    return dict(zip(("A", "B", "C", "new"), found, strict=False))


def classes_of(book: Path, say: Speech) -> Mapping[str, Mapping[str, float]]:
    """The table of classes of the summary sheet: figures by column code, by segment."""
    sheet = openpyxl.load_workbook(book, data_only=True).worksheets[0]
    rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    top = next(place for place, row in enumerate(rows) if row[0] == say("report.column.segment"))
    columns = {
        code: next(place for place, text in enumerate(rows[top]) if text and text.split(",")[0] == say(f"report.column.{code}"))
        for code in ("clients", "clients_share", "revenue", "profit")
        if any(text and text.split(",")[0] == say(f"report.column.{code}") for text in rows[top])
    }
    named = {say(f"strategy.{code}.name"): code for code in ("A", "B", "C", "new")}
    return {named[row[0]]: {code: row[place] for code, place in columns.items()} for row in rows[top + 1 :] if row[0] in named}
