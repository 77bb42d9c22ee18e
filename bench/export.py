"""The workbook of segments against bare xlsxwriter that writes the same cells in the same formats.

    python -m bench.export [--clients 100000]

Every call that the export makes to write a cell, a row's height or a column is taken down once, then made again by a plain loop on a
new workbook with the same options; so the difference is all that is not writing: states, reasons in words, looks, layout, the
chart. The segmentation is new in each round. Limit: CPU ≤ 1.1 × bare.
"""

from __future__ import annotations

import argparse
import gc
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from bench.base import made_clients
from bench.measure import cost_of, least, verdict
from sbyt_core.clients.model import ClientTable
from sbyt_core.reports import segments_workbook
from sbyt_core.segments import segment

OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WRITERS = ("write_string", "write_number", "write_blank", "write_formula", "write_datetime", "set_row", "set_column")
ROUNDS = 3
LIMIT = 1.1
Call = tuple[str, tuple, int | None, tuple]  # method, arguments before the format, number of the format, those behind it


def export(table: ClientTable) -> bytes:
    """What the workbench gives to its user."""
    return segments_workbook(segment(table), project_name="Замер", author="Замер")


class Script:
    """What an export wrote: properties of its formats, and the calls by sheet."""

    def __init__(self) -> None:
        self.formats: list[dict] = []
        self.sheets: dict[str, list[Call]] = {}

    def replay(self) -> bytes:
        """The same cells by bare xlsxwriter."""
        buffer = BytesIO()
        workbook = xlsxwriter.Workbook(buffer, OPTIONS)
        formats = [workbook.add_format(properties) for properties in self.formats]
        for name, calls in self.sheets.items():
            sheet = workbook.add_worksheet(name)
            methods = {writer: getattr(sheet, writer) for writer in WRITERS}
            for writer, before, style, behind in calls:
                if style is None:
                    methods[writer](*before)
                else:
                    methods[writer](*before, formats[style], *behind)
        workbook.close()
        return buffer.getvalue()


@contextmanager
def recording() -> Iterator[Script]:
    """Take down what is written meanwhile."""
    script = Script()
    numbers: dict[int, int] = {}
    kept: list[Format] = []  # alive, so that no other object takes their place
    plain_format, plain = xlsxwriter.Workbook.add_format, {writer: getattr(Worksheet, writer) for writer in WRITERS}

    def add_format(book: Any, properties: dict | None = None) -> Format:
        made = plain_format(book, properties)
        if "xf_index" not in (properties or {}):  # those that every workbook has from the start
            numbers[id(made)] = len(script.formats)
            script.formats.append(dict(properties or {}))
        kept.append(made)
        return made

    def recorded(writer: str) -> Any:
        def call(sheet: Any, *arguments: Any) -> Any:
            at = next((place for place, one in enumerate(arguments) if isinstance(one, Format)), len(arguments))
            style = numbers[id(arguments[at])] if at < len(arguments) else None
            script.sheets.setdefault(sheet.name, []).append((writer, arguments[:at], style, arguments[at + 1 :]))
            return plain[writer](sheet, *arguments)

        return call

    xlsxwriter.Workbook.add_format = add_format
    for writer in WRITERS:
        setattr(Worksheet, writer, recorded(writer))
    try:
        yield script
    finally:
        xlsxwriter.Workbook.add_format = plain_format
        for writer, method in plain.items():
            setattr(Worksheet, writer, method)


def against_bare(n: int) -> None:
    """Export and bare writing by turns."""
    table = made_clients(n)
    with recording() as script:
        export(table)
    gc.collect()
    gc.freeze()  # what was taken down burdens neither side
    rounds = [(cost_of(lambda: export(table)), cost_of(script.replay)) for _ in range(ROUNDS)]
    ours, bare = (least(side) for side in zip(*rounds, strict=True))
    cells = sum(len(calls) for calls in script.sheets.values())
    print(f"workbook of {n:,} clients, {cells:,} cells and rows: CPU {ours.cpu:.2f} s; bare xlsxwriter {bare.cpu:.2f} s")
    verdict("CPU", ours.cpu / bare.cpu, LIMIT)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clients", type=int, default=100_000)
    against_bare(options.parse_args().clients)


if __name__ == "__main__":
    main()
