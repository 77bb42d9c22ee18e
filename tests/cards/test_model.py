"""The card: inheritance by kind, JSON there and back, and what no step may be."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.cards import KINDS, Card, Change, Step, StepException, norm_minutes, typical_share
from sbyt_core.cards.change import add_for, change_for
from sbyt_core.cards.norms import minutes_by_role, minutes_of_document
from sbyt_core.cards.starters import STARTERS, starter
from sbyt_core.cards.step import CHANNELS, END
from sbyt_core.errors import SbytError
from sbyt_core.strategies import KINDS as STRATEGY_KINDS
from sbyt_core.texts import LANGUAGES, speech
from tests.cards.making import WAY, differing, small, step


def names(card: Card, kind: str | None = None) -> str:
    return " ".join(one.key for one in card.steps_for(kind))


def test_kinds_are_those_of_the_strategies() -> None:
    assert KINDS == STRATEGY_KINDS


def test_a_kind_inherits_what_it_does_not_touch() -> None:
    card = differing()
    assert names(card) == names(card, "A") == "s1 s2 s3 s4 s5"
    assert names(card, "C") == "s1 s2 s3 s4"
    assert card.steps_for("C")[0].norm_minutes == 1.0
    assert card.steps_for("C")[0].script == "Слова 1"
    edited = Card.from_value({**card.to_value(), "steps": [{**s, "script": "Новые"} for s in card.to_value()["steps"]]})
    assert edited.steps_for("C")[0].script == "Новые"


def test_a_kind_without_differences_follows_its_segment_until_it_has_some() -> None:
    card = differing()
    assert names(card, "loss_making") == names(card, "service_drain") == "s1 s2 s3 s4"
    assert names(card, "late") == names(card, "new") == "s1 s2 s3 s4 s5"
    own = change_for(card, "loss_making", "s2", {"norm_minutes": 9.0})
    assert names(own, "loss_making") == "s1 s2 s3 s4 s5"


def test_an_added_step_stands_behind_its_place_and_first_where_it_has_none() -> None:
    card = add_for(add_for(small(), "A", {"operation": "План"}, after="s2"), "A", {"operation": "Начать"}, after="")
    assert names(card, "A") == "s7 s1 s2 s6 s3 s4 s5"
    assert names(card, "B") == "s1 s2 s3 s4 s5"
    assert card.last_key == 7


def test_an_exception_that_leads_to_a_dropped_step_goes_on_in_order() -> None:
    card = Card("Заказ", (step(1, exceptions=(WAY,)), step(4)), {"C": (Change("s4", dropped=True),)})
    assert card.steps_for("C")[0].exceptions[0].goto == ""
    assert card.steps[0].exceptions[0].goto == "s4"


def test_minutes_of_a_document_by_hand() -> None:
    card = differing()
    minutes = norm_minutes(card)
    assert (minutes["A"], minutes["C"], minutes["loss_making"], minutes["new"]) == (22.0, 17.0, 17.0, 22.0)
    assert minutes_by_role(card) == {"Менеджер": 17.0, "Склад": 5.0}
    assert minutes_of_document(card) == 22.0


def test_a_missing_norm_makes_the_sum_unknown_not_smaller() -> None:
    card = change_for(small(), "B", "s3", {"norm_minutes": None})
    assert set(norm_minutes(card)) == set(KINDS) - {"B", "promising"}
    assert minutes_of_document(card, "B") is None
    assert minutes_of_document(Card("Пусто")) is None


def test_the_share_of_typical_operations_is_weighed_by_documents() -> None:
    card = Card("Заказ", (step(1), step(3, typical=False)), {"C": (Change("s3", dropped=True),)})
    assert typical_share(card) == pytest.approx(4 / 12)
    # A: 2 documents of 12 minutes, 4 typical; C: 6 documents of 4, all typical → (8 + 24) / (24 + 24)
    assert typical_share(card, {"A": 2, "C": 6}) == pytest.approx(32 / 48)
    assert typical_share(Card("Пусто")) is None


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"norm_minutes": 0.0}, "out_of_range"),
        ({"norm_minutes": -4.0}, "out_of_range"),
        ({"norm_minutes": 481.0}, "out_of_range"),
        ({"norm_minutes": float("nan")}, "out_of_range"),
        ({"norm_minutes": True}, "out_of_range"),
        ({"norm_minutes": "4"}, "out_of_range"),
        ({"answer_hours": 0.0}, "out_of_range"),
        ({"channel": "fax"}, "not_a_choice"),
        ({"operation": "x" * 201}, "text_too_long"),
        ({"script": "x" * 4001}, "text_too_long"),
        ({"script": None}, "bad_json"),
        ({"key": ""}, "not_a_choice"),
        ({"key": END}, "not_a_choice"),
        ({"typical": "да"}, "not_a_choice"),
        ({"exceptions": [WAY]}, "bad_json"),
        ({"exceptions": (WAY,) * 13}, "out_of_range"),
    ],
)
def test_what_no_step_may_be(values: dict[str, object], code: str) -> None:
    with pytest.raises(SbytError) as caught:
        Step(**{"key": "s1", "operation": "Принять", **values})  # type: ignore[arg-type]
    assert caught.value.code == code


def test_one_key_stands_once_in_a_card() -> None:
    with pytest.raises(SbytError, match="duplicate_step"):
        Card("Заказ", (step(1), step(1)))
    with pytest.raises(SbytError, match="duplicate_step"):
        Card("Заказ", (step(1),), {"A": (Change("s1", step=step(1)),)})


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"name": 1, "steps": []}',
        '{"name": "x", "steps": {}}',
        '{"name": "x", "steps": [1]}',
        '{"name": "x", "steps": [], "extra": 1}',
        '{"name": "x", "steps": [], "format": 2}',
        '{"name": "x", "steps": [], "differences": {"D": []}}',
        '{"name": "x", "steps": [], "differences": {"A": {}}}',
        '{"name": "x", "steps": [], "differences": {"A": [{"act": "burn", "key": "s1"}]}}',
        '{"name": "x", "steps": [], "differences": {"A": [{"act": "change", "key": "s1", "values": {"norm_minutes": 0}}]}}',
        '{"name": "x", "steps": [], "last_key": -1}',
        "[" * 100_000,
    ],
)
def test_a_text_that_is_no_card_is_refused_with_a_code(text: str) -> None:
    with pytest.raises(SbytError):
        Card.from_json(text)


TEXT = st.text(max_size=20)
EXCEPTIONS = st.lists(st.builds(StepException, TEXT, TEXT, st.sampled_from(["", END, "s2", "s9"])), max_size=2).map(tuple)
VALUES = {
    "operation": TEXT,
    "role": TEXT,
    "norm_minutes": st.none() | st.floats(0.1, 480),
    "answer_hours": st.none() | st.floats(0.1, 240),
    "channel": st.sampled_from(["", *CHANNELS]),
    "script": TEXT,
    "exceptions": EXCEPTIONS,
    "typical": st.booleans(),
}


@st.composite
def cards(draw: st.DrawFn) -> Card:
    """Any card of up to four steps with differences of A and C."""
    n = draw(st.integers(0, 4))
    steps = tuple(Step(f"s{i}", **draw(st.fixed_dictionaries(VALUES))) for i in range(1, n + 1))
    differences: dict[str, tuple[Change, ...]] = {}
    for i, kind in enumerate(("A", "C")):
        keys = draw(st.lists(st.sampled_from([f"s{k}" for k in range(1, n + 1)] or ["s1"]), unique=True, max_size=2))
        changes = [
            Change(key, dropped=True) if draw(st.booleans()) else Change(key, values={"norm_minutes": 1.0, "exceptions": draw(EXCEPTIONS)})
            for key in keys
        ]
        if draw(st.booleans()):
            own = Step(f"s{10 + i}", **draw(st.fixed_dictionaries(VALUES)))
            changes.append(Change(own.key, step=own, after=draw(st.sampled_from(["", "s1", "s4"]))))
        if changes:
            differences[kind] = tuple(changes)
    return Card(draw(TEXT), steps, differences, draw(TEXT), 20)


@given(cards())
def test_a_card_comes_back_equal_from_its_json(card: Card) -> None:
    assert Card.from_json(card.to_json()) == card
    assert Card.from_value(json.loads(json.dumps(card.to_value()))) == card


@given(cards())
def test_no_kind_is_served_by_a_step_twice(card: Card) -> None:
    for kind in KINDS:
        keys = [one.key for one in card.steps_for(kind)]
        assert len(keys) == len(set(keys))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", STARTERS)
def test_a_starter_card_is_ready_to_be_sent(code: str, lang: str) -> None:
    from sbyt_core.cards import check_card

    card = starter(code, speech(lang))
    assert 8 <= len(card.steps) <= 12
    assert check_card(card) == ()
    minutes = norm_minutes(card)
    assert set(minutes) == set(KINDS)
    assert minutes["C"] < minutes["B"] <= minutes["A"]
    for one in card.all_steps():
        assert all((one.operation, one.role, one.trigger, one.input, one.output, one.script, one.check, one.answer_hours, one.channel))
    assert Card.from_json(card.to_json()) == card


def test_the_distribution_starter_holds_the_operations_of_the_sample_log() -> None:
    from sample_data.practice import OPERATIONS

    card = starter("distribution", speech("ru"))
    assert [(one.operation, one.norm_minutes) for one in card.steps[:8]] == [(o.name, float(o.minutes)) for o in OPERATIONS]


def test_an_unknown_starter_is_refused() -> None:
    with pytest.raises(SbytError, match="not_a_choice"):
        starter("farm", speech("ru"))
