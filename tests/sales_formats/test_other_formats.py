"""Formats beside xlsx, in small files made by hand; python-calamine reads the binary ones as a second opinion."""

import io
import struct
from datetime import datetime

import pytest
from python_calamine import CalamineWorkbook

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats import CellError, read_workbook, xls
from tests.sales_formats.making import LINKS, PACKAGE, case, record, wide, zipped


def rows(grid):
    return [grid.row(i) for i in range(grid.n_rows)]


def xlsb() -> bytes:
    """Two rows: shared text, a date, a real number; a packed integer in hundredths, an error, a truth value, a text in place."""

    def cell(kind, column, body, style=0):
        return record(kind, struct.pack("<II", column, style) + body)

    def row(number, level=0, hidden=False):
        return record(0, struct.pack("<IIH", number, 0, 300) + bytes((0, level | (16 if hidden else 0), 0)) + struct.pack("<I", 0))

    sheet = (
        record(129)
        + record(148, struct.pack("<IIII", 1, 2, 0, 3))
        + record(145)
        + row(1)
        + cell(7, 0, struct.pack("<I", 0))
        + cell(5, 1, struct.pack("<d", 45666.0), style=1)
        + cell(5, 2, struct.pack("<d", 12.25))
        + row(2, level=1, hidden=True)
        + cell(2, 0, struct.pack("<I", (12345 << 2 | 3) & 0xFFFFFFFF))
        + cell(3, 1, b"\x07")
        + cell(4, 2, b"\x01")
        + cell(6, 3, wide("текст"))
        + record(146)
        + record(130)
    )
    style = struct.pack("<HHHHH", 0, 0, 0, 0, 0) + bytes((0, 0, 0, 0, 0, 0))
    dated = struct.pack("<HHHHH", 0, 14, 0, 0, 0) + bytes((0, 1, 0, 0, 0, 0))
    link = f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.bin"/>'
    more = f'<Relationship Id="rId2" Type="{LINKS}/sharedStrings" Target="sharedStrings.bin"/>'
    book = record(131) + record(143) + record(156, struct.pack("<II", 0, 1) + wide("rId1") + wide("Лист")) + record(144) + record(132)
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": book,
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}">{link}{more}</Relationships>',
            "xl/worksheets/sheet1.bin": sheet,
            "xl/sharedStrings.bin": record(159, struct.pack("<II", 1, 1)) + record(19, b"\0" + wide("Ромашка")) + record(160),
            "xl/styles.bin": record(278)
            + record(617, struct.pack("<I", 2))
            + record(47, style)
            + record(47, dated)
            + record(618)
            + record(279),
        }
    )


def test_xlsb():
    grid = read_workbook(xlsb()).grids[0]
    assert rows(grid) == [["Ромашка", datetime(2025, 1, 9), 12.25, None], [123.45, CellError("#DIV/0!"), True, "текст"]]
    assert grid.first_row == 2
    assert grid.outline.tolist() == [0, 1]
    assert grid.hidden_rows.tolist() == [False, True]


def test_xlsb_by_a_second_reader():
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(xlsb())).get_sheet_by_index(0).to_python()
    grid = read_workbook(xlsb()).grids[0]
    assert [sheet[0][0], sheet[0][2], sheet[1][0], sheet[1][2], sheet[1][3]] == [*grid.row(0)[::2][:2], grid.cell(1, 0), True, "текст"]


def test_xls_by_a_second_reader():
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(case("c026_biff8.xls"))).get_sheet_by_index(0).to_python()
    grid = read_workbook(case("c026_biff8.xls")).grids[0]
    for i, row in enumerate(sheet[1:], start=1):
        assert grid.cell(i, 0).date() == row[0]
        assert [value if value is not None else "" for value in grid.row(i)[1:]] == row[1:]


