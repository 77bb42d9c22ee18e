"""What a sheet of an xlsx may hold, each kind of cell written by hand after ECMA-376."""

from datetime import datetime

import pytest

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats import CellError, read_workbook
from sbyt_core.sales.formats.cell_formats import currency_of_format, date_of_serial, is_date_format
from tests.sales_formats.making import LINKS, PACKAGE, xlsx

STYLES = (
    '<numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/><numFmt numFmtId="165" formatCode="#,##0.00\\ &quot;₽&quot;"/></numFmts>'
    "<fonts><font/><font><b/></font></fonts><fills><fill/></fills>"
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/>'
    '<xf numFmtId="0" fontId="1"><alignment indent="2"/></xf><xf numFmtId="20"/></cellXfs>'
)


def grid_of(sheet: str, **options):
    return read_workbook(xlsx(sheet, **options)).grids[0]


def one(cell: str, **options):
    return grid_of(f'<sheetData><row r="1">{cell}</row></sheetData>', **options).cell(0, 0)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>12.5</v></c>', 12.5),
        ('<c r="A1" t="n"><v>1E3</v></c>', 1000.0),
        ('<c r="A1" s="1"><v>45666</v></c>', datetime(2025, 1, 9)),
        ('<c r="A1" s="1"><v>45666.75</v></c>', datetime(2025, 1, 9, 18)),
        ('<c r="A1" s="5"><v>0.5</v></c>', 0.5),
        ('<c r="A1" s="2"><v>0.155</v></c>', 0.155),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="e"><v>#N/A</v></c>', CellError("#N/A")),
        ('<c r="A1" t="str"><f>A2</f><v>итог</v></c>', "итог"),
        ('<c r="A1" t="d"><v>2025-01-09</v></c>', datetime(2025, 1, 9)),
        ('<c r="A1" t="inlineStr"><is><r><t>Ро</t></r><r><t xml:space="preserve">машка </t></r></is></c>', "Ромашка "),
        ('<c r="A1" t="s"><v>1</v></c>', "  отступ"),
        ('<c r="A1" t="s"><v>2</v></c>', "東京"),
        ('<c r="A1" t="s"><v>3</v></c>', "a\rb"),
    ],
)
def test_kinds_of_cells(cell, value):
    strings = (
        '<si><t>x</t></si><si><t xml:space="preserve">  отступ</t></si>'
        "<si><t>東京</t><rPh><t>とうきょう</t></rPh></si><si><t>a_x000D_b</t></si>"
    )
    found = one(cell, strings=strings, styles=STYLES)
    assert found == value
    assert type(found) is type(value)


def test_cells_without_references_follow_each_other():
    grid = grid_of("<sheetData><row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row></sheetData>")
    assert [grid.row(i) for i in range(2)] == [[1.0, None, 3.0], [4.0, None, None]]


def test_marks_of_rows_and_columns():
    grid = grid_of(
        '<sheetPr><outlinePr summaryBelow="0"/></sheetPr><cols><col min="2" max="2" hidden="1"/></cols><sheetData>'
        '<row r="3"><c r="A3" s="4" t="inlineStr"><is><t>Клиент</t></is></c><c r="B3" s="3"><v>5</v></c></row>'
        '<row r="4" outlineLevel="1" hidden="1"><c r="A4"><v>1</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A3:B4"/></mergeCells>',
        styles=STYLES,
    )
    assert grid.first_row == 3
    assert grid.outline.tolist() == [0, 1]
    assert grid.hidden_rows.tolist() == [False, True]
    assert grid.indent.tolist() == [2, 0]
    assert grid.bold.tolist() == [True, False]
    assert grid.hidden_columns == (1,)
    assert grid.merged == ((0, 0, 1, 1),)
    assert grid.currency_formats == {1: "RUB"}
    assert not grid.summary_below


