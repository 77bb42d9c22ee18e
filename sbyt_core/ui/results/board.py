"""The board: every figure that is known before, after, and how it changed; of the company or of one figure by group."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sbyt_core.reports.owner.chapters import board_head, board_rows, figures_for
from sbyt_core.results.findings import Findings
from sbyt_core.results.kpis import GROUPS, KPIS
from sbyt_core.ui.page import Page
from sbyt_core.ui.results.data import Results

WHOLE = "company"
BY_GROUP = ("revenue", "profit", "net_profit", "margin", "active_clients", "documents", "average_document", "returns_share")


def show(page: Page, found: Results) -> None:
    """The choice of the group and the table."""
    outcome = found.outcome
    groups = [WHOLE, *(group for group in GROUPS if outcome.by[group]["group"].notna().any())]
    said = Findings(outcome, page.plain, page.currency)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        group = st.segmented_control(
            page.say("results.board.by"),
            groups,
            default=WHOLE,
            required=True,
            format_func=lambda code: page.plain(f"results.board.{code}"),
            key="results_group",
            persist_state="session",
        )
        if group != WHOLE and group in groups:
            known = [code for code in BY_GROUP if _known(outcome.by[group], code)]
            code = st.selectbox(
                page.say("owner.figure"),
                known,
                format_func=lambda one: page.plain(f"kpi.{one}"),
                key="results_figure",
                persist_state="session",
            )
    if group == WHOLE or group not in groups:
        rows = pd.DataFrame(board_rows(said, figures_for(said, list(KPIS))), columns=pd.Index(board_head(said)))
    else:
        rows = _by_group(page, said, found, group, code)
    right = {name: st.column_config.TextColumn(name, alignment="right") for name in rows.columns[1:]}
    st.dataframe(rows, hide_index=True, key=f"results_board_{group}", column_config=right, height=min(38 + 35 * len(rows), 640))


def _known(rows: pd.DataFrame, code: str) -> bool:
    return bool(rows.loc[rows["code"] == code, ["before", "after"]].notna().any(axis=None))


def _by_group(page: Page, said: Findings, found: Results, group: str, code: str) -> pd.DataFrame:
    rows = found.outcome.by[group]
    rows = rows[rows["code"] == code]
    head = list(board_head(said))
    head[0] = page.plain(f"owner.group.{group}")
    names = {"month": page.plain.month, "segment": lambda key: page.plain(f"owner.segment.{key}")}.get(group, str)
    table = [
        (names(row.group), said.figure(code, row.before), said.figure(code, row.after), said.change(code, row.change))
        for row in rows.itertuples()
    ]
    return pd.DataFrame(table, columns=pd.Index(head))
