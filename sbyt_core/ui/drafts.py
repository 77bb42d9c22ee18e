"""What is being worked on – criteria on the sliders, the strategy book – loaded from the store and saved with every move.

The session keeps the version it saw. Where somebody saved meanwhile, their version is taken and the move is made on top of
it, so neither is lost, and the page says so.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TypeVar

import streamlit as st

from sbyt_core.errors import SbytError, StaleRecord
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.history import History, changes
from sbyt_core.strategies import StrategyBook
from sbyt_core.ui.page import Page

T = TypeVar("T")
CRITERIA = "criteria"
STRATEGY = "strategy"
_MET = "_met_other"  # who saved meanwhile, to be told once


def criteria(page: Page) -> History:
    """The criteria of the open company with what was tried before."""
    return load(page, CRITERIA, _history)


def move_criteria(page: Page, settings: dict[str, object]) -> None:
    """Change settings of the criteria and keep them. Raises BadInput where they do not go together."""
    save(page, CRITERIA, _history, lambda history: history.move(history.now.with_(settings)))


def set_criteria(page: Page, target: Criteria) -> None:
    """Go on to other criteria, all at once."""
    move_criteria(page, {change.setting: change.after for change in changes(criteria(page).now, target)})


def undo(page: Page) -> None:
    """Take the last move back."""
    save(page, CRITERIA, _history, History.undo)


def redo(page: Page) -> None:
    """Make the move again that was taken back."""
    save(page, CRITERIA, _history, History.redo)


def book(page: Page) -> StrategyBook:
    """The strategy book of the open company."""
    return load(page, STRATEGY, read_book)


def change_book(page: Page, change: Callable[[StrategyBook], StrategyBook]) -> None:
    """Change the strategy book and keep it."""
    save(page, STRATEGY, read_book, change)


def tell_meeting(page: Page) -> None:
    """Say once that somebody else saved at the same time."""
    met = st.session_state.pop(_MET, None)
    if met:
        st.toast(page.say("drafts.met", author=met), icon=":material/group:")


def _key(page: Page, kind: str) -> str:
    return f"_draft_{kind}_{page.project.id}"  # type: ignore[union-attr]


def load(page: Page, kind: str, read: Callable[[object], T]) -> T:
    """The draft of a kind as this session last saw it, from the store the first time.

    read: makes the draft of a parsed document; None: of nothing kept yet. The draft has `to_value()` or `to_json()`.
    """
    key = _key(page, kind)
    if key not in st.session_state:
        document = page.store.document(page.project.id, kind)  # type: ignore[union-attr]
        try:
            draft = read(document.value)
        except SbytError:  # written by a newer program
            draft = read(None)
        st.session_state[key] = (document.version, draft)
    return st.session_state[key][1]


def save(page: Page, kind: str, read: Callable[[object], T], change: Callable[[T], T]) -> None:
    """Change the draft of a kind and keep it; what somebody saved meanwhile is taken first and changed. Raises StaleRecord."""
    for _ in range(3):  # a third meeting in one move does not happen to people
        draft = change(load(page, kind, read))
        version = st.session_state[_key(page, kind)][0]
        try:
            saved = page.store.save_document(page.project.id, kind, _json(draft), expected_version=version)  # type: ignore[union-attr]
        except StaleRecord as stale:
            st.session_state[_MET] = str(stale.params["author"])
            del st.session_state[_key(page, kind)]
            continue
        st.session_state[_key(page, kind)] = (saved.version, draft)
        return
    raise StaleRecord("stale_record", what=kind, author="–", time="–")


def _history(value: object) -> History:
    return History.from_value(value) if value else History()


def read_book(value: object) -> StrategyBook:
    """The book of a document's value; the default of nothing. Raises BadInput."""
    return StrategyBook.from_json(json.dumps(value)) if value else StrategyBook.default()


def _json(draft: object) -> str:
    return draft.to_json() if hasattr(draft, "to_json") else json.dumps(draft.to_value())  # type: ignore[attr-defined]
