"""Versions of the card: at the left what there was, in which state, who signed; at the right how two of them differ."""

from __future__ import annotations

import streamlit as st

from sbyt_core.cards import Card, diff_cards
from sbyt_core.cards.life import CardVersion
from sbyt_core.errors import SbytError
from sbyt_core.ui import frame, language
from sbyt_core.ui.card import data, opening, redline
from sbyt_core.ui.card.data import Desk
from sbyt_core.ui.page import Page

DRAFT = 0  # in place of a version's number
COLOURS = {"in_review": "orange", "returned": "gray", "approved": "blue", "effective": "green", "retired": "gray"}


def show(page: Page, desk: Desk) -> None:
    """The list and the redline."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        _draft(page, desk)
        for version in desk.versions:
            _version(page, desk, version)
    with right:
        _compare(page, desk)


def _draft(page: Page, desk: Desk) -> None:
    with st.container(border=True, key="version_draft"):
        based = page.say("card.version.based", number=desk.draft.based_on) if desk.draft.based_on else ""
        st.markdown(f":gray-badge[{page.say('card.state.draft')}] {based}")
        if desk.edited and desk.draft.why:
            st.caption(language.escape(desk.draft.why))


def _version(page: Page, desk: Desk, version: CardVersion) -> None:
    with st.container(border=True, key=f"version_{version.number}"):
        state = f":{COLOURS[version.state]}-badge[{page.say(f'card.state.{version.state}')}]"
        st.markdown(f"{state} **{page.say('card.version', number=version.number)}**{_days(page, version)}")
        st.markdown(language.escape(version.why))
        st.caption(_signed(page, version))
        remark = next((act.remark for act in reversed(version.acts) if act.remark), "")
        if remark:
            st.caption(page.say("card.version.remark", remark=remark))
        past = version is not desk.held and version is not desk.busy and data.may(page, "edit")
        if past:
            st.button(
                page.say("card.restore"),
                key=f"restore_{version.number}",
                icon=":material/history:",
                type="tertiary",
                on_click=opening.open_,
                args=("restore", version.number),
            )


def _days(page: Page, version: CardVersion) -> str:
    if version.since is None:
        return f" · {page.say('card.version.planned', day=version.effective_on)}" if version.state in ("in_review", "approved") else ""
    if version.until is None:
        return f" · {page.say('card.version.since', day=version.since)}"
    return f" · {page.plain.date(version.since)} – {page.plain.date(version.until)}"


def _signed(page: Page, version: CardVersion) -> str:
    people = sum(len(names) for names in version.people.values())
    agreed = page.say("card.version.agreed", k=len(version.agreed), n=len(version.reviewers))
    read = page.say("card.version.read", k=people - len(version.waiting), n=people)
    when = page.plain.date(version.at.date()) if version.at else ""
    return " · ".join(part for part in (page.say("card.version.sent", day=when) if when else "", agreed, read) if part)


def restore(page: Page, desk: Desk, number: int) -> None:
    """The dialog that brings a version back as a draft."""

    @st.dialog(page.say("card.restore.title", number=number), on_dismiss=opening.close)
    def show() -> None:
        st.markdown(page.say("card.restore.text"))
        with st.form("restore_form", border=False):
            why = st.text_area(page.say("card.why"), key="restore_why", max_chars=2000)
            sent = st.form_submit_button(page.say("card.restore.send"), type="primary")
        if sent:
            try:
                page.store.restore_card(page.project.id, number, why, expected_version=desk.version)  # type: ignore[union-attr]
            except SbytError as error:
                frame.fault(error)
                return
            opening.done(page.say("card.restored"))

    show()


def _compare(page: Page, desk: Desk) -> None:
    numbers = [DRAFT, *(version.number for version in desk.versions)]
    if len(numbers) == 1:
        st.caption(page.say("card.compare.none"))
        return
    base = desk.busy or desk.held or desk.versions[0]
    first = base.number if desk.edited or len(numbers) < 3 else numbers[2]
    second = DRAFT if desk.edited else base.number if first != base.number else DRAFT
    one, two = st.columns(2)
    with one:
        before = _pick(page, desk, numbers, first, "before")
    with two:
        after = _pick(page, desk, numbers, second, "after")
    redline.show(page, diff_cards(_card(desk, before), _card(desk, after)))


def _pick(page: Page, desk: Desk, numbers: list[int], default: int, name: str) -> int:
    states = {version.number: page.plain(f"card.state.{version.state}") for version in desk.versions}

    def named(number: int) -> str:
        if number == DRAFT:
            return page.plain("card.state.draft")
        return page.plain("card.version.option", number=number, state=states[number])

    return st.selectbox(
        page.say(f"card.compare.{name}"),
        numbers,
        index=numbers.index(default),
        format_func=named,
        key=f"compare_{name}_{default}_{len(numbers)}",
    )


def _card(desk: Desk, number: int) -> Card:
    if number == DRAFT:
        return desk.draft.card  # type: ignore[return-value]
    return next(version.card for version in desk.versions if version.number == number)
