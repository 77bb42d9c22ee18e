"""Small cards for tests, with figures chosen by hand."""

from __future__ import annotations

from dataclasses import replace

from sbyt_core.cards import Card, Step, StepException
from sbyt_core.cards.change import change_for, drop_for

NAMES = ("Принять", "Проверить", "Оформить", "Отгрузить", "Спросить")
MINUTES = (4.0, 3.0, 8.0, 5.0, 2.0)  # 22 together


def step(number: int, **values: object) -> Step:
    """Step s1 … s5 of `small`."""
    role = "Склад" if number == 4 else "Менеджер"
    plain = {"operation": NAMES[number - 1], "role": role, "norm_minutes": MINUTES[number - 1], "check": "Отметка"}
    return Step(f"s{number}", **{**plain, "script": f"Слова {number}", **values})  # type: ignore[arg-type]


def small(*numbers: int) -> Card:
    """A card of the steps named, all five by default."""
    return Card("Заказ", tuple(step(number) for number in numbers or (1, 2, 3, 4, 5)), last_key=5)


def with_ways(card: Card, ways: dict[str, list[str]]) -> Card:
    """The card with exceptions that lead on: step → where to."""

    def lead(one: Step) -> Step:
        return replace(one, exceptions=tuple(StepException("если", "то", way) for way in ways.get(one.key, [])))

    steps = tuple(lead(one) for one in card.steps)
    return Card(card.name, steps, card.differences, card.purpose, card.last_key)


def differing() -> Card:
    """`small` where C does step 1 in 1 minute and leaves step 5 out: 4+3+8+5+2 = 22 for all, 1+3+8+5 = 17 for C."""
    return drop_for(change_for(small(), "C", "s1", {"norm_minutes": 1.0}), "C", "s5")


WAY = StepException("если нет", "то позвонить", "s4")
