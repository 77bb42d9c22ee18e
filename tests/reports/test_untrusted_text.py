"""Names that want to be formulas, addresses, markup or too long are texts in every sheet, and are read back as they were."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from io import BytesIO

import pytest
from openpyxl.utils.escape import unescape

from sbyt_core.reports import manager_zip, segments_workbook
from sbyt_core.segments import Override
from tests.reports.making import base, opened, table_of

HOSTILE = [
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1)",
    '=HYPERLINK("http://x","y")',
    "http://example.com/?a=1&b=<2>",
    "mailto:a@b.c",
    "internal:Sheet1!A1",
    "<b>ООО</b> **«Жирно»**",
    "😀 Эмодзи",
    "_x0041_",
    "{=1+1}",
    "0012",
    "1e5",
    "&C&P",
    "Ж" * 32_767,
]


@pytest.fixture(scope="module")
def content():
    segmentation = base(len(HOSTILE), names=HOSTILE, overrides=[Override("k003", "A", "=1+1", "@who")])
    return segments_workbook(segmentation, project_name="=Проект&P\x01", author="<a>&\x00", criteria_name="=c")


def test_names_are_read_back_as_they_were(content):
    # "_x0041_" is written with its first sign escaped, as the format asks; this reader leaves that to its caller
    names = {unescape(name) for sheet in "ABC" for name in table_of(opened(content)[sheet])["Клиент"]}
    assert names <= set(HOSTILE)
    assert len(names) == len(HOSTILE) - 1  # the first is the walk-in client, outside the classes


def test_no_cell_became_a_formula_or_a_link(content):
    for sheet in opened(content, values=False):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                assert cell.data_type != "f" or re.match(r"=(SUM|SUBTOTAL|IF)\(", cell.value)
    archive = zipfile.ZipFile(BytesIO(content))
    assert not any("hyperlink" in archive.read(name).decode() for name in archive.namelist() if name.endswith(".rels"))


def test_an_unwritable_character_is_left_out():
    names = [f"До\x00После\x1f{i}" for i in range(6)]
    content = segments_workbook(base(6, names=names), author="И\x0bван", project_name="\ud800Ромашка")
    book = opened(content)
    assert (book.properties.title, book.properties.creator) == ("Ромашка", "Иван")
    shown = {name for sheet in "ABC" if book[sheet].auto_filter.ref for name in table_of(book[sheet])["Клиент"]}
    assert shown == {f"ДоПосле{i}" for i in range(1, 6)}


def test_managers_become_files_not_paths():
    table = manager_zip(base(12), project_name="../..")
    names = zipfile.ZipFile(BytesIO(table)).namelist()
    assert names == ["Анна Орлова.xlsx", "Борис Петров.xlsx", "Без менеджера.xlsx"]


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_reads_the_workbook_and_its_chart(content, tmp_path):
    source = tmp_path / "segments.xlsx"
    source.write_bytes(content)
    command = [
        "soffice",
        "--headless",
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--convert-to",
        "ods",
        "--outdir",
        str(tmp_path),
        str(source),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    archive = zipfile.ZipFile(tmp_path / "segments.ods")
    assert any(name.startswith("Object 1/") for name in archive.namelist())
    assert "Кривая" in archive.read("content.xml").decode()
