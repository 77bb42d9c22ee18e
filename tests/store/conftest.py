"""A store on every database there is: SQLite always, Postgres where SBYT_TEST_DATABASE_URL names an empty one.

Where tests run in several processes, each makes itself a database of its own on that server.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from sbyt_core.store import Store
from sbyt_core.store.database import open_engine
from sbyt_core.store.schema import metadata

POSTGRES = os.environ.get("SBYT_TEST_DATABASE_URL")
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that goes one second a look."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.skipif(not POSTGRES, reason="no SBYT_TEST_DATABASE_URL"))])
def make_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Store]]:
    """Opens the same store as often as it is called; another `home` gives another installation (SQLite)."""
    url = None
    if request.param == "postgres":
        url = _own_database(str(POSTGRES))
        _empty(url)
    opened: list[Store] = []
    clock = Clock()

    def make(home: str = "home") -> Store:
        opened.append(Store(url, tmp_path / home, clock))
        return opened[-1]

    yield make
    for store in opened:
        store.close()


@pytest.fixture
def store(make_store: Callable[..., Store]) -> Store:
    """An empty store."""
    return make_store()


@pytest.fixture
def project(store: Store) -> str:
    """The id of an empty project."""
    return store.create_project("ООО «Ромашка»", author="Анна").id


@cache
def _own_database(url: str) -> str:
    """The database of this test process, made where it is not there yet."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        return url
    name = f"{make_url(url).database}_{worker}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        if connection.execute(text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": name}).first() is None:
            connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def _empty(url: str) -> None:
    engine = open_engine(url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    engine.dispose()
