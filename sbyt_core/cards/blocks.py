"""Typical operations as blocks: steps that belong together and are put into a card as a whole, from a starter or of one's own making.

A block put into a card becomes steps of that card with keys of their own; exceptions that lead from one step of the block to another go on
doing so, those that led out of it go on in order. A block made of a card's steps keeps their order, whatever stands between them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Any

from sbyt_core.cards.change import add_step
from sbyt_core.cards.model import Card
from sbyt_core.cards.starters import starter
from sbyt_core.cards.step import END, FIELDS, LINE_LIMIT, Step, check_text, mapping
from sbyt_core.errors import BadInput
from sbyt_core.texts import Speech

DOCUMENT = "card_block"  # kind of the store's documents that hold blocks of one's own, by name
# blocks of the starters: code → starter and the keys of its steps
_READY: dict[str, tuple[str, tuple[str, ...]]] = {
    "order_intake": ("distribution", ("s1", "s2", "s3", "s4")),
    "price_and_invoice": ("distribution", ("s5", "s6")),
    "delivery": ("distribution", ("s7", "s8")),
    "payment": ("distribution", ("s9",)),
    "offer": ("production", ("s3", "s4", "s5", "s6", "s7")),
    "request": ("services", ("s1", "s2", "s3")),
    "handover": ("services", ("s8", "s9", "s10")),
}
BLOCKS = tuple(_READY)


@dataclass(frozen=True)
class Block:
    """A name and the steps in order; their keys tell them apart within the block. Raises BadInput empty_name, no_such_step."""

    name: str
    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        check_text("name", self.name, LINE_LIMIT)
        if not self.name.strip():
            raise BadInput("empty_name")
        if not self.steps:
            raise BadInput("no_such_step", key="–")
        Card(self.name, self.steps)  # raises where two steps have one key

    @property
    def minutes(self) -> float | None:
        """Norm minutes of the whole block; None while one is missing."""
        norms = [step.norm_minutes for step in self.steps]
        return None if None in norms else float(sum(norm for norm in norms if norm is not None))

    def to_value(self) -> dict[str, Any]:
        """The block as plain values."""
        return {"name": self.name, "steps": [step.to_value() for step in self.steps]}

    @classmethod
    def from_value(cls, value: object) -> Block:
        """The block of plain values. Raises BadInput."""
        given = mapping(value, ("name", "steps"), needed=("name", "steps"))
        if not isinstance(given["steps"], list):
            raise BadInput("bad_json", name="card")
        return cls(given["name"], tuple(Step.from_value(step) for step in given["steps"]))


def ready_block(code: str, speech: Speech) -> Block:
    """A block of `BLOCKS` in the words of a language. Raises BadInput not_a_choice."""
    if code not in _READY:
        raise BadInput("not_a_choice", name="block", value=code, allowed=BLOCKS)
    card, keys = _READY[code]
    return block_of(starter(card, speech), keys, speech(f"block.{code}"))


def block_of(card: Card, keys: Collection[str], name: str) -> Block:
    """A block made of steps of a card, in the card's order. Raises BadInput no_such_step, empty_name."""
    for key in keys:
        card.step(key)
    steps = tuple(step for step in card.all_steps() if step.key in keys)
    inside = {step.key for step in steps}
    return Block(name, tuple(_within(step, inside) for step in steps))


def add_block(card: Card, block: Block, *, after: str | None = None) -> Card:
    """The card with the steps of a block behind the step `after`; None: at the end, "": first. Raises BadInput no_such_step."""
    keys: dict[str, str] = {}
    for step in block.steps:
        values = {name: getattr(step, name) for name in FIELDS if name != "exceptions"}
        before = {one.key for one in card.steps}
        card = add_step(card, values, after=after)
        after = keys[step.key] = next(one.key for one in card.steps if one.key not in before)
    ways = {keys[step.key]: step.exceptions for step in block.steps}
    steps = tuple(
        replace(one, exceptions=tuple(replace(way, goto=keys.get(way.goto, way.goto)) for way in ways[one.key])) if one.key in ways else one
        for one in card.steps
    )
    return replace(card, steps=steps)


def _within(step: Step, inside: Collection[str]) -> Step:
    """The step whose exceptions lead nowhere outside."""
    for way in step.exceptions:
        if way.goto and way.goto != END and way.goto not in inside:
            step = step.without_way_to(way.goto)
    return step
