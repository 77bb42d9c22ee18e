"""A page that works on a base: with none it shows why, the sample in one click, and ends there."""

from __future__ import annotations

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.sales.read import require_answers
from sbyt_core.ui import cached, frame, intake, navigation
from sbyt_core.ui.page import Page


def require_data(page: Page) -> None:
    """Go on only where the open company has a data set."""
    if page.data is not None:
        _require_answers(page)
        return
    with st.container(border=True):
        st.subheader(page.say("empty.title"), anchor=False)
        st.markdown(page.say("empty.text"))
        with st.container(horizontal=True):
            sample = st.button(page.say("start.sample.action"), type="primary", key="empty_sample")
            own = st.button(page.say("empty.own"), key="empty_own")
    if own:
        st.switch_page(navigation.path_of("data"))
    if sample:
        intake.show_sample(page)
    st.stop()


def _require_answers(page: Page) -> None:
    """A file with a question that has no best reading has no figures yet: back to the question."""
    try:
        require_answers(cached.sales(page.store, page.data))  # type: ignore[arg-type]
    except SbytError as error:
        frame.fault(error)
        frame.next_step(page.say("next.answer"), "data")
        st.stop()
