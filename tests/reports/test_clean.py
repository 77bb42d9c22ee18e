"""Texts of people and files in cells, sheet names, file names and footers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.reports.kit.clean import cell_text, file_name, footer_text, sheet_name

ANY_TEXT = st.text(st.characters(), max_size=60)  # lone surrogates too


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@pytest.mark.parametrize(
    "text", ["=1+1", "+7 999", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "http://x.ru", "😀", "a\tb\nc", "_x0041_", "", " "]
)
def test_what_can_be_written_stays_letter_by_letter(text):
    assert cell_text(text) == text


def test_unwritable_characters_go():
    assert cell_text("a\x00b\x0bc\x1fd\x7fe\ud800f\ufffeg") == "abcdefg"


def test_a_cell_holds_32767_units():
    assert cell_text("я" * 32_767) == "я" * 32_767
    cut = cell_text("я" * 32_768)
    assert (len(cut), cut[-1]) == (32_767, "…")
    assert units(cell_text("😀" * 20_000)) <= 32_767


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=4))
def test_sheet_names_are_legal_and_unlike(text, others):
    taken: list[str] = []
    for other in [*others, text, text, text.upper()]:
        name = sheet_name(other, taken)
        assert 1 <= units(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() != "history"
        assert name.casefold() not in {old.casefold() for old in taken}
        taken.append(name)


@given(ANY_TEXT)
def test_file_names_are_no_paths(text):
    name = file_name(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*\0')
    assert name not in (".", "..")
    assert not name.endswith((".", " "))


@pytest.mark.parametrize(
    ("text", "name"), [("../../etc/passwd", "etc passwd"), ("Иванов И.И.", "Иванов И.И"), ("con", "_con"), ("LPT1.x", "_LPT1.x"), ("", "_")]
)
def test_file_names_by_example(text, name):
    assert file_name(text) == name


def test_the_second_of_a_name_is_numbered():
    assert file_name("Анна", {"анна"}) == "Анна (2)"


def test_a_footer_doubles_its_ampersands():
    assert footer_text("А & Б\n&P") == "А && Б &&P"
