"""The sample files: what each is, and what stands in its cells (expected.json: 64 lines under one header row)."""

from datetime import datetime

import pytest

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats import read_workbook
from tests.sales_formats.making import case

FLAT = {
    "c001_control_plain.xlsx": "xlsx",
    "c002_1c_SharedStrings_case.xlsx": "xlsx",
    "c004_1c_dimension_lastcell_t_e.xlsx": "xlsx",
    "c005_dimension_A1.xlsx": "xlsx",
    "c006_dimension_row0.xlsx": "xlsx",
    "c009_empty_fill_style.xlsx": "xlsx",
    "c013_date1904.xlsx": "xlsx",
    "c024_velvetsweatshop.xlsx": "xlsx",
    "c025_xlsx_named.xls": "xlsx",
    "c026_biff8.xls": "xls",
    "c027_biff8_named.xlsx": "xls",
    "c029_plain.ods": "ods",
    "c032_cp1251_semicolon.csv": "csv",
    "c033_utf8sig_comma.csv": "csv",
    "c034_utf16le_tab.csv": "csv",
    "c037_tsv_named.xls": "csv",
    "c038_quotes_newlines.csv": "csv",
    "c042_spreadsheetml2003.xls": "spreadsheetml",
}
FIRST_DAY = (datetime(2025, 1, 9), "09.01.2025", "2025-01-09")  # the same day as each kind of file writes it


@pytest.mark.parametrize("name", FLAT)
def test_flat_table_in_any_format(name):
    book = read_workbook(case(name))
    grid = book.grids[0]
    assert book.format == FLAT[name]
    assert grid.n_rows == 65
    assert grid.row(0)[:3] == ["Дата", "Документ", "Контрагент"]
    assert grid.cell(1, 0) in FIRST_DAY
    quoted = name == "c038_quotes_newlines.csv"
    assert grid.cell(1, 2) == ('ООО "Кавычки; точка с запятой"' if quoted else "ООО «Ромашка-Т»")


@pytest.mark.parametrize("name", [name for name, kind in FLAT.items() if kind in ("xlsx", "xls", "ods")])
def test_numbers_come_as_numbers_and_add_up(name):
    grid = read_workbook(case(name)).grids[0]
    at = grid.row(0).index("Выручка")
    assert sum(grid.cells(at, 1)) == pytest.approx(835397.42)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("c014_zip_bomb_spaces.xlsx", "too_big_unpacked"),
        ("c017_xml_entity_bomb.xlsx", "damaged_or_unsafe_file"),
        ("c018_truncated.xlsx", "damaged_file"),
        ("c019_zero_bytes.xlsx", "empty_file"),
        ("c020_pdf_renamed.xlsx", "not_a_table_file"),
        ("c023_password.xlsx", "password_protected"),
        ("c306_empty_workbook.xlsx", "empty_sheet"),
    ],
)
def test_bad_files_are_refused_by_their_code(name, code):
    with pytest.raises(BadFile) as caught:
        read_workbook(case(name))
    assert caught.value.code == code


def test_kind_of_a_foreign_file_is_told():
    with pytest.raises(BadFile) as caught:
        read_workbook(case("c020_pdf_renamed.xlsx"))
    assert caught.value.params == {"kind": "PDF"}


def test_password_opens_and_a_wrong_one_is_said_so():
    assert read_workbook(case("c023_password.xlsx"), password="секрет123").grids[0].n_rows == 65
    with pytest.raises(BadFile, match="wrong_password"):
        read_workbook(case("c023_password.xlsx"), password="секрет")


def test_default_password_is_noted():
    assert "default_password" in read_workbook(case("c024_velvetsweatshop.xlsx")).notes


def test_two_far_cells_take_two_rows():
    grid = read_workbook(case("c015_far_cell_bomb.xlsx")).grids[0]
    assert (grid.n_rows, grid.sheet_row(1)) == (2, 1_048_576)


def test_html_keeps_text_as_it_stands():
    grid = read_workbook(case("c040_html_as.xls")).grids[0]
    assert grid.row(grid.n_rows - 1) == ["Итого", None, None, "835\xa0397,42", "244\xa0432,47"]
    assert (0, 0, 0, 4) in grid.merged


def test_hierarchy_marks():
    grid = read_workbook(case("c101_1c_hier_client_doc_item.xlsx")).grids[0]
    assert not grid.summary_below
    assert grid.outline is not None
    assert sorted(set(grid.outline.tolist())) == [0, 1, 2]
    assert grid.indent is not None
    assert len(set(grid.indent.tolist())) == 3


def test_hidden_rows_and_columns():
    grid = read_workbook(case("c113_hidden_rows_filter.xlsx")).grids[0]
    assert grid.hidden_rows.sum() == 20
    assert [grid.cell(0, j) for j in grid.hidden_columns] == ["Прибыль"]


def test_formulas_without_values_are_counted_by_column():
    grid = read_workbook(case("c216_formulas_no_cache.xlsx")).grids[0]
    assert {grid.cell(0, j): count for j, count in grid.formula_gaps.items()} == {"Выручка": 64, "Прибыль": 64}


def test_error_cells_stay_errors():
    grid = read_workbook(case("c218_error_cells.xlsx")).grids[0]
    at = grid.row(0).index("Прибыль")
    assert {str(value) for value in grid.cells(at, 1) if not isinstance(value, float)} >= {"#DIV/0!", "#N/A", "#REF!"}
