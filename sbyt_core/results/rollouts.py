"""The register of rollouts: which unit started when, by which version of the card; and the file of waves.

The register only grows. An entry says when a unit starts, or that it does not after all (no date); of several on one unit the last
counts. A file of waves is a table with a unit and a date in each row, the version of the card beside if it likes; without a header its
first two columns are taken. A month alone stands for its first day; of dates like 01/07/2025 the day comes first.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sbyt_core.errors import BadFile, BadInput, SbytError
from sbyt_core.results.model import UNITS, Rollout
from sbyt_core.sales.plain_table import PlainTable
from sbyt_core.sales.values.dates import read_date
from sbyt_core.sales.vocabulary import plain

ENTRY = "rollout"  # kind of the store's entries
_UNIT = re.compile(r"(?:фио )?(?:менеджер\w*|филиал\w*|подразделени\w*|единиц\w*|кто|сотрудник\w*|unit|manager|branch|who|name)(?: \w+)?")
_DATE = re.compile(r"(?:дата(?: \w+)?|начал\w+(?: \w+)?|старт\w*|с какого дня|когда|внедрение|(?:start )?date|start(?: date)?|from|when)")
_CARD = re.compile(r"(?:версия(?: карты)?|карта|номер карты|card(?: version)?|version)")


@dataclass(frozen=True)
class Entry:
    """One entry of the register. date: from which day; None: the start is taken back."""

    unit: str
    date: date | None
    units: str = "manager"
    card_version: str | None = None

    def to_json(self) -> str:
        """The entry as the store keeps it, the unit being its subject."""
        return json.dumps({"units": self.units, "date": self.date.isoformat() if self.date else None, "card_version": self.card_version})

    @classmethod
    def from_value(cls, unit: str, value: object) -> Entry:
        """The entry of a parsed JSON object. Raises BadInput bad_json."""
        given = value if isinstance(value, dict) else {}
        day, units, version = given.get("date"), given.get("units"), given.get("card_version")
        try:
            return cls(unit, date.fromisoformat(day) if day is not None else None, _kind(units), None if version is None else str(version))
        except (TypeError, ValueError) as fault:
            if isinstance(fault, SbytError):
                raise
            raise BadInput("bad_json", name=ENTRY) from None


def current(entries: Iterable[Entry], units: str) -> tuple[Rollout, ...]:
    """The rollouts that stand, of managers or of branches, by date and unit. entries: oldest first."""
    last = {entry.unit: entry for entry in entries if entry.units == units}
    found = [Rollout(one.unit, one.date, one.card_version) for one in last.values() if one.date is not None]
    return tuple(sorted(found, key=lambda one: (one.date, one.unit)))


def changes(before: Iterable[Rollout], after: Iterable[Rollout], units: str) -> list[Entry]:
    """The entries that turn one state of the register into another. Raises BadInput rollout_twice."""
    old = {one.unit: one for one in before}
    new: dict[str, Rollout] = {}
    for one in after:
        if one.unit in new and new[one.unit] != one:
            raise BadInput("rollout_twice", unit=one.unit)
        new[one.unit] = one
    made = [Entry(unit, one.date, units, one.card_version) for unit, one in new.items() if old.get(unit) != one]
    return made + [Entry(unit, None, units) for unit in old if unit not in new]


def rollouts_of(table: PlainTable) -> tuple[Rollout, ...]:
    """The rollouts of a file of waves. Raises BadFile waves_columns, waves_unit, waves_date; BadInput rollout_twice."""
    unit, day, card = _columns(table)
    found: dict[str, Rollout] = {}
    for place, row in enumerate(table.rows):
        name, written = _text(table, unit, place), _text(table, day, place)
        if not name and not written:
            continue
        if not name:
            raise BadFile("waves_unit", row=int(row))
        told = read_date(written, inside=False)
        if told is None:
            raise BadFile("waves_date", row=int(row), value=written)
        version = _text(table, card, place) if card else ""
        one = Rollout(name, told.day.replace(day=1) if told.month_only else told.day, version or None)
        if found.setdefault(name, one).date != one.date:
            raise BadInput("rollout_twice", unit=name)
    return tuple(sorted(found.values(), key=lambda one: (one.date, one.unit)))


def _columns(table: PlainTable) -> tuple[str, str, str | None]:
    headers = table.headers
    if table.header_row is None and len(headers) >= 2:
        return headers[0], headers[1], headers[2] if len(headers) > 2 else None
    named = {header: plain(header) for header in headers}

    def first(pattern: re.Pattern[str]) -> str | None:
        return next((header for header in headers if pattern.fullmatch(named[header])), None)

    unit, day = first(_UNIT), first(_DATE)
    if unit is None or day is None:
        raise BadFile("waves_columns", headers=list(headers[:20]))
    return unit, day, first(_CARD)


def _text(table: PlainTable, header: str, place: int) -> str:
    value = table.texts[header].iloc[place]
    return " ".join(value.split()) if isinstance(value, str) else ""


def _kind(units: object) -> str:
    if units not in UNITS:
        raise BadInput("not_a_choice", name="units", value=units, allowed=UNITS)
    return str(units)
