"""The first page: companies as cards, and three ways in – the sample, an own file, a company kept as a file."""

from __future__ import annotations

import streamlit as st

from sbyt_core.clients import client_table
from sbyt_core.errors import SbytError
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.segments import Segmentation, segment
from sbyt_core.store import Project
from sbyt_core.ui import archive, exports, frame, intake, language, navigation
from sbyt_core.ui.page import Page, open_project
from sbyt_core.ui.segments.whale import whale
from sbyt_core.ui.workspace import frozen

PER_ROW = 3
STEPS = ("data", "segments", "strategies", "card", "practice", "results")
_NAME = "new_company"
_FILE = "project_file"


def companies(page: Page) -> None:
    """The companies of this store, last opened first."""
    projects = page.store.projects()
    for start in range(0, len(projects), PER_ROW):
        for column, project in zip(st.columns(PER_ROW), projects[start : start + PER_ROW], strict=False):
            with column.container(border=True, height="stretch"):
                _card(page, project, last=project == projects[0])


def ways_in(page: Page, *, first: bool) -> None:
    """Sample, own file, kept company; first: nothing is there yet, so the sample is the step to take."""
    sample, own, kept = st.columns(3)
    with sample.container(border=True, height="stretch"):
        st.markdown(f"**{page.say('start.sample.title')}**")
        st.caption(page.say("start.sample.text"))
        if st.button(page.say("start.sample.action"), type="primary" if first else "secondary", key="open_sample"):
            intake.show_sample(page, "segments")
    with own.container(border=True, height="stretch"):
        st.markdown(f"**{page.say('start.own.title')}**")
        st.caption(page.say("start.own.text"))
        with st.form("company", border=False, clear_on_submit=False):
            name = st.text_input(page.say("start.own.name"), key=_NAME, max_chars=120)
            if st.form_submit_button(page.say("start.own.action")):
                _new_company(page, name)
    with kept.container(border=True, height="stretch"):
        st.markdown(f"**{page.say('start.kept.title')}**")
        st.caption(page.say("start.kept.text"))
        file = st.file_uploader(page.say("start.kept.file"), key=_FILE, label_visibility="collapsed")
        if file is not None and st.button(page.say("start.kept.action"), key="open_kept"):
            _import(page, file.getvalue())


def what_comes_out(page: Page) -> None:
    """What the work leads to: its stages in a line each, and the picture of the sample."""
    for start in range(0, len(STEPS), PER_ROW):
        for column, step in zip(st.columns(PER_ROW), STEPS[start : start + PER_ROW], strict=True):
            column.markdown(f"**{page.say(f'start.step.{step}')}**  \n{page.say(f'start.step.{step}.text')}")
    whale(page, _sample(), opens=False)
    st.caption(page.say("start.picture"))


def _card(page: Page, project: Project, *, last: bool) -> None:
    """One company. last: it was opened last, so going on with it is the step to take."""
    st.markdown(f"**{language.escape(project.name)}**")
    data = project.data
    if data is None:
        st.caption(page.say("start.card.no_data"))
    else:
        period = f"{page.plain.month(data.period_start)} – {page.plain.month(data.period_end)}"
        st.caption(f"{page.say('words.clients', n=data.n_clients)} · {language.escape(page.plain.money(data.revenue, project.currency))}")
        st.caption(f"{language.escape(data.name)} · {period}")
        st.caption(_shares(page, project))
    st.caption(page.say("start.card.opened", day=project.opened_at.date()))
    with st.container(horizontal=True):
        if st.button(page.say("start.card.open"), type="primary" if last else "secondary", key=f"open_{project.id}"):
            open_project(project.id, touch=page.store)
            st.switch_page(navigation.path_of("segments" if data else "data"))
        if page.store.may(project.id, "export"):
            st.download_button(
                page.say("start.card.save"),
                data=lambda: page.store.export_project(project.id),
                file_name=exports.file_name(page, project, "company", "zip"),
                mime="application/zip",
                on_click="ignore",
                key=f"save_{project.id}",
            )
        archive.change(page, project)


def _shares(page: Page, project: Project) -> str:
    """How the clients part by the agreed criteria, or that nothing is agreed yet."""
    version = page.store.approved_version(project.id)
    if version is None or version.classes_sha256 is None:
        return page.say("start.card.no_criteria")
    summary = frozen(page, version).summary
    return page.say(
        "start.card.shares", **{code.lower(): page.plain.percent(summary.loc[code, "clients_share"]) for code in ("A", "B", "C")}
    )


@st.cache_resource(show_spinner=False)
def _sample() -> Segmentation:
    return segment(client_table(reading_service().read(intake.SAMPLE.read_bytes(), name=intake.SAMPLE.name)))


def _new_company(page: Page, name: str) -> None:
    try:
        project = page.store.create_project(name, lang=page.plain.lang)
    except SbytError as error:
        frame.fault(error)
        return
    open_project(project.id)
    st.switch_page(navigation.path_of("data"))


def _import(page: Page, content: bytes) -> None:
    try:
        project = page.store.import_project(content)
    except SbytError as error:
        frame.fault(error)
        return
    open_project(project.id)
    st.switch_page(navigation.path_of("segments"))
