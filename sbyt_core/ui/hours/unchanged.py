"""The line under every view of a plan: hours, people and payroll before and after; in red where one of them is not the same."""

from __future__ import annotations

import streamlit as st

from sbyt_core.strategies.hours_words import is_unchanged, unchanged_line
from sbyt_core.strategies.plan import HoursPlan
from sbyt_core.ui import language
from sbyt_core.ui.page import Page


def show(page: Page, plan: HoursPlan, *, before: str = "") -> None:
    """The line. before: a sentence in front of it, escaped."""
    line = language.escape(unchanged_line(plan, page.plain, page.currency)) + "."
    text = f"{before} {line}" if before else line
    if is_unchanged(plan):
        st.caption(text)
    else:
        st.error(text, icon=":material/error:")
