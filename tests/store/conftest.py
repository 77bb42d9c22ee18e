"""A store on every database there is: SQLite always, Postgres where SBYT_TEST_DATABASE_URL names an empty one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

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
        url = POSTGRES
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


def _empty(url: str | None) -> None:
    assert url is not None
    engine = open_engine(url)
    with engine.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(text("DROP TABLE IF EXISTS alembic_version"))
    engine.dispose()
