"""What narrows and orders the list of clients: segment, state, tags, manager, branch, a search, decided by hand.

A client passes a filter when it has one of the values chosen there; nothing chosen lets everybody pass. All that is chosen stays
while the session lives. Cards and bars set filters from outside by `only`.
"""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from sbyt_core.segments.model import SEGMENTS, STATES, TAGS
from sbyt_core.ui import picking
from sbyt_core.ui.page import Page

FILTERS = ("segment", "state", "tags", "manager", "branch")
CODED = {"segment": SEGMENTS, "state": STATES, "tags": TAGS}  # filters whose values are codes, in the order shown
# what a list of several pages may be ordered by; names go up, figures and days come greatest first
ORDERS = ("value", "revenue", "documents", "client", "last_purchase", "next_purchase")
UPWARD = ("client", "next_purchase")
_SEARCH, _BY_HAND = "list_search", "list_overridden"


def narrowed(page: Page, frame: pd.DataFrame) -> pd.DataFrame:
    """The filters, and the rows that pass them all. frame: of a segmentation."""
    keep = pd.Series(True, index=frame.index)
    options = {name: _options(frame, name) for name in FILTERS}
    shown = [name for name in FILTERS if options[name]]
    *columns, last = st.columns([*[2] * len(shown), 3])
    for column, name in zip(columns, shown, strict=True):
        wanted = column.multiselect(
            page.say(f"list.{name}"),
            options[name],
            format_func=partial(_word, page, name),
            key=_key(name),
            placeholder=page.plain("list.all"),
            persist_state="session",
        )
        if wanted:
            keep &= _has_tag(frame, wanted) if name == "tags" else frame[name].isin(wanted)
    needle = last.text_input(
        page.say("list.search"),
        key=_SEARCH,
        type="search",
        live="300ms",
        persist_state="session",
        placeholder=page.plain("list.search.hint"),
    )
    if frame["overridden"].any() and st.toggle(page.say("list.overridden"), key=_BY_HAND, persist_state="session"):
        keep &= frame["overridden"]
    if needle.strip():
        text = needle.strip().casefold()
        by_name = frame["client"].fillna("").str.casefold().str.contains(text, regex=False)
        keep &= by_name | frame["client_code"].fillna("").str.contains(text, regex=False)
    return frame if keep.all() else frame[keep]


def ordered(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    """The control of the order and the rows in it: a list of several pages cannot be sorted by a click on its header."""
    known = [name for name in ORDERS if rows[name].notna().any()]
    by = st.selectbox(
        page.say("list.order"),
        known,
        format_func=lambda name: page.plain(f"list.order.{name}"),
        key="list_order",
        width=260,
        persist_state="session",
    )
    if by in (None, "value"):
        return rows
    return rows.sort_values(by, ascending=by in UPWARD, kind="stable", na_position="last")


def only(segment: str, state: str | None = None) -> None:
    """Show the clients of a segment, in a state; called before the filters are drawn."""
    clear()
    st.session_state[_key("segment")] = [segment]
    if state is not None:
        st.session_state[_key("state")] = [state]
    picking.let_go()


def clear() -> None:
    """Let everybody pass."""
    for name in FILTERS:
        st.session_state[_key(name)] = []
    st.session_state[_SEARCH] = ""
    st.session_state[_BY_HAND] = False


def _key(name: str) -> str:
    return f"list_{name}"


def _options(frame: pd.DataFrame, name: str) -> list[str]:
    there = set(frame[name].dropna().unique())
    if name == "tags":
        there = {tag for tags in there for tag in tags.split(",") if tag}
    return [code for code in CODED[name] if code in there] if name in CODED else sorted(there)


def _has_tag(frame: pd.DataFrame, wanted: list[str]) -> pd.Series:
    having = [tags for tags in frame["tags"].dropna().unique() if set(tags.split(",")) & set(wanted)]
    return frame["tags"].isin(having)


def _word(page: Page, name: str, code: str) -> str:
    if name == "segment":
        return page.plain(f"segment.{code}.letter")
    return page.plain({"state": "state", "tags": "tag"}[name] + f".{code}") if name in CODED else code
