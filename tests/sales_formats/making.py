"""Small files made by hand, so that a test says what stands in them."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

CASES = Path(__file__).resolve().parents[1] / "cases"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def case(name: str) -> bytes:
    """One of the sample files."""
    return (CASES / name).read_bytes()


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """A zip of the parts."""
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return result.getvalue()


def xlsx(
    sheet: str, *, strings: str = "", styles: str = "", states: tuple[str, ...] = ("visible",), more: dict[str, bytes | str] | None = None
) -> bytes:
    """A workbook whose every sheet has the same inside of <worksheet>."""
    sheets = "".join(f'<sheet name="S{i}" sheetId="{i}" state="{state}" r:id="rId{i}"/>' for i, state in enumerate(states, start=1))
    links = "".join(
        f'<Relationship Id="rId{i}" Type="{LINKS}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(states) + 1)
    )
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="r" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{sheets}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    if styles:
        parts["xl/styles.xml"] = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    for i in range(1, len(states) + 1):
        parts[f"xl/worksheets/sheet{i}.xml"] = f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
    return zipped({**parts, **(more or {})})


def record(kind: int, body: bytes = b"") -> bytes:
    """One record of a binary workbook (MS-XLSB 2.1.4)."""
    head = bytes((kind,)) if kind < 128 else bytes((kind & 0x7F | 0x80, kind >> 7))
    length, size = b"", len(body)
    while True:
        length += bytes((size & 0x7F | (0x80 if size > 127 else 0),))
        size >>= 7
        if not size:
            return head + length + body


def wide(text: str) -> bytes:
    """A counted string of UTF-16."""
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")
