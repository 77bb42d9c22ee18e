"""One situation in a drawer: what happened, what was done with it so far, and the one step that comes next."""

from __future__ import annotations

import streamlit as st

from sbyt_core.committee import Situation, events
from sbyt_core.committee.model import CAUSES, OUTCOMES
from sbyt_core.committee.progress import progress
from sbyt_core.reports.committee_minutes import kpi_text, kpi_value, now_text
from sbyt_core.ui import language, navigation, picking
from sbyt_core.ui.card import link as card_link
from sbyt_core.ui.committee import act, decide
from sbyt_core.ui.committee.data import Table
from sbyt_core.ui.number_field import number_field, parse_number
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data as practice_data


def drawer(page: Page, table: Table, one: Situation) -> None:
    """Open the situation at the right."""

    @st.dialog(page.say("committee.situation.title", number=str(one.number)), width="medium", position="right", on_dismiss=act.let_go)
    def show() -> None:
        _head(page, table, one)
        _history(page, table, one)
        _next(page, table, one)

    show()


def _head(page: Page, table: Table, one: Situation) -> None:
    st.subheader(language.escape(one.text), anchor=False)
    words = [page.plain.date(one.day), one.who, one.client, one.document]
    if one.step:
        words.append(practice_data.step_text(page, table.practice, one.step))
    st.caption(language.escape(" · ".join(word for word in words if word)))
    if one.source == "override":
        st.markdown(page.say("committee.override", computed=one.extra.get("computed", ""), segment=one.extra.get("segment", "")))
    if one.client_key and st.button(page.say("committee.passport"), key=f"passport_{one.id}", type="tertiary", icon=":material/badge:"):
        act.let_go()
        picking.pick(one.client_key)
        st.switch_page(navigation.path_of("segments"))
    if one.step:
        card_link.to_step(page, one.step, key=f"step_in_card_{one.id}", leave=act.let_go)
    late = one.overdue(table.today)
    if late is not None:
        st.markdown(f":red[{page.say('committee.late', day=late)}]")


def _history(page: Page, table: Table, one: Situation) -> None:
    """What holds now, then every event as it came."""
    facts = []
    if one.cause:
        facts.append(
            (
                page.say("minutes.column.cause"),
                page.plain(f"committee.cause.{one.cause}") + (f". {one.cause_text}" if one.cause_text else ""),
            )
        )
    if one.decision is not None:
        made = one.decision
        facts += [
            (page.say("minutes.column.decision"), f"{page.plain(f'committee.decision.{made.decision}')}: {made.text}"),
            (page.say("minutes.column.responsible"), made.responsible),
            (page.say("minutes.column.due"), page.plain.date(made.due)),
            (page.say("minutes.column.kpi"), kpi_text(one, page.plain, practice_data.step_names(page, table.practice))),
        ]
    if one.review is not None:
        facts.append((page.say("minutes.column.now"), now_text(one, page.plain)))
        facts.append(
            (
                page.say("minutes.column.outcome"),
                page.plain(f"committee.outcome.{one.review.outcome}") + (f". {one.review.text}" if one.review.text else ""),
            )
        )
    for label, text in facts:
        st.markdown(f":gray[{label}:] {language.escape(text)}")
    told = [event for event in one.events if event.refused or event.event in ("note", "reopen", "dismiss", "rule")]
    for event in told:
        line = page.say(f"committee.event.{event.event}", author=event.author, day=event.at.date(), text=str(event.fields.get("text", "")))
        st.caption(line + (f" :red[{page.say('committee.event.refused')}]" if event.refused else ""))


def _next(page: Page, table: Table, one: Situation) -> None:
    may = page.store.may(page.project.id, "edit")  # type: ignore[union-attr]
    st.divider()
    if may and one.source == "override" and one.state == "new":
        _rule(page, table, one)
    elif may and one.state == "new":
        _analyse(page, table, one)
    elif may and one.state == "analysed":
        decide.form(page, table, one)
    elif may and one.state == "decided":
        _carry_out(page, table, one)
    elif may and one.state == "to_review":
        _review(page, table, one)
    _beside(page, table, one, may)


def _analyse(page: Page, table: Table, one: Situation) -> None:
    with st.form(f"analyse_{one.id}", border=False):
        cause = st.radio(
            page.say("committee.ask.cause"),
            CAUSES,
            index=None,
            format_func=lambda code: page.plain(f"committee.cause.{code}"),
            captions=[page.plain(f"committee.cause.{code}.text") for code in CAUSES],
        )
        text = st.text_input(page.say("committee.ask.cause.text"), max_chars=1000)
        if st.form_submit_button(page.say("committee.send.cause"), type="primary"):
            if cause is None:
                st.error(page.say("committee.choose"))
            else:
                act.send(page, table, one, lambda: events.analyse(one, cause=cause, text=text))


