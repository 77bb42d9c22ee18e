"""The one door: bytes of a file → its sheets, by whichever reader fits what the bytes are.

Every fault is a coded one: a reader that breaks on a file breaks as damaged_file. Visible sheets come first.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from sbyt_core.errors import BadFile, SbytError
from sbyt_core.sales.formats import detect
from sbyt_core.sales.formats.archive import MEGABYTE, Archive
from sbyt_core.sales.formats.grid import Grid, Workbook
from sbyt_core.sales.formats.xlsx import Progress, read_xlsx

MAX_FILE = 500 * MEGABYTE  # bytes of an upload; a million lines of xlsx take 60 to 120 MB
PANIC = "PanicException"  # what a library in Rust raises where it breaks; it is no Exception, and has no public name
Wanted = Callable[[list[str]], set[str]]


def read_workbook(data: bytes, *, password: str | None = None, sheet: str | None = None, progress: Progress | None = None) -> Workbook:
    """Read any file that people upload as a workbook of grids.

    data: the bytes as they came; sheet: read this one alone (the others come empty); progress: told the share done, 0 … 1.
    Raises BadFile with a code of the groups "a file" and "a table in the file".
    """
    if len(data) > MAX_FILE:
        raise BadFile("too_big", megabytes=len(data) // MEGABYTE, limit=MAX_FILE // MEGABYTE)
    told = progress or _silent
    collecting = gc.isenabled()
    gc.disable()  # millions of cells are made and none of them is in a cycle: collecting costs a third of the time
    try:
        kind, grids, notes = _read(data, password, _chooser(sheet), told, inside=False)
    except SbytError:
        raise
    except RecursionError as fault:
        raise BadFile("damaged_or_unsafe_file") from fault
    except MemoryError:
        raise
    except Exception as fault:  # a damaged file makes readers raise anything: to the user it is one thing
        raise BadFile("damaged_file") from fault
    except BaseException as fault:
        if type(fault).__name__ != PANIC:
            raise
        raise BadFile("damaged_file") from fault
    finally:
        if collecting:
            gc.enable()
    told(1.0)
    return _checked(kind, grids, notes)


def _read(data: bytes, password: str | None, wanted: Wanted, progress: Progress, *, inside: bool) -> tuple[str, list[Grid], list[str]]:
    form = detect.container(data)
    if form == detect.ZIP:
        return _read_zip(data, password, wanted, progress, inside=inside)
    if form == detect.OLE:
        return _read_ole(data, password, wanted, progress, inside=inside)
    if form == detect.BIFF:
        from sbyt_core.sales.formats.xls import read_xls

        return "xls", read_xls(data, wanted=wanted), []
    from sbyt_core.sales.formats.text_file import read_text_file

    return read_text_file(data, wanted=wanted, progress=progress)


def _read_zip(data: bytes, password: str | None, wanted: Wanted, progress: Progress, *, inside: bool) -> tuple[str, list[Grid], list[str]]:
    archive = Archive(data)
    kind = detect.zip_kind(archive)
    if kind == "xlsx":
        return "xlsx", read_xlsx(archive, wanted=wanted, progress=progress), []
    if kind == "xlsb":
        from sbyt_core.sales.formats.xlsb import read_xlsb

        return "xlsb", read_xlsb(archive, wanted=wanted), []
    if kind == "ods":
        from sbyt_core.sales.formats.ods import read_ods

        return "ods", read_ods(archive, wanted=wanted), []
    if inside:
        raise BadFile("not_a_table_file", kind="ZIP")
    kind, grids, notes = _read(archive.read(detect.only_table(archive)), password, wanted, progress, inside=True)
    return kind, grids, [*notes, "zipped"]


def _read_ole(data: bytes, password: str | None, wanted: Wanted, progress: Progress, *, inside: bool) -> tuple[str, list[Grid], list[str]]:
    from sbyt_core.sales.formats.locked import is_locked, unlocked
    from sbyt_core.sales.formats.xls import read_xls

    if detect.ole_kind(data) == "locked" or is_locked(data):
        opened, by_default = unlocked(data, password)
        notes = ["default_password"] if by_default else ["password"]
        if opened[:2] != b"PK":
            return "xls", read_xls(opened, wanted=wanted), notes
        kind, grids, more = _read_zip(opened, None, wanted, progress, inside=inside)
        return kind, grids, [*more, *notes]
    return "xls", read_xls(data, wanted=wanted), []


def _chooser(sheet: str | None) -> Wanted:
    def wanted(names: list[str]) -> set[str]:
        if sheet is None:
            return set(names)
        found = {name for name in names if name == sheet} or {name for name in names if _plain(name) == _plain(sheet)}
        if not found:
            raise BadFile("no_such_sheet", sheet=sheet, sheets=tuple(names))
        return found

    return wanted


def _checked(kind: str, grids: list[Grid], notes: list[str]) -> Workbook:
    filled = [grid for grid in grids if grid.n_rows]
    if not filled:
        gaps = sum(grid.formulas_without_values for grid in grids)
        raise BadFile("formulas_without_values", count=gaps) if gaps else BadFile("empty_sheet")
    return Workbook(kind, tuple(sorted(grids, key=lambda grid: grid.is_hidden)), tuple(notes))


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()


def _silent(_: float) -> None:
    return None
