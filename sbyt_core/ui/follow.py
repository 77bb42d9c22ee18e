"""Controls that follow what is kept: undo, a preset or another window moves them too."""

from __future__ import annotations

import streamlit as st


def follow(key: str, value: object) -> None:
    """Give a control, before it is drawn, the value that is kept, where it shows another.

    An assignment makes the browser show exactly that value, so one that is not needed would throw back a hand that has
    moved on while the page was computing.
    """
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
