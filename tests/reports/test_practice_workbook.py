"""The workbook of practice: the figures of the log with n and interval, and no share where there is too little data."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from sbyt_core.cards.change import drop_step
from sbyt_core.practice.followed import followed
from sbyt_core.practice.read_log import BadRow
from sbyt_core.reports import bad_rows_workbook, practice_workbook
from sbyt_core.texts import LANGUAGES, speech
from tests.practice.making import card, log, run, version

STEPS = [("s1", True), ("s2", False)]
BAD = (BadRow("Журнал", 7, ("log_unknown_client", "log_bad_minutes"), ("=1+1", "", "<b>К</b>")),)


def result(orders: int = 25):
    return followed(log(*(run(f"З{i}", STEPS, minutes=4.0, in_time=True, client=f"К{i % 5}") for i in range(orders))), card(2), {"К1": "A"})


def rows(content: bytes, sheet: str) -> list[tuple]:
    return list(openpyxl.load_workbook(BytesIO(content))[sheet].iter_rows(values_only=True))


def test_shares_stand_with_their_interval() -> None:
    content = practice_workbook(result(), lang="ru", project_name="Ромашка", bad=BAD)
    table = rows(content, "Шаги")
    done = next(row for row in table if row[0] == "Принять заявку" and row[1] == "Выполнено")
    assert done[2:5] == (25, 25, 1)
    assert done[5] == pytest.approx(0.8668, abs=1e-4), "25 of 25 by hand: 25 / (25 + 1.96²)"
    missed = next(row for row in table if row[0] == "Проверить долг" and row[1] == "Выполнено")
    assert missed[2:5] == (0, 25, 0)
    assert len(rows(content, "Заказы")) == 3 + 1 + 25


def test_too_little_data_shows_its_n_and_no_share() -> None:
    table = rows(practice_workbook(result(5), lang="ru"), "Сотрудники")
    anna = next(row for row in table if row[0] == "Анна" and row[1] == "Без пропусков")
    assert anna[2:] == (0, 5, None, None, None, "мало данных")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sheet_is_there_in_the_language(lang: str) -> None:
    book = openpyxl.load_workbook(BytesIO(practice_workbook(result(), lang=lang, bad=BAD)))
    say = speech(lang)
    kinds = ("steps", "employees", "people_steps", "kinds", "weeks", "minutes", "experience", "orders", "bad")
    assert book.sheetnames == [say(f"practice.sheet.{name}") for name in kinds]


def test_bad_rows_are_written_letter_by_letter_with_all_their_faults() -> None:
    table = rows(bad_rows_workbook(BAD, ("Клиент", "Шаг", "Кто")), "Не принято")
    assert table[3] == ("Лист", "Строка", "Почему не принято", "Клиент", "Шаг", "Кто")
    assert table[4][0:2] == ("Журнал", 7)
    assert table[4][2] == "такого клиента нет в продажах; минуты не число или больше 480"
    assert table[4][3] == "=1+1"
    sheet = openpyxl.load_workbook(BytesIO(bad_rows_workbook(BAD, ("Клиент", "Шаг", "Кто")))).active
    assert sheet["D5"].data_type == "s"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_that_the_card_no_longer_has_stands_under_its_name(lang: str) -> None:
    now = drop_step(card(2), "s2")
    versions = [version(2, now, date(2025, 8, 1)), version(1, card(2), date(2025, 7, 1))]
    content = practice_workbook(followed(log(*(run(f"З{i}", STEPS) for i in range(25))), now, versions=versions), lang=lang)
    name = speech(lang)("practice.step.gone", operation="Проверить долг")
    (row,) = [row for row in rows(content, speech(lang)("practice.sheet.steps")) if row[0] == name]
    assert row[2:5] == (0, 25, 0)
    assert {row[8] for row in rows(content, speech(lang)("practice.sheet.orders"))[4:]} == {name}
