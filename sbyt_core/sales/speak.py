"""Words for what a reading found: choices, problems. Everything else is a plain look-up by code.

A choice may be a header, a sheet or a currency of the file: then its code is its text. Values of problems that are days or money are
written as the language writes them.
"""

from __future__ import annotations

from datetime import date

from sbyt_core.errors import Problem
from sbyt_core.texts import Speech

_DAYS = {"partial_period"}
_MONEY = {"total_mismatch", "non_positive_total"}


def choice_text(say: Speech, choice: str) -> str:
    """The words of a choice of a question; a name from the file stands for itself."""
    if choice.startswith("margin_") and choice[7:].isdigit():
        return say("choice.margin", percent=choice[7:])
    return say(f"choice.{choice}") if say.has(f"choice.{choice}") else choice


def problem_text(say: Speech, problem: Problem) -> str:
    """The sentence of a problem."""
    return say(f"warning.{problem.code}", **problem_params(say, problem))


def problem_hint(say: Speech, problem: Problem) -> str:
    """How to mend it."""
    return say(f"warning.{problem.code}.hint", **problem_params(say, problem))


def problem_params(say: Speech, problem: Problem) -> dict[str, object]:
    """What the texts of a problem may name: n, sheet, row, column, value; the row as plain digits."""
    value: object = problem.value
    if problem.value and problem.code in _DAYS:
        value = say.date(date.fromisoformat(problem.value))
    elif problem.value and problem.code in _MONEY:
        value = say.num(float(problem.value), 2)
    row = None if problem.row is None else str(problem.row)
    return {"n": problem.count, "sheet": problem.sheet, "row": row, "column": problem.column, "value": value}
