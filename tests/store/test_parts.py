"""Several files as one data set: nothing doubled, every part whole, two people at once, off and back as a file."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sbyt_core.errors import BadInput, NotAllowed, SbytError, StaleRecord
from sbyt_core.store import DataSet, Store

from .made_up import sales
from .test_datasets import same_sales

# each made-up file has three lines; of two files the second and third lines are the same sales


def two(store: Store, project: str) -> tuple[DataSet, DataSet]:
    first = store.add_dataset(project, sales(1.0, "2024.xlsx"), b"1", mapping={"client": "Контрагент"}, answers={"returns_sign": "as_is"})
    second = store.add_dataset(project, sales(2.0, "2025.xlsx"), b"2", current=False)
    return first, second


def test_a_part_does_not_become_current_by_itself(store: Store, project: str) -> None:
    first, second = two(store, project)
    assert store.current_dataset(project) == first
    assert store.parts(second.id) == [second]


def test_files_put_together_are_one_data_set_and_stay_themselves(make_store: Callable[..., Store], project: str) -> None:
    store = make_store()
    first, second = two(store, project)
    whole = store.put_together(project, [first.id, second.id], expected=first.id, author="Анна")
    assert (whole.rows, whole.revenue, whole.name, whole.original_sha256) == (4, 1.0 + 2.0 - 20.25, "2024.xlsx, 2025.xlsx", None)
    again = make_store()  # as after a restart
    assert again.current_dataset(project) == whole
    assert again.parts(whole.id) == [first, second]
    assert [again.original(part.id) for part in again.parts(whole.id)] == [b"1", b"2"]
    assert again.load_report(first.id) == sales(1.0, "2024.xlsx").report
    same_sales(again.load_sales(first.id), sales(1.0, "2024.xlsx"))
    assert set(again.load_sales(whole.id).lines["sheet"]) == {"2024.xlsx · Лист1", "2025.xlsx · Лист1"}
    with pytest.raises(SbytError, match="not_found"):
        again.original(whole.id)


def test_the_answer_on_overlaps_is_kept_and_another_one_makes_another_whole(store: Store, project: str) -> None:
    first, second = two(store, project)
    once = store.put_together(project, [first.id, second.id], expected=first.id)
    every = store.put_together(project, [first.id, second.id], expected=once.id, answers={"overlapping_files": "keep_all"})
    assert (once.rows, every.rows, every.answers) == (4, 6, {"overlapping_files": "keep_all"})
    assert store.put_together(project, [first.id, second.id], expected=every.id) == once
    with pytest.raises(BadInput, match="not_a_choice"):
        store.put_together(project, [first.id, second.id], expected=once.id, answers={"overlapping_files": "some"})


def test_a_part_taken_out_leaves_the_other_as_it_was(store: Store, project: str) -> None:
    first, second = two(store, project)
    whole = store.put_together(project, [first.id, second.id], expected=first.id)
    assert store.put_together(project, [second.id], expected=whole.id) == second
    assert store.current_dataset(project) == second
    assert store.put_together(project, [first.id, first.id], expected=second.id) == first, "a file twice is the file once"


def test_of_two_people_at_once_the_second_is_told(store: Store, project: str) -> None:
    first, second = two(store, project)
    third = store.add_dataset(project, sales(3.0, "2026.xlsx"), b"3", current=False)
    whole = store.put_together(project, [first.id, second.id], expected=first.id, author="Борис")
    with pytest.raises(StaleRecord) as met:
        store.put_together(project, [first.id, third.id], expected=first.id)
    assert met.value.params["author"] == "Борис"
    assert store.current_dataset(project) == whole


def test_only_files_of_the_project_and_no_whole_within_a_whole(store: Store, project: str) -> None:
    first, second = two(store, project)
    whole = store.put_together(project, [first.id, second.id], expected=first.id)
    other = store.create_project("Другая").id
    stranger = store.add_dataset(other, sales(9.0), b"9")
    for parts in ([whole.id, first.id], [first.id, stranger.id], [first.id, 99], []):
        with pytest.raises(SbytError, match="not_found"):
            store.put_together(project, parts, expected=whole.id)


def test_a_manager_may_not_change_the_files(store: Store, project: str) -> None:
    first, second = two(store, project)
    store.set_member(project, "m@x.ru", "manager")
    with pytest.raises(NotAllowed):
        store.seen_by("m@x.ru").put_together(project, [first.id, second.id], expected=first.id)


def test_a_project_of_several_files_leaves_and_comes_back(make_store: Callable[..., Store], project: str) -> None:
    store = make_store()
    first, second = two(store, project)
    whole = store.put_together(project, [first.id, second.id], expected=first.id)
    back = store.import_project(store.export_project(project))
    assert back.data is not None
    assert [part.name for part in store.parts(back.data.id)] == ["2024.xlsx", "2025.xlsx"]
    assert {part.project_id for part in store.parts(back.data.id)} == {back.id}
    assert (back.data.lines_sha256, back.data.rows) == (whole.lines_sha256, 4)
