"""From a client to the card: a button that opens the steps as this kind of clients is served by them."""

from __future__ import annotations

import streamlit as st

from sbyt_core.cards import CardDraft
from sbyt_core.cards.draft import DOCUMENT
from sbyt_core.cards.model import FOLLOWS, SEGMENTS
from sbyt_core.ui import navigation
from sbyt_core.ui.page import Page

KIND = "card_kind"  # key of the choice on the card page


def to_card(page: Page, kind: str) -> None:
    """The button, where there is a card. kind: of `KINDS`."""
    card = CardDraft.from_value(page.store.document(page.project.id, DOCUMENT).value).card  # type: ignore[union-attr]
    if card is None:
        return
    if st.button(page.say("card.link"), key="to_card", icon=":material/checklist:", type="tertiary"):
        known = kind in SEGMENTS or bool(card.differences.get(kind))
        shown = kind if known else FOLLOWS.get(kind)
        if shown is not None:
            st.session_state[KIND] = shown
        st.session_state.pop("card_view", None)
        st.switch_page(navigation.path_of("card"))
