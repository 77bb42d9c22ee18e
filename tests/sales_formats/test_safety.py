"""Files made to harm: the sizes they state, what they really inflate to, and what their XML asks for."""

import io
import struct
import zipfile

import pytest

from sbyt_core.errors import SbytError
from sbyt_core.sales.formats import archive, read_workbook, reader
from tests.sales_formats.making import xlsx, zipped

SHEET = '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>'


def code_of(data: bytes) -> str:
    with pytest.raises(SbytError) as caught:
        read_workbook(data)
    return caught.value.code


def test_the_stated_size_counts_before_anything_is_inflated(monkeypatch):
    monkeypatch.setattr(archive, "MAX_UNPACKED", 1_000)
    assert code_of(xlsx(SHEET + " " * 2_000)) == "too_big_unpacked"


def test_a_part_that_inflates_to_more_than_it_states_is_refused():
    data = bytearray(xlsx(SHEET + " " * 100_000))
    whole = len(f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{SHEET}</worksheet>') + 100_000
    stated = struct.pack("<I", whole)
    assert data.count(stated) == 2  # the local header and the directory
    assert code_of(bytes(data.replace(stated, struct.pack("<I", 500)))) == "damaged_or_unsafe_file"


def test_a_flipped_byte_of_a_stored_part_is_found_by_its_check_sum():
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as file, zipfile.ZipFile(io.BytesIO(xlsx(SHEET))) as source:
        for name in source.namelist():
            file.writestr(name, source.read(name))
    data = result.getvalue()
    assert read_workbook(data).grids[0].cell(0, 0) == 1.0
    assert code_of(data.replace(b"<v>1</v>", b"<v>7</v>")) == "damaged_file"


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet1.xml"])
def test_a_dtd_in_any_part_is_refused(part):
    bomb = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    sheet = '<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>'
    assert code_of(xlsx(sheet, more={part: bomb})) == "damaged_or_unsafe_file"


def test_a_zip_in_a_zip_in_a_zip_is_not_followed():
    inner = zipped({"a.csv": "a;b\n1;2\n"})
    assert code_of(zipped({"b.zip": zipped({"c.zip": inner})})) == "not_a_table_file"


def test_many_empty_rows_are_read_as_the_two_that_are_filled():
    empty = "".join(f'<row r="{i}" s="1" customFormat="1"/>' for i in range(3, 200_001))
    grid = read_workbook(
        xlsx(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>{empty}</sheetData>')
    ).grids[0]
    assert grid.n_rows == 2


class PanicException(BaseException):
    """As libraries in Rust raise it."""


@pytest.mark.parametrize("fault", [PanicException, RecursionError, KeyError, AssertionError])
def test_whatever_a_reader_breaks_with_is_a_coded_error(monkeypatch, fault):
    def breaks(*_, **__):
        raise fault

    monkeypatch.setattr(reader, "read_xlsx", breaks)
    assert code_of(xlsx(SHEET)).startswith("damaged")


def test_an_interrupt_is_not_swallowed(monkeypatch):
    def interrupted(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(reader, "read_xlsx", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_workbook(xlsx(SHEET))
