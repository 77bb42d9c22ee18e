"""The connection: SQLite in a folder of the user, or Postgres by URL.

One writer at a time on both, so that "read, decide, write" is never torn: SQLite begins a writing transaction with
BEGIN IMMEDIATE, Postgres takes one advisory lock. Writes last milliseconds, since files are written before they begin.
Readers never wait. SQLite runs in WAL on a local disk, one server; another process may open the same file.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, NullPool, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError

from sbyt_core.errors import SbytError

DATABASE_FILE = "sbyt.db"
BUSY_MS = 15_000  # how long a writer waits for another; a write takes milliseconds, so longer means a stuck process
WRITER_LOCK = 0x53_42_59_54  # "SBYT": the key of the advisory lock on Postgres
WRITES = {"sbyt_writes": True}


def open_engine(url: str, *, migrating: bool = False) -> Engine:
    """An engine for a database URL. migrating: one connection, with SQLite's foreign keys off so that tables can be rebuilt.

    Raises store_unreachable for an address that is none.
    """
    try:
        address = make_url(url)
    except ArgumentError:
        raise SbytError("store_unreachable") from None
    if address.drivername in ("postgres", "postgresql"):
        address = address.set(drivername="postgresql+psycopg")
    options: dict[str, Any] = {"poolclass": NullPool} if migrating else {}
    try:
        engine = create_engine(address, pool_pre_ping=address.get_backend_name() != "sqlite", **options)
    except (ImportError, ArgumentError):
        raise SbytError("store_unreachable") from None
    if address.get_backend_name() == "sqlite":
        _prepare_sqlite(engine, foreign_keys=not migrating)
    return engine


def sqlite_url(home: Path) -> str:
    """The address of the database in a folder."""
    return f"sqlite:///{(home / DATABASE_FILE).as_posix()}"


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """A connection that sees one state of the database from its first question on."""
    options: dict[str, Any] = {} if engine.dialect.name == "sqlite" else {"isolation_level": "REPEATABLE READ"}
    with _faults(), engine.connect().execution_options(**options) as connection:
        yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """The only writer, for as long as it lasts: all that happens inside is kept, or nothing is.

    Raises store_busy where another process holds the database for longer than `BUSY_MS`.
    """
    with _faults(), engine.connect().execution_options(**WRITES) as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITER_LOCK})
        yield connection


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except OperationalError as fault:
        busy = "locked" in str(fault.orig)
        raise SbytError("store_busy" if busy else "store_unreachable") from fault
    except DBAPIError as fault:
        if fault.connection_invalidated:
            raise SbytError("store_unreachable") from fault
        raise


def _prepare_sqlite(engine: Engine, *, foreign_keys: bool) -> None:
    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("sbyt_writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
