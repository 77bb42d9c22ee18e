"""The pages, their order, titles and addresses.

Streamlit runs the files of a folder called `pages/` by itself, without app.py, until st.navigation was called once in the
process. `under_app` closes that door: a page that was reached that way declares the navigation and starts the run again,
this time through app.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from sbyt_core.ui import language

ROOT = Path(__file__).resolve().parents[2]
_RUNNING = "_under_app"


@dataclass(frozen=True)
class Stage:
    """One page: its address and its file."""

    code: str
    file: str


STAGES = (
    Stage("start", "pages/0_start.py"),
    Stage("data", "pages/1_data.py"),
    Stage("segments", "pages/2_segments.py"),
    Stage("strategies", "pages/3_strategies.py"),
    Stage("card", "pages/4_card.py"),
    Stage("practice", "pages/5_practice.py"),
    Stage("committee", "pages/6_committee.py"),
    Stage("results", "pages/7_results.py"),
)


def declare() -> StreamlitPage:
    """Declare every page under translated titles and return the one that was asked for."""
    st.session_state[_RUNNING] = True
    say = language.current()
    pages = [
        st.Page(
            str(ROOT / stage.file),
            title=say(f"page.{stage.code}"),
            url_path=None if stage.code == "start" else stage.code,
            default=stage.code == "start",
        )
        for stage in STAGES
    ]
    return st.navigation(pages, position="top")


def under_app() -> None:
    """Send a page that Streamlit ran without app.py back through app.py."""
    if not st.session_state.get(_RUNNING):
        declare()
        st.rerun()


def path_of(code: str) -> str:
    """File of a stage, as st.switch_page and st.page_link want it."""
    return str(ROOT / next(stage.file for stage in STAGES if stage.code == code))
