"""What people decided on who is one client: one record a decision, and what holds of all of them.

A pair is "same" (the first key takes the second in) or "apart" (a likeness that was refused); "open" takes either back. A client may be
given a holding by its name, and be called many buyers under one name ("yes"), one ordinary client ("no"), or what reading says (None).
A client that its code joined from several names may be taken apart by name ("split", "yes"), or left as it is read (None).
A column of the file may name the holdings of all clients; a holding given by hand goes before it. Of several decisions on one subject the
last holds; a pair is one subject whichever of its keys comes first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

SAME, APART, OPEN = "same", "apart", "open"
HOLDING, COLLECTIVE, HOLDING_COLUMN, BY_HOLDING, SPLIT = "holding", "collective", "holding_column", "by_holding", "split"
PAIRS = (SAME, APART, OPEN)
ACTS = {SAME: 2, APART: 2, OPEN: 2, HOLDING: 1, COLLECTIVE: 1, SPLIT: 1, HOLDING_COLUMN: 0, BY_HOLDING: 0}  # act → how many keys it names
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Decision:
    """One decision. keys: of the clients it is about; names: as shown then; value: a holding, a header, yes or no, None taken back."""

    act: str
    keys: tuple[str, ...]
    names: tuple[str, ...]
    value: str | None
    author: str
    at: datetime

    @property
    def subject(self) -> tuple[str, ...]:
        """What a later decision must be about to take the place of this one."""
        return ("pair", *sorted(self.keys)) if self.act in PAIRS else (self.act, *self.keys)

    @property
    def stands(self) -> bool:
        """Whether it says anything but "as before"."""
        return self.act != OPEN if self.act in PAIRS else self.value is not None


@dataclass(frozen=True)
class Merges:
    """What holds: to be applied to lines by `apply_merges`. Hashable, so that caches may be keyed by it.

    same: (kept key, key taken in); apart: refused pairs; holdings: (key, holding); collective: (key, many buyers or not);
    split: keys taken apart by name.
    """

    same: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()
    holdings: tuple[tuple[str, str], ...] = ()
    collective: tuple[tuple[str, bool], ...] = ()
    holding_column: str | None = None
    by_holding: bool = False
    split: tuple[str, ...] = ()


def standing(decisions: Iterable[Decision]) -> list[Decision]:
    """The decisions that hold, oldest first. decisions: all of them, oldest first."""
    last: dict[tuple[str, ...], Decision] = {}
    for decision in decisions:
        last.pop(decision.subject, None)
        last[decision.subject] = decision
    return [decision for decision in last.values() if decision.stands]


def merges_of(decisions: Iterable[Decision]) -> Merges:
    """What holds of all decisions, oldest first."""
    held = standing(decisions)

    def pairs(act: str) -> tuple[tuple[str, str], ...]:
        return tuple((one.keys[0], one.keys[1]) for one in held if one.act == act)

    columns = [one.value for one in held if one.act == HOLDING_COLUMN]
    return Merges(
        same=pairs(SAME),
        apart=pairs(APART),
        holdings=tuple((one.keys[0], one.value) for one in held if one.act == HOLDING and one.value),
        collective=tuple((one.keys[0], one.value == YES) for one in held if one.act == COLLECTIVE),
        holding_column=columns[-1] if columns else None,
        by_holding=any(one.act == BY_HOLDING and one.value == YES for one in held),
        split=tuple(sorted(one.keys[0] for one in held if one.act == SPLIT and one.value == YES)),
    )
