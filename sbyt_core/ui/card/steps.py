"""The steps as a readable list, the process map beside it; a step opens in a drawer.

The list is that of the draft, for all clients or as one kind of clients is served. Marks on a step: its role, its figures, what other kinds
have otherwise, and what is to be mended.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from sbyt_core.cards import Card, Step, blocking, check_card
from sbyt_core.cards.change import move_step
from sbyt_core.cards.mermaid import process_map
from sbyt_core.cards.step import FIELDS
from sbyt_core.cards.words import answer_time, minutes_in_words
from sbyt_core.errors import Problem
from sbyt_core.ui import language
from sbyt_core.ui.card import data, drawer, link, opening
from sbyt_core.ui.card.data import Desk
from sbyt_core.ui.page import Page

EVERYBODY = "all"
MAIN = ("A", "B", "C")
ROLE_BADGES = (
    "blue",
    "orange",
    "green",
    "violet",
    "gray",
    "yellow",
    "primary",
)  # of roles in the order of the steps; red is for what is wrong


def empty(page: Page) -> Card:
    """A card to begin with where no starter fits."""
    return Card(page.plain("card.own.name"))


def show(page: Page, desk: Desk) -> None:
    """The list and the map."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    editable = data.may(page, "edit")
    left, right = st.columns([3, 2], gap="large")
    with left:
        kind = _kind(page, card)
        steps = card.steps_for(kind)
        problems = [one for one in check_card(card) if one.sheet in (None, kind)]
        with st.container(key="card_steps", gap="small"):
            for number, step in enumerate(steps, 1):
                _step(page, desk, card, step, number, len(steps), kind, problems, editable)
        _dropped(page, desk, card, kind, editable)
        if editable:
            with st.container(horizontal=True):
                add = page.say("card.step.add")
                st.button(add, key="card_add", icon=":material/add:", on_click=drawer.open_new, args=(kind,))
                if kind is None:
                    for name, icon in (("blocks", "widgets"), ("about", "title")):
                        label = page.say(f"card.{name}")
                        st.button(label, key=f"card_{name}", icon=f":material/{icon}:", on_click=opening.open_, args=(name,))
                if data.can_undo(desk):
                    st.button(
                        page.say("card.undo"),
                        key="card_undo",
                        icon=":material/undo:",
                        on_click=data.undo,
                        args=(page,),
                        shortcut="Ctrl+Z",
                    )
    with right:
        st.markdown(f"**{page.say('card.map.title', n=len(steps), roles=len({step.role for step in steps}))}**")
        st.mermaid_chart(process_map(steps, page.plain), alt=page.plain("card.map.alt"))


def badge(card: Card, role: str) -> str:
    """A role as a coloured mark."""
    if not role.strip():
        return ""
    colour = ROLE_BADGES[list(card.roles).index(role.strip()) % len(ROLE_BADGES)] if role.strip() in card.roles else "gray"
    return f":{colour}-badge[{language.escape(role)}]"


def figures(page: Page, step: Step) -> str:
    """Minutes, answer time and channel in one line."""
    parts = [
        "" if step.norm_minutes is None else minutes_in_words(step.norm_minutes, page.plain),
        "" if step.answer_hours is None else page.plain("card.answer", time=answer_time(step.answer_hours, page.plain)),
        page.plain(f"card.channel.{step.channel}") if step.channel else "",
        "" if step.typical else page.plain("card.individual"),
    ]
    return " · ".join(language.escape(part) for part in parts if part)


def _kind(page: Page, card: Card) -> str | None:
    kinds = [EVERYBODY, *MAIN, *(kind for kind in card.differences if kind not in MAIN)]
    if st.session_state.get(link.KIND, EVERYBODY) not in kinds:  # its last difference is gone
        del st.session_state[link.KIND]
    chosen = st.pills(
        page.say("card.kind"),
        kinds,
        default=EVERYBODY,
        required=True,
        format_func=lambda kind: page.plain("card.kind.all") if kind == EVERYBODY else page.plain(f"strategy.{kind}.name"),
        key=link.KIND,
        label_visibility="collapsed",
        persist_state="session",
    )
    return None if chosen in (None, EVERYBODY) else chosen


