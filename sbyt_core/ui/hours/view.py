"""The hours view: the same people, better spent. Finding, lights, assumptions beside pictures, clients by change of hours with locks."""

from __future__ import annotations

import streamlit as st

from sbyt_core.strategies.hours_words import plan_finding, problem_texts, reserve_advice, reserve_finding
from sbyt_core.strategies.plan import HoursPlan
from sbyt_core.ui import frame, language
from sbyt_core.ui.frame import Light
from sbyt_core.ui.hours import answers, controls, exports, pictures, table
from sbyt_core.ui.hours.data import Desk
from sbyt_core.ui.page import Page


def show(page: Page, desk: Desk) -> None:
    """The whole view; where the inputs do not fit together, what is wrong and the controls that mend it."""
    plan = desk.plan
    if plan is None:
        frame.finding(page.say("hours.no_plan"))
        if desk.fault is not None:
            frame.fault(desk.fault)
        left, _ = st.columns([1, 2], gap="large")
        with left:
            controls.show(page, desk)
        return
    frame.finding(language.escape(plan_finding(plan, page.plain, currency=page.currency)) + ".")
    frame.lights(lights(page, plan))
    st.caption(caption(page, plan))
    _reserve(page, plan)
    left, right = st.columns([1, 2], gap="large")
    with left:
        controls.show(page, desk)
    with right:
        pictures.show(page, plan)
    table.show(page, desk, plan)
    with st.container(horizontal=True):
        answers.button(page, desk)
        exports.plan_download(page, plan)


def _reserve(page: Page, plan: HoursPlan) -> None:
    """Why hours are in reserve and what would put them to work."""
    if plan.left.held:
        st.markdown(language.escape(" ".join([reserve_finding(plan, page.plain), *reserve_advice(plan, page.plain)])))


def lights(page: Page, plan: HoursPlan) -> list[Light]:
    """Hours, people and payroll before and after, and the gain as a range."""
    found = []
    for check in plan.checks:
        limit = page.say({True: "hours.holds", False: "hours.broken", None: "hours.light.no_pay"}[check.holds])
        if check.code == "payroll":  # twice the money would not fit a light
            value = page.money(check.after)
            if check.holds is False:
                limit += " · " + page.money(check.before)
        else:
            digits = 0 if check.code == "headcount" or float(check.before or 0).is_integer() else 1
            value = f"{page.plain.num(check.before, digits)} → {page.plain.num(check.after, digits)}"
        if check.code == "hours" and plan.reserve > 0.05:
            limit += " · " + page.say("hours.light.reserve", hours=page.plain.num(plan.reserve, 1))
        found.append(Light(page.say(f"hours.check.{check.code}"), value, limit, check.holds, page.say(f"hours.light.{check.code}.mend")))
    low, high = page.money(plan.gain.low), page.money(plan.gain.high)
    found.append(
        Light(
            page.say("hours.light.gain", measure=page.say(f"measure.{plan.measure}.of")),
            page.money(plan.gain.mid),
            page.say("hours.light.gain.range", low=low, high=high),
            None,
            page.say("hours.if"),
        )
    )
    return found


def caption(page: Page, plan: HoursPlan) -> str:
    """The warnings of the plan, in small print."""
    told = []
    for problem in plan.problems:
        text, hint = problem_texts(problem, page.plain, measure=plan.measure)
        told.append(language.escape(f"{text}. {hint}"))
    return " ".join([page.say("hours.if"), *told])
