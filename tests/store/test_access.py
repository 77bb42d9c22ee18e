"""Who may do what: checked by the store, whatever a page forgets."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sbyt_core.errors import NotAllowed, SbytError
from sbyt_core.store import ACTIONS, LOCAL, ROLES, Store
from sbyt_core.store.access import allowed

# the whole table, written out by hand
TABLE = {
    "consultant": {"read", "record", "edit", "override", "approve", "manage", "export"},
    "owner": {"read", "record", "edit", "override", "approve", "manage", "export"},
    "head": {"read", "record", "edit", "override"},
    "manager": {"read", "record"},
}


def test_the_rights_of_the_roles() -> None:
    assert {role: {a for a in ACTIONS if allowed(role, a)} for role in ROLES} == TABLE
    assert not any(allowed(None, action) for action in ACTIONS)


@pytest.fixture
def shared(store: Store) -> str:
    """A project of anna@x.ru with one member a role."""
    anna = store.seen_by("Anna@X.ru")
    project = anna.create_project("Общий").id
    for role in ("owner", "head", "manager"):
        anna.set_member(project, f"{role}@x.ru", role)
    return project


def test_whoever_makes_a_project_is_its_consultant(store: Store, shared: str) -> None:
    assert [(m.person, m.role, m.author) for m in store.members(shared)] == [
        ("anna@x.ru", "consultant", "anna@x.ru"),
        ("head@x.ru", "head", "anna@x.ru"),
        ("manager@x.ru", "manager", "anna@x.ru"),
        ("owner@x.ru", "owner", "anna@x.ru"),
    ]


def test_the_user_of_the_computer_may_do_everything(store: Store, shared: str) -> None:
    assert store.person == LOCAL
    assert all(store.may(shared, action) for action in ACTIONS)
    alone = store.create_project("Свой").id
    assert [(m.person, m.role) for m in store.members(alone)] == [(LOCAL, "consultant")]


def test_a_stranger_sees_no_project_at_all(store: Store, shared: str) -> None:
    stranger = store.seen_by("eve@x.ru")
    version = store.save_version(shared, "v", "{}").id
    assert stranger.projects() == []
    for ask in (
        stranger.project,
        stranger.datasets,
        stranger.versions,
        stranger.overrides,
        stranger.events,
        stranger.export_project,
        stranger.members,
    ):
        with pytest.raises(SbytError, match="not_found"):
            ask(shared)
    with pytest.raises(SbytError, match="not_found"):
        stranger.version(version)
    with pytest.raises(SbytError, match="not_found"):
        stranger.approve_version(version, owner="Ева", expected_revision=1)
    assert stranger.create_project("Общий").name == "Общий"  # a name she cannot see does not stand in her way


VERBS: list[tuple[str, Callable[[Store, str], object]]] = [
    ("read", lambda s, p: s.document(p, "criteria")),
    ("record", lambda s, p: s.add_note(p, "0071", "звонил")),
    ("record", lambda s, p: s.add_entry(p, "observation", "{}")),
    ("edit", lambda s, p: s.save_document(p, "criteria", '{"a":1}', expected_version=0)),
    ("edit", lambda s, p: s.save_version(p, "в1", "{}", classes=b"x")),
    ("edit", lambda s, p: s.save_settings(p, "period", "{}", expected_version=0)),
    ("override", lambda s, p: s.set_override(p, "0071", "A", reason="договор")),
    ("manage", lambda s, p: s.rename_project(p, "Иначе")),
    ("manage", lambda s, p: s.set_member(p, "new@x.ru", "manager")),
    ("manage", lambda s, p: s.archive_project(p)),
    ("export", lambda s, p: s.export_project(p)),
]


@pytest.mark.parametrize("role", ["owner", "head", "manager"])
@pytest.mark.parametrize(("action", "verb"), VERBS)
def test_the_store_itself_refuses(store: Store, shared: str, role: str, action: str, verb: Callable[[Store, str], object]) -> None:
    person = store.seen_by(f"{role}@x.ru")
    assert person.may(shared, action) == (action in TABLE[role])
    if action in TABLE[role]:
        verb(person, shared)
    else:
        events = store.events(shared)
        with pytest.raises(NotAllowed, match="not_allowed"):
            verb(person, shared)
        assert store.events(shared) == events


def test_only_who_may_approve_approves(store: Store, shared: str) -> None:
    version = store.save_version(shared, "в1", "{}")
    with pytest.raises(NotAllowed):
        store.seen_by("head@x.ru").approve_version(version.id, owner="Иван", expected_revision=1)
    assert store.seen_by("owner@x.ru").approve_version(version.id, owner="Иван", expected_revision=1).status == "approved"


def test_a_signed_in_person_signs_with_no_other_name(store: Store, shared: str) -> None:
    head = store.seen_by("head@x.ru")
    with pytest.raises(NotAllowed):
        head.add_note(shared, "0071", "…", author="owner@x.ru")
    assert head.add_note(shared, "0071", "…", author="Head@x.ru").author == "head@x.ru"


@pytest.mark.parametrize("name", ["", "  ", "local", " LOCAL"])
def test_nobody_signs_in_as_the_computer_itself(store: Store, name: str) -> None:
    with pytest.raises(NotAllowed):
        store.seen_by(name)


def test_a_project_keeps_somebody_who_may_manage_it(store: Store, shared: str) -> None:
    anna = store.seen_by("anna@x.ru")
    anna.remove_member(shared, "owner@x.ru")
    for leave in (lambda: anna.remove_member(shared, "anna@x.ru"), lambda: anna.set_member(shared, "anna@x.ru", "head")):
        with pytest.raises(NotAllowed, match="last_keeper"):
            leave()
    assert anna.role(shared) == "consultant"
    with pytest.raises(SbytError, match="not_found"):
        anna.remove_member(shared, "nobody@x.ru")
    with pytest.raises(SbytError, match="not_a_choice"):
        anna.set_member(shared, "x@x.ru", "king")
