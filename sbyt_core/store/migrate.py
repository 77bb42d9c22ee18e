"""Bringing a database to the shape of this program.

All missing steps run in one transaction together with the record of them: a crash or a fault leaves the database as it
was. Before an older SQLite file is changed, a copy is put beside it. A database of a newer program is left alone. Two
processes that open an old database at once: one leads it over, the other waits and finds it done.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from sbyt_core.errors import SbytError
from sbyt_core.store.database import open_engine, reading, writing

SCRIPTS = Path(__file__).parent / "migrations"
HEAD = "0002"  # the newest step in SCRIPTS, said here so that an up-to-date database opens without loading Alembic
RECORD = "alembic_version"  # Alembic's own table


def migrate(url: str, *, scripts: Path = SCRIPTS, head: str = HEAD) -> None:
    """Lead the database at a URL to `head`. Raises store_too_new, store_busy, store_unreachable."""
    engine = open_engine(url, migrating=True)
    try:
        with reading(engine) as connection:
            if _revision(connection) == head:
                return
        with writing(engine) as connection:
            _upgrade(connection, engine, scripts, head)
    finally:
        engine.dispose()


def _upgrade(connection: Connection, engine: Engine, scripts: Path, head: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    revision = _revision(connection)
    if revision == head:
        return
    config = Config()
    config.set_main_option("script_location", str(scripts).replace("%", "%%"))
    config.attributes["connection"] = connection
    if revision is not None:
        if revision not in {step.revision for step in ScriptDirectory.from_config(config).walk_revisions()}:
            raise SbytError("store_too_new")
        if engine.dialect.name == "sqlite" and engine.url.database:
            back_up(Path(engine.url.database), revision)
    command.upgrade(config, head)
    if engine.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
        raise AssertionError("a migration left rows without their project")


def back_up(database: Path, revision: str) -> Path:
    """Copy a SQLite file, open or not, to NAME.REVISION.backup beside it; returns the path of the copy."""
    copy = database.with_name(f"{database.name}.{revision}.backup")
    aside = copy.with_name(copy.name + ".part")
    aside.unlink(missing_ok=True)
    source, target = sqlite3.connect(database), sqlite3.connect(aside)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    os.replace(aside, copy)
    return copy


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table(RECORD):
        return None
    return connection.execute(text(f"SELECT version_num FROM {RECORD}")).scalar()
