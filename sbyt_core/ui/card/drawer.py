"""The drawer of one step: a form for all that the step says; for a kind of clients, what it has otherwise.

What does not fit is said beside the form and nothing typed is lost. Where somebody saved the same field meanwhile, both versions are
shown and one is chosen; other fields are put together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from sbyt_core.cards import Card, Merged, Step, merge_steps
from sbyt_core.cards.change import add_for, add_step, change_for, change_step, drop_for, drop_step, inherit
from sbyt_core.cards.step import FIELDS
from sbyt_core.errors import SbytError
from sbyt_core.reports.card.words import value_text
from sbyt_core.ui import frame, language
from sbyt_core.ui.card import data, evidence, form, opening
from sbyt_core.ui.card.data import Desk
from sbyt_core.ui.page import Page

CHOICES = ("same", "other", "drop")  # what a kind of clients does with a step of the base
NEW = "new"
_CONFLICT = "_card_conflict"


class _Conflict(Exception):
    """Both changed the same field; carries both versions."""

    def __init__(self, merged: Merged) -> None:
        super().__init__()
        self.merged = merged


def open_edit(desk: Desk, key: str, kind: str | None) -> None:
    """Open the drawer of a step, as everybody or as a kind of clients has it; the step is remembered as it stands now."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    own = next((step for step in card.steps_for(kind) if step.key == key), None)
    st.session_state.pop(_CONFLICT, None)
    opening.open_("edit", key, kind, own if own is not None else card.step(key))


def open_new(kind: str | None) -> None:
    """Open the drawer of a step to be added, for everybody or for a kind of clients."""
    opening.open_("new", kind)


def open_read(key: str, kind: str | None) -> None:
    """Open a step for somebody who may not edit."""
    opening.open_("read", key, kind)


def edit(page: Page, desk: Desk, key: str, kind: str | None, opened: Step) -> None:
    """The drawer of a step. opened: the step as it was when the drawer was opened."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    if all(step.key != key for step in card.all_steps()):  # somebody took it out meanwhile
        opening.close()
        return
    base = card.step(key)
    of_base = any(step.key == key for step in card.steps)
    name = base.operation or page.plain("card.step.unnamed")
    title = (
        page.say("card.drawer.title", name=name) if kind is None else page.say("card.drawer.title_for", name=name, kind=_kind(page, kind))
    )

    @st.dialog(title, width="medium", position="right", on_dismiss=opening.close)
    def show() -> None:
        evidence.show(page, base)
        choice = _choice(page, card, kind, key) if kind is not None and of_base else "other"
        if choice != "other":
            _settle(page, kind, key, choice)  # type: ignore[arg-type]
            return
        sent, typed = form.show(page, card, opened, f"{key}_{kind or ''}")
        conflict: Merged | None = st.session_state.get(_CONFLICT)
        if sent:
            st.session_state.pop(_CONFLICT, None)
            values = form.values(page, opened, typed)
            if values is None:
                return
            mine = replace(opened, **values)
            try:
                if kind is None or not of_base:
                    _keep(page, lambda card: _merged(card, opened, mine))
                else:
                    _keep(page, lambda card: change_for(card, kind, key, {name: getattr(mine, name) for name in FIELDS}))
            except _Conflict as both:
                st.session_state[_CONFLICT] = conflict = both.merged
            except SbytError as error:
                frame.fault(error)
                return
        if conflict is not None and conflict.step.key == key:
            _choose(page, conflict)
            return
        evidence.situations(page, base)
        whole = kind is None or not of_base
        if whole and st.button(page.say("card.step.drop"), key=f"drop_{key}", icon=":material/delete:", type="tertiary"):
            _keep(page, lambda card: drop_step(card, key))

    show()


def new(page: Page, desk: Desk, kind: str | None) -> None:
    """The drawer of a step to be added, for everybody or for a kind of clients."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    title = page.say("card.drawer.new") if kind is None else page.say("card.drawer.new_for", kind=_kind(page, kind))

    @st.dialog(title, width="medium", position="right", on_dismiss=opening.close)
    def show() -> None:
        after = form.place(page, card, {step.key: number for number, step in enumerate(card.steps, 1)}, key="new_after")
        blank = Step(NEW, "", card.steps[-1].role if card.steps else "")
        sent, typed = form.show(page, card, blank, NEW)
        if not sent:
            return
        values = form.values(page, blank, typed)
        if values is None:
            return
        try:
            if kind is None:
                _keep(page, lambda card: add_step(card, values, after=after))
            else:
                _keep(page, lambda card: add_for(card, kind, values, after=after))
        except SbytError as error:
            frame.fault(error)

    show()


