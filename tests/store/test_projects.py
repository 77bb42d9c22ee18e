"""Projects: named, hidden, never deleted."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sbyt_core.errors import SbytError
from sbyt_core.store import Store
from sbyt_core.store.checks import one_line

from .conftest import NOON


def test_a_new_project_is_as_it_was_made(store: Store) -> None:
    made = store.create_project("  ООО\n«Ромашка» ", author="Анна", currency="KZT", lang="ru")
    assert (made.name, made.currency, made.lang, made.author, made.data) == ("ООО «Ромашка»", "KZT", "ru", "Анна", None)
    assert made.created_at == made.opened_at == NOON + timedelta(seconds=1)
    assert store.project(made.id) == made
    assert store.projects() == [made]


def test_the_project_opened_last_stands_first(store: Store) -> None:
    first, second = store.create_project("Первый").id, store.create_project("Второй").id
    assert [p.id for p in store.projects()] == [second, first]
    store.touch_project(first)
    assert [p.id for p in store.projects()] == [first, second]


def test_an_archived_project_is_hidden_whole_and_closed(store: Store, project: str) -> None:
    draft = store.save_document(project, "criteria", '{"cut_a":0.7}', expected_version=0)
    store.archive_project(project, author="Анна")
    assert store.projects() == []
    assert [p.id for p in store.projects(archived=True)] == [project]
    assert store.document(project, "criteria") == draft
    with pytest.raises(SbytError, match="closed_record"):
        store.save_document(project, "criteria", "{}", expected_version=1)
    store.restore_project(project)
    assert store.save_document(project, "criteria", "{}", expected_version=1).version == 2


def test_a_name_is_used_once_among_open_projects(store: Store, project: str) -> None:
    with pytest.raises(SbytError, match="name_taken"):
        store.create_project("ооо «ромашка»")
    store.archive_project(project)
    namesake = store.create_project("ООО «Ромашка»").id
    with pytest.raises(SbytError, match="name_taken"):
        store.restore_project(project)
    with pytest.raises(SbytError, match="name_taken"):
        store.rename_project(store.create_project("Другая").id, "ООО «Ромашка»")
    assert store.rename_project(namesake, "ООО «РОМАШКА»").name == "ООО «РОМАШКА»"


@pytest.mark.parametrize("name", ["", "   ", "\x00\n"])
def test_a_name_that_shows_nothing_is_refused(store: Store, name: str) -> None:
    with pytest.raises(SbytError, match="empty_name"):
        store.create_project(name)


def test_a_name_has_a_limit_and_a_currency_three_letters(store: Store) -> None:
    with pytest.raises(SbytError, match="name_too_long"):
        store.create_project("я" * 201)
    with pytest.raises(SbytError, match="not_a_choice"):
        store.create_project("Я", currency="=1+1")


@pytest.mark.parametrize("project_id", ["", "0" * 32, "../../etc", "' OR 1=1 --", "\x00"])
def test_what_is_no_project_is_not_found(store: Store, project: str, project_id: str) -> None:
    with pytest.raises(SbytError, match="not_found"):
        store.project(project_id)


def test_every_change_leaves_its_trace(store: Store, project: str) -> None:
    store.rename_project(project, "Новое имя", author="Борис")
    store.set_override(project, "0071", "A", reason="договор", author="Вера")
    traces = [(e.author, e.action, e.what) for e in store.events(project)]
    assert traces == [
        ("Вера", "set_override", "0071"),
        ("Борис", "rename_project", "Новое имя"),
        ("Анна", "create_project", "ООО «Ромашка»"),
    ]
    assert [e.action for e in store.events(project, limit=1)] == ["set_override"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=60))
def test_any_name_is_kept_as_it_was_cleaned(store: Store, project: str, text: str) -> None:
    try:
        name = one_line(text)
    except SbytError:
        return
    assert store.rename_project(project, text).name == store.project(project).name == name == one_line(name)
