"""One step in a drawer: its figures by employee, its minutes, why it was not done, and its situations."""

from __future__ import annotations

import streamlit as st

from sbyt_core.practice.followed import OF_STEPS, Followed
from sbyt_core.practice.minutes import minutes_against_norm
from sbyt_core.ui import language, picking, service
from sbyt_core.ui.card import link as card_link
from sbyt_core.ui.committee import new as committee_new
from sbyt_core.ui.committee import situations_of as committee_of
from sbyt_core.ui.number_field import write_number
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import people
from sbyt_core.ui.practice.data import Practice, step_text

NOTES = 8  # last words on why it was not done


def drawer(page: Page, practice: Practice, result: Followed, step: str) -> None:
    """Open the step at the right."""
    title = language.escape(step_text(page, practice, step))

    @st.dialog(title, width="medium", position="right", on_dismiss=picking.let_go)
    def show() -> None:
        norm = practice.card.step(step).norm_minutes  # type: ignore[union-attr]
        if norm is None:
            st.markdown(page.say("practice.step.no_norm"))
        else:
            st.markdown(page.say("practice.step.norm", minutes=write_number(page, round(norm, 2))))
        rate = service.rates(page).minute_rate
        if rate is not None and norm is not None:
            st.markdown(page.say("practice.step.cost", money=page.plain.money(rate * norm, page.currency, 2)))
        card_link.to_step(page, step, key="step_in_card", leave=picking.let_go)
        _figures(page, result, step)
        _minutes(page, result, step)
        _notes(page, result, step)
        st.markdown(f"**{page.say('committee.of_step')}**")
        committee_of.of_step(page, step)
        if st.button(page.say("practice.verdict.to_committee"), key="step_to_committee", icon=":material/gavel:"):
            picking.let_go()
            committee_new.begin(page, step=step, text="")

    show()


def _figures(page: Page, result: Followed, step: str) -> None:
    table = result.of_steps(("step", "employee"))
    table = table[table["step"] == step]
    words, rows = page.plain, []
    for employee, part in table.groupby("employee", sort=True):
        own = part.set_index("figure")
        shares = {
            words(f"practice.figure.{name}"): people.share_text(page, own.loc[name]) if name in own.index else words("practice.too_little")
            for name in OF_STEPS
        }
        rows.append({words("practice.column.employee"): employee, **shares})
    figures = people.to_the_right(words(f"practice.figure.{name}") for name in OF_STEPS)
    st.dataframe(rows, hide_index=True, key="practice_step_people", column_config=figures)


def _minutes(page: Page, result: Followed, step: str) -> None:
    table = minutes_against_norm(result)
    if step in table.index:
        row = table.loc[step]
        st.markdown(page.say("practice.step.minutes", median=write_number(page, round(float(row["median"]), 2)), n=int(row["n"])))


def _notes(page: Page, result: Followed, step: str) -> None:
    lines = result.lines[(result.lines["step"] == step) & result.lines["note"].notna()].sort_values("moment", ascending=False)
    if lines.empty:
        return
    st.markdown(f"**{page.say('practice.step.notes')}**")
    for row in lines.head(NOTES).itertuples():
        st.caption(f"{page.plain.date(row.moment.date())} · {language.escape(row.employee)} · {language.escape(row.client or '')}")
        st.text(row.note)
