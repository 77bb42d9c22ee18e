"""What service costs: the rates, net profit, who changes class, who eats the profit they bring, and how far it hangs on the rates.

A view of the strategies page: it works on the draft criteria, and says what the agreed version was made with.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from sbyt_core.clients.cost_words import cost_problem
from sbyt_core.clients.rates import rates_to_json
from sbyt_core.errors import SbytError
from sbyt_core.reports.cost_sheets import cause_in_short
from sbyt_core.segments import Criteria, Override
from sbyt_core.segments.sensitivity import FACTORS, NOW, Sensitivity, sensitivity
from sbyt_core.segments.service_causes import ServiceCauses
from sbyt_core.segments.service_change import ServiceChange, service_change
from sbyt_core.ui import cost_exports, cost_facts, cost_pictures, cost_rates, drafts, frame, language, workspace
from sbyt_core.ui.frame import Light
from sbyt_core.ui.page import Page
from sbyt_core.ui.service import Service
from sbyt_core.ui.workspace import Workspace

VIEWS = ("moved", "drains", "sensitivity")
LISTED = 300  # clients in a list on screen; the workbook has all


def show(page: Page, work: Workspace) -> None:
    """The whole view."""
    now = workspace.costs(page)
    change, fault = _change(page, work, now)
    frame.finding(finding(page, now, change))
    if fault is not None:
        frame.fault(fault)
    if now.cost is not None:
        frame.lights(_lights(page, work, now, change))
    left, right = st.columns([1, 2], gap="large")
    with left:
        cost_rates.show(page, now.rates)
    with right:
        cost_pictures.waterfall(page, now)
        _told(page, now)
        _agreed(page, work)
        cost_facts.show(page, now)
    if change is not None and now.cost is not None:
        _answers(page, work, now, change)
        cost_exports.service_download(page, now, change)


def finding(page: Page, now: Service, change: ServiceChange | None) -> str:
    """How much of the profit service takes, and of how many clients it leaves nothing."""
    if now.cost is None:
        return page.say("cost.finding.none")
    frame_, cost = now.clients.frame, page.money(now.cost.total)
    profit = float(frame_["profit"].sum())
    if not now.clients.has_profit or profit <= 0:
        revenue = float(frame_["revenue"].sum())
        return page.say("cost.finding.no_profit", cost=cost, share=page.plain.percent(now.cost.total / revenue if revenue > 0 else None, 1))
    lost = change.became_loss if change else 0
    return page.say(
        "cost.finding" if lost else "cost.finding.all_pay",
        share=page.plain.percent(now.cost.total / profit),
        cost=cost,
        profit=page.money(profit),
        **({"n": lost} if lost else {}),
    )


def _change(page: Page, work: Workspace, now: Service) -> tuple[ServiceChange | None, SbytError | None]:
    if now.cost is None or not now.clients.has_net:
        return None, None
    try:
        return service_change(now.clients, drafts.criteria(page).now, overrides=work.overrides), None
    except SbytError as fault:
        return None, fault


def _lights(page: Page, work: Workspace, now: Service, change: ServiceChange | None) -> list[Light]:
    figures = []
    if change is not None:
        facts = now.clients.frame
        net, profit = float(facts["profit"].sum()) - now.cost.total, float(facts["profit"].sum())  # type: ignore[union-attr]
        share = page.plain.percent(net / profit) if profit > 0 else page.plain.percent(None)
        figures.append(Light(page.say("cost.light.net"), page.money(net), page.say("cost.light.net.limit", share=share), net > 0))
        figures.append(
            Light(
                page.say("cost.light.loss"),
                page.plain.num(change.became_loss),
                page.say("cost.light.loss.limit"),
                change.became_loss == 0,
                page.say("cost.light.loss.mend"),
            )
        )
        found = _sensitivity(page, work, now)
        ends = {"low": cost_pictures.factor_text(page, FACTORS[0]), "high": cost_pictures.factor_text(page, FACTORS[-1])}
        figures.append(
            Light(
                page.say("cost.light.firm"),
                page.say("cost.light.firm.value", n=found.firm, all=len(found.frame)),
                page.say("cost.light.firm.limit", **ends),
            )
        )
    missing = max(now.cost.not_counted.values(), default=0)  # type: ignore[union-attr]
    if missing:
        limit = page.say("cost.light.counted.limit", n=missing)
        figures.append(Light(page.say("cost.light.counted"), page.plain.num(missing), limit, None, page.say("cost.light.counted.mend")))
    return figures


def _told(page: Page, now: Service) -> None:
    """What the figures do not hold, in small print; what the file of facts says stands beside it."""
    if now.cost is None:
        return
    missing = [
        page.plain("cost.not_counted.part", name=page.plain(f"driver.{driver}").lower(), n=n) for driver, n in now.cost.not_counted.items()
    ]
    if missing:
        st.caption(page.say("cost.not_counted", what="; ".join(missing)))
    beside = now.facts.problems if now.facts else ()
    for problem in now.cost.problems:
        if problem not in beside and problem.code != "cost_not_counted":
            st.caption(language.escape(cost_problem(page.plain, problem)))


def _agreed(page: Page, work: Workspace) -> None:
    """The agreed version stays as it was, whatever the rates are now."""
    if work.agreed is not None:
        code = "cost.agreed.net" if work.agreed.segmentation.measure == "net" else "cost.agreed"
        st.info(page.say(code, name=work.agreed.version.name), icon=":material/lock:")


@st.fragment
def _answers(page: Page, work: Workspace, now: Service, change: ServiceChange) -> None:
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
    found = _sensitivity(page, work, now)
    st.markdown(cost_pictures.firm_text(page, found))
    at = st.select_slider(
        page.say("cost.sens.slider"),
        range(len(FACTORS)),
        value=NOW,
        format_func=lambda step: f"×{cost_pictures.factor_text(page, FACTORS[step])}",
        key="cost_factor",
    )
    factor = FACTORS[at]
    cost_pictures.classes_by_factor(page, found, factor)
    moved = found.moved(factor)
    if moved.empty:
        return
    ranges = found.frame.set_index("client_key")
    texts = [
        page.plain(
            "cost.sens.range",
            low=cost_pictures.factor_text(page, ranges.loc[key, "low"]),
            high=cost_pictures.factor_text(page, ranges.loc[key, "high"]),
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
        table.head(LISTED),
        hide_index=True,
        key=key,
        column_config=columns,
        height=min(420, 38 + 35 * len(table)),
    )


def _sensitivity(page: Page, work: Workspace, now: Service) -> Sensitivity:
    """Kept until data, rates or criteria change. Raises nothing that `service_change` did not raise before."""
    key = (now.clients.fingerprint, now.clients.period, rates_to_json(now.rates), now.file.to_json() if now.file else "", now.cost.total)  # type: ignore[union-attr]
    return _kept(key, drafts.criteria(page).now, work.overrides, now)


@st.cache_resource(show_spinner=False, max_entries=12)
def _kept(key: tuple, criteria: Criteria, overrides: tuple[Override, ...], _now: Service) -> Sensitivity:
    return sensitivity(_now.clients, criteria, overrides=overrides)
