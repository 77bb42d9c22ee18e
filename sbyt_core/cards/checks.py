"""What keeps a card from being sent to review, all at once, and what its author should look at.

Errors: no steps, an operation without words, no role, no norm minutes, two operations of one name for the same kind of clients,
an exception that leads to a step that is not there, and exceptions that lead around in a circle: following exceptions alone, the work
would never end. A jump back from which the usual order leads on again is no circle. Warnings: norms that together exceed a working day,
an operation with no sign by which one sees that it was done, a difference from a step that is gone.
Each is a `Problem`: row is the number of the step, column the field, value the operation, sheet the kind of clients (None: base).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sbyt_core.cards.model import KINDS, Card
from sbyt_core.cards.step import END, Step
from sbyt_core.errors import Problem
from sbyt_core.sales.identity.names import same_name

WORKDAY_MINUTES = 480.0  # norms of one document beyond a working day: minutes and hours were mixed up, as a rule
# code → whether it keeps a card from review
CODES: dict[str, bool] = {
    "card_without_steps": True,
    "step_without_operation": True,
    "step_without_role": True,
    "step_without_norm": True,
    "operation_twice": True,
    "exception_leads_nowhere": True,
    "exceptions_in_a_circle": True,
    "norms_over_a_day": False,
    "step_without_check": False,
    "difference_without_step": False,
}


def check_card(card: Card) -> tuple[Problem, ...]:
    """Faults and warnings of a card, of the base first; those that a kind of clients inherits are told once."""
    if not card.steps:
        return (_problem("card_without_steps"),)
    found = list(_shape(card.steps, None))
    known = {(one.code, one.column, one.value) for one in found}
    for kind in KINDS:
        if card.differences.get(kind):
            own = [one for one in _shape(card.steps_for(kind), kind) if (one.code, one.column, one.value) not in known]
            found += own + list(_stale(card, kind))
    return tuple(found)


def blocking(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """Those that keep the card from review."""
    return tuple(one for one in problems if one.severity == "error")


def _shape(steps: Sequence[Step], kind: str | None) -> Iterator[Problem]:
    names: dict[str, int] = {}
    for number, step in enumerate(steps, 1):
        name = same_name(step.operation)
        if not name:
            yield _problem("step_without_operation", number, "operation", step, kind)
        elif name in names:
            yield _problem("operation_twice", number, "operation", step, kind)
        names.setdefault(name, number)
        if not step.role.strip():
            yield _problem("step_without_role", number, "role", step, kind)
        if step.norm_minutes is None:
            yield _problem("step_without_norm", number, "norm_minutes", step, kind)
        if not step.check.strip():
            yield _problem("step_without_check", number, "check", step, kind)
    keys = [step.key for step in steps]
    for number, step in enumerate(steps, 1):
        if any(one.goto and one.goto != END and one.goto not in keys for one in step.exceptions):
            yield _problem("exception_leads_nowhere", number, "exceptions", step, kind)
    circle = _circle(steps)
    if circle:
        yield _problem("exceptions_in_a_circle", keys.index(circle[0].key) + 1, "exceptions", circle[0], kind, count=len(circle))
    if sum(step.norm_minutes or 0.0 for step in steps) > WORKDAY_MINUTES:
        yield _problem("norms_over_a_day", None, "norm_minutes", None, kind)


def _circle(steps: Sequence[Step]) -> list[Step]:
    """Steps of the first circle of exceptions in the order of the card; empty where there is none."""
    ways = {step.key: [one.goto for one in step.exceptions if one.goto and one.goto != END] for step in steps}
    for start in ways:
        reached: set[str] = set()
        border = list(ways[start])
        while border:
            key = border.pop()
            if key not in reached:
                reached.add(key)
                border += ways.get(key, [])
        if start in reached:
            members = {key for key in reached if key == start or _reaches(ways, key, start)}
            return [step for step in steps if step.key in members]
    return []


def _reaches(ways: dict[str, list[str]], start: str, goal: str) -> bool:
    reached: set[str] = set()
    border = [start]
    while border:
        key = border.pop()
        if key in reached:
            continue
        reached.add(key)
        border += ways.get(key, [])
    return goal in reached


def _stale(card: Card, kind: str) -> Iterator[Problem]:
    keys = {step.key for step in card.steps}
    for change in card.differences[kind]:
        if change.step is None and change.key not in keys:
            yield Problem("warning", "difference_without_step", sheet=kind, value=change.key)


def _problem(
    code: str, number: int | None = None, column: str | None = None, step: Step | None = None, kind: str | None = None, *, count: int = 1
) -> Problem:
    value = step.operation if step is not None else None
    return Problem("error" if CODES[code] else "warning", code, sheet=kind, row=number, column=column, value=value, count=count)
