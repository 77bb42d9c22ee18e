"""A company gets another name, is put away into the archive and comes back; nothing of it is ever deleted.

Only who may manage a company sees these. Where somebody else was faster, the store says so and the page shows what holds now.
"""

from __future__ import annotations

import streamlit as st

from sbyt_core.store import Project
from sbyt_core.ui import frame, language
from sbyt_core.ui.page import Page

MAX_NAME = 120


def change(page: Page, project: Project) -> None:
    """The small menu of a company: its name, and the way to the archive."""
    if not page.store.may(project.id, "manage"):
        return
    box = st.popover(page.say("archive.menu"), key=_menu(project), on_change="rerun")
    if box.open:
        with box:
            name = f"rename_{project.id}"
            with st.form(f"rename_form_{project.id}", border=False):
                st.text_input(page.say("start.own.name"), value=project.name, key=name, max_chars=MAX_NAME)
                st.form_submit_button(page.say("archive.rename"), on_click=lambda: _rename(page, project, st.session_state[name]))
            st.caption(page.say("archive.text"))
            st.button(page.say("archive.put"), key=f"archive_{project.id}", on_click=_put, args=(page, project))


def shelf(page: Page) -> None:
    """The companies that were put away, each with the way back; nothing where there are none."""
    away = page.store.projects(archived=True)
    if not away:
        return
    box = st.expander(page.say("archive.title", n=len(away)), key="archive_box", on_change="rerun", icon=":material/inventory_2:")
    if box.open:
        with box:
            for project in away:
                with st.container(horizontal=True, vertical_alignment="center"):
                    day = project.archived_at.date()  # type: ignore[union-attr]
                    st.markdown(f"**{language.escape(project.name)}** · {page.say('archive.since', day=day)}", width="stretch")
                    if page.store.may(project.id, "manage"):
                        st.button(
                            page.say("archive.restore"), key=f"restore_{project.id}", on_click=lambda one=project: _restore(page, one)
                        )


def _menu(project: Project) -> str:
    return f"company_{project.id}"


def _rename(page: Page, project: Project, name: str) -> None:
    if frame.attempt(lambda: page.store.rename_project(project.id, name)):
        st.session_state[_menu(project)] = False


def _put(page: Page, project: Project) -> None:
    if frame.attempt(lambda: page.store.archive_project(project.id)):
        st.toast(page.say("archive.was_put", name=project.name), icon=":material/inventory_2:")


def _restore(page: Page, project: Project) -> None:
    if frame.attempt(lambda: page.store.restore_project(project.id)):
        st.toast(page.say("archive.was_restored", name=project.name), icon=":material/inventory_2:")
