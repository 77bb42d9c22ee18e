"""The file of client facts is kept with its content and history, leaves with the project and comes back with it."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from sbyt_core.clients.rates import Rate, Rates, rates_to_json
from sbyt_core.errors import NotAllowed, SbytError
from sbyt_core.store import FactsFile, Store
from sbyt_core.store.documents import RATES

from .made_up import ORIGINAL


def test_a_file_is_kept_with_its_content(store: Store, project: str) -> None:
    assert store.facts_file(project) is None
    kept = store.put_facts_file(project, "../клиенты\n2025.xlsx", ORIGINAL, author="Анна")
    assert store.facts_file(project) == kept
    assert kept.name == "../клиенты 2025.xlsx"
    assert store.facts_content(project) == ORIGINAL


def test_how_it_is_read_is_said_of_the_file_that_stands(store: Store, project: str) -> None:
    store.put_facts_file(project, "a.xlsx", ORIGINAL)
    store.read_facts_file_as(project, months=6)
    found = store.read_facts_file_as(project, mapping={"hours": "Время"})
    assert (found.months, dict(found.mapping)) == (6, {"hours": "Время"})
    assert store.facts_file(project) == found
    with pytest.raises(SbytError, match="out_of_range"):
        store.read_facts_file_as(project, months=0)


def test_a_dropped_file_is_gone_and_its_history_stays(store: Store, project: str) -> None:
    store.put_facts_file(project, "a.xlsx", ORIGINAL)
    store.drop_facts_file(project)
    assert store.facts_file(project) is None
    for ask in (store.facts_content, store.read_facts_file_as):
        with pytest.raises(SbytError, match="not_found"):
            ask(project)
    assert [one.json == "null" for one in store.history(project, "client_facts")] == [True, False]


def test_file_and_rates_leave_with_the_project_and_come_back(make_store: Callable[..., Store], store: Store, project: str) -> None:
    store.put_facts_file(project, "a.xlsx", b"first")
    store.put_facts_file(project, "b.xlsx", ORIGINAL)
    rates = Rates(document=Rate(money=150), overdue=0.18)
    store.save_document(project, RATES, rates_to_json(rates), expected_version=0)
    other = make_store("other")
    came = other.import_project(store.export_project(project)).id
    assert other.facts_content(came) == ORIGINAL
    assert other.facts_file(came) == store.facts_file(project)
    assert Rates.from_value(other.document(came, RATES).value) == rates


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"name": "a", "file_sha256": "../etc", "months": 12, "mapping": {}},
        {"name": "a", "file_sha256": "0" * 64, "months": True, "mapping": {}},
        {"name": 1, "file_sha256": "0" * 64, "months": 12, "mapping": {}},
        {"name": "a", "file_sha256": "0" * 64, "months": 12, "mapping": {"hours": 3}},
        [],
        "text",
    ],
)
def test_a_forged_record_is_refused(value: object) -> None:
    with pytest.raises(SbytError):
        FactsFile.from_value(value)


def test_a_project_file_with_a_forged_record_is_refused(store: Store, project: str) -> None:
    forged = {"name": "a", "file_sha256": "../../secret", "months": 12, "mapping": {}}
    store.save_document(project, "client_facts", json.dumps(forged), expected_version=0)
    with pytest.raises(SbytError):
        store.import_project(store.export_project(project))


def test_a_manager_does_not_put_files(store: Store, project: str) -> None:
    store.set_member(project, "ivan@firm.example", "manager")
    with pytest.raises(NotAllowed):
        store.seen_by("ivan@firm.example").put_facts_file(project, "a.xlsx", ORIGINAL)
