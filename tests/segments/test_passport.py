"""The passport: distances are borders indeed, and everything can be said in both languages."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.segments import Criteria, Override, passport, segment
from sbyt_core.segments.model import RULES
from sbyt_core.segments.words import move_in_words, reason_in_words
from sbyt_core.texts import LANGUAGES, speech
from tests.segments.making import PLAIN, table_of
from tests.segments.test_laws import dear, first_old, measures


def test_distance_by_hand() -> None:
    # 70, 20, 10 at .70/.90: c01 is a B because the 70 before it are 70 % of 100. With x more, 70 / (100 + x) falls under
    # .7 (to nine decimals) from the first kopeck on. It may fall while 70 / (70 + v + 10) < .9 (v above −2.2) – but below
    # c02's 10 it would be behind it: 80 / (80 + v) < .9 needs v above 8.89
    seen = passport(segment(table_of([70, 20, 10]), PLAIN), "c01")
    assert (seen.segment, seen.rank, seen.share_before) == ("B", 2, 0.7)
    assert (seen.next_up, seen.to_next_up) == ("A", 0.01)
    assert (seen.next_down, seen.may_fall) == ("C", 11.11)


def test_nothing_is_above_a_and_nothing_below_c() -> None:
    result = segment(table_of([70, 20, 10]), PLAIN)
    assert passport(result, "c00").next_up is None
    assert passport(result, "c02").next_down is None


def test_value_alone_does_not_lift_a_client_that_buys_rarely() -> None:
    table = table_of([70, 20, 9, 1], active_share=[0.25, 1, 1, 1], cv=[2.0, 1, 1, 1], months_seen=[3, 12, 12, 12])
    seen = passport(segment(table, replace(PLAIN, regularity=True)), "c00")
    assert (seen.segment, seen.next_up) == ("B", None)
    assert [(move.code, move.now, move.needed) for move in seen.moves] == [("more_months", 3, 6)]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(-500, 5000), min_size=3, max_size=25), st.integers(0, 1000), st.booleans())
# on the way lies the value of another client: equal values, equal class, and a kopeck on another class again
@example([12, 0, 0, 0, 0, 0, 0, 0, 11, 5], 180, True)
@example([11, 0, 0, 0, 0, 0, 0, 0, 11, 30], 721, True)
def test_distances_are_borders(values: list[int], seed: int, regularity: bool) -> None:
    values = [float(value) for value in dear([*values, 10])]
    columns = first_old(measures(len(values), seed))
    criteria = Criteria(regularity=regularity)
    result = segment(table_of(values, **columns), criteria)
    place = seed % len(values)
    key = f"c{place:02d}"
    seen = passport(result, key)

    def at(change: float) -> str:
        changed = [value + change * (i == place) for i, value in enumerate(values)]
        return segment(table_of(changed, **columns), criteria).frame.set_index("client_key").loc[key, "segment"]

    if seen.to_next_up is not None:
        assert at(seen.to_next_up) == seen.next_up
        assert at(seen.to_next_up - 0.01) >= seen.segment  # where it equals another it may stand lower
        just_before = max(0.0, round(seen.to_next_up - 0.02, 2))
        others = [value for i, value in enumerate(values) if i != place]
        assert at(just_before) == seen.segment or round(values[place] + just_before, 2) in others
    if seen.may_fall is not None and max(value for i, value in enumerate(values) if i != place) > 0:
        assert at(-seen.may_fall) == seen.segment
        assert at(-seen.may_fall - 0.01) > seen.segment
        assert at(-seen.may_fall - 0.02) == seen.next_down


def test_unknown_client_is_told() -> None:
    with pytest.raises(BadInput) as told:
        passport(segment(table_of([3, 2, 1])), "nobody")
    assert told.value.code == "no_such_client"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_reason_and_move_can_be_said(lang: str) -> None:
    say = speech(lang)
    ten = list(range(100, 0, -10))
    tables = [
        (table_of([*ten, np.nan, -5], documents=[12] * 5 + [2] + [12] * 6, first_ever=["2023-01-01"] * 11 + ["2025-12-01"]), Criteria()),
        (
            table_of([70, 20, 9, -1], active_share=[0.25, 1, 1, 1], cv=2.0, largest_document_share=[0.1, 0.9, 0.1, 0.1]),
            Criteria(guards="off"),
        ),
        (table_of(ten, returns_share=np.linspace(1, 0, 10)), Criteria(trouble=True, method="count")),
        (table_of([100, 100, 100, 5], growth=0.5), Criteria(promise_potential=0.5)),
    ]
    said = set()
    for table, criteria in tables:
        result = segment(table, criteria, overrides=[Override("c01", "C", "a {reason}", "Olga")])
        for key in result.frame["client_key"]:
            seen = passport(result, key)
            said |= {reason.rule for reason in seen.reasons}
            assert all(reason_in_words(reason, say) for reason in seen.reasons)
            assert all(move_in_words(move, say) for move in seen.moves)
        for state in result.states:
            assert say.has(f"state.{state}")
        for problem in result.problems:
            assert say(f"warning.{problem.code}", n=problem.count)
            assert say.has(f"warning.{problem.code}.hint")
    assert said == set(RULES)
