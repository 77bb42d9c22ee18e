"""Questions that a file leaves open: one card each, answers as buttons with the figures they lead to, the best reading marked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from sbyt_core.sales.model import Choice, Question
from sbyt_core.sales.speak import choice_text
from sbyt_core.ui import language
from sbyt_core.ui.page import Page


def cards(
    page: Page, questions: tuple[Question, ...], answer: Callable[[str, str], None], *, about: str | None = None, key: str = ""
) -> None:
    """Draw the questions; answer(code, choice) is called with what was pressed.

    about: the file that asks, where there are several; key: tells the buttons of one file from those of another.
    """
    for question in questions:
        with st.container(border=True):
            st.markdown(f"**{page.say(f'question.{question.code}')}**")
            hint = page.say(f"question.{question.code}.hint", example=question.example or "")
            st.caption(f"{language.escape(about)}: {hint}" if about else hint)
            dated = len({(choice.period_start, choice.period_end) for choice in question.choices}) > 1
            for column, choice in zip(st.columns(len(question.choices)), question.choices, strict=True):
                taken = choice.code == (question.chosen or question.best)
                with column:
                    st.button(
                        language.escape(choice_text(page.plain, choice.code)),
                        type="primary" if taken else "secondary",
                        icon=":material/check:" if taken else None,
                        width="stretch",
                        on_click=lambda code=question.code, choice=choice.code: answer(code, choice),
                        key="_".join(part for part in ("answer", key, question.code, choice.code) if part),
                    )
                    st.caption(_figures(page, choice, dated=dated))


def _figures(page: Page, choice: Choice, *, dated: bool) -> str:
    """What a choice leads to. dated: its days too, as the choices differ by them."""
    parts = []
    if choice.rows is not None:
        parts.append(page.say("words.lines", n=choice.rows))
    if choice.revenue is not None:
        parts.append(page.say("figures.revenue", money=page.plain.money(choice.revenue, page.currency, 2)))
    if choice.profit is not None:
        parts.append(page.say("figures.profit", money=page.plain.money(choice.profit, page.currency, 2)))
    if dated and choice.period_start and choice.period_end:
        start, end = (page.plain.date(date.fromisoformat(day)) for day in (choice.period_start, choice.period_end))
        parts.append(page.say("figures.days", start=start, end=end))
    return " · ".join(parts)
