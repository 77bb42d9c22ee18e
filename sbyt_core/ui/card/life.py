"""The strip under the figures: where the card stands on its way to effect, what it waits for, and the one action that can come now.

Draft → in review → approved → in effect. The action opens its dialog.
"""

from __future__ import annotations

import streamlit as st

from sbyt_core.cards import blocking, check_card
from sbyt_core.errors import Problem
from sbyt_core.ui import exports, frame, navigation
from sbyt_core.ui.card import data, drawer, opening
from sbyt_core.ui.card.data import Desk
from sbyt_core.ui.page import Page

WAY = ("draft", "in_review", "approved", "effective")


def strip(page: Page, desk: Desk) -> None:
    """The way, what it waits for, and the primary button."""
    state = desk.busy.state if desk.busy is not None else "draft" if desk.edited else "effective"
    steps = [
        f"**:primary[{page.say(f'card.state.{code}')}]**" if code == state else f":gray[{page.say(f'card.state.{code}')}]" for code in WAY
    ]
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="card_life"):
        note = _note(page, desk)
        st.markdown(" → ".join(steps) + (f"  \n:small[{note}]" if note else ""), width="content")
        _button(page, desk)


def _note(page: Page, desk: Desk) -> str:
    busy = desk.busy
    if busy is None:
        if desk.held is not None and desk.edited:
            return page.say("card.note.edited", number=desk.held.number)
        return page.say("card.note.same", number=desk.held.number) if desk.held is not None else page.say("card.note.first")
    if busy.state == "in_review":
        rest = [name for name in busy.reviewers if name not in busy.agreed]
        return page.say("card.note.in_review", number=busy.number, people=", ".join(rest))
    if busy.waiting:
        return page.say("card.note.waiting", number=busy.number, people=", ".join(name for _, name in busy.waiting[:6]))
    return page.say("card.note.ready", number=busy.number, day=busy.effective_on)


def _button(page: Page, desk: Desk) -> None:
    busy, card = desk.busy, desk.draft.card
    if busy is not None:
        if busy.state == "in_review":
            if data.may(page, "edit"):
                _primary(page, "review")
        elif busy.waiting:
            _primary(page, "acknowledge")
        elif data.may(page, "approve"):
            _primary(page, "effect", disabled=busy.effective_on > exports.now().date())
    elif desk.edited and data.may(page, "edit"):
        faults = blocking(check_card(card))  # type: ignore[arg-type]
        if faults:
            label = page.say("card.next.mend", n=len(faults))
            st.button(label, type="primary", key="card_mend", on_click=_mend, args=(desk, faults[0]))
        else:
            _primary(page, "send")
    elif not desk.edited and any(stage.code == "practice" for stage in navigation.STAGES):
        frame.next_step(page.say("card.next.practice"), "practice")


def _mend(desk: Desk, fault: Problem) -> None:
    """Open the step of a fault; where there is no step yet, a new one."""
    if fault.row is None:
        drawer.open_new(None)
    else:
        steps = desk.draft.card.steps_for(fault.sheet)  # type: ignore[union-attr]
        drawer.open_edit(desk, steps[fault.row - 1].key, fault.sheet)


def _primary(page: Page, code: str, *, disabled: bool = False) -> None:
    label = page.say(f"card.next.{code}")
    st.button(label, type="primary", key=f"card_{code}", disabled=disabled, on_click=opening.open_, args=(code,))
