"""The file of client facts: the file itself, named by its content, and a versioned document that says how it is read.

What is in the file is read anew where it is needed, so that it always goes with the clients of the day and the program of the day.
Taking the file off leaves a version "null"; the file and the history stay.
"""

from __future__ import annotations

import json as json_text
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sbyt_core.clients.facts import MAX_MONTHS, MONTHS
from sbyt_core.errors import BadInput, SbytError
from sbyt_core.store import access, checks
from sbyt_core.store.documents import NOTHING, Documents
from sbyt_core.store.files import SHA256
from sbyt_core.store.records import Document

CLIENT_FACTS = "client_facts"


@dataclass(frozen=True)
class FactsFile:
    """A file of client facts and how it is read. name: the user's, shown only; months: that its counts are of; mapping: role → header.

    Raises BadInput bad_json, out_of_range.
    """

    name: str
    file_sha256: str
    months: float = MONTHS
    mapping: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        texts = (self.name, self.file_sha256, *self.mapping, *self.mapping.values())
        if not all(isinstance(text, str) for text in texts) or not SHA256.fullmatch(self.file_sha256):
            raise BadInput("bad_json", name=CLIENT_FACTS)
        number = isinstance(self.months, (int, float)) and not isinstance(self.months, bool)
        if not number or not 0 < self.months <= MAX_MONTHS:
            raise BadInput("out_of_range", name="months", value=self.months, low=1, high=MAX_MONTHS)

    def to_json(self) -> str:
        """The record as JSON text."""
        return json_text.dumps({**asdict(self), "mapping": dict(self.mapping)}, ensure_ascii=False)

    @classmethod
    def from_value(cls, value: Any) -> FactsFile:
        """The record of a document's value. Raises BadInput."""
        try:
            return cls(value["name"], value["file_sha256"], value["months"], dict(value["mapping"]))
        except (KeyError, TypeError, ValueError) as fault:
            if isinstance(fault, BadInput):
                raise
            raise BadInput("bad_json", name=CLIENT_FACTS) from None


class ClientFactFiles(Documents):
    """The part of the store that keeps files of client facts."""

    def facts_file(self, project_id: str) -> FactsFile | None:
        """The file that stands; None where there is none."""
        value = self.document(project_id, CLIENT_FACTS).value
        return None if value is None else FactsFile.from_value(value)

    def put_facts_file(self, project_id: str, name: str, content: bytes, *, months: float = MONTHS, author: str | None = None) -> FactsFile:
        """Keep a file in the place of the one that stood."""
        with self._read() as connection:
            self._enter(connection, project_id, access.EDIT)
        made = FactsFile(checks.one_line(name), self._files.put(content), months)
        self._save(project_id, made.to_json(), author)
        return made

    def read_facts_file_as(
        self, project_id: str, *, months: float | None = None, mapping: Mapping[str, str] | None = None, author: str | None = None
    ) -> FactsFile:
        """Say how the file that stands is read. Raises not_found, out_of_range."""
        now = self.facts_file(project_id)
        if now is None:
            raise SbytError("not_found", what="original")
        made = replace(now, months=now.months if months is None else months, mapping=now.mapping if mapping is None else dict(mapping))
        self._save(project_id, made.to_json(), author)
        return made

    def drop_facts_file(self, project_id: str, *, author: str | None = None) -> None:
        """Take the file off."""
        self._save(project_id, NOTHING, author)

    def facts_content(self, project_id: str, file: FactsFile | None = None) -> bytes:
        """The bytes of a file that stands or stood, by default the one that stands. Raises not_found, stored_file_lost."""
        wanted = file or self.facts_file(project_id)
        kept = self.history(project_id, CLIENT_FACTS)
        if wanted is None or wanted.file_sha256 not in files_named({"kind": one.kind, "json": one.json} for one in kept):
            raise SbytError("not_found", what="original")
        return self._files.get(wanted.file_sha256)

    def _save(self, project_id: str, json: str, author: str | None) -> Document:
        """The last word holds: a file is put, not edited."""
        version = self.document(project_id, CLIENT_FACTS).version
        return self.save_document(project_id, CLIENT_FACTS, json, expected_version=version, author=author)


def files_named(documents: Iterable[Mapping[Any, Any]]) -> set[str]:
    """Names of the files that all versions of such documents name. documents: rows with kind and json."""
    values = [json_text.loads(row["json"]) for row in documents if row["kind"] == CLIENT_FACTS]
    return {value["file_sha256"] for value in values if value}
