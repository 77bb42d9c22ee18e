"""Files and lines: kept by content, given back as they were."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from sbyt_core.errors import SbytError
from sbyt_core.sales.model import SalesData
from sbyt_core.store import Store

from .made_up import ORIGINAL, sales

MAPPING, ANSWERS = {"client": "Контрагент"}, {"returns_sign": "as_is"}


def same_sales(one: SalesData, other: SalesData) -> None:
    """Equal to the last value."""
    pd.testing.assert_frame_equal(one.lines, other.lines)
    assert (one.fingerprint, one.report, one.period) == (other.fingerprint, other.report, other.period)


def test_lines_original_and_reading_come_back_equal(store: Store, project: str) -> None:
    made = store.add_dataset(project, sales(), ORIGINAL, author="Анна", mapping=MAPPING, answers=ANSWERS)
    same_sales(store.load_sales(made.id), sales())
    assert store.original(made.id) == ORIGINAL
    assert (made.mapping, made.answers, made.name, made.author) == (MAPPING, ANSWERS, "Продажи 2025.xlsx", "Анна")
    assert (made.rows, made.n_clients, made.revenue) == (3, 2, 80.25)  # 100.50 − 20.25, the third line states none
    assert (made.period_start, made.period_end) == (date(2025, 1, 1), date(2025, 2, 28))
    assert made.original_sha256 == hashlib.sha256(ORIGINAL).hexdigest()
    assert store.current_dataset(project) == made == store.project(project).data == store.dataset(made.id)


def test_a_revenue_nobody_states_is_missing_not_nought(store: Store, project: str) -> None:
    blank = sales()
    blank.lines["revenue"] = float("nan")
    assert store.add_dataset(project, blank, ORIGINAL).revenue is None


def test_before_the_first_file_there_is_none(store: Store, project: str) -> None:
    assert store.current_dataset(project) is None
    assert store.datasets(project) == []


def test_the_newest_is_current_until_another_is_chosen(store: Store, project: str) -> None:
    first = store.add_dataset(project, sales(1.0), b"1")
    second = store.add_dataset(project, sales(2.0), b"2")
    assert store.current_dataset(project) == second
    assert store.datasets(project) == [second, first]
    store.set_current(first.id)
    assert store.current_dataset(project) == first


def test_the_same_lines_again_are_the_same_data_set_made_current(store: Store, project: str) -> None:
    first = store.add_dataset(project, sales(1.0), b"1", author="Анна")
    store.add_dataset(project, sales(2.0), b"2")
    assert store.add_dataset(project, sales(1.0), b"1", author="Борис") == first
    assert store.current_dataset(project) == first
    assert len(store.datasets(project)) == 2


def test_the_reading_of_a_shape_is_remembered(store: Store, project: str) -> None:
    assert store.recall_shape(project, "shape-1") is None
    store.add_dataset(project, sales(), ORIGINAL, author="Анна", mapping=MAPPING, answers=ANSWERS, shape="shape-1")
    recalled = store.recall_shape(project, "shape-1")
    assert recalled is not None
    assert (recalled.mapping, recalled.answers, recalled.author) == (MAPPING, ANSWERS, "Анна")
    store.add_dataset(project, sales(2.0), b"2", author="Борис", mapping={}, answers={}, shape="shape-1")
    again = store.recall_shape(project, "shape-1")
    assert again is not None
    assert (again.mapping, again.author) == ({}, "Борис")
    assert store.recall_shape(store.create_project("Другая").id, "shape-1") is None


def test_a_file_without_a_shape_teaches_nothing(store: Store, project: str) -> None:
    assert store.add_dataset(project, sales(), ORIGINAL, mapping=MAPPING, shape="").shape is None
    assert store.recall_shape(project, "") is None


def test_no_name_of_a_user_becomes_a_path(store: Store, project: str) -> None:
    store.add_dataset(project, sales(name="../../etc/passwd"), ORIGINAL, shape="../x")
    names = [p.name for p in (store.home / "files").rglob("*") if p.is_file()]
    assert sorted(len(n) for n in names) == [64, 64]


def files_of(store: Store, sha256: str) -> Path:
    return store.home / "files" / sha256[:2] / sha256


@pytest.mark.parametrize("harm", [lambda p: p.unlink(), lambda p: p.write_bytes(b"other"), lambda p: p.write_bytes(p.read_bytes()[:-1])])
def test_a_file_lost_or_changed_is_said_not_used(store: Store, project: str, harm: Callable[[Path], object]) -> None:
    made = store.add_dataset(project, sales(), ORIGINAL)
    harm(files_of(store, made.original_sha256))
    harm(files_of(store, made.lines_sha256))
    for ask in (store.original, store.load_sales):
        with pytest.raises(SbytError, match="stored_file_lost"):
            ask(made.id)
    with pytest.raises(SbytError, match="stored_file_lost"):
        store.export_project(project)
    store.add_dataset(project, sales(), ORIGINAL)  # the same upload mends it
    assert store.original(made.id) == ORIGINAL


def test_a_crash_between_files_and_rows_leaves_no_row(store: Store, project: str, monkeypatch: pytest.MonkeyPatch) -> None:
    events = store.events(project)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Store, "_log", crash)  # the last thing of the transaction
    with pytest.raises(KeyboardInterrupt):
        store.add_dataset(project, sales(), ORIGINAL, shape="s")
    monkeypatch.undo()
    assert store.datasets(project) == []
    assert store.recall_shape(project, "s") is None
    assert store.events(project) == events
    assert store.add_dataset(project, sales(), ORIGINAL).rows == 3


def test_a_crash_while_a_file_is_written_leaves_no_file(store: Store, project: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sbyt_core.store.files.os.replace", crash)
    with pytest.raises(OSError, match="No space"):
        store.add_dataset(project, sales(), ORIGINAL)
    assert [p for p in (store.home / "files").rglob("*") if p.is_file()] == []
    assert store.datasets(project) == []


def test_an_unknown_data_set_is_not_found(store: Store) -> None:
    for ask in (store.dataset, store.load_sales, store.original, store.set_current):
        with pytest.raises(SbytError, match="not_found"):
            ask(7)
