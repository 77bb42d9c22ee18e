"""Excel 5, 95 and 97 files as they are: code pages of their time, and the password that old Excel encrypts with."""

from __future__ import annotations

from datetime import datetime

import pytest

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats import read_workbook
from tests.sales_formats.old_excel import BIFF5, BIFF8, Row, workbook

ROWS: list[Row] = [["Дата", "Клиент", "Сумма"], [datetime(1996, 1, 9), "ООО Ромашка", 74000.5], [datetime(1996, 1, 14), "АО Ветер", -63.25]]
EVERYBODY_S = "VelvetSweatshop"  # MS-OFFCRYPTO 2.1.1


def cells(data: bytes, **how: str) -> list[list[object]]:
    grid = read_workbook(data, **how).grids[0]
    return [grid.row(i) for i in range(grid.n_rows)]


@pytest.mark.parametrize(("version", "code_page"), [(BIFF5, "cp1251"), (BIFF5, "cp866"), (BIFF8, "cp1251")])
def test_workbooks_of_their_time_are_read(version: int, code_page: str) -> None:
    assert cells(workbook(ROWS, version=version, code_page=code_page)) == ROWS


def test_everybody_s_password_is_not_asked_for_and_a_real_one_is() -> None:
    assert cells(workbook(ROWS, password=EVERYBODY_S)) == ROWS
    locked = workbook(ROWS, password="секрет")
    assert cells(locked, password="секрет") == ROWS
    for how, code in (({}, "password_protected"), ({"password": "нет"}, "wrong_password")):
        with pytest.raises(BadFile) as caught:
            read_workbook(locked, **how)
        assert caught.value.code == code