def _rule(page: Page, table: Table, one: Situation) -> None:
    with st.form(f"rule_{one.id}", border=False):
        text = st.text_input(page.say("committee.ask.ruling"), max_chars=1000)
        with st.container(horizontal=True):
            yes = st.form_submit_button(page.say("committee.send.approve"), type="primary")
            no = st.form_submit_button(page.say("committee.send.reject"))
    if yes or no:

        def after(_: Situation) -> None:
            if no:
                reason = text.strip() or page.plain("committee.rejected")
                page.store.withdraw_override(page.project.id, one.client_key, reason=reason)  # type: ignore[union-attr]

        act.send(page, table, one, lambda: events.rule(one, day=table.today, approved=yes, text=text), after)


def _carry_out(page: Page, table: Table, one: Situation) -> None:
    opened = {"new_operation": "card", "change_step": "card", "change_criteria": "segments"}.get(one.decision.decision)  # type: ignore[union-attr]
    if opened and any(stage.code == opened for stage in navigation.STAGES):
        st.page_link(navigation.path_of(opened), label=page.say(f"committee.to.{opened}"), icon=":material/arrow_forward:")
    with st.form(f"carry_{one.id}", border=False):
        day = st.date_input(page.say("committee.ask.done"), value=table.today, max_value=table.today, format="DD.MM.YYYY")
        text = st.text_input(page.say("committee.ask.done.text"), max_chars=1000)
        if st.form_submit_button(page.say("committee.send.done"), type="primary"):
            act.send(page, table, one, lambda: events.carry_out(one, day=day, text=text))


def _review(page: Page, table: Table, one: Situation) -> None:
    kpi = one.decision.kpi  # type: ignore[union-attr]
    now = act.kpi_now(table, one)
    st.markdown(
        page.say("committee.review.then", value=kpi_value(kpi.code, kpi.value, kpi.n, page.plain) or page.plain("committee.kpi.unknown"))
    )
    if kpi.code != "own":
        shown = act.now_text(page, kpi.code, now)
        if kpi.code == "situations":
            line = page.say("committee.review.last", value=shown, n=act.LAST_DAYS)
        else:
            line = page.say("committee.review.now", value=shown, day=one.carried_out)
        told = progress(kpi, now.value, now.n)
        st.markdown(line if told is None else f"{line} **{page.say.capital(page.say(f'committee.progress.{told}'))}.**")
    with st.form(f"review_{one.id}", border=False):
        typed = number_field(page, page.say("committee.review.own"), None, key=f"review_value_{one.id}") if kpi.code == "own" else ""
        outcome = st.radio(
            page.say("committee.ask.outcome"),
            OUTCOMES,
            index=None,
            horizontal=True,
            format_func=lambda code: page.plain(f"committee.outcome.{code}"),
        )
        text = st.text_input(page.say("committee.ask.outcome.text"), max_chars=1000)
        if st.form_submit_button(page.say("committee.send.review"), type="primary"):
            if outcome is None:
                st.error(page.say("committee.choose"))
                return
            try:
                value = parse_number(typed) if kpi.code == "own" else now.value
            except ValueError:
                st.error(page.say("field.not_a_number"))
                return
            n = None if kpi.code in ("own", "situations") else now.n
            act.send(page, table, one, lambda: events.review(one, day=table.today, outcome=outcome, value=value, n=n, text=text))


def _beside(page: Page, table: Table, one: Situation, may: bool) -> None:
    """A note, and the ways out: no situation, or on the table again."""
    with st.form(f"note_{one.id}", border=False, clear_on_submit=True):
        text = st.text_input(page.say("committee.ask.note"), max_chars=1000)
        with st.container(horizontal=True):
            sent = st.form_submit_button(page.say("committee.send.note"))
            out = (
                st.form_submit_button(page.say("committee.send.dismiss"))
                if may and one.may("dismiss") and one.source != "override"
                else False
            )
            again = (
                st.form_submit_button(page.say("committee.send.reopen"))
                if may and one.may("reopen") and one.source != "override"
                else False
            )
    if sent:
        act.send(page, table, one, lambda: events.note(one, text=text))
    elif out:
        act.send(page, table, one, lambda: events.dismiss(one, text=text))
    elif again:
        act.send(page, table, one, lambda: events.reopen(one, text=text))
