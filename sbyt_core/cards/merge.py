"""Two people editing one step: what both did is put together, and where both changed the same field, both versions are shown.

Three steps: as it was when the form was opened, as it is kept now, as the form has it. A field that only one of them changed takes
that value; a field that both set alike is no conflict; a field that both changed otherwise is one, and the kept value stands until
somebody chooses.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sbyt_core.cards.diff import FieldChange
from sbyt_core.cards.step import FIELDS, Step


@dataclass(frozen=True)
class Merged:
    """step: with the changes of both; conflicts: fields with the kept value (before) and the own one (after)."""

    step: Step
    conflicts: tuple[FieldChange, ...]

    def with_own(self, fields: Collection[str]) -> Step:
        """The step with the own value in the conflicts named."""
        return replace(self.step, **{one.field: one.after for one in self.conflicts if one.field in fields})


def merge_steps(opened: Step, kept: Step, own: Step) -> Merged:
    """Put the own edit of a step onto what is kept by now."""
    values, conflicts = {}, []
    for name in FIELDS:
        was, now, mine = getattr(opened, name), getattr(kept, name), getattr(own, name)
        if mine in (was, now):
            continue
        if now == was:
            values[name] = mine
        else:
            conflicts.append(FieldChange(name, now, mine))
    return Merged(replace(kept, **values), tuple(conflicts))
