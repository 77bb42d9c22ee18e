"""A new situation: what happened, with whom, at which step; past ones that are alike are shown while it is being written."""

from __future__ import annotations

import streamlit as st

from sbyt_core.committee import similar
from sbyt_core.committee.events import open_situation
from sbyt_core.errors import SbytError
from sbyt_core.ui import frame, navigation
from sbyt_core.ui.committee import data
from sbyt_core.ui.committee.data import Table
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data as practice_data

_BEGUN = "_committee_begun"
LONGEST = 400  # characters: a situation is told in two sentences, the rest is notes


def begin(page: Page, *, step: str = "", client_key: str = "", client: str = "", text: str = "") -> None:
    """Go to the committee's page with a new situation begun."""
    st.session_state[_BEGUN] = {"step": step, "client_key": client_key, "client": client, "text": text}
    st.switch_page(navigation.path_of("committee"))


def open_empty() -> None:
    """Begin a new situation of which nothing is known yet."""
    st.session_state[_BEGUN] = {}


def let_go() -> None:
    """Close the form."""
    st.session_state.pop(_BEGUN, None)


def begun() -> dict[str, str] | None:
    """What is known of the situation that was begun; None where none was."""
    return st.session_state.get(_BEGUN)


def drawer(page: Page, table: Table, given: dict[str, str]) -> None:
    """The form at the right. given: what is known already."""
    start = {"step": "", "client_key": "", "text": "", **given}
    generation = st.session_state.get("_committee_new", 0)

    @st.dialog(page.say("committee.new.title"), width="medium", position="right", on_dismiss=let_go)
    def show() -> None:
        text = st.text_input(
            page.say("committee.new.text"),
            value=start["text"],
            max_chars=LONGEST,
            key=f"new_text_{generation}",
            placeholder=page.plain("committee.new.text.hint"),
            live="500ms",
        )
        step, key, client = _about(page, table, start, generation)
        _alike(page, table, text, step, key)
        people = names(page, table)
        who = st.selectbox(
            page.say("committee.new.who"), people, index=None, key=f"new_who_{generation}", accept_new_options=True, placeholder=""
        )
        day = st.date_input(
            page.say("committee.new.day"), value=table.today, max_value=table.today, format="DD.MM.YYYY", key=f"new_day_{generation}"
        )
        document = st.text_input(page.say("committee.new.document"), max_chars=120, key=f"new_document_{generation}")
        if not st.button(page.say("committee.new.send"), type="primary", key=f"new_send_{generation}"):
            return
        try:
            event = open_situation(day=day, who=who or "", text=text, client_key=key, client=client, step=step, document=document)
            data.write(page, table, data.new_id(), event, author=who or "")
        except SbytError as error:
            frame.fault(error)
            return
        st.session_state["_committee_new"] = generation + 1
        let_go()
        st.rerun()

    show()


def _about(page: Page, table: Table, start: dict[str, str], generation: int) -> tuple[str, str, str]:
    """Step, client key and client."""
    practice, known = table.practice, practice_data.clients(page)
    names = dict(zip(known["client_key"], known["client"], strict=True))
    steps, keys = list(practice.steps), list(names)
    step = st.selectbox(
        page.say("committee.new.step"),
        steps,
        index=steps.index(start["step"]) if start["step"] in steps else None,
        format_func=lambda one: practice_data.step_text(page, practice, one),
        key=f"new_step_{generation}",
        placeholder=page.plain("committee.new.step.none"),
    )
    key = st.selectbox(
        page.say("committee.new.client"),
        keys,
        index=keys.index(start["client_key"]) if start["client_key"] in keys else None,
        format_func=lambda one: names[one],
        key=f"new_client_{generation}",
        placeholder=page.plain("committee.new.client.none"),
    )
    return step or "", key or "", names.get(key or "", "")


def _alike(page: Page, table: Table, text: str, step: str, key: str) -> None:
    found = similar(text, table.situations, step=step, client_key=key)
    if not found:
        return
    with st.container(border=True):
        st.caption(page.say("committee.alike", n=len(found)))
        for one in found:
            ruled = page.plain("committee.alike.none") if one.decision is None else one.decision.text
            st.markdown("- " + page.say("committee.alike.line", number=str(one.number), text=one.text, ruled=ruled))


def names(page: Page, table: Table) -> list[str]:
    """Members first, then the people of the team."""
    return list(dict.fromkeys([*(one.name for one in table.committee.members), *practice_data.people(page)]))
