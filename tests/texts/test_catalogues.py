"""Every word exists in both languages with the same placeholders, and every declared error has its text and its hint."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from sbyt_core.errors import ERRORS, SbytError
from sbyt_core.texts import LANGUAGES, speech

CATALOGUE = Path(__file__).resolve().parents[2] / "sbyt_core" / "texts" / "catalogue"
CYRILLIC = re.compile("[А-Яа-яЁё]")
FORMS = {"ru": 3, "en": 2}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def texts(lang: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted((CATALOGUE / lang).glob("*.po")):
        with path.open(encoding="utf-8") as file:
            for message in read_po(file, locale=lang):
                if message.id:
                    code = message.id if isinstance(message.id, str) else message.id[0]
                    found[code] = [message.string] if isinstance(message.string, str) else list(message.string)
    return found


TEXTS = {lang: texts(lang) for lang in LANGUAGES}


def test_both_languages_have_the_same_codes() -> None:
    assert set(TEXTS["ru"]) == set(TEXTS["en"])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_text_is_empty_and_plurals_are_whole(lang: str) -> None:
    for code, forms in TEXTS[lang].items():
        assert all(form.strip() for form in forms), code
        assert len(forms) in (1, FORMS[lang]), code


def test_placeholders_agree_between_the_languages() -> None:
    for code, forms in TEXTS["ru"].items():
        russian = set().union(*map(placeholders, forms))
        english = set().union(*map(placeholders, TEXTS["en"][code]))
        assert russian == english, code


def test_english_texts_have_no_cyrillic_but_quoted_words_of_files() -> None:
    for code, forms in TEXTS["en"].items():
        for form in forms:
            assert not CYRILLIC.search(re.sub("«[^»]*»", "", form)), f"{code}: {form}"


@pytest.mark.parametrize("code", ERRORS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_error_says_what_was_got_and_how_to_mend_it(code: str, lang: str) -> None:
    message, hint = speech(lang).error(SbytError(code, **dict.fromkeys(ERRORS[code], "x")))
    assert message
    assert hint


def test_every_code_that_the_program_says_has_a_text() -> None:
    """Codes written out as say("…") anywhere in the program stand in the catalogues."""
    root = CATALOGUE.parents[2]
    calls = re.compile(r"""\b(?:say|plain|words|speech)\(\s*"([a-z_]+\.[a-z_.]+)\"""")
    for path in [*sorted((root / "sbyt_core").rglob("*.py")), *sorted((root / "pages").glob("*.py"))]:
        source = path.read_text(encoding="utf-8")
        ast.parse(source)
        for code in calls.findall(source):
            assert code in TEXTS["ru"], f"{path.name}: {code}"
