"""No document names something that does not exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.reading import PAGES_OF_TEXT, ROOT, code, text

NAME = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)+|[A-Z][a-z]+(?:[A-Z][a-z]+)+|[A-Z]+(?:_[A-Z]+)+")


def source_words() -> set[str]:
    """Every word of the program, of the sample and of its texts, and the names of files."""
    words: set[str] = set()
    for folder in ("sbyt_core", "sample_data", "pages", "tests"):
        for path in (ROOT / folder).rglob("*.*"):
            words.add(path.stem)
            if folder != "tests" and path.suffix in {".py", ".po"}:
                words |= set(re.findall(r"\w+", path.read_text(encoding="utf-8")))
    return words


WORDS = source_words()


@pytest.mark.parametrize("path", PAGES_OF_TEXT, ids=lambda path: str(path.relative_to(ROOT)))
def test_names_in_code_style_exist(path: Path) -> None:
    named = {name for span in code(text(path)) for name in NAME.findall(span)}
    assert named <= WORDS, sorted(named - WORDS)
