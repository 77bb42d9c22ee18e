"""What the card page stands on: draft and versions of the open company, read anew on every run, and the one way to change the draft.

An edit is a function from draft to draft. It is made on what is kept at that moment, so two people who edit different steps lose
nothing; an edit of the same step is put together field by field (`merge_steps`). What stood before one's own edit can be brought back.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from sbyt_core.cards import Card, CardDraft, diff_cards
from sbyt_core.cards import life as card_life
from sbyt_core.cards.diff import CardDiff
from sbyt_core.cards.draft import DOCUMENT
from sbyt_core.cards.life import CardVersion
from sbyt_core.errors import StaleRecord
from sbyt_core.store import LOCAL
from sbyt_core.ui.page import Page

UNDO = "_card_undo"  # drafts before one's own edits, as JSON, with the version of the document that the edit made
MOST_UNDO = 30


@dataclass(frozen=True, eq=False)
class Desk:
    """version: of the draft's document; author: who saved it last; versions: newest first."""

    draft: CardDraft
    version: int
    author: str | None
    versions: tuple[CardVersion, ...]

    @property
    def held(self) -> CardVersion | None:
        """The version in effect."""
        return card_life.effective(self.versions)

    @property
    def busy(self) -> CardVersion | None:
        """The version in review or waiting for acknowledgement."""
        return card_life.under_way(self.versions)

    @property
    def base(self) -> Card | None:
        """What the draft is compared with: the version under way, else the one in effect."""
        version = self.busy or self.held
        return None if version is None else version.card

    @property
    def changes(self) -> CardDiff | None:
        """How the draft differs from `base`; None where there is nothing to compare."""
        return None if self.base is None or self.draft.card is None else diff_cards(self.base, self.draft.card)

    @property
    def edited(self) -> bool:
        """Whether there is something in the draft that no version has."""
        return self.draft.card is not None and (self.base is None or bool(self.changes))


def load(page: Page) -> Desk:
    """The desk of the open company."""
    project = page.project.id  # type: ignore[union-attr]
    document = page.store.document(project, DOCUMENT)
    author = None if document.author == LOCAL else document.author
    return Desk(CardDraft.from_value(document.value), document.version, author, tuple(page.store.card_versions(project)))


def change(page: Page, make: Callable[[CardDraft], CardDraft]) -> None:
    """Change the draft and keep it. Raises StaleRecord after three meetings, and what `make` raises."""
    project = page.project.id  # type: ignore[union-attr]
    for attempt in range(3):  # a third meeting in one move does not happen to people
        document = page.store.document(project, DOCUMENT)
        try:
            saved = page.store.save_document(
                project, DOCUMENT, _json(make(CardDraft.from_value(document.value))), expected_version=document.version
            )
        except StaleRecord:
            if attempt == 2:
                raise
            continue
        if saved.version != document.version:
            _remember(document.json, saved.version)
        return


def change_card(page: Page, edit: Callable[[Card], Card], why: str = "") -> None:
    """Change the draft's card and keep it."""
    change(page, lambda draft: draft.changed(edit, why))


def can_undo(desk: Desk) -> bool:
    """Whether the last edit is one's own and can be taken back."""
    stack = st.session_state.get(UNDO, [])
    return bool(stack) and stack[-1][1] == desk.version


def undo(page: Page) -> None:
    """Take one's own last edit back; the draft that stood before it is saved as the newest."""
    stack = st.session_state.get(UNDO, [])
    if not stack:
        return
    before, version = stack.pop()
    try:
        saved = page.store.save_document(page.project.id, DOCUMENT, before, expected_version=version)  # type: ignore[union-attr]
    except StaleRecord:  # somebody else went on: there is nothing of one's own on top any more
        st.session_state[UNDO] = []
        return
    if stack:
        stack[-1] = (stack[-1][0], saved.version)


def may(page: Page, action: str) -> bool:
    """Whether this person may do something in the open company."""
    return page.store.may(page.project.id, action)  # type: ignore[union-attr]


def _remember(before: str, version: int) -> None:
    stack = st.session_state.setdefault(UNDO, [])
    if stack and stack[-1][1] > version:
        stack.clear()
    stack.append((before, version))
    del stack[:-MOST_UNDO]


def _json(draft: CardDraft) -> str:
    return json.dumps(draft.to_value(), ensure_ascii=False)
