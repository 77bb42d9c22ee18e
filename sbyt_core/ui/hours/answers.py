"""Four questions about the main clients, asked in the room: what would each bring without contacts, with more, with as many as can be?

Answers stand in per cent of what the client brings now. A row that is left empty has no answer; one that is out of order is said with
its client, and what was typed stays.
"""

from __future__ import annotations

import math

import pandas as pd
import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.strategies import Answers
from sbyt_core.strategies.answers import EXAMPLE
from sbyt_core.ui import frame
from sbyt_core.ui.hours import data
from sbyt_core.ui.hours.data import Desk
from sbyt_core.ui.page import Page

TOP = 12  # clients on the form: an hour of talk
FIELDS = ("without", "half_more", "most")


def button(page: Page, desk: Desk) -> None:
    """The button that opens the form."""
    count = len(desk.answers.answers)
    label = page.say("answers.open.some", n=count) if count else page.say("answers.open")
    if st.button(label, key="answers_open", icon=":material/quiz:"):
        _form(page, desk)


def _form(page: Page, desk: Desk) -> None:
    @st.dialog(page.say("answers.title"), width="large")
    def show() -> None:
        st.markdown(page.say("answers.text"))
        without, half, most = (page.plain.percent(share) for share in EXAMPLE)
        st.caption(page.say("answers.example", without=without, half=half, most=most))
        rows = _rows(page, desk)
        config = st.column_config
        with st.form("answers_form", border=False):
            edited = st.data_editor(
                rows.drop(columns="client_key"),
                key="answers_table",
                hide_index=True,
                placeholder="",
                disabled=["client", "now"],
                column_config={
                    "client": config.TextColumn(page.plain("column.client"), width=230, pinned=True),
                    "without": config.NumberColumn(page.plain("answers.without"), step=0.01, format="localized"),
                    "now": config.NumberColumn(page.plain("answers.now"), format="localized"),
                    "half_more": config.NumberColumn(page.plain("answers.half_more"), step=0.01, format="localized"),
                    "most": config.NumberColumn(page.plain("answers.most"), step=0.01, format="localized"),
                },
            )
            sent = st.form_submit_button(page.say("answers.save"), type="primary")
        if sent:
            _take(page, rows, edited)

    show()


def _rows(page: Page, desk: Desk) -> pd.DataFrame:
    frame_ = desk.result.frame
    known = {one.client_key: one for one in desk.answers.answers}
    top = frame_[(frame_["segment"] == "A") | frame_["client_key"].isin(list(known))].head(max(TOP, len(known)))
    given = [known.get(key) for key in top["client_key"]]
    return pd.DataFrame(
        {
            "client_key": top["client_key"].to_numpy(),
            "client": top["client"].to_numpy(),
            "without": [None if one is None else 100 * one.without for one in given],
            "now": 100.0,
            "half_more": [None if one is None else 100 * one.half_more for one in given],
            "most": [None if one is None else 100 * one.most for one in given],
        }
    ).astype(dict.fromkeys(FIELDS, "float64"))


def _take(page: Page, rows: pd.DataFrame, edited: pd.DataFrame) -> None:
    made: list[Answers] = []
    faults: list[SbytError] = []
    for key, (_, row) in zip(rows["client_key"], edited.iterrows(), strict=True):
        without, half_more, most = (row[name] / 100 for name in FIELDS)
        if pd.isna(without) and pd.isna(half_more) and pd.isna(most):
            continue
        try:
            made.append(Answers(str(key), without, half_more, most, client=str(row["client"])))
        except SbytError as wrong:
            faults.append(wrong)
    for fault in faults:
        frame.fault(_in_per_cent(page, fault))
    if not faults:
        data.put_answers(page, tuple(made), frozenset(map(str, rows["client_key"])))
        st.toast(page.say("answers.saved"))
        st.rerun()


def _in_per_cent(page: Page, fault: SbytError) -> SbytError:
    """The fault with its shares written as they stand in the form."""
    shares = {name: _percent(page, value) if isinstance(value, float) else value for name, value in fault.params.items()}
    return SbytError(fault.code, **shares)


def _percent(page: Page, share: float) -> str:
    whole = not math.isfinite(share) or abs(100 * share - round(100 * share)) < 1e-6
    return page.plain.percent(share, 0 if whole else 1)
