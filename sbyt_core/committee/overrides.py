"""Overrides of a client's class as situations: the committee approves them (METHOD §3).

An override that stands and was not ruled on is a new situation of source "override". It is not written down by itself: the
first event on it writes its opening along, so that the board never holds a copy that could differ from the override. Its id is
made of the client and the time of the override, so an override set anew is a new situation.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sbyt_core.committee.events import open_situation
from sbyt_core.committee.fold import Record, situations
from sbyt_core.committee.model import Situation


@dataclass(frozen=True)
class StandingOverride:
    """An override that holds: whose class, which, what the rules say, why, by whom and when."""

    client_key: str
    client: str
    segment: str
    computed: str
    reason: str
    author: str
    at: datetime

    @property
    def id(self) -> str:
        """Id of the situation that it is."""
        return "override-" + hashlib.sha256(f"{self.client_key}\x1f{self.at.isoformat()}".encode()).hexdigest()[:16]

    def opening(self) -> dict[str, object]:
        """The event with which its situation begins."""
        return open_situation(
            day=self.at.date(),
            who=self.author,
            text=self.reason,
            client_key=self.client_key,
            client=self.client,
            source="override",
            extra={"segment": self.segment, "computed": self.computed},
        )


def with_overrides(records: Iterable[Record], standing: Iterable[StandingOverride]) -> tuple[Situation, ...]:
    """All situations, the overrides that nobody has ruled on among them."""
    records = list(records)
    written = {record.situation for record in records}
    waiting = [Record(one.id, one.opening(), one.author, one.at) for one in standing if one.id not in written]
    return situations([*records, *sorted(waiting, key=lambda record: (record.at, record.situation))])
