"""A situation from its events: the way through the board, refused moves, two people at once, nothing lost."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.committee import Kpi, Record, events, situations, standing
from sbyt_core.committee.model import EVENTS, MOVES, STATES
from sbyt_core.errors import BadInput, SbytError, StaleRecord
from tests.committee.making import AT, DAY, STEPS, Board, decided


def test_the_whole_way() -> None:
    board = Board()
    assert board.open(step="s2", client_key="77", client="ООО «Вега»").state == "new"
    assert board.analyse().state == "analysed"
    found = board.decide()
    assert (found.state, found.decision.responsible, found.decision.kpi.value) == ("decided", "Борис", 0.5)  # type: ignore[union-attr]
    assert board.carry_out().state == "to_review"
    closed = board.review()
    assert (closed.state, closed.review.outcome, closed.review.value) == ("closed", "helped", 0.8)  # type: ignore[union-attr]
    assert [event.event for event in closed.events] == ["open", "analyse", "decide", "carry_out", "review"]
    assert closed.number == 1


def test_reopening_takes_back_what_was_decided_and_keeps_the_history() -> None:
    board = Board()
    board.open()
    board.analyse()
    board.decide()
    board.carry_out()
    board.review()
    again = board.write("a", events.reopen(board.of("a"), text="Снова то же"))
    assert (again.state, again.cause, again.decision, again.review) == ("new", None, None, None)
    assert len(again.events) == 6


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("event", [e for e in EVENTS if e != "open"])
def test_only_the_moves_of_the_table_are_made(state: str, event: str) -> None:
    board = _in_state(state)
    now = board.of("a")
    if event in MOVES[state] and event != "rule":
        assert board.write("a", STEPS[event](now)).state == MOVES[state][event]
        return
    with pytest.raises(SbytError, match="situation_state"):
        STEPS[event](now)


def test_an_event_forced_past_the_door_is_refused_by_the_fold() -> None:
    board = Board()
    now = board.open()
    forced = {**decided(_in_state("analysed").of("a")), "seen": now.seen}
    after = board.write("a", forced)
    assert after.state == "new"
    assert after.events[-1].refused


def test_of_two_at_once_the_first_stands_and_the_second_is_told() -> None:
    board = Board()
    board.open()
    seen = board.analyse()
    first, second = decided(seen, text="Обучить"), decided(seen, text="Изменить карту", decision="change_step")
    board.write("a", first, author="Борис")
    board.write("a", second, author="Вера")
    now = board.of("a")
    assert now.decision is not None
    assert now.decision.text == "Обучить"
    with pytest.raises(StaleRecord) as told:
        standing(board.records, "a", second)
    assert told.value.params["author"] == "Борис"
    assert standing(board.records, "a", first) == now
    assert now.events[-1].fields["text"] == "Изменить карту", "what the second wrote is kept"


def test_notes_are_never_refused_and_move_nothing() -> None:
    board = Board()
    seen = board.open()
    board.analyse()
    after = board.write("a", events.note(seen, text="Звонил клиент"))
    assert (after.state, after.events[-1].refused, after.seen) == ("analysed", False, 2)


def test_numbers_follow_the_opening_and_a_second_opening_is_refused() -> None:
    board = Board()
    board.open("x")
    board.open("y")
    board.open("x", text="Ещё раз")
    assert (board.of("x").number, board.of("x").text) == (1, "Клиент просит отсрочку сверх лимита")
    assert board.of("x").events[-1].refused
    assert board.of("y").number == 2


@pytest.mark.parametrize(
    "value", [None, [], {"event": "fly"}, {"event": "analyse"}, {"event": "open", "day": "когда-нибудь"}, {"event": "decide", "seen": 1}]
)
def test_what_is_no_event_of_ours_changes_nothing(value: object) -> None:
    board = Board()
    before = board.open()
    board.records.append(Record("a", value, "кто-то", AT))
    assert board.of("a").state == before.state
    assert Record("a", value, "кто-то", AT) in board.records


def test_an_override_is_ruled_on_and_a_situation_is_not() -> None:
    board = Board()
    one = board.open("o", source="override", extra={"segment": "A", "computed": "B"})
    with pytest.raises(SbytError, match="situation_state"):
        events.analyse(one, cause="card_wrong")
    ruled = board.write("o", events.rule(one, day=DAY, approved=False, text="Нет причины"))
    assert (ruled.state, ruled.approved) == ("closed", False)


def test_days_stand_in_order_and_somebody_is_responsible() -> None:
    board = Board()
    board.open()
    now = board.analyse()
    with pytest.raises(BadInput, match="days_out_of_order"):
        decided(now, due=DAY - timedelta(days=1))
    with pytest.raises(BadInput, match="days_out_of_order"):
        decided(now, review_on=DAY)
    with pytest.raises(BadInput, match="nobody_responsible"):
        decided(now, responsible="  ")
    with pytest.raises(BadInput, match="kpi_unnamed"):
        decided(now, kpi=Kpi("own"))
    with pytest.raises(BadInput, match="empty_text"):
        decided(now, text=" ")
    with pytest.raises(BadInput, match="not_a_choice"):
        decided(now, decision="wait")
    with pytest.raises(BadInput, match="text_too_long"):
        decided(now, text="а" * 4001)


def test_what_is_late() -> None:
    board = Board()
    board.open()
    board.analyse()
    now = board.decide()
    assert now.overdue(DAY + timedelta(days=7)) is None
    assert now.overdue(DAY + timedelta(days=8)) == DAY + timedelta(days=7)
    waiting = board.carry_out()
    assert waiting.overdue(DAY + timedelta(days=35)) is None
    assert waiting.overdue(DAY + timedelta(days=36)) == DAY + timedelta(days=35)
    assert board.review().overdue(DAY + timedelta(days=400)) is None


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["a", "b"]), st.sampled_from([e for e in EVENTS if e not in ("open", "rule")]), st.booleans()),
        max_size=14,
    )
)
def test_laws_of_the_fold(moves: list[tuple[str, str, bool]]) -> None:
    """Whatever is written: a state is reached by moves of the table alone, every record is in a history, and JSON changes nothing."""
    board = Board()
    for name in ("a", "b"):
        board.open(name)
    for name, event, stale in moves:
        now = board.of(name)
        if not now.may(event):
            continue
        value = STEPS[event](now)
        before = board.of(name)
        after = board.write(name, {**value, "seen": value["seen"] - 1} if stale else value)
        if stale and event != "note":
            assert after.state == before.state
            assert after.events[-1].refused
        else:
            assert after.state == MOVES[before.state][event]
    assert sum(len(one.events) for one in situations(board.records)) == len(board.records)
    again = [Record(r.situation, json.loads(json.dumps(r.value, ensure_ascii=False)), r.author, r.at) for r in board.records]
    assert situations(again) == situations(board.records)


def _in_state(state: str) -> Board:
    board = Board()
    board.open()
    for step in {"new": (), "analysed": ("analyse",), "decided": ("analyse", "decide"), "to_review": ("analyse", "decide", "carry_out"),
                 "closed": ("analyse", "decide", "carry_out", "review"), "dismissed": ("dismiss",)}[state]:  # fmt: skip
        board.write("a", STEPS[step](board.of("a")))
    assert board.of("a").state == state
    return board
