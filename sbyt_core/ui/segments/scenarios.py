"""Scenarios: criteria pinned under a name, put back, renamed, deleted, and compared side by side with who moves by name."""

from __future__ import annotations

import json
from dataclasses import asdict

import pandas as pd
import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.segments import Criteria, Segmentation, moved_clients
from sbyt_core.ui import drafts, frame, language
from sbyt_core.ui.page import Page
from sbyt_core.ui.segments import share
from sbyt_core.ui.workspace import Workspace

KIND = "scenario"
PIN = "scenarios_pin"  # whether the box for pinning stands open; it closes once a scenario is kept
MAX_NAME = 60
NAMES_SHOWN = 200  # moved clients in the table; the workbook has all


def bar(page: Page, work: Workspace, now: Segmentation) -> None:
    """Pin the criteria, hand them on as a link, and choose pinned ones to compare with."""
    kept = _kept(page)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pin = st.popover(page.say("scenarios.pin"), icon=":material/keep:", key=PIN, on_change="rerun")
        if pin.open:
            with pin:
                _pin(page, now.criteria)
        if kept:
            manage = st.popover(page.say("scenarios.manage"), key="scenarios_manage", on_change="rerun")
            if manage.open:
                with manage:
                    _manage(page, kept)
        share.button(page, now.criteria)
    if kept:
        chosen = st.pills(
            page.say("scenarios.compare"),
            list(kept),
            selection_mode="multi",
            key="scenarios_compared",
            persist_state="session",
            help=page.say("scenarios.compare.help"),
        )
        if chosen:
            _compare(page, work, now, {name: kept[name] for name in chosen if name in kept})


def _kept(page: Page) -> dict[str, Criteria]:
    found = {}
    for document in page.store.documents(page.project.id, KIND):  # type: ignore[union-attr]
        try:
            found[document.name] = Criteria().with_(document.value)
        except (SbytError, TypeError):  # written by a newer program
            continue
    return found


def _pin(page: Page, criteria: Criteria) -> None:
    with st.form("pin_form", border=False, clear_on_submit=True):
        name = st.text_input(page.say("scenarios.name"), max_chars=MAX_NAME, key="scenario_new")
        sent = st.form_submit_button(page.say("scenarios.keep"), type="primary", on_click=lambda: _keep(page, criteria))
    if sent and not name.strip():
        st.error(page.say("scenarios.no_name"))


def _keep(page: Page, criteria: Criteria) -> None:
    name = st.session_state["scenario_new"].strip()
    if name and frame.attempt(lambda: _save(page, name, criteria)):
        st.session_state[PIN] = False


def _save(page: Page, name: str, criteria: Criteria) -> None:
    project = page.project.id  # type: ignore[union-attr]
    version = page.store.document(project, KIND, name).version
    page.store.save_document(project, KIND, json.dumps(asdict(criteria)), expected_version=version, name=name)


def _drop(page: Page, name: str) -> None:
    project = page.project.id  # type: ignore[union-attr]
    page.store.drop_document(project, KIND, name, expected_version=page.store.document(project, KIND, name).version)


def _manage(page: Page, kept: dict[str, Criteria]) -> None:
    name = st.selectbox(page.say("scenarios.which"), list(kept), key="scenario_managed")
    st.button(page.say("scenarios.take"), key="scenario_take", on_click=lambda: drafts.set_criteria(page, kept[name]))
    new = st.text_input(page.say("scenarios.rename.to"), value=name, key=f"scenario_name_{name}", max_chars=MAX_NAME)
    if st.button(page.say("scenarios.rename"), key="scenario_rename", disabled=not new.strip() or new.strip() == name):
        if new.strip() in kept:
            frame.fault(SbytError("name_taken", name=new.strip()))
        else:
            _save(page, new.strip(), kept[name])
            _drop(page, name)
            st.rerun()
    if st.button(page.say("scenarios.delete"), key="scenario_delete"):
        _drop(page, name)
        st.rerun()


def _compare(page: Page, work: Workspace, now: Segmentation, chosen: dict[str, Criteria]) -> None:
    results = {page.plain("scenarios.now"): now}
    for name, criteria in chosen.items():
        try:
            results[name] = work.segmentation(criteria)
        except SbytError as error:
            frame.fault(error)
    st.dataframe(
        pd.DataFrame({name: _figures(page, one) for name, one in results.items()}).reset_index(names=page.plain("scenarios.figure")),
        hide_index=True,
        key="scenarios_table",
    )
    for name, other in list(results.items())[1:]:
        moved = moved_clients(other, now)
        st.markdown(page.say("scenarios.moved", n=len(moved), name=name))
        if len(moved):
            table = moved.head(NAMES_SHOWN)[["client", "before", "after", "value"]]
            st.dataframe(
                table.assign(value=[page.money(value) for value in table["value"]]),
                hide_index=True,
                key=f"moved_{name}",
                height=min(250, 38 + 35 * len(table)),
                column_config={
                    "client": page.plain("column.client"),
                    "before": language.escape(name),
                    "after": page.plain("scenarios.now"),
                    "value": page.plain.capital(page.plain(f"measure.{now.measure}")),
                },
            )


def _figures(page: Page, one: Segmentation) -> dict[str, str]:
    """What is compared, each figure as a text of the language."""
    figures = {}
    for code in ("A", "B", "C"):
        row = one.summary.loc[code]
        figures[page.plain("scenarios.clients", segment=code)] = (
            f"{page.plain.num(int(row['clients']))} ({page.plain.percent(row['clients_share'])})"
        )
        figures[page.plain("scenarios.value", segment=code)] = page.money(float(row["value"]))
    figures[page.plain("scenarios.moved_by_guards")] = page.plain.num(sum(guard.moved for guard in one.guards))
    return figures
