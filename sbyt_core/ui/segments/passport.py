"""The client's passport in a drawer: class, why, what would move it, three years of sales, how it is served, what people decided."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from sbyt_core.clients import monthly_sales
from sbyt_core.segments import Passport, Segmentation
from sbyt_core.segments import passport as passport_of
from sbyt_core.segments.words import move_in_words, reason_in_words
from sbyt_core.strategies import kind_of, written
from sbyt_core.ui import cached, charts, drafts, picking
from sbyt_core.ui.card import link as card_link
from sbyt_core.ui.committee import situations_of as committee_of
from sbyt_core.ui.cost import passport as cost_passport
from sbyt_core.ui.data import rows_drawer
from sbyt_core.ui.page import Page
from sbyt_core.ui.segments import decisions

MONTHS_SHOWN = 36
FACTS = (
    ("documents", "number"),
    ("average_document", "money"),
    ("items", "number"),
    ("profit", "money"),
    ("cost_to_serve", "money"),
    ("net_profit", "money"),
    ("late_payment_share", "percent"),
    ("active_share", "percent"),
    ("returns_share", "percent"),
    ("first_purchase", "date"),
    ("last_purchase", "date"),
    ("manager", "text"),
    ("branch", "text"),
    ("client_code", "text"),
)


def drawer(page: Page, result: Segmentation, client_key: str) -> None:
    """Open the passport of a client at the right."""
    passport = passport_of(result, client_key)

    @st.dialog(page.say("passport.title", name=passport.client), width="medium", position="right", on_dismiss=picking.let_go)
    def show() -> None:
        _class(page, passport)
        _border(page, passport)
        _reasons(page, passport)
        cost_passport.show(page, result, client_key)
        _months(page, client_key)
        _facts(page, passport)
        _strategy(page, passport)
        decisions.override_form(page, passport)
        decisions.history(page, client_key)
        decisions.notes(page, client_key)
        _situations(page, passport)
        rows_drawer.of_client(page, cached.sales(page.store, page.data), client_key, passport.client)  # type: ignore[arg-type]

    show()


def _situations(page: Page, passport: Passport) -> None:
    st.markdown(f"**{page.say('passport.situations')}**")
    committee_of.of_client(page, passport.client_key, passport.client)


def _class(page: Page, passport: Passport) -> None:
    st.subheader(page.say(f"segment.{passport.segment}"), anchor=False)
    words = [page.say("passport.state", state=page.plain(f"state.{passport.state}"))]
    words += [page.say(f"tag.{tag}") for tag in passport.tags]
    if passport.rank is not None:
        words.append(page.say("passport.rank", rank=passport.rank))
    st.markdown(" · ".join(words))
    st.metric(page.plain.capital(page.plain(f"measure.{passport.measure}")), page.money(passport.value))


def _border(page: Page, passport: Passport) -> None:
    if passport.next_up and passport.to_next_up is not None:
        st.markdown(page.say("passport.up", money=page.money(passport.to_next_up), segment=passport.next_up))
        if passport.value and passport.value > 0:
            st.progress(min(1.0, passport.value / (passport.value + passport.to_next_up)))
    if passport.next_down and passport.may_fall is not None:
        st.markdown(page.say("passport.down", money=page.money(passport.may_fall), segment=passport.next_down))
    for move in passport.moves:
        st.markdown("- " + move_in_words(move, page.say, page.currency))


def _reasons(page: Page, passport: Passport) -> None:
    st.markdown(f"**{page.say('passport.why')}**")
    for number, reason in enumerate(passport.reasons, 1):
        st.markdown(f"{number}. {reason_in_words(reason, page.say, page.currency)}")


def _months(page: Page, client_key: str) -> None:
    sales = cached.sales(page.store, page.data)  # type: ignore[arg-type]
    bought = monthly_sales(sales, client_key)
    if bought.empty or sales.period is None:
        return
    end = pd.Timestamp(sales.period.end).replace(day=1)
    first = max(pd.Timestamp(sales.period.start).replace(day=1), end - pd.DateOffset(months=MONTHS_SHOWN - 1))
    months = pd.date_range(first, end, freq="MS")
    revenue = bought.set_index("month")["revenue"].reindex(months, fill_value=0.0)
    shown = pd.DataFrame({"month": months, "revenue": revenue.to_numpy()})
    charts.months(
        page, shown, key="passport_months", title=page.plain("chart.months", n=len(shown), total=page.money(float(revenue.sum())))
    )


def _facts(page: Page, passport: Passport) -> None:
    write: dict[str, Callable[[Any], str]] = {
        "number": page.plain.num,
        "money": page.money,
        "percent": page.plain.percent,
        "date": page.plain.date,
        "text": str,
    }
    known = ((name, kind, passport.facts.get(name)) for name, kind in FACTS)
    shown = [
        {page.plain("passport.fact"): page.plain(f"fact.{name}"), page.plain("passport.value"): write[kind](value)}
        for name, kind, value in known
        if not pd.isna(value)
    ]
    st.dataframe(shown, hide_index=True, key="passport_facts", height="content")


def _strategy(page: Page, passport: Passport) -> None:
    kind = kind_of(passport.segment, passport.state, passport.tags)
    standard = written(drafts.book(page)[kind], page.plain, currency=page.currency)
    st.markdown(f"**{page.say('passport.strategy', name=standard.name)}**")
    st.text(standard.goal)
    st.text(f"{standard.contacts} · {standard.channels}")
    card_link.to_card(page, kind)
