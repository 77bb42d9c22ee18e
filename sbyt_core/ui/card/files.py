"""Files of the card: job descriptions and training sheets by role, service sheets by segment, checklist, process file, sheet to sign.

They are made of the version in effect; before the first one of the version under way, else of the draft, which they say at their head.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sbyt_core.cards import Card
from sbyt_core.cards.bpmn import to_bpmn
from sbyt_core.cards.life import CardVersion
from sbyt_core.reports import (
    CardFacts,
    acknowledgement_sheet_docx,
    card_checklist_xlsx,
    job_description_docx,
    job_descriptions_zip,
    service_sheet_docx,
    training_sheet_docx,
)
from sbyt_core.reports.kit.clean import file_name
from sbyt_core.ui import drafts, exports
from sbyt_core.ui.card import evidence, steps
from sbyt_core.ui.card.data import Desk
from sbyt_core.ui.exports import DOCX, XLSX, ZIP
from sbyt_core.ui.page import Page

BPMN = "application/xml"
MAIN = ("A", "B", "C")


def show(page: Page, desk: Desk) -> None:
    """Three columns: by role, by segment, of the whole card."""
    version = desk.held or desk.busy
    card: Card = version.card if version is not None else desk.draft.card  # type: ignore[assignment]
    facts = _facts(page, version)
    st.caption(page.say("card.files.of", version=page.plain("cardfile.draft") if version is None else _named(page, version)))
    roles, segments, whole = st.columns([4, 3, 3], gap="large")
    with roles:
        _roles(page, card, facts)
    with segments:
        _segments(page, card, facts)
    with whole:
        _whole(page, card, facts, desk.busy or desk.held)


def _roles(page: Page, card: Card, facts: CardFacts) -> None:
    lang, practice = page.plain.lang, evidence.practice(page)
    st.markdown(f"**{page.say('card.files.roles')}**")
    for number, role in enumerate(card.roles):
        with st.container(border=True):
            st.markdown(steps.badge(card, role))

            def job(role: str = role) -> bytes:
                return job_description_docx(card, role, lang=lang, facts=facts, practice=practice)

            def training(role: str = role) -> bytes:
                return training_sheet_docx(card, role, lang=lang, facts=facts)

            with st.container(horizontal=True):
                _button(page, "job", job, "docx", DOCX, key=f"job_{number}", of=role)
                _button(page, "training", training, "docx", DOCX, key=f"training_{number}", of=role)
    _button(page, "jobs", lambda: job_descriptions_zip(card, lang=lang, facts=facts, practice=practice), "zip", ZIP, key="jobs")


def _segments(page: Page, card: Card, facts: CardFacts) -> None:
    book, lang, currency = drafts.book(page), page.plain.lang, page.currency
    st.markdown(f"**{page.say('card.files.segments')}**")
    for kind in (*MAIN, *(kind for kind in card.differences if kind not in MAIN)):
        name = page.plain(f"strategy.{kind}.name")

        def sheet(kind: str = kind) -> bytes:
            return service_sheet_docx(card, book[kind], lang=lang, facts=facts, currency=currency)

        _button(page, "service", sheet, "docx", DOCX, key=f"service_{kind}", of=name)


def _whole(page: Page, card: Card, facts: CardFacts, version: CardVersion | None) -> None:
    say, lang = page.plain, page.plain.lang
    st.markdown(f"**{page.say('card.files.whole')}**")
    _button(page, "checklist", lambda: card_checklist_xlsx(card, lang=lang, facts=facts), "xlsx", XLSX, key="checklist")
    _button(page, "bpmn", lambda: to_bpmn(card, say), "bpmn", BPMN, key="bpmn")
    st.caption(page.say("card.files.bpmn.text"))
    if version is not None:
        of_version = CardFacts(facts.project_name, version.number, version.since, facts.made_at)
        _button(
            page,
            "acknowledgement",
            lambda: acknowledgement_sheet_docx(version, lang=lang, facts=of_version),
            "docx",
            DOCX,
            key="acknowledgement",
        )


def _button(page: Page, content: str, make: Callable[[], bytes], ending: str, mime: str, *, key: str, of: str = "") -> None:
    """A file made at the click; of: the role or segment that it is about."""
    parts = (page.project.name if page.project else "", page.plain(f"card.file.{content}"), of)
    label = page.say(f"card.files.{content}", of=of) if content == "service" else page.say(f"card.files.{content}")
    st.download_button(
        label,
        data=make,
        file_name=f"{file_name(' – '.join(part for part in parts if part))}.{ending}",
        mime=mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{key}",
    )


def _facts(page: Page, version: CardVersion | None) -> CardFacts:
    name = page.project.name  # type: ignore[union-attr]
    return CardFacts(name, version.number if version else None, version.since if version else None, exports.now())


def _named(page: Page, version: CardVersion) -> str:
    return page.plain("card.version.option", number=version.number, state=page.plain(f"card.state.{version.state}"))
