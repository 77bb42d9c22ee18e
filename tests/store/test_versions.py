"""What was agreed never changes."""

from __future__ import annotations

import pytest

from sbyt_core.errors import SbytError, StaleRecord
from sbyt_core.store import Store


def test_a_version_goes_from_draft_to_approved_and_is_then_closed(store: Store, project: str) -> None:
    draft = store.save_version(project, "Старт", '{"cut_a":0.7}', author="Анна", fingerprint="f" * 64, classes=b"\x00classes")
    assert (draft.number, draft.status, draft.revision, draft.fingerprint) == (1, "draft", 1, "f" * 64)
    assert store.classes(draft.id) == b"\x00classes"
    assert store.approved_version(project) is None

    approved = store.approve_version(draft.id, owner="Иван Петров", expected_revision=1, author="Борис")
    assert (approved.status, approved.approved_by, approved.author, approved.value) == ("approved", "Иван Петров", "Анна", {"cut_a": 0.7})
    assert store.approved_version(project) == approved

    with pytest.raises(SbytError, match="closed_record"):
        store.approve_version(draft.id, owner="Пётр", expected_revision=1)
    assert store.version(draft.id) == approved
    assert store.classes(draft.id) == b"\x00classes"


def test_nobody_approves_what_they_have_not_seen(store: Store, project: str) -> None:
    draft = store.save_version(project, "Старт", "{}", author="Анна")
    with pytest.raises(StaleRecord) as caught:
        store.approve_version(draft.id, owner="Иван", expected_revision=2)
    assert caught.value.params == {"what": "version", "author": "Анна", "time": draft.at}
    assert store.version(draft.id) == draft


def test_the_version_approved_last_holds(store: Store, project: str) -> None:
    first, second = store.save_version(project, "1", "{}").id, store.save_version(project, "2", "{}").id
    store.approve_version(second, owner="Иван", expected_revision=1)
    store.approve_version(first, owner="Иван", expected_revision=1)
    held = store.approved_version(project)
    assert held is not None
    assert held.id == first
    assert [v.number for v in store.versions(project)] == [2, 1]


def test_a_name_is_used_once_a_kind(store: Store, project: str) -> None:
    store.save_version(project, "Старт", "{}")
    with pytest.raises(SbytError, match="name_taken"):
        store.save_version(project, "старт", "{}")
    assert store.save_version(project, "Старт", "{}", kind="card").number == 1


def test_a_version_without_classes_has_none(store: Store, project: str) -> None:
    assert store.classes(store.save_version(project, "Старт", "{}").id) is None


def test_an_unknown_version_is_not_found(store: Store, project: str) -> None:
    with pytest.raises(SbytError, match="not_found"):
        store.version(99)
