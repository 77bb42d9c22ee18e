"""Every way in which a cell may be written, in a big sheet: read by column it is what it is read cell by cell."""

import random

import pytest

from sbyt_core.errors import ERRORS, SbytError
from sbyt_core.sales.formats import read_workbook, xlsx, xlsx_big
from tests.sales_formats.making import xlsx as made
from tests.sales_formats.mutants import damaged

ROWS = 900
STRINGS = ["Ромашка", "Рога &amp; Копыта", "Ромашка", "", "a_x000D_b", "&#8470; 1&lt;2", "  с краю", "два\nряда"]
STYLES = '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="4"/></cellXfs>'
WRITINGS = {
    "shared": lambda at, chance: f'<c r="{at}" t="s"><v>{chance.randrange(len(STRINGS))}</v></c>',
    "inline": lambda at, chance: f'<c r="{at}" t="inlineStr"><is><t>{chance.choice(STRINGS)}</t></is></c>',
    "preserved": lambda at, chance: f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve"> {chance.randrange(9)} </t></is></c>',
    "formula text": lambda at, chance: f'<c r="{at}" t="str"><f>A1&amp;"x"</f><v>к{chance.randrange(9)}</v></c>',
    "number": lambda at, chance: f'<c r="{at}" s="2"><v>{chance.uniform(-1e6, 1e6)!r}</v></c>',
    "exponent": lambda at, chance: f'<c r="{at}"><v>{chance.choice(["1E5", "-2.5e-3", "0", ".5", "7."])}</v></c>',
    "named number": lambda at, chance: f'<c r="{at}" t="n" s="2"><v>{chance.randrange(99)}</v></c>',
    "formula": lambda at, chance: f'<c r="{at}"><f>SUM(A1:B2)</f><v>{chance.randrange(99)}</v></c>',
    "shared formula": lambda at, chance: f'<c r="{at}"><f t="shared" si="0"/><v>{chance.randrange(99)}</v></c>',
    "no value": lambda at, chance: f'<c r="{at}"><f>A1</f></c>' if chance.random() < 0.5 else f'<c r="{at}"><f/><v></v></c>',
    "date": lambda at, chance: f'<c r="{at}" s="1"><v>{chance.choice([1, 59, 60, 61, 45000, 45000.75, 45000.123456])}</v></c>',
    "no date": lambda at, chance: f'<c r="{at}" s="1"><v>{chance.choice([0.5, -3, 4000000])}</v></c>',
    "wild": lambda at, chance: f'<c r="{at}"><v>{chance.choice(["1e305", "nan", "inf", "много"])}</v></c>',
    "error": lambda at, chance: f'<c r="{at}" t="e"><v>#N/A</v></c>',
    "empty error": lambda at, chance: f'<c r="{at}" t="e"/>',
    "truth": lambda at, chance: f'<c r="{at}" t="b"><v>{chance.randrange(2)}</v></c>',
    "empty": lambda at, chance: f'<c r="{at}" s="1"/>' if chance.random() < 0.5 else f'<c r="{at}"></c>',
    "none": lambda at, chance: "",
}


def sheet(columns: dict[str, tuple[str, ...]], chance: random.Random) -> str:
    """Rows in which every column is written in one of its ways, the first of them mostly."""
    rows = []
    for n in range(1, ROWS + 1):
        cells = [
            WRITINGS[ways[0] if len(ways) == 1 or chance.random() < 0.9 else chance.choice(ways)](f"{name}{n}", chance)
            for name, ways in columns.items()
        ]
        rows.append(f'<row r="{n}">{"".join(cells)}</row>')
    return f"<sheetData>{''.join(rows)}</sheetData>"


def file(body: str | bytes, before: bytes = b"") -> bytes:
    raw = body if isinstance(body, bytes) else body.encode()
    strings = "".join(f"<si><t>{text}</t></si>" for text in STRINGS)
    return made("", strings=strings, styles=STYLES, more={"xl/worksheets/sheet1.xml": before + b"<worksheet>" + raw + b"</worksheet>"})


@pytest.fixture
def both_ways(monkeypatch):
    def read(data: bytes):
        small = read_workbook(data).grids[0]
        as_big(monkeypatch)
        return small, read_workbook(data).grids[0]

    return read


def as_big(monkeypatch) -> None:
    """From here on a sheet of 900 rows is a big one, of several pieces."""
    monkeypatch.setattr(xlsx, "LOOKED_OVER", 1_000)
    monkeypatch.setattr(xlsx, "EXACT_CELLS", 500)
    monkeypatch.setattr(xlsx_big, "PIECE", 20_000)


def assert_same(small, big) -> None:
    assert (big.n_rows, big.n_columns, big.first_row, big.formula_gaps) == (
        small.n_rows,
        small.n_columns,
        small.first_row,
        small.formula_gaps,
    )
    for j in range(small.n_columns):
        for i, (one, other) in enumerate(zip(big.cells(j).tolist(), small.cells(j).tolist(), strict=True)):
            assert (one, type(one)) == (other, type(other)), (i, j)


