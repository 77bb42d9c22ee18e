"""Markdown of this repository taken apart: sections, tables, code, links, and the words that the program shows."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES_OF_TEXT = sorted([*DOCS.glob("*.md"), ROOT / "README.md", ROOT / "sample_data" / "README.md"])
COMMANDS_MD, README = DOCS / "COMMANDS.md", ROOT / "README.md"
METHODS = {"en": DOCS / "METHOD.md", "ru": DOCS / "METHOD.ru.md"}
WORKSHOPS = {"en": DOCS / "WORKSHOP.en.md", "ru": DOCS / "WORKSHOP.ru.md"}


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8").replace("\u00a0", " ")


def section(path: Path, title: str) -> str:
    """The text under a heading of the second level."""
    found = re.search(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", text(path), re.M | re.S)
    assert found, f"{path.name} has no section {title!r}"
    return found[1]


def tables(part: str) -> list[list[list[str]]]:
    """Every table as rows of cells, its header first."""
    found: list[list[list[str]]] = []
    inside = False
    for line in part.splitlines():
        if not line.startswith("|"):
            inside = False
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not inside:
            found.append([])
        inside = True
        if not all(re.fullmatch(r":?-+:?", cell) for cell in cells):
            found[-1].append(cells)
    return found


def table(part: str, header: str) -> list[list[str]]:
    """The rows of the one table whose first column has this header."""
    found = [rows[1:] for rows in tables(part) if rows[0][0] == header]
    assert len(found) == 1, f"{len(found)} tables of {header!r}"
    return found[0]


def code(part: str) -> list[str]:
    """Everything between backticks."""
    return re.findall(r"`([^`\n]+)`", part)


def blocks(path: Path) -> list[str]:
    """The indented blocks, unindented."""
    found = re.findall(r"(?:^|\n\n|\n(?=    ))((?:    .*(?:\n\n?(?=    )|\n|\Z))+)", "\n" + text(path))
    return [re.sub(r"^    ", "", block, flags=re.M) for block in found]


@cache
def shown(lang: str) -> dict[str, list[str]]:
    """Code → the texts of a language, all plural forms."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "sbyt_core" / "texts" / "catalogue" / lang).glob("*.po")):
        with path.open(encoding="utf-8") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    name = message.id if isinstance(message.id, str) else message.id[0]
                    forms = [message.string] if isinstance(message.string, str) else list(message.string)
                    found[name] = [form.replace("\u00a0", " ") for form in forms]
    return found
