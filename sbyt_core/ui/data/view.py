"""The data page below its head: what was read, what is asked, then columns, rows, clients and files, and the drop zones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.sales.several import OVERLAP
from sbyt_core.store import DataSet
from sbyt_core.ui import cached, frame, intake
from sbyt_core.ui.data import check, files, mapping, merging, passwords, questions, upload
from sbyt_core.ui.page import Page
from sbyt_core.ui.switch import switch

SECTIONS = ("columns", "rows", "clients", "files")
SECTION = "data_section"  # key of the choice, set by whatever leads to a section
_ASKED = "_read_again"  # id of a file, mapping and answers that the next run reads it with


def show(page: Page) -> None:
    """Everything about the current data set, or the drop zone alone."""
    if page.data is None:
        frame.finding(page.say("data.empty"))
        upload.drop_zone(page)
        st.caption(page.say("data.private"))
        if st.button(page.say("start.sample.action"), key="data_sample"):
            intake.show_sample(page)
        return
    files.tell(page)
    _read_again(page)
    sales = cached.sales(page.store, page.data)
    check.show(page, sales)
    parts = files.of(page)
    _questions(page, parts)
    frame.next_step(page.say("next.segments", n=int(sales.lines["client_key"].nunique())), "segments")
    _section(page, parts)
    _more_files(page)


def _questions(page: Page, parts: list[DataSet]) -> None:
    """What the files ask, each its own, and how they overlap."""
    if len(parts) > 1:
        whole = cached.report(page.store, page.data)  # type: ignore[arg-type]
        overlap = tuple(question for question in whole.questions if question.code == OVERLAP)
        questions.cards(page, overlap, lambda code, choice: files.answer(page, {code: choice}))
    for part in parts:
        asked = cached.report(page.store, part).questions
        about, key = (part.name, str(part.id)) if len(parts) > 1 else (None, "")
        questions.cards(page, asked, partial(_answer, part), about=about, key=key)


def _section(page: Page, parts: list[DataSet]) -> None:
    """One of the sections of detail."""
    chosen = switch(page, "data.section", SECTIONS, words="data", key=SECTION, first="columns")
    if chosen == "clients":
        merging.show(page)
    elif chosen == "files":
        files.show(page)
    else:
        part = _one_of(page, parts)
        report = cached.report(page.store, part)
        if chosen == "rows":
            check.rows(page, report)
        else:
            check.preview(page, report)
            mapping.table(page, report, lambda wanted: _ask_and_rerun(part, wanted))


def _one_of(page: Page, parts: list[DataSet]) -> DataSet:
    """The file whose columns or rows are looked at."""
    if len(parts) == 1:
        return parts[0]
    ids = [part.id for part in parts]
    names = {part.id: f"{place}. {part.name}" for place, part in enumerate(parts, 1)}
    chosen = st.selectbox(page.say("files.which"), ids, format_func=lambda at: names.get(at, ""), key="data_file")
    return next((part for part in parts if part.id == chosen), parts[0])


def _more_files(page: Page) -> None:
    """Another file beside the present ones, or in their place."""
    left, right = st.columns(2)
    with left:
        st.markdown(f"**{page.say('files.add')}**")
        upload.drop_zone(page, add=True)
    with right:
        st.markdown(f"**{page.say('files.replace')}**")
        upload.drop_zone(page)


def _answer(part: DataSet, code: str, choice: str) -> None:
    _ask(part, answers={code: choice})


def _ask(part: DataSet, *, answers: Mapping[str, str] | None = None, columns: Mapping[str, str] | None = None) -> None:
    st.session_state[_ASKED] = (part.id, dict(part.mapping if columns is None else columns), {**part.answers, **(answers or {})})


def _ask_and_rerun(part: DataSet, columns: Mapping[str, str]) -> None:
    _ask(part, columns={**part.mapping, **columns})
    st.rerun()


def _read_again(page: Page) -> None:
    """Read a kept file with the mapping and answers that were asked for; on a fault the old reading stays."""
    asked = st.session_state.get(_ASKED)
    if asked is None or page.project is None:
        return
    part_id, columns, answers = asked
    parts = {part.id: part for part in files.of(page)}
    if part_id not in parts:
        del st.session_state[_ASKED]
        return
    content = page.store.original(part_id)
    try:
        sales = intake.read(page, content, parts[part_id].name, mapping=columns, answers=answers, password=passwords.of(content))
    except SbytError as error:
        frame.fault(error)
        passwords.ask(page, content, error)
        if error.code not in passwords.NEEDED:
            del st.session_state[_ASKED]
        return
    del st.session_state[_ASKED]
    alone = len(parts) == 1
    kept = intake.keep(page, page.project, sales, content, columns, answers, current=alone)
    if not alone:
        files.swap(page, part_id, kept.id)
    st.rerun()