def read(page: Page, desk: Desk, key: str, kind: str | None) -> None:
    """A step shown to somebody who may not edit."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    step = next((one for one in card.steps_for(kind) if one.key == key), card.step(key))

    @st.dialog(page.say("card.drawer.title", name=step.operation), width="medium", position="right", on_dismiss=opening.close)
    def show() -> None:
        evidence.show(page, step)
        for name in FIELDS:
            value = getattr(step, name)
            if name != "operation" and value not in ("", None, ()):
                st.markdown(f"**{page.say(f'card.field.{name}')}**  \n{language.escape(value_text(name, value, page.plain))}")

    show()


def _choice(page: Page, card: Card, kind: str, key: str) -> str:
    change = next((one for one in card.differences.get(kind, ()) if one.key == key and one.step is None), None)
    now = "same" if change is None else "drop" if change.dropped else "other"
    chosen = st.segmented_control(
        page.say("card.drawer.choice"),
        CHOICES,
        default=now,
        required=True,
        format_func=lambda code: page.plain(f"card.choice.{code}"),
        key=f"choice_{key}_{kind}",
        label_visibility="collapsed",
    )
    return chosen or now


def _settle(page: Page, kind: str, key: str, choice: str) -> None:
    st.markdown(page.say(f"card.choice.{choice}.text", kind=_kind(page, kind)))
    if st.button(page.say("card.save"), key=f"settle_{key}_{kind}", type="primary"):
        edit_ = drop_for if choice == "drop" else inherit
        _keep(page, lambda card: edit_(card, kind, key))


def _merged(card: Card, opened: Step, mine: Step) -> Card:
    merged = merge_steps(opened, card.step(opened.key), mine)
    if merged.conflicts:
        raise _Conflict(merged)
    return change_step(card, opened.key, {name: getattr(merged.step, name) for name in FIELDS})


def _choose(page: Page, merged: Merged) -> None:
    """Both versions of the fields that two people changed."""
    st.warning(page.say("card.conflict"), icon=":material/group:")
    own = []
    for one in merged.conflicts:
        st.markdown(f"**{page.say(f'card.field.{one.field}')}**")
        left, right = st.columns(2)
        left.markdown(f":gray[{page.say('card.conflict.theirs')}]  \n{language.escape(value_text(one.field, one.before, page.plain))}")
        right.markdown(f":gray[{page.say('card.conflict.mine')}]  \n{language.escape(value_text(one.field, one.after, page.plain))}")
        chosen = st.segmented_control(
            page.say("card.conflict.choose"),
            ("theirs", "mine"),
            default="theirs",
            required=True,
            format_func=lambda code: page.plain(f"card.conflict.take_{code}"),
            key=f"conflict_{one.field}",
            label_visibility="collapsed",
        )
        if chosen == "mine":
            own.append(one.field)
    if st.button(page.say("card.save"), key="conflict_save", type="primary"):
        st.session_state.pop(_CONFLICT, None)
        step = merged.with_own(own)
        _keep(page, lambda card: change_step(card, step.key, {name: getattr(step, name) for name in FIELDS}))


def _keep(page: Page, change: Callable[[Card], Card]) -> None:
    data.change_card(page, change)
    opening.done(page.say("card.saved"))


def _kind(page: Page, kind: str) -> str:
    return page.plain(f"strategy.{kind}.name")
