"""What keeps a card from review: every fault at once, each in its place."""

from __future__ import annotations

from sbyt_core.cards import Card, Change, blocking, check_card
from sbyt_core.cards.change import add_for, change_for, change_step
from sbyt_core.cards.checks import CODES
from sbyt_core.cards.step import END
from sbyt_core.texts import LANGUAGES, speech
from tests.cards.making import small, step, with_ways


def told(card: Card) -> list[tuple[str, str | None, int | None, int]]:
    return [(one.code, one.sheet, one.row, one.count) for one in check_card(card)]


def test_a_good_card_has_nothing_to_mend() -> None:
    assert check_card(with_ways(small(), {"s1": ["s3", END], "s5": ["s2"]})) == ()


def test_an_empty_card_is_told_so() -> None:
    assert told(Card("Пусто")) == [("card_without_steps", None, None, 1)]


def test_all_faults_are_told_at_once() -> None:
    card = Card("Заказ", (step(1, role=" ", norm_minutes=None), step(2, operation=" принять ", check=""), step(3, operation="")))
    assert told(card) == [
        ("step_without_role", None, 1, 1),
        ("step_without_norm", None, 1, 1),
        ("operation_twice", None, 2, 1),
        ("step_without_check", None, 2, 1),
        ("step_without_operation", None, 3, 1),
    ]
    assert [one.code for one in blocking(check_card(card))] == [
        "step_without_role",
        "step_without_norm",
        "operation_twice",
        "step_without_operation",
    ]


def test_a_circle_of_exceptions_is_found_and_a_jump_back_is_none() -> None:
    assert check_card(with_ways(small(), {"s4": ["s2"]})) == ()
    assert told(with_ways(small(), {"s4": ["s2"], "s2": ["s4"]})) == [("exceptions_in_a_circle", None, 2, 2)]
    assert told(with_ways(small(), {"s3": ["s3"]})) == [("exceptions_in_a_circle", None, 3, 1)]
    # 1 leads into the circle 2 → 5 → 3 → 2 without being of it
    assert told(with_ways(small(), {"s1": ["s2"], "s2": ["s5", END], "s5": ["s3"], "s3": ["s2"]})) == [
        ("exceptions_in_a_circle", None, 2, 3)
    ]


def test_an_exception_that_leads_nowhere_is_found() -> None:
    assert told(with_ways(small(1, 2), {"s1": ["s9"]})) == [("exception_leads_nowhere", None, 1, 1)]


def test_norms_over_a_working_day_are_a_warning() -> None:
    card = change_step(change_step(small(), "s1", {"norm_minutes": 470.0}), "s2", {"norm_minutes": 20.0})
    assert [(one.severity, one.code) for one in check_card(card)] == [("warning", "norms_over_a_day")]


def test_a_kind_is_told_its_own_faults_and_not_those_of_the_base() -> None:
    card = change_step(small(), "s2", {"check": ""})
    card = change_for(add_for(card, "A", {"operation": "План"}, after="s1"), "C", "s3", {"role": ""})
    assert told(card) == [
        ("step_without_check", None, 2, 1),
        ("step_without_role", "A", 2, 1),
        ("step_without_norm", "A", 2, 1),
        ("step_without_check", "A", 2, 1),
        ("step_without_role", "C", 3, 1),
    ]


def test_a_difference_from_a_step_that_is_gone_is_told() -> None:
    card = Card("Заказ", small().steps, {"B": (Change("s9", dropped=True),)})
    assert told(card) == [("difference_without_step", "B", None, 1)]


def test_every_code_has_its_words() -> None:
    for lang in LANGUAGES:
        assert all(speech(lang).has(f"warning.{code}{part}") for code in CODES for part in ("", ".hint"))
