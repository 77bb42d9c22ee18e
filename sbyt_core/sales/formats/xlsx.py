"""xlsx and xlsm → sheets: each cell exactly where the file is of ordinary size, typed columns where it is big and flat.

A big sheet is tried by column first, which makes room for filled cells alone; a sheet of a million empty styled rows is a small one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from sbyt_core.sales.formats.archive import Archive
from sbyt_core.sales.formats.builder import SheetBuilder
from sbyt_core.sales.formats.grid import Grid
from sbyt_core.sales.formats.xlsx_big import read_big
from sbyt_core.sales.formats.xlsx_parts import SheetPart, Styles, shared_strings, sheet_parts, styles
from sbyt_core.sales.formats.xlsx_sheet import read_sheet
from sbyt_core.sales.formats.xlsx_strings import StringTable

Progress = Callable[[float], None]
LOOKED_OVER = 8_000_000  # bytes of XML from which a sheet is first tried as a big one; about 200 000 cells
TOLD_STEP = 0.01  # share of the work between two words of progress
EXACT_CELLS = 250_000  # cells read one by one in about a second


def read_xlsx(archive: Archive, *, wanted: Callable[[list[str]], set[str]], progress: Progress) -> list[Grid]:
    """The sheets in their order; one that is not wanted comes empty."""
    book = _Book(archive, progress)
    names = wanted([part.name for part in book.parts])
    chosen = [part for part in book.parts if part.name in names]
    book.total = sum(archive.size(part.part) for part in chosen) or 1
    return [book.grid(part) if part in chosen else Grid(part.name, is_hidden=part.is_hidden, is_pivot=part.is_pivot) for part in book.parts]


class _Book:
    def __init__(self, archive: Archive, progress: Progress) -> None:
        self.archive, self.progress = archive, progress
        self.parts, self.since_1904 = sheet_parts(archive)
        self.done, self.total, self.told = 0, 1, 0.0

    @cached_property
    def strings(self) -> list[str]:
        return shared_strings(self.archive)

    @cached_property
    def string_table(self) -> StringTable:
        return StringTable(self.archive)

    @cached_property
    def styles(self) -> Styles:
        return styles(self.archive)

    def grid(self, part: SheetPart) -> Grid:
        if self.archive.size(part.part) > LOOKED_OVER and (big := self._big(part)) is not None:
            return big
        sheet = SheetBuilder(part.name, is_hidden=part.is_hidden)
        sheet.is_pivot = part.is_pivot
        self._fill(sheet, part)
        return sheet.grid()

    def _big(self, part: SheetPart) -> Grid | None:
        if part.is_pivot:
            return None

        def rows(chunks: Iterable[bytes], sheet: SheetBuilder) -> None:
            read_sheet(chunks, sheet, strings=self.string_table, styles=self.styles, since_1904=self.since_1904)

        return read_big(
            self._chunks(part),
            part.name,
            is_hidden=part.is_hidden,
            least_cells=EXACT_CELLS,
            strings=lambda: self.string_table,
            styles=self.styles,
            since_1904=self.since_1904,
            read_rows=rows,
        )

    def _fill(self, sheet: SheetBuilder, part: SheetPart) -> None:
        read_sheet(self._chunks(part), sheet, strings=self.strings, styles=self.styles, since_1904=self.since_1904)

    def _chunks(self, part: SheetPart) -> Iterator[bytes]:
        """The text of a sheet; tells how far the reading is."""
        for chunk in self.archive.chunks(part.part):
            yield chunk
            self.done += len(chunk)
            share = min(self.done / self.total, 0.95)
            if share > self.told + TOLD_STEP:
                self.told = share
                self.progress(share)
