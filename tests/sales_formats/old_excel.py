"""Old Excel workbooks written record by record: BIFF 5 and 8 in an OLE container, plain or under a password (RC4, MS-XLS 2.2.10)."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from datetime import datetime
from hashlib import md5

from msoffcrypto.method.rc4 import DocumentRC4

BIFF5, BIFF8 = 0x0500, 0x0600
BOF, FILEPASS, BOUNDSHEET = 0x0809, 0x002F, 0x0085
SALT, VERIFIER = bytes(range(16)), bytes(range(16, 32))
SECTOR, END, FREE, TABLE = 512, 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
SMALL = 4096  # bytes; a shorter stream would lie elsewhere in the container
Row = list[object]


def workbook(rows: list[Row], *, version: int = BIFF8, password: str | None = None, code_page: str = "cp1251") -> bytes:
    """The file of one sheet: texts, numbers, dates."""
    stream = _stream(rows, version, password, code_page)
    return _container(_locked(stream, password) if password else stream, "Workbook" if version == BIFF8 else "Book")


def _record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def _text(text: str, version: int, code_page: str, count: str) -> bytes:
    if version == BIFF8:
        return struct.pack(f"<{count}B", len(text), 1) + text.encode("utf-16-le")
    body = text.encode(code_page)
    return struct.pack(f"<{count}", len(body)) + body


def _stream(rows: list[Row], version: int, password: str | None, code_page: str) -> bytes:
    start = _record(BOF, struct.pack("<HHHH", version, 0x0005, 0x0DBB, 0x07CC) + (b"\0" * 8 if version == BIFF8 else b""))
    start += _filepass(password) if password else b""
    start += _record(0x0042, struct.pack("<H", 1200 if version == BIFF8 else int(code_page[2:])))
    font = struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 204, 0) + _text("Arial", version, code_page, "B")
    start += _record(0x0031, font) * 4
    start += _record(0x041E, struct.pack("<H", 164) + _text("DD.MM.YYYY", version, code_page, "H" if version == BIFF8 else "B"))
    size = 20 if version == BIFF8 else 16
    start += _record(0x00E0, struct.pack("<HHH", 0, 0, 0xFFF5).ljust(size, b"\0")) * 15
    start += _record(0x00E0, struct.pack("<HHH", 0, 0, 1).ljust(size, b"\0")) + _record(
        0x00E0, struct.pack("<HHH", 0, 164, 1).ljust(size, b"\0")
    )
    sheet = struct.pack("<BB", 0, 0) + _text("Продажи", version, code_page, "B")
    where = len(start) + 4 + 4 + len(sheet) + 4
    start += _record(BOUNDSHEET, struct.pack("<I", where) + sheet) + _record(0x000A)
    whole = start + _sheet(rows, version, code_page)
    return whole if len(whole) >= SMALL else whole + _record(0, b"\0" * (SMALL - len(whole)))


def _sheet(rows: list[Row], version: int, code_page: str) -> bytes:
    body = _record(BOF, struct.pack("<HHHH", version, 0x0010, 0x0DBB, 0x07CC) + (b"\0" * 8 if version == BIFF8 else b""))
    for i, row in enumerate(rows):
        for j, cell in enumerate(row):
            if isinstance(cell, str):
                body += _record(0x0204, struct.pack("<HHH", i, j, 15) + _text(cell, version, code_page, "H"))
            elif isinstance(cell, datetime):
                body += _record(0x0203, struct.pack("<HHHd", i, j, 16, (cell - datetime(1899, 12, 30)).days))
            elif cell is not None:
                body += _record(0x0203, struct.pack("<HHHd", i, j, 15, cell))
    return body + _record(0x000A)


def _filepass(password: str) -> bytes:
    proof = DocumentRC4.decrypt(password, SALT, io.BytesIO(VERIFIER + md5(VERIFIER).digest())).read()  # RC4 goes both ways
    return _record(FILEPASS, struct.pack("<HHH", 1, 1, 1) + SALT + proof)


def _locked(stream: bytes, password: str) -> bytes:
    """The stream with the bodies of its records under RC4, but for those that Excel leaves open."""
    locked = bytearray(DocumentRC4.decrypt(password, SALT, io.BytesIO(stream), blocksize=1024).read())
    for kind, at, size in _records(stream):
        locked[at : at + 4] = stream[at : at + 4]
        open_bytes = size if kind in (BOF, FILEPASS) else 4 if kind == BOUNDSHEET else 0
        locked[at + 4 : at + 4 + open_bytes] = stream[at + 4 : at + 4 + open_bytes]
    return bytes(locked)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    at = 0
    while at < len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        yield kind, at, size
        at += 4 + size


def _container(stream: bytes, name: str) -> bytes:
    """An OLE file of one stream (MS-CFB, sectors of 512 bytes, one table of sectors)."""
    size, count = len(stream), -(-len(stream) // SECTOR)
    stream = stream.ljust(count * SECTOR, b"\0")
    table = [TABLE, END, *range(3, count + 2), END]
    assert len(table) <= SECTOR // 4, "one sector holds the table"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6).ljust(16, b"\0")
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, SMALL, END, 0, END, 0, 0)
    folder = _entry("Root Entry", 5, END, 0, child=1) + _entry(name, 2, 2, size)
    sectors = struct.pack("<128I", *table, *[FREE] * (SECTOR // 4 - len(table))) + folder.ljust(SECTOR, b"\0")
    return head.ljust(SECTOR, b"\xff") + sectors + stream


def _entry(name: str, kind: int, start: int, size: int, *, child: int = FREE) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text), kind, 1, FREE, FREE, child).ljust(52, b"\0")
        + struct.pack("<IQ", start, size)
    )
