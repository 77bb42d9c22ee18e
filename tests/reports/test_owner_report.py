"""The report for the owner: three shapes of one story, native charts, figures equal to the outcome's, no word of the other language."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from docx import Document
from pptx import Presentation
from pptx.util import Cm, Pt

from sbyt_core.errors import BadInput
from sbyt_core.reports.kit.native_charts import LEAST_LETTERS, Size, lowest, name_letters, stack, strip
from sbyt_core.reports.kit.story import Interval, Series, Story, levels
from sbyt_core.reports.owner.chapters import owner_story
from sbyt_core.reports.owner.report import SHAPES, owner_report
from sbyt_core.results.evidence.evidence import measure_effect
from sbyt_core.results.kpis import Beside
from sbyt_core.results.model import Rollout, Settings
from sbyt_core.results.outcome import Outcome, outcome
from sbyt_core.texts import LANGUAGES, speech
from tests.clients.making import day, sales_data

CYRILLIC = re.compile("[А-Яа-яЁё]")
MADE_AT = datetime(2026, 1, 12, 10, 0)
START = "2025-07-01"


def company(*, profit: bool = True, name: str = "Client"):
    """Eight reps with five clients each over three years; from July 2025 four of them sell a fifth more, of one item."""
    rows = []
    for month in range(36):
        date = f"{2023 + month // 12}-{month % 12 + 1:02d}-15"
        for rep in range(8):
            for client in range(5):
                lift = 1.2 if rep < 4 and date >= START else 1.0
                wobble = 1 + 0.05 * ((7 * month + 3 * rep + client) % 5 - 2)
                revenue = round(1000.0 * (client + 1) * lift * wobble, 2)
                key = f"{name} {rep}{client}"
                rows.append(
                    {
                        "date": date,
                        "client_key": key,
                        "document": f"{month}/{rep}/{client}",
                        "item": "Bolt",
                        "quantity": revenue / 10,
                        "manager": f"Rep {rep}",
                        "revenue": revenue,
                        **({"profit": round(revenue * 0.2, 2)} if profit else {}),
                    }
                )
    sales = sales_data(rows)
    sales.lines.loc[sales.lines.index[-1], "date"] = sales.lines["date"].max() + pd.Timedelta(days=16)
    return sales


@pytest.fixture(scope="module")
def found() -> Outcome:
    sales = company()
    starts = [Rollout(f"Rep {rep}", day(START)) for rep in range(4)]
    effect = measure_effect(sales, starts, Settings(measure="profit", assigned="random", resources="same"))
    same = Beside(hours=960, headcount=8, payroll=800_000)
    return outcome(sales, rollout=day(START), measure="profit", effect=effect, beside=(same, same))


def made(found: Outcome, shape: str, lang: str = "ru") -> bytes:
    return owner_report(found, shape, lang=lang, project_name="Romashka", made_at=MADE_AT)


def texts_of(content: bytes, shape: str) -> str:
    if shape == "pptx":
        slides = Presentation(BytesIO(content)).slides
        cells = [cell.text for slide in slides for s in slide.shapes if s.has_table for row in s.table.rows for cell in row.cells]
        return "\n".join([s.text_frame.text for slide in slides for s in slide.shapes if s.has_text_frame] + cells)
    if shape == "docx":
        page = Document(BytesIO(content))
        cells = [cell.text for table in page.tables for row in table.rows for cell in row.cells]
        return "\n".join([p.text for p in page.paragraphs] + cells)
    book = openpyxl.load_workbook(BytesIO(content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str))


def story_of(found: Outcome, lang: str) -> Story:
    return owner_story(found, speech(lang), project_name="Romashka", made_at=MADE_AT)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_finding_stands_in_every_shape(found: Outcome, shape: str, lang: str) -> None:
    said = texts_of(made(found, shape, lang), shape)
    for chapter in story_of(found, lang).chapters:
        assert chapter.title in said, chapter.code
        assert all(point in said for point in chapter.points), chapter.code
    if lang == "en":
        assert not CYRILLIC.search(said)


def test_six_to_eight_slides_with_native_charts(found: Outcome) -> None:
    slides = Presentation(BytesIO(made(found, "pptx"))).slides
    assert 6 <= len(slides) <= 8
    charts = [shape.chart for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(charts) == sum(chapter.chart is not None for chapter in story_of(found, "ru").chapters) >= 4
    assert all(not any(s.shape_type == 13 for s in slide.shapes) for slide in slides), "no pictures of charts"


def test_the_document_has_the_same_charts_with_their_workbooks(found: Outcome) -> None:
    names = zipfile.ZipFile(BytesIO(made(found, "docx"))).namelist()
    charts = [name for name in names if name.startswith("word/charts/chart")]
    assert len(charts) == len([name for name in names if name.startswith("word/embeddings/")])
    chapters = story_of(found, "ru").chapters
    assert len(charts) == sum((chapter.chart is not None) + (chapter.interval is not None) for chapter in chapters) >= 5


def test_figures_of_the_slides_are_those_of_the_outcome(found: Outcome) -> None:
    slides = Presentation(BytesIO(made(found, "pptx"))).slides
    months = next(shape.chart for slide in slides for shape in slide.shapes if shape.has_chart)
    assert list(months.plots[0].series[1].values) == pytest.approx(found.months["now"].tolist())


def test_the_workbook_holds_the_same_figures_and_its_waterfall_adds_up(found: Outcome) -> None:
    say = speech("ru")
    book = openpyxl.load_workbook(BytesIO(made(found, "xlsx")))
    board = {row[0]: row[1:] for row in book[say("owner.sheet.board")].iter_rows(values_only=True)}
    assert board[say("kpi.profit")][:2] == pytest.approx(tuple(found.figure("profit")[["before", "after"]]))
    assert board[say("kpi.headcount")][:2] == (8, 8)
    for code in ("sources", "items"):
        steps = [
            row[1] for row in book[say(f"owner.sheet.{code}")].iter_rows(min_row=2, values_only=True) if isinstance(row[1], (int, float))
        ]
        assert round(sum(steps), 2) == round(found.decomposition.after, 2)
    clients = list(book[say("owner.sheet.clients")].iter_rows(min_row=2, values_only=True))
    assert len(clients) == 40
    assert sum(row[4] for row in clients) == pytest.approx(found.decomposition.change, abs=0.5)


def test_a_confirmed_effect_is_said_with_its_interval_and_money(found: Outcome) -> None:
    assert found.effect is not None
    assert found.effect.verdict == "confirmed"
    first = story_of(found, "en").chapters[0]
    assert first.title.startswith("The rollout worked")
    assert first.interval is not None
    assert first.interval.low <= 0.2 <= first.interval.high
    assert "In money" in first.points[0]


@pytest.mark.parametrize("shape", SHAPES)
def test_without_a_rollout_and_without_profit_there_is_still_a_report(shape: str) -> None:
    alone = outcome(company(profit=False), measure="revenue")
    said = texts_of(made(alone, shape), shape)
    assert speech("ru")("owner.no_rollout") in said
    assert speech("ru")("owner.register") in said
    assert speech("ru")("kpi.profit") not in said.split("\n")


@pytest.mark.parametrize("shape", SHAPES)
def test_names_from_a_file_are_shown_as_text(shape: str) -> None:
    hostile = outcome(company(name="=1+1\x00<b>"), measure="revenue")
    said = texts_of(owner_report(hostile, shape, project_name="=cmd|' /C calc'!A0\x07"), shape)
    assert "=cmd|' /C calc'!A0" in said
    if shape == "xlsx":
        book = openpyxl.load_workbook(BytesIO(owner_report(hostile, shape)))
        formulas = [c.value for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
        assert all(str(one).startswith("=SUM(B") for one in formulas)


def test_the_same_outcome_gives_the_same_workbook(found: Outcome) -> None:
    assert made(found, "xlsx") == made(found, "xlsx")


def test_a_shape_that_does_not_exist(found: Outcome) -> None:
    with pytest.raises(BadInput, match="not_a_choice"):
        owner_report(found, "pdf")


@pytest.mark.parametrize("steps", [[100, 30, -20, 110], [-50, 80, -10, 20], [10, -30, 5, -15], [0, 0, 0]])
def test_every_step_of_a_waterfall_stands_where_the_last_one_ended(steps: list[float]) -> None:
    rows = stack(Series("x", tuple(map(float, steps)), "up"))
    for place, (start, end) in enumerate(levels(steps)):
        low, high = min(start, end), max(start, end)
        coloured = [values[place] for name, values in rows.items() if name not in ("lift", "label") and values[place] is not None]
        assert sum(abs(value) for value in coloured) == pytest.approx(high - low)  # type: ignore[arg-type]
        if low > 0:
            assert rows["lift"][place] == low


@pytest.mark.parametrize(
    ("low", "high", "bars"),
    [
        (0.10, 0.25, {"lift": 0.10, "interval": 0.15}),
        (-0.05, 0.20, {"low": -0.05, "high": 0.20}),
        (-0.3, -0.1, {"lift": -0.1, "interval": -0.2}),
    ],
)
def test_the_strip_reaches_from_the_low_end_to_the_high_one(low: float, high: float, bars: dict[str, float]) -> None:
    assert strip(Interval(low, (low + high) / 2, high, 0.1, ("",) * 5, True)) == pytest.approx(bars)


def test_the_longest_word_under_a_column_stays_whole() -> None:
    """Nine columns over 30 cm: 3 cm each for «Рентабельность», 14 letters of 0.62 of their height: 9.8 points at most."""
    wide = Size(0, 0, Cm(30), Cm(10))
    nine = ["Рентабельность", *["Было"] * 8]
    assert name_letters(nine, wide) == Pt(9.5)
    assert name_letters(["Было", "Стало"], wide) == wide.letters
    assert name_letters(nine, Size(0, 0, Cm(5), Cm(5))) == LEAST_LETTERS


def test_the_axis_of_a_waterfall_begins_below_its_lowest_level() -> None:
    assert lowest(Series("x", (1000.0, 50.0, -20.0, 1030.0), "up")) < 1000  # type: ignore[operator]
    assert lowest(Series("x", (10.0, -30.0, -20.0), "up")) is None


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("shape", ["pptx", "docx"])
def test_libreoffice_opens_it(found: Outcome, shape: str, tmp_path: Path) -> None:
    source = tmp_path / f"owner.{shape}"
    source.write_bytes(made(found, shape))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", "--headless", profile, "--convert-to", "pdf", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    content = (tmp_path / "owner.pdf").read_bytes()
    assert content.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", content)) >= (len(story_of(found, "ru").chapters) if shape == "pptx" else 3)
