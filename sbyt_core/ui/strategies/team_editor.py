"""The table of the team: who sells, hours, part time, pay. Kept by its button; a figure that does not fit is said and stays on screen."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache

import pandas as pd
import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.sales.identity.names import same_name
from sbyt_core.strategies import Manager, Team, team_from_json, team_to_json
from sbyt_core.strategies.calendar import COUNTRIES, MONTHS, SELLING_SHARE, working_year
from sbyt_core.ui import frame, intake, navigation
from sbyt_core.ui.hours import data as hours_data
from sbyt_core.ui.hours.data import Desk
from sbyt_core.ui.number_field import number_field, parse_number
from sbyt_core.ui.page import Page

SAMPLE = navigation.ROOT / "sample_data" / "team.json"
COLUMNS = ("name", "hours_per_month", "part_time", "pay_per_month", "other_cost_per_month")
_GENERATION = "_team_generation"
ROWS, ROW = 14, 35  # managers in sight; pixels of one
LIMIT_BYTES = 2_000_000  # of a team.json


def show(page: Page, desk: Desk) -> None:
    """The table with its button, the switch of pooled hours, the file and the calendar.

    Its columns of figures have no step: with one, every whole figure would stand with as many zeros behind the comma.
    """
    st.markdown(f"**{page.say('team.title')}**")
    st.caption(page.say("team.text", hours=page.plain.num(desk.team.hours_per_month)))
    base = _base(desk)
    config = st.column_config
    edited = st.data_editor(
        base,
        key=f"team_{st.session_state.get(_GENERATION, 0)}_{hashlib.sha256(team_to_json(desk.whole).encode()).hexdigest()[:8]}",
        num_rows="dynamic",
        hide_index=True,
        placeholder="",
        height=76 + ROW * min(len(base), ROWS),
        column_config={
            "name": config.TextColumn(page.plain("column.manager"), required=True, width=230, max_chars=200),
            "hours_per_month": config.NumberColumn(
                page.plain("team.column.hours"), format="localized", help=page.plain("team.column.hours.help")
            ),
            "part_time": config.NumberColumn(
                page.plain("team.column.part_time"), format="localized", help=page.plain("team.column.part_time.help")
            ),
            "pay_per_month": config.NumberColumn(page.plain("team.column.pay"), format="localized"),
            "other_cost_per_month": config.NumberColumn(
                page.plain("team.column.other"), format="localized", help=page.plain("team.column.other.help")
            ),
            "clients": config.NumberColumn(page.plain("team.column.clients"), disabled=True, format="localized", step=1),
        },
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        save = st.button(page.say("team.save"), key="team_save", type="secondary", icon=":material/save:")
        pooled = st.toggle(
            page.say("team.pooled"), value=desk.team.pooled, key=f"team_pooled_{desk.team.pooled}", help=page.say("team.pooled.help")
        )
    if save:
        _keep(page, desk, edited)
    if pooled != desk.team.pooled:
        hours_data.change_team(page, lambda old: Team(old.managers, old.hours_per_month, pooled))
        st.rerun()
    with st.container(horizontal=True):
        _sample(page, desk)
        st.download_button(
            page.say("team.download"),
            team_to_json(desk.whole),
            "team.json",
            "application/json",
            on_click="ignore",
            key="team_json",
            icon=":material/download:",
        )
        with st.popover(page.say("team.calendar"), icon=":material/calendar_month:"):
            _calendar(page, desk)
        with st.popover(page.say("team.file"), icon=":material/upload_file:"):
            _file(page)


def _base(desk: Desk) -> pd.DataFrame:
    clients = desk.capacity.managers["clients"]
    rows = [
        {
            "name": one.name,
            "hours_per_month": one.hours_per_month,
            "part_time": one.part_time,
            "pay_per_month": one.pay_per_month,
            "other_cost_per_month": one.other_cost_per_month,
            "clients": next(
                (int(count) for name, count in clients.items() if isinstance(name, str) and same_name(name) == same_name(one.name)), 0
            ),
        }
        for one in desk.whole.managers
    ]
    kinds = {"name": "str", **dict.fromkeys(COLUMNS[1:], "float64"), "clients": "float64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def _keep(page: Page, desk: Desk, edited: pd.DataFrame) -> None:
    rows = edited[edited[list(COLUMNS)].notna().any(axis=1)]
    try:
        managers = tuple(_manager(row) for row in rows.to_dict("records"))
        hours_data.change_team(page, lambda old: Team(managers, old.hours_per_month, old.pooled))
    except SbytError as fault:
        frame.fault(fault)
        return
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1
    st.toast(page.say("team.saved"))
    st.rerun()


def _manager(row: dict) -> Manager:
    known = {name: None if pd.isna(row[name]) else row[name] for name in COLUMNS}
    name = " ".join(str(known.pop("name") or "").split())
    part = known.pop("part_time")
    return Manager(
        name,
        part_time=1.0 if part is None else float(part),
        **{key: None if value is None else float(value) for key, value in known.items()},
    )


def _file(page: Page) -> None:
    st.caption(page.say("team.file.text"))
    dropped = st.file_uploader(
        page.say("team.file"), type=["json"], key=f"team_file_{st.session_state.get(_GENERATION, 0)}", label_visibility="collapsed"
    )
    if dropped is not None:
        if dropped.size > LIMIT_BYTES:
            st.error(page.say("team.file.big"))
            return
        _take(page, dropped.getvalue())


def _sample(page: Page, desk: Desk) -> None:
    """The team of the made-up company, one click away while its data are open and nobody is listed."""
    if desk.team.managers or page.data is None or page.data.original_sha256 != _sample_sha256():
        return
    if st.button(page.say("team.sample"), key="team_sample", icon=":material/science:"):
        _take(page, SAMPLE.read_bytes())


def _take(page: Page, content: bytes) -> None:
    try:
        read = team_from_json(content)
        hours_data.change_team(page, lambda _: read)
    except SbytError as fault:
        frame.fault(fault)
        return
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1
    st.rerun()


def _calendar(page: Page, desk: Desk) -> None:
    """Hours a month from the production calendar: a twelfth of the year's working hours, and the share of selling time."""
    st.caption(page.say("team.calendar.text"))
    country = st.selectbox(
        page.say("team.calendar.country"), COUNTRIES, key="team_country", format_func=lambda code: page.plain(f"country.{code}")
    )
    year = page.data.period_end.year + 1 if page.data and page.data.period_end else date.today().year
    share = number_field(
        page, page.say("team.calendar.share"), 100 * SELLING_SHARE, key="team_share", help=page.say("team.calendar.share.help")
    )
    try:
        time = working_year(year, country=country)
        part = (parse_number(share) or 0.0) / 100
        if not 0 < part <= 1:
            st.error(page.say("team.calendar.share.wild"))
            return
        hours = round(time.selling_hours(part) / MONTHS, 1)
        st.markdown(page.say("team.calendar.result", year=str(year), days=time.days, all=time.hours, hours=page.plain.num(hours, 1)))
        if st.button(page.say("team.calendar.take"), key="team_calendar_take"):
            hours_data.change_team(page, lambda old: Team(old.managers, hours, old.pooled))
            st.rerun()
    except SbytError as fault:
        frame.fault(fault)
    except ValueError:
        st.error(page.say("field.not_a_number"))


@cache
def _sample_sha256() -> str:
    return hashlib.sha256(intake.SAMPLE.read_bytes()).hexdigest()
