"""The list of clients under the picture: agreed or draft classes, filtered and searched; a row opens the passport."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import streamlit as st

from sbyt_core.segments import Segmentation
from sbyt_core.segments.model import SEGMENTS, STATES, TAGS
from sbyt_core.segments.ranking import MEASURE_COLUMNS
from sbyt_core.segments.tags import TAG_TEXTS
from sbyt_core.ui import attributes, list_filters, picking
from sbyt_core.ui.page import Page
from sbyt_core.ui.segments import evidence
from sbyt_core.ui.workspace import Workspace

ONE_PAGE = 500  # clients that stand on one page, where a click on a header sorts them all
PAGE_ROWS = 100  # clients on each of several pages: what is read between two moves of a slider
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
SMALL, NUMBERS, DAYS = ("segment", "computed", "state"), ("revenue", "documents"), ("last_purchase", "next_purchase")
ALWAYS = ("client", "segment", "state", "value")  # shown even where nothing is known of it


def show(page: Page, work: Workspace, draft: Segmentation) -> Segmentation:
    """The filters and the table; gives the segmentation that the list shows."""
    result = _chosen(page, work, draft)
    places = list_filters.narrowed(page, result)
    pages = 1 if len(places) <= ONE_PAGE else -(-len(places) // PAGE_ROWS)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.caption(page.say("list.count", n=len(places)) + " " + page.say("list.open"))
        if len(places) < len(result.final):
            st.button(page.say("list.clear"), type="tertiary", key="list_clear", on_click=list_filters.clear)
        if pages > 1:
            places = list_filters.ordered(page, result, places)
    number = st.pagination(pages, key="list_page") if pages > 1 else 1
    at = places if pages == 1 else places[(number - 1) * PAGE_ROWS : number * PAGE_ROWS]
    table = _table(page, result, at, evidence.on_the_border(result))
    key, keys = picking.key("clients"), _text(result, "client_key", at).to_pylist()
    for name, values in attributes.beside(work.beside, keys).items():
        table[name] = pa.array(values, from_pandas=True)
    st.dataframe(
        pa.table(table),
        key=key,
        hide_index=True,
        on_select=lambda: picking.pick_row(key, keys),
        selection_mode="single-row",
        column_config={**_columns(page, result, tuple(table)), **attributes.columns(work.beside)},
        height=460,
    )
    attributes.picker(page, work.beside, work.decisions)
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


def _table(page: Page, result: Segmentation, places: np.ndarray, border: frozenset[str]) -> dict[str, pa.Array]:
    """The columns of `COLUMNS` that hold something for these clients; the computed class only where a person decided otherwise."""
    letters = [page.plain(f"segment.{code}.letter") for code in SEGMENTS]
    facts, final, computed = result.ranking.facts, result.final[places], result.computed[places]
    made: dict[str, pa.Array] = {
        "segment": _words(letters, final),
        "state": _words([page.plain(f"state.{code}") for code in STATES], result.state_codes[places]),
        "next_purchase": pa.array(result.next_purchase(places)),
    }
    if (final != computed).any():
        made["computed"] = _words(letters, computed)
    tags = _tags(page, result, places, border)
    if any(tags):
        made["tags"] = pa.array(tags)
    for name in ("client", "manager", "branch"):
        made[name] = _text(result, name, places)
    for name in ("documents", "last_purchase"):
        made[name] = pa.array(facts[name].to_numpy()[places], from_pandas=True)
    for name, column in (("revenue", "revenue"), ("value", MEASURE_COLUMNS[result.measure])):
        made[name] = pa.array(facts[column].to_numpy(dtype="float64")[places].round(), from_pandas=True)  # the table itself cuts
    return {name: made[name] for name in COLUMNS if name in made and (name in ALWAYS or made[name].null_count < len(places))}


def _words(words: Sequence[str], codes: np.ndarray) -> pa.Array:
    return pa.array(words).take(pa.array(codes))


def _text(result: Segmentation, name: str, places: np.ndarray) -> pa.Array:
    """A text column of these clients."""
    return pa.array(result.ranking.facts[name].array.take(places), type=pa.string(), from_pandas=True)


def _tags(page: Page, result: Segmentation, places: np.ndarray, border: frozenset[str]) -> list[str]:
    """Tags in words, and the mark of those whose class is on the border."""
    words = {tag: page.plain(f"tag.{tag}") for tag in TAGS}
    said = [", ".join(words[tag] for tag in text.split(",") if tag) for text in TAG_TEXTS]
    tags = [said[mask] for mask in result.tag_mask[places].tolist()]
    if border:
        mark = page.plain("list.on_the_border")
        for row, key in enumerate(_text(result, "client_key", places).to_pylist()):
            if key in border:
                tags[row] = f"{tags[row]}, {mark}" if tags[row] else mark
    return tags


def _columns(page: Page, result: Segmentation, shown: tuple[str, ...]) -> dict[str, Any]:
    config = st.column_config
    day = "DD.MM.YYYY" if page.plain.lang == "ru" else "D MMM YYYY"
    known = {
        "client": config.TextColumn(page.plain("column.client"), pinned=True, width=260),
        "value": config.NumberColumn(page.plain.capital(page.plain(f"measure.{result.measure}")), format="localized", step=1),
    }
    for name in shown:
        if name in SMALL:
            known[name] = config.TextColumn(page.plain(f"column.{name}"), width="small")
        elif name in NUMBERS:
            known[name] = config.NumberColumn(page.plain(f"column.{name}"), format="localized", step=1)
        elif name in DAYS:
            known[name] = config.DateColumn(page.plain(f"column.{name}"), format=day)
        elif name in COLUMNS and name not in known:
            known[name] = config.TextColumn(page.plain(f"column.{name}"))
    return known
