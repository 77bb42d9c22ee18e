"""Text that comes from people and files, made safe for a workbook without changing what can be read.

Out go the characters that no XML can hold: control characters but tab and line ends, lone surrogates, U+FFFE and U+FFFF. A
cell holds 32 767 UTF-16 units; a longer text is cut and ends with an ellipsis. Whether a text looks like a formula or an
address does not matter: texts are written as texts, never as anything else. Names of sheets: at most 31 characters, none of
[ ] : * ? / \\, no apostrophe at either end, not «History», unique without regard to case.
"""

from __future__ import annotations

import re
from collections.abc import Collection

CELL_LIMIT = 32_767  # UTF-16 units in a cell (Excel's own limit)
SHEET_NAME_LIMIT = 31  # UTF-16 units in a sheet's name
HEADER_LIMIT = 200  # characters of a text in a page footer: Excel takes 255 for all three parts
FILE_NAME_LIMIT = 80  # characters of a file's name: leaves room for folders on Windows

_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_SHEET_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_FILE_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = frozenset({"con", "prn", "aux", "nul", *(f"com{n}" for n in range(10)), *(f"lpt{n}" for n in range(10))})


def cell_text(text: str) -> str:
    """The text as a cell can hold it."""
    if _UNWRITABLE.search(text):
        text = _UNWRITABLE.sub("", text)
    return _cut(text, CELL_LIMIT)


def cell_texts(texts: list[str]) -> list[str]:
    """The texts as cells can hold them: one look over a whole column, since hardly any needs mending."""
    if 2 * max(map(len, texts), default=0) <= CELL_LIMIT and not _UNWRITABLE.search("".join(texts)):
        return texts
    return [cell_text(text) for text in texts]


def sheet_name(text: str, taken: Collection[str] = ()) -> str:
    """A legal name of a sheet, unlike those taken; "Sheet" where nothing legal is left."""
    base = _cut(_SHEET_FORBIDDEN.sub(" ", cell_text(text)).strip().strip("'").strip(), SHEET_NAME_LIMIT).strip("'") or "Sheet"
    if base.casefold() == "history":
        base += " 1"
    return _unlike(base, taken, SHEET_NAME_LIMIT)


def file_name(text: str, taken: Collection[str] = ()) -> str:
    """A name of a file, without its ending, legal on Windows, macOS and Linux and unlike those taken; never a path."""
    base = _cut(_FILE_FORBIDDEN.sub(" ", cell_text(text)), FILE_NAME_LIMIT)
    base = " ".join(base.split()).strip(". ") or "_"
    if base.split(".")[0].strip().casefold() in _DEVICES:
        base = "_" + base
    return _unlike(base, taken, FILE_NAME_LIMIT)


def footer_text(text: str) -> str:
    """The text as a page footer shows it: one line, its ampersands doubled."""
    line = " ".join(cell_text(text).split())
    return (line if len(line) <= HEADER_LIMIT // 2 else line[: HEADER_LIMIT // 2 - 1] + "…").replace("&", "&&")


def _cut(text: str, limit: int) -> str:
    if 2 * len(text) <= limit or _units(text) <= limit:
        return text
    return text.encode("utf-16-le")[: 2 * (limit - 1)].decode("utf-16-le", "ignore") + "…"


def _units(text: str) -> int:
    return len(text) + sum(1 for letter in text if ord(letter) > 0xFFFF)


def _unlike(base: str, taken: Collection[str], limit: int) -> str:
    known = {name.casefold() for name in taken}
    name, number = base, 2
    while name.casefold() in known:
        ending = f" ({number})"
        name = _cut(base, limit - len(ending)) + ending
        number += 1
    return name
