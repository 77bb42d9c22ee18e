"""The redline of two cards: two columns, what went struck out at the left, what came marked at the right; only steps that changed.

Every text of a step stands as plain text in the page's Markdown; marks are ours.
"""

from __future__ import annotations

import streamlit as st

from sbyt_core.cards import marked_words
from sbyt_core.cards.diff import ADDED, CHANGED, DROPPED, MOVED, MOVED_CHANGED, SAME, CardDiff, FieldChange, StepChange
from sbyt_core.reports.card.words import value_text
from sbyt_core.ui import language
from sbyt_core.ui.page import Page

TEXTS = ("operation", "role", "trigger", "input", "output", "script", "check", "exceptions", "name", "purpose")
BADGES = {ADDED: "green", DROPPED: "gray", MOVED: "violet", CHANGED: "blue", MOVED_CHANGED: "blue"}


def show(page: Page, diff: CardDiff) -> None:
    """What differs, step by step."""
    if not diff:
        st.caption(page.say("card.redline.none"))
        return
    for field in diff.head:
        _field(page, field)
    for change in diff.changed:
        with st.container(border=True):
            st.markdown(_title(page, change))
            if change.act in (ADDED, DROPPED):
                words = page.plain("card.redline.role", role=change.step.role) if change.step.role else ""
                minutes = value_text("norm_minutes", change.step.norm_minutes, page.plain)
                st.caption(language.escape(" · ".join(part for part in (words, minutes) if part)))
            for field in change.fields:
                _field(page, field)


def _title(page: Page, change: StepChange) -> str:
    badge = f":{BADGES[change.act]}-badge[{page.say(f'card.act.{change.act}')}]"
    number = change.number_after if change.number_after is not None else change.number_before
    name = language.escape(change.step.operation)
    title = f"~~{number}. {name}~~" if change.act == DROPPED else f"**{number}. {name}**"
    moved = page.say("card.redline.moved", before=change.number_before, after=change.number_after) if _has_moved(change) else ""
    kind = page.say(f"strategy.{change.kind}.name") if change.kind else ""
    return " ".join(part for part in (badge, title, f":gray[{kind}]" if kind else "", f":gray[{moved}]" if moved else "") if part)


def _has_moved(change: StepChange) -> bool:
    return change.act in (MOVED, MOVED_CHANGED) and change.act != SAME


def _field(page: Page, field: FieldChange) -> None:
    label = page.say(f"card.head.{field.field}") if field.field in ("name", "purpose") else page.say(f"card.field.{field.field}")
    before, after = (value_text(field.field, value, page.plain) for value in (field.before, field.after))
    left, right = st.columns(2)
    if field.field in TEXTS:
        went, came = marked_words(before, after)
        left.markdown(f":gray[{label}]  \n" + "".join(_marked(text, mark, "~~:gray[{}]~~") for text, mark in went))
        right.markdown(f":gray[{label}]  \n" + "".join(_marked(text, mark, ":green-background[{}]") for text, mark in came))
    else:
        left.markdown(f":gray[{label}]  \n~~:gray[{language.escape(before)}]~~")
        right.markdown(f":gray[{label}]  \n:green-background[{language.escape(after)}]")


def _marked(text: str, mark: bool, frame: str) -> str:
    """A piece of a text; spaces at its ends stay outside the mark, which Markdown would not see otherwise."""
    bare = text.strip()
    if not bare:
        return " " if text else ""
    shown = language.escape(bare)
    lead, tail = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return lead + (frame.format(shown) if mark else shown) + tail
