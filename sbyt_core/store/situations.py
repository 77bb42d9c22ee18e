"""Situations of the development committee: events that are only ever added, by whoever may add them.

Anybody of the project may open a situation and write a note on one; causes, decisions and reviews are for those who edit, the
class of a client for those who may override it. An event is always kept: where another one came first it does not count, and
its author is told by StaleRecord.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sbyt_core.committee.fold import Record, standing
from sbyt_core.committee.model import Situation
from sbyt_core.store import access, checks
from sbyt_core.store.entries import SITUATION, Entries

RIGHTS = {"open": access.RECORD, "note": access.RECORD, "rule": access.OVERRIDE}  # every other event: EDIT


class Situations(Entries):
    """The part of the store that keeps the committee's work."""

    def write_situation(self, project_id: str, situation_id: str, event: Mapping[str, Any], *, author: str | None = None) -> Situation:
        """Append an event of `committee.events`; returns the situation after it. Raises StaleRecord, NotAllowed, bad_json."""
        json = checks.dump(dict(event), SITUATION)
        right = RIGHTS.get(str(event["event"]), access.EDIT)
        self._append(project_id, SITUATION, situation_id, json, right, author, event="write_situation")
        return standing(self.situation_records(project_id), situation_id, dict(event))

    def situation_records(self, project_id: str) -> list[Record]:
        """Every event, oldest first, as `committee.situations` folds them."""
        return [Record(one.subject, one.value, one.author, one.at) for one in self.entries(project_id, SITUATION)]
