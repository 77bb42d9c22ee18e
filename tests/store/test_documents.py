"""Versioned documents: nothing overwritten, nobody's save lost unseen."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sbyt_core.errors import SbytError, StaleRecord
from sbyt_core.store import Store


def test_before_the_first_save_there_is_version_nought(store: Store, project: str) -> None:
    nothing = store.document(project, "criteria")
    assert (nothing.version, nothing.value, nothing.author, nothing.at) == (0, None, None, None)


def test_each_save_is_a_version_and_the_history_is_the_way_back(store: Store, project: str) -> None:
    for version, cut in enumerate((0.7, 0.75, 0.8)):
        store.save_document(project, "criteria", json.dumps({"cut_a": cut}), expected_version=version, author="Анна")
    history = store.history(project, "criteria")
    assert [(d.version, d.value["cut_a"]) for d in history] == [(3, 0.8), (2, 0.75), (1, 0.7)]
    back = store.save_document(project, "criteria", history[2].json, expected_version=3, author="Анна")
    assert (back.version, back.value) == (4, {"cut_a": 0.7})
    assert store.document(project, "criteria") == back
    assert [d.version for d in store.history(project, "criteria", limit=2)] == [4, 3]


def test_saving_what_stands_writes_nothing(store: Store, project: str) -> None:
    first = store.save_document(project, "criteria", '{"a": 1}', expected_version=0, author="Анна")
    assert store.save_document(project, "criteria", '{"a":1}', expected_version=1, author="Борис") == first


def test_a_save_over_an_unseen_one_is_refused_and_says_whose(make_store: Callable[..., Store]) -> None:
    one, two = make_store(), make_store()  # two engines, as two processes have
    project = one.create_project("Общий").id
    one.save_document(project, "criteria", '{"a":1}', expected_version=0, author="Анна")
    theirs = two.save_document(project, "criteria", '{"a":2}', expected_version=1, author="Борис")
    with pytest.raises(StaleRecord) as caught:
        one.save_document(project, "criteria", '{"a":3}', expected_version=1, author="Анна")
    assert caught.value.params == {"what": "criteria", "author": "Борис", "time": theirs.at}
    assert one.document(project, "criteria") == theirs
    assert len(one.history(project, "criteria")) == 2


@pytest.mark.parametrize("expected", [1, 5, -1])
def test_a_version_that_never_was_is_refused(store: Store, project: str, expected: int) -> None:
    with pytest.raises(StaleRecord):
        store.save_document(project, "criteria", "{}", expected_version=expected)


def test_kinds_and_names_are_apart(store: Store, project: str) -> None:
    store.save_settings(project, "rates", '{"document":150}', expected_version=0)
    store.save_settings(project, "team", "[]", expected_version=0)
    store.save_document(project, "scenario", '{"cut_a":0.8}', expected_version=0, name="80/95")
    store.save_document(project, "scenario", '{"cut_a":0.6}', expected_version=0, name="=СУММ(A1)")
    assert store.settings(project, "rates").value == {"document": 150}
    assert [d.name for d in store.documents(project, "scenario")] == ["80/95", "=СУММ(A1)"]
    other = store.create_project("Другая").id
    assert store.documents(other, "scenario") == []


def test_a_dropped_document_leaves_the_list_and_can_come_back(store: Store, project: str) -> None:
    saved = store.save_document(project, "scenario", "[1]", expected_version=0, name="А")
    store.drop_document(project, "scenario", "А", expected_version=1)
    assert store.documents(project, "scenario") == []
    assert store.history(project, "scenario", "А")[1] == saved
    store.save_document(project, "scenario", saved.json, expected_version=2, name="А")
    assert [d.value for d in store.documents(project, "scenario")] == [[1]]


@pytest.mark.parametrize("text", ["", "{", "NaN", '{"a": Infinity}', "[" * 100_000, '"\\ud800"'])
def test_what_is_no_json_is_refused(store: Store, project: str, text: str) -> None:
    with pytest.raises(SbytError, match="bad_json"):
        store.save_document(project, "criteria", text, expected_version=0)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=JSON)
def test_any_json_comes_back_equal(store: Store, project: str, value: object) -> None:
    head = store.document(project, "criteria")
    assert store.save_document(project, "criteria", json.dumps(value), expected_version=head.version).value == value
    assert store.document(project, "criteria").value == value
