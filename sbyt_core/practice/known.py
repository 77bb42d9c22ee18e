"""Whom and what a log may name: clients of the sales, people of the team, steps of the card; each found by what people really
write.

A client: by code, else by name, else by the core of its name (without legal form and quotes) where only one client has it. A
person: by name whatever its case and spaces, else by surname and initials where only one person has them. A step: by its words;
else by its number in the card, where the log has no words or the words are nearly those of that step, or they are of another
alphabet: a Russian log of an English card. Whatever fits two is found by neither.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable
from datetime import date

import pandas as pd

from sbyt_core.cards.life import CardVersion, worked_by
from sbyt_core.cards.model import KINDS, Card
from sbyt_core.sales.identity.names import core_name
from sbyt_core.sales.vocabulary import squeeze

ALIKE = 80  # RapidFuzz ratio from which words are those of the step whose number stands beside them
_NUMBERED = re.compile(r"(?:шаг|step|№)?\s*(\d{1,3})(?:[.):\s]+(.*))?", re.IGNORECASE)


class KnownClients:
    """Clients as `client_key`, `client`, `client_code`, one row each."""

    def __init__(self, clients: pd.DataFrame) -> None:
        table = clients.dropna(subset=["client_key"]).drop_duplicates("client_key")
        keys, names = list(table["client_key"]), list(table["client"].fillna(""))
        self.names = dict(zip(keys, names, strict=True))
        self._codes = _single(zip(table["client_code"].fillna(""), keys, strict=True))
        self._by_name = _single((_plain(name), key) for name, key in zip(names, keys, strict=True))
        self._by_core = _single((core_name(name), key) for name, key in zip(names, keys, strict=True))
        self._found: dict[tuple[str, str], str | None] = {}  # a log names a client many times

    def find(self, name: str, code: str) -> str | None:
        """The key of a client, or None."""
        if (name, code) not in self._found:
            self._found[name, code] = self._find(name, code)
        return self._found[name, code]

    def _find(self, name: str, code: str) -> str | None:
        if code and (code in self._codes or code in self.names):
            return self._codes.get(code, code)
        if not name:
            return None
        return self._by_name.get(_plain(name)) or self._by_core.get(core_name(name))


class KnownPeople:
    """People by name; None: whoever the log names."""

    def __init__(self, people: Collection[str] | None) -> None:
        self._anyone = people is None
        self._names = _single((_plain(name), squeeze(name)) for name in people or ())
        self._initials = _single((_initials(name), squeeze(name)) for name in people or ())

    def find(self, name: str) -> str | None:
        """The person's name as the company writes it, or None."""
        if self._anyone:
            return squeeze(name)
        return self._names.get(_plain(name)) or self._initials.get(_initials(name))


class StepsByDay:
    """Steps of the version in effect on a day; words that it does not know are sought in the others, the newest first.

    A bare number is a place in the card of its day and in no other.
    """

    def __init__(self, card: Card, versions: Iterable[CardVersion] = ()) -> None:
        self._versions = sorted((one for one in versions if one.since is not None), key=lambda one: -one.number)
        self._card = KnownSteps(card)
        self._of = {one.number: KnownSteps(one.card) for one in self._versions}

    def find(self, number: str, words: str, day: date | None = None) -> str | None:
        """The key of a step by the cells of its number and its words, either may be empty; or None."""
        held = worked_by(self._versions, day) if day is not None else None
        found = (self._card if held is None else self._of[held.number]).find(number, words)
        written = _NUMBERED.fullmatch(number)
        if found is not None or not (words or not written or written[2]):
            return found
        return next((key for other in (self._card, *self._of.values()) if (key := other.find(number, words)) is not None), None)


class KnownSteps:
    """Steps of a card, those of single kinds included."""

    def __init__(self, card: Card) -> None:
        steps = [step for kind in (None, *KINDS) for step in card.steps_for(kind)]
        self._words = _single((_plain(step.operation), step.key) for step in steps)
        self._numbers = dict(enumerate(card.steps, 1))
        self._keys = {step.key for step in steps}
        self._found: dict[tuple[str, str], str | None] = {}

    def find(self, number: str, words: str) -> str | None:
        """The key of a step by the cell of its number and the cell of its words, either may be empty; or None."""
        if (number, words) not in self._found:
            self._found[number, words] = self._find(number, words)
        return self._found[number, words]

    def _find(self, number: str, words: str) -> str | None:
        if found := self._words.get(_plain(words)) if words else None:
            return found
        if number in self._keys:
            return number
        written = _NUMBERED.fullmatch(number)
        if not written:
            return self._words.get(_plain(number)) if number else None
        step = self._numbers.get(int(written[1]))
        said = words or written[2] or ""
        return step.key if step is not None and (not said or _alike(said, step.operation)) else self._words.get(_plain(written[2] or ""))


def _alike(said: str, operation: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.ratio(_plain(said), _plain(operation)) >= ALIKE or not (_alphabets(said) & _alphabets(operation))


def _alphabets(text: str) -> set[str]:
    """Which of the two alphabets a text is written in."""
    return {name for name, letters in (("cyrillic", r"[а-яё]"), ("latin", r"[a-z]")) if re.search(letters, text.casefold())}


def _plain(text: str) -> str:
    return squeeze(text).casefold().replace("ё", "е")


def _initials(name: str) -> str:
    """«Иванов Иван Петрович», «Иванов И. П.» and «Иванов И.П.» → «иванов ип»; one word alone stays as it is."""
    words = re.findall(r"\w+", _plain(name))
    return f"{words[0]} {''.join(word[0] for word in words[1:3])}" if len(words) > 1 else _plain(name)


def _single(pairs: Iterable[tuple[Hashable, str]]) -> dict:
    """First → second of pairs, without what has several seconds or no first."""
    found: dict[Hashable, str | None] = {}
    for first, second in pairs:
        if first:
            found[first] = second if found.get(first, second) == second else None
    return {first: second for first, second in found.items() if second is not None}