def test_phantom_rows_are_dropped_and_rows_keep_their_numbers():
    empty = "".join(f'<row r="{i}" s="1"/>' for i in range(3, 5000))
    grid = grid_of(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{empty}<row r="5000"><c r="A5000"><v>2</v></c></row></sheetData>')
    assert grid.cells(0).tolist() == [1.0, 2.0]
    assert grid.sheet_rows().tolist() == [1, 5000]


def test_visible_sheets_come_first_and_one_alone_can_be_read():
    data = xlsx('<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>', states=("hidden", "visible", "veryHidden"))
    book = read_workbook(data)
    assert book.sheet_names == ("S2", "S1", "S3")
    assert book.hidden_sheets == ("S1", "S3")
    assert [grid.n_rows for grid in read_workbook(data, sheet=" s1 ").grids] == [0, 1, 0]
    with pytest.raises(BadFile) as caught:
        read_workbook(data, sheet="Нет такого")
    assert caught.value.params == {"sheet": "Нет такого", "sheets": ("S1", "S2", "S3")}


def test_a_sheet_with_a_pivot_table_says_so():
    pivot = (
        f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{LINKS}/pivotTable" Target="../pivotTables/p.xml"/></Relationships>'
    )
    sheet = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'
    assert grid_of(sheet, more={"xl/worksheets/_rels/sheet1.xml.rels": pivot}).is_pivot
    assert not grid_of(sheet).is_pivot


def test_only_formulas_without_values():
    with pytest.raises(BadFile) as caught:
        read_workbook(xlsx('<sheetData><row r="1"><c r="A1"><f>B1*2</f></c><c r="C1"><f>1+1</f><v/></c></row></sheetData>'))
    assert (caught.value.code, caught.value.params) == ("formulas_without_values", {"count": 2})


def test_control_characters_are_dropped():
    assert one('<c r="A1" t="inlineStr"><is><t>а\x01б&#2;в</t></is></c>') == "абв"


@pytest.mark.parametrize(
    "sheet",
    [
        '<sheetData><row r="1"><c r="ZZZ1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="9999999"><c r="A9999999"><v>1</v></c></row></sheetData>',
    ],
)
def test_absurd_sheets_are_refused(sheet):
    with pytest.raises(BadFile, match="damaged_or_unsafe_file"):
        read_workbook(xlsx(sheet))


def test_few_cells_over_an_absurd_range_take_no_room():
    # a diagonal: 16 000 cells that would need 256 million places
    rows = "".join(f'<row r="{i}"><c r="{_letters(i)}{i}"><v>1</v></c></row>' for i in range(1, 16_001))
    with pytest.raises(BadFile, match="too_many_cells"):
        read_workbook(xlsx(f"<sheetData>{rows}</sheetData>"))


def _letters(number: int) -> str:
    name = ""
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        ("dd.mm.yyyy", True),
        ("m/d/yy h:mm", True),
        ("[$-419]d mmm yyyy;@", True),
        ("ДД.ММ.ГГГГ", True),
        ("mmm-yy", True),
        ("h:mm:ss", False),
        ("mm:ss", False),
        ("[h]:mm", False),
        ('#,##0.00 "руб."', False),
        ("General", False),
        ("Основной", False),
        ("0.00%", False),
        ('0" d"', False),
        ("[Red]-0.0", False),
        ("@", False),
    ],
)
def test_which_formats_are_dates(code, answer):
    assert is_date_format(code) is answer


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ('#,##0.00\\ "₽"', "RUB"),
        ('#,##0.00"р."', "RUB"),
        ("[$$-409]#,##0.00", "USD"),
        ("[$€-2] #,##0", "EUR"),
        ("[$KZT] #,##0", "KZT"),
        ("#,##0.00", None),
        ("[$-419]dd.mm.yyyy", None),
    ],
)
def test_currency_of_a_format(code, currency):
    assert currency_of_format(code) == currency


def test_serials():
    # Microsoft: 1 is 1 January 1900, 61 is 1 March 1900; in the other system 0 is 1 January 1904
    assert date_of_serial(1) == datetime(1900, 1, 1)
    assert date_of_serial(61) == datetime(1900, 3, 1)
    assert date_of_serial(0, since_1904=True) == datetime(1904, 1, 1)
    assert date_of_serial(-5) == -5
    assert date_of_serial(1e9) == 1e9
