"""A link to these criteria: whoever opens it sees the same sliders; the criteria themselves stay in the store.

Opening a link is a move like any other, so that it can be taken back.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from urllib.parse import urlsplit, urlunsplit

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.segments import Criteria
from sbyt_core.ui import drafts
from sbyt_core.ui.page import ADDRESS as PROJECT
from sbyt_core.ui.page import Page

KIND = "link"
ADDRESS = "c"  # ?c=…
_OPENED = "_opened_link"
LENGTH = 12  # hex digits of the hash: enough for every criteria ever shared in a company


def take_over(page: Page) -> None:
    """Put the criteria of the address on the sliders, once a session."""
    code = st.query_params.get(ADDRESS)
    if not code or st.session_state.get(_OPENED) == code:
        return
    st.session_state[_OPENED] = code
    shared = page.store.document(page.project.id, KIND, code).value  # type: ignore[union-attr]
    if not isinstance(shared, dict):
        st.toast(page.say("share.unknown"), icon=":material/link_off:")
        return
    try:
        criteria = Criteria().with_(shared)
    except SbytError:
        st.toast(page.say("share.unknown"), icon=":material/link_off:")
        return
    if criteria != drafts.criteria(page).now:
        drafts.set_criteria(page, criteria)
        st.toast(page.say("share.taken"), icon=":material/link:")


def button(page: Page, criteria: Criteria) -> None:
    """The link, made when it is asked for."""
    box = st.popover(page.say("share.button"), icon=":material/link:", key="share_box", on_change="rerun")
    if box.open:
        with box:
            st.caption(page.say("share.text"))
            if st.button(page.say("share.make"), key="share_make"):
                st.code(link(page, criteria), language=None, wrap_lines=True)


def link(page: Page, criteria: Criteria) -> str:
    """The address of this page with these criteria."""
    text = json.dumps(asdict(criteria), sort_keys=True)
    code = hashlib.sha256(text.encode()).hexdigest()[:LENGTH]
    project = page.project.id  # type: ignore[union-attr]
    version = page.store.document(project, KIND, code).version
    page.store.save_document(project, KIND, text, expected_version=version, name=code)
    here = urlsplit(st.context.url or "")
    return urlunsplit((here.scheme, here.netloc, here.path, f"{PROJECT}={project}&{ADDRESS}={code}", ""))
