"""What the store hands out: frozen records, each with its author and time.

Times are UTC and aware. `json` fields hold JSON text as it was saved, in one canonical spelling; `.value` is the same
text parsed. Sums that are not known are None, never 0.
"""

from __future__ import annotations

import json as json_text
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class DataSet:
    """One file that was read, or several put together: where it came from, how it was read, and its totals.

    A data set of several files has no original, mapping and shape of its own: its parts have them.
    """

    id: int
    project_id: str
    name: str  # of the file, as the user's: shown only, never a path
    fingerprint: str  # of the sales lines: file, mapping and answers
    original_sha256: str | None
    lines_sha256: str  # of the stored Parquet: the safest key of a cache
    shape: str | None  # hash of format and headers, the same for next month's export
    rows: int
    n_clients: int
    revenue: float | None
    period_start: date | None
    period_end: date | None
    mapping: Mapping[str, str]  # role → header
    answers: Mapping[str, str]  # question → choice
    author: str
    at: datetime
    parts: tuple[str, ...] = ()  # lines_sha256 of the data sets that it is put together of


@dataclass(frozen=True)
class Project:
    """One company; `data` is its current data set."""

    id: str
    name: str
    currency: str
    lang: str
    author: str
    created_at: datetime
    opened_at: datetime
    archived_at: datetime | None
    data: DataSet | None


@dataclass(frozen=True)
class Document:
    """One version of a document of a project: a draft, a book, a scenario, settings. Version 0: nothing saved yet."""

    project_id: str
    kind: str
    name: str
    version: int
    json: str  # "null" where nothing is saved or the document was dropped
    author: str | None
    at: datetime | None

    @property
    def value(self) -> Any:
        """The document parsed; None where there is none."""
        return json_text.loads(self.json)


@dataclass(frozen=True)
class Version:
    """A named version that can be approved; an approved one never changes.

    revision: counts changes of a draft, to be handed back on change and approval.
    """

    id: int
    project_id: str
    kind: str
    number: int  # 1, 2, 3 … within the project and kind
    name: str
    json: str
    fingerprint: str | None  # of the data set it was made on
    classes_sha256: str | None  # of the kept snapshot of classes
    revision: int
    author: str
    at: datetime
    approved_by: str | None
    approved_at: datetime | None

    @property
    def status(self) -> str:
        """ "approved" or "draft"."""
        return "draft" if self.approved_at is None else "approved"

    @property
    def value(self) -> Any:
        """The content parsed."""
        return json_text.loads(self.json)


@dataclass(frozen=True)
class Entry:
    """One appended record about a subject (a client, a step …). Never changed, never deleted."""

    id: int
    project_id: str
    kind: str
    subject: str
    json: str
    author: str
    at: datetime

    @property
    def value(self) -> Any:
        """The content parsed."""
        return json_text.loads(self.json)


@dataclass(frozen=True)
class Override:
    """A class set by a person; segment None: the override before it was withdrawn."""

    client_key: str
    segment: str | None
    reason: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Note:
    """What somebody wrote about a client."""

    client_key: str
    text: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Member:
    """A person's role in a project: one of `ROLES`."""

    person: str
    role: str
    author: str
    at: datetime


@dataclass(frozen=True)
class Shape:
    """How a file of this shape was read last time."""

    mapping: Mapping[str, str]
    answers: Mapping[str, str]
    author: str
    at: datetime


@dataclass(frozen=True)
class Event:
    """Who did what and when."""

    id: int
    project_id: str
    person: str
    author: str
    action: str
    what: str
    at: datetime
