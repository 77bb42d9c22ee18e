"""Two processes on one store: every save is kept or refused aloud, never lost."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from sbyt_core.errors import StaleRecord
from sbyt_core.store import Store

SAVES = 25


def test_of_two_who_save_at_once_none_is_lost(make_store: Callable[..., Store]) -> None:
    project = make_store().create_project("Общий").id

    def save_all(who: str) -> int:
        store, refusals = make_store(), 0
        for number in range(SAVES):
            while True:
                head = store.document(project, "criteria")
                try:
                    store.save_document(project, "criteria", json.dumps([who, number]), expected_version=head.version, author=who)
                    break
                except StaleRecord:
                    refusals += 1
        return refusals

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(save_all, ["Анна", "Борис"]))
    kept = [d.value for d in make_store().history(project, "criteria")]
    assert [d.version for d in make_store().history(project, "criteria")] == list(range(2 * SAVES, 0, -1))
    for who in ("Анна", "Борис"):
        assert [n for w, n in reversed(kept) if w == who] == list(range(SAVES))


def test_versions_saved_at_once_get_numbers_of_their_own(make_store: Callable[..., Store]) -> None:
    project = make_store().create_project("Общий").id

    def save_all(who: str) -> None:
        store = make_store()
        for number in range(10):
            store.save_version(project, f"{who} {number}", "{}")

    with ThreadPoolExecutor(3) as pool:
        list(pool.map(save_all, "АБВ"))
    assert sorted(v.number for v in make_store().versions(project)) == list(range(1, 31))


PROGRAM = """
import sys
from pathlib import Path
from sbyt_core.store import Store
store = Store(home=Path(sys.argv[1]))
for number in range(20):
    store.create_project(f"{sys.argv[2]} {number}")
"""


def test_two_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    running = [subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path), who], stderr=subprocess.PIPE) for who in "АБ"]
    faults = [process.communicate()[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], faults
    store = Store(home=tmp_path)
    assert len(store.projects()) == 40
    store.close()


def test_threads_may_share_a_store(make_store: Callable[..., Store]) -> None:
    store = make_store()
    project = store.create_project("Общий").id
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: store.add_note(project, "0071", f"{n}"), range(40)))
    assert sorted(int(n.text) for n in store.notes(project)) == list(range(40))