def ods(body: str, styles: str = "", more: dict[str, str] | None = None) -> bytes:
    spaces = "".join(f' xmlns:{name}="urn:{name}"' for name in ("office", "table", "text", "style", "fo"))
    content = (
        f"<office:document-content{spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, **(more or {})})


def number(value: str, kind: str = "float", **attributes: str) -> str:
    extra = "".join(f' {name.replace("_", ":")}="{text}"' for name, text in attributes.items())
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"{extra}><text:p>{value}</text:p></table:table-cell>'


def test_ods():
    styles = (
        '<style:style style:name="in"><style:paragraph-properties fo:margin-left="0.71cm"/></style:style>'
        '<style:style style:name="off"><style:table-properties table:display="false"/></style:style>'
    )
    body = (
        '<table:table table:name="Скрытый" table:style-name="off"><table:table-row>' + number("1") + "</table:table-row></table:table>"
        '<table:table table:name="Продажи"><table:table-column/><table:table-column table:visibility="collapse"/>'
        '<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>Клиент<text:s text:c="2"/>А'
        "</text:p><text:p>второй</text:p><office:annotation><text:p>примечание</text:p></office:annotation></table:table-cell>"
        "<table:covered-table-cell/></table:table-row>"
        "<table:table-row-group>"
        '<table:table-row table:visibility="filter"><table:table-cell table:style-name="in" office:value-type="date" '
        'office:date-value="2025-01-09T18:30:00"><text:p>09.01</text:p></table:table-cell>'
        + number("0.25", "percentage")
        + "</table:table-row>"
        "</table:table-row-group>"
        '<table:table-row><table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="7"/>'
        '<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell></table:table-row>'
        '<table:table-row table:number-rows-repeated="1048570"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        "</table:table>"
    )
    book = read_workbook(ods(body, styles))
    grid = book.grids[0]
    assert book.hidden_sheets == ("Скрытый",)
    assert rows(grid)[:2] == [["Клиент  А\nвторой", None, None], [datetime(2025, 1, 9, 18, 30), 0.25, None]]
    assert grid.row(2)[:2] == [7.0, 7.0]
    assert grid.outline.tolist() == [0, 1, 0]
    assert grid.hidden_rows.tolist() == [False, True, False]
    assert grid.indent.tolist() == [0, 2, 0]
    assert grid.hidden_columns == (1,)
    assert grid.merged == ((0, 0, 0, 1),)


def test_flat_ods():
    spaces = "".join(f' xmlns:{name}="urn:{name}"' for name in ("office", "table", "text"))
    row = "<table:table-row>" + number("5") + "</table:table-row>"
    text = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{spaces} office:mimetype="application/vnd.oasis.opendocument.spreadsheet">'
        f'<office:body><office:spreadsheet><table:table table:name="Л">{row}</table:table>'
        "</office:spreadsheet></office:body></office:document>"
    )
    assert rows(read_workbook(text.encode()).grids[0]) == [[5.0]]


def test_ods_with_filled_cells_repeated_without_end_is_refused():
    cell = '<table:table-cell table:number-columns-repeated="16000" office:value-type="float" office:value="7"/>'
    body = f'<table:table><table:table-row table:number-rows-repeated="1000000">{cell}</table:table-row></table:table>'
    with pytest.raises(BadFile, match="too_many_cells"):
        read_workbook(ods(body))


def test_ods_under_a_password():
    with pytest.raises(BadFile, match="password_protected"):
        read_workbook(ods("", more={"META-INF/manifest.xml": "<m:encryption-data/>"}))


