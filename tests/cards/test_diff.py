"""Redlines of worked examples, drawn by hand, and the laws of a redline."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.cards import Card, merge_steps
from sbyt_core.cards.change import add_for, add_step, change_for, change_step, drop_for, drop_step, move_step
from sbyt_core.cards.diff import diff_cards, diff_steps, marked_words
from tests.cards.making import differing, small, step


def told(before: Card, after: Card) -> list[str]:
    return [f"{one.act} {one.key} {one.number_before or '-'}>{one.number_after or '-'}" for one in diff_cards(before, after).steps]


def test_a_card_does_not_differ_from_itself() -> None:
    assert not diff_cards(differing(), differing())
    assert diff_cards(differing(), differing()).counts == {}


def test_a_moved_step_is_one_move() -> None:
    assert told(small(), move_step(small(), "s1", 3)) == ["same s2 2>1", "same s3 3>2", "same s4 4>3", "moved s1 1>4", "same s5 5>5"]


def test_of_two_neighbours_that_changed_places_the_later_one_moved() -> None:
    assert told(small(), move_step(small(), "s3", 1)) == ["same s1 1>1", "same s2 2>2", "moved s4 4>3", "same s3 3>4", "same s5 5>5"]


def test_a_changed_step_says_its_fields() -> None:
    diff = diff_cards(small(), change_step(small(), "s3", {"norm_minutes": 6.0, "script": "Иначе"}))
    assert [one.act for one in diff.steps] == ["same", "same", "changed", "same", "same"]
    assert [(f.field, f.before, f.after) for f in diff.steps[2].fields] == [("norm_minutes", 8.0, 6.0), ("script", "Слова 3", "Иначе")]


def test_dropped_and_added_steps_stand_in_their_places() -> None:
    after = add_step(drop_step(small(), "s2"), {"operation": "Новый"}, after="s4")
    assert told(small(), after) == ["same s1 1>1", "dropped s2 2>-", "same s3 3>2", "same s4 4>3", "added s6 ->4", "same s5 5>5"]
    assert diff_cards(small(), after).counts == {"added": 1, "dropped": 1}


def test_the_first_two_dropped_stand_first_in_their_order() -> None:
    assert told(small(), drop_step(drop_step(small(), "s1"), "s2"))[:3] == ["dropped s1 1>-", "dropped s2 2>-", "same s3 3>1"]


def test_a_step_moved_and_changed_is_both() -> None:
    after = change_step(move_step(small(), "s5", -4), "s5", {"role": "Склад"})
    assert told(small(), after)[0] == "moved_changed s5 5>1"
    assert [f.field for f in diff_cards(small(), after).steps[0].fields] == ["role"]


def test_all_kinds_of_change_at_once() -> None:
    after = add_step(small(), {"operation": "Новый"}, after="s1")
    after = drop_step(after, "s2")
    after = change_step(move_step(after, "s5", -2), "s5", {"norm_minutes": 3.0})
    after = change_step(after, "s1", {"answer_hours": 1.0})
    assert told(small(), after) == [
        "changed s1 1>1",
        "dropped s2 2>-",
        "added s6 ->2",
        "moved_changed s5 5>3",
        "same s3 3>4",
        "same s4 4>5",
    ]


def test_a_reversed_card_keeps_one_step_and_moves_the_rest() -> None:
    back = Card("Заказ", tuple(reversed(small().steps)), last_key=5)
    assert [line.split()[0] for line in told(small(), back)] == ["moved", "moved", "moved", "moved", "same"]


def test_a_kind_is_told_only_what_it_has_otherwise() -> None:
    before = differing()
    inherited = change_step(before, "s3", {"norm_minutes": 6.0})
    assert diff_cards(before, inherited).kinds == ()
    both = change_step(before, "s1", {"script": "Новые", "norm_minutes": 5.0})
    assert diff_cards(before, both).kinds == ()  # C keeps its own minute and inherits the words
    assert diff_cards(before, drop_step(before, "s2")).kinds == ()
    own = change_for(drop_for(inherited, "C", "s2"), "A", "s1", {"answer_hours": 0.5})
    kinds = diff_cards(before, own).kinds
    assert [(one.kind, one.act, one.key) for one in kinds] == [("A", "changed", "s1"), ("C", "dropped", "s2")]
    added = diff_cards(before, add_for(before, "B", {"operation": "Своё"}, after="s1")).kinds
    assert [(one.kind, one.act, one.number_after) for one in added] == [("B", "added", 2)]


def test_the_name_and_the_purpose_are_told() -> None:
    head = diff_cards(small(), Card("Заявка", small().steps, last_key=5)).head
    assert [(f.field, f.before, f.after) for f in head] == [("name", "Заказ", "Заявка")]


def test_words_that_went_and_came_are_marked() -> None:
    left, right = marked_words("Ответ в течение дня.", "Ответ в течение часа.")
    assert left == (("Ответ в течение ", False), ("дня", True), (".", False))
    assert right == (("Ответ в течение ", False), ("часа", True), (".", False))
    assert marked_words("", "Новое") == ((), (("Новое", True),))


@given(st.text(max_size=40), st.text(max_size=40))
def test_marked_pieces_join_to_the_texts_and_unmarked_ones_agree(before: str, after: str) -> None:
    left, right = marked_words(before, after)
    assert "".join(text for text, _ in left) == before
    assert "".join(text for text, _ in right) == after
    assert "".join(text for text, marked in left if not marked) == "".join(text for text, marked in right if not marked)


@given(st.permutations(range(1, 6)), st.sets(st.integers(1, 5)), st.sets(st.integers(1, 5)))
def test_a_redline_tells_every_step_once_and_leads_from_the_old_card_to_the_new(order: list[int], out: set[int], late: set[int]) -> None:
    before = [step(n) for n in (1, 2, 3, 4, 5) if n not in late]
    after = [step(n) for n in order if n not in out]
    changes = diff_steps(before, after)
    assert [one.key for one in changes if one.after] == [one.key for one in after]
    assert sorted(one.key for one in changes if one.before) == sorted(one.key for one in before)
    stayed = [one for one in changes if one.act == "same"]
    assert [one.number_before for one in stayed] == sorted(one.number_before for one in stayed)  # type: ignore[type-var]
    gone = [one.number_before for one in changes if one.act == "dropped"]
    assert gone == sorted(gone)  # type: ignore[type-var]


def test_two_edits_of_one_step_are_put_together() -> None:
    opened = step(1)
    merged = merge_steps(opened, step(1, norm_minutes=6.0), step(1, script="Моё"))
    assert merged.conflicts == ()
    assert (merged.step.norm_minutes, merged.step.script) == (6.0, "Моё")


def test_where_both_changed_one_field_both_versions_are_shown() -> None:
    merged = merge_steps(step(1), step(1, script="Её", role="Склад"), step(1, script="Моё", norm_minutes=5.0))
    assert [(c.field, c.before, c.after) for c in merged.conflicts] == [("script", "Её", "Моё")]
    assert (merged.step.script, merged.step.role, merged.step.norm_minutes) == ("Её", "Склад", 5.0)
    assert merged.with_own(["script"]).script == "Моё"
    assert merge_steps(step(1), step(1, script="Одно"), step(1, script="Одно")).conflicts == ()
