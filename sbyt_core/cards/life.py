"""Life of a card's version: in review → approved → effective → retired, or sent back; told by its acts alone.

A version begins in review with everything it will ever hold: the card, why it changed, who reviews it, who of every role has to
acknowledge it, and from which day it is meant to hold. Then only acts are added. When every reviewer has agreed it is approved. It becomes
effective when everybody asked has acknowledged it and its day has come, and is retired when the next one takes effect. While
it is not yet effective a reviewer may send it back, with a remark; what was sent back stays as it was, the draft goes on. Who joins later
may acknowledge the effective version too. Names are compared without case and spare spaces. `followed` allows nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sbyt_core.cards.model import Card
from sbyt_core.cards.step import Step, mapping
from sbyt_core.errors import BadInput, SbytError
from sbyt_core.sales.identity.names import same_name

IN_REVIEW, RETURNED, APPROVED, EFFECTIVE, RETIRED = STATES = ("in_review", "returned", "approved", "effective", "retired")
AGREE, RETURN, ACKNOWLEDGE, EFFECT, RETIRE = ACTS = ("agree", "return", "acknowledge", "effect", "retire")
UNDER_WAY = (IN_REVIEW, APPROVED)  # neither draft nor in force: one version at a time


@dataclass(frozen=True)
class Act:
    """What somebody did with a version. person: who agreed, sent back or acknowledged; author, at: who wrote it down, and when."""

    act: str
    person: str = ""
    role: str = ""
    remark: str = ""
    day: date | None = None
    author: str = ""
    at: datetime | None = None

    def to_value(self) -> dict[str, Any]:
        """The act as plain values; author and time are the record's own."""
        day = None if self.day is None else self.day.isoformat()
        return {"act": self.act, "person": self.person, "role": self.role, "remark": self.remark, "day": day}

    @classmethod
    def from_value(cls, value: object, author: str = "", at: datetime | None = None) -> Act:
        """The act of plain values. Raises BadInput bad_json."""
        given = mapping(value, ("act", "person", "role", "remark", "day"), needed=("act", "person", "role", "remark", "day"))
        texts = (given[name] for name in ("act", "person", "role", "remark"))
        if given["act"] not in ACTS or not all(isinstance(text, str) for text in texts):
            raise BadInput("bad_json", name="card")
        return cls(given["act"], given["person"], given["role"], given["remark"], _day(given["day"]), author, at)


@dataclass(frozen=True)
class CardVersion:
    """One version of the card, with all that was done with it.

    people: role → those who have to acknowledge it; effective_on: the day from which it is meant to hold; based_on: number of the
    version that its draft was opened from; since, until: days on which it took and lost effect.
    """

    number: int
    card: Card
    why: str
    reviewers: tuple[str, ...]
    people: Mapping[str, tuple[str, ...]]
    effective_on: date
    based_on: int | None = None
    author: str = ""
    at: datetime | None = None
    acts: tuple[Act, ...] = ()
    state: str = IN_REVIEW
    since: date | None = None
    until: date | None = None

    @property
    def agreed(self) -> tuple[str, ...]:
        """Reviewers who have agreed."""
        given = {same_name(one.person) for one in self.acts if one.act == AGREE}
        return tuple(name for name in self.reviewers if same_name(name) in given)

    @property
    def acknowledged(self) -> Mapping[tuple[str, str], Act]:
        """(role, person) → the act, for everybody who has acknowledged, the later comers too."""
        return {(one.role, one.person): one for one in self.acts if one.act == ACKNOWLEDGE}

    @property
    def waiting(self) -> tuple[tuple[str, str], ...]:
        """(role, person) of those asked who have not acknowledged yet."""
        given = {(role, same_name(person)) for role, person in self.acknowledged}
        return tuple((role, name) for role, names in self.people.items() for name in names if (role, same_name(name)) not in given)

    @property
    def roles_waiting(self) -> tuple[str, ...]:
        """Roles in which somebody has not acknowledged yet."""
        return tuple(dict.fromkeys(role for role, _ in self.waiting))

    def to_value(self) -> dict[str, Any]:
        """What was fixed when the version was sent, as plain values."""
        return {
            "card": self.card.to_value(),
            "why": self.why,
            "reviewers": list(self.reviewers),
            "people": {role: list(names) for role, names in self.people.items()},
            "effective_on": self.effective_on.isoformat(),
            "based_on": self.based_on,
        }

    @classmethod
    def from_value(cls, value: object, *, number: int, author: str = "", at: datetime | None = None) -> CardVersion:
        """A version in review, of plain values. Raises BadInput and those of `sent`."""
        names = ("card", "why", "reviewers", "people", "effective_on", "based_on")
        given = mapping(value, names, needed=names)
        people = given["people"]
        day = _day(given["effective_on"])
        if not isinstance(people, dict) or not all(map(_names, (*people.values(), given["reviewers"]))) or day is None:
            raise BadInput("bad_json", name="card")
        if not isinstance(given["why"], str) or not isinstance(given["based_on"], int | None):
            raise BadInput("bad_json", name="card")
        people = {role: tuple(some) for role, some in people.items()}
        version = cls(number, Card.from_value(given["card"]), given["why"], tuple(given["reviewers"]), people, day, given["based_on"])
        return replace(version, author=author, at=at)