def _step(
    page: Page,
    desk: Desk,
    card: Card,
    step: Step,
    number: int,
    count: int,
    kind: str | None,
    problems: Sequence[Problem],
    editable: bool,
) -> None:
    with st.container(border=True, horizontal=True, vertical_alignment="center", key=f"step_{step.key}", gap="small", wrap=False):
        lines = [f"**{number}. {language.escape(step.operation) or '–'}**", f"{badge(card, step.role)} {figures(page, step)}".strip()]
        note = _differences(page, card, step) if kind is None else _otherwise(page, card, step)
        if note:
            lines.append(f":small[{note}]")
        wrong = [one for one in blocking(problems) if one.row == number]
        lines += [f":red[{page.say(f'warning.{one.code}')}]" for one in wrong]
        st.markdown("  \n".join(lines), width="stretch")
        if editable:
            _opener(page, desk, step.key, kind)
            if kind is None:
                for by, name in ((-1, "up"), (1, "down")):
                    st.button(
                        "",
                        key=f"{name}_{step.key}",
                        icon=f":material/arrow_{name}ward:",
                        type="tertiary",
                        help=page.say(f"card.step.{name}"),
                        disabled=number == (1 if by < 0 else count),
                        on_click=_move,
                        args=(page, step.key, by),
                    )
        else:
            st.button(
                "",
                key=f"open_{step.key}",
                icon=":material/visibility:",
                type="tertiary",
                help=page.say("card.step.read"),
                on_click=drawer.open_read,
                args=(step.key, kind),
            )


def _opener(page: Page, desk: Desk, key: str, kind: str | None) -> None:
    st.button(
        "",
        key=f"open_{key}",
        icon=":material/edit:",
        type="tertiary",
        help=page.say("card.step.open"),
        on_click=drawer.open_edit,
        args=(desk, key, kind),
    )


def _move(page: Page, key: str, by: int) -> None:
    data.change_card(page, lambda card: move_step(card, key, by))


def _differences(page: Page, card: Card, step: Step) -> str:
    """What kinds of clients have otherwise at this step: «A: срок, скрипт · C: не делаем»."""
    told = []
    for kind, changes in card.differences.items():
        for change in changes:
            if change.key == step.key and change.step is None:
                words = page.plain("card.dropped") if change.dropped else _fields(page, tuple(change.values))
                told.append(f"{_short(page, kind)}: {words}")
            elif change.step is not None and change.after == step.key:
                told.append(page.plain("card.added_behind", kind=_short(page, kind), operation=change.step.operation))
    return " · ".join(language.escape(text) for text in told)


def _otherwise(page: Page, card: Card, step: Step) -> str:
    """What is otherwise at this step than for everybody."""
    base = next((one for one in card.steps if one.key == step.key), None)
    if base is None:
        return page.say("card.only_here")
    fields = tuple(name for name in FIELDS if name != "exceptions" and getattr(base, name) != getattr(step, name))
    return page.say("card.otherwise_here", fields=_fields(page, fields)) if fields else ""


def _fields(page: Page, fields: Sequence[str]) -> str:
    return ", ".join(page.plain(f"card.short.{name}") for name in FIELDS if name in fields)


def _short(page: Page, kind: str) -> str:
    return kind if kind in MAIN else page.plain(f"strategy.{kind}.name")


def _dropped(page: Page, desk: Desk, card: Card, kind: str | None, editable: bool) -> None:
    """Steps that a kind of clients is served without."""
    if kind is None:
        return
    present = {step.key for step in card.steps_for(kind)}
    for step in card.steps:
        if step.key not in present:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.markdown(f":gray[~~{language.escape(step.operation)}~~ – {page.say('card.dropped')}]")
                if editable:
                    _opener(page, desk, step.key, kind)
