"""What service costs: the rates, net profit, who changes class, who eats the profit they bring, and how far it hangs on the rates.

A view of the strategies page: it works on the draft criteria, and says what the agreed version was made with.
"""

from __future__ import annotations

import streamlit as st

from sbyt_core.clients.cost_words import cost_problem, unused_time
from sbyt_core.errors import SbytError
from sbyt_core.segments.sensitivity import FACTORS
from sbyt_core.segments.service_change import ServiceChange, service_change
from sbyt_core.ui import drafts, frame, language, workspace
from sbyt_core.ui.cost import answers, exports, pictures, rates
from sbyt_core.ui.cost import facts as cost_facts
from sbyt_core.ui.frame import Light
from sbyt_core.ui.page import Page
from sbyt_core.ui.service import Service
from sbyt_core.ui.workspace import Workspace


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
        rates.show(page, now.rates)
    with right:
        pictures.waterfall(page, now)
        _told(page, now)
        _agreed(page, work)
        cost_facts.show(page, now)
    if change is not None and now.cost is not None:
        answers.show(page, work, now, change)
        exports.service_download(page, now, change)


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
        found = answers.sensitivity_of(page, work, now)
        ends = {"low": pictures.factor_text(page, FACTORS[0]), "high": pictures.factor_text(page, FACTORS[-1])}
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
    if unused := unused_time(page.plain, now.cost, page.currency):
        st.caption(language.escape(unused))
    beside = now.facts.problems if now.facts else ()
    for problem in now.cost.problems:
        if problem not in beside and problem.code != "cost_not_counted":
            st.caption(language.escape(cost_problem(page.plain, problem)))


def _agreed(page: Page, work: Workspace) -> None:
    """The agreed version stays as it was, whatever the rates are now."""
    if work.agreed is not None:
        code = "cost.agreed.net" if work.agreed.segmentation.measure == "net" else "cost.agreed"
        st.info(page.say(code, name=work.agreed.version.name), icon=":material/lock:")
