"""Assumptions under the hand: what clients keep with half the hours, the task, the step of a quarter, bounds of hours by segment."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd
import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.strategies import Assumptions, KindAssumption
from sbyt_core.strategies.assumptions import ELASTICITY_BOUNDS, TASKS
from sbyt_core.ui import frame
from sbyt_core.ui.follow import follow
from sbyt_core.ui.hours import data
from sbyt_core.ui.hours.data import Desk
from sbyt_core.ui.page import Page

IN_SIGHT = ("A", "B", "C")
RARER = ("late", "promising", "new")  # of those at a loss, hours change no profit
LOW_KEPT = math.ceil(100 * 0.5 ** ELASTICITY_BOUNDS[1])  # per cent: more cannot be lost with half the hours
HIGH_KEPT = 99
FREE = "free"  # no limit
STEPS = (0.25, 0.5, 1.0, FREE)  # of a client's hours in a quarter
_GENERATION = "_bounds_generation"


def show(page: Page, desk: Desk) -> None:
    """The controls; each keeps what it says at once, the table of bounds by its button."""
    settings = desk.settings
    st.markdown(f"**{page.say('hours.assumed')}**")
    st.caption(page.say("hours.assumed.text", measure=_measure(page, desk)))
    for kind in IN_SIGHT:
        _kept(page, desk, kind)
    _task(page, desk)
    _step(page, settings)
    with st.expander(page.say("hours.more"), key="hours_more", on_change="rerun"):
        for kind in RARER:
            if desk.capacity.load.by_kind.loc[kind, "clients"] > 0:
                _kept(page, desk, kind)
        _whole(page, settings)
        _bounds(page, settings)
    if settings != Assumptions():
        st.button(
            page.say("hours.reset"),
            key="hours_reset",
            type="tertiary",
            on_click=data.change_assumptions,
            args=(page, lambda _: Assumptions()),
        )


def _measure(page: Page, desk: Desk) -> str:
    return page.plain(f"measure.{desk.result.measure}.of")


def _kept(page: Page, desk: Desk, kind: str) -> None:
    settings = desk.settings
    key = f"kept_{kind}"
    follow(key, min(max(round(100 * settings.kept_at(kind, 0.5)), LOW_KEPT), HIGH_KEPT))
    st.slider(
        page.say("hours.kept_at", name=page.plain(f"strategy.{kind}.name")),
        LOW_KEPT,
        HIGH_KEPT,
        key=key,
        format="%d%%",
        help=page.say("hours.kept_at.help", elasticity=page.plain.num(settings[kind].elasticity, 2), measure=_measure(page, desk)),
        on_change=_set_kept,
        args=(page, kind, key),
    )


def _set_kept(page: Page, kind: str, key: str) -> None:
    elasticity = -math.log2(st.session_state[key] / 100)
    data.change_assumptions(page, lambda old: old.with_kind(replace(old[kind], elasticity=elasticity)))


def _task(page: Page, desk: Desk) -> None:
    now = desk.settings.task or desk.result.criteria.task
    follow("hours_task", now)
    st.segmented_control(
        page.say("hours.task"),
        TASKS,
        key="hours_task",
        required=True,
        format_func=lambda code: page.plain.capital(page.plain(f"task.{code}")),
        help=page.say("hours.task.help"),
        on_change=lambda: data.change_assumptions(page, lambda old: replace(old, task=st.session_state["hours_task"])),
    )


def _step(page: Page, settings: Assumptions) -> None:
    now = FREE if settings.change_limit is None else settings.change_limit
    follow("hours_step", now)
    st.selectbox(
        page.say("hours.step"),
        STEPS if now in STEPS else (*STEPS, now),
        key="hours_step",
        format_func=lambda step: page.plain("hours.step.free") if step == FREE else f"±{page.plain.percent(step)}",
        help=page.say("hours.step.help"),
        on_change=_set_step,
        args=(page,),
    )


def _set_step(page: Page) -> None:
    step = st.session_state["hours_step"]
    data.change_assumptions(page, lambda old: replace(old, change_limit=None if step == FREE else step))


def _whole(page: Page, settings: Assumptions) -> None:
    follow("hours_whole", settings.whole_contacts)
    st.toggle(
        page.say("hours.whole"),
        key="hours_whole",
        help=page.say("hours.whole.help"),
        on_change=lambda: data.change_assumptions(page, lambda old: replace(old, whole_contacts=st.session_state["hours_whole"])),
    )


def _bounds(page: Page, settings: Assumptions) -> None:
    st.markdown(page.say("hours.bounds"))
    config = st.column_config
    base = pd.DataFrame(
        {
            "kind": [page.plain(f"strategy.{one.kind}.name") for one in settings.kinds],
            "least": [one.least for one in settings.kinds],
            "most": [one.most for one in settings.kinds],
        }
    )
    edited = st.data_editor(
        base,
        key=f"hours_bounds_{st.session_state.get(_GENERATION, 0)}",
        hide_index=True,
        placeholder="",
        disabled=["kind"],
        column_config={
            "kind": config.TextColumn(page.plain("hours.column.kind"), width=125),
            "least": config.NumberColumn(page.plain("hours.column.least"), step=0.01, format="localized", required=True),
            "most": config.NumberColumn(page.plain("hours.column.most"), step=0.01, format="localized", required=True),
        },
    )
    if st.button(page.say("hours.bounds.save"), key="hours_bounds_save"):
        try:
            kinds = tuple(
                KindAssumption(old.kind, old.elasticity, float(least), float(most))
                for old, least, most in zip(settings.kinds, edited["least"], edited["most"], strict=True)
            )
            data.change_assumptions(page, lambda old: replace(old, kinds=kinds))
        except SbytError as fault:
            _say(page, fault)
            return
        st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1
        st.rerun()


def _say(page: Page, fault: SbytError) -> None:
    """A fault of a bound with the name of its kind; the table stays as it was typed."""
    kind = fault.params.get("kind")
    if isinstance(kind, str):
        fault = SbytError(fault.code, **{**fault.params, "kind": page.plain(f"strategy.{kind}.name")})
    frame.fault(fault)
