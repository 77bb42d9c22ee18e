"""The dialogs of a card's life: send to review, review, acknowledge, make effective.

Each says what it is about: why the card changes, what the changed norms move in hours, net profit and classes, what changed step by
step, who has signed and who has not.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from sbyt_core.cards import diff_cards
from sbyt_core.cards.life import CardVersion
from sbyt_core.errors import SbytError
from sbyt_core.segments import Segmentation
from sbyt_core.ui import exports, frame, language
from sbyt_core.ui.card import data, opening, redline, weight
from sbyt_core.ui.card.data import Desk
from sbyt_core.ui.page import Page

DATE_FORMAT = {"ru": "DD.MM.YYYY", "en": "DD/MM/YYYY"}


def show(page: Page, desk: Desk, code: str, found: Segmentation | None) -> None:
    """The dialog of an action, where it can still come: `send`, `review`, `acknowledge` or `effect`."""
    busy = desk.busy
    if code == "send" and busy is None and desk.edited:
        _send(page, desk, found)
    elif code == "review" and busy is not None and busy.state == "in_review":
        _review(page, desk, busy, found)
    elif code == "acknowledge" and busy is not None and busy.state == "approved" and busy.waiting:
        _acknowledge(page, busy)
    elif code == "effect" and busy is not None and busy.state == "approved" and not busy.waiting:
        _effect(page, desk, busy, found)
    else:
        opening.close()


def _summary(page: Page, desk: Desk, version: CardVersion | None, found: Segmentation | None, *, opened: bool = False) -> None:
    """Why, how much changed, and what moves."""
    card = version.card if version is not None else desk.draft.card
    if version is not None:
        st.markdown(language.escape(version.why))
    before = desk.held.card if desk.held is not None else None
    if before is None:
        st.caption(page.say("card.summary.first", n=len(card.steps)))  # type: ignore[union-attr]
        return
    for sentence in weight_sentences(page, weight.moved(page, before, card, found)):  # type: ignore[arg-type]
        st.markdown(f"- {sentence}")
    with st.expander(page.say("card.summary.redline"), expanded=opened):
        redline.show(page, diff_cards(before, card))  # type: ignore[arg-type]


def weight_sentences(page: Page, moved: weight.Moved) -> list[str]:
    """What a change of norms moves, in words."""
    told = []
    if moved.hours is not None:
        before, after = moved.hours
        change = round(after) - round(before)  # of the figures as they are shown
        signed = ("+" if change > 0 else "") + page.plain.num(change)
        told.append(page.say("card.moves.hours", before=page.plain.num(before), after=page.plain.num(after), change=signed))
    if moved.net is not None:
        before, after = moved.net
        change = round(after) - round(before)
        signed = ("+" if change > 0 else "") + page.money(change)
        told.append(page.say("card.moves.net", before=page.money(before), after=page.money(after), change=signed))
    if moved.classes is not None:
        told.append(page.say("card.moves.classes", n=moved.classes))
    return told


def _send(page: Page, desk: Desk, found: Segmentation | None) -> None:
    card, last = desk.draft.card, desk.versions[0] if desk.versions else None

    @st.dialog(page.say("card.send.title"), width="medium", on_dismiss=opening.close)
    def show() -> None:
        _summary(page, desk, None, found)
        with st.form("send_form", border=False):
            why = st.text_area(page.say("card.why"), desk.draft.why, key="send_why", max_chars=2000, help=page.say("card.why.help"))
            reviewers = st.text_input(page.say("card.reviewers"), ", ".join(last.reviewers) if last else "", key="send_reviewers")
            st.markdown(f"**{page.say('card.people')}**")
            people = {}
            for number, role in enumerate(card.roles):  # type: ignore[union-attr]
                known = ", ".join(last.people.get(role, ())) if last else ""
                people[role] = st.text_input(
                    language.escape(role), known, key=f"send_people_{number}", placeholder=page.plain("card.people.placeholder")
                )
            today = exports.now().date()
            day = st.date_input(page.say("card.effective_on"), today, min_value=today, key="send_day", format=DATE_FORMAT[page.plain.lang])
            sent = st.form_submit_button(page.say("card.next.send"), type="primary")
        if sent:
            try:
                _sent(page, why, reviewers, people, day or today)
            except SbytError as error:
                frame.fault(error)
                return
            opening.done()

    show()


def _sent(page: Page, why: str, reviewers: str, people: dict[str, str], day: date) -> None:
    data.change(page, lambda draft: replace(draft, why=why.strip()))
    version = data.load(page).version
    page.store.send_card(
        page.project.id,  # type: ignore[union-attr]
        expected_version=version,
        reviewers=_names(reviewers),
        people={role: _names(names) for role, names in people.items()},
        effective_on=day,
    )


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.replace(";", ",").replace("\n", ",").split(",") if name.strip()]


def _review(page: Page, desk: Desk, version: CardVersion, found: Segmentation | None) -> None:
    rest = [name for name in version.reviewers if name not in version.agreed]

    @st.dialog(page.say("card.review.title", number=version.number), width="large", on_dismiss=opening.close)
    def show() -> None:
        _summary(page, desk, version, found, opened=True)
        who = st.radio(page.say("card.review.who"), rest, format_func=language.escape, key="review_who", horizontal=True)
        remark = st.text_area(page.say("card.review.remark"), key="review_remark", max_chars=2000)
        with st.container(horizontal=True):
            agreed = st.button(page.say("card.review.agree"), key="review_agree", type="primary")
            back = st.button(page.say("card.review.return"), key="review_return")
        if not agreed and not back:
            return
        try:
            if agreed:
                page.store.agree_card(page.project.id, version.number, str(who))  # type: ignore[union-attr]
            else:
                page.store.return_card(page.project.id, version.number, str(who), remark)  # type: ignore[union-attr]
        except SbytError as error:
            frame.fault(error)
            return
        opening.done()

    show()


def _acknowledge(page: Page, version: CardVersion) -> None:
    @st.dialog(page.say("card.acknowledge.title", number=version.number), width="medium", on_dismiss=opening.close)
    def show() -> None:
        st.markdown(page.say("card.acknowledge.text"))
        with st.form("acknowledge_form", border=False):
            signed = []
            for role, names in version.people.items():
                open_names = [name for one, name in version.waiting if one == role]
                done = [name for name in names if name not in open_names]
                st.markdown(
                    f"**{language.escape(role)}**"
                    + (f" :gray[{page.say('card.acknowledge.done', people=', '.join(done))}]" if done else "")
                )
                for name in open_names:
                    if st.checkbox(language.escape(name), key=f"read_{role}_{name}"):
                        signed.append((role, name))
            sent = st.form_submit_button(page.say("card.acknowledge.send"), type="primary")
        if sent:
            try:
                for role, name in signed:
                    page.store.acknowledge_card(page.project.id, version.number, role, name)  # type: ignore[union-attr]
            except SbytError as error:
                frame.fault(error)
                return
            opening.done()

    show()


def _effect(page: Page, desk: Desk, version: CardVersion, found: Segmentation | None) -> None:
    @st.dialog(page.say("card.effect.title", number=version.number), width="medium", on_dismiss=opening.close)
    def show() -> None:
        _summary(page, desk, version, found)
        st.markdown(page.say("card.effect.text"))
        if st.button(page.say("card.effect.send"), key="effect_send", type="primary"):
            try:
                page.store.make_card_effective(page.project.id, version.number, exports.now().date())  # type: ignore[union-attr]
            except SbytError as error:
                frame.fault(error)
                return
            opening.done()

    show()
