"""What is known of a step besides its words: what it costs, how it is done in practice, and its situations on the committee's table."""

from __future__ import annotations

import streamlit as st

from sbyt_core.cards import Step
from sbyt_core.errors import SbytError
from sbyt_core.reports.card.words import facts_of, minutes_text, share_text
from sbyt_core.ui import service
from sbyt_core.ui.committee import data as committee_data
from sbyt_core.ui.committee import situations_of as committee_of
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data as practice_data


def show(page: Page, step: Step) -> None:
    """One line of figures; nothing where nothing is known."""
    parts = []
    rate = service.rates(page).minute_rate
    if rate is not None and step.norm_minutes is not None:
        parts.append(page.say("card.evidence.cost", money=page.plain.money(rate * step.norm_minutes, page.currency, 2)))
    result = practice(page)
    facts = facts_of(result).get(step.key)
    if facts is not None:
        parts.append(page.say("card.evidence.done", share=share_text(facts.done, page.plain)))
        if facts.in_time is not None:
            parts.append(page.say("card.evidence.in_time", share=share_text(facts.in_time, page.plain)))
        if facts.minutes is not None:
            parts.append(page.say("card.evidence.minutes", minutes=minutes_text(facts, page.plain)))
    if parts:
        st.caption(" · ".join(parts))


def situations(page: Page, step: Step) -> None:
    """The situations of a step on the committee's table, where there are any."""
    if any(one.step == step.key for one in committee_data.situations_alone(page)):
        st.markdown(f"**{page.say('committee.of_step')}**")
        committee_of.of_step(page, step.key)


def practice(page: Page):
    """The log held against the card; None without data or log."""
    if page.data is None:
        return None
    try:
        result = practice_data.load(page).result
    except SbytError:
        return None
    return None if result is None or result.runs.empty else result
