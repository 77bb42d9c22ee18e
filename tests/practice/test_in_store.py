"""Log and situations in the store: kept, carried along with the project, and a forged file refused."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from sbyt_core.committee import events, situations
from sbyt_core.errors import NotAllowed, SbytError, StaleRecord
from sbyt_core.practice.record import KIND, log_of, records
from sbyt_core.store import Store
from tests.committee.making import DAY, decided
from tests.practice.making import log, run


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(home=tmp_path)
    yield opened
    opened.close()


def kept_log(store: Store, project: str) -> pd.DataFrame:
    return log_of(entry.value for entry in store.entries(project, KIND))


def fill(store: Store) -> str:
    project = store.create_project("Ромашка").id
    for value in records(log(run("1", [("s1", True), ("s2", False)])), batch="b", source="file", name="log.xlsx"):
        store.add_entry(project, KIND, json.dumps(value), subject="b", author="Анна")
    store.write_situation(project, "a", events.open_situation(day=DAY, who="Анна", text="Просят отсрочку"), author="Анна")
    now = situations(store.situation_records(project))[0]
    store.write_situation(project, "a", events.analyse(now, cause="card_wrong"), author="Борис")
    return project


def test_what_was_written_outlives_the_process(store: Store, tmp_path: Path) -> None:
    project = fill(store)
    again = Store(home=tmp_path)
    pd.testing.assert_frame_equal(kept_log(again, project), kept_log(store, project))
    assert situations(again.situation_records(project))[0].state == "analysed"
    again.close()


def test_a_project_file_carries_log_and_situations(store: Store, tmp_path: Path) -> None:
    project = fill(store)
    other = Store(home=tmp_path / "other")
    came = other.import_project(store.export_project(project)).id
    pd.testing.assert_frame_equal(kept_log(other, came), kept_log(store, project))
    assert situations(other.situation_records(came)) == situations(store.situation_records(project))
    other.close()


@pytest.mark.parametrize(
    ("kind", "value"), [(KIND, {"batch": "b", "rows": "все"}), ("situation", ["не событие"]), ("situation", {"event": 7})]
)
def test_a_forged_file_is_refused(store: Store, kind: str, value: object) -> None:
    content = store.export_project(fill(store))
    forged = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(forged, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            if entry.filename == "tables/entry.jsonl":
                row = json.loads(data.splitlines()[0])
                row |= {"kind": kind, "json": json.dumps(value, ensure_ascii=False, separators=(",", ":"))}
                data += json.dumps(row, ensure_ascii=False).encode() + b"\n"
            new.writestr(entry, data)
    with pytest.raises(SbytError, match="damaged_or_unsafe_file"):
        store.import_project(forged.getvalue())


def test_of_two_at_once_the_second_is_told_and_nothing_is_lost(store: Store) -> None:
    project = fill(store)
    seen = situations(store.situation_records(project))[0]
    store.write_situation(project, "a", decided(seen, text="Обучить"), author="Борис")
    with pytest.raises(StaleRecord) as told:
        store.write_situation(project, "a", decided(seen, text="Изменить карту"), author="Вера")
    assert told.value.params["author"] == "Борис"
    now = situations(store.situation_records(project))[0]
    assert now.decision is not None
    assert now.decision.text == "Обучить"
    assert [event.fields["text"] for event in now.events if event.refused] == ["Изменить карту"]


def test_a_manager_opens_and_notes_and_does_not_decide(store: Store) -> None:
    project = fill(store)
    store.set_member(project, "manager@x", "manager")
    person = store.seen_by("manager@x")
    person.write_situation(project, "m", events.open_situation(day=DAY, who="М", text="Нет товара"))
    now = next(one for one in situations(person.situation_records(project)) if one.id == "m")
    person.write_situation(project, "m", events.note(now, text="Клиент ждёт"))
    with pytest.raises(NotAllowed):
        person.write_situation(project, "m", events.analyse(now, cause="card_wrong"))


def test_the_general_door_is_closed_for_situations(store: Store) -> None:
    project = fill(store)
    with pytest.raises(AssertionError):
        store.add_entry(project, "situation", "{}")