@pytest.mark.parametrize("way", [way for way in WRITINGS if way not in ("empty", "none", "empty error", "no value")])
def test_a_column_written_in_one_way(both_ways, way):
    small, big = both_ways(file(sheet({"A": ("number",), "B": (way,), "D": ("shared",)}, random.Random(1))))
    assert big.n_head
    assert_same(small, big)


@pytest.mark.parametrize("seed", range(12))
def test_columns_written_in_many_ways(both_ways, seed):
    chance = random.Random(seed)
    ways = list(WRITINGS)
    columns = {"A": ("shared", "inline"), "B": ("number", "none")} | {
        name: tuple(chance.sample(ways, 3)) for name in ("C", "D", "Z", "AA", "ABC")
    }
    small, big = both_ways(file(sheet(columns, chance)))
    assert_same(small, big)


@pytest.mark.parametrize(
    ("odd", "typed"),
    [
        ('<row r="400"><!-- x --><c r="A400"><v>1</v></c></row>', False),
        ('<row r="400"><c r="A400"><v>1</v></c>\n</row>', True),
        ('<row r="400">\n<c r="A400">\n<v>1</v></c></row>', False),
        ('<row r="400"><c r="A400" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>', False),
        ('<row r="400"><c><v>1</v></c><c><v>2</v></c></row>', False),
        ('<row r="400"><c r="A401"><v>1</v></c></row>', False),
        ('<row r="400"><c r="a400"><v>1</v></c></row>', False),
        ('<row r="400"><c r="A400" t="d"><v>2025-01-09</v></c></row>', False),
        ('<row r="400"><c r="A400"><v><![CDATA[5]]></v></c></row>', False),
        ('<row r="400" hidden="1"><c r="A400"><v>1</v></c></row>', True),
        ('<row r="400" outlineLevel="1"><c r="A400"><v>1</v></c></row>', False),
        ('<row r="400" outlineLevel="0"/>', True),
        ('<row r="400"><c r="A400" xml:space="preserve" cm="1" vm="20" s="0"><v>1</v></c></row>', False),
    ],
)
def test_xml_of_another_kind_is_read_cell_by_cell(both_ways, odd, typed):
    body = sheet({"A": ("number",), "B": ("shared",)}, random.Random(2))
    start = body.index('<row r="400">')
    end = body.index("</row>", start) + len("</row>")
    small, big = both_ways(file(body[:start] + odd + body[end:]))
    assert bool(big.n_head) == typed
    assert_same(small, big)
    assert (big.hidden_rows is None) == (small.hidden_rows is None)


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda body: body.replace(b'<row r="700">', b'<row r="9999999">').replace(b"A700", b"A9999999"), "damaged_or_unsafe_file"),
        (lambda body: body.replace(b"<v>0</v>", b"<v>99</v>"), "damaged_file"),
        (lambda body: body[: len(body) // 2], "damaged_file"),
        (lambda body: body.replace(b'r="A500"', b'r="XFE500"'), "damaged_or_unsafe_file"),
        (lambda body: body.replace(b'r="A500" t="inlineStr"><is><t>', b'r="A500" t="inlineStr"><is><t>\xff'), "damaged_file"),
        (lambda body: body.replace(b"</sheetData>", b""), "damaged_file"),
    ],
)
def test_a_damaged_sheet_fails_as_it_does_cell_by_cell(monkeypatch, harm, code):
    columns = {"A": ("inline",), "B": ("shared",), "C": ("number",)}
    data = file(harm(sheet(columns, random.Random(3)).encode()))
    assert code_of(data) == code
    as_big(monkeypatch)
    assert code_of(data) == code


@pytest.mark.parametrize("seed", range(8))
def test_damaged_xml_fails_by_a_code_or_not_at_all(monkeypatch, seed):
    as_big(monkeypatch)
    chance = random.Random(seed)
    body = sheet({"A": ("shared", "inline"), "B": ("number", "formula"), "C": ("date",), "AA": ("preserved",)}, chance).encode()
    strings = "".join(f'<si><t xml:space="preserve">{text}</t></si>' for text in STRINGS).encode()
    for _ in range(10):
        parts = {
            "xl/worksheets/sheet1.xml": b"<worksheet>" + body + b"</worksheet>",
            "xl/sharedStrings.xml": b"<sst>" + strings + b"</sst>",
        }
        name = chance.choice(sorted(parts))
        code = code_of(made("", styles=STYLES, more={**parts, name: damaged(parts[name], chance)}))
        assert code is None or code in ERRORS


def test_a_dtd_in_a_big_sheet_is_refused(monkeypatch):
    as_big(monkeypatch)
    body = sheet({"A": ("number",)}, random.Random(4))
    assert code_of(file(body, b'<!DOCTYPE a [<!ENTITY b "c">]>')) == "damaged_or_unsafe_file"
    assert code_of(file(body, b" " * 300_000 + b'<!DOCTYPE a [<!ENTITY b "c">]>')) == "damaged_or_unsafe_file"


def code_of(data: bytes) -> str | None:
    try:
        read_workbook(data)
    except SbytError as fault:
        return fault.code
    return None
