"""Holdings: several clients under one name, by hand or by a column of the file, and whether they count as one client."""

from __future__ import annotations

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.sales.identity.decisions import BY_HOLDING, HOLDING, HOLDING_COLUMN, YES
from sbyt_core.ui import cached, frame
from sbyt_core.ui.page import Page

_COLUMN, _SWITCH, _NAME, _CLIENTS = "holding_column", "by_holding", "holding_name", "holding_clients"
NO_COLUMN = ""


def show(page: Page, may: bool) -> None:
    """The switch, the column and the form."""
    sales = cached.as_read(page.store, page.data)  # type: ignore[arg-type]
    merges = cached.merges(page.store, page.data)  # type: ignore[arg-type]
    st.markdown(f"**{page.say('holdings.title')}**")
    st.caption(page.say("holdings.hint"))
    columns = [name for name in sales.attributes.columns if name != "client_key"]
    left, right = st.columns(2, vertical_alignment="bottom")
    if columns:
        options = [NO_COLUMN, *columns]
        held = merges.holding_column if merges.holding_column in columns else NO_COLUMN
        left.selectbox(
            page.say("holdings.column"),
            options,
            index=options.index(held),
            format_func=lambda name: name or page.plain("holdings.no_column"),
            key=_COLUMN,
            on_change=_set_column,
            args=(page,),
            disabled=not may,
        )
    right.toggle(page.say("holdings.switch"), value=merges.by_holding, key=_SWITCH, on_change=_set_switch, args=(page,), disabled=not may)
    names = dict(sales.lines.dropna(subset=["client_key"]).drop_duplicates("client_key")[["client_key", "client"]].itertuples(index=False))
    with st.form("holding", clear_on_submit=True, border=True):
        chosen = st.multiselect(
            page.say("holdings.clients"),
            sorted(names, key=lambda key: str(names[key]).casefold()),
            format_func=lambda key: str(names.get(key, key)),
            key=_CLIENTS,
            placeholder=page.plain("holdings.choose"),
        )
        known = sorted({name for _, name in merges.holdings})
        name = st.text_input(page.say("holdings.name"), key=_NAME, max_chars=120, placeholder=", ".join(known)[:100])
        if st.form_submit_button(page.say("holdings.make"), disabled=not may) and chosen:
            _make(page, chosen, name, names)


def _make(page: Page, keys: list[str], name: str, names: dict[str, str]) -> None:
    try:
        for key in keys:
            page.store.decide(page.project.id, HOLDING, [key], names=[str(names[key])], value=name)  # type: ignore[union-attr]
    except SbytError as error:
        frame.fault(error)
        return
    st.rerun()


def _set_column(page: Page) -> None:
    page.store.decide(page.project.id, HOLDING_COLUMN, value=st.session_state[_COLUMN] or None)  # type: ignore[union-attr]


def _set_switch(page: Page) -> None:
    page.store.decide(page.project.id, BY_HOLDING, value=YES if st.session_state[_SWITCH] else None)  # type: ignore[union-attr]
