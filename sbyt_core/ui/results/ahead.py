"""A rollout that the sales do not reach yet, on screen: when it begins, when an answer comes, what to arrange now. No fault at all."""

from __future__ import annotations

from datetime import date

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.results.ahead import Ahead, ahead
from sbyt_core.ui import exports
from sbyt_core.ui.page import Page
from sbyt_core.ui.results import rollouts, unit_panel


def load(page: Page) -> Ahead | None:
    """What is ahead of the open company; None where nothing is, or the data know no units."""
    asked = rollouts.load(page)
    if not asked.register:
        return None
    try:
        return ahead(unit_panel.panel(page, asked.settings), asked.register, asked.settings)
    except SbytError:
        return None


def finding(page: Page, seen: Ahead) -> str:
    """The one sentence: when it begins and from when a verdict can be expected."""
    say = page.plain
    begins = say("ahead.begun" if seen.start <= exports.now().date() else "ahead.begins", start=say.date(seen.start))
    return f"{begins} {_answer(page, seen)}"


def show(page: Page, seen: Ahead) -> None:
    """The first look, and what to arrange now."""
    st.markdown(page.say("ahead.first_look", day=page.plain.date(seen.first_look)))
    if seen.arrange:
        shown = [
            {name: page.plain.date(value) if isinstance(value, date) else value for name, value in one.facts.items()}
            for one in seen.arrange
        ]
        points = [page.say(f"ahead.arrange.{one.code}", **facts) for one, facts in zip(seen.arrange, shown, strict=True)]
        st.markdown(f"**{page.say('ahead.arrange')}**\n" + "\n".join(f"- {point}" for point in points))


def _answer(page: Page, seen: Ahead) -> str:
    say, known = page.plain, seen.power
    if not seen.control:
        return say("ahead.all_at_once")
    if known is None or not known.rows:
        return say("ahead.unknown")
    target = say.percent(seen.target)
    if seen.verdict is not None:
        return say("ahead.verdict", day=say.date(seen.verdict), target=target)
    last = known.rows[-1]
    return say("ahead.never", months=say("power.months", n=last.months), smallest=say.percent(last.smallest), target=target)
