"""Undo and redo: laws over any sequence of moves."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.history import LIMIT, Change, History, changes

criteria = st.builds(
    lambda a, width, guards: Criteria(cut_a=a / 100, cut_b=min(1.0, (a + width) / 100), guards=guards),
    st.integers(1, 90),
    st.integers(0, 10),
    st.sampled_from(["enforce", "advise", "off"]),
)
histories = st.lists(criteria, max_size=12).map(lambda moves: _walk(History(), moves))


def _walk(history: History, moves: list[Criteria]) -> History:
    for move in moves:
        history = history.move(move)
    return history


@given(histories)
def test_undo_then_redo_gives_the_same_history_back(history: History) -> None:
    if history.past:
        back = history.undo()
        assert back != history
        assert back.redo() == history
        assert back.redo().undo() == back


@given(histories)
def test_undoing_everything_leads_to_the_start(history: History) -> None:
    steps = len(history.past)
    for _ in range(steps):
        history = history.undo()
    assert history.now == Criteria()
    assert not history.past
    assert len(history.future) == steps
    assert history.undo() == history


@given(histories)
def test_a_history_survives_json(history: History) -> None:
    back = history.undo()
    assert History.from_value(json.loads(json.dumps(back.to_value()))) == back


def test_a_move_after_an_undo_forgets_what_was_undone_and_no_move_is_no_step() -> None:
    history = History().move(Criteria(cut_a=0.6)).undo().move(Criteria(cut_a=0.5))
    assert history.future == ()
    assert history.move(Criteria(cut_a=0.5)) is history


def test_the_oldest_steps_are_forgotten_first() -> None:
    history = _walk(History(), [Criteria(newcomer_months=n % 20) for n in range(1, LIMIT + 20)])
    assert len(history.past) == LIMIT


def test_changes_name_settings_with_both_values() -> None:
    assert changes(Criteria(), Criteria(cut_a=0.75)) == (Change("cut_a", 0.7, 0.75),)


def test_a_strange_history_is_a_coded_error() -> None:
    with pytest.raises(BadInput):
        History.from_value({"start": 5, "steps": [], "done": 0})
