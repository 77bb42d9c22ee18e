"""Moves of the criteria that can be taken back: what was tried before, what stands now, what was undone.

A move that changes nothing is no move; a move after an undo forgets what was undone. Undo and redo are inverse. At most
`LIMIT` steps are remembered, the oldest forgotten first.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from itertools import pairwise

from sbyt_core.errors import BadInput
from sbyt_core.segments.criteria import SETTINGS, Criteria

LIMIT = 100  # steps: more than anybody tries in a workshop
START = Criteria()


@dataclass(frozen=True)
class Change:
    """One setting that a move changed."""

    setting: str
    before: object
    after: object


@dataclass(frozen=True)
class History:
    """Criteria now, those before (oldest first) and those undone (next first)."""

    now: Criteria = START
    past: tuple[Criteria, ...] = ()
    future: tuple[Criteria, ...] = ()

    def move(self, criteria: Criteria) -> History:
        """Go on to other criteria."""
        if criteria == self.now:
            return self
        return History(criteria, (*self.past, self.now)[-LIMIT:], ())

    def undo(self) -> History:
        """One step back; the same history where there is none."""
        if not self.past:
            return self
        return History(self.past[-1], self.past[:-1], (self.now, *self.future))

    def redo(self) -> History:
        """One undone step forward again; the same history where there is none."""
        if not self.future:
            return self
        return History(self.future[0], (*self.past, self.now), self.future[1:])

    def to_value(self) -> dict[str, object]:
        """The history as JSON values: the oldest criteria, what each step changed, and how many steps are done."""
        line = (*self.past, self.now, *self.future)
        steps = [{change.setting: change.after for change in changes(*pair)} for pair in pairwise(line)]
        return {"start": asdict(line[0]), "steps": steps, "done": len(self.past)}

    @classmethod
    def from_value(cls, value: object) -> History:
        """A history from what `to_value` gave. Raises BadInput: bad_json and those of `Criteria`."""
        try:
            line = [Criteria().with_(dict(value["start"]))]  # type: ignore[index]
            for step in value["steps"]:  # type: ignore[index]
                line.append(line[-1].with_(dict(step)))
            done = value["done"]  # type: ignore[index]
            return cls(line[done], tuple(line[:done]), tuple(line[done + 1 :]))
        except (TypeError, KeyError, IndexError):
            raise BadInput("bad_json", name="criteria") from None


def changes(before: Criteria, after: Criteria) -> tuple[Change, ...]:
    """The settings in which two criteria differ, in the order of `Criteria`."""
    return tuple(
        Change(name, getattr(before, name), getattr(after, name)) for name in SETTINGS if getattr(before, name) != getattr(after, name)
    )
