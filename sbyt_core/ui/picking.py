"""What was clicked: a point, a bar or a row leads to a client or to a filter of the list.

A selection stays in the browser until its element gets another key, so every element that can be clicked takes its key from
here, and closing the drawer gives them all new ones; else the next move of a slider would open the drawer again.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

_GENERATION = "_picking_generation"
_CLIENT = "_picked_client"


def key(name: str) -> str:
    """Key of an element that can be clicked."""
    return f"{name}_{st.session_state.setdefault(_GENERATION, 0)}"


def pick(client_key: str) -> None:
    """Open the passport of a client in this run."""
    st.session_state[_CLIENT] = client_key


def picked() -> str | None:
    """The client that was picked since the last run; told once."""
    return st.session_state.pop(_CLIENT, None)


def pick_point(element: str) -> None:
    """Pick the client of a clicked point."""
    data = _point(element)
    if isinstance(data, list):
        data = data[0] if data else None
    if isinstance(data, str):
        pick(data)


def pick_at(element: str, keys: Mapping[int, str]) -> None:
    """Pick the client of a clicked point by its place on the x axis."""
    points = st.session_state[element]["selection"]["points"]
    at = points[0].get("x") if points else None
    if at is not None and int(at) in keys:
        pick(keys[int(at)])


def bar(element: str) -> tuple[str, str] | None:
    """Segment and state of a clicked bar."""
    data = _point(element)
    return (str(data[0]), str(data[1])) if isinstance(data, (list, tuple)) and len(data) == 2 else None


def pick_row(element: str, keys: list[str]) -> None:
    """Pick the client of a ticked row."""
    rows = st.session_state[element]["selection"]["rows"]
    if rows:
        pick(keys[rows[0]])


def let_go() -> None:
    """Forget every selection."""
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1


def _point(element: str) -> object:
    points = st.session_state[element]["selection"]["points"]
    return points[0].get("customdata") if points else None
