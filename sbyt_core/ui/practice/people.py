"""Employees by name, each figure with its n and interval, and one sentence on whether they differ by more than chance."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd
import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

from sbyt_core.practice.experience import experience
from sbyt_core.practice.followed import OF_RUNS, Followed
from sbyt_core.practice.people import differences
from sbyt_core.ui.page import Page


def show(page: Page, result: Followed) -> None:
    """The sentence and the table, in the order of the alphabet: the order says nothing."""
    st.subheader(page.say("practice.people.title"), anchor=False)
    counts = result.of_runs(("employee",))
    for sentence in said(page, counts):
        st.markdown(sentence)
    table = _table(page, result, counts)
    st.dataframe(table, hide_index=True, key="practice_people", column_config=to_the_right(table.columns[1:]))


def said(page: Page, counts: pd.DataFrame) -> list[str]:
    """Who stands out in what, or that nobody does."""
    found = differences(counts, "figure")
    if not found.compared:
        return [page.say("practice.people.little")]
    if found.within_chance:
        return [page.say("practice.people.alike")]
    return [
        "- "
        + page.say(
            "practice.people.differ",
            name=one.employee,
            figure=page.plain(f"practice.of_runs.{one.group}").lower(),
            own=page.plain.percent(one.own.share),
            n=one.own.n,
            rest=page.plain.percent(one.rest.share),
        )
        for one in found.found
    ] + [page.say("practice.people.method")]


def _table(page: Page, result: Followed, counts: pd.DataFrame) -> pd.DataFrame:
    words, known = page.plain, experience(result)
    rows = []
    for employee, part in counts.groupby("employee", sort=True):
        own = part.set_index("figure")
        row = known.loc[employee]
        shares = {
            words(f"practice.of_runs.{name}"): share_text(page, own.loc[name]) if name in own.index else words("practice.too_little")
            for name in OF_RUNS
        }
        rows.append(
            {
                words("practice.column.employee"): employee,
                words("practice.column.runs"): words.num(row["runs"]),
                **shares,
                words("practice.column.steps"): words.num(row["steps"]),
                words("practice.column.since"): words.date(row["since"].date()),
                words("practice.column.first"): words.percent(row["first"].share)
                if row["first"] is not None
                else words("practice.too_little"),
                words("practice.column.last"): words.percent(row["last"].share)
                if row["last"] is not None
                else words("practice.too_little"),
            }
        )
    return pd.DataFrame(rows)


def to_the_right(columns: Iterable[str]) -> dict[str, ColumnConfig]:
    """Configuration of columns that hold figures: written as words, so that each is in the reader's language."""
    return {name: st.column_config.Column(alignment="right") for name in columns}


def share_text(page: Page, row: pd.Series) -> str:
    """«25 % (16–37 %)», or that there is too little data."""
    words = page.plain
    if not row["enough"]:
        return words("practice.too_little.n", n=int(row["n"]))
    return words("practice.share", share=words.percent(row["share"]), span=span_text(page, row["low"], row["high"]))


def span_text(page: Page, low: float, high: float) -> str:
    """«16–37 %»: an interval of shares."""
    return f"{page.plain.num(100 * low)}–{page.plain.percent(high)}"
