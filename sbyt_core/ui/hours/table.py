"""Clients by change of hours, gains and cuts in turn, the greatest first.

A tick locks a client: it keeps hours and manager when the plan is made again.
"""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sbyt_core.strategies import passes
from sbyt_core.strategies.calls import by_change
from sbyt_core.strategies.plan import HoursPlan
from sbyt_core.ui.hours import data, unchanged
from sbyt_core.ui.hours.data import Desk
from sbyt_core.ui.page import Page

ROWS = 200  # on one page
_GENERATION = "_locks_generation"


def show(page: Page, desk: Desk, plan: HoursPlan) -> None:
    """Filters, the table with its ticks, and how many are locked."""
    table = passes(plan)
    st.subheader(page.say("hours.list"), anchor=False)
    unchanged.show(page, plan)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        word = st.text_input(page.say("hours.list.search"), key="hours_search", persist_state="session", width=260)
        managers = sorted(table["new_manager"].dropna().unique())
        manager = st.selectbox(
            page.say("column.manager"),
            managers,
            index=None,
            key="hours_manager",
            placeholder=page.plain("hours.list.all"),
            persist_state="session",
            width=260,
        )
        segment = st.pills(
            page.say("hours.list.segment"),
            ("A", "B", "C", "new"),
            key="hours_segment",
            format_func=lambda code: page.plain(f"segment.{code}.letter"),
            persist_state="session",
        )
        only = st.toggle(page.say("hours.list.locked", n=int(table["locked"].sum())), key="hours_only_locked")
    if word:
        table = table[table["client"].fillna("").str.casefold().str.contains(word.strip().casefold(), regex=False)]
    if manager:
        table = table[table["new_manager"] == manager]
    if segment:
        table = table[table["segment"] == segment]
    if only:
        table = table[table["locked"]]
    table = table.loc[by_change(table["change"])]
    pages = max(1, -(-len(table) // ROWS))
    number = st.pagination(pages, key="hours_page") if pages > 1 else 1
    table = table.iloc[(number - 1) * ROWS : number * ROWS]
    _editor(page, plan, table)
    if desk.locks.locked or desk.locks.fixed:
        st.button(page.say("hours.unlock_all"), key="hours_unlock", type="tertiary", on_click=data.unlock_all, args=(page,))


def _editor(page: Page, plan: HoursPlan, table: pd.DataFrame) -> None:
    keys = table["client_key"].tolist()
    held = plan.pooled
    fixed = data.fixed(page)
    measure = page.plain(f"measure.{plan.measure}")
    shown = pd.DataFrame(
        {
            "locked": table["locked"].to_numpy(),
            "client": table["client"].to_numpy(),
            "segment": [page.plain(f"segment.{code}.letter") for code in table["segment"]],
            "before": table["hours_before"].round(2).to_numpy(),
            "after": table["hours_after"].round(2).to_numpy(),
            "change": table["change"].round(2).to_numpy(),
            "passes": [page.plain(f"hours.passes.{code}") for code in table["passes"]],
            "contacts": table["contacts_a_quarter"].to_numpy(),
            "gain": table["gain"].round().to_numpy(),
            "manager": table["manager"].to_numpy(),
            **({"new_manager": table["new_manager"].to_numpy(), "fixed": [key in fixed for key in keys]} if held else {}),
            "binding": [page.plain(f"hours.binding.{code}", measure=measure) if code else "" for code in table["binding"]],
            "flips": [page.plain("hours.yes") if flips else "" for flips in table["flips"]],
        }
    )
    config = st.column_config
    key = f"hours_clients_{st.session_state.get(_GENERATION, 0)}"
    ticks = ["locked", "fixed"] if held else ["locked"]
    edited = st.data_editor(
        shown,
        key=key,
        hide_index=True,
        placeholder="",
        height=430,
        disabled=[name for name in shown if name not in ticks],
        column_config={
            "locked": config.CheckboxColumn(
                page.plain("hours.column.locked"), pinned=True, width=95, help=page.plain("hours.column.locked.help")
            ),
            "client": config.TextColumn(page.plain("column.client"), pinned=True, width=230),
            "segment": config.TextColumn(page.plain("column.segment"), width="small"),
            "before": config.NumberColumn(page.plain("hours.column.before"), format="localized", step=0.01),
            "after": config.NumberColumn(page.plain("hours.column.after"), format="localized", step=0.01),
            "change": config.NumberColumn(page.plain("hours.column.change"), format="localized", step=0.01),
            "contacts": config.NumberColumn(page.plain("hours.column.contacts"), format="localized", step=1),
            "gain": config.NumberColumn(page.plain("hours.column.gain"), format="localized", step=1),
            "passes": config.TextColumn(page.plain("hours.column.passes")),
            "manager": config.TextColumn(page.plain("column.manager")),
            "new_manager": config.TextColumn(page.plain("hours.column.new_manager")),
            "fixed": config.CheckboxColumn(page.plain("hours.column.fixed"), help=page.plain("hours.column.fixed.help")),
            "binding": config.TextColumn(page.plain("hours.column.binding")),
            "flips": config.TextColumn(page.plain("hours.column.flips"), help=page.plain("hours.column.flips.help")),
        },
    )
    for name in ticks:
        for row in (edited[name] != shown[name]).to_numpy().nonzero()[0]:
            data.lock(page, keys[row], bool(edited[name].iloc[row]), name=name)
    if not edited[ticks].equals(shown[ticks]):
        st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1
        st.rerun()
