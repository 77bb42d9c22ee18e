"""Members and meetings: who sits in the committee and when it meets next, edited in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, time

import pandas as pd
import streamlit as st

from sbyt_core.committee import Committee, CommitteeMember, agenda
from sbyt_core.committee.members import DUTIES, WEEKS
from sbyt_core.errors import SbytError
from sbyt_core.reports import committee_calendar
from sbyt_core.ui import exports, frame, language
from sbyt_core.ui.committee import data, situations_of
from sbyt_core.ui.committee.data import Table
from sbyt_core.ui.hours.exports import ICS
from sbyt_core.ui.page import Page

_OPEN = "_committee_calendar"
ITEMS = 6  # of the agenda on the screen; the minutes have them all
MEETINGS = 4  # of the calendar at once


def show(page: Page, table: Table) -> None:
    """The next meetings and the members; a button opens the form."""
    committee = table.committee
    st.markdown(f"**{page.say('committee.calendar')}**")
    days = committee.meetings(table.today, MEETINGS)
    if days:
        st.markdown(
            page.say("committee.calendar.next", days=", ".join(page.plain.date(day) for day in days), at=committee.at.isoformat("minutes"))
        )
        if committee.place:
            st.caption(language.escape(committee.place))
        _download(page, table)
    else:
        st.caption(page.say("committee.calendar.none"))
    for member in committee.members:
        words = [member.name, member.job, page.plain(f"committee.duty.{member.duty}")]
        st.markdown("- " + language.escape(", ".join(word for word in words if word)))
    may = page.store.may(page.project.id, "edit")  # type: ignore[union-attr]
    if may:
        st.button(page.say("committee.calendar.edit"), key="committee_calendar", icon=":material/edit_calendar:", on_click=_open)
    _agenda(page, table, days[0] if days else table.today)


def _download(page: Page, table: Table) -> None:
    """The next meetings for the calendar of a computer or a telephone."""
    project, lang, made_at = page.project, page.plain.lang, exports.now().astimezone(UTC)
    st.download_button(
        page.say("committee.calendar.download"),
        data=lambda: committee_calendar(
            table.committee,
            table.situations,
            today=table.today,
            project_id=project.id,  # type: ignore[union-attr]
            project_name=project.name,  # type: ignore[union-attr]
            lang=lang,
            made_at=made_at,
        ),
        file_name=exports.file_name(page, project, "meetings", "ics"),
        mime=ICS,
        icon=":material/event:",
        on_click="ignore",
        key="download_meetings",
    )


def _agenda(page: Page, table: Table, day: date) -> None:
    """What the next meeting has to deal with, the most pressing first."""
    items = agenda(table.situations, meeting=day)
    if not items:
        return
    st.markdown(f"**{page.say('committee.agenda', day=day)}**")
    lines = [
        page.say(
            "minutes.agenda.item",
            why=page.plain(f"committee.why.{item.why}"),
            number=str(item.situation.number),
            text=situations_of.short(item.situation.text),
        )
        for item in items[:ITEMS]
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    if len(items) > ITEMS:
        st.caption(page.say("committee.agenda.more", n=len(items) - ITEMS))


def is_open() -> bool:
    """Whether the form stands open."""
    return bool(st.session_state.get(_OPEN))


def drawer(page: Page, table: Table) -> None:
    """The form at the right."""

    @st.dialog(page.say("committee.calendar"), width="medium", position="right", on_dismiss=_let_go)
    def show() -> None:
        committee = table.committee
        rows = pd.DataFrame([vars(one) for one in committee.members], columns=["name", "job", "duty"])
        members = st.data_editor(
            rows.astype("str"),
            num_rows="dynamic",
            hide_index=True,
            key="committee_members",
            column_config={
                "name": st.column_config.TextColumn(page.plain("committee.member.name"), required=True, max_chars=200),
                "job": st.column_config.TextColumn(page.plain("committee.member.job"), max_chars=200, default=""),
                "duty": st.column_config.SelectboxColumn(
                    page.plain("committee.member.duty"),
                    options=DUTIES,
                    default="member",
                    required=True,
                    format_func=lambda code: page.plain(f"committee.duty.{code}"),
                ),
            },
        )
        first = st.date_input(
            page.say("committee.calendar.first"), value=committee.first or table.today, format="DD.MM.YYYY", key="committee_first"
        )
        left, right = st.columns(2)
        weeks = left.selectbox(
            page.say("committee.calendar.every"),
            WEEKS,
            index=WEEKS.index(committee.every_weeks),
            format_func=lambda n: page.plain("committee.calendar.weeks", n=n),
        )
        at = right.time_input(page.say("committee.calendar.at"), value=committee.at)
        place = st.text_input(page.say("committee.calendar.place"), value=committee.place, max_chars=200)
        left_out = _left_out(page, replace(committee, first=first, every_weeks=weeks), table.today)
        if st.button(page.say("committee.calendar.save"), type="primary", key="committee_save"):
            _save(page, committee, members, first, weeks, at, place, left_out)

    show()


def _left_out(page: Page, committee: Committee, today: date) -> tuple[date, ...]:
    """Meetings that are left out, of the next ones."""
    coming = replace(committee, left_out=(), added=()).meetings(today, 2 * MEETINGS)
    chosen = st.multiselect(
        page.say("committee.calendar.left_out"),
        coming,
        default=[day for day in committee.left_out if day in coming],
        format_func=page.plain.date,
        placeholder="",
    )
    return tuple(sorted({*chosen, *(day for day in committee.left_out if day < today)}))


def _save(
    page: Page, committee: Committee, members: pd.DataFrame, first: date, weeks: int, at: time, place: str, left_out: tuple[date, ...]
) -> None:
    def text(value: object) -> str:
        return "" if value is None or value != value else str(value).strip()

    try:
        people = tuple(
            CommitteeMember(text(row["name"]), text(row["job"]), text(row["duty"]) or "member")
            for row in members.to_dict("records")
            if text(row["name"])
        )
        new = replace(committee, members=people, first=first, every_weeks=weeks, at=at, place=" ".join(place.split()), left_out=left_out)
        data.change_committee(page, new)
    except SbytError as error:
        frame.fault(error)
        return
    _let_go()
    st.rerun()


def _open() -> None:
    st.session_state[_OPEN] = True


def _let_go() -> None:
    st.session_state.pop(_OPEN, None)
