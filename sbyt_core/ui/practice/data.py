"""What the pages of practice and the committee stand on: the card that holds, the log, the log held against the card, clients and
people.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
import streamlit as st

from sbyt_core.cards import Card, CardDraft, life
from sbyt_core.cards.draft import DOCUMENT
from sbyt_core.cards.life import CardVersion
from sbyt_core.errors import SbytError
from sbyt_core.practice import record
from sbyt_core.practice.followed import Followed, followed
from sbyt_core.practice.log import Observation, as_log
from sbyt_core.practice.read_log import LogReading
from sbyt_core.store import Entry
from sbyt_core.strategies import kinds_of
from sbyt_core.ui import cached, workspace
from sbyt_core.ui.page import Page

SINCE = "practice"  # settings document: from which day on the log is taken, where the owner says another than the card
HAND = "hand-"  # beginning of the batch of a line written by hand


@dataclass(frozen=True, eq=False)
class Practice:
    """card: the effective one, before it the draft; since: first day that counts; result: None without a card; versions: all sent."""

    card: Card | None
    effective: bool
    since: date | None
    log: pd.DataFrame
    result: Followed | None
    kinds: Mapping[str, str]
    versions: tuple[CardVersion, ...] = ()

    @property
    def steps(self) -> dict[str, str]:
        """Key of a step → its operation."""
        return {} if self.card is None else {step.key: step.operation for step in self.card.all_steps()}

    def number(self, step: str) -> str:
        """The place of a step in the base card, as text; empty for one that only some clients have."""
        keys = [] if self.card is None else [one.key for one in self.card.steps]
        return str(keys.index(step) + 1) if step in keys else ""

    @property
    def number_now(self) -> int | None:
        """Number of the version in effect."""
        held = life.effective(self.versions)
        return None if held is None else held.number

    def card_of(self, day: date) -> Card | None:
        """The card by which one worked on a day."""
        held = life.worked_by(self.versions, day)
        return self.card if held is None else held.card

    @property
    def gone(self) -> dict[str, str]:
        """Key of a step that the card no longer has → its operation in the last version that had it."""
        return {} if self.card is None else {key: step.operation for key, step in life.steps_gone(self.card, self.versions).items()}


def load(page: Page) -> Practice:
    """The practice of the open company, asked of the store once a run."""
    project = page.project.id  # type: ignore[union-attr]
    versions = tuple(page.store.card_versions(project))
    card, holds_since = _card(page, versions)
    kinds = _kinds(page)
    entries = page.store.entries(project, record.KIND)
    log = _log(project, entries[-1].id if entries else 0, len(entries), entries)
    since = _since(page) or holds_since
    result = None
    if card is not None:
        days = [[one.number, str(one.since)] for one in versions]  # what a version holds never changes
        told = hashlib.sha256(json.dumps([card.to_value(), days, sorted(kinds.items())], ensure_ascii=False).encode()).hexdigest()
        result = _followed(f"{project}/{entries[-1].id if entries else 0}/{told}", _Inputs(log, card, kinds, versions))
    return Practice(card, holds_since is not None, since, log, result, kinds, versions)


def step_names(page: Page, practice: Practice) -> dict[str, str]:
    """Operation of every step that the card or an earlier version has; those of the past say so."""
    return practice.steps | {key: page.plain("practice.step.gone", operation=name) for key, name in practice.gone.items()}


def step_text(page: Page, practice: Practice, step: str) -> str:
    """«4. Предложить замену»; of a step that only some clients have its name alone, of one of the past with a note."""
    if step in practice.steps:
        number = practice.number(step)
        return f"{number}. {practice.steps[step]}" if number else practice.steps[step]
    return step_names(page, practice).get(step, page.plain("practice.step.unknown"))


def keep_reading(page: Page, reading: LogReading) -> None:
    """Add a file that was read to the log."""
    made = record.records(reading.lines, batch=reading.sha256, source="file", name=reading.name, headers=reading.headers, bad=reading.bad)
    for value in made:
        _add(page, value)


def write_down(page: Page, one: Observation) -> None:
    """Add a line that somebody writes by hand; a line on the same step of the same order takes its place."""
    _add(page, record.records(as_log([one]), batch=batch_of(one), source="hand", name=one.employee)[0], author=one.employee)


def withdraw(page: Page, batch: str) -> None:
    """Take a batch back."""
    _add(page, {**record.withdrawal(batch)})


def batch_of(one: Observation) -> str:
    """The batch of a line by hand: the same for the same step of the same order."""
    place = json.dumps([one.client_key, one.document, None if one.document else [one.employee, one.moment.date().isoformat()], one.step])
    return HAND + hashlib.sha256(place.encode()).hexdigest()[:24]


def batches(page: Page) -> list[record.Batch]:
    """Files and lines by hand, newest first."""
    entries = page.store.entries(page.project.id, record.KIND)  # type: ignore[union-attr]
    return record.batches((one.value, one.author, one.at) for one in entries)


def set_since(page: Page, day: date | None) -> None:
    """Say from which day on the card was worked by."""
    project = page.project.id  # type: ignore[union-attr]
    version = page.store.settings(project, SINCE).version
    page.store.save_settings(project, SINCE, json.dumps({"since": day.isoformat() if day else None}), expected_version=version)


def clients(page: Page) -> pd.DataFrame:
    """client_key, client, client_code of the sales, by name."""
    if page.data is None:
        return pd.DataFrame(columns=["client_key", "client", "client_code"], dtype="str")
    lines = cached.sales(page.store, page.data).lines
    table = lines.loc[lines["client_key"].notna() & ~lines["aggregate"], ["client_key", "client", "client_code"]]
    return table.drop_duplicates("client_key").sort_values(["client", "client_key"]).reset_index(drop=True)


def people(page: Page) -> tuple[str, ...]:
    """Who may stand in the log: managers of the sales and of the team, and who has written in it before; by name."""
    found: set[str] = set()
    if page.data is not None:
        found |= set(cached.sales(page.store, page.data).lines["manager"].dropna().unique())
    team = page.store.settings(page.project.id, "team").value  # type: ignore[union-attr]
    if isinstance(team, dict):
        found |= {str(one.get("name")) for one in team.get("managers", ()) if isinstance(one, dict) and one.get("name")}
    return tuple(sorted(found))


def _add(page: Page, value: dict, author: str | None = None) -> None:
    project, local = page.project.id, page.store.person == "local"  # type: ignore[union-attr]
    subject = value.get("batch") or value.get("withdraws", "")
    page.store.add_entry(project, record.KIND, json.dumps(value, ensure_ascii=False), subject=subject, author=author if local else None)


def _card(page: Page, versions: Sequence[CardVersion]) -> tuple[Card | None, date | None]:
    """The effective card and the first day of the first version; else the draft's card and None."""
    project = page.project.id  # type: ignore[union-attr]
    holds = life.effective(versions)
    if holds is not None:
        return holds.card, min(one.since for one in versions if one.since is not None)
    try:
        return CardDraft.from_value(page.store.document(project, DOCUMENT).value).card, None
    except SbytError:  # written by a newer program
        return None, None


def _kinds(page: Page) -> dict[str, str]:
    """Kind of every client by the classes that hold; none before there are classes."""
    if page.data is None:
        return {}
    try:
        frame = workspace.in_force(page, workspace.load(page)).frame
    except SbytError:
        return {}
    return dict(zip(frame["client_key"], kinds_of(frame), strict=True))


def _since(page: Page) -> date | None:
    value = page.store.settings(page.project.id, SINCE).value  # type: ignore[union-attr]
    try:
        return date.fromisoformat(value["since"]) if isinstance(value, dict) and value.get("since") else None
    except (TypeError, ValueError):
        return None


@dataclass(frozen=True, eq=False)
class _Inputs:
    log: pd.DataFrame
    card: Card
    kinds: Mapping[str, str]
    versions: tuple[CardVersion, ...]


@st.cache_resource(show_spinner=False, max_entries=12)
def _log(project: str, last: int, number: int, _entries: Sequence[Entry]) -> pd.DataFrame:
    return record.log_of(entry.value for entry in _entries)


@st.cache_resource(show_spinner=False, max_entries=24)
def _followed(key: str, _inputs: _Inputs) -> Followed:
    return followed(_inputs.log, _inputs.card, _inputs.kinds, versions=_inputs.versions)
