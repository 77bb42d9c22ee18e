"""The file of client facts on screen: dropped, what was found in it, the rows without their client, the template."""

from __future__ import annotations

import streamlit as st

from sbyt_core.clients.cost_words import cost_problem, why_unmatched
from sbyt_core.clients.fact_columns import FACTS, WHO
from sbyt_core.errors import SbytError
from sbyt_core.reports.service.facts_template import facts_template
from sbyt_core.ui import exports, frame, language, service
from sbyt_core.ui.data.upload import MAX_MEGABYTES
from sbyt_core.ui.number_field import parse_number, write_number
from sbyt_core.ui.page import Page
from sbyt_core.ui.service import Service

KINDS = ["xlsx", "xlsm", "xlsb", "xls", "ods", "csv", "txt", "html", "xml"]
LISTED = 300  # rows without a client on screen; the workbook has all
_GENERATION = "_facts_generation"


def show(page: Page, now: Service) -> None:
    """What the file holds, or how to bring one."""
    st.subheader(page.say("cost.facts.title"), anchor=False)
    if now.fault is not None:
        frame.fault(now.fault)
    if now.file is None:
        st.markdown(page.say("cost.facts.none"))
    elif now.facts is not None:
        known = ", ".join(page.plain(f"client_fact.{fact}").lower() for fact in now.facts.known())
        st.markdown(
            page.say(
                "cost.facts.read",
                name=now.file.name,
                n=now.facts.rows,
                matched=now.facts.matched,
                known=known or page.plain("cost.facts.nothing"),
            )
        )
        for problem in now.facts.problems:
            st.caption(language.escape(cost_problem(page.plain, problem)))
        _unmatched(page, now)
        _months(page, now)
    if now.file is not None:
        _columns(page, now)
    _drop(page)
    with st.container(horizontal=True):
        _template(page, now)
        if now.file is not None:
            st.button(page.say("cost.facts.remove"), on_click=lambda: page.store.drop_facts_file(page.project.id), key="facts_remove")  # type: ignore[union-attr]


def _columns(page: Page, now: Service) -> None:
    """Which column holds what: as the program told it, or as the user says."""
    file = now.file
    if file is None:
        return
    try:
        headers = service.headers(page, file)
    except SbytError:  # told above
        return
    told = dict(now.facts.columns) if now.facts is not None else {}
    with (
        st.expander(page.say("cost.facts.columns"), expanded=now.fault is not None, key="facts_columns"),
        st.form("facts_columns_form", border=False),
    ):
        st.caption(page.say("cost.facts.columns.text"))
        chosen = {
            role: st.selectbox(
                page.plain(f"client_fact.{role}"),
                ["", *headers],
                index=(["", *headers].index(told[role]) if role in told else 0),
                format_func=lambda header: header or page.plain("cost.facts.columns.none"),
                key=f"fact_column_{role}_{file.file_sha256[:8]}",
            )
            for role in (*WHO, *FACTS)
        }
        if st.form_submit_button(page.say("cost.facts.columns.take")):
            page.store.read_facts_file_as(page.project.id, mapping=chosen)  # type: ignore[union-attr]
            st.rerun()


def _drop(page: Page) -> None:
    generation = st.session_state.setdefault(_GENERATION, 0)
    dropped = st.file_uploader(
        page.say("cost.facts.drop"),
        type=KINDS,
        key=f"facts_{generation}",
        max_upload_size=MAX_MEGABYTES,
        help=page.say("cost.facts.drop.help"),
    )
    if dropped is None:
        return
    try:
        with st.spinner(page.say("cost.facts.reading")):
            service.put_file(page, dropped.name, dropped.getvalue())
    except SbytError as fault:
        frame.fault(fault)
        return
    st.session_state[_GENERATION] += 1
    st.rerun()


def _unmatched(page: Page, now: Service) -> None:
    rows = now.facts.unmatched  # type: ignore[union-attr]
    if rows.empty:
        return
    shown = rows.head(LISTED)
    st.dataframe(
        {
            page.plain("cost.facts.row"): shown["row"],
            page.plain("column.client"): shown["client"],
            page.plain("cost.facts.code"): shown["client_code"],
            page.plain("cost.facts.why"): [
                page.plain.capital(why_unmatched(page.plain, why, candidates))
                for why, candidates in zip(shown["why"], shown["candidates"], strict=True)
            ],
        },
        hide_index=True,
        key="facts_unmatched",
        height=min(220, 38 + 35 * len(shown)),
    )


def _months(page: Page, now: Service) -> None:
    kept = now.file.months  # type: ignore[union-attr]
    typed = st.text_input(
        page.say("cost.facts.months"), write_number(page, kept), key=f"facts_months_{kept:g}", help=page.say("cost.facts.months.help")
    )
    try:
        months = parse_number(typed)
        if months is not None and months != kept:
            page.store.read_facts_file_as(page.project.id, months=months)  # type: ignore[union-attr]
            st.rerun()
    except SbytError as fault:
        frame.fault(fault)
    except ValueError:
        st.error(page.say("field.not_a_number"))


def _template(page: Page, now: Service) -> None:
    lang, currency = page.plain.lang, page.currency
    clients = now.clients.frame[["client", "client_code", "revenue"]].copy()
    st.download_button(
        page.say("cost.facts.template"),
        data=lambda: facts_template(clients, lang=lang, currency=currency),
        file_name=exports.file_name(page, page.project, "facts", "xlsx"),
        mime=exports.XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="facts_template",
    )
