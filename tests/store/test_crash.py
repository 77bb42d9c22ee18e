"""A process that is killed while it saves takes nothing with it that it had said was saved."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from sbyt_core.store import Store

PROGRAM = """
import sys
from pathlib import Path
from sbyt_core.store import Store
store, project, version = Store(home=Path(sys.argv[1])), sys.argv[2], 0
while True:
    version = store.save_document(project, "criteria", f"[{version}]", expected_version=version).version
    store.save_version(project, f"{version}", "{}", classes=bytes(100_000) + bytes([version % 256]))
    print(version, flush=True)
"""
ENOUGH = 5  # saves to wait for before the process is killed


def test_a_killed_process_loses_nothing_it_had_saved(tmp_path: Path) -> None:
    store = Store(home=tmp_path)
    project = store.create_project("ООО «Ромашка»").id
    with subprocess.Popen([sys.executable, "-c", PROGRAM, str(tmp_path), project], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = [int(process.stdout.readline()) for _ in range(ENOUGH)]
        process.kill()
        said += [int(line) for line in process.stdout if line.endswith("\n")]
    history = store.history(project, "criteria", limit=100_000)
    assert [d.version for d in history] == list(range(len(history), 0, -1))
    assert len(history) >= said[-1] >= ENOUGH
    versions = store.versions(project)
    assert len(versions) >= said[-1]
    assert all(len(store.classes(v.id) or b"") == 100_001 for v in versions)
    assert store.save_document(project, "criteria", "{}", expected_version=history[0].version).version == len(history) + 1
    store.close()
