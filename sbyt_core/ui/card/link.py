"""Buttons that lead to the card: from a client to the steps by which its kind is served, from a situation or a figure to its step."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sbyt_core.cards import Card, CardDraft
from sbyt_core.cards.draft import DOCUMENT
from sbyt_core.cards.model import FOLLOWS, SEGMENTS
from sbyt_core.ui import navigation
from sbyt_core.ui.card import opening
from sbyt_core.ui.page import Page

KIND = "card_kind"  # key of the choice on the card page


def to_step(page: Page, step: str, *, key: str, leave: Callable[[], None]) -> None:
    """The button that opens a step in the card, where the draft has it. key: of the button; leave: closes what stands open here."""
    card = _card(page)
    if card is None or all(one.key != step for one in card.all_steps()):
        return
    if st.button(page.say("card.link.step"), key=key, icon=":material/checklist:", type="tertiary"):
        leave()
        if page.store.may(page.project.id, "edit"):  # type: ignore[union-attr]
            opening.open_("edit", step, None, card.step(step))
        else:
            opening.open_("read", step, None)
        st.switch_page(navigation.path_of("card"))


def _card(page: Page) -> Card | None:
    return CardDraft.from_value(page.store.document(page.project.id, DOCUMENT).value).card  # type: ignore[union-attr]


def to_card(page: Page, kind: str) -> None:
    """The button, where there is a card. kind: of `KINDS`."""
    card = _card(page)
    if card is None:
        return
    if st.button(page.say("card.link"), key="to_card", icon=":material/checklist:", type="tertiary"):
        known = kind in SEGMENTS or bool(card.differences.get(kind))
        shown = kind if known else FOLLOWS.get(kind)
        if shown is not None:
            st.session_state[KIND] = shown
        st.session_state.pop("card_view", None)
        st.switch_page(navigation.path_of("card"))
