"""What the first page promises works: its Python block, its make targets, its links."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from tests.docs.making import write_sales
from tests.docs.reading import DOCS, PAGES_OF_TEXT, README, ROOT, blocks, code, text

LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
FILE_LIKE = re.compile(r"[\w./-]+\.(?:py|md|toml|txt|po)|[A-Za-z_][\w-]*/(?:[\w.-]+/?)*")


def test_the_python_block_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sales(tmp_path / "sales.xlsx")
    monkeypatch.chdir(tmp_path)
    block = next(block for block in blocks(README) if "from sbyt_core import" in block)
    exec(compile(block, "README.md", "exec"), {})
    book = openpyxl.load_workbook(tmp_path / "segments.xlsx", read_only=True)
    assert {"A", "B", "C"} <= set(book.sheetnames)
    book.close()


def test_make_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", text(ROOT / "Makefile"), re.M))
    named = {target for page in PAGES_OF_TEXT for block in blocks(page) for target in re.findall(r"^make ([a-z]+)", block, re.M)}
    assert named
    assert named <= targets


@pytest.mark.parametrize("path", PAGES_OF_TEXT, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    for target in LINK.findall(text(path)):
        if not target.startswith(("http:", "https:")):
            assert (path.parent / target.partition("#")[0]).exists(), target


def test_every_document_can_be_reached_from_the_first_page() -> None:
    seen, waiting = set(), [README]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        for target in LINK.findall(text(page)):
            inside = (page.parent / target.partition("#")[0]).resolve()
            if inside.suffix == ".md" and inside.is_file():
                waiting.append(inside)
    assert set(DOCS.glob("*.md")) <= seen


@pytest.mark.parametrize("path", PAGES_OF_TEXT, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_that_are_named_exist(path: Path) -> None:
    places = (ROOT, ROOT / "sbyt_core", DOCS, path.parent)
    for word in code(text(path)):
        if FILE_LIKE.fullmatch(word):
            assert any((place / word).exists() for place in places), word
