"""The work of the practice page: over which time, which step, the picture of the steps and of a figure over the weeks."""

from __future__ import annotations

import streamlit as st

from sbyt_core.cards import KINDS
from sbyt_core.practice.followed import Followed
from sbyt_core.practice.trend import Trend, trend
from sbyt_core.ui import picking
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import charts
from sbyt_core.ui.practice.data import Practice, step_text

SPANS = {"all": None, "quarter": 91, "month": 28}  # days back from the last line
WHOLE = ""  # of the trend: all steps together


def show(page: Page, practice: Practice, everything: Followed, result: Followed) -> None:
    """Controls at the left; the steps, and under them a figure over the weeks, at the right."""
    left, right = st.columns([1, 3], gap="medium")
    with left:
        st.segmented_control(
            page.say("practice.span"),
            list(SPANS),
            default="all",
            required=True,
            format_func=lambda c: page.plain(f"practice.span.{c}"),
            key="practice_span",
        )
        kinds = [kind for kind in KINDS if kind in set(everything.runs["kind"].dropna())]
        if len(kinds) > 1:
            st.selectbox(
                page.say("practice.kind"),
                [None, *kinds],
                format_func=lambda kind: page.plain("practice.kind.all") if kind is None else page.plain(f"strategy.{kind}.name"),
                key="practice_kind",
            )
        picked = st.selectbox(
            page.say("practice.step.open"),
            list(result.steps),
            index=None,
            format_func=lambda key: step_text(page, practice, key),
            placeholder=page.plain("practice.step.choose"),
            key=picking.key("practice_step"),
        )
        if picked is not None:
            picking.pick(picked)
        _unwatched(page, practice, result)
    with right:
        charts.steps(page, practice, result, _steps_title(page, practice, result))
        step = st.selectbox(
            page.say("practice.trend.of"),
            [WHOLE, *result.steps],
            format_func=lambda key: page.plain("practice.trend.whole") if key == WHOLE else step_text(page, practice, key),
            key="practice_trend",
        )
        rows = result.runs if step == WHOLE else result.lines[result.lines["expected"] & (result.lines["step"] == step)]
        found = trend(rows, "complete" if step == WHOLE else "done")
        charts.weeks(page, found, _trend_title(page, practice, found, step))


def _unwatched(page: Page, practice: Practice, result: Followed) -> None:
    """Steps of the base card that the log does not tell of."""
    silent = [step for step in practice.card.steps if step.key not in result.watched]  # type: ignore[union-attr]
    if silent:
        names = ", ".join(practice.number(step.key) for step in silent)
        st.caption(page.say("practice.unwatched", n=len(silent), steps=names))


def _steps_title(page: Page, practice: Practice, result: Followed) -> str:
    table = result.of_steps()
    done = table[(table["figure"] == "done") & table["enough"] & table["step"].isin(result.steps)].sort_values("share")
    if done.empty:
        return page.plain("practice.chart.steps.little")
    low, high = done.iloc[0], done.iloc[-1]
    return page.plain(
        "practice.chart.steps",
        low=page.plain.percent(low["share"]),
        step=step_text(page, practice, low["step"]),
        high=page.plain.percent(high["share"]),
    )


def _trend_title(page: Page, practice: Practice, found: Trend, step: str) -> str:
    what = page.plain("practice.trend.whole") if step == WHOLE else step_text(page, practice, step)
    span = page.plain("practice.trend.weeks", n=found.weeks)
    if not (found.first.enough and found.second.enough):
        return page.plain("practice.trend.little", what=what, span=span)
    first, second = page.plain.percent(found.first.share), page.plain.percent(found.second.share)
    return page.plain(f"practice.trend.{found.moved or 'chance'}", what=what, span=span, first=first, second=second)
