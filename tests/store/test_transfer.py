"""A project leaves as one file and comes back equal; a forged file is refused and leaves nothing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sbyt_core.errors import SbytError
from sbyt_core.store import Store

from .made_up import ORIGINAL, sales
from .test_datasets import same_sales


@pytest.fixture
def full(store: Store, project: str) -> str:
    """A project with something of everything."""
    store.add_dataset(project, sales(1.0), b"1", author="Анна")
    first = store.add_dataset(project, sales(2.0), ORIGINAL, author="Анна", mapping={"client": "Контрагент"}, answers={"a": "b"}, shape="s")
    store.add_dataset(project, sales(3.0), b"3", author="Анна")
    store.set_current(first.id, author="Анна")
    for version in range(3):
        store.save_document(project, "criteria", json.dumps({"cut_a": version}), expected_version=version, author="Анна")
    store.save_document(project, "scenario", '{"x":"80/95"}', expected_version=0, name="../80", author="Борис")
    version = store.save_version(project, "Старт", "{}", author="Анна", fingerprint=first.fingerprint, classes=b"classes")
    store.approve_version(version.id, owner="Иван", expected_revision=1, author="Анна")
    store.save_version(project, "Второй", "[]", author="Анна")
    store.set_override(project, "0071", "A", reason="договор", author="Анна")
    store.withdraw_override(project, "0071", reason="ошибка", author="Анна")
    store.set_override(project, "../beta", "B", reason="=1+1", author="Анна")
    store.add_note(project, "0071", "Звонил", author="Анна")
    return project


def contents(store: Store, project: str) -> dict[str, object]:
    """All that a project holds, without the numbers that a database gives."""
    one = store.project(project)
    assert one.data is not None

    def bare(record, **more):  # type: ignore[no-untyped-def]
        numbers = {"id": 0, "project_id": ""}
        return replace(record, **{n: v for n, v in numbers.items() if hasattr(record, n)}, **more)

    return {
        "project": (one.name, one.currency, one.lang, one.author, one.created_at, bare(one.data)),
        "datasets": [bare(d) for d in store.datasets(project)],
        "originals": [store.original(d.id) for d in store.datasets(project)],
        "drafts": [bare(d) for d in store.history(project, "criteria")],
        "scenarios": [bare(d) for d in store.documents(project, "scenario")],
        "shape": store.recall_shape(project, "s"),
        "versions": [(bare(v), store.classes(v.id)) for v in store.versions(project)],
        "overrides": store.override_history(project),
        "notes": store.notes(project),
        "events": [bare(e) for e in store.events(project) if e.action not in ("import_project", "export_project")],
    }


def test_export_and_import_give_the_same(make_store: Callable[..., Store], full: str) -> None:
    here = make_store()
    there = make_store("elsewhere")
    for number in range(3):
        there.create_project(str(number))  # so that numbers of rows differ
    there.add_dataset(there.projects()[0].id, sales(9.0), b"9")
    made = there.import_project(here.export_project(full), author="Вера")
    ours, theirs = contents(here, full), contents(there, made.id)
    if made.name != here.project(full).name:  # one Postgres serves both
        theirs["project"] = (here.project(full).name, *theirs["project"][1:])  # type: ignore[index]
    assert ours == theirs
    for one, other in zip(here.datasets(full), there.datasets(made.id), strict=True):
        same_sales(here.load_sales(one.id), there.load_sales(other.id))
    assert (there.events(made.id)[0].action, there.events(made.id)[0].author) == ("import_project", "Вера")


def test_the_same_rows_give_the_same_bytes(store: Store, full: str) -> None:
    first, second = (unzip(store.export_project(full)) for _ in range(2))
    events = "tables/event.jsonl"
    assert second.pop(events).startswith(first.pop(events))  # the first export is in the log of the second
    assert zipped(first) == zipped(second)
    assert list(first) == list(second)


def test_who_took_a_project_out_stands_in_the_log(store: Store) -> None:
    anna = store.seen_by("anna@x.ru")
    project = anna.create_project("Общий").id
    anna.export_project(project)
    assert next((e.person, e.action) for e in store.events(project)) == ("anna@x.ru", "export_project")


def test_a_name_in_use_gets_a_number(store: Store, full: str) -> None:
    content = store.export_project(full)
    assert [store.import_project(content).name for _ in range(2)] == ["ООО «Ромашка» (2)", "ООО «Ромашка» (3)"]


def test_access_does_not_travel(store: Store) -> None:
    anna = store.seen_by("anna@x.ru")
    project = anna.create_project("Общий").id
    anna.set_member(project, "owner@x.ru", "owner")
    made = store.seen_by("eve@x.ru").import_project(anna.export_project(project))
    assert [(m.person, m.role) for m in store.members(made.id)] == [("eve@x.ru", "consultant")]


def test_an_archived_project_can_leave_and_comes_back_open(store: Store, full: str) -> None:
    store.archive_project(full)
    assert store.import_project(store.export_project(full)).archived_at is None


# forged files


@pytest.fixture
def package(store: Store, full: str) -> bytes:
    """A sound project file."""
    return store.export_project(full)


def unzip(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as package:
        for name, data in entries.items():
            package.writestr(name, data)
    return target.getvalue()


def refused(store: Store, content: bytes, code: str = "damaged_or_unsafe_file") -> None:
    before = store.projects()
    with pytest.raises(SbytError) as caught:
        store.import_project(content)
    assert caught.value.code == code
    assert store.projects() == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK",
        b"not a zip",
        zipped({}),
        zipped({"xl/workbook.xml": b""}),
        zipped({"manifest.json": b"[]"}),
        zipped({"manifest.json": b"{"}),
    ],
)
def test_what_is_no_project_file(store: Store, content: bytes) -> None:
    refused(store, content, "not_a_project_file")


def test_a_file_of_a_newer_program(store: Store, full: str) -> None:
    entries = unzip(store.export_project(full))
    refused(store, zipped({**entries, "manifest.json": b'{"format":"sbyt-project","version":3}'}), "project_file_too_new")


@pytest.mark.parametrize(
    "name", ["../../evil", "/etc/passwd", "files/../x", "files/" + "A" * 64, "tables/member.jsonl", "x.py", "files\\x"]
)
def test_any_other_name_is_refused(store: Store, full: str, name: str) -> None:
    refused(store, zipped({**unzip(store.export_project(full)), name: b"x"}))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(store: Store, full: str) -> None:
    target = io.BytesIO(store.export_project(full))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("tables/entry.jsonl", b"")
    refused(store, target.getvalue())


def test_an_unusual_packing_is_refused(store: Store, full: str) -> None:
    refused(store, zipped(unzip(store.export_project(full)), zipfile.ZIP_LZMA), "damaged_or_unsafe_file")


def test_what_unfolds_too_far_is_refused(store: Store, full: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sbyt_core.store.package.MAX_UNPACKED", 1)
    refused(store, zipped({**unzip(store.export_project(full)), "files/" + "0" * 64: bytes(2 << 20)}), "too_big_unpacked")


def test_too_many_names_are_refused(store: Store) -> None:
    refused(store, b"PK\x01\x02" * 200_000)


def test_a_missing_or_changed_file_is_refused(store: Store, full: str) -> None:
    entries = unzip(store.export_project(full))
    for name in [n for n in entries if n.startswith("files/")]:
        refused(store, zipped({n: data for n, data in entries.items() if n != name}))
        refused(store, zipped({**entries, name: entries[name] + b" "}))


def change(entries: dict[str, bytes], table: str, at: int, **values: object) -> bytes:
    name = f"tables/{table}.jsonl"
    lines = entries[name].decode().splitlines()
    lines[at] = json.dumps({**json.loads(lines[at]), **values})
    return zipped({**entries, name: "".join(line + "\n" for line in lines).encode()})


@pytest.mark.parametrize(
    ("table", "values"),
    [
        ("project", {"name": ""}),
        ("project", {"name": "я" * 201}),
        ("project", {"name": "a\nb"}),
        ("project", {"currency": "=1+1"}),
        ("project", {"created_at": "2026-01-01T00:00:00"}),
        ("project", {"created_at": None}),
        ("project", {"dataset_id": 999}),
        ("project", {"dataset_id": "1"}),
        ("project", {"surplus": 1}),
        ("dataset", {"lines_sha256": "../../x"}),
        ("dataset", {"mapping": '{"client":1}'}),
        ("dataset", {"mapping": "[]"}),
        ("dataset", {"parts": '["../../x","y"]'}),
        ("dataset", {"original_sha256": None}),
        ("dataset", {"original_sha256": None, "parts": '["' + "0" * 64 + '","' + "1" * 64 + '"]'}),
        ("dataset", {"period_start": "01.01.2025"}),
        ("dataset", {"revenue": float("nan")}),
        ("dataset", {"rows": True}),
        ("dataset", {"rows": 2**31}),
        ("dataset", {"id": 10**30}),
        ("document", {"version": 2}),
        ("document", {"json": "{ }"}),
        ("document", {"kind": "DROP TABLE"}),
        ("document", {"name": "\ud800"}),
        ("version", {"approved_by": None}),
        ("version", {"classes_sha256": "x"}),
        ("entry", {"json": "[]"}),
        ("entry", {"json": '{"segment":1,"reason":"x"}'}),
        ("entry", {"json": "null"}),
        ("entry", {"kind": "identity", "json": '{"act":"same","keys":["1"],"names":[],"value":null}'}),
        ("entry", {"kind": "identity", "json": '{"act":"same","keys":[1,2],"names":[],"value":null}'}),
        ("entry", {"kind": "identity", "json": '{"act":"swallow","keys":[],"names":[],"value":null}'}),
        ("entry", {"author": None}),
        ("event", {"what": "\x00"}),
    ],
)
def test_a_row_that_no_store_wrote_is_refused(store: Store, full: str, table: str, values: dict[str, object]) -> None:
    refused(store, change(unzip(store.export_project(full)), table, 0, **values))


@pytest.mark.parametrize("text", [b"{}\n", b"[]\n", b"\xff\n", b"{", b"[" * 200_000 + b"\n", b"x" * (1 << 23) + b"\n"])
def test_a_table_that_is_none_is_refused(store: Store, full: str, text: bytes) -> None:
    refused(store, zipped({**unzip(store.export_project(full)), "tables/entry.jsonl": text}))


def test_a_file_of_the_first_version_comes_in(store: Store, full: str) -> None:
    """Version 1 knew no data sets of several files."""
    entries = unzip(store.export_project(full))
    rows = [json.loads(line) for line in entries["tables/dataset.jsonl"].decode().splitlines()]
    older = "".join(json.dumps({name: value for name, value in row.items() if name != "parts"}) + "\n" for row in rows)
    entries |= {"tables/dataset.jsonl": older.encode(), "manifest.json": b'{"format":"sbyt-project","version":1}'}
    assert contents(store, store.import_project(zipped(entries)).id)["datasets"] == contents(store, full)["datasets"]


def test_two_projects_in_a_file_are_refused(store: Store, full: str) -> None:
    entries = unzip(store.export_project(full))
    refused(store, zipped({**entries, "tables/project.jsonl": entries["tables/project.jsonl"] * 2}))


def with_lines(store: Store, project: str, lines: bytes) -> bytes:
    import hashlib

    entries = unzip(store.export_project(project))
    name = hashlib.sha256(lines).hexdigest()
    return change({**entries, f"files/{name}": lines}, "dataset", 0, lines_sha256=name)


def parquet(table: pa.Table, **options: object) -> bytes:
    target = io.BytesIO()
    pq.write_table(table, target, **options)
    return target.getvalue()


def test_lines_of_another_form_are_refused(store: Store, full: str) -> None:
    refused(store, with_lines(store, full, b"no parquet"))
    refused(store, with_lines(store, full, parquet(pa.table({"client": ["x"]}))))
    refused(store, with_lines(store, full, parquet(pa.table({"client": [["x"]]}))))


def test_lines_that_unfold_without_end_are_refused(store: Store, project: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hundred thousand times one text of a thousand letters are 200 MB from a few kilobytes: refused before they unfold."""
    store.add_dataset(project, sales(), ORIGINAL)
    monkeypatch.setattr("sbyt_core.sales.parquet.read_parquet", lambda _: pytest.fail("unfolded"))
    monkeypatch.setattr("sbyt_core.store.lines.MAX_TEXT_BYTES", 100_000_000)
    folded = pa.DictionaryArray.from_arrays(pa.array([0] * 200_000, pa.int32()), pa.array(["x" * 1000]))
    content = parquet(pa.table({"client": folded}), compression="zstd", store_schema=False)
    assert len(content) < 100_000
    refused(store, with_lines(store, project, content))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1, exclude_max=True), bits=st.integers(1, 255))
def test_a_file_with_any_byte_changed_is_refused_or_equal(store: Store, full: str, package: bytes, place: float, bits: int) -> None:
    content = bytearray(package)
    content[int(place * len(content))] ^= bits
    try:
        made = store.import_project(bytes(content))
    except SbytError:
        return
    ours, theirs = contents(store, full), contents(store, made.id)
    assert [v for k, v in ours.items() if k != "project"] == [v for k, v in theirs.items() if k != "project"]
