"""Months that stand across by their numbers: 1 … 12, 01 … 12, I … XII, M1 …, «1 мес.».

They are months only as a run, each one more than the one before it: of six at least where bare numbers could be shops or price lists, of
three where a word says that they are months. Two runs side by side are the months of two years.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NAMES = ("январь", "февраль", "март", "апрель", "май", "июнь", "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь")
LONG, SHORT = 6, 3  # months in a run, by bare numbers and with a word
_ROMAN = {text: n for n, text in enumerate(("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"), 1)}
_BARE = re.compile(r"0?([1-9]|1[0-2])(?:\.0)?")
_WORDED = re.compile(r"0?([1-9]|1[0-2])[- ]?(?:[йи]|ый|ой|ий)?[- ]?(?:мес(?:\.|яц\w*)?|month)|[mм][- ]?0?([1-9]|1[0-2])|(?:мес(?:\.|яц\w*)?|month)[- ]?0?([1-9]|1[0-2])", re.IGNORECASE)  # fmt: skip # noqa: E501


def months_of(texts: Sequence[str]) -> dict[int, int]:
    """Place → month from 1 for the texts that number months; nothing where no run of them does."""
    found = [(at, *_number(text)) for at, text in enumerate(texts)]
    known = [(at, number, worded) for at, number, worded in found if number]
    runs: list[list[tuple[int, int, bool]]] = []
    for one in known:
        if runs and one[1] == runs[-1][-1][1] + 1 and one[2] == runs[-1][-1][2]:
            runs[-1].append(one)
        else:
            runs.append([one])
    if any(len(run) < (SHORT if run[0][2] else LONG) for run in runs):
        return {}
    return {at: number for run in runs for at, number, _ in run}


def _number(text: str) -> tuple[int, bool]:
    """The month that a text numbers, 0 for none, and whether a word beside it says so."""
    if found := _BARE.fullmatch(text):
        return int(found[1]), False
    if found := _WORDED.fullmatch(text):
        return int(found[1] or found[2] or found[3]), True
    return _ROMAN.get(text.lower(), 0), False
