"""Agenda, overdue, months of unreadiness, likeness, overrides and the change that a decision makes: worked by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.cards.model import Card, Step
from sbyt_core.committee import agenda, events, months, overdue, similar, situations
from sbyt_core.committee.agenda import Month, way
from sbyt_core.committee.change import card_change, criteria_change
from sbyt_core.committee.overrides import StandingOverride, with_overrides
from sbyt_core.errors import BadInput
from tests.committee.making import DAY, Board


def full() -> Board:
    """One situation in every state, and a decision that is late."""
    board = Board()
    board.open("new", day=DAY - timedelta(days=2))
    board.open("analysed")
    board.analyse("analysed")
    for name, due in (("late", 3), ("in_time", 60)):
        board.open(name)
        board.analyse(name)
        board.decide(name, due=DAY + timedelta(days=due), review_on=DAY + timedelta(days=90))
    for name, review in (("due", 10), ("later", 90)):
        board.open(name)
        board.analyse(name)
        board.decide(name, review_on=DAY + timedelta(days=review))
        board.carry_out(name)
    board.open("dismissed")
    board.write("dismissed", events.dismiss(board.of("dismissed"), text="двойник"))
    return board


def test_the_agenda_begins_with_what_is_late() -> None:
    items = agenda(situations(full().records), meeting=DAY + timedelta(days=10))
    assert [(item.situation.id, item.why) for item in items] == [
        ("late", "overdue"),
        ("due", "review"),
        ("analysed", "decide"),
        ("new", "analyse"),
    ]
    assert items[0].since == DAY + timedelta(days=3)


def test_overdue_is_sorted_by_how_long() -> None:
    found = situations(full().records)
    assert [one.id for one in overdue(found, today=DAY + timedelta(days=95))] == ["late", "due", "in_time", "later"]
    assert overdue(found, today=DAY) == ()


def test_months_of_unreadiness_by_hand() -> None:
    """September: 2 of 3 causes are unreadiness, one is not known; nothing in October; November: 0 of 1; overrides stand aside."""
    board = Board()
    for name, day, cause in (
        ("a", date(2025, 9, 1), "staff_not_ready"),
        ("b", date(2025, 9, 30), "staff_not_ready"),
        ("c", date(2025, 9, 15), "card_wrong"),
        ("d", date(2025, 9, 20), None),
        ("e", date(2025, 11, 3), "true_exception"),
    ):
        board.open(name, day=day)
        if cause:
            board.analyse(name, cause)
    board.open("x", day=date(2025, 12, 1), source="override")
    board.open("y", day=date(2025, 12, 1))
    board.write("y", events.dismiss(board.of("y"), text="ошибка"))
    table = [(one.month, one.all, one.known, one.unready) for one in months(situations(board.records))]
    assert table == [(date(2025, 9, 1), 4, 3, 2), (date(2025, 10, 1), 0, 0, 0), (date(2025, 11, 1), 1, 1, 0)]
    assert months(()) == ()


def by_month(*counts: tuple[int, int]) -> list[Month]:
    """Months of (unready, known)."""
    return [Month(date(2025, 1 + place, 1), known, known, unready) for place, (unready, known) in enumerate(counts)]


def test_unreadiness_fell_or_rose_only_where_chance_does_not_do_it() -> None:
    """By hand for 4 of 4, then 0 of 4: U = 0, mean 8, variance 16/12 · (9 − 2 · (64 − 4)/(8 · 7)) = 64/7, z = 7.5 / 3.02 = 2.48."""
    assert way(by_month((4, 4), (0, 4))) == "fell"
    assert way(by_month((0, 4), (4, 4))) == "rose"
    assert way(by_month((3, 3), (0, 0), (1, 3))) == "chance", "U = 1 of a mean of 4, p = 0.19"
    assert way(by_month((9, 10), (7, 10), (4, 10), (1, 10))) == "fell"
    assert way(by_month((7, 14), (6, 14), (7, 14))) == "chance"
    assert way(by_month((5, 5), (5, 5))) == "chance", "a share that stays the same"
    assert way(by_month((3, 6))) == way(()) == "chance", "one month has no way"


@given(st.lists(st.integers(0, 12).flatmap(lambda known: st.tuples(st.integers(0, known), st.just(known))), max_size=6))
def test_months_read_backwards_go_the_other_way(counts: list[tuple[int, int]]) -> None:
    mirrored = {"fell": "rose", "rose": "fell", "chance": "chance"}
    assert way(by_month(*reversed(counts))) == mirrored[way(by_month(*counts))]


def test_months_cross_the_year() -> None:
    board = Board()
    board.open("a", day=date(2025, 11, 30))
    board.open("b", day=date(2026, 2, 1))
    assert [one.month for one in months(situations(board.records))] == [
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
        date(2026, 2, 1),
    ]


def test_alike_situations_are_found_while_typing() -> None:
    board = Board()
    board.open("a", text="Клиент просит отсрочку платежа сверх лимита", step="s2")
    board.open("b", text="На складе нет товара, клиент ждёт замену")
    board.open("c", text="Менеджер забыл сообщить дату доставки")
    found = situations(board.records)
    assert [one.id for one in similar("просит отсрочку сверх лимита", found)] == ["a"]
    assert [one.id for one in similar("нет товара на складе", found)] == ["b"]
    assert similar("отсрочку", found) == (), "one word is alike to everything"
    assert similar("сломалась касса в магазине", found) == ()
    assert similar("", found) == ()


def test_a_common_step_brings_the_likelier_first() -> None:
    board = Board()
    board.open("a", text="Долгое согласование скидки клиенту")
    board.open("b", text="Долгое согласование скидки клиенту", step="s5")
    assert similar("согласование скидки", situations(board.records), step="s5")[0].id == "b"


def override(**more: object) -> StandingOverride:
    given = {"client_key": "77", "client": "ООО «Вега»", "segment": "A", "computed": "B", "reason": "Растёт", "author": "Анна"}
    return StandingOverride(**{**given, "at": datetime(2025, 9, 2, tzinfo=UTC), **more})  # type: ignore[arg-type]


def test_a_standing_override_waits_for_the_committee_until_it_is_ruled_on() -> None:
    board = Board()
    board.open("a")
    one = override()
    found = with_overrides(board.records, [one])
    waiting = found[-1]
    assert (waiting.state, waiting.source, waiting.extra) == ("new", "override", {"segment": "A", "computed": "B"})
    assert [item.why for item in agenda(found, meeting=DAY)] == ["analyse", "approve"]
    board.write(one.id, one.opening())
    board.write(one.id, events.rule(board.of(one.id), day=DAY, approved=True))
    assert with_overrides(board.records, [one])[-1].state == "closed"
    assert with_overrides(board.records, [override(at=datetime(2025, 10, 1, tzinfo=UTC))])[-1].state == "new", "set anew, ruled on anew"


def card() -> Card:
    return Card("Карта", (Step("s1", "Принять", "М", norm_minutes=4.0), Step("s2", "Проверить долг", "М", norm_minutes=3.0)), last_key=2)


def test_a_decision_puts_a_new_operation_behind_a_step() -> None:
    board = Board()
    board.open(step="s1")
    board.analyse(cause="card_wrong")
    values = {"operation": "Спросить о сроке", "role": "М", "norm_minutes": 2.0}
    now = board.decide(decision="new_operation", change={"values": values, "after": "s1"})
    change = card_change(now)
    assert change is not None
    assert [(step.key, step.operation) for step in change(card()).steps] == [
        ("s1", "Принять"),
        ("s3", "Спросить о сроке"),
        ("s2", "Проверить долг"),
    ]


def test_a_decision_changes_the_step_of_the_situation() -> None:
    board = Board()
    board.open(step="s2")
    board.analyse(cause="card_wrong")
    change = card_change(board.decide(decision="change_step", change={"values": {"norm_minutes": 5.0}}))
    assert change is not None
    assert change(card()).step("s2").norm_minutes == 5.0
    assert change(card()).step("s1").norm_minutes == 4.0


def test_training_changes_no_card_and_criteria_change_by_their_settings() -> None:
    board = Board()
    board.open()
    board.analyse()
    assert card_change(board.decide()) is None
    again = board.decide(decision="change_criteria", change={"settings": {"cut_a": 0.75}})
    assert card_change(again) is None
    assert criteria_change(again) == {"cut_a": 0.75}


def test_a_new_operation_without_words_is_refused() -> None:
    board = Board()
    board.open()
    board.analyse()
    with pytest.raises(BadInput, match="empty_text"):
        card_change(board.decide(decision="new_operation", change={"values": {}}))
