"""Named versions that are agreed on and then never change.

A version is saved with its content, the fingerprint of the data it was made on and, for criteria, a snapshot of the classes; none of
that changes, another wish is another version. Whoever approves says which revision they saw. Approved, it is frozen with the owner's
name and time: what was agreed can be shown and counted again for ever. The approved version of a project is the one approved last.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, select, update

from sbyt_core.errors import BadInput, SbytError, StaleRecord
from sbyt_core.store import access, checks, schema
from sbyt_core.store.base import Base, insert_one
from sbyt_core.store.documents import CRITERIA
from sbyt_core.store.records import Version

CARD_VERSION = "card_version"  # of the technology card: it has a life and verbs of its own


class Versions(Base):
    """The part of the store that keeps what was agreed."""

    def save_version(
        self,
        project_id: str,
        name: str,
        json: str,
        *,
        author: str | None = None,
        kind: str = CRITERIA,
        fingerprint: str | None = None,
        classes: bytes | None = None,
    ) -> Version:
        """Keep a named draft version. fingerprint: of the data set; classes: snapshot of the classes, any bytes.

        Raises name_taken, empty_name, bad_json, NotAllowed.
        """
        author, kind = self._name(author), _free_kind(checks.kind_code(kind))
        with self._read() as connection:
            self._enter(connection, project_id, access.EDIT)
        content = self._content(kind, name=name, json=json, fingerprint=fingerprint, classes=classes)
        with self._write() as connection:
            self._enter(connection, project_id, access.EDIT)
            self._name_must_be_free(connection, project_id, kind, content["name"])
            table = schema.version.c
            last = select(func.max(table.number)).where(table.project_id == project_id, table.kind == kind)
            number = (connection.execute(last).scalar() or 0) + 1
            signed = {"author": author, "at": self._clock()}
            place = {"project_id": project_id, "kind": kind, "number": number, "revision": 1}
            made = insert_one(connection, schema.version, {**content, **place, **signed})
            self._log(connection, project_id, author, "save_version", content["name"])
            return self._version(connection, made)

    def approve_version(self, version_id: int, *, owner: str, expected_revision: int, author: str | None = None) -> Version:
        """Freeze a version. owner: the name of whoever agreed to it. Raises closed_record, StaleRecord, empty_name, NotAllowed."""
        owner, author = checks.one_line(owner), self._name(author)
        with self._write() as connection:
            row = self._enter_version(connection, version_id, access.APPROVE)
            _free_kind(row.kind)
            if row.approved_at is not None:
                raise SbytError("closed_record", what="version")
            if row.revision != expected_revision:
                raise StaleRecord("stale_record", what="version", author=row.author, time=row.at)
            signed = {"approved_by": owner, "approved_at": self._clock()}
            connection.execute(update(schema.version).where(schema.version.c.id == version_id).values(**signed))
            self._log(connection, row.project_id, author, "approve_version", row.name)
            return self._version(connection, version_id)

    def versions(self, project_id: str, kind: str = CRITERIA) -> list[Version]:
        """All versions of a kind, newest first."""
        table = schema.version.c
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            question = select(schema.version).where(table.project_id == project_id, table.kind == kind)
            return [Version(**row._mapping) for row in connection.execute(question.order_by(table.number.desc()))]

    def version(self, version_id: int) -> Version:
        """One version. Raises not_found."""
        with self._read() as connection:
            self._enter_version(connection, version_id, access.READ)
            return self._version(connection, version_id)

    def approved_version(self, project_id: str, kind: str = CRITERIA) -> Version | None:
        """The version that holds: the one approved last; None before the first."""
        approved = [v for v in self.versions(project_id, kind) if v.approved_at is not None]
        return max(approved, key=lambda v: (v.approved_at, v.number), default=None)

    def classes(self, version_id: int) -> bytes | None:
        """The snapshot of classes as it was given; None where there was none. Raises stored_file_lost."""
        name = self.version(version_id).classes_sha256
        return None if name is None else self._files.get(name)

    def _content(self, kind: str, *, name: str, json: str, fingerprint: str | None, classes: bytes | None) -> dict[str, Any]:
        return {
            "name": checks.one_line(name),
            "json": checks.canonical(json, kind),
            "fingerprint": fingerprint,
            "classes_sha256": None if classes is None else self._files.put(classes),
        }

    def _version(self, connection: Connection, version_id: int) -> Version:
        return Version(**connection.execute(select(schema.version).where(schema.version.c.id == version_id)).one()._mapping)

    def _enter_version(self, connection: Connection, version_id: int, action: str) -> Row:
        row = connection.execute(select(schema.version).where(schema.version.c.id == version_id)).first()
        if row is None:
            raise SbytError("not_found", what="version")
        self._enter(connection, row.project_id, action)
        return row

    def _name_must_be_free(self, connection: Connection, project_id: str, kind: str, name: str) -> None:
        table = schema.version.c
        question = select(table.name).where(table.project_id == project_id, table.kind == kind)
        if any(row.name.casefold() == name.casefold() for row in connection.execute(question)):
            raise BadInput("name_taken", name=name)


def _free_kind(kind: str) -> str:
    if kind == CARD_VERSION:
        raise AssertionError(f"{kind} has verbs of its own")
    return kind
