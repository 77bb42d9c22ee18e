"""The drop zone: a file is read as soon as it is dropped, and becomes the company's data set when it could be read."""

from __future__ import annotations

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.ui import frame, intake
from sbyt_core.ui.page import Page, open_project

MAX_MEGABYTES = 300
NEED_PASSWORD = ("password_protected", "wrong_password")
_GENERATION = "_upload_generation"  # a new one empties the drop zone


def drop_zone(page: Page) -> None:
    """Take a file; a password is asked for where the file needs one; a fault stays in sight and changes nothing."""
    generation = st.session_state.setdefault(_GENERATION, 0)
    file = st.file_uploader(
        page.say("upload.label"), key=f"upload_{generation}", max_upload_size=MAX_MEGABYTES, help=page.say("upload.help")
    )
    if file is None:
        return
    content = file.getvalue()
    password = st.session_state.get(f"password_{generation}") or None
    cancel = st.empty()
    cancel.button(page.say("upload.cancel"), on_click=_forget, key=f"cancel_{generation}")
    try:
        sales = intake.read(page, content, file.name, password=password)
    except SbytError as error:
        cancel.empty()
        frame.fault(error)
        if error.code in NEED_PASSWORD:
            st.text_input(page.say("upload.password"), type="password", key=f"password_{generation}")
        return
    project = page.project or page.store.create_project(intake.company_name(file.name, page.store, page.plain), lang=page.plain.lang)
    remembered = page.store.recall_shape(project.id, sales.report.shape)
    mapping, answers = (remembered.mapping, remembered.answers) if remembered else ({}, {})
    if mapping or answers:
        try:
            sales = intake.read(page, content, file.name, mapping=mapping, answers=answers, password=password)
        except SbytError:  # the new file does not go with what was remembered: the plain reading stands
            mapping, answers = {}, {}
    intake.keep(page, project, sales, content, mapping, answers)
    open_project(project.id, touch=page.store)
    _forget()
    st.rerun()


def _forget() -> None:
    """Empty the drop zone."""
    st.session_state[_GENERATION] += 1
