"""What people decide about one client: an override with its reason, the history of its classes, notes."""

from __future__ import annotations

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.segments import Passport
from sbyt_core.ui import frame, language, picking, workspace
from sbyt_core.ui.page import Page

CLASSES = ("A", "B", "C")
AGREEMENTS = 6  # of the history, newest first


def override_form(page: Page, passport: Passport) -> None:
    """Set a class by hand beside the computed one, or take it back."""
    project = page.project.id  # type: ignore[union-attr]
    if not page.store.may(project, "override") or passport.segment == "new":
        return
    standing = passport.override
    st.markdown(f"**{page.say('override.title')}**")
    if standing is not None:
        st.markdown(
            page.say(
                "override.standing",
                segment=standing.segment,
                computed=passport.computed,
                author=standing.author,
                reason=standing.reason,
            )
        )
    with st.form(f"override_{passport.client_key}", border=False):
        segment = st.segmented_control(page.say("override.segment"), CLASSES, default=passport.segment, required=True)
        author = st.text_input(page.say("override.author"), max_chars=80, value=standing.author if standing else "")
        reason = st.text_input(page.say("override.reason"), max_chars=400)
        with st.container(horizontal=True):
            sent = st.form_submit_button(page.say("override.send"), type="primary")
            back = st.form_submit_button(page.say("override.withdraw"), disabled=standing is None)
    if not (sent or back):
        return
    try:
        if back:
            page.store.withdraw_override(project, passport.client_key, reason=reason, author=_author(page, author))
        else:
            page.store.set_override(project, passport.client_key, str(segment), reason=reason, author=_author(page, author))
    except SbytError as error:
        frame.fault(error)
        return
    picking.let_go()
    st.rerun()


def history(page: Page, client_key: str) -> None:
    """Classes of the client by agreement, and what people decided, newest first."""
    project = page.project.id  # type: ignore[union-attr]
    lines = []
    for version in [v for v in page.store.versions(project) if v.approved_at is not None and v.classes_sha256][:AGREEMENTS]:
        classes = workspace.frozen(page, version).frame.set_index("client_key")["segment"]
        if client_key in classes.index:
            lines.append(page.say("history.agreed", day=version.approved_at.date(), name=version.name, segment=classes[client_key]))  # type: ignore[union-attr]
    for one in reversed(page.store.override_history(project, client_key)):
        code = "history.withdrawn" if one.segment is None else "history.set"
        lines.append(page.say(code, day=one.at.date(), author=one.author, segment=one.segment or "", reason=one.reason))
    if lines:
        st.markdown(f"**{page.say('history.title')}**")
        st.markdown("\n".join(f"- {line}" for line in lines))


def notes(page: Page, client_key: str) -> None:
    """What was written about the client, and a line for more."""
    project = page.project.id  # type: ignore[union-attr]
    st.markdown(f"**{page.say('notes.title')}**")
    for note in page.store.notes(project, client_key):
        st.caption(f"{page.plain.date(note.at.date())} · {language.escape(note.author)}")
        st.text(note.text)
    with st.form(f"note_{client_key}", border=False, clear_on_submit=True):
        text = st.text_input(page.say("notes.new"), max_chars=1000)
        if st.form_submit_button(page.say("notes.add")) and text.strip():
            page.store.add_note(project, client_key, text)
            st.rerun(scope="fragment")


def _author(page: Page, name: str) -> str | None:
    """The name typed by whoever sits at a shared computer; a signed-in person is the author themselves."""
    return (name.strip() or None) if page.store.person == "local" else None
