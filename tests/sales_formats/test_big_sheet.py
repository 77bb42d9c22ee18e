"""A big flat sheet through typed columns has the same cells as read one by one."""

import io
import random
import re
import zipfile
from datetime import datetime, timedelta

import pandas as pd
import pytest
import xlsxwriter

from sbyt_core.sales.formats import read_workbook, xlsx
from sbyt_core.sales.formats.grid import CellError
from sbyt_core.sales.read import read_sales_bytes

ROWS = 3_000


def workbook(*, first_row: int = 0, first_column: int = 0, odd: bool = False) -> bytes:
    """Titles, a header, ROWS lines and a total; with `odd`, rare cells of another kind far below the head."""
    chance = random.Random(5)
    result = io.BytesIO()
    book = xlsxwriter.Workbook(result, {"default_date_format": "dd.mm.yyyy"})
    sheet = book.add_worksheet("Продажи")
    sheet.merge_range(first_row, first_column, first_row, first_column + 3, "Продажи за год")
    sheet.write_row(first_row + 2, first_column, ["Дата", "Клиент", "ИНН", "Заметка", "Сумма", "Пусто", "Прибыль"])
    for i in range(ROWS):
        row = first_row + 3 + i
        sheet.write_datetime(row, first_column, datetime(2024, 1, 1) + timedelta(hours=i))
        sheet.write_string(row, first_column + 1, f"  ООО «Клиент {chance.randrange(90)}»")
        sheet.write_string(row, first_column + 2, f"{chance.randrange(10**10):010d}")
        if i % 7 == 0:
            sheet.write_string(row, first_column + 3, "срочно\nзавтра")
        sheet.write_number(row, first_column + 4, round(chance.random() * 1e5, 2))
        sheet.write_number(row, first_column + 6, chance.randrange(-500, 5000))
    if odd:
        sheet.write_string(first_row + 1500, first_column + 4, "н/д")
        sheet.write_formula(first_row + 1600, first_column + 6, "=1/0", value="#DIV/0!")
        sheet.write_number(first_row + 1700, first_column + 2, 7700123456.5)
        sheet.write_string(first_row + 1800, first_column, "31.02.2024")
        sheet.write_boolean(first_row + 1900, first_column + 6, True)
    sheet.write_string(first_row + 3 + ROWS, first_column, "Итого")
    sheet.write_number(first_row + 3 + ROWS, first_column + 4, 1.0)
    sheet.set_row(first_row + 100, None, None, {"hidden": True})
    sheet.set_row(first_row + 2000, None, None, {"hidden": True})
    book.close()
    return result.getvalue()


@pytest.fixture
def both_ways(monkeypatch):
    def read(data: bytes):
        small = read_workbook(data).grids[0]
        monkeypatch.setattr(xlsx, "LOOKED_OVER", 1_000)
        monkeypatch.setattr(xlsx, "EXACT_CELLS", 1_000)
        return small, read_workbook(data).grids[0]

    return read


@pytest.mark.parametrize(
    "options", [{}, {"first_row": 4}, {"first_row": 2, "first_column": 1}, {"odd": True}, {"first_row": 7, "first_column": 3, "odd": True}]
)
def test_both_ways_give_the_same_cells(both_ways, options):
    small, big = both_ways(workbook(**options))
    assert big.n_head
    assert not small.n_head
    assert (big.n_rows, big.n_columns, big.first_row) == (small.n_rows, small.n_columns, small.first_row)
    for j in range(small.n_columns):
        assert big.cells(j).tolist() == small.cells(j).tolist()
    assert big.merged == small.merged
    assert (big.hidden_rows == small.hidden_rows).all()
    assert big.hidden_rows.sum() == 2
    assert [big.row(i) for i in (0, 2, 700, big.n_rows - 1)] == [small.row(i) for i in (0, 2, 700, big.n_rows - 1)]


def test_columns_of_one_kind_are_typed(both_ways):
    _, big = both_ways(workbook())
    assert [str(column.dtype) for column in big.columns] == ["datetime64[us]", *["category"] * 3, "float64", "category", "float64"]


def test_rare_cells_of_another_kind_are_kept(both_ways):
    _, big = both_ways(workbook(odd=True))
    assert big.cell(1500, 4) == "н/д"
    assert big.cell(1600, 6) == CellError("#DIV/0!")
    assert big.cell(1900, 6) is True
    assert big.cell(1700, 2) == 7700123456.5


def test_a_sheet_with_an_outline_is_read_cell_by_cell(both_ways):
    result = io.BytesIO()
    book = xlsxwriter.Workbook(result)
    sheet = book.add_worksheet()
    for i in range(2_000):
        sheet.write_row(i, 0, [f"Строка {i}", i, i])
        sheet.set_row(i, None, None, {"level": 1 if i == 1_500 else 0})
    book.close()
    _, big = both_ways(result.getvalue())
    assert not big.n_head
    assert big.outline.nonzero()[0].tolist() == [1_500]


def test_elements_with_a_prefix(both_ways):
    # as the OpenXML SDK writes them: <x:row>
    data = io.BytesIO(workbook())
    result = io.BytesIO()
    with zipfile.ZipFile(data) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            body = source.read(name)
            if "sheet1.xml" in name and "rels" not in name:
                body = re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", body).replace(b"xmlns=", b"xmlns:x=")
            target.writestr(name, body)
    small, big = both_ways(result.getvalue())
    assert small.n_rows == ROWS + 4
    for j in range(small.n_columns):
        assert big.cells(j).tolist() == small.cells(j).tolist()
    assert big.merged == small.merged


@pytest.mark.parametrize("odd", [False, True])
def test_sales_are_the_same_both_ways(monkeypatch, odd):
    data = workbook(odd=odd)
    small = read_sales_bytes(data, name="x")
    monkeypatch.setattr(xlsx, "LOOKED_OVER", 1_000)
    monkeypatch.setattr(xlsx, "EXACT_CELLS", 1_000)
    big = read_sales_bytes(data, name="x")
    assert big.report.skipped["total"] == 1
    assert big.report.control_total is not None
    pd.testing.assert_frame_equal(big.lines, small.lines)
    pd.testing.assert_frame_equal(big.attributes, small.attributes)
    assert big.report == small.report
