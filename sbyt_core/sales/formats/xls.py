"""Old Excel files (BIFF 2–8, cp1251 where the file says so), by xlrd, which alone knows their outline and indents;
where it gives up, the values alone by python-calamine.

A formula that was never calculated has no mark in BIFF: it stands as an empty text or 0, and stays so.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, time

import xlrd
from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
from xlrd.biffh import error_text_from_code

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.builder import SheetBuilder
from sbyt_core.sales.formats.cell_formats import currency_of_format, date_of_serial, is_date_format
from sbyt_core.sales.formats.grid import Cell, CellError, Grid

Wanted = Callable[[list[str]], set[str]]


def read_xls(data: bytes, *, wanted: Wanted) -> list[Grid]:
    """The sheets in their order; one that is not wanted comes empty. Raises damaged_file, password_protected."""
    try:
        return _by_xlrd(data, wanted)
    except BadFile:
        raise
    except xlrd.XLRDError as fault:
        if "ncrypt" in str(fault):
            raise BadFile("password_protected") from fault
        return _by_calamine(data, wanted)
    except Exception:  # xlrd raises whatever a record it does not know leads to
        return _by_calamine(data, wanted)


def _by_xlrd(data: bytes, wanted: Wanted) -> list[Grid]:
    book = _opened(data)
    names = wanted(book.sheet_names())
    grids = []
    for number, name in enumerate(book.sheet_names()):
        hidden = number < len(book._sheet_visibility) and book._sheet_visibility[number] != 0
        grids.append(_sheet(book, number, hidden) if name in names else Grid(name, is_hidden=hidden))
        book.unload_sheet(number)
    return grids


def _by_calamine(data: bytes, wanted: Wanted) -> list[Grid]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = wanted(book.sheet_names)
        grids = []
        for about in book.sheets_metadata:
            sheet = SheetBuilder(about.name, is_hidden=about.visible != SheetVisibleEnum.Visible)
            rows = book.get_sheet_by_name(about.name).to_python(skip_empty_area=False) if about.name in names else []
            for i, row in enumerate(rows):
                for j, value in enumerate(row):
                    sheet.put(i, j, _plain(value))
            grids.append(sheet.grid())
        return grids
    except (CalamineError, OSError, ValueError) as fault:
        raise fault if isinstance(fault, BadFile) else BadFile("damaged_file") from fault


def _plain(value: object) -> Cell:
    if isinstance(value, bool | str | datetime) or value is None:
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    return float(value) if isinstance(value, int | float) else str(value)


def _opened(data: bytes) -> xlrd.Book:
    quiet = io.StringIO()
    options = {"file_contents": data, "on_demand": True, "ragged_rows": True, "logfile": quiet, "ignore_workbook_corruption": True}
    try:
        return xlrd.open_workbook(formatting_info=True, **options)
    except (NotImplementedError, KeyError, IndexError, AssertionError):
        return xlrd.open_workbook(formatting_info=False, **options)


def _sheet(book: xlrd.Book, number: int, hidden: bool) -> Grid:
    source = book.sheet_by_index(number)
    sheet = SheetBuilder(source.name, is_hidden=hidden)
    formats = _formats(book)
    styled = bool(book.formatting_info)
    for i in range(source.nrows):
        kinds, values = source.row_types(i), source.row_values(i)
        for j, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            if kind in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK) or value == "":
                continue
            style = source.cell_xf_index(i, j) if styled else None
            is_date, currency = formats.get(style, (False, None)) if style is not None else (kind == xlrd.XL_CELL_DATE, None)
            if style is not None and i not in sheet.rows:
                _mark_row(book, sheet, i, style)
            cell = _cell(kind, value, is_date, bool(book.datemode))
            sheet.put(i, j, cell)
            if currency and isinstance(cell, float):
                sheet.currency.setdefault(j, currency)
    for i, info in source.rowinfo_map.items():
        if info.outline_level:
            sheet.outline[i] = int(info.outline_level)
        if info.hidden:
            sheet.hidden_rows.add(i)
    sheet.hidden_columns.update(j for j, info in source.colinfo_map.items() if info.hidden)
    sheet.merged.extend((top, left, bottom - 1, right - 1) for top, bottom, left, right in source.merged_cells)
    return sheet.grid()


def _formats(book: xlrd.Book) -> dict[int | None, tuple[bool, str | None]]:
    result: dict[int | None, tuple[bool, str | None]] = {}
    for number, style in enumerate(book.xf_list if book.formatting_info else ()):
        known = book.format_map.get(style.format_key)
        code = known.format_str if known else ""
        result[number] = is_date_format(code), currency_of_format(code)
    return result


def _mark_row(book: xlrd.Book, sheet: SheetBuilder, row: int, style: int) -> None:
    look = book.xf_list[style]
    if look.alignment.indent_level:
        sheet.indent[row] = int(look.alignment.indent_level)
    if look.font_index < len(book.font_list) and book.font_list[look.font_index].weight >= 700:
        sheet.bold.add(row)


def _cell(kind: int, value: object, is_date: bool, since_1904: bool) -> Cell:
    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return CellError(error_text_from_code.get(value, "#ERR"))
    number = float(value)  # type: ignore[arg-type]
    if number != number or abs(number) > 1e300:
        return None
    return date_of_serial(number, since_1904=since_1904) if is_date else number
