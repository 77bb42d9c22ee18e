"""Binary workbooks (xlsb, BIFF12): a stream of records, each a number, a length and a body.

Only records of cells, rows, strings, styles and merged ranges are looked at (MS-XLSB 2.1.4 and 2.4). A cell costs room only where
it is filled.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.archive import Archive
from sbyt_core.sales.formats.builder import SheetBuilder
from sbyt_core.sales.formats.cell_formats import BUILTIN_DATES, currency_of_format, date_of_serial, is_date_format
from sbyt_core.sales.formats.grid import Cell, CellError, Grid
from sbyt_core.sales.formats.xlsx_parts import MAX_SHEETS, Styles, relations

ROW, BLANK, RK, ERROR, BOOL, REAL, TEXT, SHARED = range(8)
FORMULA_TEXT, FORMULA_NUMBER, FORMULA_BOOL, FORMULA_ERROR = range(8, 12)
STRING, FORMAT, XF, COLUMN = 19, 44, 47, 60
WORKBOOK_PROPERTIES, SHEET, MERGED = 153, 156, 176
BEGIN_CELL_XFS, END_CELL_XFS = 617, 618
ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}
Record = tuple[int, bytes]


def read_xlsb(archive: Archive, *, wanted: Callable[[list[str]], set[str]]) -> list[Grid]:
    """The sheets in their order; one that is not wanted comes empty. Raises damaged_file."""
    try:
        return _read(archive, wanted)
    except (struct.error, IndexError, UnicodeDecodeError) as fault:
        raise BadFile("damaged_file") from fault


def _read(archive: Archive, wanted: Callable[[list[str]], set[str]]) -> list[Grid]:
    book = "xl/workbook.bin"
    links = relations(archive, book)
    since_1904 = False
    sheets: list[tuple[str, str, bool]] = []
    for kind, body in _records(archive.read(book)):
        if kind == WORKBOOK_PROPERTIES:
            since_1904 = bool(body[0] & 1)
        elif kind == SHEET and len(sheets) < MAX_SHEETS:
            link, at = _text(body, 8)
            sheets.append((_text(body, at)[0], link, struct.unpack_from("<I", body)[0] != 0))
    names = wanted([name for name, _, _ in sheets])
    strings, styles = _strings(archive), _styles(archive)
    grids = []
    for name, link, hidden in sheets:
        kind_name, part = links.get(link, ("", ""))
        if kind_name != "worksheet" or part not in archive:
            continue
        sheet = SheetBuilder(name, is_hidden=hidden)
        sheet.is_pivot = any(kind == "pivotTable" for kind, _ in relations(archive, part).values())
        if name in names:
            _fill(sheet, archive.read(part), strings, styles, since_1904)
        grids.append(sheet.grid())
    return grids


def _records(data: bytes) -> Iterator[Record]:
    at, end = 0, len(data)
    while at < end:
        kind = data[at]
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (data[at] & 0x7F) << 7
            at += 1
        length = shift = 0
        while True:
            byte = data[at]
            at += 1
            length |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        if at + length > end:
            raise BadFile("damaged_file")
        yield kind, data[at : at + length]
        at += length


def _text(body: bytes, at: int) -> tuple[str, int]:
    """A counted string of UTF-16, and where it ends; a count of all ones is no string."""
    count = struct.unpack_from("<I", body, at)[0]
    if count == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * count
    if end > len(body):
        raise BadFile("damaged_file")
    return body[at + 4 : end].decode("utf-16-le", errors="replace"), end


def _strings(archive: Archive) -> list[str]:
    part = "xl/sharedStrings.bin"
    return [_text(body, 1)[0] for kind, body in _records(archive.read(part)) if kind == STRING] if part in archive else []


def _styles(archive: Archive) -> Styles:
    styles, codes, count = Styles(), {}, -1
    inside = False
    for kind, body in _records(archive.read("xl/styles.bin")) if "xl/styles.bin" in archive else ():
        if kind == FORMAT:
            codes[struct.unpack_from("<H", body)[0]] = _text(body, 2)[0]
        elif kind in (BEGIN_CELL_XFS, END_CELL_XFS):
            inside = kind == BEGIN_CELL_XFS
        elif kind == XF and inside:
            count += 1
            number = struct.unpack_from("<H", body, 2)[0]
            code = codes.get(number)
            if is_date_format(code) if code is not None else number in BUILTIN_DATES:
                styles.dates.add(count)
            if code and (currency := currency_of_format(code)):
                styles.currencies[count] = currency
            if body[11]:
                styles.indents[count] = body[11]
    return styles


def _fill(sheet: SheetBuilder, data: bytes, strings: list[str], styles: Styles, since_1904: bool) -> None:
    row = -1
    for kind, body in _records(data):
        if kind == ROW:
            row = struct.unpack_from("<I", body)[0]
            if level := body[11] & 7:
                sheet.outline[row] = level
            if body[11] & 16:
                sheet.hidden_rows.add(row)
        elif BLANK < kind <= FORMULA_ERROR:
            column, style = struct.unpack_from("<II", body)
            style &= 0xFFFFFF
            value = _cell(kind, body, strings)
            if isinstance(value, float) and style in styles.dates:
                value = date_of_serial(value, since_1904=since_1904)
            if value is None or value == "":
                continue
            if row not in sheet.rows and (indent := styles.indents.get(style)):
                sheet.indent[row] = indent
            sheet.put(row, column, value)
            if isinstance(value, float) and style in styles.currencies:
                sheet.currency.setdefault(column, styles.currencies[style])
        elif kind == MERGED:
            top, bottom, left, right = struct.unpack_from("<IIII", body)
            sheet.merged.append((top, left, bottom, right))
        elif kind == COLUMN and body[16] & 1:
            first, last = struct.unpack_from("<II", body)
            sheet.hidden_columns.update(range(first, min(last, 16_383) + 1))


def _cell(kind: int, body: bytes, strings: list[str]) -> Cell:
    if kind == SHARED:
        return strings[struct.unpack_from("<I", body, 8)[0]]
    if kind in (TEXT, FORMULA_TEXT):
        return _text(body, 8)[0]
    if kind in (REAL, FORMULA_NUMBER):
        number = struct.unpack_from("<d", body, 8)[0]
        return number if abs(number) < 1e300 else None
    if kind == RK:
        return _rk(struct.unpack_from("<I", body, 8)[0])
    if kind in (BOOL, FORMULA_BOOL):
        return bool(body[8])
    return CellError(ERRORS.get(body[8], "#ERR"))


def _rk(packed: int) -> float:
    """A number in 30 bits: an integer or the upper half of a double, perhaps a hundred times too big."""
    if packed & 2:
        number = float((packed >> 2) - (1 << 30 if packed & 0x80000000 else 0))
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & 0xFFFFFFFC) << 32))[0]
    return number / 100 if packed & 1 else number
