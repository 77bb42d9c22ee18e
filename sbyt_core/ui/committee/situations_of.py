"""Situations where they belong: of one client in its passport, of one step in its drawer; each opens on the committee's page."""

from __future__ import annotations

import streamlit as st

from sbyt_core.committee import Situation
from sbyt_core.ui import language, navigation
from sbyt_core.ui.committee import act, data, new
from sbyt_core.ui.page import Page

SHOWN = 6  # situations at once
LETTERS = 90  # of a situation in a list
ADDRESS = "situation"  # ?situation=… on the committee's page


def of_client(page: Page, client_key: str, client: str = "") -> None:
    """Situations of a client, newest first, and a button for a new one."""
    _list(page, [one for one in data.situations_alone(page) if one.client_key == client_key], f"client_{client_key}")
    if st.button(page.say("committee.new"), key=f"new_of_client_{client_key}", icon=":material/add:"):
        new.begin(page, client_key=client_key, client=client)


def of_step(page: Page, step: str) -> None:
    """Situations of a step, newest first."""
    _list(page, [one for one in data.situations_alone(page) if one.step == step], f"step_{step}")


def short(text: str) -> str:
    """The beginning of a text, whole words."""
    flat = " ".join(text.split())
    return flat if len(flat) <= LETTERS else flat[:LETTERS].rsplit(" ", 1)[0] + "…"


def _list(page: Page, found: list[Situation], key: str) -> None:
    if not found:
        st.caption(page.say("committee.of.none"))
        return
    for one in sorted(found, key=lambda one: -one.number)[:SHOWN]:
        line = page.say("committee.of.line", number=str(one.number), text=short(one.text), state=page.plain(f"committee.state.{one.state}"))
        if st.button(line, key=f"open_{key}_{one.id}", type="tertiary", icon=":material/arrow_forward:"):
            act.pick(one.id)
            st.switch_page(navigation.path_of("committee"))
    if len(found) > SHOWN:
        st.caption(language.escape(page.plain("committee.of.more", n=len(found) - SHOWN)))
