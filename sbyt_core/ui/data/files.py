"""The files of a data set: put together, listed, taken out; each leads to its original, and earlier data sets can be taken up again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import streamlit as st

from sbyt_core.errors import StaleRecord
from sbyt_core.store import DataSet
from sbyt_core.ui import language
from sbyt_core.ui.page import Page

EARLIER = 10  # earlier data sets offered, newest first
_SAID = "_files_said"  # a word to be said after the next run


def of(page: Page) -> list[DataSet]:
    """The files of the current data set, in their order."""
    return page.store.parts(page.data.id) if page.data else []


def add(page: Page, ids: list[int]) -> None:
    """More files beside those there are; one that is there already is said, not added twice."""
    there = {part.id for part in of(page)}
    known = [at for at in ids if at in there]
    if known:
        st.session_state[_SAID] = page.say("files.known", name=page.store.dataset(known[0]).name)
    if len(known) < len(ids):
        _change(page, lambda now: [*now, *ids])


def take(page: Page, project_id: str, ids: list[int]) -> None:
    """Files as a new data set in the place of the current one."""
    current = page.store.current_dataset(project_id)
    page.store.put_together(project_id, ids, expected=current.id if current else None)


def take_out(page: Page, part: int) -> None:
    """Take one file out."""
    _change(page, lambda now: [at for at in now if at != part] or now)


def swap(page: Page, old: int, new: int) -> None:
    """One file read anew in the place of its earlier reading."""
    _change(page, lambda now: [new if at == old else at for at in now])


def answer(page: Page, answers: Mapping[str, str]) -> None:
    """Answer how the files overlap."""
    _change(page, lambda now: now, answers)


def tell(page: Page) -> None:
    """Say what the last change left to say, once."""
    said = st.session_state.pop(_SAID, None)
    if said:
        st.toast(said, icon=":material/info:")


def show(page: Page) -> None:
    """The files with their figures."""
    parts = of(page)
    for part in parts:
        with st.container(border=True):
            st.markdown(f"**{language.escape(part.name)}**  \n{_figures(page, part)}")
            st.caption(
                page.say(
                    "files.kept",
                    time=page.plain.date(part.at.date()),
                    author=_author(page, part.author),
                    sha=part.original_sha256[:12] if part.original_sha256 else "",
                )
            )
            with st.container(horizontal=True):
                st.download_button(
                    page.say("files.original"),
                    data=partial(page.store.original, part.id),
                    file_name=part.name,
                    mime="application/octet-stream",
                    icon=":material/download:",
                    on_click="ignore",
                    key=f"original_{part.id}",
                )
                if len(parts) > 1:
                    st.button(
                        page.say("files.take_out"),
                        on_click=take_out,
                        args=(page, part.id),
                        icon=":material/remove:",
                        key=f"take_out_{part.id}",
                    )
    _earlier(page, parts)


def _figures(page: Page, part: DataSet) -> str:
    said = [page.say("words.lines", n=part.rows), page.say("words.clients", n=part.n_clients)]
    if part.period_start and part.period_end:
        said.append(language.escape(f"{page.plain.date(part.period_start)} – {page.plain.date(part.period_end)}"))
    if part.revenue is not None:
        said.append(language.escape(page.plain.money(part.revenue, page.currency, 2)))
    return " · ".join(said)


def _earlier(page: Page, parts: list[DataSet]) -> None:
    """Data sets that were current before: nothing that was uploaded is lost."""
    now = {page.data.id if page.data else 0, *(part.id for part in parts)}
    others = [one for one in page.store.datasets(page.project.id) if one.id not in now][:EARLIER]  # type: ignore[union-attr]
    if not others:
        return
    with st.popover(page.say("files.earlier"), icon=":material/history:"):
        st.caption(page.say("files.earlier.hint"))
        for one in others:
            st.markdown(f"**{language.escape(one.name)}**  \n{_figures(page, one)}")
            st.button(page.say("files.back"), on_click=_back, args=(page, one.id), key=f"back_{one.id}")


def _back(page: Page, dataset: int) -> None:
    page.store.set_current(dataset)


def _author(page: Page, author: str) -> str:
    return page.plain("files.here") if author == "local" else author


def _change(page: Page, change: Callable[[list[int]], list[int]], answers: Mapping[str, str] | None = None) -> None:
    """Change the list of files; where somebody changed it meanwhile, the change is made on theirs."""
    project_id = page.project.id  # type: ignore[union-attr]
    for attempt in range(3):  # a third meeting in one click does not happen to people
        whole = page.store.current_dataset(project_id)
        if whole is None:
            return
        now = [part.id for part in page.store.parts(whole.id)]
        held = {**(whole.answers if whole.parts else {}), **(answers or {})}
        try:
            page.store.put_together(project_id, change(now), expected=whole.id, answers=held)
            return
        except StaleRecord:
            if attempt == 2:
                raise
