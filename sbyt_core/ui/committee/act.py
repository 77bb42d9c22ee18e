"""Which situation stands open, writing an event on it, and the figure that a decision must move as it stands today."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import streamlit as st

from sbyt_core.committee import Situation
from sbyt_core.errors import SbytError
from sbyt_core.practice.kpi import Measured, measured, within
from sbyt_core.reports.committee_minutes import kpi_value
from sbyt_core.ui import frame
from sbyt_core.ui.committee import data
from sbyt_core.ui.committee.data import Table
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import people as practice_people

_OPEN = "_situation"
LAST_DAYS = 30  # over which situations of a step are counted


def pick(situation_id: str) -> None:
    """Open a situation; it stands open until it is dismissed or its event is written."""
    st.session_state[_OPEN] = situation_id


def let_go() -> None:
    """Close the drawer."""
    st.session_state.pop(_OPEN, None)


def picked() -> str | None:
    """The situation that stands open."""
    return st.session_state.get(_OPEN)


def send(
    page: Page, table: Table, one: Situation, make: Callable[[], dict[str, Any]], after: Callable[[Situation], None] | None = None
) -> None:
    """Write an event and show the board; a fault is said here and what was typed stays."""
    try:
        now = data.write(page, table, one.id, make())
        if after is not None:
            after(now)
    except SbytError as error:
        frame.fault(error)
        return
    let_go()
    st.rerun()


def kpi_now(table: Table, one: Situation, code: str | None = None, step: str | None = None) -> Measured:
    """The figure of a decision since it was carried out; with a code of one's own the figure as it stands today."""
    result = table.practice.result
    if code is None and one.decision is not None:
        code, step = one.decision.kpi.code, one.decision.kpi.step
    if code == "situations":
        since = table.today - timedelta(days=LAST_DAYS)
        return Measured(float(sum(other.step == step and other.day > since for other in table.situations)), LAST_DAYS)
    if result is None or code is None:
        return Measured(None, 0)
    return measured(within(result, since=one.carried_out) if one.carried_out else result, code, step or "")


def now_text(page: Page, code: str, now: Measured) -> str:
    """The figure with its interval in words."""
    text = kpi_value(code, now.value, None if code == "situations" else now.n, page.plain)
    if not text:
        return page.plain("committee.kpi.unknown")
    if now.low is None or now.high is None:
        return text
    if code == "minutes":
        span = f"{page.plain.num(now.low, 1)}–{page.plain.num(now.high, 1)}"
    else:
        span = practice_people.span_text(page, now.low, now.high)
    return page.plain("practice.share", share=text, span=span)
