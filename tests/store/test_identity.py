"""Decisions on who is one client: kept with author and time, taken back by another, carried with the project."""

from __future__ import annotations

import pytest

from sbyt_core.errors import NotAllowed
from sbyt_core.sales.identity.decisions import Merges, merges_of
from sbyt_core.store import Store


def test_every_decision_is_kept_with_author_and_time(store: Store, project: str) -> None:
    merged = store.decide(project, "same", ["0071", "../beta"], names=["Альфа", "Бета"], author="Анна")
    store.decide(project, "open", ["../beta", "0071"], author="Борис")
    first, second = store.decisions(project)
    assert first == merged
    assert (first.author, second.author, first.names, first.at < second.at) == ("Анна", "Борис", ("Альфа", "Бета"), True)
    assert merges_of([first]) == Merges(same=(("0071", "../beta"),))
    assert merges_of([first, second]) == Merges()


def test_holdings_are_names_on_one_line(store: Store, project: str) -> None:
    assert store.decide(project, "holding", ["0071"], value="  Группа\n«Альфа» ").value == "Группа «Альфа»"
    assert store.decide(project, "holding", ["0071"]).value is None
    assert merges_of(store.decisions(project)) == Merges()


@pytest.mark.parametrize(("act", "keys"), [("same", ["0071"]), ("nothing", []), ("by_holding", ["0071"])])
def test_another_decision_is_a_fault_of_the_program(store: Store, project: str, act: str, keys: list[str]) -> None:
    with pytest.raises(AssertionError):
        store.decide(project, act, keys)
    with pytest.raises(AssertionError):
        store.add_entry(project, "identity", "{}")


def test_a_manager_may_look_and_not_decide(store: Store, project: str) -> None:
    store.set_member(project, "m@x.ru", "manager")
    seen = store.seen_by("m@x.ru")
    assert seen.decisions(project) == []
    with pytest.raises(NotAllowed):
        seen.decide(project, "same", ["0071", "../beta"])


def test_decisions_go_with_the_project_and_a_forged_one_is_refused(store: Store, project: str) -> None:
    store.decide(project, "same", ["0071", "../beta"], names=["Альфа", "Бета"], author="Анна")
    store.decide(project, "by_holding", value="yes")
    back = store.import_project(store.export_project(project))
    assert [(d.act, d.keys, d.value, d.author) for d in store.decisions(back.id)] == [
        ("same", ("0071", "../beta"), None, "Анна"),
        ("by_holding", (), "yes", "local"),
    ]
