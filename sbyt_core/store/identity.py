"""Decisions on who is one client: merges, refusals, holdings, collective clients; each with author and time, none ever lost.

They change figures, so they ask for the right to edit; a decision is taken back by another one.
"""

from __future__ import annotations

from collections.abc import Sequence

from sbyt_core.sales.identity.decisions import ACTS, Decision
from sbyt_core.store import access, checks
from sbyt_core.store.entries import IDENTITY, Entries
from sbyt_core.store.records import Entry


class Identity(Entries):
    """The part of the store that keeps who is one client."""

    def decide(
        self,
        project_id: str,
        act: str,
        keys: Sequence[str] = (),
        *,
        names: Sequence[str] = (),
        value: str | None = None,
        author: str | None = None,
    ) -> Decision:
        """Keep a decision of `sales.decisions`. keys: client keys; names: as shown when it was decided. Raises NotAllowed, empty_name."""
        if act not in ACTS or len(keys) != ACTS[act]:
            raise AssertionError(f"no decision: {act!r} on {len(keys)} clients")
        content = {
            "act": act,
            "keys": [checks.key(key) for key in keys],
            "names": [checks.key(name) for name in names],
            "value": None if value is None else checks.one_line(value),
        }
        subject = content["keys"][0] if keys else ""  # type: ignore[index]
        made = self._append(project_id, IDENTITY, subject, checks.dump(content, IDENTITY), access.EDIT, author, event="set_identity")
        return _decision(made)

    def decisions(self, project_id: str) -> list[Decision]:
        """Every decision, oldest first."""
        return [_decision(entry) for entry in self.entries(project_id, IDENTITY)]


def _decision(entry: Entry) -> Decision:
    said = entry.value
    return Decision(said["act"], tuple(said["keys"]), tuple(said["names"]), said["value"], entry.author, entry.at)
