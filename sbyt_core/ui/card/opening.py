"""Which drawer or dialog of the card page is open: kept in the session until it is closed or its work is done.

So a form survives whatever else makes the page run again, and a dialog opened from a list stands once on the page.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

_OPEN = "_card_open"


def open_(name: str, *about: Any) -> None:
    """Open a drawer or dialog by its name, in this run or the next. about: what it is to show."""
    st.session_state[_OPEN] = (name, *about)


def close() -> None:
    """Close whatever is open."""
    st.session_state.pop(_OPEN, None)


def now() -> tuple[Any, ...] | None:
    """Name and subject of what is open."""
    return st.session_state.get(_OPEN)


def done(message: str = "") -> None:
    """Close it, say what was done, and show the page anew."""
    close()
    if message:
        st.toast(message)
    st.rerun()
