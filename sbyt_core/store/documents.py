"""Versioned documents: one mechanism for drafts of criteria, books of strategies, scenarios and settings.

A document has a project, a kind and a name ("" where the project has one of the kind). Each save appends a version; the
highest is current; nothing is overwritten, so the history is the undo list. Whoever saves says which version they read:
if it is no longer the current one, StaleRecord says who saved meanwhile and when, and nothing is written. Saving what
already stands writes nothing. A dropped document gets a version "null" and can be brought back from its history.
"""

from __future__ import annotations

from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select

from sbyt_core.errors import StaleRecord
from sbyt_core.store import access, checks, schema
from sbyt_core.store.base import Base
from sbyt_core.store.records import Document

CRITERIA = "criteria"
STRATEGY = "strategy"
SETTINGS = "settings"
RATES = "rates"
NOTHING = "null"


class Documents(Base):
    """The part of the store that keeps drafts and settings."""

    def document(self, project_id: str, kind: str, name: str = "") -> Document:
        """The current version; version 0 with "null" where nothing was saved."""
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            return self._head(connection, project_id, checks.kind_code(kind), checks.key(name, checks.MAX_NAME))

    def documents(self, project_id: str, kind: str) -> list[Document]:
        """The current versions of all documents of a kind, by name, the dropped ones left out."""
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            found = connection.execute(_HEADS, {"project_id": project_id, "kind": kind})
            return sorted((Document(**row._mapping) for row in found), key=lambda d: d.name)

    def save_document(
        self, project_id: str, kind: str, json: str, *, expected_version: int, author: str | None = None, name: str = ""
    ) -> Document:
        """Append a version. expected_version: that of the document as it was read, 0 for the first.

        Raises StaleRecord(what, author, time), bad_json, NotAllowed.
        """
        kind, name, author = checks.kind_code(kind), checks.key(name, checks.MAX_NAME), self._name(author)
        json = checks.canonical(json, kind)
        with self._write() as connection:
            self._enter(connection, project_id, access.EDIT)
            head = self._head(connection, project_id, kind, name)
            if head.version != expected_version:
                raise StaleRecord("stale_record", what=kind, author=head.author, time=head.at)
            return self._put(connection, project_id, kind, name, json, author)

    def drop_document(self, project_id: str, kind: str, name: str, *, expected_version: int, author: str | None = None) -> None:
        """Take a document off the list; its history stays."""
        self.save_document(project_id, kind, NOTHING, expected_version=expected_version, author=author, name=name)

    def history(self, project_id: str, kind: str, name: str = "", *, limit: int = 200) -> list[Document]:
        """Versions of a document, newest first."""
        table = schema.document.c
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            question = _of(project_id, kind, name).order_by(table.version.desc()).limit(limit)
            return [Document(**row._mapping) for row in connection.execute(question)]

    def settings(self, project_id: str, name: str) -> Document:
        """A settings document of the project (rates, team …)."""
        return self.document(project_id, SETTINGS, name)

    def save_settings(self, project_id: str, name: str, json: str, *, expected_version: int, author: str | None = None) -> Document:
        """Keep a settings document. Raises StaleRecord, bad_json."""
        return self.save_document(project_id, SETTINGS, json, expected_version=expected_version, author=author, name=name)

    def _head(self, connection: Connection, project_id: str, kind: str, name: str) -> Document:
        row: Row | None = connection.execute(_HEAD, {"project_id": project_id, "kind": kind, "name": name}).first()
        return Document(project_id, kind, name, 0, NOTHING, None, None) if row is None else Document(**row._mapping)

    def _put(self, connection: Connection, project_id: str, kind: str, name: str, json: str, author: str) -> Document:
        head = self._head(connection, project_id, kind, name)
        if head.json == json:
            return head
        saved = Document(project_id, kind, name, head.version + 1, json, author, self._clock())
        connection.execute(insert(schema.document).values(**vars(saved)))
        return saved


def _of(project_id: object, kind: object, name: object) -> Select:
    table = schema.document.c
    return select(schema.document).where(table.project_id == project_id, table.kind == kind, table.name == name)


def _heads(project_id: object, kind: object) -> Select:
    """The last versions of all documents of a kind, the dropped ones left out."""
    table = schema.document.c
    last = select(table.name, func.max(table.version).label("version")).where(table.project_id == project_id, table.kind == kind)
    heads = last.group_by(table.name).subquery()
    found = select(schema.document).join(heads, (table.name == heads.c.name) & (table.version == heads.c.version))
    return found.where(table.project_id == project_id, table.kind == kind, table.json != NOTHING)


# a page asks these at every move of a slider, so they are made once: making a question takes longer than answering it
_HEAD = _of(bindparam("project_id"), bindparam("kind"), bindparam("name")).order_by(schema.document.c.version.desc()).limit(1)
_HEADS = _heads(bindparam("project_id"), bindparam("kind"))
