"""The list of clients under the picture: filtered by segment, state, manager and name; a row opens the passport."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from sbyt_core.clients import ClientTable
from sbyt_core.segments import Segmentation
from sbyt_core.ui import passport
from sbyt_core.ui.page import Page

PAGE_ROWS = 500  # rows sent to the browser at once
COLUMNS = ("client", "segment", "state", "tags", "manager", "branch", "value", "revenue", "documents", "last_purchase")
_GENERATION = "_list_generation"  # a new one clears the selection when a passport is closed


def show(page: Page, clients: ClientTable, result: Segmentation) -> None:
    """Filters, the table and the passport of the row that was chosen."""
    rows = _filtered(page, result.frame)
    st.caption(page.say("list.count", n=len(rows)) + " " + page.say("list.open"))
    pages = max(1, -(-len(rows) // PAGE_ROWS))
    number = st.pagination(pages, key="list_page") if pages > 1 else 1
    shown = rows.iloc[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    key = f"clients_{st.session_state.setdefault(_GENERATION, 0)}"
    st.dataframe(
        _table(page, shown, result),
        key=key,
        hide_index=True,
        on_select=lambda: _chosen(key, shown),
        selection_mode="single-row",
        column_config=_columns(page, result),
        height=460,
    )
    chosen = st.session_state.pop(_PICKED, None)
    if chosen is not None:
        passport.drawer(page, clients, result, chosen, on_close=_close)


_PICKED = "_picked_client"


def _chosen(key: str, shown: pd.DataFrame) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        st.session_state[_PICKED] = shown["client_key"].iloc[rows[0]]


def _close() -> None:
    st.session_state[_GENERATION] += 1


def _filtered(page: Page, frame: pd.DataFrame) -> pd.DataFrame:
    columns = st.columns([2, 2, 2, 3])
    segments = columns[0].multiselect(
        page.say("list.segment"),
        [code for code in ("A", "B", "C", "new") if (frame["segment"] == code).any()],
        format_func=lambda code: page.plain(f"segment.{code}.letter"),
        key="list_segment",
        placeholder=page.plain("list.all"),
        persist_state="session",
    )
    states = columns[1].multiselect(
        page.say("list.state"),
        [code for code in frame["state"].unique() if code],
        format_func=lambda code: page.plain(f"state.{code}"),
        key="list_state",
        placeholder=page.plain("list.all"),
        persist_state="session",
    )
    managers = columns[2].multiselect(
        page.say("list.manager"),
        sorted(frame["manager"].dropna().unique()),
        key="list_manager",
        placeholder=page.plain("list.all"),
        persist_state="session",
    )
    wanted = columns[3].text_input(
        page.say("list.search"),
        key="list_search",
        type="search",
        live="300ms",
        persist_state="session",
        placeholder=page.plain("list.search.hint"),
    )
    keep = pd.Series(True, index=frame.index)
    if segments:
        keep &= frame["segment"].isin(segments)
    if states:
        keep &= frame["state"].isin(states)
    if managers:
        keep &= frame["manager"].isin(managers)
    if wanted.strip():
        needle = wanted.strip().casefold()
        for_name = frame["client"].fillna("").str.casefold().str.contains(needle, regex=False)
        keep &= for_name | frame["client_code"].fillna("").str.contains(needle, regex=False)
    return frame[keep]


def _table(page: Page, rows: pd.DataFrame, result: Segmentation) -> pd.DataFrame:
    table = rows.reindex(columns=_shown(rows)).copy()
    table["segment"] = [page.plain(f"segment.{code}.letter") for code in rows["segment"]]
    table["state"] = [page.plain(f"state.{code}") for code in rows["state"]]
    table["tags"] = [", ".join(page.plain(f"tag.{tag}") for tag in tags.split(",") if tag) for tags in rows["tags"].fillna("")]
    return table


def _shown(rows: pd.DataFrame) -> list[str]:
    """Columns that hold something."""
    return [name for name in COLUMNS if name in ("client", "segment", "value") or rows[name].notna().any()]


def _columns(page: Page, result: Segmentation) -> dict[str, Any]:
    config = st.column_config
    return {
        "client": config.TextColumn(page.plain("column.client"), pinned=True, width="large"),
        "segment": config.TextColumn(page.plain("column.segment"), width="small"),
        "state": config.TextColumn(page.plain("column.state"), width="small"),
        "tags": config.TextColumn(page.plain("column.tags")),
        "manager": config.TextColumn(page.plain("column.manager")),
        "branch": config.TextColumn(page.plain("column.branch")),
        "value": config.NumberColumn(page.plain.capital(page.plain(f"measure.{result.measure}")), format="localized", step=1),
        "revenue": config.NumberColumn(page.plain("column.revenue"), format="localized", step=1),
        "documents": config.NumberColumn(page.plain("column.documents"), format="localized", step=1),
        "last_purchase": config.DateColumn(
            page.plain("column.last_purchase"), format="DD.MM.YYYY" if page.plain.lang == "ru" else "D MMM YYYY"
        ),
    }
