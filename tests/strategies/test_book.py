"""The strategy book: defaults of METHOD §5, edits, JSON, and which standard serves whom."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.strategies import CHANNELS, DEFAULTS, KINDS, ServiceStandard, StrategyBook, Terms, kind_of

BOOK = StrategyBook.default()


# contacts a month, minutes, working hours to the answer: METHOD §5, read off the page
@pytest.mark.parametrize(
    ("kind", "contacts", "minutes", "answer"),
    [("A", 2, 45, 2), ("promising", 1.5, 40, 4), ("B", 1, 30, 8), ("C", 1 / 3, 15, 16)],
)
def test_defaults_are_those_of_the_method(kind, contacts, minutes, answer):
    standard = BOOK[kind]
    assert (standard.contacts_per_month, standard.minutes_per_contact, standard.answer_hours) == (contacts, minutes, answer)


def test_hours_of_one_client_a_month():
    # 2 × 45 min = 1.5 h; 1.5 × 40 min = 1 h; 15 min a quarter = 5 min a month
    assert BOOK["A"].hours_per_month == 1.5
    assert BOOK["promising"].hours_per_month == 1.0
    assert BOOK["C"].hours_per_month == pytest.approx(5 / 60, abs=1e-12)


def test_c_is_served_by_phone_mail_or_self_service():
    assert set(BOOK["C"].channels) == {"phone", "mail", "self_service"}


def test_an_edit_gives_a_new_book_and_leaves_the_old():
    edited = BOOK.with_standard(replace(BOOK["B"], contacts_per_month=2, goal="Звонить по пятницам"))
    assert edited["B"].goal == "Звонить по пятницам"
    assert [kind for kind in KINDS if edited[kind] != BOOK[kind]] == ["B"]
    assert BOOK["B"].contacts_per_month == 1
    assert hash(edited) != hash(BOOK)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("contacts_per_month", -1),
        ("contacts_per_month", float("nan")),
        ("contacts_per_month", "2"),
        ("contacts_per_month", True),
        ("minutes_per_contact", 481),
        ("answer_hours", 0),
        ("goal", "я" * 2001),
        ("goal", 5),
        ("first_moves", ("one", "two")),
        ("first_moves", "abc"),
    ],
)
def test_a_value_outside_is_a_coded_error_that_names_it(field, value):
    with pytest.raises(BadInput) as caught:
        replace(BOOK["A"], **{field: value})
    assert caught.value.code == "out_of_range"
    assert caught.value.params["name"] == field


@pytest.mark.parametrize(
    "terms", [{"credit_days": -1}, {"credit_days": 1.5}, {"discount_limit": 1.01}, {"minimum_order": -1}, {"minimum_order": float("inf")}]
)
def test_terms_outside_are_coded(terms):
    with pytest.raises(BadInput) as caught:
        Terms(**terms)
    assert caught.value.code == "out_of_range"
    assert caught.value.params["name"] == next(iter(terms))


@pytest.mark.parametrize(
    "change", [{"kind": "D"}, {"channels": ()}, {"channels": ("fax",)}, {"channels": ("phone", "phone")}, {"channels": "phone"}]
)
def test_a_choice_that_does_not_exist_is_coded(change):
    with pytest.raises(BadInput) as caught:
        replace(BOOK["A"], **change)
    assert caught.value.code == "not_a_choice"


def test_a_term_left_open_is_not_zero():
    assert Terms().credit_days is None
    assert Terms() != Terms(0, 0.0, 0.0)


TEXTS = st.none() | st.text(max_size=50)
MONEY = st.none() | st.floats(0, 1e12)
STANDARDS = st.builds(
    ServiceStandard,
    kind=st.sampled_from(KINDS),
    contacts_per_month=st.floats(0, 62),
    minutes_per_contact=st.floats(0, 480),
    channels=st.lists(st.sampled_from(CHANNELS), min_size=1, unique=True).map(tuple),
    answer_hours=st.floats(0.25, 240),
    terms=st.builds(Terms, st.none() | st.integers(0, 365), st.none() | st.floats(0, 1), MONEY),
    title=TEXTS,
    goal=TEXTS,
    actions=TEXTS,
    who_serves=TEXTS,
    not_done=TEXTS,
    first_moves=st.tuples(TEXTS, TEXTS, TEXTS),
)


@given(STANDARDS)
def test_json_gives_the_same_book_back(standard):
    book = BOOK.with_standard(standard)
    assert StrategyBook.from_json(book.to_json()) == book


def test_json_may_name_only_what_differs():
    book = StrategyBook.from_json('{"standards": {"C": {"terms": {"minimum_order": 5000}}}}')
    assert book["C"].terms == replace(DEFAULTS["C"].terms, minimum_order=5000)
    assert [kind for kind in KINDS if book[kind] != DEFAULTS[kind]] == ["C"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "bad_json"),
        ("[]", "bad_json"),
        ("[" * 100_000, "bad_json"),
        ('{"standards": []}', "bad_json"),
        ('{"standards": {"A": null}}', "bad_json"),
        ('{"standards": {"D": {}}}', "unknown_setting"),
        ('{"standards": {"A": {"kind": "B"}}}', "unknown_setting"),
        ('{"standards": {"A": {"colour": 1}}}', "unknown_setting"),
        ('{"standards": {"A": {"terms": {"bonus": 1}}}}', "unknown_setting"),
        ('{"format": 2}', "not_a_choice"),
        ('{"standards": {"A": {"contacts_per_month": null}}}', "out_of_range"),
        ('{"standards": {"A": {"answer_hours": NaN}}}', "out_of_range"),
        ('{"standards": {"A": {"channels": [["phone"]]}}}', "not_a_choice"),
        ('{"standards": {"A": {"terms": {"credit_days": 1e400}}}}', "out_of_range"),
    ],
)
def test_bad_json_is_coded(text, code):
    with pytest.raises(BadInput) as caught:
        StrategyBook.from_json(text)
    assert caught.value.code == code


def test_json_is_plain_text_a_person_can_read():
    content = json.loads(BOOK.to_json())
    assert list(content["standards"]) == list(KINDS)
    assert content["standards"]["A"]["goal"] is None


@pytest.mark.parametrize(
    ("segment", "state", "tags", "kind"),
    [
        ("A", "regular", (), "A"),
        ("A", "late", (), "late"),
        ("A", "asleep", ("promising",), "late"),
        ("B", "late", (), "B"),
        ("C", "regular", ("service_drain",), "service_drain"),
        ("C", "asleep", ("loss_making",), "loss_making"),
        ("C", "regular", ("loss_making", "promising"), "loss_making"),
        ("B", "regular", ("promising",), "promising"),
        ("A", "regular", ("promising",), "A"),
        ("new", "new", ("promising",), "new"),
    ],
)
def test_which_standard_serves_whom(segment, state, tags, kind):
    assert kind_of(segment, state, tags) == kind
