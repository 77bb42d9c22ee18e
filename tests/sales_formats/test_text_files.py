"""Text that people call a table: encodings, separators, alignment, and what is no table."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats import delimited, read_workbook

ROWS = [["Дата", "Клиент", "Сумма"], ["09.01.2025", "ООО «Ромашка»", "74 000,00"], ["14.01.2025", "АО «Ветер», филиал", "6 337,98"]]


def cells(data: bytes) -> list[list[object]]:
    grid = read_workbook(data).grids[0]
    return [grid.row(i) for i in range(grid.n_rows)]


def written(separator: str, end: str = "\r\n") -> str:
    return end.join(separator.join(f'"{cell}"' if separator in cell else cell for cell in row) for row in ROWS) + end


@pytest.mark.parametrize("separator", [";", "\t", "|", ","])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"])
def test_every_separator_in_every_encoding(separator, encoding):
    assert cells(written(separator).encode(encoding)) == ROWS


def test_dos_code_page():
    # cp866 has no «»
    rows = [[cell.replace("«", '"').replace("»", '"') for cell in row] for row in ROWS]
    text = "\r\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows * 5)
    assert cells(text.encode("cp866")) == rows * 5


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r", "mac-cyrillic", "iso8859-5"])
@pytest.mark.parametrize("change", [str, str.upper, str.lower])
def test_every_russian_code_page_is_told_by_its_letters(encoding, change):
    rows = [[change(cell).replace("«", "").replace("»", "") for cell in row] for row in ROWS]
    text = "\r\n".join(";".join(row) for row in rows)
    assert cells(text.encode(encoding)) == rows


def test_the_line_that_declares_the_separator():
    assert cells(b"sep=|\r\na,b|c;d\r\n1,5|2;5\r\n") == [["a,b", "c;d"], ["1,5", "2;5"]]


def test_decimal_commas_do_not_beat_semicolons():
    assert cells(b"a;b\n1,5;2,5\n3,5;4,5\n")[1] == ["1,5", "2,5"]


def test_columns_aligned_by_spaces():
    text = (
        "Отчёт о продажах\n"
        "Клиент               Дата         Сумма\n"
        "--------------------------------------\n"
        "ООО Ромашка          09.01.2025   740,00\n"
        "АО Северный Ветер    14.01.2025    63,98\n"
        "ИП Тестов А. А.      20.01.2025 40748,40\n"
    )
    assert cells(text.encode("cp866")) == [
        ["Отчёт о продажах", None, None],
        ["Клиент", "Дата", "Сумма"],
        ["ООО Ромашка", "09.01.2025", "740,00"],
        ["АО Северный Ветер", "14.01.2025", "63,98"],
        ["ИП Тестов А. А.", "20.01.2025", "40748,40"],
    ]


def test_a_blank_between_thousands_in_the_same_place_of_every_line_parts_no_column():
    figures = ["74 000,50", "16 337,98", "40 748,40", "1 240 748,40"]
    text = f"{'Клиент':12}{'Сумма':>12}\n" + "".join(f"{name:12}{figure:>12}\n" for name, figure in zip("АБВГ", figures, strict=True))
    assert cells(text.encode()) == [["Клиент", "Сумма"], *([name, figure] for name, figure in zip("АБВГ", figures, strict=True))]


def test_a_table_drawn_with_bars():
    text = "┌──────┬─────┐\n│Клиент│Сумма│\n├──────┼─────┤\n│Альфа │10,00│\n│Бета  │20,00│\n└──────┴─────┘\n"
    found = [row for row in cells(text.encode("cp866")) if any(row)]
    assert found == [["Клиент", "Сумма"], ["Альфа", "10,00"], ["Бета", "20,00"]]


def test_a_row_with_empty_ends_is_no_frame():
    text = "Код|Клиент|Сумма|Пометка\n1|Альфа|10,00|да\n|Итого|10,00|\n"
    assert cells(text.encode())[-1] == [None, "Итого", "10,00", None]


def test_commas_in_figures_part_no_columns_aligned_by_spaces():
    names = ["Клей 2,5 л", "Лак", "Доска 3,5х35", "Грунт для стен", "Обои"]
    text = f"{'Товар':16}{'Сумма':>8}{'Прибыль':>10}\n" + "".join(f"{name:16}{'110,50':>8}{'11,25':>10}\n" for name in names)
    assert cells(text.encode()) == [["Товар", "Сумма", "Прибыль"], *([name, "110,50", "11,25"] for name in names)]


def test_old_mac_line_ends():
    assert cells(b"a;b\r1;2\r3;4\r") == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_blank_lines_between_stay_and_at_the_end_go():
    assert cells(b"a;b\n\n1;2\n\n\n") == [["a", "b"], [None, None], ["1", "2"]]


def test_a_big_text_has_the_same_cells_as_a_small_one(monkeypatch):
    lines = ["Продажи за год", "Клиент;Сумма;Заметка"] + [f'"К ""{i}""";{i},5;{"" if i % 3 else "да"}' for i in range(3000)] + ["Итого;1"]
    data = "\n".join(lines).encode()
    small = read_workbook(data).grids[0]
    monkeypatch.setattr(delimited, "EXACT_CELLS", 1_000)
    big = read_workbook(data).grids[0]
    assert big.n_head
    assert (big.n_rows, big.n_columns) == (small.n_rows, small.n_columns) == (3003, 3)
    assert [big.cells(j).tolist() for j in range(3)] == [small.cells(j).tolist() for j in range(3)]
    assert big.row(0) == small.row(0)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b'{"rows": [1, 2]}', "JSON"),
        (b"{\\rtf1 hello}", "RTF"),
        (b"MOXCEL\0\x01\x02\0", "1С MXL"),
        (b"<?xml version='1.0'?><orders><order/></orders>", "XML"),
        (b"\x01\x02\x03\x04\x05" * 50, "BIN"),
    ],
)
def test_what_is_no_table_is_told(data, kind):
    with pytest.raises(BadFile) as caught:
        read_workbook(data)
    assert (caught.value.code, caught.value.params) == ("not_a_table_file", {"kind": kind})


@pytest.mark.parametrize("data", [b"", b"  \r\n\t ", b"\xef\xbb\xbf\n", b"\0\0\0\0"])
def test_nothing_in_the_file(data):
    with pytest.raises(BadFile, match="empty_file"):
        read_workbook(data)


words = (
    st.text(alphabet=st.sampled_from("абвгдежзиклмнопрстуя АБВ,;|«»\"'\n0123456789.-"), min_size=1, max_size=12).map(str.strip).filter(bool)
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(words, min_size=3, max_size=3), min_size=3, max_size=8), st.sampled_from(";\t,"))
def test_quoted_fields_read_back_as_written(rows, separator):
    text = f"sep={separator}\n" + "\n".join(separator.join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert cells(text.encode()) == rows
