"""Agreeing the criteria: a dialog that says them in words, takes a name and the owner's, and freezes them with the classes."""

from __future__ import annotations

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.reports import criteria_sentences
from sbyt_core.segments import Segmentation, count_moved
from sbyt_core.segments.agreement import agreed_criteria, agreement_of
from sbyt_core.ui import drafts, exports, frame, language
from sbyt_core.ui.page import Page
from sbyt_core.ui.workspace import Workspace


def strip(page: Page, work: Workspace, draft: Segmentation) -> None:
    """One line: what is agreed, and how many clients would change by the draft and by the new months."""
    held = work.agreed
    if held is None:
        return
    version = held.version
    words = [page.say("agreed.line", name=version.name, owner=version.approved_by, day=version.approved_at.date())]  # type: ignore[union-attr]
    aged = count_moved(held.segmentation, work.segmentation(held.segmentation.criteria))
    if aged:
        words.append(page.say("agreed.aged", n=aged))
    if draft.criteria != held.segmentation.criteria:
        words.append(page.say("agreed.draft", n=count_moved(held.segmentation, draft)))
    st.caption(" ".join(words))


def button(page: Page, work: Workspace, draft: Segmentation) -> None:
    """The step that ends the page: agree the criteria."""
    held = work.agreed
    same = held is not None and held.segmentation.criteria == draft.criteria and not count_moved(held.segmentation, draft)
    if same:
        frame.next_step(page.say("next.strategies"), "strategies")
    elif page.store.may(page.project.id, "approve") and st.button(page.say("agree.open"), type="primary", key="agree"):  # type: ignore[union-attr]
        _dialog(page, draft)


def versions(page: Page) -> None:
    """All kept versions: name, who, when; each can be put back on the sliders."""
    kept = page.store.versions(page.project.id)  # type: ignore[union-attr]
    if not kept:
        st.caption(page.say("versions.none"))
        return
    for version in kept:
        with st.container(horizontal=True, vertical_alignment="center"):
            day = (version.approved_at or version.at).date()
            status = page.plain(f"version_status.{version.status}")
            st.markdown(page.say("versions.line", name=version.name, status=status, owner=version.approved_by or version.author, day=day))
            st.button(
                page.say("versions.take"),
                key=f"take_{version.id}",
                on_click=lambda text=version.json: drafts.set_criteria(page, agreed_criteria(text)),
            )


def _dialog(page: Page, draft: Segmentation) -> None:
    @st.dialog(page.say("agree.title"), width="medium")
    def show() -> None:
        for sentence in criteria_sentences(draft.criteria, page.plain, measure=draft.measure):
            st.markdown("- " + language.escape(sentence))
        counts = draft.summary["clients"]
        st.markdown(page.say("agree.counts", a=int(counts["A"]), b=int(counts["B"]), c=int(counts["C"])))
        with st.form("agree_form", border=False):
            name = st.text_input(page.say("agree.name"), value=page.plain("agree.name.default", day=exports.now().date()), max_chars=120)
            owner = st.text_input(page.say("agree.owner"), max_chars=120)
            sent = st.form_submit_button(page.say("agree.send"), type="primary")
        if sent:
            try:
                _agree(page, draft, name, owner)
            except SbytError as error:
                frame.fault(error)
                return
            st.rerun()

    show()


def _agree(page: Page, draft: Segmentation, name: str, owner: str) -> None:
    text, table = agreement_of(draft)
    project = page.project.id  # type: ignore[union-attr]
    waiting = next((v for v in page.store.versions(project) if v.name == name.strip() and v.status == "draft"), None)
    if waiting is None:
        waiting = page.store.save_version(project, name, text, fingerprint=draft.clients.fingerprint, classes=table)
    page.store.approve_version(waiting.id, owner=owner, expected_revision=waiting.revision)
