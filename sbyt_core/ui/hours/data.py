"""What the hours views work on: team, assumptions, locks and answers kept as versioned documents, and the plan made of them.

The plan is recomputed when any of its inputs changes and kept between runs by their content, so that a stale one cannot be shown.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from sbyt_core.cards.norms import norm_minutes
from sbyt_core.clients.facts import ClientFacts
from sbyt_core.errors import BadInput, SbytError
from sbyt_core.segments import Segmentation
from sbyt_core.strategies import (
    KINDS,
    Answers,
    Assumptions,
    Capacity,
    HoursPlan,
    StrategyBook,
    Team,
    allocate_hours,
    assumptions_from_json,
    capacity,
    team_from_json,
)
from sbyt_core.ui import drafts, workspace
from sbyt_core.ui.page import Page
from sbyt_core.ui.workspace import Workspace

TEAM, ASSUMPTIONS, LOCKS, ANSWERS = "team", "assumptions", "hours_locks", "answers"  # kinds of documents
KEPT = 8  # plans between runs
FINGERPRINT = ("client_key", "segment", "state", "tags", "manager", "value", "documents")


@dataclass(frozen=True)
class Locks:
    """client_key of those who keep hours and manager, and of those who keep the manager though hours are pooled."""

    locked: frozenset[str] = frozenset()
    fixed: frozenset[str] = frozenset()

    def to_json(self) -> str:
        """As JSON text."""
        return json.dumps({"locked": sorted(self.locked), "fixed": sorted(self.fixed)}, ensure_ascii=False)


@dataclass(frozen=True)
class AnswerSheet:
    """The answers about the clients that somebody was asked about."""

    answers: tuple[Answers, ...] = ()

    def to_json(self) -> str:
        """As JSON text."""
        return json.dumps([[one.client_key, one.without, one.half_more, one.most, one.client] for one in self.answers], ensure_ascii=False)


@dataclass(frozen=True, eq=False)
class Desk:
    """Everything of one run. plan: None where the inputs do not fit together, `fault` says why."""

    result: Segmentation
    book: StrategyBook
    team: Team  # as it is kept; those who sell and are not listed come beside in `whole`
    whole: Team
    settings: Assumptions
    locks: Locks
    answers: AnswerSheet
    norms: Mapping[str, float] | None
    capacity: Capacity
    plan: HoursPlan | None
    fault: SbytError | None


def desk(page: Page, work: Workspace, *, with_plan: bool = True) -> Desk:
    """The desk of the open company. with_plan: whether the plan is made too."""
    result = workspace.in_force(page, work)
    book, kept, settings, locks, answers = drafts.book(page), team(page), assumptions(page), _locks(page), answer_sheet(page)
    names = sorted(name for name in result.frame["manager"].dropna().unique())
    whole, norms = kept.with_names(names), _norms(page)
    asked = capacity(result, book, kept, norm_minutes=norms)
    made, fault = None, None
    if with_plan:
        service = workspace.costs(page)
        facts = service.facts
        key = (
            _content(result),
            service.file.to_json() if service.file is not None and facts is not None else "",
            *(one.to_json() for one in (book, kept, settings, locks, answers)),
            tuple(sorted(norms.items())) if norms else None,
        )
        made, fault = _plan(key, result, book, kept, settings, facts, locks, answers, norms)
    return Desk(result, book, kept, whole, settings, locks, answers, norms, asked, made, fault)


def team(page: Page) -> Team:
    """The team as it is kept; nobody listed before anybody lists them."""
    return drafts.load(page, TEAM, _team)


def change_team(page: Page, change: Callable[[Team], Team]) -> None:
    """Change the team and keep it. Raises BadInput of `Team`."""
    drafts.save(page, TEAM, _team, change)


def assumptions(page: Page) -> Assumptions:
    """The assumptions as they are kept."""
    return drafts.load(page, ASSUMPTIONS, _assumptions)


def change_assumptions(page: Page, change: Callable[[Assumptions], Assumptions]) -> None:
    """Change the assumptions and keep them. Raises BadInput of `Assumptions`."""
    drafts.save(page, ASSUMPTIONS, _assumptions, change)


def lock(page: Page, client_key: str, on: bool, *, name: str = "locked") -> None:
    """Lock a client or let it go. name: "locked" (hours and manager) or "fixed" (manager)."""

    def change(old: Locks) -> Locks:
        held: frozenset[str] = getattr(old, name)
        return replace(old, **{name: held | {client_key} if on else held - {client_key}})

    drafts.save(page, LOCKS, _read_locks, change)


def unlock_all(page: Page) -> None:
    """Let every client go."""
    drafts.save(page, LOCKS, _read_locks, lambda _: Locks())


def fixed(page: Page) -> frozenset[str]:
    """client_key of those who keep their manager."""
    return _locks(page).fixed


def answer_sheet(page: Page) -> AnswerSheet:
    """The answers that are kept."""
    return drafts.load(page, ANSWERS, _read_answers)


def put_answers(page: Page, answers: tuple[Answers, ...], about: frozenset[str]) -> None:
    """Keep answers in place of those about the same clients. about: client_key of all who were on the form."""
    drafts.save(
        page, ANSWERS, _read_answers, lambda old: AnswerSheet((*(one for one in old.answers if one.client_key not in about), *answers))
    )


def _locks(page: Page) -> Locks:
    return drafts.load(page, LOCKS, _read_locks)


def _team(value: object) -> Team:
    return team_from_json(json.dumps(value)) if value else Team()


def _assumptions(value: object) -> Assumptions:
    return assumptions_from_json(json.dumps(value)) if value else Assumptions()


def _read_locks(value: object) -> Locks:
    if not isinstance(value, dict):
        return Locks()
    return Locks(frozenset(map(str, value.get("locked", []))), frozenset(map(str, value.get("fixed", []))))


def _read_answers(value: object) -> AnswerSheet:
    if not isinstance(value, list):
        return AnswerSheet()
    try:
        return AnswerSheet(tuple(Answers(str(key), low, half, most, name) for key, low, half, most, name in value))
    except (TypeError, ValueError):
        raise BadInput("bad_json", name=ANSWERS) from None


def _norms(page: Page) -> Mapping[str, float] | None:
    """Norm minutes of a document by kind, of the technology card in effect; None without one."""
    card = next((one.card for one in page.store.card_versions(page.project.id) if one.state == "effective"), None)  # type: ignore[union-attr]
    found = {kind: minutes for kind, minutes in norm_minutes(card).items() if kind in KINDS} if card is not None else {}
    return found or None


def _content(result: Segmentation) -> str:
    frame = result.frame[list(FINGERPRINT)]
    about = f"{result.measure}|{result.criteria.task}|{result.clients.months}|{len(frame)}"
    return hashlib.sha256(about.encode() + pd.util.hash_pandas_object(frame, index=False).to_numpy().tobytes()).hexdigest()


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _plan(
    key: tuple,
    _result: Segmentation,
    _book: StrategyBook,
    _team: Team,
    _settings: Assumptions,
    _facts: ClientFacts | None,
    _locks: Locks,
    _answers: AnswerSheet,
    _norms: Mapping[str, float] | None,
) -> tuple[HoursPlan | None, SbytError | None]:
    try:
        plan = allocate_hours(
            _result,
            _book,
            _team,
            settings=_settings,
            facts=_facts,
            locked=_locks.locked,
            fixed=_locks.fixed,
            answers=_answers.answers,
            norm_minutes=_norms,
        )
    except SbytError as fault:
        return None, fault
    return plan, None
