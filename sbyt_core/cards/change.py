"""Edits of a card: each takes a card and gives the next one, so a draft can be changed by a page and by a decision alike.

A new step gets a key that no step ever had. A moved step changes places with its neighbour. A step that leaves the base
takes its differences along; exceptions that led to it then lead to the next step. A field that a kind of clients sets back to the
base's value is inherited again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sbyt_core.cards.model import Card, Change
from sbyt_core.cards.step import FIELDS, Step
from sbyt_core.errors import BadInput


def change_step(card: Card, key: str, values: Mapping[str, Any]) -> Card:
    """The card with fields of a step (of the base, or of one added for a kind) set to other values.

    values: field of `FIELDS` → value. Raises BadInput no_such_step, unknown_setting and those of a step.
    """
    _check_fields(values)
    card.step(key)
    steps = tuple(replace(step, **values) if step.key == key else step for step in card.steps)
    differences = {
        kind: tuple(
            replace(change, step=replace(change.step, **values)) if change.step is not None and change.key == key else change
            for change in changes
        )
        for kind, changes in card.differences.items()
    }
    return replace(card, steps=steps, differences=differences)


def add_step(card: Card, values: Mapping[str, Any], *, after: str | None = None) -> Card:
    """The card with a new step of the base behind the step `after`; None: at the end, "": first.

    values: `operation` at least. The new step is `card.step(new_key(card))` of the result. Raises BadInput.
    """
    _check_fields(values)
    step = Step(**{"key": new_key(card), "operation": "", **values})
    keys = [one.key for one in card.steps]
    if after and after not in keys:
        raise BadInput("no_such_step", key=after)
    place = len(keys) if after is None else keys.index(after) + 1 if after else 0
    return replace(card, steps=(*card.steps[:place], step, *card.steps[place:]), last_key=_last_key(card) + 1)


def new_key(card: Card) -> str:
    """The key that the next new step of this card will have."""
    return f"s{_last_key(card) + 1}"


def drop_step(card: Card, key: str) -> Card:
    """The card without a step, wherever it stands. Raises BadInput no_such_step."""
    card.step(key)
    steps = tuple(step.without_way_to(key) for step in card.steps if step.key != key)
    differences = {}
    for kind, changes in card.differences.items():
        kept = tuple(_after_moved(change, card, key) for change in changes if change.key != key)
        if kept:
            differences[kind] = kept
    return replace(card, steps=steps, differences=differences, last_key=_last_key(card))


def move_step(card: Card, key: str, by: int) -> Card:
    """The card with a base step moved by so many places, up where negative; at the ends it stays. Raises BadInput no_such_step."""
    keys = [step.key for step in card.steps]
    if key not in keys:
        raise BadInput("no_such_step", key=key)
    place = keys.index(key)
    steps = list(card.steps)
    steps.insert(min(max(place + by, 0), len(keys) - 1), steps.pop(place))
    return replace(card, steps=tuple(steps))


def change_for(card: Card, kind: str, key: str, values: Mapping[str, Any]) -> Card:
    """The card in which a kind of clients has a base step with other values; those of the base are inherited. Raises BadInput."""
    _check_fields(values)
    base = _base(card, key)
    before = next((change.values for change in card.differences.get(kind, ()) if change.key == key and not change.dropped), {})
    own = {name: value for name, value in {**before, **values}.items() if value != getattr(base, name)}
    return _with(card, kind, key, Change(key, values=own) if own else None)


def drop_for(card: Card, kind: str, key: str) -> Card:
    """The card in which a kind of clients is served without a base step. Raises BadInput."""
    _base(card, key)
    return _with(card, kind, key, Change(key, dropped=True))


def add_for(card: Card, kind: str, values: Mapping[str, Any], *, after: str = "") -> Card:
    """The card with a step that only a kind of clients has, behind the step `after`, "" first. Raises BadInput."""
    _check_fields(values)
    key = new_key(card)
    step = Step(**{"key": key, "operation": "", **values})
    return replace(_with(card, kind, key, Change(key, step=step, after=after)), last_key=_last_key(card) + 1)


def inherit(card: Card, kind: str, key: str) -> Card:
    """The card in which a kind of clients does with a step as everybody; a step of its own goes."""
    return _with(card, kind, key, None)


def _with(card: Card, kind: str, key: str, change: Change | None) -> Card:
    changes = card.differences.get(kind, ())
    if change is not None and any(old.key == key for old in changes):
        kept = tuple(change if old.key == key else old for old in changes)
    else:
        kept = tuple(old for old in changes if old.key != key) + (() if change is None else (change,))
    differences = {**card.differences, kind: kept}
    return replace(card, differences={name: some for name, some in differences.items() if some}, last_key=_last_key(card))


def _base(card: Card, key: str) -> Step:
    for step in card.steps:
        if step.key == key:
            return step
    raise BadInput("no_such_step", key=key)


def _after_moved(change: Change, card: Card, key: str) -> Change:
    """An added step that stood behind the dropped one stands behind the one before it."""
    if change.step is None:
        return change
    step = change.step.without_way_to(key)
    keys = [one.key for one in card.steps]
    if change.after != key or key not in keys:
        return replace(change, step=step)
    place = keys.index(key)
    return replace(change, step=step, after=keys[place - 1] if place else "")


def _last_key(card: Card) -> int:
    numbers = [int(step.key[1:]) for step in card.all_steps() if step.key[:1] == "s" and step.key[1:].isdecimal()]
    return max([card.last_key, *numbers])


def _check_fields(values: Mapping[str, Any]) -> None:
    for name in values:
        if name not in FIELDS:
            raise BadInput("unknown_setting", name=str(name), allowed=FIELDS)
