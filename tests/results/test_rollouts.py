"""The register: what stands of its entries, what changes it, and files of waves as people write them."""

from __future__ import annotations

import json
from datetime import date

import pytest

from sbyt_core.errors import SbytError
from sbyt_core.results.model import Rollout
from sbyt_core.results.rollouts import Entry, changes, current, rollouts_of
from sbyt_core.sales.plain_table import read_table

JULY, AUGUST = date(2025, 7, 1), date(2025, 8, 1)


def test_the_last_entry_on_a_unit_counts() -> None:
    entries = [Entry("b", JULY), Entry("a", JULY), Entry("b", AUGUST, card_version="2"), Entry("c", JULY), Entry("c", None)]
    assert current(entries, "manager") == (Rollout("a", JULY), Rollout("b", AUGUST, "2"))
    assert current([*entries, Entry("Пермь", JULY, "branch")], "branch") == (Rollout("Пермь", JULY),)


def test_changes_turn_one_state_into_another() -> None:
    before = (Rollout("a", JULY), Rollout("b", JULY), Rollout("c", JULY))
    after = (Rollout("a", JULY), Rollout("b", AUGUST), Rollout("d", AUGUST, "3"))
    made = changes(before, after, "manager")
    assert {entry.unit for entry in made} == {"b", "c", "d"}
    old = [Entry(one.unit, one.date) for one in before]
    assert current([*old, *made], "manager") == tuple(sorted(after, key=lambda one: (one.date, one.unit)))
    assert changes(after, after, "manager") == []


def test_a_unit_cannot_start_twice() -> None:
    with pytest.raises(SbytError, match="rollout_twice"):
        changes((), (Rollout("a", JULY), Rollout("a", AUGUST)), "manager")


@pytest.mark.parametrize("entry", [Entry("a", JULY), Entry("a", None), Entry("Пермь", AUGUST, "branch", "2")])
def test_an_entry_outlives_the_store(entry: Entry) -> None:
    assert Entry.from_value(entry.unit, json.loads(entry.to_json())) == entry


@pytest.mark.parametrize(
    "value", [None, [], {"units": "town", "date": None}, {"units": "manager", "date": "soon"}, {"units": "manager", "date": 5}]
)
def test_a_broken_entry_is_a_coded_fault(value: object) -> None:
    with pytest.raises(SbytError):
        Entry.from_value("a", value)


@pytest.mark.parametrize(
    "text",
    [
        "unit,date\nИванова,2025-07-01\nПетров,2025-08-01\n",
        "Менеджер;Дата начала;Версия карты\nИванова;01.07.2025;\nПетров;01.08.2025;\n",
        "Менеджер\tС какого дня\nПетров\t1 августа 2025\nИванова\t01/07/2025\n",
        "Иванова,2025-07-01\nПетров,2025-08-01\n",
        "unit,date\nИванова,07.2025\nПетров,август 2025\n",
        "unit,date\n Иванова ,2025-07-01\nПетров,2025-08-01\nПетров,2025-08-01\n",
    ],
)
def test_a_file_of_waves_as_people_write_it(text: str) -> None:
    assert rollouts_of(read_table(text.encode())) == (Rollout("Иванова", JULY), Rollout("Петров", AUGUST))


def test_versions_of_the_card_are_kept() -> None:
    found = rollouts_of(read_table(b"unit,date,card version\nA,2025-07-01,2\nB,2025-08-01,3\n"))
    assert found == (Rollout("A", JULY, "2"), Rollout("B", AUGUST, "3"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Менеджер;Сумма\nИванова;100\nПетров;200\n", "waves_columns"),
        ("unit,date\nИванова,2025-07-01\nПетров,soon\n", "waves_date"),
        ("unit,date\nИванова,2025-07-01\n,2025-08-01\n", "waves_unit"),
        ("unit,date\nИванова,2025-07-01\nИванова,2025-08-01\n", "rollout_twice"),
    ],
)
def test_a_wrong_file_of_waves_is_told_by_a_code(text: str, code: str) -> None:
    with pytest.raises(SbytError) as told:
        rollouts_of(read_table(text.encode()))
    assert told.value.code == code
