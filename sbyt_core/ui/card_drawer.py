"""The drawer of one step: a form for all that the step says; for a kind of clients, what it has otherwise.

What does not fit is said beside the form and nothing typed is lost. Where somebody saved the same field meanwhile, both versions are shown and
one is chosen; other fields are put together.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from sbyt_core.cards import Card, Merged, Step, StepException, merge_steps
from sbyt_core.cards.change import add_for, add_step, change_for, change_step, drop_for, drop_step, inherit
from sbyt_core.cards.step import CHANNELS, END, FIELDS, LINE_LIMIT, TEXT_LIMIT
from sbyt_core.errors import SbytError
from sbyt_core.reports.card_words import value_text
from sbyt_core.ui import card_data, card_evidence, frame, language
from sbyt_core.ui.card_data import Desk
from sbyt_core.ui.number_field import number_field, parse_number
from sbyt_core.ui.page import Page

CHOICES = ("same", "other", "drop")  # what a kind of clients does with a step of the base
NEW = "new"


class _Conflict(Exception):
    """Both changed the same field; carries both versions."""

    def __init__(self, merged: Merged) -> None:
        super().__init__()
        self.merged = merged


def edit(page: Page, desk: Desk, key: str, kind: str | None) -> None:
    """Open the drawer of a step, as everybody or as a kind of clients has it."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    base = card.step(key)
    own = next((step for step in card.steps_for(kind) if step.key == key), None)
    opened = own if own is not None else base
    of_base = any(step.key == key for step in card.steps)
    name = base.operation or page.plain("card.step.unnamed")
    title = (
        page.say("card.drawer.title", name=name) if kind is None else page.say("card.drawer.title_for", name=name, kind=_kind(page, kind))
    )

    @st.dialog(title, width="large", position="right")
    def show() -> None:
        card_evidence.show(page, desk, base)
        choice = _choice(page, card, kind, key) if kind is not None and of_base else "other"
        if choice != "other":
            _settle(page, kind, key, choice)  # type: ignore[arg-type]
            return
        sent, typed = _form(page, card, opened, f"{key}_{kind or ''}")
        conflict: Merged | None = st.session_state.get("_card_conflict")
        if sent:
            st.session_state.pop("_card_conflict", None)
            values = _values(page, opened, typed)
            if values is None:
                return
            mine = replace(opened, **values)
            try:
                if kind is None or not of_base:
                    _keep(page, lambda card: _merged(card, opened, mine))
                else:
                    _keep(page, lambda card: change_for(card, kind, key, {name: getattr(mine, name) for name in FIELDS}))
            except _Conflict as both:
                st.session_state["_card_conflict"] = conflict = both.merged
            except SbytError as error:
                frame.fault(error)
                return
        if conflict is not None and conflict.step.key == key:
            _choose(page, conflict)
            return
        if kind is None or not of_base:
            if st.button(page.say("card.step.drop"), key=f"drop_{key}", icon=":material/delete:", type="tertiary"):
                _keep(page, lambda card: drop_step(card, key))

    st.session_state.pop("_card_conflict", None)
    show()


def new(page: Page, desk: Desk, kind: str | None) -> None:
    """Open the drawer of a step to be added, for everybody or for a kind of clients."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    title = page.say("card.drawer.new") if kind is None else page.say("card.drawer.new_for", kind=_kind(page, kind))

    @st.dialog(title, width="large", position="right")
    def show() -> None:
        places = ["", *(step.key for step in card.steps)]
        numbers = {step.key: number for number, step in enumerate(card.steps, 1)}
        after = st.selectbox(
            page.say("card.drawer.place"),
            places,
            index=len(places) - 1,
            format_func=lambda key: page.plain("card.drawer.first") if not key else _numbered(page, card, key, numbers),
            key="new_after",
        )
        blank = Step(NEW, "", card.steps[-1].role if card.steps else "")
        sent, typed = _form(page, card, blank, NEW)
        if not sent:
            return
        values = _values(page, blank, typed)
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
    """Show a step to somebody who may not edit."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    step = next((one for one in card.steps_for(kind) if one.key == key), card.step(key))

    @st.dialog(page.say("card.drawer.title", name=step.operation), width="large", position="right")
    def show() -> None:
        card_evidence.show(page, desk, step)
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


