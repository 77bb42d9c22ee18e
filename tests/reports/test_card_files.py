"""Files of the technology card: every step, role and norm is in them, as people's own programs read them."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from sbyt_core.cards import Card, Step
from sbyt_core.cards.change import change_step
from sbyt_core.cards.life import ACKNOWLEDGE, AGREE, Act, CardVersion, lived
from sbyt_core.cards.starters import STARTERS, starter
from sbyt_core.errors import SbytError
from sbyt_core.practice import as_log, followed
from sbyt_core.practice.log import Observation
from sbyt_core.reports import (
    CardFacts,
    acknowledgement_sheet_docx,
    card_checklist_xlsx,
    job_description_docx,
    job_descriptions_zip,
    service_sheet_docx,
    training_sheet_docx,
)
from sbyt_core.strategies import StrategyBook
from sbyt_core.texts import LANGUAGES, speech
from tests.cards.making import differing, small

FACTS = CardFacts("ООО «Ромашка»", 3, date(2026, 3, 2), datetime(2026, 3, 2, 12))
UNFRIENDLY = "=1+1 <b>\x00\x0b&amp; [ссылка](x)"
BOOK = StrategyBook.default()


def text_of(content: bytes) -> str:
    """All text of a docx file, paragraphs and cells."""
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def version(card: Card) -> CardVersion:
    made = CardVersion(3, card, "Не успевали", ("Анна",), {"Менеджер": ("Иван", "Ольга"), "Склад": ("Пётр",)}, date(2026, 3, 5))
    at = datetime(2026, 3, 3, 10)
    return lived(made, [Act(AGREE, "Анна"), Act(ACKNOWLEDGE, "Ольга", "Менеджер", at=at)])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", STARTERS)
def test_job_descriptions_hold_every_step_of_every_role_with_its_norm(code: str, lang: str) -> None:
    card = starter(code, speech(lang))
    package = zipfile.ZipFile(io.BytesIO(job_descriptions_zip(card, lang=lang, facts=FACTS)))
    assert len(package.namelist()) == len(card.roles)
    for role, name in zip(card.roles, package.namelist(), strict=True):
        text = text_of(package.read(name))
        assert role in text
        own = [step for step in card.all_steps() if step.role == role]
        assert own
        for step in own:
            minutes = speech(lang)("card.minutes", minutes=speech(lang).num(step.norm_minutes))
            assert all(words in text for words in (step.operation, step.script, step.trigger, step.check, minutes))
            assert all(one.then in text for one in step.exceptions)


def test_what_other_clients_get_stands_beside_the_step() -> None:
    text = text_of(job_description_docx(differing(), "Менеджер", facts=FACTS))
    assert "Сегмент C: норма – 1 мин" in text
    assert "Сегмент C: шаг не выполняется" in text
    assert "версия 3, действует с 02.03.2026" in text


def test_targets_stand_beside_what_was_done_each_with_its_n() -> None:
    def done(key: str, day: int, was: bool, in_time: bool | None, minutes: float) -> Observation:
        moment = datetime(2026, 3, 2, 9) + timedelta(days=day)
        return Observation(moment, "Иван", "k1", "Альфа", key, was, f"д{day}", in_time, minutes if was else None)

    rows = [done("s1", day, day < 18, day < 9 if day < 18 else None, 5.0) for day in range(24)] + [done("s2", 0, True, True, 3.0)]
    text = text_of(job_description_docx(small(), "Менеджер", practice=followed(as_log(rows), small()))).replace("\u00a0", " ")
    # 18 of 24 and 9 of 18: Wilson's 95 % intervals are 55.1–88.0 % and 29.0–71.0 % (Newcombe 1998, method 3)
    assert "75 % (55–88 %), n = 24" in text
    assert "мало данных, n = 18" in text
    assert "мало данных, n = 1" in text
    assert "5 мин, n = 18" in text


def test_a_role_that_the_card_does_not_name_has_no_sheets() -> None:
    for make in (job_description_docx, training_sheet_docx):
        with pytest.raises(SbytError, match="not_a_choice"):
            make(small(), "Директор")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_service_sheet_says_the_strategy_and_the_steps_of_its_segment(lang: str) -> None:
    card = starter("distribution", speech(lang))
    text = text_of(service_sheet_docx(card, BOOK["C"], lang=lang, facts=FACTS))
    assert all(step.operation in text and step.script in text for step in card.steps_for("C"))
    assert card.step("s10").operation in text  # named as what is not done
    assert card.step("s10").script not in text
    assert speech(lang)("strategy.C.goal") in text
    assert speech(lang)("cardfile.only_here") in text_of(service_sheet_docx(card, BOOK["A"], lang=lang))


def test_a_training_sheet_has_a_row_a_step_to_tick() -> None:
    document = Document(io.BytesIO(training_sheet_docx(small(), "Менеджер", facts=FACTS)))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert [row[1] for row in rows[1:]] == ["Принять", "Проверить", "Оформить", "Спросить"]
    assert rows[1][3:] == ["4 мин", "–", "☐", "☐", "☐"]


def test_the_acknowledgement_sheet_tells_who_has_and_who_has_not() -> None:
    document = Document(io.BytesIO(acknowledgement_sheet_docx(version(small()))))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows][1:]
    assert rows == [["Менеджер", "Иван", "", ""], ["Менеджер", "Ольга", "03.03.2026", ""], ["Склад", "Пётр", "", ""]]
    text = text_of(acknowledgement_sheet_docx(version(small())))
    assert "Ознакомились: 1 из 3" in text
    assert "Не успевали" in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_checklist_has_a_sheet_for_everybody_and_for_each_segment_that_differs(lang: str) -> None:
    card = starter("distribution", speech(lang))
    book = openpyxl.load_workbook(io.BytesIO(card_checklist_xlsx(card, lang=lang, facts=FACTS)), data_only=True)
    assert len(book.worksheets) == 1 + len(card.differences)
    for sheet, kind in zip(book.worksheets, [None, *card.differences], strict=True):
        rows = [row for row in sheet.iter_rows(values_only=True) if isinstance(row[0], (int, float))]
        steps = card.steps_for(kind)
        assert [(row[1], row[2], row[3], row[4]) for row in rows] == [(s.operation, s.role, s.check, s.norm_minutes) for s in steps]
        total = next(row[4] for row in sheet.iter_rows(values_only=True) if row[1] == speech(lang)("report.total"))
        assert total == sum(s.norm_minutes or 0 for s in steps)
        assert len(sheet.data_validations.dataValidation) == 2


def test_a_checklist_of_a_card_without_a_norm_has_no_total() -> None:
    book = openpyxl.load_workbook(io.BytesIO(card_checklist_xlsx(change_step(small(), "s1", {"norm_minutes": None}))))
    assert speech("ru")("report.total") not in [row[1] for row in book.worksheets[0].iter_rows(values_only=True)]


def test_unfriendly_text_is_text() -> None:
    card = Card(UNFRIENDLY, (Step("s1", UNFRIENDLY, UNFRIENDLY, script=UNFRIENDLY, norm_minutes=1.0),), purpose=UNFRIENDLY)
    shown = UNFRIENDLY.replace("\x00", "").replace("\x0b", "")
    role = card.roles[0]
    for content in (job_description_docx(card, role), training_sheet_docx(card, role), service_sheet_docx(card, BOOK["A"])):
        assert shown in text_of(content)
    sheet = openpyxl.load_workbook(io.BytesIO(card_checklist_xlsx(card))).worksheets[0]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == shown)
    assert cell.data_type == "s"


def test_a_draft_says_that_it_is_one() -> None:
    assert "черновик, не утверждён" in text_of(job_description_docx(small(), "Склад"))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_sheets_whole(tmp_path: Path) -> None:
    card = starter("production", speech("ru"))
    files = {
        **{f"job{number}": job_description_docx(card, role, facts=FACTS) for number, role in enumerate(card.roles)},
        "service": service_sheet_docx(card, BOOK["A"], facts=FACTS),
        "training": training_sheet_docx(card, card.roles[0], facts=FACTS),
        "sign": acknowledgement_sheet_docx(version(card)),
    }
    for name, content in files.items():
        (tmp_path / f"{name}.docx").write_bytes(content)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    sources = [str(tmp_path / f"{name}.docx") for name in files]
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(tmp_path), *sources]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    texts = {name: (tmp_path / f"{name}.txt").read_text(encoding="utf-8") for name in files}
    own = [step for step in card.all_steps() if step.role == card.roles[0]]
    for step in own:
        assert step.operation in texts["training"]
    for step in card.all_steps():
        job = texts[f"job{card.roles.index(step.role)}"]
        assert step.role in job
        assert step.operation in job
        assert step.script in job
        assert f"{step.norm_minutes:.0f} мин" in job
    for step in card.steps_for("A"):
        assert step.operation in texts["service"]
        assert step.role in texts["service"]
        assert f"{step.norm_minutes:.0f} мин" in texts["service"]
    assert "Ольга" in texts["sign"]
