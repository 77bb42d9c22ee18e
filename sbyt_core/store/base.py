"""What every part of the store stands on: the database, the files, the clock, and who is asking.

Each public method begins with `_enter`, which finds the project and checks the right; each change ends with `_log` in
the same transaction, so that a change and its trace cannot come apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, bindparam, insert, select

from sbyt_core.errors import NotAllowed, SbytError
from sbyt_core.store import access, checks, schema
from sbyt_core.store.database import reading, writing
from sbyt_core.store.files import Files

Clock = Callable[[], datetime]
# asked before everything else, so made once: making a question takes longer than answering it
_PROJECT = select(schema.project).where(schema.project.c.id == bindparam("project_id"))


def utc_now() -> datetime:
    """The time of the machine, aware."""
    return datetime.now(UTC)


class Base:
    """Shared by the parts of `Store`."""

    _engine: Engine
    _files: Files
    _clock: Clock
    person: str

    def _read(self) -> AbstractContextManager[Connection]:
        return reading(self._engine)

    def _write(self) -> AbstractContextManager[Connection]:
        return writing(self._engine)

    def _name(self, author: str | None) -> str:
        """The name a change is signed with: one's own when signed in, any at the computer itself."""
        if self.person == access.LOCAL:
            return checks.one_line(author) if author is not None else access.LOCAL
        if author is not None and author.strip().casefold() != self.person:
            raise NotAllowed("not_allowed", action="sign_for_another")
        return self.person

    def _role(self, connection: Connection, project_id: str) -> str | None:
        if self.person == access.LOCAL:
            return access.CREATOR_ROLE
        member = schema.member.c
        question = select(member.role).where(member.project_id == project_id, member.person == self.person)
        return connection.execute(question).scalar()

    def _enter(self, connection: Connection, project_id: str, action: str) -> Row:
        """The row of a project. Raises not_found, NotAllowed, and closed_record for a change in an archived project."""
        row = None
        if checks.PROJECT_ID.fullmatch(project_id):
            row = connection.execute(_PROJECT, {"project_id": project_id}).first()
        if row is None:
            raise SbytError("not_found", what="project")
        access.require(self._role(connection, project_id), action)
        if row.archived_at is not None and action not in (access.READ, access.EXPORT, access.MANAGE):
            raise SbytError("closed_record", what="project")
        return row

    def _log(self, connection: Connection, project_id: str, author: str, action: str, what: str = "") -> None:
        values = {"project_id": project_id, "person": self.person, "author": author, "action": action, "what": what, "at": self._clock()}
        connection.execute(insert(schema.event).values(**values))


def insert_one(connection: Connection, table: Table, values: Mapping[str, Any]) -> int:
    """Add a row; returns the number that the database gave it."""
    key = connection.execute(insert(table).values(**values)).inserted_primary_key
    if key is None:
        raise AssertionError(f"{table.name} gives no number")
    return key[0]
