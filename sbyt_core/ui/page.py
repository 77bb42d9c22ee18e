"""The one call with which every page begins: config, language, sign-in, company; and what a page may ask of its data.

The session and the address hold which company is open; everything else is rebuilt from the store, so that a reload, another
browser or a restart shows the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.store import LOCAL, DataSet, Project, Store, open_store
from sbyt_core.texts import Speech
from sbyt_core.ui import language, navigation, signin, style
from sbyt_core.ui.language import ScreenSpeech

ICON = Path(__file__).with_name("icon.png")
ADDRESS = "project"  # ?project=…
_OPEN = "_project"


@dataclass(frozen=True)
class Page:
    """What a page knows: its stage, the words, the store as this person sees it, and the open company (None: none yet).

    say: words for Markdown places; plain: for tables, options and file names.
    """

    stage: str
    say: ScreenSpeech
    plain: Speech
    store: Store
    project: Project | None

    @property
    def data(self) -> DataSet | None:
        """The data set that the company works on."""
        return self.project.data if self.project else None

    @property
    def currency(self) -> str:
        """Currency of the company's money."""
        return self.project.currency if self.project else "RUB"

    def money(self, value: float | None) -> str:
        """Money without the small coins, as screens show it."""
        return self.plain.money(value, self.currency)


def open_page(stage: str) -> Page:
    """Set a page up; ends the run where somebody has to sign in first."""
    st.set_page_config(page_title=language.plain()("app.title"), page_icon=str(ICON), layout="wide")
    navigation.under_app()
    style.apply(language.plain())
    person = signin.person()
    store = _store() if person == LOCAL else _store().seen_by(person)
    project = _open_project(store)
    page = Page(stage, language.current(), language.plain(), store, project)
    _head(page)
    return page


def open_project(project_id: str, *, touch: Store | None = None) -> None:
    """Make a company the open one, in this session and its address."""
    st.session_state[_OPEN] = project_id
    if touch is not None:
        touch.touch_project(project_id)


@st.cache_resource(show_spinner=False)
def _store() -> Store:
    return open_store()


def _open_project(store: Store) -> Project | None:
    """The company of the session, else of the address, else the one opened last."""
    for wanted in (st.session_state.get(_OPEN), st.query_params.get(ADDRESS)):
        if wanted:
            try:
                project = store.project(wanted)
            except SbytError:
                continue
            if project.archived_at is None:
                return _remember(project)
    projects = store.projects()
    return _remember(projects[0]) if projects else None


def _remember(project: Project) -> Project:
    st.session_state[_OPEN] = project.id
    st.query_params[ADDRESS] = project.id
    return project


def _head(page: Page) -> None:
    """One small line: company, page, period; at its right the language."""
    parts = [page.project.name] if page.project else []
    parts.append(page.plain(f"page.{page.stage}"))
    if page.data and page.data.period_start and page.data.period_end:
        parts.append(f"{page.plain.date(page.data.period_start)} – {page.plain.date(page.data.period_end)}")
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.caption(" · ".join(language.escape(part) for part in parts), width="content")
        language.switch()
