"""The drop zone: files are read as soon as they are dropped, and become the company's data set, or more files of it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.sales.model import SalesData
from sbyt_core.store import Project
from sbyt_core.ui import frame, intake
from sbyt_core.ui.data import files, mending, passwords
from sbyt_core.ui.page import Page, open_project

MAX_MEGABYTES = 300
_GENERATION = "_upload_generation"  # a new one empties the drop zones


@dataclass(frozen=True)
class _Read:
    """A file that was read, and how."""

    sales: SalesData
    content: bytes
    mapping: dict[str, str]
    answers: dict[str, str]


def drop_zone(page: Page, *, add: bool = False) -> None:
    """Take one file or several; a password is asked for where one needs it; a fault stays in sight and changes nothing.

    add: the files join those of the current data set; else they take their place.
    """
    generation = st.session_state.setdefault(_GENERATION, 0)
    name = "add" if add else "upload"
    dropped = st.file_uploader(
        page.say("files.add.label" if add else "upload.label"),
        key=f"{name}_{generation}",
        max_upload_size=MAX_MEGABYTES,
        accept_multiple_files=True,
        help=page.say("files.add.help" if add else "upload.help"),
    )
    if not dropped:
        return
    cancel = st.empty()
    cancel.button(page.say("upload.cancel"), on_click=_forget, key=f"cancel_{name}_{generation}")
    read = []
    for file in dropped:
        try:
            read.append(_read(page, file.getvalue(), file.name))
        except SbytError as error:
            cancel.empty()
            frame.fault(error)
            mending.ask(page, file.getvalue(), error)
            return
    project = page.project or page.store.create_project(intake.company_name(dropped[0].name, page.store, page.plain), lang=page.plain.lang)
    _keep(page, project, read, add)
    open_project(project.id, touch=page.store)
    _forget()
    st.rerun()


def _read(page: Page, content: bytes, name: str) -> _Read:
    """Read a file; how one of the same shape was read last time is taken over where it goes with this one."""
    password, said = passwords.of(content), mending.mapping_of(content)
    try:
        sales = intake.read(page, content, name, mapping=said, password=password)
    except SbytError as error:
        if said or (before := _as_before(page, content, name, password, error)) is None:
            raise
        return before
    remembered = page.store.recall_shape(page.project.id, sales.report.shape) if page.project else None
    if said or remembered is None or not (remembered.mapping or remembered.answers):
        return _Read(sales, content, said, {})
    mapping, answers = dict(remembered.mapping), dict(remembered.answers)
    try:
        return _Read(intake.read(page, content, name, mapping=mapping, answers=answers, password=password), content, mapping, answers)
    except SbytError:  # the new file does not go with what was remembered: the plain reading stands
        return _Read(sales, content, {}, {})


def _as_before(page: Page, content: bytes, name: str, password: str | None, error: SbytError) -> _Read | None:
    """The reading of a file in which a column is not found, as one of its shape was read once somebody had named the column."""
    role = mending.COLUMN.get(error.code)
    if role is None or page.project is None:
        return None
    known = [one for one in page.store.datasets(page.project.id) if one.mapping.get(role) in list(error.params["headers"])]  # type: ignore[call-overload]
    for one in {one.shape: one for one in known[::-1]}.values():
        mapping, answers = dict(one.mapping), dict(one.answers)
        try:
            sales = intake.read(page, content, name, mapping=mapping, answers=answers, password=password)
        except SbytError:
            continue
        if sales.report.shape == one.shape:
            return _Read(sales, content, mapping, answers)
    return None


def _keep(page: Page, project: Project, read: list[_Read], add: bool) -> None:
    alone = len(read) == 1 and not add
    kept = [intake.keep(page, project, one.sales, one.content, one.mapping, one.answers, current=alone).id for one in read]
    if alone:
        return
    if add:
        files.add(page, kept)
    else:
        files.take(page, project.id, kept)


def _forget() -> None:
    """Empty the drop zones."""
    st.session_state[_GENERATION] += 1
