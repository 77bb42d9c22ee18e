"""Makes OLD.zip: a store of the present shape, to be opened by every later program.

Run once, when a step is added to the migrations: python -m tests.store.old.make. Never make an old one again.
"""

from __future__ import annotations

import tempfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

from sbyt_core.store import Store
from sbyt_core.store.migrate import HEAD
from tests.store.made_up import ORIGINAL, sales


def fill(home: Path) -> None:
    """One project with something of everything."""
    store = Store(home=home, clock=lambda: datetime(2026, 3, 2, 12, tzinfo=UTC))
    project = store.create_project("ООО «Ромашка»", author="Анна").id
    data = store.add_dataset(project, sales(), ORIGINAL, author="Анна", mapping={"client": "Контрагент"}, answers={}, shape="s")
    store.save_document(project, "criteria", '{"cut_a":0.7}', expected_version=0, author="Анна")
    store.save_document(project, "criteria", '{"cut_a":0.8}', expected_version=1, author="Анна")
    version = store.save_version(project, "Старт", '{"cut_a":0.8}', author="Анна", fingerprint=data.fingerprint, classes=b"classes")
    store.approve_version(version.id, owner="Иван", expected_revision=1, author="Анна")
    store.set_override(project, "0071", "A", reason="договор", author="Анна")
    store.add_note(project, "0071", "Звонил", author="Анна")
    second = store.add_dataset(project, sales(7.0, "Продажи 2026.xlsx"), b"2026", author="Анна", current=False)
    store.put_together(project, [data.id, second.id], expected=data.id, author="Анна")
    store.set_current(data.id, author="Анна")
    store.decide(project, "same", ["0071", "../beta"], names=["Альфа", "Бета"], author="Анна")
    store.set_member(project, "owner@x.ru", "owner", author="Анна")
    store.close()


def main() -> None:
    """Write the zip beside this file."""
    with tempfile.TemporaryDirectory() as folder:
        fill(Path(folder))
        target = Path(__file__).parent / f"{HEAD}.zip"
        with zipfile.ZipFile(target, "x", zipfile.ZIP_DEFLATED) as kept:
            for path in sorted(p for p in Path(folder).rglob("*") if p.is_file()):
                kept.write(path, path.relative_to(folder).as_posix())


if __name__ == "__main__":
    main()
