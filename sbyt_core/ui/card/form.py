"""The form of one step: what is typed, and the values of a step that it means; what does not fit is said beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Literal

import streamlit as st

from sbyt_core.cards import Card, Step, StepException
from sbyt_core.cards.step import CHANNELS, END, LINE_LIMIT, TEXT_LIMIT
from sbyt_core.errors import SbytError
from sbyt_core.ui import frame
from sbyt_core.ui.number_field import number_field, parse_number
from sbyt_core.ui.page import Page


def show(page: Page, card: Card, step: Step, key: str) -> tuple[bool, dict[str, Any]]:
    """The form of a step; gives whether it was sent, and what is typed. key: unlike that of any other form."""
    typed: dict[str, Any] = {}

    def label(name: str) -> str:
        return page.say(f"card.field.{name}")

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
        return numbered(page, card, way, numbers)

    typed = []
    for number, one in enumerate((*step.exceptions, StepException("", ""))):
        condition, then, goto = st.columns([2, 3, 2])
        shown: Literal["visible", "collapsed"] = "visible" if number == 0 else "collapsed"
        typed.append(
            (
                condition.text_area(
                    page.say("card.exception.condition"), one.condition, key=f"if_{number}_{key}", height=68, label_visibility=shown
                ),
                then.text_area(page.say("card.exception.then"), one.then, key=f"then_{number}_{key}", height=68, label_visibility=shown),
                goto.selectbox(
                    page.say("card.exception.goto"),
                    ways,
                    index=ways.index(one.goto) if one.goto in ways else 0,
                    format_func=named,
                    key=f"goto_{number}_{key}",
                    label_visibility=shown,
                ),
            )
        )
    return typed


def values(page: Page, step: Step, typed: dict[str, Any]) -> dict[str, Any] | None:
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


def numbered(page: Page, card: Card, key: str, numbers: dict[str, int]) -> str:
    """A step as an option of a list: its number and name."""
    return page.plain("cardfile.step", number=numbers[key], operation=card.step(key).operation)


def place(page: Page, card: Card, numbers: dict[str, int], *, key: str) -> str:
    """The choice of the step behind which something is put; "" at the very beginning, the last step to begin with."""
    places = ["", *numbers]
    return st.selectbox(
        page.say("card.drawer.place"),
        places,
        index=len(places) - 1,
        format_func=lambda step: numbered(page, card, step, numbers) if step else page.plain("card.drawer.first"),
        key=key,
    )
