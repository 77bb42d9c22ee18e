"""The committee's page: a board from new to closed, what is late, how unreadiness falls, the minutes, members and calendar."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from sbyt_core.committee import Situation, agenda, months, overdue
from sbyt_core.committee.agenda import way
from sbyt_core.reports import MeetingFacts, committee_minutes_docx
from sbyt_core.ui import drafts, exports, frame, language
from sbyt_core.ui.committee import act, calendar, charts, data, drawer, new, situations_of
from sbyt_core.ui.committee.data import Table
from sbyt_core.ui.frame import Light
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data as practice_data

BOARD = ("new", "analysed", "decided", "to_review")
CARDS = 4  # of a column at once, so that the board stands on one screen; the rest comes with a click


def show(page: Page) -> None:
    """Finding, lights, board, months, list, calendar; the next step is the minutes."""
    drafts.tell_meeting(page)
    table = data.load(page)
    _asked(page, table)
    frame.finding(_finding(page, table))
    frame.lights(_lights(page, table))
    with st.container(horizontal=True, vertical_alignment="center"):
        if page.store.may(page.project.id, "record"):  # type: ignore[union-attr]
            st.button(
                page.say("committee.new"),
                key="committee_new",
                icon=":material/add:",
                type="secondary" if table.situations else "primary",
                on_click=new.open_empty,
            )
        if table.situations:
            _minutes(page, table)
    _board(page, table)
    left, right = st.columns([3, 2], gap="large")
    with left:
        charts.months(page, months(table.situations))
        _closed(page, table)
    with right:
        calendar.show(page, table)


def of_client(page: Page, client_key: str, client: str = "") -> None:
    """Situations of a client, for its passport."""
    situations_of.of_client(page, client_key, client)


def _asked(page: Page, table: Table) -> None:
    """Open what was picked on the board, in another page, or by the address."""
    begun = new.begun()
    if begun is not None:
        new.drawer(page, table, begun)
        return
    asked = st.query_params.get(situations_of.ADDRESS)
    if asked:
        del st.query_params[situations_of.ADDRESS]
        act.pick(asked)
    wanted = act.picked()
    one = table.of(wanted) if wanted else None
    if one is not None:
        drawer.drawer(page, table, one)
    elif calendar.is_open():
        calendar.drawer(page, table)


def _finding(page: Page, table: Table) -> str:
    late = len(overdue(table.situations, today=table.today))
    told = charts.spoken_of(months(table.situations))
    waiting = sum(one.is_open for one in table.situations)
    if not table.situations:
        return page.say("committee.empty")
    if len(told) < 2:
        first = page.say("committee.finding.open", n=waiting)
    else:
        first = page.say(
            f"committee.finding.{way(told)}",
            first=charts.told(page, told[0]),
            last=charts.told(page, told[-1]),
        )
    return first + " " + (page.say("committee.finding.late", n=late) if late else page.say("committee.finding.none_late"))


def _lights(page: Page, table: Table) -> list[Light]:
    late = overdue(table.situations, today=table.today)
    meeting = next(iter(table.committee.meetings(table.today, 1)), None)
    on_table = len(agenda(table.situations, meeting=meeting or table.today))
    reviewed = [one for one in table.situations if one.review is not None]
    helped = sum(one.review.outcome == "helped" for one in reviewed if one.review is not None)
    return [
        Light(
            page.say("committee.light.open"),
            page.plain.num(sum(one.is_open for one in table.situations)),
            page.say("committee.light.open.limit", n=sum(one.state == "new" for one in table.situations)),
        ),
        Light(
            page.say("committee.light.late"),
            page.plain.num(len(late)),
            page.say("committee.light.late.limit"),
            holds=not late,
            mend=page.say("committee.light.late.mend"),
        ),
        Light(
            page.say("committee.light.meeting"),
            page.plain.date(meeting) if meeting else page.plain("committee.light.meeting.none"),
            page.say("committee.light.meeting.limit", n=on_table),
        ),
        Light(
            page.say("committee.light.helped"),
            page.plain("committee.light.helped.value", k=helped, n=len(reviewed)) if reviewed else page.plain.num(None),
            page.say("committee.light.helped.limit"),
        ),
    ]


def _board(page: Page, table: Table) -> None:
    for column, state in zip(st.columns(len(BOARD)), BOARD, strict=True):
        found = [one for one in table.situations if one.state == state]
        found.sort(key=lambda one: (one.overdue(table.today) is None, one.overdue(table.today) or one.day, one.number))
        with column:
            st.markdown(f"**{page.say(f'committee.column.{state}')}** · {page.plain.num(len(found))}")
            whole = st.session_state.get(f"_board_{state}", False)
            for one in found if whole else found[:CARDS]:
                _card(page, table, one)
            if len(found) > CARDS and not whole:
                st.button(
                    page.say("committee.more", n=len(found) - CARDS), key=f"more_{state}", type="tertiary", on_click=_whole, args=(state,)
                )


def _whole(state: str) -> None:
    st.session_state[f"_board_{state}"] = True


def _card(page: Page, table: Table, one: Situation) -> None:
    with st.container(border=True, key=f"situation_{one.id}"):
        head = [f"№ {one.number}" if page.plain.lang == "ru" else f"No. {one.number}", page.plain.date(one.day), one.client]
        st.caption(language.escape(" · ".join(part for part in head if part)))
        text = (
            one.text
            if one.source != "override"
            else page.plain("committee.card.override", segment=one.extra.get("segment", ""), text=one.text)
        )
        st.markdown(language.escape(situations_of.short(text)))
        if one.decision is not None:
            day = one.decision.due if one.state == "decided" else one.decision.review_on
            line = page.say(f"committee.card.{one.state}", name=one.decision.responsible, day=day)
            st.markdown(f":red[{line}]" if one.overdue(table.today) else f":gray[{line}]")
        elif one.step:
            st.caption(language.escape(practice_data.step_text(page, table.practice, one.step)))
        label = page.say(f"committee.do.{'approve' if one.source == 'override' else one.state}")
        st.button(label, key=f"do_{one.id}", type="tertiary", icon=":material/arrow_forward:", on_click=act.pick, args=(one.id,))


def _closed(page: Page, table: Table) -> None:
    """What was closed or dismissed, newest first; a row opens it."""
    closed = sorted((one for one in table.situations if not one.is_open), key=lambda one: -one.number)
    if not closed:
        return
    words = page.plain
    with st.expander(page.say("committee.closed", n=len(closed)), key="committee_closed"):
        rows = [
            {
                "№": str(one.number),
                words("minutes.column.what"): one.text,
                words("minutes.column.decision"): one.decision.text if one.decision else words(f"committee.state.{one.state}"),
                words("minutes.column.outcome"): _outcome(page, one),
            }
            for one in closed
        ]
        key = f"committee_closed_{st.session_state.setdefault('_committee_closed', 0)}"
        st.dataframe(rows, hide_index=True, key=key, on_select=lambda: _pick_row(key, closed), selection_mode="single-row")


def _outcome(page: Page, one: Situation) -> str:
    if one.review is not None:
        return page.plain(f"committee.outcome.{one.review.outcome}")
    return "" if one.approved is None else page.plain("committee.approved" if one.approved else "committee.rejected")


def _pick_row(key: str, closed: list[Situation]) -> None:
    rows = st.session_state[key]["selection"]["rows"]
    if rows:
        act.pick(closed[rows[0]].id)
        st.session_state["_committee_closed"] += 1  # a new key: the tick goes, the drawer does not open again


def _minutes(page: Page, table: Table) -> None:
    """The one next step: minutes of the next meeting, or of today."""
    day = next(iter(table.committee.meetings(table.today, 1)), table.today)
    last, steps = table.committee.before(day), practice_data.step_names(page, table.practice)
    facts = MeetingFacts(table.committee, table.situations, day, last + timedelta(days=1) if last else None, steps)
    lang, name, made_at = page.plain.lang, page.project.name, exports.now()  # type: ignore[union-attr]
    st.download_button(
        page.say("committee.minutes", day=day),
        data=lambda: committee_minutes_docx(facts, lang=lang, project_name=name, made_at=made_at),
        file_name=exports.file_name(page, page.project, "minutes", "docx"),
        mime=exports.DOCX,
        type="primary",
        icon=":material/download:",
        on_click="ignore",
        key="download_minutes",
    )
