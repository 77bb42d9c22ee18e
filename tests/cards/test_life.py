"""Which version work of a day is held against, and which steps a card no longer has."""

from __future__ import annotations

from datetime import date

import pytest

from sbyt_core.cards.change import change_step, drop_step
from sbyt_core.cards.life import steps_gone, worked_by
from tests.cards.making import small
from tests.practice.making import version

VERSIONS = [version(3, small(), None), version(2, small(), date(2025, 8, 1)), version(1, small(), date(2025, 7, 1))]


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(2025, 6, 30), 1), (date(2025, 7, 1), 1), (date(2025, 7, 31), 1), (date(2025, 8, 1), 2), (date(2026, 8, 1), 2)],
)
def test_the_version_of_a_day(day: date, number: int) -> None:
    held = worked_by(VERSIONS, day)
    assert held is not None
    assert held.number == number


def test_a_version_that_never_took_effect_is_nobody_s_card() -> None:
    assert worked_by(VERSIONS[:1], date(2026, 1, 1)) is None


def test_a_dropped_step_stands_as_its_last_version_had_it() -> None:
    renamed = change_step(small(), "s2", {"operation": "Проверить долг и лимит"})
    versions = [version(2, renamed, date(2025, 8, 1)), version(1, small(), date(2025, 7, 1))]
    for order in (versions, versions[::-1]):
        assert {key: step.operation for key, step in steps_gone(drop_step(renamed, "s2"), order).items()} == {
            "s2": "Проверить долг и лимит"
        }
    assert steps_gone(small(), versions) == {}
