"""Which of several views is in sight: a row of buttons, kept while other pages are visited."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sbyt_core.ui.page import Page


def switch(page: Page, label: str, views: Sequence[str], *, words: str, key: str, first: str | None = None) -> str:
    """The view that was chosen; `first`, else the first of them, where none was or it is no longer there.

    label: code of what is chosen, read out by screen readers; words: the view's text is `words` and its code, joined by a dot.
    """
    start = first or views[0]
    chosen = st.segmented_control(
        page.say(label),
        views,
        default=start,
        required=True,
        format_func=lambda code: page.plain(f"{words}.{code}"),
        key=key,
        label_visibility="collapsed",
        persist_state="session",
    )
    return chosen if chosen in views else start
