"""The data page below its head: what was read, what is asked, the mapping, and the drop zone for another file."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.sales.model import SalesData
from sbyt_core.ui import cached, data_check, frame, intake, mapping, questions, upload
from sbyt_core.ui.page import Page

_ASKED = "_read_again"  # mapping and answers that the next run reads the file with


def show(page: Page) -> None:
    """Everything about the current data set, or the drop zone alone."""
    if page.data is None:
        frame.finding(page.say("data.empty"))
        upload.drop_zone(page)
        st.caption(page.say("data.private"))
        _sample(page)
        return
    _read_again(page)
    sales = cached.sales(page.store, page.data)
    data_check.show(page, sales)
    questions.cards(page, sales.report.questions, lambda code, choice: _ask(page, sales, answers={code: choice}))
    frame.next_step(page.say("next.segments", n=int(sales.lines["client_key"].nunique())), "segments")
    st.subheader(page.say("data.columns"), anchor=False)
    data_check.preview(page, sales)
    mapping.table(page, sales.report, lambda wanted: _ask_and_rerun(page, sales, wanted))
    st.subheader(page.say("data.rows"), anchor=False)
    data_check.rows(page, sales)
    st.subheader(page.say("data.replace"), anchor=False)
    upload.drop_zone(page)


def _sample(page: Page) -> None:
    if st.button(page.say("start.sample.action"), key="data_sample"):
        try:
            intake.open_sample(page)
        except SbytError as error:
            frame.fault(error)
        else:
            st.rerun()


def _ask(page: Page, sales: SalesData, *, answers: Mapping[str, str] | None = None, columns: Mapping[str, str] | None = None) -> None:
    data = page.data
    st.session_state[_ASKED] = (
        dict(columns if columns is not None else data.mapping),  # type: ignore[union-attr]
        {**data.answers, **(answers or {})},  # type: ignore[union-attr]
    )


def _ask_and_rerun(page: Page, sales: SalesData, columns: Mapping[str, str]) -> None:
    _ask(page, sales, columns=columns)
    st.rerun()


def _read_again(page: Page) -> None:
    """Read the kept file with the mapping and answers that were asked for; on a fault the old reading stays."""
    asked = st.session_state.pop(_ASKED, None)
    if asked is None or page.data is None or page.project is None:
        return
    columns, answers = asked
    content = page.store.original(page.data.id)
    try:
        sales = intake.read(page, content, page.data.name, mapping=columns, answers=answers)
    except SbytError as error:
        frame.fault(error)
        return
    intake.keep(page, page.project, sales, content, columns, answers)
    st.rerun()
