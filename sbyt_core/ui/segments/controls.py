"""The criteria under the hand: every control answers in place, and every move can be taken back.

Before each control is drawn it follows the criteria, so that undo, a preset or another window moves it too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.sales.period import DEFAULT_MONTHS
from sbyt_core.segments import GUARD_MODES, PRESETS, TASKS, Criteria, find_cuts
from sbyt_core.segments.history import History
from sbyt_core.ui import drafts, frame, workspace
from sbyt_core.ui.follow import follow
from sbyt_core.ui.page import Page

MEASURES = ("auto", "profit", "revenue")
MEASURES_WITH_NET = ("auto", "net", "profit", "revenue")  # once rates of service are set
UNEVEN = tuple(tenths / 10 for tenths in range(3, 31))  # sd / mean of months: 0.3 is a standing order, at 3 one month holds nearly all
SLIDER_LOW, SLIDER_HIGH = 30, 99  # per cent: cuts outside mean no class that a person would name


def controls(page: Page, history: History, *, has_net: bool) -> None:
    """Presets, measure, cuts and guards; the rarer settings under "more". has_net: whether net profit is known."""
    now = history.now
    _presets(page, now)
    net = now.measure == "net" or has_net
    _choice(page, "measure", MEASURES_WITH_NET if net else MEASURES, now.measure)
    if now.method == "value":
        _cuts(page, now)
        st.button(
            page.say("criteria.find_cuts"), help=page.say("criteria.find_cuts.help"), on_click=lambda: _find_cuts(page), key="find_cuts"
        )
    _choice(page, "guards", GUARD_MODES, now.guards)
    more = st.expander(page.say("criteria.more"), key="criteria_more", on_change="rerun", expanded=False)
    if more.open:
        with more:
            _rarer(page, now)


def _rarer(page: Page, now: Criteria) -> None:
    _toggle(page, "regularity", now.regularity)
    if now.regularity:
        _percent(page, "min_active_share", now.min_active_share, 0, 100)
        _unevenness(page, now.max_cv)
        _number(page, "few_documents", now.few_documents, 0, 12)
        _percent(page, "one_document_share", now.one_document_share, 10, 100)
    _number(page, "newcomer_months", now.newcomer_months, 0, 12)
    _toggle(page, "trouble", now.trouble)
    if now.trouble:
        _percent(page, "trouble_limit", now.trouble_limit, 50, 95)
    if now.guards != "off":
        _percent(page, "guard_a", now.guard_a, 5, 60)
        _percent(page, "guard_c", now.guard_c, 5, 90)
    _choice(page, "task", TASKS, now.task)
    _toggle(page, "aggregate_inside", now.aggregate_inside)
    _months(page)


def _find_cuts(page: Page) -> None:
    """Move the cuts to where both guards hold by themselves with the least moving, and say so."""
    try:
        found = find_cuts(workspace.clients(page), drafts.criteria(page).now)
        drafts.set_criteria(page, found.criteria)
    except SbytError as error:
        frame.fault(error)
        return
    code = "criteria.found" if found.fits else "criteria.found.not"
    a, b = page.plain.percent(found.criteria.cut_a), page.plain.percent(found.criteria.cut_b)
    st.toast(page.say(code, a=a, b=b, n=found.moved), icon=":material/tune:")


def _months(page: Page) -> None:
    known = workspace.clients(page)
    current = workspace.months(page) or DEFAULT_MONTHS
    options = sorted({*(m for m in workspace.MONTHS if m <= max(known.months_of_history, DEFAULT_MONTHS)), current})
    key = "criteria_months"
    follow(key, current)
    st.selectbox(
        page.say("setting.months"),
        options,
        format_func=lambda number: page.plain("words.months", n=number),
        key=key,
        help=page.say("setting.months.help"),
        on_change=lambda: workspace.set_months(page, int(st.session_state[key])),
    )


def _presets(page: Page, now: Criteria) -> None:
    st.markdown(page.say("criteria.presets"))
    with st.container(horizontal=True, gap="small"):
        for code, preset in PRESETS.items():
            st.button(
                page.say(f"preset.{code}"),
                help=page.say(f"preset.{code}.help"),
                type="primary" if now == preset else "secondary",
                on_click=lambda preset=preset: drafts.set_criteria(page, preset),
                key=f"preset_{code}",
            )


def _cuts(page: Page, now: Criteria) -> None:
    low, high = round(100 * now.cut_a), round(100 * now.cut_b)
    _control(
        page,
        "cuts",
        (min(max(low, SLIDER_LOW), SLIDER_HIGH), min(max(high, SLIDER_LOW), SLIDER_HIGH)),
        lambda key: st.slider(
            page.say("criteria.cuts"),
            SLIDER_LOW,
            SLIDER_HIGH,
            step=1,
            format="%d %%",
            key=key,
            help=page.say("criteria.cuts.help"),
            on_change=lambda: _moved(page, key, lambda cuts: {"cut_a": cuts[0] / 100, "cut_b": cuts[1] / 100}),
        ),
    )


def _choice(page: Page, setting: str, options: tuple[str, ...], value: str) -> None:
    _control(
        page,
        setting,
        value,
        lambda key: st.segmented_control(
            page.say(f"setting.{setting}"),
            options,
            format_func=lambda code: page.plain(f"{setting}.{code}"),
            required=True,
            wrap=True,
            key=key,
            help=page.say(f"setting.{setting}.help"),
            on_change=lambda: _moved(page, key, lambda code: {setting: code}),
        ),
    )


def _toggle(page: Page, setting: str, value: bool) -> None:
    _control(
        page,
        setting,
        value,
        lambda key: st.toggle(
            page.say(f"setting.{setting}"),
            key=key,
            help=page.say(f"setting.{setting}.help"),
            on_change=lambda: _moved(page, key, lambda on: {setting: on}),
        ),
    )


def _percent(page: Page, setting: str, value: float, low: int, high: int) -> None:
    _control(
        page,
        setting,
        min(max(round(100 * value), low), high),
        lambda key: st.slider(
            page.say(f"setting.{setting}"),
            low,
            high,
            step=5,
            format="%d %%",
            key=key,
            help=page.say(f"setting.{setting}.help"),
            on_change=lambda: _moved(page, key, lambda share: {setting: share / 100}),
        ),
    )


def _number(page: Page, setting: str, value: int, low: int, high: int) -> None:
    _control(
        page,
        setting,
        min(max(value, low), high),
        lambda key: st.slider(
            page.say(f"setting.{setting}"),
            low,
            high,
            step=1,
            key=key,
            help=page.say(f"setting.{setting}.help"),
            on_change=lambda: _moved(page, key, lambda number: {setting: number}),
        ),
    )


def _unevenness(page: Page, value: float) -> None:
    _control(
        page,
        "max_cv",
        min(UNEVEN, key=lambda allowed: abs(allowed - value)),
        lambda key: st.select_slider(
            page.say("setting.max_cv"),
            UNEVEN,
            format_func=lambda cv: page.plain.num(cv, 1),
            key=key,
            help=page.say("setting.max_cv.help"),
            on_change=lambda: _moved(page, key, lambda cv: {"max_cv": cv}),
        ),
    )


def _control(page: Page, name: str, value: object, draw: Callable[[str], object]) -> None:
    key = f"criteria_{name}"
    follow(key, value)
    draw(key)


def _moved(page: Page, key: str, settings: Callable[[Any], dict[str, object]]) -> None:
    """A control was moved: keep the criteria that it asks for, or say why they cannot be."""
    try:
        drafts.move_criteria(page, settings(st.session_state[key]))
    except SbytError as error:
        frame.fault(error)
