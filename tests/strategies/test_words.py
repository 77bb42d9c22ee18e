"""Standards in words: complete in both languages, phrases that read aloud, the user's own text untouched."""

from __future__ import annotations

from dataclasses import astuple, replace

import pytest

from sbyt_core.strategies import DEFAULTS, KINDS, Terms, written
from sbyt_core.strategies.words import answer_in_words, contacts_in_words
from sbyt_core.texts import LANGUAGES, speech

RU, EN = speech("ru"), speech("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_standard_is_written_whole(lang):
    for kind in KINDS:
        words = written(DEFAULTS[kind], speech(lang))
        texts = [text for value in astuple(words) for text in (value if isinstance(value, tuple) else (value,))]
        assert all(text.strip() for text in texts)
        assert len(words.first_moves) == 3


def test_no_two_kinds_share_a_text_but_who_serves():
    for lang in LANGUAGES:
        for name in ("name", "title", "goal", "actions", "not_done", "first_moves"):
            texts = [getattr(written(DEFAULTS[kind], speech(lang)), name) for kind in KINDS]
            assert len(set(texts)) == len(KINDS), (lang, name)


@pytest.mark.parametrize(
    ("contacts", "ru", "en"),
    [
        (0, "Без плановых контактов", "No planned contacts"),
        (1, "1 контакт в месяц по 45 мин", "1 contact a month, 45 min"),
        (2, "2 контакта в месяц по 45 мин", "2 contacts a month, 45 min each"),
        (5, "5 контактов в месяц по 45 мин", "5 contacts a month, 45 min each"),
        (1 / 3, "1 контакт в квартал по 45 мин", "1 contact a quarter, 45 min"),
        (0.5, "6 контактов в год по 45 мин", "6 contacts a year, 45 min each"),
        (1.5, "1,5 контакта в месяц по 45 мин", "1.5 contacts a month, 45 min each"),
        (0.01, "0,01 контакта в месяц по 45 мин", "0.01 contacts a month, 45 min each"),
    ],
)
def test_contacts_in_words(contacts, ru, en):
    standard = replace(DEFAULTS["A"], contacts_per_month=contacts)
    assert contacts_in_words(standard, RU) == ru
    assert contacts_in_words(standard, EN) == en


@pytest.mark.parametrize(
    ("hours", "ru", "en"),
    [
        (0.5, "В течение 30 минут", "Within 30 minutes"),
        (1, "В течение 1 часа", "Within 1 hour"),
        (2, "В течение 2 часов", "Within 2 hours"),
        (8, "В тот же день", "The same day"),
        (9, "На следующий рабочий день", "The next working day"),
        (16, "На следующий рабочий день", "The next working day"),
        (17, "В течение 3 рабочих дней", "Within 3 working days"),
        (24, "В течение 3 рабочих дней", "Within 3 working days"),
    ],
)
def test_answer_in_words(hours, ru, en):
    assert answer_in_words(hours, RU) == ru
    assert answer_in_words(hours, EN) == en


def test_an_open_term_is_said_to_be_open_and_zero_is_a_decision():
    unsettled = written(replace(DEFAULTS["A"], terms=Terms()), RU)
    assert (unsettled.credit, unsettled.discount, unsettled.minimum_order) == ("Пока не решено",) * 3
    settled = written(replace(DEFAULTS["A"], terms=Terms(0, 0.0, 0.0)), RU)
    assert (settled.credit, settled.discount, settled.minimum_order) == ("Предоплата", "Без скидок", "Любой заказ")
    set_ = written(replace(DEFAULTS["A"], terms=Terms(21, 0.075, 15000)), RU)
    assert (set_.credit, set_.discount, set_.minimum_order) == ("Отсрочка 21 день", "Скидка до 7,5\u00a0%", "Заказ от 15\u00a0000\u00a0₽")


@pytest.mark.parametrize("text", ["", "{n}", "=1+1 **жирно** <b>", "  с краёв  "])
def test_an_edited_text_is_kept_letter_by_letter_in_any_language(text):
    standard = replace(DEFAULTS["A"], goal=text, first_moves=(None, text, None))
    for lang in LANGUAGES:
        words = written(standard, speech(lang))
        assert words.goal == text
        assert words.first_moves[1] == text
        assert words.first_moves[0] == speech(lang)("strategy.A.move_1")