def check_asked(card: Card, why: str, reviewers: Sequence[str], people: Mapping[str, Sequence[str]]) -> None:
    """Whether a version of this card can be sent: raises empty_text without a reason, no_reviewer, role_without_people."""
    if not why.strip():
        raise BadInput("empty_text")
    if not any(name.strip() for name in reviewers):
        raise BadInput("no_reviewer")
    alone = tuple(role for role in card.roles if not any(name.strip() for name in people.get(role, ())))
    if alone:
        raise BadInput("role_without_people", roles=alone)


def followed(version: CardVersion, act: Act) -> CardVersion:
    """The version after one act more. Raises card_state, not_asked, not_acknowledged, card_too_early, empty_text."""
    after = replace(version, acts=(*version.acts, act))
    if act.act in (AGREE, RETURN):
        _must_be(version, act, UNDER_WAY if act.act == RETURN else (IN_REVIEW,))
        _must_be_one_of(version, act, version.reviewers)
        if act.act == RETURN:
            if not act.remark.strip():
                raise BadInput("empty_text")
            return replace(after, state=RETURNED)
        if act.person in version.agreed:
            return version
        return replace(after, state=APPROVED) if len(after.agreed) == len(set(map(same_name, version.reviewers))) else after
    if act.act == ACKNOWLEDGE:
        _must_be(version, act, (APPROVED, EFFECTIVE))
        asked = version.people.get(act.role, ())
        if version.state == APPROVED or not asked:
            _must_be_one_of(version, act, asked)
        given = any(role == act.role and same_name(person) == same_name(act.person) for role, person in version.acknowledged)
        return version if given or not act.person.strip() else after
    if act.act == EFFECT:
        _must_be(version, act, (APPROVED,))
        if version.waiting:
            raise SbytError("not_acknowledged", number=version.number, people=tuple(name for _, name in version.waiting))
        if act.day is None or act.day < version.effective_on:
            raise SbytError("card_too_early", number=version.number, day=version.effective_on)
        return replace(after, state=EFFECTIVE, since=act.day)
    _must_be(version, act, (EFFECTIVE,))
    return replace(after, state=RETIRED, until=act.day)


def lived(version: CardVersion, acts: Iterable[Act]) -> CardVersion:
    """The version after all its acts, oldest first. Raises those of `followed`."""
    for act in acts:
        version = followed(version, act)
    return version


def effective(versions: Iterable[CardVersion]) -> CardVersion | None:
    """The version in effect; None before the first."""
    return next((one for one in versions if one.state == EFFECTIVE), None)


def under_way(versions: Iterable[CardVersion]) -> CardVersion | None:
    """The version that is in review or waits for acknowledgement; None where there is none."""
    return next((one for one in versions if one.state in UNDER_WAY), None)


def worked_by(versions: Iterable[CardVersion], day: date) -> CardVersion | None:
    """The version that work of a day is held against; None where none ever took effect.

    It is the one in effect, on the day of a change the new one; before the first of them it is the first.
    """
    held = sorted((one for one in versions if one.since is not None), key=lambda one: one.number)
    return next((one for one in reversed(held) if one.since is not None and one.since <= day), held[0] if held else None)


def steps_gone(card: Card, versions: Iterable[CardVersion]) -> dict[str, Step]:
    """Steps that a card no longer has, by key, each as the last version had it. versions: in any order."""
    gone: dict[str, Step] = {}
    for version in sorted(versions, key=lambda one: one.number):
        gone |= {step.key: step for step in version.card.all_steps()}
    return {key: gone[key] for key in gone if all(step.key != key for step in card.all_steps())}


def _must_be(version: CardVersion, act: Act, states: Sequence[str]) -> None:
    if version.state not in states:
        raise SbytError("card_state", number=version.number, state=version.state, action=act.act)


def _must_be_one_of(version: CardVersion, act: Act, names: Iterable[str]) -> None:
    if same_name(act.person) not in {same_name(name) for name in names}:
        raise BadInput("not_asked", person=act.person, number=version.number)


def _names(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _day(value: object) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadInput("bad_json", name="card") from None