def _form(page: Page, card: Card, step: Step, key: str) -> tuple[bool, dict[str, Any]]:
    label, typed = (lambda name: page.say(f"card.field.{name}")), {}
    with st.form(f"step_form_{key}", border=False):
        typed["operation"] = st.text_input(label("operation"), step.operation, key=f"operation_{key}", max_chars=LINE_LIMIT)
        one, two, three = st.columns(3)
        with one:
            roles = list(dict.fromkeys([*card.roles, *([step.role] if step.role else [])]))
            typed["role"] = st.selectbox(
                label("role"),
                roles,
                index=roles.index(step.role) if step.role in roles else None,
                accept_new_options=True,
                placeholder=page.plain("card.role.placeholder"),
                key=f"role_{key}",
            )
        with two:
            typed["norm_minutes"] = number_field(
                page, label("norm_minutes"), step.norm_minutes, key=f"norm_{key}", help=page.say("card.norm.help")
            )
        with three:
            typed["answer_hours"] = number_field(
                page, page.say("card.answer_hours"), step.answer_hours, key=f"answer_{key}", help=page.say("card.answer_hours.help")
            )
        typed["script"] = st.text_area(label("script"), step.script, key=f"script_{key}", max_chars=TEXT_LIMIT, height=120)
        one, two = st.columns(2)
        for column, names in ((one, ("trigger", "output")), (two, ("input", "check"))):
            for name in names:
                with column:
                    typed[name] = st.text_area(label(name), getattr(step, name), key=f"{name}_{key}", max_chars=TEXT_LIMIT, height=80)
        with one:
            channels = ["", *CHANNELS]
            typed["channel"] = st.selectbox(
                label("channel"),
                channels,
                index=channels.index(step.channel),
                format_func=lambda code: page.plain(f"card.channel.{code}") if code else page.plain("card.channel.none"),
                key=f"channel_{key}",
            )
        with two:
            typed["typical"] = st.toggle(label("typical"), step.typical, key=f"typical_{key}", help=page.say("card.typical.help"))
        typed["exceptions"] = _exceptions(page, card, step, key)
        sent = st.form_submit_button(page.say("card.save"), type="primary")
    return sent, typed


def _exceptions(page: Page, card: Card, step: Step, key: str) -> list[tuple[str, str, str]]:
    """The exceptions and one line more; a line emptied is taken out."""
    st.markdown(f"**{page.say('card.field.exceptions')}**")
    others = [one.key for one in card.steps if one.key != step.key]
    numbers = {one.key: number for number, one in enumerate(card.steps, 1)}
    ways = ["", END, *others]

    def named(way: str) -> str:
        if way in ("", END):
            return page.plain("card.goto.next" if not way else "card.goto.end")
        return _numbered(page, card, way, numbers)

    typed = []
    for number, one in enumerate((*step.exceptions, StepException("", ""))):
        condition, then, goto = st.columns([2, 3, 2])
        hidden = "visible" if number == 0 else "collapsed"
        typed.append(
            (
                condition.text_area(
                    page.say("card.exception.condition"), one.condition, key=f"if_{number}_{key}", height=68, label_visibility=hidden
                ),
                then.text_area(page.say("card.exception.then"), one.then, key=f"then_{number}_{key}", height=68, label_visibility=hidden),
                goto.selectbox(
                    page.say("card.exception.goto"),
                    ways,
                    index=ways.index(one.goto) if one.goto in ways else 0,
                    format_func=named,
                    key=f"goto_{number}_{key}",
                    label_visibility=hidden,
                ),
            )
        )
    return typed


def _values(page: Page, step: Step, typed: dict[str, Any]) -> dict[str, Any] | None:
    """The values of the form; None where something does not fit, which is said."""
    try:
        values = {**typed, **{name: parse_number(typed[name]) for name in ("norm_minutes", "answer_hours")}}
    except ValueError:
        st.error(page.say("field.not_a_number"))
        return None
    values["role"] = (typed["role"] or "").strip()
    values["operation"] = typed["operation"].strip()
    try:
        values["exceptions"] = tuple(StepException(*one) for one in typed["exceptions"] if one[0].strip() or one[1].strip())
        replace(step, **values)
    except SbytError as error:
        frame.fault(error)
        return None
    return values


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
        st.session_state.pop("_card_conflict", None)
        step = merged.with_own(own)
        _keep(page, lambda card: change_step(card, step.key, {name: getattr(step, name) for name in FIELDS}))


def _keep(page: Page, change: Callable[[Card], Card]) -> None:
    card_data.change_card(page, change)
    st.toast(page.say("card.saved"))
    st.rerun()


def _kind(page: Page, kind: str) -> str:
    return page.plain(f"strategy.{kind}.name")


def _numbered(page: Page, card: Card, key: str, numbers: dict[str, int]) -> str:
    return page.plain("cardfile.step", number=numbers[key], operation=card.step(key).operation)
