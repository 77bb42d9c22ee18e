"""Who was made one client, columns of the file beside the clients, and rows of the file as a workbook."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from sbyt_core.reports import manager_zip, rows_workbook, segments_workbook
from sbyt_core.sales.identity.decisions import Decision
from sbyt_core.texts import LANGUAGES, speech
from tests.reports.making import REPORT, base, opened

AT = datetime(2026, 3, 2, 12, 30, tzinfo=UTC)


def said(act: str, *names: str, value: str | None = None, author: str = "Анна") -> Decision:
    return Decision(act, tuple(name.lower() for name in names), names, value, author, AT)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_data_check_lists_the_decisions_that_stand(lang: str) -> None:
    say = speech(lang)
    decisions = [
        said("same", "Вега", "Вега ООО"),
        said("same", "Полюс", "Полюс-2"),
        said("open", "Полюс", "Полюс-2"),
        said("apart", "Север", "Северянин", author="local"),
        said("holding", "Вега", value="=Группа"),
        said("by_holding", value="yes"),
        said("split", "Полюс", "Полюс-3", value="yes"),
    ]
    book = opened(segments_workbook(base(), lang=lang, report=REPORT, decisions=decisions))
    sheet = book[say("report.sheet.check")]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[1] == AT.replace(tzinfo=None)]
    assert [(row[0], row[2]) for row in rows] == [
        (say("identity.same"), "Вега ← Вега ООО · Анна"),
        (say("identity.apart"), "Север · Северянин"),
        (say("identity.holding"), "Вега → =Группа · Анна"),
        (say("identity.by_holding.yes"), "Анна"),
        (say("identity.split"), "Полюс · Полюс-3 · Анна"),
    ]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and "Группа" in cell.value)


def test_without_decisions_nothing_is_said_of_them() -> None:
    sheet = opened(segments_workbook(base(), report=REPORT))[speech("ru")("report.sheet.check")]
    assert speech("ru")("report.section.identity") not in [row[0] for row in sheet.iter_rows(values_only=True)]


def test_chosen_columns_of_the_file_stand_beside_their_clients() -> None:
    segmentation = base()
    keys = segmentation.frame["client_key"]
    towns = pd.DataFrame({"client_key": keys[::-1], "Город": ["=1+1" if key == keys.iloc[0] else f"город {key}" for key in keys[::-1]]})
    book = opened(segments_workbook(segmentation, attributes=towns))
    known = segmentation.frame.set_index("client")["client_key"]
    seen = 0
    for name in ("A", "B", "C"):
        rows = list(book[name].iter_rows())
        header = next(at for at, row in enumerate(rows) if any(cell.value == "Город" for cell in row))
        column = next(at for at, cell in enumerate(rows[header]) if cell.value == "Город")
        for row in rows[header + 1 :]:
            key = known[row[0].value]
            assert (row[column].value, row[column].data_type) == ("=1+1" if key == keys.iloc[0] else f"город {key}", "s")
            seen += 1
    assert seen == int(segmentation.frame["segment"].isin(["A", "B", "C"]).sum())
    assert manager_zip(segmentation, attributes=towns) != manager_zip(segmentation)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_rows_of_the_file_leave_with_their_place(lang: str) -> None:
    say = speech(lang)
    as_read = pd.DataFrame({"sheet": ["Лист1"], "row": [7], "Сумма": ["=много"]})
    (sheet,) = opened(rows_workbook(as_read, title="Не числа", as_read=True, lang=lang))
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)] == [
        [say("rows.sheet"), say("rows.row"), "Сумма"],
        ["Лист1", 7, "=много"],
    ]
    assert sheet["C4"].data_type == "s"
    lines = pd.DataFrame({"sheet": ["Лист1"], "row": [8], "client": [None], "date": pd.to_datetime(["2025-02-03"]), "revenue": [70.5]})
    (sheet,) = opened(rows_workbook(lines, title="Без клиента", as_read=False, lang=lang))
    assert [cell.value for cell in sheet[3]] == [
        say(code) for code in ("rows.sheet", "rows.row", "role.client", "role.date", "role.revenue")
    ]
    assert [cell.value for cell in sheet[4]] == ["Лист1", 8, None, datetime(2025, 2, 3), 70.5]
