"""Numbers in fields: what stands in a field reads back as the same number, in every language."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.texts import LANGUAGES, speech
from sbyt_core.ui import language
from sbyt_core.ui.number_field import parse_number, write_number


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stands_in_a_field_reads_back_unchanged(lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = SimpleNamespace(plain=speech(lang))
    monkeypatch.setattr(language, "code", lambda: lang)

    @given(st.integers(-(10**15), 10**15).map(lambda millionths: millionths / 10**6))
    def back(value: float) -> None:
        assert parse_number(write_number(page, value)) == value  # type: ignore[arg-type]

    back()


@pytest.mark.parametrize(
    ("lang", "text", "number"),
    [
        ("en", "1,500", 1_500),
        ("ru", "1,500", 1.5),
        ("en", "1,5", 1.5),
        ("en", "1,274,000", 1_274_000),
        ("ru", "1,274,000.5", 1_274_000.5),
        ("ru", "12\u00a0000,25", 12_000.25),
        ("en", "\u22125", -5),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(lang: str, text: str, number: float, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "code", lambda: lang)
    assert parse_number(text) == number


@pytest.mark.parametrize("text", ["1,50,0", "a", "1.2.3", "12-"])
def test_anything_else_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=text.replace(".", r"\.")):
        parse_number(text)
