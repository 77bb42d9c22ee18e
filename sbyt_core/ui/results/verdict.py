"""The answer of the results page: verdict, interval against nought and the target, and the ladder with the rung that was reached."""

from __future__ import annotations

import plotly.graph_objects as go
import streamlit as st

from sbyt_core.results.evidence.ladder_words import compared_text, estimate_text, rung_name, why_text
from sbyt_core.results.evidence.words import advice_text, check_text, check_title, reasons, signed
from sbyt_core.results.findings import Findings
from sbyt_core.results.model import Effect
from sbyt_core.ui import charts, frame, language
from sbyt_core.ui.charts import PAST, WRONG, label
from sbyt_core.ui.frame import Light
from sbyt_core.ui.page import Page
from sbyt_core.ui.results.data import Results

SURE = "#2E8B57"  # the bar of a confirmed effect; any other is grey
TARGET = "#D98E04"
MARKS = {True: ("check_circle", "green"), False: ("cancel", "red"), None: ("help", "gray")}


def show(page: Page, found: Results) -> None:
    """The sentence, large, in its colour only where the evidence allows one; what it is in money; why."""
    effect = found.outcome.effect
    said = Findings(found.outcome, page.say, page.currency)
    colour = {"confirmed": "green"}.get(effect.verdict) if effect else None
    text = said.verdict()
    frame.finding(f":{colour}[{text}]" if colour else text)
    if effect is not None:
        money = said.money_of_effect()
        st.markdown(" ".join(part for part in (money, *reasons(page.say, effect)[:2]) if part))
        _interval(page, effect)
        if effect.verdict != "confirmed" and effect.advice:
            st.markdown(f"**{page.say('results.advice')}.** {advice_text(page.say, effect.advice[0])}")
    if found.outcome.resources_kept is False:
        st.error(said.resources(), icon=":material/group_off:")


def lights(page: Page, found: Results) -> None:
    """Hours, people and pay before and now; and the rung."""
    outcome = found.outcome
    said = Findings(outcome, page.plain, page.currency)
    kept = outcome.resources_kept
    figures = []
    for code in ("hours", "headcount", "payroll"):
        row = outcome.figure(code)
        known = row[["before", "after"]].notna().all()
        before, after = (said.figure(code, row[name]) for name in ("before", "after"))
        figures.append(
            Light(
                page.say(f"results.light.{code}"),
                after,
                page.say("results.light.before", before=before)
                if known
                else page.say("results.light.said" if kept else "results.light.unknown"),
                (abs(row["change"]) <= 0.02 if known and row["before"] else None) if kept is not None else None,
                page.say("results.light.mend"),
            )
        )
    strong = outcome.rung == "L3"
    limit = page.say("results.light.rung.strong" if strong else "results.light.rung.weak")
    figures.append(Light(page.say("results.light.rung"), outcome.rung, limit, True if strong else None, page.say(f"rung.{outcome.rung}")))
    frame.lights(figures)
    for note in Findings(outcome, page.say, page.currency).unlisted():
        st.caption(note)


def ladder(page: Page, found: Results) -> None:
    """Every rung with its estimate; the reached one stands out, the others say why they do not count."""
    effect = found.outcome.effect
    st.markdown(f"**{page.say('results.ladder')}**")
    lines = []
    if effect is None:
        st.markdown(page.say(f"rung.{found.outcome.rung}.label"))
        st.caption(page.say("results.ladder.none"))
        return
    for one in reversed(effect.ladder):
        reached = one.rung == effect.rung
        name, figure = rung_name(page.say, one.rung), language.escape(estimate_text(page.plain, one))
        if reached:
            lines += [f":material/arrow_right: **{name}: {figure}**", f":small[{compared_text(page.say, effect)}]"]
        else:
            lines += [f":gray[{name}: {figure}]", f":small[:gray[{why_text(page.say, effect, one)}]]"]
    st.markdown("  \n".join(lines))


def checks(page: Page, effect: Effect) -> None:
    """What was tried, and what would make more known."""
    lines = []
    for one in sorted(effect.checks, key=lambda check: (check.passed is True, check.passed is None)):
        mark, colour = MARKS[one.passed]
        lines.append(f":{colour}[:material/{mark}:] **{check_title(page.say, one)}** – {check_text(page.say, one)}")
    st.markdown(f"**{page.say('results.checks', n=sum(one.passed is True for one in effect.checks), all=len(effect.checks))}**")
    st.markdown("\n\n".join(lines))
    if effect.advice:
        st.markdown(f"**{page.say('results.advice')}**")
        st.markdown("\n".join(f"- {advice_text(page.say, one)}" for one in effect.advice))


def _interval(page: Page, effect: Effect) -> None:
    """A bar from the low to the high end; nought and the target as lines."""
    if effect.effect is None or effect.low is None or effect.high is None:
        return
    sure = effect.verdict == "confirmed"
    colour = SURE if sure else WRONG if effect.high < 0 else PAST
    figure = go.Figure()
    figure.add_bar(
        x=[effect.high - effect.low], base=[effect.low], y=[""], orientation="h", width=0.5, marker={"color": colour}, hoverinfo="skip"
    )
    figure.add_scatter(
        x=[effect.effect],
        y=[""],
        mode="markers",
        marker={"color": "white", "size": 13, "line": {"color": "#1F2933", "width": 2}},
        hoverinfo="skip",
    )
    for share, shift in ((effect.low, -1), (effect.effect, 0), (effect.high, 1)):
        text = label(signed(page.plain, share))
        figure.add_annotation(
            x=share, y=-0.42, text=f"<b>{text}</b>" if shift == 0 else text, showarrow=False, yanchor="top", font={"size": 14}
        )
    target = effect.settings.target
    for share, text, paint in (
        (0.0, page.plain.percent(0.0), PAST),
        (target, page.plain("owner.target", target=page.plain.percent(target)), TARGET),
    ):
        dash = {"color": paint, "width": 2, "dash": "dash" if paint == TARGET else "solid"}
        figure.add_shape(type="line", x0=share, x1=share, y0=-0.35, y1=0.6, line=dash)  # down to the bar: figures stand under it
        figure.add_annotation(x=share, y=1, yref="paper", text=label(text), showarrow=False, yanchor="bottom")
    low, high = min(effect.low, 0.0), max(effect.high, target)
    room = 0.08 * (high - low)
    figure.update_xaxes(visible=False, range=[low - room, high + room], fixedrange=True)
    figure.update_yaxes(visible=False, range=[-1.0, 0.6], fixedrange=True)
    figure.update_layout(showlegend=False, bargap=0)
    title = page.plain("results.interval", low=signed(page.plain, effect.low), high=signed(page.plain, effect.high))
    charts.draw(page, figure, key="results_interval", title=title, height=130)
