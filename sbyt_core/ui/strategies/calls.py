"""The plan as work: for every manager whom to call, when and how; who passes to cheap service; lists and calendars to take away."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import streamlit as st

from sbyt_core.strategies import call_list, passes
from sbyt_core.strategies.calendar import COUNTRIES
from sbyt_core.strategies.hours_words import let_go_words
from sbyt_core.strategies.plan import HoursPlan
from sbyt_core.ui import exports, frame, language
from sbyt_core.ui.frame import Light
from sbyt_core.ui.hours import exports as hours_exports
from sbyt_core.ui.hours import unchanged
from sbyt_core.ui.hours.data import Desk
from sbyt_core.ui.page import Page
from sbyt_core.ui.switch import switch

WEEKS_SHOWN = ("week", "month", "quarter")
DAYS = {"week": 7, "month": 31, "quarter": 100}


def show(page: Page, desk: Desk) -> None:
    """Finding, lights, the manager's contacts, what changes for his clients, downloads."""
    plan = desk.plan
    if plan is None:
        frame.finding(page.say("hours.no_plan"))
        if desk.fault is not None:
            frame.fault(desk.fault)
        return
    head, controls = st.container(), st.container()
    with controls:
        start, country = _when(page)
    calls = call_list(plan, start=start, country=country)
    changed = passes(plan)
    with head:
        frame.finding(_finding(page, plan, calls, changed))
        frame.lights(_lights(page, changed))
        if not (changed["passes"] == "let_go").any():
            st.caption(language.escape(let_go_words(plan, page.plain)))
        unchanged.show(page, plan, before=page.say("calls.contacts_only"))
    with st.container(horizontal=True):
        hours_exports.plan_download(page, plan)
        hours_exports.calls_download(page, plan, start, country)
    managers = list(plan.managers.index[plan.managers["clients"] > 0])
    if not managers:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        manager = st.selectbox(page.say("calls.manager"), managers, key="calls_manager", persist_state="session", width=320)
        span = switch(page, "calls.span", WEEKS_SHOWN, words="calls.span", key="calls_span", first="week")
    mine = calls[calls["manager"] == manager]
    _table(page, mine[mine["date"] < pd.Timestamp(start) + timedelta(days=DAYS[span])])
    with st.container(horizontal=True):
        hours_exports.manager_downloads(page, plan, str(manager), mine, start, country)
    _moves(page, str(manager), changed[changed["new_manager"] == manager])


def _when(page: Page) -> tuple[date, str]:
    today = exports.now().date()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        start = st.date_input(
            page.say("calls.start"),
            value=today + timedelta(days=7 - today.weekday()),
            format="DD.MM.YYYY" if page.plain.lang == "ru" else "DD/MM/YYYY",
            key="calls_start",
            persist_state="session",
            width=200,
        )
        country = st.selectbox(
            page.say("team.calendar.country"),
            COUNTRIES,
            key="calls_country",
            format_func=lambda code: page.plain(f"country.{code}"),
            persist_state="session",
            width=240,
        )
    return (start if isinstance(start, date) else today), country or COUNTRIES[0]


def _finding(page: Page, plan: HoursPlan, calls: pd.DataFrame, changed: pd.DataFrame) -> str:
    cheap = int(changed["passes"].isin(["cheap", "let_go"]).sum())
    more = int((changed["passes"] == "more").sum())
    hours = page.plain.num(float(calls["minutes"].sum()) / 60)
    return page.say("calls.finding", n=len(calls), hours=hours, more=more, cheap=cheap)


def _lights(page: Page, changed: pd.DataFrame) -> list[Light]:
    counts = changed["passes"].value_counts()
    codes = ["more", "less", "cheap", *(["let_go"] if counts.get("let_go", 0) else [])]  # why nobody is let go stands below them
    return [
        Light(page.say(f"calls.light.{code}"), page.plain.num(int(counts.get(code, 0))), page.say(f"calls.light.{code}.limit"))
        for code in codes
    ]


def _table(page: Page, calls: pd.DataFrame) -> None:
    if calls.empty:
        st.caption(page.say("report.calls.none"))
        return
    shown = pd.DataFrame(
        {
            "date": calls["date"].to_numpy(),
            "client": calls["client"].to_numpy(),
            "kind": [page.plain(f"strategy.{kind}.name") for kind in calls["kind"]],
            "channel": [page.plain(f"channel.{code}") for code in calls["channel"]],
            "minutes": calls["minutes"].to_numpy(),
            "number": [
                page.plain("report.calls.of", number=int(number), of=int(of))
                for number, of in zip(calls["number"], calls["of"], strict=True)
            ],
        }
    )
    config = st.column_config
    st.dataframe(
        shown,
        hide_index=True,
        key="calls_table",
        height=min(430, 38 + 35 * len(shown)),
        column_config={
            "date": config.DateColumn(
                page.plain("report.column.date"), format="DD.MM.YYYY" if page.plain.lang == "ru" else "D MMM YYYY", pinned=True
            ),
            "client": config.TextColumn(page.plain("column.client"), width=250),
            "kind": config.TextColumn(page.plain("hours.column.kind")),
            "channel": config.TextColumn(page.plain("report.column.channel")),
            "minutes": config.NumberColumn(page.plain("report.column.contact_minutes"), format="localized", step=1),
            "number": config.TextColumn(page.plain("calls.column.number")),
        },
    )


def _moves(page: Page, manager: str, changed: pd.DataFrame) -> None:
    """Which clients of a manager pass to cheap service or are let go, by which channel."""
    moved = changed[changed["passes"].isin(["cheap", "let_go"])].sort_values("change", kind="stable")
    if moved.empty:
        return
    st.subheader(page.say("calls.moves", n=len(moved), manager=manager), anchor=False)
    st.caption(page.say("calls.moves.text"))
    config = st.column_config
    st.dataframe(
        pd.DataFrame(
            {
                "client": moved["client"].to_numpy(),
                "segment": [page.plain(f"segment.{code}.letter") for code in moved["segment"]],
                "passes": [page.plain(f"hours.passes.{code}") for code in moved["passes"]],
                "channel": [page.plain(f"channel.{code}") for code in moved["channel"]],
                "before": moved["hours_before"].round(1).to_numpy(),
                "after": moved["hours_after"].round(1).to_numpy(),
            }
        ),
        hide_index=True,
        key="calls_moves",
        column_config={
            "client": config.TextColumn(page.plain("column.client"), pinned=True, width=250),
            "segment": config.TextColumn(page.plain("column.segment"), width="small"),
            "passes": config.TextColumn(page.plain("hours.column.passes")),
            "channel": config.TextColumn(page.plain("report.column.channel")),
            "before": config.NumberColumn(page.plain("hours.column.before"), format="localized"),
            "after": config.NumberColumn(page.plain("hours.column.after"), format="localized"),
        },
    )
