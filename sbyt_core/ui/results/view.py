"""The results page in three parts: what came of it, who started when, and – before the start – what could be seen at all.

With nothing registered, or all of it ahead of the sales, the page begins before the start: what these people could show and a fair order
of starting, or when the answer comes. What came of it then compares this year with the last, and says that it is no result.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.ui import drafts, frame, language, workspace
from sbyt_core.ui.page import Page
from sbyt_core.ui.results import ahead, board, data, exports, pictures, power, rollouts, settings, verdict

PARTS = ("outcome", "register", "before")


def show(page: Page) -> None:
    """The switch of the parts and the one that was chosen."""
    drafts.tell_meeting(page)
    if "results_part" not in st.session_state:
        begun = bool(rollouts.load(page).register) and ahead.load(page) is None
        st.session_state["results_part"] = "outcome" if begun else "before"
    head = st.container()
    part = st.segmented_control(
        page.say("results.part"),
        PARTS,
        required=True,
        format_func=lambda code: page.plain(f"results.part.{code}"),
        key="results_part",
        label_visibility="collapsed",
        persist_state="session",
    )
    try:
        {"outcome": _outcome, "register": _register, "before": _before}[str(part)](page, head)
    except SbytError as error:
        frame.fault(error)
        frame.next_step(page.say("results.to_data"), "data")


def _outcome(page: Page, head: Any) -> None:
    found = data.load(page, workspace.load(page))
    with head:
        verdict.show(page, found)
    planned = ahead.load(page)
    if planned is not None:
        st.info(language.escape(ahead.finding(page, planned)), icon=":material/event:")
    elif found.fault is not None:
        frame.fault(found.fault)
    verdict.lights(page, found)
    exports.show(page, found)
    left, right = st.columns([1, 2], gap="large")
    with left:
        settings.show(page, found)
        verdict.ladder(page, found)
    with right:
        pictures.show(page, found)
    board.show(page, found)


def _register(page: Page, head: Any) -> None:
    with head:
        frame.finding(language.escape(rollouts.summary(page, rollouts.load(page))))
    if ahead.load(page) is None:
        rollouts.show(page, then=_to_outcome)
    else:
        rollouts.show(page, then=_to_before, label="rollouts.next.ahead")


def _before(page: Page, head: Any) -> None:
    seen, planned = power.look(page), ahead.load(page)
    with head:
        frame.finding(language.escape(ahead.finding(page, planned) if planned else power.finding(page, seen)))
        if planned:
            ahead.show(page, planned)
    power.show(page, seen, then=_to_register, label="power.use.instead" if planned else "power.use")


def _to_outcome() -> None:
    st.session_state["results_part"] = "outcome"


def _to_before() -> None:
    st.session_state["results_part"] = "before"


def _to_register() -> None:
    st.session_state["results_part"] = "register"
