"""Columns of the file that nobody mapped and that never change within a client: chosen here, shown in lists and workbooks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from sbyt_core.sales.identity.decisions import Decision, merges_of
from sbyt_core.ui import cached
from sbyt_core.ui.page import Page

SETTINGS = "client_columns"  # settings document: the headers chosen
BEFORE = "attribute "  # begins the name of such a column in a list, so that none is taken for one of ours
_PICKER = "client_attributes"


def chosen(page: Page) -> pd.DataFrame | None:
    """client_key and the attributes that were chosen, one row a client; None where none were."""
    value = page.store.settings(page.project.id, SETTINGS).value  # type: ignore[union-attr]
    if not value:
        return None
    found = cached.sales(page.store, page.data).attributes  # type: ignore[arg-type]
    names = [name for name in value if name in found.columns and name != "client_key"]
    return found[["client_key", *names]] if names else None


def picker(page: Page, held: pd.DataFrame | None, decisions: Sequence[Decision]) -> None:
    """The choice of columns; nothing where the file has none to choose. held: what was chosen; decisions: on who is one client."""
    found = cached.as_read(page.store, page.data, merges_of(decisions)).attributes  # type: ignore[arg-type]
    names = [name for name in found.columns if name != "client_key"]
    if not names:
        return
    st.multiselect(
        page.say("attributes.label"),
        names,
        default=[] if held is None else list(held.columns[1:]),
        key=_PICKER,
        placeholder=page.plain("attributes.none"),
        on_change=_keep,
        args=(page,),
    )


def beside(held: pd.DataFrame | None, keys: Sequence[str]) -> dict[str, pd.Series]:
    """The attributes of these clients in their order, each column under `BEFORE` and its header."""
    if held is None:
        return {}
    known = held.drop_duplicates("client_key").set_index("client_key").reindex(keys)
    return {f"{BEFORE}{name}": known[name] for name in known.columns}


def columns(held: pd.DataFrame | None) -> dict[str, Any]:
    """How a table shows them."""
    return {} if held is None else {f"{BEFORE}{name}": st.column_config.TextColumn(name) for name in held.columns[1:]}


def _keep(page: Page) -> None:
    project = page.project.id  # type: ignore[union-attr]
    version = page.store.settings(project, SETTINGS).version
    page.store.save_settings(project, SETTINGS, json.dumps(st.session_state[_PICKER], ensure_ascii=False), expected_version=version)
