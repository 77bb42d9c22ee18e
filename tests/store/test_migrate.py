"""Old databases open, newer ones are left alone, a failed step changes nothing."""

from __future__ import annotations

import shutil
import sqlite3
import zipfile
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from sbyt_core.errors import SbytError
from sbyt_core.store import Store, open_store
from sbyt_core.store.database import DATABASE_FILE, open_engine, sqlite_url
from sbyt_core.store.migrate import HEAD, SCRIPTS, migrate
from sbyt_core.store.schema import metadata

from .made_up import ORIGINAL, sales
from .test_datasets import same_sales

OLD = Path(__file__).parent / "old"

STEP = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "9001", "{head}"


def upgrade() -> None:
    with op.batch_alter_table("project") as project:
        project.add_column(sa.Column("colour", sa.Text()))
        project.alter_column("name", new_column_name="title")
    {last}
"""


def steps() -> list[str]:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    return [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]


def test_the_newest_step_is_the_one_the_program_asks_for() -> None:
    assert steps()[0] == HEAD


def test_the_steps_lead_to_the_tables_of_the_program(store: Store) -> None:
    with store._engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_there_is_an_old_database_of_every_step() -> None:
    assert sorted(path.stem for path in OLD.glob("*.zip")) == sorted(steps())


@pytest.mark.parametrize("old", sorted(OLD.glob("*.zip")), ids=lambda path: path.stem)
def test_an_old_database_opens_with_all_that_was_in_it(old: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(old) as kept:
        kept.extractall(tmp_path)
    store = Store(home=tmp_path)
    (project,) = store.projects()
    assert (project.name, project.currency, project.author) == ("ООО «Ромашка»", "RUB", "Анна")
    assert project.data is not None
    assert store.original(project.data.id) == ORIGINAL
    same_sales(store.load_sales(project.data.id), sales())
    assert [d.value for d in store.history(project.id, "criteria")] == [{"cut_a": 0.8}, {"cut_a": 0.7}]
    approved = store.approved_version(project.id)
    assert approved is not None
    assert (approved.name, approved.approved_by, store.classes(approved.id)) == ("Старт", "Иван", b"classes")
    assert [(o.client_key, o.segment, o.reason) for o in store.overrides(project.id)] == [("0071", "A", "договор")]
    assert [n.text for n in store.notes(project.id)] == ["Звонил"]
    assert [(m.person, m.role) for m in store.members(project.id)] == [("owner@x.ru", "owner")]
    if old.stem >= "0002":
        whole, *files = store.datasets(project.id)
        assert store.parts(whole.id) == files[::-1]
        assert len(store.load_sales(whole.id).lines) == 4  # the two lines that both files have count once
        assert [(d.act, d.keys) for d in store.decisions(project.id)] == [("same", ("0071", "../beta"))]
    store.save_document(project.id, "criteria", "{}", expected_version=2)
    store.close()


def with_step(folder: Path, last: str) -> Path:
    scripts = folder / "migrations"
    shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    (scripts / "versions" / "9001_step.py").write_text(STEP.format(last=last, head=HEAD), encoding="utf-8")
    return scripts


def columns(database: Path) -> set[str]:
    connection = sqlite3.connect(database)
    found = {row[1] for row in connection.execute("PRAGMA table_info(project)")}
    connection.close()
    return found


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    """A folder with a store of this program with one project and one data set."""
    home = tmp_path / "ho%me"  # a percent sign means something to Alembic
    store = Store(home=home)
    store.add_dataset(store.create_project("ООО «Ромашка»").id, sales(), ORIGINAL)
    store.close()
    return home


def test_an_older_database_is_copied_and_then_changed(filled: Path, tmp_path: Path) -> None:
    migrate(sqlite_url(filled), scripts=with_step(tmp_path, "pass"), head="9001")
    assert {"colour", "title"} <= columns(filled / DATABASE_FILE)
    connection = sqlite3.connect(filled / DATABASE_FILE)
    assert connection.execute("SELECT title, (SELECT count(*) FROM dataset) FROM project").fetchall() == [("ООО «Ромашка»", 1)]
    connection.close()
    backup = filled / f"{DATABASE_FILE}.{HEAD}.backup"
    assert "title" not in columns(backup)
    shutil.copy(backup, tmp_path / DATABASE_FILE)  # the copy is a whole store
    store = Store(home=tmp_path)
    assert [p.name for p in store.projects()] == ["ООО «Ромашка»"]
    store.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(filled: Path, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="halfway"):
        migrate(sqlite_url(filled), scripts=with_step(tmp_path, 'raise RuntimeError("halfway")'), head="9001")
    store = Store(home=filled)
    assert [p.name for p in store.projects()] == ["ООО «Ромашка»"]
    store.close()


def test_a_database_of_a_newer_program_is_left_alone(filled: Path, tmp_path: Path) -> None:
    migrate(sqlite_url(filled), scripts=with_step(tmp_path, "pass"), head="9001")
    before = (filled / DATABASE_FILE).read_bytes()
    with pytest.raises(SbytError, match="store_too_new"):
        Store(home=filled)
    assert (filled / DATABASE_FILE).read_bytes() == before
    assert sorted(p.name for p in filled.glob("*.backup")) == [f"{DATABASE_FILE}.{HEAD}.backup"]


def test_the_environment_says_where_the_store_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SBYT_HOME", str(tmp_path / "here"))
    monkeypatch.delenv("SBYT_DATABASE_URL", raising=False)
    open_store().close()
    assert (tmp_path / "here" / DATABASE_FILE).exists()
    monkeypatch.setenv("SBYT_DATABASE_URL", f"sqlite:///{tmp_path / 'other.db'}")
    open_store().close()
    assert (tmp_path / "other.db").exists()


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////no/such/folder/x.db", "nosuch://host/db"])
def test_an_address_that_leads_nowhere_is_said(tmp_path: Path, url: str) -> None:
    with pytest.raises(SbytError, match="store_unreachable"):
        Store(url, tmp_path)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SbytError, match="store_unreachable"):
        Store(home=tmp_path / "file" / "home")


def test_a_database_held_by_another_for_too_long_is_said(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sbyt_core.store.database.BUSY_MS", 50)
    store = Store(home=filled)
    other = sqlite3.connect(filled / DATABASE_FILE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert len(store.projects()) == 1  # readers never wait
    with pytest.raises(SbytError, match="store_busy"):
        store.create_project("Вторая")
    other.execute("ROLLBACK")
    other.close()
    assert store.create_project("Вторая").name == "Вторая"
    store.close()


def test_sqlite_is_set_for_a_shared_file(filled: Path) -> None:
    engine = open_engine(sqlite_url(filled))
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 15_000, "synchronous": 1}
