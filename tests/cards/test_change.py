"""Edits of a card, each against what a hand would do."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.cards import Card, CardDraft, next_draft
from sbyt_core.cards.change import add_for, add_step, change_for, change_step, drop_for, drop_step, inherit, move_step, new_key
from sbyt_core.errors import SbytError
from tests.cards.making import differing, small, with_ways


def keys(card: Card) -> str:
    return " ".join(one.key for one in card.steps)


def test_a_changed_step_keeps_its_key_and_place() -> None:
    card = change_step(small(), "s3", {"norm_minutes": 6.0, "script": "Иначе"})
    assert keys(card) == "s1 s2 s3 s4 s5"
    assert (card.step("s3").norm_minutes, card.step("s3").script, card.step("s3").operation) == (6.0, "Иначе", "Оформить")


def test_a_step_of_one_kind_is_changed_where_it_stands() -> None:
    card = add_for(small(), "A", {"operation": "План"}, after="s2")
    assert change_step(card, "s6", {"role": "Склад"}).step("s6").role == "Склад"


def test_a_new_step_gets_a_key_that_was_never_given() -> None:
    card = small()
    assert new_key(card) == "s6"
    card = add_step(card, {"operation": "Новый"}, after="s2")
    assert keys(card) == "s1 s2 s6 s3 s4 s5"
    again = add_step(drop_step(card, "s6"), {"operation": "Другой"})
    assert keys(again) == "s1 s2 s3 s4 s5 s7"
    assert keys(add_step(small(), {"operation": "Первый"}, after="")) == "s6 s1 s2 s3 s4 s5"


def test_a_step_is_moved_and_stays_at_the_ends() -> None:
    assert keys(move_step(small(), "s3", -1)) == "s1 s3 s2 s4 s5"
    assert keys(move_step(small(), "s3", 2)) == "s1 s2 s4 s5 s3"
    assert keys(move_step(small(), "s1", -1)) == keys(move_step(small(), "s5", 1)) == "s1 s2 s3 s4 s5"


def test_a_dropped_step_takes_its_differences_along_and_leaves_no_dead_way() -> None:
    card = with_ways(differing(), {"s2": ["s1"], "s3": ["s4"]})
    card = add_for(card, "C", {"operation": "Своё"}, after="s1")
    gone = drop_step(card, "s1")
    assert keys(gone) == "s2 s3 s4 s5"
    assert [change.key for change in gone.differences["C"]] == ["s5", "s6"]
    assert gone.differences["C"][1].after == ""
    assert gone.steps[0].exceptions[0].goto == ""
    assert gone.steps[1].exceptions[0].goto == "s4"


def test_what_a_kind_sets_back_to_the_base_is_inherited_again() -> None:
    card = change_for(differing(), "C", "s1", {"script": "Коротко"})
    assert card.differences["C"][0].values == {"norm_minutes": 1.0, "script": "Коротко"}
    card = change_for(card, "C", "s1", {"norm_minutes": 4.0})
    assert card.differences["C"][0].values == {"script": "Коротко"}
    card = change_for(card, "C", "s1", {"script": "Слова 1"})
    assert [change.key for change in card.differences["C"]] == ["s5"]
    assert inherit(card, "C", "s5").differences == {}


def test_a_kind_drops_a_step_after_having_changed_it() -> None:
    card = drop_for(differing(), "C", "s1")
    assert [one.key for one in card.steps_for("C")] == ["s2", "s3", "s4"]
    assert change_for(card, "C", "s1", {"norm_minutes": 2.0}).steps_for("C")[0].norm_minutes == 2.0


@pytest.mark.parametrize(
    "edit",
    [
        lambda: change_step(small(), "s9", {"role": "Склад"}),
        lambda: drop_step(small(), "s9"),
        lambda: move_step(small(), "s9", 1),
        lambda: add_step(small(), {"operation": "x"}, after="s9"),
        lambda: change_for(small(), "C", "s9", {"role": "x"}),
        lambda: drop_for(small(), "C", "s9"),
    ],
)
def test_a_step_that_is_not_there_is_said(edit) -> None:
    with pytest.raises(SbytError, match="no_such_step"):
        edit()


def test_a_field_that_no_step_has_and_a_value_that_none_may_have_are_refused() -> None:
    with pytest.raises(SbytError, match="unknown_setting"):
        change_step(small(), "s1", {"price": 1})
    with pytest.raises(SbytError, match="unknown_setting"):
        change_step(small(), "s1", {"key": "s2"})
    with pytest.raises(SbytError, match="out_of_range"):
        change_for(small(), "C", "s1", {"norm_minutes": 0.0})
    with pytest.raises(SbytError, match="not_a_choice"):
        drop_for(small(), "D", "s1")


EDITS = st.lists(
    st.sampled_from(
        [
            lambda card: add_step(card, {"operation": "x"}),
            lambda card: add_for(card, "B", {"operation": "y"}, after=card.steps[0].key if card.steps else ""),
            lambda card: drop_step(card, card.steps[-1].key) if card.steps else card,
            lambda card: drop_step(card, card.all_steps()[-1].key) if card.all_steps() else card,
            lambda card: move_step(card, card.steps[0].key, 2) if card.steps else card,
            lambda card: drop_for(card, "C", card.steps[0].key) if card.steps else card,
            lambda card: Card.from_json(card.to_json()),
        ]
    ),
    max_size=12,
)


@given(EDITS)
def test_through_any_edits_no_key_is_given_twice(edits) -> None:
    card, ever = small(), {one.key: one.operation for one in small().steps}
    before = set(ever)
    for edit in edits:
        card = edit(card)
        now = {one.key for one in card.all_steps()}
        fresh = now - before
        assert not fresh & set(ever)
        ever.update(dict.fromkeys(fresh, ""))
        before = now


def test_a_change_of_the_committee_opens_the_next_draft_from_what_is_edited_else_from_what_holds() -> None:
    held = small()

    def slower(card: Card) -> Card:
        return change_step(card, "s1", {"norm_minutes": 7.0})

    opened = next_draft(CardDraft(), held, 3, slower, "Не успевают")
    assert (opened.card.step("s1").norm_minutes, opened.why, opened.based_on) == (7.0, "Не успевают", 3)  # type: ignore[union-attr]
    edited = CardDraft(drop_step(held, "s5"), "Убрали опрос", 2)
    both = next_draft(edited, held, 3, slower, "Не успевают")
    assert keys(both.card) == "s1 s2 s3 s4"  # type: ignore[arg-type]
    assert (both.why, both.based_on) == ("Убрали опрос\nНе успевают", 2)
    assert next_draft(both, held, 3, slower, "Не успевают") == both
    assert next_draft(CardDraft(), None, None, slower, "Не успевают").card is None
    assert CardDraft.from_value(both.to_value()) == both