def test_spreadsheetml():
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    text = (
        f'<?xml version="1.0" encoding="windows-1251"?><Workbook xmlns="{space}" xmlns:ss="{space}">'
        '<Styles><Style ss:ID="s1"><Alignment ss:Indent="3"/></Style></Styles>'
        '<Worksheet ss:Name="Лист"><Table><Column ss:Index="2" ss:Hidden="1"/>'
        '<Row ss:Index="3"><Cell ss:MergeAcross="1" ss:StyleID="s1"><Data ss:Type="String">Клиент &amp; Ко</Data></Cell>'
        '<Cell><Data ss:Type="Number">1.5E2</Data></Cell></Row>'
        '<Row ss:Hidden="1"><Cell ss:Index="3"><Data ss:Type="DateTime">2025-01-09T00:00:00.000</Data></Cell>'
        '<Cell ss:Formula="=RC[-1]"/><Cell><Data ss:Type="Error">#N/A</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    grid = read_workbook(text.encode("cp1251")).grids[0]
    assert rows(grid) == [["Клиент & Ко", None, 150.0, None, None], [None, None, datetime(2025, 1, 9), None, CellError("#N/A")]]
    assert (grid.first_row, grid.merged, grid.hidden_columns) == (3, ((0, 0, 0, 1),), (1,))
    assert grid.indent.tolist() == [3, 0]
    assert grid.hidden_rows.tolist() == [False, True]
    assert grid.formula_gaps == {3: 1}


def test_xml_with_a_dtd_is_refused():
    text = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>'
    with pytest.raises(BadFile, match="damaged_or_unsafe_file"):
        read_workbook(text.encode())


HTML = (
    "<html><head><meta charset=windows-1251><style>td{color:red}</style></head><body><p>Отчёт</p><table>"
    "<tr><th rowspan=2>Клиент</th><th colspan=2>Сумма</th></tr><tr><th>план<th>факт"
    "<tr style='mso-outline-level:1'><td style='padding-left:12px'>&laquo;Ромашка&raquo;<br>филиал<td x:num='1234.5'>1 234,50"
    "<td>1&nbsp;000,00"
    "<tr style='display:none'><td> A \n B </td></tr></table><script>var x='<td>нет';</script><table><tr><td>2</table>"
)


def test_html():
    grids = read_workbook(HTML.encode("cp1251")).grids
    assert len(grids) == 2
    assert rows(grids[0]) == [
        ["Клиент", "Сумма", None],
        [None, "план", "факт"],
        ["«Ромашка»\nфилиал", 1234.5, "1\xa0000,00"],
        ["A B", None, None],
    ]
    assert grids[0].merged == ((0, 0, 1, 0), (0, 1, 0, 2))
    assert grids[0].outline.tolist() == [0, 0, 1, 0]
    assert grids[0].hidden_rows.tolist() == [False, False, False, True]
    assert grids[0].indent.tolist() == [0, 0, 12, 0]


def test_mhtml():
    page = HTML.replace("=", "=3D").encode("cp1251")
    text = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--x"\r\n\r\n----x\r\n'
        b'Content-Type: text/html; charset="windows-1251"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        + page
        + b"\r\n----x--\r\n"
    )
    book = read_workbook(text)
    assert book.format == "mhtml"
    assert book.grids[0].row(2) == ["«Ромашка»\nфилиал", 1234.5, "1\xa0000,00"]


def test_a_table_in_a_plain_zip():
    book = read_workbook(zipped({"отчёт/продажи.csv": "a;b\n1;2\n", "__MACOSX/._x.csv": b"\0"}))
    assert (book.format, book.grids[0].row(1)) == ("csv", ["1", "2"])
    assert "zipped" in book.notes


def test_two_tables_in_a_plain_zip_are_not_one():
    with pytest.raises(BadFile) as caught:
        read_workbook(zipped({"a.csv": "a;b\n1;2\n", "b.csv": "a;b\n1;2\n"}))
    assert caught.value.params == {"kind": "ZIP"}


@pytest.mark.parametrize(("part", "kind"), [("word/document.xml", "Word"), ("ppt/presentation.xml", "PowerPoint")])
def test_other_office_files_are_told(part, kind):
    with pytest.raises(BadFile) as caught:
        read_workbook(zipped({"[Content_Types].xml": "<Types/>", part: "<x/>"}))
    assert caught.value.params == {"kind": kind}


def test_xls_that_xlrd_gives_up_on_is_read_by_the_second_reader(monkeypatch):
    whole = read_workbook(case("c026_biff8.xls")).grids[0]

    def gives_up(*_, **__):
        raise xls.xlrd.XLRDError("unsupported record")

    monkeypatch.setattr(xls.xlrd, "open_workbook", gives_up)
    values = read_workbook(case("c026_biff8.xls")).grids[0]
    assert rows(values) == rows(whole)
