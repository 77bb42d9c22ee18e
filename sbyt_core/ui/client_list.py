"""The list of clients under the picture: agreed or draft classes, filtered and searched; a row opens the passport."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from sbyt_core.segments import Segmentation
from sbyt_core.segments.model import SEGMENTS, STATES, TAGS
from sbyt_core.ui import attributes, evidence, list_filters, picking
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


def show(page: Page, work: Workspace, draft: Segmentation) -> Segmentation:
    """The filters and the table; gives the segmentation that the list shows."""
    result = _chosen(page, work, draft)
    places = list_filters.narrowed(page, result)
    pages = max(1, -(-len(places) // PAGE_ROWS))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.caption(page.say("list.count", n=len(places)) + " " + page.say("list.open"))
        if len(places) < len(result.final):
            st.button(page.say("list.clear"), type="tertiary", key="list_clear", on_click=list_filters.clear)
        if pages > 1:
            places = list_filters.ordered(page, result, places)
    number = st.pagination(pages, key="list_page") if pages > 1 else 1
    shown = result.rows(places[(number - 1) * PAGE_ROWS : number * PAGE_ROWS])
    key, keys = picking.key("clients"), shown["client_key"].tolist()
    st.dataframe(
        pd.concat([_table(page, shown, evidence.on_the_border(result)), attributes.beside(work.beside, shown)], axis=1),
        key=key,
        hide_index=True,
        on_select=lambda: picking.pick_row(key, keys),
        selection_mode="single-row",
        column_config={**_columns(page, result), **attributes.columns(work.beside)},
        height=460,
    )
    attributes.picker(page, work.beside)
    return result


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


def _table(page: Page, rows: pd.DataFrame, border: frozenset[str]) -> pd.DataFrame:
    table = rows.reindex(columns=_shown(rows, border)).copy()
    for name in ("segment", "computed"):
        if name in table:
            table[name] = rows[name].map({code: page.plain(f"segment.{code}.letter") for code in SEGMENTS})
    table["state"] = rows["state"].map({code: page.plain(f"state.{code}") for code in STATES})
    if "tags" in table:
        words = {tag: page.plain(f"tag.{tag}") for tag in TAGS}
        mark = page.plain("list.on_the_border")
        table["tags"] = [
            ", ".join([words[tag] for tag in tags.split(",") if tag] + [mark] * (key in border))
            for tags, key in zip(rows["tags"].fillna(""), rows["client_key"], strict=True)
        ]
    return table


def _shown(rows: pd.DataFrame, border: frozenset[str]) -> list[str]:
    """Columns that hold something; the computed class only where a person decided otherwise."""
    tagged = bool(border) or rows["tags"].fillna("").ne("").any()
    kept = []
    for name in COLUMNS:
        there = {"computed": rows["overridden"].any(), "tags": tagged}.get(name, rows[name].notna().any())
        if there or name in ("client", "segment", "state", "value"):
            kept.append(name)
    return kept


def _columns(page: Page, result: Segmentation) -> dict[str, Any]:
    config = st.column_config
    day = "DD.MM.YYYY" if page.plain.lang == "ru" else "D MMM YYYY"
    return {
        "client": config.TextColumn(page.plain("column.client"), pinned=True, width=260),
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
