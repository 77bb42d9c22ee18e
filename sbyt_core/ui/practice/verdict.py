"""The question at the end: mend the card or help the person? For every weak step the evidence for each, and the way to the
committee.
"""

from __future__ import annotations

import streamlit as st

from sbyt_core.practice.followed import Followed
from sbyt_core.practice.minutes import minutes_against_norm
from sbyt_core.practice.verdict import TARGET, Verdict, verdicts
from sbyt_core.ui import language
from sbyt_core.ui.committee import new as committee_new
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import people
from sbyt_core.ui.practice.data import Practice, step_text

SHOWN = 3  # weak steps at once: more are not mended at once either


def show(page: Page, practice: Practice, result: Followed) -> None:
    """The weak steps, the weakest first; then where the time goes."""
    st.subheader(page.say("practice.verdict.title"), anchor=False)
    found = verdicts(result)
    if not found:
        st.markdown(page.say("practice.verdict.none", target=page.plain.percent(TARGET)))
    for verdict in found[:SHOWN]:
        with st.container(border=True):
            _one(page, practice, verdict)
    if len(found) > SHOWN:
        st.caption(page.say("practice.verdict.more", n=len(found) - SHOWN))
    _minutes(page, practice, result)


def _one(page: Page, practice: Practice, verdict: Verdict) -> None:
    operation = language.escape(step_text(page, practice, verdict.step))
    st.markdown(f"**{operation}** – {page.say(f'practice.verdict.code.{verdict.code}')}")
    card, person = st.columns(2)
    with card:
        st.caption(page.say("practice.verdict.for_card"))
        st.markdown("\n".join(f"- {line}" for line in _for_card(page, verdict)))
    with person:
        st.caption(page.say("practice.verdict.for_person"))
        st.markdown("\n".join(f"- {line}" for line in _for_person(page, verdict)))
    if st.button(page.say("practice.verdict.to_committee"), key=f"to_committee_{verdict.step}", icon=":material/gavel:"):
        committee_new.begin(page, step=verdict.step, text=_story(page, practice, verdict))


def _for_card(page: Page, verdict: Verdict) -> list[str]:
    words, low, high = page.plain.percent, verdict.lowest, verdict.highest
    share = verdict.share
    lines = [page.say("practice.verdict.share", share=words(share.share), span=people.span_text(page, share.low, share.high), n=share.n)]
    if low is not None and high is not None and verdict.people > 1:
        lines.append(page.say("practice.verdict.range", low=words(low.share), high=words(high.share), n=verdict.people))
    if verdict.below:
        lines.append(page.say("practice.verdict.others", share=words(verdict.others.share), n=verdict.others.n))
    return lines


def _for_person(page: Page, verdict: Verdict) -> list[str]:
    if verdict.below:
        return [
            page.say(
                "practice.verdict.person",
                name=one.employee,
                own=page.plain.percent(one.own.share),
                n=one.own.n,
                rest=page.plain.percent(one.rest.share),
            )
            for one in verdict.below
        ]
    return [page.say("practice.verdict.nobody" if verdict.people > 1 else "practice.verdict.alone")]


def _story(page: Page, practice: Practice, verdict: Verdict) -> str:
    """The situation in words, as it is put before the committee."""
    share = verdict.share
    return page.plain("practice.verdict.story", operation=practice.steps[verdict.step], share=page.plain.percent(share.share), n=share.n)


def _minutes(page: Page, practice: Practice, result: Followed) -> None:
    table = minutes_against_norm(result)
    over = table[table["excess"].notna() & (table["n"] > 0)]
    if over.empty:
        return
    top, total = str(over["excess"].idxmax()), float(over["excess"].sum())
    words = page.plain
    st.subheader(page.say("practice.minutes.title"), anchor=False)
    code = "practice.minutes.over" if over.loc[top, "excess"] > 0 else "practice.minutes.within"
    hours, all_hours = words.num(over.loc[top, "excess"] / 60, 1), words.num(total / 60, 1)
    st.markdown(page.say(code, step=step_text(page, practice, top), hours=hours, total=all_hours))
    rows = [
        {
            words("practice.column.step"): step_text(page, practice, str(step)),
            words("practice.column.n"): words.num(row["n"]),
            words("practice.column.norm"): words.num(row["norm"], 1),
            words("practice.column.median"): _median(page, row),
            words("practice.minutes.hours"): words.num(row["excess"] / 60, 1),
        }
        for step, row in table.iterrows()
    ]
    st.dataframe(rows, hide_index=True, key="practice_minutes", column_config=people.to_the_right(list(rows[0])[1:]))


def _median(page: Page, row) -> str:
    words = page.plain
    if row["low"] is None or row["low"] != row["low"]:
        return words("practice.too_little.n", n=int(row["n"]))
    return words("practice.share", share=words.num(row["median"], 1), span=f"{words.num(row['low'], 1)}–{words.num(row['high'], 1)}")
