"""Files that are text: told apart by how the text begins, whatever they are named."""

from __future__ import annotations

import re
from collections.abc import Callable

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.delimited import read_delimited
from sbyt_core.sales.formats.encoding import decoded
from sbyt_core.sales.formats.grid import Grid
from sbyt_core.sales.formats.html_tables import read_html
from sbyt_core.sales.formats.mhtml import html_parts
from sbyt_core.sales.formats.ods import read_flat_ods
from sbyt_core.sales.formats.spreadsheetml import read_spreadsheetml

Wanted = Callable[[list[str]], set[str]]

MIME = re.compile(r"\s*(?:MIME-Version|Content-Type|From|Date|Subject|Message-ID)\s*:.*\n", re.IGNORECASE)
HTML = re.compile(r"<(?:!doctype\s+html|html|table|head|body|meta|style)\b", re.IGNORECASE)
DOCTYPE = re.compile(r"<!(?:DOCTYPE\s+(?!html\b)|ENTITY)", re.IGNORECASE)
SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
FLAT_ODS = "application/vnd.oasis.opendocument.spreadsheet"
LOOK = 20_000  # characters that tell the kind
SHEET = "1"  # the name of the only sheet of a file that names none


def read_text_file(data: bytes, *, wanted: Wanted, progress: Callable[[float], None]) -> tuple[str, list[Grid], list[str]]:
    """Format, sheets and notes. Raises not_a_table_file, damaged_or_unsafe_file and what the readers raise."""
    text, encoding = decoded(data)
    progress(0.1)
    beginning = text[:LOOK].lstrip()
    notes = [f"encoding_{encoding}"]
    if MIME.match(beginning) and "mime-version" in beginning[:2000].lower():
        return "mhtml", _wanted([grid for part in html_parts(data) for grid in read_html(part)], wanted, "MHTML"), notes
    if beginning.startswith("<"):
        if DOCTYPE.search(beginning):
            raise BadFile("damaged_or_unsafe_file")
        if SPREADSHEET in beginning and "Workbook" in beginning:
            return "spreadsheetml", _wanted(read_spreadsheetml(text), wanted, "XML"), notes
        if FLAT_ODS in beginning:
            return "ods", read_flat_ods(data, wanted=wanted), notes
        if HTML.search(beginning):
            return "html", _wanted(read_html(text), wanted, "HTML"), notes
        raise BadFile("not_a_table_file", kind="XML")
    if beginning[:1] in "{[" and re.match(r"[{\[]\s*([\"{\[]|\])", beginning):
        raise BadFile("not_a_table_file", kind="JSON")
    wanted([SHEET])
    return "csv", [read_delimited(text, SHEET)], notes


def _wanted(grids: list[Grid], wanted: Wanted, kind: str) -> list[Grid]:
    if not grids:
        raise BadFile("not_a_table_file", kind=kind)
    names = wanted([grid.name for grid in grids])
    return [grid if grid.name in names else Grid(grid.name, is_hidden=grid.is_hidden) for grid in grids]
