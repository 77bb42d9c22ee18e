"""The words of the reports: the same codes in both languages, criteria that can be said, none left out."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from sbyt_core.reports import criteria_sentences, criteria_settings
from sbyt_core.reports.segments.reason_words import ReasonWords
from sbyt_core.segments import PRESETS, Criteria, Override
from sbyt_core.segments.criteria import SETTINGS
from sbyt_core.segments.words import reason_in_words
from sbyt_core.texts import LANGUAGES, speech
from sbyt_core.texts.speech import FOLDER
from tests.reports.making import base

FORMS = {"ru": 3, "en": 2}


def catalogue(path: Path, lang: str) -> dict:
    with path.open(encoding="utf-8") as file:
        return {(m.id if isinstance(m.id, str) else m.id[0]): m.string for m in read_po(file, locale=lang) if m.id}


@pytest.mark.parametrize("room", ["reports", "strategies"])
def test_both_languages_have_the_same_codes_and_all_forms(room):
    texts = {lang: catalogue(FOLDER / lang / f"{room}.po", lang) for lang in LANGUAGES}
    assert set(texts["ru"]) == set(texts["en"])
    for lang in LANGUAGES:
        for code, text in texts[lang].items():
            forms = text if isinstance(text, tuple) else (text,)
            assert all(forms), code
            assert len(forms) in (1, FORMS[lang]), code


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_setting_has_its_line(lang):
    lines = criteria_settings(Criteria(), speech(lang))
    assert len({label for label, _ in lines}) == len(SETTINGS)
    assert all(value for _, value in lines)


def test_the_default_criteria_can_be_said_by_heart():
    said = " ".join(criteria_sentences(Criteria(), speech("en"), measure="profit"))
    for figure in ("70%", "90%", "50%", "25%", "45%", "3 months"):
        assert figure in said


def test_what_is_switched_off_is_not_said():
    said = " ".join(criteria_sentences(PRESETS["as_in_1c"], speech("ru"), measure="profit"))
    assert "разброс" not in said
    assert "хлопот" not in said


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("criteria", [Criteria(), PRESETS["20/30/50"], Criteria(trouble=True, trouble_limit=0.3, promise_growth=-1.0)])
def test_kept_sentences_are_those_of_the_passport(lang, criteria):
    say = speech(lang)
    segmentation = base(60, criteria=criteria, overrides=[Override("k001", "A", "r", "a")])
    expected = [
        " ".join(reason_in_words(reason, say, "RUB") for reason in segmentation.reasons(key) if reason.rule != "override")
        for key in segmentation.frame["client_key"]
    ]
    assert ReasonWords(segmentation, say, currency="RUB").all_reasons() == expected
