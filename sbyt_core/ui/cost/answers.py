"""What the cost of service answers: who changes class, who eats the profit they bring, and how far both hang on the rates."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from sbyt_core.clients.rates import rates_to_json
from sbyt_core.reports.service.cost_sheets import cause_in_short
from sbyt_core.segments import Criteria, Override
from sbyt_core.segments.sensitivity import FACTORS, NOW, Sensitivity, sensitivity
from sbyt_core.segments.service_causes import ServiceCauses
from sbyt_core.segments.service_change import ServiceChange
from sbyt_core.ui import drafts
from sbyt_core.ui.cost import pictures
from sbyt_core.ui.page import Page
from sbyt_core.ui.service import Service
from sbyt_core.ui.workspace import Workspace

VIEWS = ("moved", "drains", "sensitivity")
LISTED = 300  # clients in a list on screen; the workbook has all


@st.fragment
def show(page: Page, work: Workspace, now: Service, change: ServiceChange) -> None:
    """The three questions; the one that was chosen is answered."""
    chosen = st.segmented_control(
        page.say("cost.view"),
        VIEWS,
        default=VIEWS[0],
        format_func=lambda code: page.plain(f"cost.view.{code}"),
        key="cost_view",
        label_visibility="collapsed",
    )
    if chosen == "drains":
        _drains(page, now, change)
    elif chosen == "sensitivity":
        _sensitive(page, work, now)
    else:
        _moved(page, change)


def _moved(page: Page, change: ServiceChange) -> None:
    moved = change.moved
    if moved.empty:
        st.markdown(page.say("cost.moved.none"))
        return
    st.markdown(f"**{page.say('cost.moved.title', n=len(moved), fallen=len(change.fallen), risen=len(change.risen))}**")
    _list(
        page,
        moved[["client", "before", "after", "revenue", "profit", "cost_to_serve", "net_profit"]],
        {"before": page.plain("cost.moved.before"), "after": page.plain("cost.moved.after")},
        key="cost_moved",
    )


def _drains(page: Page, now: Service, change: ServiceChange) -> None:
    drains = ServiceCauses(change.after, now.cost).drains()  # type: ignore[arg-type]
    if drains.empty:
        st.markdown(page.say("cost.drains.none"))
        return
    st.markdown(f"**{page.say('cost.drains.title', n=len(drains), before=int((drains['profit'] <= 0).sum()))}**")
    shown = drains.head(LISTED)
    first = [causes[0] if causes else None for causes in shown["causes"]]
    table = shown[["client", "revenue", "profit", "cost_to_serve", "net_profit"]].assign(
        why=[cause_in_short(page.plain, one, page.currency) if one else page.plain("cost.drains.no_cause") for one in first],
        money=[one.money if one else None for one in first],
    )
    _list(page, table, {"why": st.column_config.TextColumn(page.plain("cost.drains.why"), width="large")}, key="cost_drains")
    st.caption(page.say("cost.drains.alone"))


def _sensitive(page: Page, work: Workspace, now: Service) -> None:
    found = sensitivity_of(page, work, now)
    st.markdown(pictures.firm_text(page, found))
    at = st.select_slider(
        page.say("cost.sens.slider"),
        range(len(FACTORS)),
        value=NOW,
        format_func=lambda step: f"×{pictures.factor_text(page, FACTORS[step])}",
        key="cost_factor",
    )
    factor = FACTORS[at]
    pictures.classes_by_factor(page, found, factor)
    moved = found.moved(factor)
    if moved.empty:
        return
    ranges = found.frame.set_index("client_key")
    texts = [
        page.plain(
            "cost.sens.range",
            low=pictures.factor_text(page, ranges.loc[key, "low"]),
            high=pictures.factor_text(page, ranges.loc[key, "high"]),
        )
        for key in moved["client_key"].head(LISTED)
    ]
    table = moved.head(LISTED)[["client", "before", "after"]].assign(holds=texts)
    names = {"before": page.plain("cost.sens.now_column"), "after": page.plain("cost.sens.then"), "holds": page.plain("cost.sens.holds")}
    _list(page, table, names, key="cost_sensitive")


def _list(page: Page, table: pd.DataFrame, names: Mapping[str, object], *, key: str) -> None:
    money = {"revenue": "revenue", "profit": "profit", "cost_to_serve": "cost", "net_profit": "net", "money": "money"}
    config = st.column_config
    columns: dict = {"client": page.plain("column.client"), **names}
    columns |= {
        name: config.NumberColumn(page.plain(f"cost.column.{code}"), format="localized", step=1)
        for name, code in money.items()
        if name in table
    }
    st.dataframe(
        table.head(LISTED).round(dict.fromkeys(money, 0)),  # the table itself cuts the small coins
        hide_index=True,
        key=key,
        column_config=columns,
        height=min(420, 38 + 35 * len(table)),
    )


def sensitivity_of(page: Page, work: Workspace, now: Service) -> Sensitivity:
    """The classes under other rates, kept until data, rates or criteria change; it has no faults that `service_change` has not."""
    of_file, cost = now.file.to_json() if now.file else "", now.cost.total  # type: ignore[union-attr]
    key = (now.clients.fingerprint, now.clients.period, rates_to_json(now.rates), of_file, cost)
    return _kept(key, drafts.criteria(page).now, work.overrides, now)


@st.cache_resource(show_spinner=False, max_entries=12)
def _kept(key: tuple, criteria: Criteria, overrides: tuple[Override, ...], _now: Service) -> Sensitivity:
    return sensitivity(_now.clients, criteria, overrides=overrides)
