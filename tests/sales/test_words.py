"""Every role, reason, question, choice, warning and error of reading has its text in every language, and docs/FILES.md names them all."""

from __future__ import annotations

from pathlib import Path

import pytest

from sbyt_core.errors import ERRORS, Problem
from sbyt_core.sales.speak import choice_text, problem_hint, problem_text
from sbyt_core.sales.table import QUESTIONS, SKIPPED, WARNINGS
from sbyt_core.sales.vocabulary import ROLES
from sbyt_core.texts import LANGUAGES, speech

FILES = Path(__file__).parents[2] / "docs" / "FILES.md"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_code_of_reading_has_its_words(lang: str) -> None:
    say = speech(lang)
    for role in ROLES:
        assert say(f"role.{role}")
    for reason in SKIPPED:
        assert say(f"skipped.{reason}")
    for code, choices in QUESTIONS.items():
        assert say(f"question.{code}")
        assert say(f"question.{code}.hint", example="1.234")
        assert all(choice_text(say, choice) != choice for choice in choices)
    for code in WARNINGS:
        for count in (1, 2, 5):
            value = "2025-01-25" if code == "partial_period" else "12.50"
            problem = Problem("warning", code, "Лист1", 12345, "Сумма", value, count)
            assert problem_text(say, problem)
            assert problem_hint(say, problem)


def test_names_from_the_file_stand_for_themselves() -> None:
    say = speech("ru")
    assert choice_text(say, "Сумма без НДС") == "Сумма без НДС"
    assert choice_text(say, "margin_25") == "По марже 25 % от выручки"
    assert "25.01.2025" in problem_text(say, Problem("warning", "partial_period", value="2025-01-25"))
    assert "12345" in problem_hint(say, Problem("warning", "missing_profit", row=12345))


def test_questions_without_a_best_reading_are_errors_of_later_commands() -> None:
    assert {"ambiguous_numbers", "hierarchy_unclear"} <= set(ERRORS) & set(QUESTIONS)


@pytest.mark.parametrize(
    "code", [*ROLES, *SKIPPED, *QUESTIONS, *WARNINGS, *(choice for choices in QUESTIONS.values() for choice in choices)]
)
def test_the_guide_to_files_names_every_code(code: str) -> None:
    assert f"`{code}`" in FILES.read_text(encoding="utf-8")
