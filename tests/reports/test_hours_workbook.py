"""The workbook of an hours plan and the lists of contacts: they add up, say what is unchanged, and show untrusted names as text."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

import openpyxl
import pytest
from icalendar import Calendar

from sbyt_core.reports import call_lists_zip, calls_calendar, hours_workbook, manager_calls_workbook
from sbyt_core.reports.kit.book import WRONG
from sbyt_core.segments import Criteria, segment
from sbyt_core.strategies import Manager, StrategyBook, Team, allocate_hours, call_list
from tests.segments.making import table_of
from tests.strategies.test_hours_plan import ANNA, BORIS, plan

MADE_AT = datetime(2026, 1, 12, 9, 30)
START = date(2026, 1, 12)
TITLES = {
    "ru": ["План часов", "Клиенты", "Менеджеры", "Сравнение", "Предположения"],
    "en": ["Hours plan", "Clients", "Managers", "Comparison", "Assumptions"],
}


def sheets(content: bytes) -> dict[str, list[tuple]]:
    book = openpyxl.load_workbook(BytesIO(content), data_only=True)
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def below(rows: list[tuple], header: str) -> list[dict]:
    """Rows of the table whose first header is this, up to an empty row."""
    at = next(number for number, row in enumerate(rows) if row[0] == header)
    names = rows[at]
    found = []
    for row in rows[at + 1 :]:
        if row[0] is None:
            break
        found.append(dict(zip(names, row, strict=True)))
    return found


@pytest.mark.parametrize("lang", ["ru", "en"])
def test_sheets_and_the_line_of_what_is_unchanged(lang: str) -> None:
    found = sheets(hours_workbook(plan(), lang=lang, project_name="Проба", made_at=MADE_AT))
    assert list(found) == TITLES[lang]
    line = {"ru": "Менеджеры: было 2, стало 2", "en": "Managers: before 2, after 2"}[lang]
    for title in TITLES[lang]:
        assert any(line in str(row[0]) for row in found[title]), title


def test_hours_of_clients_and_reserves_add_up_to_the_team() -> None:
    made = plan()
    found = sheets(hours_workbook(made, made_at=MADE_AT))
    clients = below(found["Клиенты"], "Клиент")
    managers = below(found["Менеджеры"], "Менеджер")
    assert len(clients) == len(made.clients)
    spent = sum(row["Часов по плану"] for row in clients)
    total = managers.pop()
    assert spent + sum(row["Запас, ч"] for row in managers) == pytest.approx(22)
    assert total["Часов есть"] == pytest.approx(22)
    assert total["Часов по плану"] == pytest.approx(spent)
    checks = below(found["План часов"], "Проверка")
    assert [(row["Было"], row["Стало"], row["Итог"]) for row in checks] == [
        (22, 22, "не изменилось"),
        (2, 2, "не изменилось"),
        (150_000, 150_000, "не изменилось"),
    ]


def test_the_standards_and_the_reserve_add_up_before_and_after() -> None:
    rows = below(sheets(hours_workbook(plan(), made_at=MADE_AT))["План часов"], "Стандарт")
    total = rows.pop()
    assert rows[-1]["Стандарт"] == "Запас"
    for column in ("Часов сейчас", "Часов по плану"):
        assert sum(row[column] for row in rows) == pytest.approx(22)
        assert total[column] == pytest.approx(22)


def test_the_comparison_has_every_rival_and_the_plan_first() -> None:
    made = plan()
    ways = below(sheets(hours_workbook(made, made_at=MADE_AT))["Сравнение"], "Способ")
    assert ways[0]["Способ"] == "План"
    assert ways[0]["Прирост в месяц, ₽"] == pytest.approx(made.gain.mid)
    assert len(ways) == 6
    assert ways[-1]["Прирост в месяц, ₽"] == 0


def test_the_same_plan_gives_the_same_bytes() -> None:
    assert hours_workbook(plan(), made_at=MADE_AT) == hours_workbook(plan(), made_at=MADE_AT)
    assert call_lists_zip(plan(), start=START, made_at=MADE_AT) == call_lists_zip(plan(), start=START, made_at=MADE_AT)


def test_a_workbook_and_a_calendar_for_every_manager() -> None:
    made = plan()
    calls = call_list(made, start=START)
    archive = zipfile.ZipFile(BytesIO(call_lists_zip(made, start=START, made_at=MADE_AT)))
    assert sorted(archive.namelist()) == sorted(f"{name}.{ending}" for name in (ANNA, BORIS) for ending in ("ics", "xlsx"))
    for name in (ANNA, BORIS):
        mine = calls[calls["manager"] == name]
        found = sheets(archive.read(f"{name}.xlsx"))
        listed = below(found["Контакты"], "Клиент")
        assert [(row["Клиент"], row["Дата"].date()) for row in listed] == [(row.client, row.date.date()) for row in mine.itertuples()]
        weeks = [rows for title, rows in found.items() if title.startswith("Неделя")]
        assert sum(len(below(rows, "Клиент")) - 1 for rows in weeks) == len(mine)  # each with a line of sums
        assert archive.read(f"{name}.xlsx") == manager_calls_workbook(made, name, start=START, made_at=MADE_AT)


def test_the_calendar_opens_and_keeps_the_identity_of_its_events() -> None:
    made = plan()
    mine = call_list(made, start=START)
    mine = mine[mine["manager"] == ANNA]
    content = calls_calendar(made, mine, manager=ANNA, made_at=MADE_AT)
    events = Calendar.from_ical(content).walk("VEVENT")
    assert [event.decoded("dtstart") for event in events] == list(mine["date"].dt.date)
    assert len({str(event["uid"]) for event in events}) == len(mine)
    again = Calendar.from_ical(calls_calendar(made, mine, manager=ANNA, lang="en", made_at=MADE_AT)).walk("VEVENT")
    assert [str(event["uid"]) for event in again] == [str(event["uid"]) for event in events]
    assert str(again[0]["summary"]).startswith("Meeting: ")
    assert str(again[0]["summary"]).endswith(", 45 min")
    assert "Менеджеры: было 2, стало 2" in str(Calendar.from_ical(content)["x-wr-caldesc"])


def test_every_sheet_of_a_manager_says_what_is_unchanged() -> None:
    for title, rows in sheets(manager_calls_workbook(plan(), ANNA, start=START, made_at=MADE_AT)).items():
        assert any("Менеджеры: было 2, стало 2" in str(row[0]) for row in rows), title


def test_names_of_the_file_are_texts_and_never_paths_or_formulas() -> None:
    evil = '=HYPERLINK("http://x","y")\nBEGIN:VEVENT'
    table = table_of([9000, 500, 100, 50], manager="../../Анна: \\ CON")
    table.frame.loc[0, "client"] = evil
    made = allocate_hours(segment(table, Criteria()), StrategyBook.default(), Team((Manager("../../Анна: \\ CON", 20.0),)))
    found = openpyxl.load_workbook(BytesIO(hours_workbook(made, made_at=MADE_AT)))
    cells = [cell for row in found["Клиенты"].iter_rows() for cell in row if cell.value and "HYPERLINK" in str(cell.value)]
    assert [cell.data_type for cell in cells] == ["s"]
    archive = zipfile.ZipFile(BytesIO(call_lists_zip(made, start=START, made_at=MADE_AT)))
    assert not any("/" in name or "\\" in name or ".." in name.removesuffix(".xlsx").strip(".") for name in archive.namelist())
    calendar = archive.read(next(name for name in archive.namelist() if name.endswith(".ics")))
    events = Calendar.from_ical(calendar).walk("VEVENT")
    assert len(events) == len(call_list(made, start=START))
    texts = [str(event[name]) for event in events for name in ("summary", "description")]
    assert evil.partition("\n")[0] in " ".join(texts)
    assert not [text for text in texts if text[:1] in "=+-@\t\r"]


def test_a_plan_that_changes_the_hours_says_so_in_red_on_every_sheet_and_in_the_calendar() -> None:
    made = plan()
    broken = replace(made, clients=made.clients.assign(hours_after=made.clients["hours_after"] + 1))
    calls = call_list(broken, start=START)
    books = [hours_workbook(broken, made_at=MADE_AT), manager_calls_workbook(broken, ANNA, start=START, made_at=MADE_AT)]
    for sheet in (sheet for content in books for sheet in openpyxl.load_workbook(BytesIO(content))):
        line = next(cell for row in sheet.iter_rows(max_row=6) for cell in row if "Менеджеры: было 2, стало 2" in str(cell.value))
        assert "стало 34 – ИЗМЕНИЛОСЬ" in line.value, sheet.title
        assert line.font.color.rgb.endswith(WRONG.lstrip("#"))
    for plan_, word in ((made, "стало 22 – не изменилось"), (broken, "ИЗМЕНИЛОСЬ")):
        calendar = Calendar.from_ical(calls_calendar(plan_, calls[calls["manager"] == ANNA], manager=ANNA, made_at=MADE_AT))
        assert word in str(calendar["x-wr-caldesc"])


@pytest.mark.parametrize(
    ("measure", "month", "price"),
    [
        ("net", "Чистая прибыль в месяц, ₽", "Чистая прибыль ещё одного часа, ₽"),
        ("profit", "Прибыль в месяц, ₽", "Прибыль ещё одного часа, ₽"),
        ("revenue", "Выручка в месяц, ₽", "Выручка ещё одного часа, ₽"),
    ],
)
def test_columns_of_money_name_the_measure_that_they_show(measure: str, month: str, price: str) -> None:
    found = sheets(hours_workbook(replace(plan(), measure=measure), made_at=MADE_AT))
    assert month in below(found["Клиенты"], "Клиент")[0]
    assert month in below(found["План часов"], "Стандарт")[0]
    assert price in below(found["Менеджеры"], "Менеджер")[0]
    ways = below(found["Сравнение"], "Способ")
    assert "Ожидаемая " + month[0].lower() + month[1:] in ways[0]
    word = {"net": "чистой прибыли", "profit": "прибыли", "revenue": "выручке"}[measure]
    assert f"Пропорционально {word}" in [row["Способ"] for row in ways]


def test_the_reserve_has_its_reasons_that_add_up_and_what_to_do() -> None:
    made = plan(team=Team((Manager(ANNA, 120.0), Manager(BORIS, 100.0))))
    rows = sheets(hours_workbook(made, made_at=MADE_AT))["План часов"]
    reasons = below(rows, "Почему в запасе")
    total = reasons.pop()
    assert len(reasons) == len(made.left.held)
    assert sum(row["Запас, ч"] for row in reasons) == pytest.approx(made.reserve)
    assert total["Запас, ч"] == pytest.approx(made.reserve)
    assert any(str(row[0]).startswith("Поднимите наибольшие часы стандарта") for row in rows)


def test_clients_with_more_and_with_fewer_hours_stand_at_the_head_of_the_list() -> None:
    changes = [row["Изменение, ч"] for row in below(sheets(hours_workbook(plan(), made_at=MADE_AT))["Клиенты"], "Клиент")]
    assert changes[0] == max(changes) > 0 > changes[1] == min(changes)
