"""Companies: made, renamed, archived, and who may work in them.

Archiving hides a project and closes it to changes; nothing is deleted. A name is used once among the open projects that
the same person sees, upper and lower case being the same. The last person who may manage a project cannot leave it.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from sbyt_core.errors import BadInput, NotAllowed, SbytError
from sbyt_core.store import access, checks, schema
from sbyt_core.store.base import Base
from sbyt_core.store.datasets import dataset_record
from sbyt_core.store.records import DataSet, Event, Member, Project


class Projects(Base):
    """The part of the store that keeps projects, members and the log."""

    def create_project(self, name: str, *, author: str | None = None, currency: str = "RUB", lang: str = "ru") -> Project:
        """A new project. currency: three capital letters. Raises empty_name, name_taken, not_a_choice."""
        name, author = checks.one_line(name), self._name(author)
        if not checks.CURRENCY.fullmatch(currency):
            raise BadInput("not_a_choice", name="currency", value=currency, allowed=["RUB", "USD", "EUR"])
        with self._write() as connection:
            self._must_be_free(connection, name)
            project_id = self._insert_project(connection, name, author, currency, lang)
            self._log(connection, project_id, author, "create_project", name)
            return self._project(connection, project_id)

    def projects(self, *, archived: bool = False) -> list[Project]:
        """Projects that the person may see, last opened first. archived: those put away instead."""
        with self._read() as connection:
            return [p for p in self._visible(connection) if (p.archived_at is not None) == archived]

    def project(self, project_id: str) -> Project:
        """One project. Raises not_found."""
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            return self._project(connection, project_id)

    def touch_project(self, project_id: str) -> None:
        """Note that the project was opened now."""
        with self._write() as connection:
            self._enter(connection, project_id, access.READ)
            self._set(connection, project_id, opened_at=self._clock())

    def rename_project(self, project_id: str, name: str, *, author: str | None = None) -> Project:
        """Give a project another name. Raises empty_name, name_taken, NotAllowed."""
        name, author = checks.one_line(name), self._name(author)
        with self._write() as connection:
            self._enter(connection, project_id, access.MANAGE)
            self._must_be_free(connection, name, but=project_id)
            self._set(connection, project_id, name=name)
            self._log(connection, project_id, author, "rename_project", name)
            return self._project(connection, project_id)

    def archive_project(self, project_id: str, *, author: str | None = None) -> None:
        """Put a project away: hidden, closed to changes, whole."""
        author = self._name(author)
        with self._write() as connection:
            self._enter(connection, project_id, access.MANAGE)
            self._set(connection, project_id, archived_at=self._clock())
            self._log(connection, project_id, author, "archive_project")

    def restore_project(self, project_id: str, *, author: str | None = None) -> Project:
        """Bring an archived project back. Raises name_taken where its name is in use by now."""
        author = self._name(author)
        with self._write() as connection:
            row = self._enter(connection, project_id, access.MANAGE)
            self._must_be_free(connection, row.name, but=project_id)
            self._set(connection, project_id, archived_at=None)
            self._log(connection, project_id, author, "restore_project")
            return self._project(connection, project_id)

    def role(self, project_id: str) -> str:
        """The role of the person who asks, one of `ROLES`. Raises not_found to a stranger."""
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            return self._role(connection, project_id) or ""

    def may(self, project_id: str, action: str) -> bool:
        """Whether the person who asks may do an action of `ACTIONS`: to grey a button out, the store itself checks again."""
        return access.allowed(self.role(project_id), action)

    def members(self, project_id: str) -> list[Member]:
        """Who may work in a project, by name; without anybody signed in, the one user of this computer."""
        with self._read() as connection:
            row = self._enter(connection, project_id, access.READ)
            found = _members(connection, project_id)
            return found or [Member(access.LOCAL, access.CREATOR_ROLE, row.author, row.created_at)]

    def set_member(self, project_id: str, person: str, role: str, *, author: str | None = None) -> None:
        """Give a person a role, or another one. Raises not_a_choice, last_keeper, NotAllowed."""
        person, author = access.signed_in(person), self._name(author)
        if role not in access.ROLES:
            raise BadInput("not_a_choice", name="role", value=role, allowed=list(access.ROLES))
        self._change_member(project_id, person, role, author)

    def remove_member(self, project_id: str, person: str, *, author: str | None = None) -> None:
        """Take a person out of a project. Raises not_found, last_keeper, NotAllowed."""
        self._change_member(project_id, access.signed_in(person), None, self._name(author))

    def events(self, project_id: str, *, limit: int = 200) -> list[Event]:
        """Who did what, newest first."""
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            log = schema.event.c
            question = select(schema.event).where(log.project_id == project_id).order_by(log.id.desc()).limit(limit)
            return [Event(**row._mapping) for row in connection.execute(question)]

    def _change_member(self, project_id: str, person: str, role: str | None, author: str) -> None:
        members = schema.member
        with self._write() as connection:
            self._enter(connection, project_id, access.MANAGE)
            before = _members(connection, project_id)
            if role is None and person not in {m.person for m in before}:
                raise SbytError("not_found", what="member")
            connection.execute(delete(members).where(members.c.project_id == project_id, members.c.person == person))
            if role is not None:
                values = {"project_id": project_id, "person": person, "role": role, "author": author, "at": self._clock()}
                connection.execute(insert(members).values(**values))
            if _keepers(before) and not _keepers(_members(connection, project_id)):
                raise NotAllowed("last_keeper")
            self._log(connection, project_id, author, "set_member" if role else "remove_member", f"{person} {role or ''}".strip())

    def _insert_project(self, connection: Connection, name: str, author: str, currency: str, lang: str) -> str:
        project_id, now = uuid.uuid4().hex, self._clock()
        values = {"id": project_id, "name": name, "currency": currency, "lang": lang, "author": author, "created_at": now, "opened_at": now}
        connection.execute(insert(schema.project).values(**values))
        if self.person != access.LOCAL:
            first = {"project_id": project_id, "person": self.person, "role": access.CREATOR_ROLE, "author": author, "at": now}
            connection.execute(insert(schema.member).values(**first))
        return project_id

    def _visible(self, connection: Connection) -> list[Project]:
        question = _WITH_DATA
        if self.person != access.LOCAL:
            member = schema.member.c
            question = question.where(schema.project.c.id.in_(select(member.project_id).where(member.person == self.person)))
        found = [_project(row) for row in connection.execute(question)]
        return sorted(found, key=lambda p: (-p.opened_at.timestamp(), p.name, p.id))

    def _project(self, connection: Connection, project_id: str) -> Project:
        return _project(connection.execute(_WITH_DATA.where(schema.project.c.id == project_id)).one())

    def _must_be_free(self, connection: Connection, name: str, but: str | None = None) -> None:
        taken = {p.name.casefold() for p in self._visible(connection) if p.archived_at is None and p.id != but}
        if name.casefold() in taken:
            raise BadInput("name_taken", name=name)

    def _set(self, connection: Connection, project_id: str, **values: Any) -> None:
        connection.execute(update(schema.project).where(schema.project.c.id == project_id).values(**values))


_WITH_DATA = select(schema.project, *(c.label(f"data_{c.name}") for c in schema.dataset.c)).outerjoin(
    schema.dataset, schema.dataset.c.id == schema.project.c.dataset_id
)


def _project(row: Row) -> Project:
    fields = dict(row._mapping)
    data = {name.removeprefix("data_"): fields.pop(name) for name in list(fields) if name.startswith("data_")}
    fields.pop("dataset_id")
    current: DataSet | None = dataset_record(data) if data["id"] is not None else None
    return Project(**fields, data=current)


def _members(connection: Connection, project_id: str) -> list[Member]:
    question = select(schema.member).where(schema.member.c.project_id == project_id)
    found = [Member(row.person, row.role, row.author, row.at) for row in connection.execute(question)]
    return sorted(found, key=lambda m: m.person)


def _keepers(members: Iterable[Member]) -> bool:
    return any(access.allowed(m.role, access.MANAGE) for m in members)
