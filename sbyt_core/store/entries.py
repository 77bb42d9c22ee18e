"""Appended records about a subject: overrides of a class, notes on clients, and what later stages add.

An entry is never changed or deleted. An override is withdrawn by another entry; of several on one client the last counts.
"""

from __future__ import annotations

from sqlalchemy import Connection, select

from sbyt_core.errors import SbytError
from sbyt_core.store import access, checks, schema
from sbyt_core.store.base import Base, insert_one
from sbyt_core.store.records import Entry, Note, Override

OVERRIDE = "override"
NOTE = "note"
IDENTITY = "identity"
SITUATION = "situation"  # an event of a situation of the committee
CARD_ACT = "card_act"  # what was done with a version of the technology card


class Entries(Base):
    """The part of the store that keeps what is only ever added."""

    def add_entry(self, project_id: str, kind: str, json: str, *, subject: str = "", author: str | None = None) -> Entry:
        """Append a record of a kind (practice …). Overrides, notes and decisions on identity have their own verbs.

        Raises bad_json, NotAllowed.
        """
        if kind in (OVERRIDE, NOTE, IDENTITY, CARD_ACT, SITUATION):
            raise AssertionError(f"{kind} has a verb of its own")
        json = checks.canonical(json, checks.kind_code(kind))
        return self._append(project_id, kind, subject, json, access.RECORD, author, event="add_entry")

    def entries(self, project_id: str, kind: str, *, subject: str | None = None) -> list[Entry]:
        """Records of a kind, oldest first; of one subject where it is given."""
        with self._read() as connection:
            self._enter(connection, project_id, access.READ)
            return self._entries(connection, project_id, kind, subject)

    def set_override(self, project_id: str, client_key: str, segment: str, *, reason: str, author: str | None = None) -> Override:
        """Set a client's class by hand. Raises empty_text without a reason, NotAllowed."""
        return self._override(project_id, client_key, checks.one_line(segment), reason, author)

    def withdraw_override(self, project_id: str, client_key: str, *, reason: str, author: str | None = None) -> Override:
        """Take an override back. Raises not_found where none stands, empty_text without a reason, NotAllowed."""
        if checks.key(client_key) not in {o.client_key for o in self.overrides(project_id)}:
            raise SbytError("not_found", what="override")
        return self._override(project_id, client_key, None, reason, author)

    def overrides(self, project_id: str) -> list[Override]:
        """The overrides that stand, one a client, by client key."""
        last = {o.client_key: o for o in self.override_history(project_id)}
        return [last[client] for client in sorted(last) if last[client].segment is not None]

    def override_history(self, project_id: str, client_key: str | None = None) -> list[Override]:
        """Every override and withdrawal, oldest first."""
        found = self.entries(project_id, OVERRIDE, subject=client_key)
        return [Override(e.subject, e.value["segment"], e.value["reason"], e.author, e.at) for e in found]

    def add_note(self, project_id: str, client_key: str, text: str, *, author: str | None = None) -> Note:
        """Write a note on a client. Raises empty_text, NotAllowed."""
        json = checks.dump({"text": checks.prose(text)}, NOTE)
        made = self._append(project_id, NOTE, client_key, json, access.RECORD, author, event="add_note")
        return Note(made.subject, made.value["text"], made.author, made.at)

    def notes(self, project_id: str, client_key: str | None = None) -> list[Note]:
        """Notes, oldest first; of one client where it is given."""
        return [Note(e.subject, e.value["text"], e.author, e.at) for e in self.entries(project_id, NOTE, subject=client_key)]

    def _override(self, project_id: str, client_key: str, segment: str | None, reason: str, author: str | None) -> Override:
        json = checks.dump({"segment": segment, "reason": checks.prose(reason)}, OVERRIDE)
        event = "withdraw_override" if segment is None else "set_override"
        made = self._append(project_id, OVERRIDE, client_key, json, access.OVERRIDE, author, event=event)
        return Override(made.subject, segment, made.value["reason"], made.author, made.at)

    def _append(self, project_id: str, kind: str, subject: str, json: str, action: str, author: str | None, *, event: str) -> Entry:
        subject, author = checks.key(subject), self._name(author)
        with self._write() as connection:
            self._enter(connection, project_id, action)
            at = self._clock()
            values = {"project_id": project_id, "kind": kind, "subject": subject, "json": json, "author": author, "at": at}
            made = insert_one(connection, schema.entry, values)
            self._log(connection, project_id, author, event, subject)
            return Entry(made, project_id, kind, subject, json, author, at)

    def _entries(self, connection: Connection, project_id: str, kind: str, subject: str | None) -> list[Entry]:
        table = schema.entry.c
        question = select(schema.entry).where(table.project_id == project_id, table.kind == kind)
        if subject is not None:
            question = question.where(table.subject == checks.key(subject))
        return [Entry(**row._mapping) for row in connection.execute(question.order_by(table.id))]
