"""A table of another kind than sales, read in this process and in the watched one."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from sbyt_core.errors import BadFile
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.sales.plain_table import read_table

CASES = Path(__file__).resolve().parents[1] / "cases"


def book(*rows: list[object]) -> bytes:
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


FILE = book(
    ["Отчёт о клиентах"],
    [],
    ["Контрагент", "ИНН", "Часов", "Заметка"],
    ["ООО «Вега»", "0077001122", 12.5, None],
    [None, None, None, None],
    ["ИП Орлов", "771234567890", "1 200,5", "=1+1"],
    ["Итого", None, 1213, None],
)


def test_headers_texts_numbers_and_rows() -> None:
    table = read_table(FILE)
    assert table.headers == ("Контрагент", "ИНН", "Часов", "Заметка")
    assert table.header_row == 3
    assert table.rows.tolist() == [4, 6]
    assert table.texts["ИНН"].tolist() == ["0077001122", "771234567890"]
    assert table.numbers["Часов"].tolist() == [12.5, 1200.5]
    assert table.totals == 1


def test_the_watched_process_gives_the_same() -> None:
    here, there = read_table(FILE), reading_service().read_table(FILE)
    pd.testing.assert_frame_equal(here.texts, there.texts)
    pd.testing.assert_frame_equal(here.numbers, there.numbers)
    assert (here.sheet, here.header_row, here.headers, here.rows.tolist(), here.totals) == (
        there.sheet,
        there.header_row,
        there.headers,
        there.rows.tolist(),
        there.totals,
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty_file"),
        (b"%PDF-1.4 nothing", "not_a_table_file"),
        (book(["Контрагент", "Часов"]), "no_rows"),
        ((CASES / "c015_far_cell_bomb.xlsx").read_bytes(), "no_table_found"),
    ],
)
def test_what_holds_no_table_is_told_by_code(content: bytes, code: str) -> None:
    with pytest.raises(BadFile) as fault:
        reading_service().read_table(content)
    assert fault.value.code == code
