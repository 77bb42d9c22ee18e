"""The list of clients under the picture: agreed or draft classes, filtered and searched; a row opens the passport."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from sbyt_core.segments import Segmentation
from sbyt_core.ui import attributes, picking
from sbyt_core.ui.page import Page
from sbyt_core.ui.workspace import Workspace

PAGE_ROWS = 500  # rows that leave the server at once
COLUMNS = (
    "client",
    "segment",
    "computed",
    "state",
    "tags",
    "manager",
    "branch",
    "value",
    "revenue",
    "documents",
    "last_purchase",
    "next_purchase",
)
FILTERS = ("segment", "state", "manager", "branch")


def show(page: Page, work: Workspace, draft: Segmentation) -> Segmentation:
    """The filters and the table; gives the segmentation that the list shows."""
    result = _chosen(page, work, draft)
    rows = _filtered(page, result.frame)
    st.caption(page.say("list.count", n=len(rows)) + " " + page.say("list.open"))
    pages = max(1, -(-len(rows) // PAGE_ROWS))
    number = st.pagination(pages, key="list_page") if pages > 1 else 1
    shown = rows.iloc[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    key, keys = picking.key("clients"), shown["client_key"].tolist()
    st.dataframe(
        pd.concat([_table(page, shown), attributes.beside(page, shown)], axis=1),
        key=key,
        hide_index=True,
        on_select=lambda: picking.pick_row(key, keys),
        selection_mode="single-row",
        column_config={**_columns(page, result), **attributes.columns(page)},
        height=460,
    )
    attributes.picker(page)
    return result


def filter_by_bar(bar: tuple[str, str] | None) -> None:
    """Show the clients of a segment and state."""
    if bar is not None:
        st.session_state["list_segment"], st.session_state["list_state"] = [bar[0]], [bar[1]]


def _chosen(page: Page, work: Workspace, draft: Segmentation) -> Segmentation:
    """The agreed segmentation, unless the draft is asked for; the draft before anything is agreed."""
    held = work.agreed
    if held is None:
        return draft
    choice = st.segmented_control(
        page.say("list.which"),
        ("agreed", "draft"),
        default="agreed",
        required=True,
        format_func=lambda code: page.plain(f"list.which.{code}"),
        key="list_which",
        help=page.say("list.which.help", name=held.version.name),
        persist_state="session",
    )
    return held.segmentation if choice == "agreed" else draft


def _filtered(page: Page, frame: pd.DataFrame) -> pd.DataFrame:
    keep = pd.Series(True, index=frame.index)
    names = [name for name in FILTERS if frame[name].notna().any()]
    *columns, last = st.columns([*[2] * len(names), 3])
    for column, name in zip(columns, names, strict=True):
        wanted = column.multiselect(
            page.say(f"list.{name}"),
            _options(frame, name),
            format_func=partial(_word, page, name),
            key=f"list_{name}",
            placeholder=page.plain("list.all"),
            persist_state="session",
        )
        if wanted:
            keep &= frame[name].isin(wanted)
    needle = last.text_input(
        page.say("list.search"),
        key="list_search",
        type="search",
        live="300ms",
        persist_state="session",
        placeholder=page.plain("list.search.hint"),
    )
    if frame["overridden"].any() and st.toggle(page.say("list.overridden"), key="list_overridden", persist_state="session"):
        keep &= frame["overridden"]
    if needle.strip():
        text = needle.strip().casefold()
        by_name = frame["client"].fillna("").str.casefold().str.contains(text, regex=False)
        keep &= by_name | frame["client_code"].fillna("").str.contains(text, regex=False)
    return frame[keep]


def _options(frame: pd.DataFrame, name: str) -> list[str]:
    there = set(frame[name].dropna().unique())
    if name == "segment":
        return [code for code in ("A", "B", "C", "new") if code in there]
    return sorted(there)


def _word(page: Page, name: str, code: str) -> str:
    if name == "segment":
        return page.plain(f"segment.{code}.letter")
    return page.plain(f"state.{code}") if name == "state" else code


def _table(page: Page, rows: pd.DataFrame) -> pd.DataFrame:
    table = rows.reindex(columns=_shown(rows)).copy()
    for name in ("segment", "computed"):
        if name in table:
            table[name] = [page.plain(f"segment.{code}.letter") for code in rows[name]]
    table["state"] = [page.plain(f"state.{code}") for code in rows["state"]]
    if "tags" in table:
        table["tags"] = [", ".join(page.plain(f"tag.{tag}") for tag in tags.split(",") if tag) for tags in rows["tags"].fillna("")]
    return table


def _shown(rows: pd.DataFrame) -> list[str]:
    """Columns that hold something; the computed class only where a person decided otherwise."""
    kept = []
    for name in COLUMNS:
        there = {"computed": rows["overridden"].any(), "tags": rows["tags"].fillna("").ne("").any()}.get(name, rows[name].notna().any())
        if there or name in ("client", "segment", "state", "value"):
            kept.append(name)
    return kept


def _columns(page: Page, result: Segmentation) -> dict[str, Any]:
    config = st.column_config
    day = "DD.MM.YYYY" if page.plain.lang == "ru" else "D MMM YYYY"
    return {
        "client": config.TextColumn(page.plain("column.client"), pinned=True, width="large"),
        "segment": config.TextColumn(page.plain("column.segment"), width="small"),
        "computed": config.TextColumn(page.plain("column.computed"), width="small"),
        "state": config.TextColumn(page.plain("column.state"), width="small"),
        "tags": config.TextColumn(page.plain("column.tags")),
        "manager": config.TextColumn(page.plain("column.manager")),
        "branch": config.TextColumn(page.plain("column.branch")),
        "value": config.NumberColumn(page.plain.capital(page.plain(f"measure.{result.measure}")), format="localized", step=1),
        "revenue": config.NumberColumn(page.plain("column.revenue"), format="localized", step=1),
        "documents": config.NumberColumn(page.plain("column.documents"), format="localized", step=1),
        "last_purchase": config.DateColumn(page.plain("column.last_purchase"), format=day),
        "next_purchase": config.DateColumn(page.plain("column.next_purchase"), format=day),
    }
