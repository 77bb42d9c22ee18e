"""The form of a decision: what is done, by whom, until when, which figure it must move, and what goes into the next version."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

import streamlit as st

from sbyt_core.cards import Card
from sbyt_core.cards.change import add_step, change_step
from sbyt_core.committee import Kpi, Situation, events
from sbyt_core.committee.model import DECISIONS, KPIS, KPIS_OF_A_STEP
from sbyt_core.errors import BadInput, SbytError
from sbyt_core.ui import drafts, frame
from sbyt_core.ui.committee import act, data, new
from sbyt_core.ui.committee.data import Table
from sbyt_core.ui.number_field import number_field, parse_number, write_number
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data as practice_data

DUE_DAYS, REVIEW_DAYS = 7, 35  # a week to do it, four more weeks for the figure to show it
USUAL = {
    "staff_not_ready": "train",
    "card_wrong": "change_step",
    "true_exception": "one_off",
}  # the decision that a cause leads to most often
FIELDS = ("norm_minutes", "operation", "role", "script", "check", "answer_hours")  # of a step, those that committees change
NUMBERS = ("norm_minutes", "answer_hours")
LONG = ("script", "check")  # texts of more than a line
SETTINGS = ("cut_a", "cut_b")
SAME = 1e-9  # of a cut: what a field writes and reads back may differ by rounding


def form(page: Page, table: Table, one: Situation) -> None:
    """Ask for the decision; sent, it opens the draft with its change in it."""
    decision = st.radio(
        page.say("committee.ask.decision"),
        DECISIONS,
        index=DECISIONS.index(USUAL[str(one.cause)]),
        format_func=lambda code: page.plain(f"committee.decision.{code}"),
        key=f"decision_{one.id}",
    )
    text = st.text_input(page.say("committee.ask.what"), max_chars=1000, key=f"what_{one.id}")
    change = _change(page, table, one, decision)
    responsible = st.selectbox(
        page.say("minutes.column.responsible"),
        new.names(page, table),
        index=None,
        accept_new_options=True,
        key=f"responsible_{one.id}",
        placeholder="",
    )
    left, right = st.columns(2)
    due = left.date_input(
        page.say("minutes.column.due"), value=table.today + timedelta(days=DUE_DAYS), format="DD.MM.YYYY", key=f"due_{one.id}"
    )
    review = right.date_input(
        page.say("committee.ask.review_on"),
        value=table.today + timedelta(days=REVIEW_DAYS),
        format="DD.MM.YYYY",
        key=f"review_on_{one.id}",
    )
    code, own = _kpi(page, table, one)
    sent = st.button(page.say("committee.send.decision"), type="primary", key=f"send_decision_{one.id}")
    if sent:
        try:
            payload = _payload(page, table, decision, change)
        except ValueError as error:
            frame.fault(error) if isinstance(error, SbytError) else st.error(page.say("field.not_a_number"))
            return
        _send(page, table, one, decision, text, responsible or "", due, review, _measured(table, one, code, own), payload)


def _kpi(page: Page, table: Table, one: Situation) -> tuple[str, str]:
    codes = [code for code in KPIS if one.step or code not in KPIS_OF_A_STEP]
    step = practice_data.step_names(page, table.practice).get(one.step, page.plain("practice.step.unknown"))
    code = st.selectbox(
        page.say("committee.ask.kpi"),
        codes,
        format_func=lambda c: page.plain.capital(
            page.plain("committee.kpi.own") if c == "own" else page.plain(f"committee.kpi.{c}", step=step)
        ),
        key=f"kpi_{one.id}",
    )
    own = st.text_input(page.say("committee.ask.kpi.own"), max_chars=200, key=f"kpi_own_{one.id}") if code == "own" else ""
    return code, own


def _measured(table: Table, one: Situation, code: str, own: str) -> Kpi:
    """The figure as it stands today."""
    now = act.kpi_now(table, one, code, one.step)
    n = None if code in ("own", "situations") else now.n
    return Kpi(code, one.step if code in KPIS_OF_A_STEP else "", own if code == "own" else "", now.value, n)


def _change(page: Page, table: Table, one: Situation, decision: str) -> dict[str, Any]:
    """What is asked beside, by the kind of decision; texts as typed."""
    steps = [step.key for step in table.practice.card.steps] if table.practice.card is not None else []
    shown = partial(practice_data.step_text, page, table.practice)
    if decision == "new_operation" and steps:
        roles = list(table.practice.card.roles)  # type: ignore[union-attr]
        return {
            "operation": st.text_input(page.say("committee.change.operation"), max_chars=200, key=f"operation_{one.id}"),
            "role": st.selectbox(page.say("committee.change.role"), roles, accept_new_options=True, key=f"role_{one.id}"),
            "norm_minutes": number_field(page, page.say("committee.change.norm"), None, key=f"norm_{one.id}"),
            "after": st.selectbox(
                page.say("committee.change.after"),
                steps,
                index=steps.index(one.step) if one.step in steps else len(steps) - 1,
                format_func=shown,
                key=f"after_{one.id}",
            ),
        }
    if decision == "change_step" and steps:
        key = st.selectbox(
            page.say("committee.change.step"),
            steps,
            index=steps.index(one.step) if one.step in steps else 0,
            format_func=shown,
            key=f"step_{one.id}",
        )
        field = st.selectbox(
            page.say("committee.change.field"),
            FIELDS,
            format_func=lambda name: page.plain(f"committee.field.{name}"),
            key=f"field_{one.id}",
        )
        return {"key": key, "field": field, "value": _value(page, table.practice.card, one, key, field)}  # type: ignore[arg-type]
    if decision == "change_criteria" and page.data is not None:
        now = drafts.criteria(page).now
        return {
            name: st.text_input(
                page.say(f"committee.change.{name}"), value=write_number(page, 100 * getattr(now, name)), key=f"{name}_{one.id}"
            )
            for name in SETTINGS
        }
    return {}


def _value(page: Page, card: Card, one: Situation, key: str, field: str) -> str:
    """The new value of a field, begun with the one that holds; below it the segments that keep their own."""
    now = getattr(card.step(key), field)
    begun = write_number(page, now) if field in NUMBERS else now
    ask = st.text_area if field in LONG else st.text_input
    value = ask(page.say("committee.change.value"), value=begun, max_chars=2000, key=f"value_{one.id}_{key}_{field}")
    own = [kind for kind, changes in card.differences.items() if any(c.key == key and field in c.values for c in changes)]
    if own:
        names = ", ".join(page.plain(f"strategy.{kind}.name") for kind in own)
        st.caption(page.say("committee.change.own", kinds=names))
    return value


def _payload(page: Page, table: Table, decision: str, typed: dict[str, Any]) -> dict[str, Any]:
    """The change of the decision, tried on the card or the criteria. Raises ValueError where a number is none, BadInput."""
    card = table.practice.card
    if decision == "new_operation" and typed and card is not None:
        if not typed["operation"].strip():
            raise BadInput("empty_text")
        values = {"operation": typed["operation"].strip(), "role": typed["role"] or "", "norm_minutes": parse_number(typed["norm_minutes"])}
        add_step(card, values, after=typed["after"])
        return {"values": values, "after": typed["after"]}
    if decision == "change_step" and typed.get("value", "").strip() and card is not None:
        name = typed["field"]
        changed = {name: parse_number(typed["value"]) if name in NUMBERS else typed["value"].strip()}
        if changed[name] == getattr(card.step(typed["key"]), name):
            return {}
        change_step(card, typed["key"], changed)
        return {"key": typed["key"], "values": changed}
    if decision == "change_criteria" and typed:
        now = drafts.criteria(page).now
        numbers = {name: (parse_number(text) or 0.0) / 100 for name, text in typed.items()}
        settings = {name: value for name, value in numbers.items() if abs(value - getattr(now, name)) > SAME}
        now.with_(settings)
        return {"settings": settings} if settings else {}
    return {}


def _send(
    page: Page,
    table: Table,
    one: Situation,
    decision: str,
    text: str,
    responsible: str,
    due: date,
    review: date,
    kpi: Kpi,
    change: dict[str, Any],
) -> None:
    def make() -> dict[str, Any]:
        return events.decide(
            one, decision=decision, text=text, responsible=responsible, day=table.today, due=due, review_on=review, kpi=kpi, change=change
        )

    def after(now: Situation) -> None:
        why = page.plain("committee.change.why", number=str(now.number), day=table.today, text=text)
        if change and data.open_change(page, now, why):
            st.toast(page.say("committee.change.opened"), icon=":material/edit_document:")

    act.send(page, table, one, make, after)
