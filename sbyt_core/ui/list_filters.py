"""What narrows and orders the list of clients: segment, state, tags, manager, branch, a search, decided by hand.

A client passes a filter when it has one of the values chosen there; nothing chosen lets everybody pass. All that is chosen stays
while the session lives. Cards and bars set filters from outside by `only`.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st

from sbyt_core.segments import Segmentation
from sbyt_core.segments.model import SEGMENTS, STATES, TAGS
from sbyt_core.ui import picking
from sbyt_core.ui.page import Page

FILTERS = ("segment", "state", "tags", "manager", "branch")
CODED = {"segment": SEGMENTS, "state": STATES, "tags": TAGS}  # filters whose values are codes, in the order shown
# what a list of several pages may be ordered by; names go up, figures and days come greatest first
ORDERS = ("value", "revenue", "documents", "client", "last_purchase", "next_purchase")
UPWARD = ("client", "next_purchase")
_SEARCH, _BY_HAND = "list_search", "list_overridden"


def narrowed(page: Page, result: Segmentation) -> np.ndarray:
    """The filters, and the places in the ranking of the clients that pass them all."""
    keep = np.ones(len(result.final), dtype=bool)
    options = {name: _options(result, name) for name in FILTERS}
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
            keep &= _having(result, name, wanted)
    needle = last.text_input(
        page.say("list.search"),
        key=_SEARCH,
        type="search",
        live="300ms",
        persist_state="session",
        placeholder=page.plain("list.search.hint"),
    )
    if result.overridden.any() and st.toggle(page.say("list.overridden"), key=_BY_HAND, persist_state="session"):
        keep &= result.overridden
    if needle.strip():
        text, facts = needle.strip().casefold(), result.ranking.facts
        keep &= facts["client"].fillna("").str.casefold().str.contains(text, regex=False).to_numpy(dtype=bool) | facts[
            "client_code"
        ].fillna("").str.contains(text, regex=False).to_numpy(dtype=bool)
    return np.flatnonzero(keep)


def ordered(page: Page, result: Segmentation, places: np.ndarray) -> np.ndarray:
    """The control of the order and the places in it: a list of several pages cannot be sorted by a click on its header."""
    by = st.selectbox(
        page.say("list.order"),
        ORDERS,
        format_func=lambda name: page.plain(f"list.order.{name}"),
        key="list_order",
        width=260,
        persist_state="session",
    )
    if by in (None, "value"):
        return places
    return places[result.rows(places)[by].sort_values(ascending=by in UPWARD, kind="stable", na_position="last").index]


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


def _options(result: Segmentation, name: str) -> list[str]:
    """Values that somebody has."""
    if name not in CODED:
        return result.ranking.choices(name)[1]
    there = _bits(result) if name == "tags" else np.bincount(_codes(result, name), minlength=len(CODED[name]))
    return [code for code, count in zip(CODED[name], there, strict=True) if count]


def _having(result: Segmentation, name: str, wanted: list[str]) -> np.ndarray:
    if name == "tags":
        mask = sum(1 << TAGS.index(tag) for tag in wanted)
        return (result.tag_mask & mask) != 0
    codes, values = (_codes(result, name), CODED[name]) if name in CODED else result.ranking.choices(name)
    return np.isin(codes, [place for place, value in enumerate(values) if value in wanted])


def _codes(result: Segmentation, name: str) -> np.ndarray:
    return result.final if name == "segment" else result.state_codes


def _bits(result: Segmentation) -> list[int]:
    """Clients of each tag."""
    masks = np.bincount(result.tag_mask, minlength=1 << len(TAGS))
    return [int(sum(count for mask, count in enumerate(masks) if mask >> bit & 1)) for bit in range(len(TAGS))]


def _word(page: Page, name: str, code: str) -> str:
    if name == "segment":
        return page.plain(f"segment.{code}.letter")
    return page.plain({"state": "state", "tags": "tag"}[name] + f".{code}") if name in CODED else code
