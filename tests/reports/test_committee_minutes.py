"""Minutes in Word: everything that was decided stands in them, in both languages; python-docx and LibreOffice open them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from sbyt_core.committee import Committee, CommitteeMember, events, situations
from sbyt_core.reports import MeetingFacts, committee_minutes_docx
from sbyt_core.texts import LANGUAGES
from tests.committee.making import DAY, Board

MEETING = DAY + timedelta(days=40)


def facts(since: date | None = None) -> MeetingFacts:
    board = Board()
    board.open("a", step="s2", client="ООО «Вега»", client_key="77", text="Просят отсрочку <b>сверх</b> лимита")
    board.analyse("a")
    board.decide("a", text="Разобрать с отделом")
    board.carry_out("a")
    board.review("a")
    board.open("b", text="Нет товара на складе")
    board.open("o", text="Клиент растёт", source="override", client="АО «Сириус»", extra={"segment": "A", "computed": "B"})
    board.write("o", events.rule(board.of("o"), day=MEETING, approved=False, text="Подождём квартал"))
    board.open("c", text="Опять просрочили ответ")
    board.analyse("c", "card_wrong")
    board.decide("c", text="Сократить шаг", responsible="Вера")
    committee = Committee((CommitteeMember("Анна", "Директор", "chair"), CommitteeMember("Борис")), place="Переговорная")
    return MeetingFacts(committee, situations(board.records), MEETING, since, {"s2": "Проверить долг"})


def words(content: bytes) -> str:
    paper = Document(BytesIO(content))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in paper.paragraphs), *cells])


def test_everything_decided_stands_in_the_minutes() -> None:
    text = words(committee_minutes_docx(facts(), project_name="Ромашка"))
    for part in (
        "Анна, Директор, председатель",
        "Найти причину. № 2: Нет товара на складе",
        "ООО «Вега», Проверить долг: Просят отсрочку <b>сверх</b> лимита",
        "Сотрудник не готов",
        "Обучить: Разобрать с отделом",
        "выполнение шага «Проверить долг»: было 50\u00a0% (наблюдений: 40)",
        "80\u00a0% (наблюдений: 40) – лучше, чем когда решали",
        "Помогло",
        "B → A",
        "Отклонено. Подождём квартал",
        "Вера",
        "08.09.2025",
        "Переговорная",
    ):
        assert part in text, part
    assert "Просрочено. № 4: Опять просрочили ответ" in text


def test_what_was_decided_before_the_last_meeting_is_not_decided_again() -> None:
    text = words(committee_minutes_docx(facts(since=DAY + timedelta(days=1))))
    assert "Разобрать с отделом" in text, "it is reviewed at this meeting"
    assert "ООО «Вега», Проверить долг: Просят" not in text


def test_an_empty_board_gives_minutes_to_be_filled_by_hand() -> None:
    text = words(committee_minutes_docx(MeetingFacts(Committee(), (), DAY, None, {})))
    assert "Открытых вопросов на этот день нет." in text
    assert "____" in text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_minutes(lang: str, tmp_path: Path) -> None:
    (tmp_path / "minutes.docx").write_bytes(committee_minutes_docx(facts(), lang=lang, project_name="Ромашка"))
    profile = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), str(tmp_path / "minutes.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    text = (tmp_path / "minutes.txt").read_text(encoding="utf-8", errors="replace")
    assert "Разобрать с отделом" in text
    assert "Проверить долг" in text
