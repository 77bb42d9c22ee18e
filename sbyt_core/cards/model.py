"""Technology card: the steps by which every client is served, and how they differ by the kind of client.

A base list of steps holds for everybody; a kind of clients may change fields of a step, drop a step, or add one of its own.
What a kind does not touch it inherits, so an edit of the base reaches all. A kind without differences of its own follows
the segment that it comes from (`FOLLOWS`): a late client is served as its segment A is. A difference whose step is no longer in
the base has no effect; an exception that leads to a step which a kind drops goes on in order. Step numbers are places in the list,
from 1; keys are given once and never again (`last_key`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sbyt_core.cards.step import FIELDS, LINE_LIMIT, TEXT_LIMIT, Step, StepException, check_text, exceptions_from, mapping
from sbyt_core.errors import BadInput

__all__ = ["FOLLOWS", "KINDS", "SEGMENTS", "Card", "Change", "Step", "StepException"]

FORMAT = 1  # of the JSON
SEGMENTS = ("A", "B", "C")
KINDS = ("A", "B", "C", "late", "service_drain", "loss_making", "promising", "new")  # kinds of clients, as strategies name them
# whose differences hold where a kind has none of its own: by METHOD §3 and §5 a late client is of A, one at a loss of C
FOLLOWS: dict[str, str] = {"late": "A", "service_drain": "C", "loss_making": "C", "promising": "B"}
MOST_STEPS = 60  # of one card: more are several cards
KEY_LIMIT = 2**31 - 1


@dataclass(frozen=True)
class Change:
    """One difference of a kind of clients from the base.

    key: of the step concerned. Exactly one of: values (a change: field → value), dropped, step (an added one, with that key),
    which then stands behind the step `after`, "" for the first place.
    """

    key: str
    values: Mapping[str, Any] = field(default_factory=dict)
    dropped: bool = False
    step: Step | None = None
    after: str = ""

    def __post_init__(self) -> None:
        if bool(self.values) + self.dropped + (self.step is not None) != 1:
            raise BadInput("bad_json", name="card")
        for name in self.values:
            if name not in FIELDS:
                raise BadInput("unknown_setting", name=str(name), allowed=FIELDS)
        if self.step is not None and self.step.key != self.key:
            raise BadInput("bad_json", name="card")
        check_text("after", self.after, LINE_LIMIT)
        replace(Step(self.key, ""), **self.values)  # raises for a value that no step may have

    @property
    def act(self) -> str:
        """ "change", "drop" or "add"."""
        return "drop" if self.dropped else "add" if self.step is not None else "change"

    def to_value(self) -> dict[str, Any]:
        """The change as plain values."""
        if self.dropped:
            return {"act": "drop", "key": self.key}
        if self.step is not None:
            return {"act": "add", "after": self.after, "step": self.step.to_value()}
        shown = Step(self.key, "")
        return {"act": "change", "key": self.key, "values": {n: replace(shown, **{n: v}).to_value()[n] for n, v in self.values.items()}}

    @classmethod
    def from_value(cls, value: object) -> Change:
        """The change of plain values. Raises BadInput."""
        given = mapping(value, ("act", "key", "values", "after", "step"), needed=("act",))
        if given["act"] == "add":
            step = Step.from_value(given.get("step"))
            return cls(step.key, step=step, after=given.get("after", ""))
        if given["act"] not in ("drop", "change") or not isinstance(given.get("key"), str):
            raise BadInput("bad_json", name="card")
        if given["act"] == "drop":
            return cls(given["key"], dropped=True)
        values = dict(mapping(given.get("values"), FIELDS))
        if "exceptions" in values:
            values["exceptions"] = exceptions_from(values["exceptions"])
        return cls(given["key"], values=values)


@dataclass(frozen=True)
class Card:
    """The card. differences: kind of clients → its changes, in order; last_key: the highest key number ever given.

    purpose: what the card is for; trigger: what starts the work.
    Raises BadInput duplicate_step, out_of_range, not_a_choice, text_too_long.
    """

    name: str
    steps: tuple[Step, ...] = ()
    differences: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)
    purpose: str = ""
    last_key: int = 0

    def __post_init__(self) -> None:
        check_text("name", self.name, LINE_LIMIT)
        check_text("purpose", self.purpose, TEXT_LIMIT)
        if len(self.steps) > MOST_STEPS:
            raise BadInput("out_of_range", name="steps", value=len(self.steps), low=0, high=MOST_STEPS)
        for kind in self.differences:
            if kind not in KINDS:
                raise BadInput("not_a_choice", name="kind", value=str(kind), allowed=KINDS)
        seen: set[str] = set()
        for step in self.all_steps():
            if step.key in seen:
                raise BadInput("duplicate_step", key=step.key, operation=step.operation)
            seen.add(step.key)
        if type(self.last_key) is not int or not 0 <= self.last_key <= KEY_LIMIT:
            raise BadInput("out_of_range", name="last_key", value=self.last_key, low=0, high=KEY_LIMIT)

    def all_steps(self) -> tuple[Step, ...]:
        """The base steps, then the added ones of every kind."""
        added = (change.step for kind in KINDS for change in self.differences.get(kind, ()) if change.step is not None)
        return (*self.steps, *added)

    def step(self, key: str) -> Step:
        """The step of a key, of the base or added for a kind. Raises SbytError no_such_step."""
        for step in self.all_steps():
            if step.key == key:
                return step
        raise BadInput("no_such_step", key=key)

    def changes_for(self, kind: str) -> tuple[Change, ...]:
        """Differences that hold for a kind of clients: its own, else those of the segment that it follows."""
        if kind not in KINDS:
            raise BadInput("not_a_choice", name="kind", value=kind, allowed=KINDS)
        own = self.differences.get(kind)
        return tuple(own) if own else tuple(self.differences.get(FOLLOWS.get(kind, ""), ()))

    def steps_for(self, kind: str | None = None) -> tuple[Step, ...]:
        """Steps by which a kind of clients is served, in order; None: the base. Raises BadInput not_a_choice."""
        steps = list(self.steps)
        for change in self.changes_for(kind) if kind is not None else ():
            keys = [step.key for step in steps]
            if change.step is not None:
                if not change.after:
                    steps.insert(0, change.step)
                else:
                    steps.insert(keys.index(change.after) + 1 if change.after in keys else len(steps), change.step)
            elif change.key in keys:
                place = keys.index(change.key)
                steps[place : place + 1] = [] if change.dropped else [replace(steps[place], **change.values)]
                if change.dropped:
                    steps = [step.without_way_to(change.key) for step in steps]
        return tuple(steps)

    @property
    def roles(self) -> tuple[str, ...]:
        """Roles that the card names, in the order of the steps; a missing role is none."""
        return tuple(dict.fromkeys(role for step in self._every_shape() if (role := step.role.strip())))

    def _every_shape(self) -> tuple[Step, ...]:
        return (*self.steps, *(step for kind in KINDS if self.differences.get(kind) for step in self.steps_for(kind)))

    def to_value(self) -> dict[str, Any]:
        """The card as plain values for JSON; `from_value` gives the same card."""
        return {
            "format": FORMAT,
            "name": self.name,
            "purpose": self.purpose,
            "last_key": self.last_key,
            "steps": [step.to_value() for step in self.steps],
            "differences": {k: [c.to_value() for c in self.differences[k]] for k in KINDS if self.differences.get(k)},
        }

    @classmethod
    def from_value(cls, value: object) -> Card:
        """The card of plain values. Raises BadInput bad_json, unknown_setting and those of a card."""
        given = mapping(value, ("format", "name", "purpose", "last_key", "steps", "differences"), needed=("name", "steps"))
        if given.get("format", FORMAT) != FORMAT:
            raise BadInput("not_a_choice", name="format", value=str(given["format"]), allowed=(FORMAT,))
        differences = mapping(given.get("differences", {}), KINDS)
        if not isinstance(given["steps"], list) or not all(isinstance(changes, list) for changes in differences.values()):
            raise BadInput("bad_json", name="card")
        return cls(
            name=given["name"],
            steps=tuple(Step.from_value(step) for step in given["steps"]),
            differences={kind: tuple(Change.from_value(change) for change in changes) for kind, changes in differences.items() if changes},
            purpose=given.get("purpose", ""),
            last_key=given.get("last_key", 0),
        )

    def to_json(self) -> str:
        """The card as JSON text."""
        return json.dumps(self.to_value(), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> Card:
        """The card of a JSON text. Raises BadInput."""
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            raise BadInput("bad_json", name="card") from None
        return cls.from_value(value)
