"""Drawers beside the steps: typical operations to be put in as a block or kept as one, and the name and purpose of the card."""

from __future__ import annotations

import json
from dataclasses import replace

import streamlit as st

from sbyt_core.cards import Card
from sbyt_core.cards.blocks import BLOCKS, DOCUMENT, Block, add_block, block_of, ready_block
from sbyt_core.cards.step import LINE_LIMIT, TEXT_LIMIT
from sbyt_core.cards.words import minutes_in_words
from sbyt_core.errors import SbytError
from sbyt_core.ui import frame, language
from sbyt_core.ui.card import data, form, opening
from sbyt_core.ui.card.data import Desk
from sbyt_core.ui.page import Page


def drawer(page: Page, desk: Desk) -> None:
    """The blocks that there are, ready ones and one's own, and the making of another from steps of the card."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    numbers = {step.key: number for number, step in enumerate(card.steps, 1)}

    @st.dialog(page.say("card.blocks.title"), width="medium", position="right", on_dismiss=opening.close)
    def show() -> None:
        after = form.place(page, card, numbers, key="block_after")
        for number, block in enumerate(_blocks(page)):
            with st.container(border=True, horizontal=True, vertical_alignment="center", wrap=False):
                minutes = "" if block.minutes is None else f" · {minutes_in_words(block.minutes, page.plain)}"
                steps = language.escape("; ".join(step.operation for step in block.steps))
                st.markdown(f"**{language.escape(block.name)}**{minutes}  \n:small[{steps}]", width="stretch")
                if st.button(page.say("card.blocks.put"), key=f"block_{number}", icon=":material/add:", type="tertiary"):
                    _put(page, block, after)
        with st.form("block_form", border=False):
            st.markdown(f"**{page.say('card.blocks.own')}**")
            keys = st.multiselect(
                page.say("card.blocks.steps"),
                list(numbers),
                format_func=lambda key: form.numbered(page, card, key, numbers),
                key="block_steps",
                placeholder=page.plain("card.blocks.steps.placeholder"),
            )
            name = st.text_input(page.say("card.blocks.name"), key="block_name", max_chars=LINE_LIMIT)
            sent = st.form_submit_button(page.say("card.blocks.keep"))
        if sent:
            try:
                _keep(page, block_of(card, keys, name.strip()))
            except SbytError as error:
                frame.fault(error)
                return
            opening.done(page.say("card.blocks.kept"))

    show()


def about(page: Page, desk: Desk) -> None:
    """Name and purpose of the card, which stand at the head of every file."""
    card: Card = desk.draft.card  # type: ignore[assignment]

    @st.dialog(page.say("card.about.title"), width="medium", on_dismiss=opening.close)
    def show() -> None:
        with st.form("about_form", border=False):
            name = st.text_input(page.say("card.head.name"), card.name, key="about_name", max_chars=LINE_LIMIT)
            purpose = st.text_area(
                page.say("card.head.purpose"), card.purpose, key="about_purpose", max_chars=TEXT_LIMIT, help=page.say("card.about.help")
            )
            sent = st.form_submit_button(page.say("card.save"), type="primary")
        if sent:
            data.change_card(page, lambda card: replace(card, name=name.strip(), purpose=purpose.strip()))
            opening.done(page.say("card.saved"))

    show()


def _blocks(page: Page) -> list[Block]:
    """One's own by name, then the ready ones."""
    kept = page.store.documents(page.project.id, DOCUMENT)  # type: ignore[union-attr]
    return [*(Block.from_value(one.value) for one in kept), *(ready_block(code, page.plain) for code in BLOCKS)]


def _put(page: Page, block: Block, after: str) -> None:
    data.change_card(page, lambda card: add_block(card, block, after=after))
    opening.done(page.say("card.saved"))


def _keep(page: Page, block: Block) -> None:
    """Keep a block of one's own; one of the same name gets a new version."""
    project = page.project.id  # type: ignore[union-attr]
    head = page.store.document(project, DOCUMENT, block.name)
    text = json.dumps(block.to_value(), ensure_ascii=False)
    page.store.save_document(project, DOCUMENT, text, expected_version=head.version, name=block.name)
