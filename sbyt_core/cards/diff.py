"""Redline of two cards: which steps were added, dropped, moved, changed, or moved and changed, and what changed in each field.

Steps are matched by key, never by their words. Of the steps in both cards as many as possible count as unmoved (the longest run
that kept its order; of several such runs the one of the earlier steps), so that a step taken from place 2 to place 9 is one move and not
eight. Steps stand in the order of the newer card, a dropped one where it stood before. A kind of clients is told only
what is different with it: a change that it inherits from the base is not repeated. Words are compared by word, spaces kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from sbyt_core.cards.model import KINDS, Card
from sbyt_core.cards.step import FIELDS, Step

ACTS = SAME, ADDED, DROPPED, MOVED, CHANGED, MOVED_CHANGED = ("same", "added", "dropped", "moved", "changed", "moved_changed")


@dataclass(frozen=True)
class FieldChange:
    """One field that differs: its values before and after."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True)
class StepChange:
    """What became of one step. kind: of clients, None for the base; numbers count from 1, None where the step is not."""

    act: str
    key: str
    before: Step | None
    after: Step | None
    number_before: int | None
    number_after: int | None
    fields: tuple[FieldChange, ...] = ()
    kind: str | None = None

    @property
    def step(self) -> Step:
        """The step as it is now, as it was where it is gone."""
        step = self.after if self.after is not None else self.before
        if step is None:
            raise AssertionError("a change of no step")
        return step


@dataclass(frozen=True)
class CardDiff:
    """head: changes of the card's name and purpose; steps: of the base, the same ones too; kinds: what a kind has otherwise."""

    head: tuple[FieldChange, ...]
    steps: tuple[StepChange, ...]
    kinds: tuple[StepChange, ...]

    @property
    def changed(self) -> tuple[StepChange, ...]:
        """Every step that is not the same, of the base and then of the kinds."""
        return tuple(one for one in (*self.steps, *self.kinds) if one.act != SAME)

    @property
    def counts(self) -> dict[str, int]:
        """Act → how many steps, without the same ones; only acts that there are."""
        acts = [one.act for one in self.changed]
        return {act: acts.count(act) for act in ACTS if act in acts}

    def __bool__(self) -> bool:
        return bool(self.head or self.changed)


def diff_cards(before: Card, after: Card) -> CardDiff:
    """The redline from one card to another."""
    head = tuple(
        FieldChange(name, getattr(before, name), getattr(after, name))
        for name in ("name", "purpose")
        if getattr(before, name) != getattr(after, name)
    )
    base = diff_steps(before.steps, after.steps)
    told = {one.key: one for one in base}
    kinds: list[StepChange] = []
    for kind in KINDS:
        if before.differences.get(kind) or after.differences.get(kind):
            changes = diff_steps(before.steps_for(kind), after.steps_for(kind), kind=kind)
            kinds += [own for one in changes if (own := _own(one, told.get(one.key))) is not None]
    return CardDiff(head, base, tuple(kinds))


def diff_steps(before: Sequence[Step], after: Sequence[Step], *, kind: str | None = None) -> tuple[StepChange, ...]:
    """The redline of two lists of steps, in the order of the later one."""
    old = {step.key: (number, step) for number, step in enumerate(before, 1)}
    new = {step.key: (number, step) for number, step in enumerate(after, 1)}
    unmoved = _unmoved([old[step.key][0] for step in after if step.key in old])
    changes = []
    for step in after:
        number = new[step.key][0]
        if step.key not in old:
            changes.append(StepChange(ADDED, step.key, None, step, None, number, kind=kind))
            continue
        was, earlier = old[step.key]
        fields = tuple(
            FieldChange(name, getattr(earlier, name), getattr(step, name))
            for name in FIELDS
            if getattr(earlier, name) != getattr(step, name)
        )
        moved = was not in unmoved
        act = MOVED_CHANGED if moved and fields else MOVED if moved else CHANGED if fields else SAME
        changes.append(StepChange(act, step.key, earlier, step, was, number, fields, kind))
    for number, step in enumerate(before, 1):
        if step.key not in new:
            gone = StepChange(DROPPED, step.key, step, None, number, None, kind=kind)
            changes.insert(_place(changes, number, unmoved), gone)
    return tuple(changes)


def marked_words(before: str, after: str) -> tuple[tuple[tuple[str, bool], ...], tuple[tuple[str, bool], ...]]:
    """Two texts as pieces, each with whether it is marked: in the first what went, in the second what came. Pieces join to the texts."""
    old, new = re.findall(r"\s+|\w+|[^\w\s]", before), re.findall(r"\s+|\w+|[^\w\s]", after)
    left: list[tuple[str, bool]] = []
    right: list[tuple[str, bool]] = []
    for act, i, j, k, l in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if i < j:
            left.append(("".join(old[i:j]), act != "equal"))
        if k < l:
            right.append(("".join(new[k:l]), act != "equal"))
    return tuple(left), tuple(right)


def _own(change: StepChange, base: StepChange | None) -> StepChange | None:
    """What a kind has of a change beyond that of the base; None where it has nothing of its own."""
    if base is None or change.act in (ADDED, DROPPED):
        return None if change.act == SAME or (base is not None and base.act == change.act) else change
    fields = tuple(one for one in change.fields if one not in base.fields)
    moved = change.act in (MOVED, MOVED_CHANGED) and base.act not in (MOVED, MOVED_CHANGED)
    act = MOVED_CHANGED if moved and fields else MOVED if moved else CHANGED if fields else SAME
    return None if act == SAME else replace(change, act=act, fields=fields)


def _unmoved(numbers: Sequence[int]) -> set[int]:
    """The longest rising run; of several the one whose numbers are smallest, told from the left."""
    best: list[tuple[int, ...]] = []
    for number in numbers:
        runs = [run for run in best if run[-1] < number]
        longest = max((len(run) for run in runs), default=0)
        best.append((*min((run for run in runs if len(run) == longest), default=()), number))
    length = max((len(run) for run in best), default=0)
    return set(min((run for run in best if len(run) == length), default=()))


def _place(changes: Sequence[StepChange], number: int, unmoved: set[int]) -> int:
    """Behind the last step that stood before it and kept its order, and behind those dropped before it."""
    place = 0
    for index, one in enumerate(changes):
        stayed = one.act == DROPPED or (one.number_before is not None and one.number_before in unmoved)
        if stayed and one.number_before is not None and one.number_before < number:
            place = index + 1
    return place
