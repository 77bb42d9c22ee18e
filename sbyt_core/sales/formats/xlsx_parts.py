"""The parts of an xlsx beside its sheets: which sheets there are, the shared strings, and what each cell style means.

Names of parts are found through the relationships, as the standard has it, and by their usual places where a writer forgot them.
Phonetic readings are no part of a string; `_x000D_` and its like stand for the character.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.archive import Archive
from sbyt_core.sales.formats.cell_formats import BUILTIN_DATES, currency_of_format, is_date_format
from sbyt_core.sales.formats.safe_xml import Attributes, parse

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
MAX_SHEETS = 1_000


@dataclass(frozen=True)
class SheetPart:
    """Where one sheet stands in the file."""

    name: str
    part: str
    is_hidden: bool
    is_pivot: bool


@dataclass
class Styles:
    """What the number of a cell style means."""

    dates: set[int] = field(default_factory=set)
    indents: dict[int, int] = field(default_factory=dict)
    bold: set[int] = field(default_factory=set)
    currencies: dict[int, str] = field(default_factory=dict)


def sheet_parts(archive: Archive) -> tuple[list[SheetPart], bool]:
    """The sheets in their order, and whether dates count from 1904."""
    book = next((target for kind, target in relations(archive, "").values() if kind == "officeDocument"), "xl/workbook.xml")
    if book not in archive:
        book = "xl/workbook.xml"
    links = relations(archive, book)
    found: list[tuple[str, str, bool]] = []
    since_1904 = False

    def start(name: str, attributes: Attributes) -> None:
        nonlocal since_1904
        if name == "sheet":
            link = next((value for key, value in attributes.items() if key.rpartition(":")[2] == "id"), "")
            found.append((attributes.get("name", ""), link, attributes.get("state", "visible") != "visible"))
        elif name == "workbookPr":
            since_1904 = attributes.get("date1904", "0") in ("1", "true", "on")

    parse(archive.chunks(book), start, _nothing, _nothing)
    sheets = []
    for number, (name, link, hidden) in enumerate(found[:MAX_SHEETS], start=1):
        kind, part = links.get(link, ("worksheet", f"xl/worksheets/sheet{number}.xml"))
        if kind == "worksheet" and part in archive:
            pivot = any(kind == "pivotTable" for kind, _ in relations(archive, part).values())
            sheets.append(SheetPart(name, part, hidden, pivot))
    if not sheets:
        raise BadFile("damaged_file")
    return sheets, since_1904


def relations(archive: Archive, part: str) -> dict[str, tuple[str, str]]:
    """Relationship id → (last word of its type, part it leads to); empty where there are none."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    result: dict[str, tuple[str, str]] = {}
    if path not in archive:
        return result

    def start(name: str, attributes: Attributes) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "").replace("\\", "/")
            whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            result[attributes.get("Id", "")] = (attributes.get("Type", "").rpartition("/")[2], whole)

    parse(archive.chunks(path), start, _nothing, _nothing)
    return result


def shared_strings(archive: Archive) -> list[str]:
    """The strings that cells point to, by their number."""
    part = strings_part(archive)
    return strings_of(archive.chunks(part)) if part else []


def strings_part(archive: Archive) -> str | None:
    """The name of the part of shared strings, if there is one."""
    part = next((target for kind, target in relations(archive, "xl/workbook.xml").values() if kind == "sharedStrings"), "")
    part = part if part in archive else "xl/sharedStrings.xml"
    return part if part in archive else None


def strings_of(chunks: Iterable[bytes]) -> list[str]:
    """The strings of a document of shared strings."""
    strings: list[str] = []
    pieces: list[str] = []
    inside = phonetic = False

    def start(name: str, _: Attributes) -> None:
        nonlocal inside, phonetic
        if name == "si":
            pieces.clear()
        elif name == "t":
            inside = not phonetic
        elif name == "rPh":
            phonetic = True

    def end(name: str) -> None:
        nonlocal inside, phonetic
        if name == "si":
            strings.append(unescaped("".join(pieces)))
        elif name == "t":
            inside = False
        elif name == "rPh":
            phonetic = False

    def text(piece: str) -> None:
        if inside:
            pieces.append(piece)

    parse(chunks, start, end, text)
    return strings


def styles(archive: Archive) -> Styles:
    """What cell styles mean; a damaged style sheet means nothing, as it does to Excel's repair."""
    part = next((target for kind, target in relations(archive, "xl/workbook.xml").values() if kind == "styles"), "")
    part = part if part in archive else "xl/styles.xml"
    result = Styles()
    if part not in archive:
        return result
    codes: dict[int, str] = {}
    bold_fonts: list[bool] = []
    path: list[str] = []
    count = -1

    def start(name: str, attributes: Attributes) -> None:
        nonlocal count
        above = path[-1] if path else ""
        path.append(name)
        if name == "numFmt" and above == "numFmts":
            codes[_int(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "font" and above == "fonts":
            bold_fonts.append(False)
        elif name == "b" and above == "font" and bold_fonts:
            bold_fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif name == "xf" and above == "cellXfs":
            count += 1
            number, font = _int(attributes.get("numFmtId")), _int(attributes.get("fontId"))
            code = codes.get(number)
            if is_date_format(code) if code is not None else number in BUILTIN_DATES:
                result.dates.add(count)
            if code and (currency := currency_of_format(code)):
                result.currencies[count] = currency
            if 0 <= font < len(bold_fonts) and bold_fonts[font]:
                result.bold.add(count)
        elif name == "alignment" and above == "xf" and path[-3:-2] == ["cellXfs"] and (indent := _int(attributes.get("indent"))) > 0:
            result.indents[count] = indent

    def end(_: str) -> None:
        path.pop()

    try:
        parse(archive.chunks(part), start, end, _nothing)
    except BadFile as fault:
        if fault.code != "damaged_file":
            raise
    return result


def unescaped(text: str) -> str:
    """`_x000D_` and its like as the character; control characters are dropped."""
    if "_x" not in text:
        return text
    return ESCAPED.sub(lambda match: _character(int(match[1], 16)), text)


def _character(code: int) -> str:
    return chr(code) if code in (9, 10, 13) or (code >= 32 and not 0xD800 <= code <= 0xDFFF and code < 0xFFFE) else ""


def _int(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0


def _nothing(*_: object) -> None:
    return None
