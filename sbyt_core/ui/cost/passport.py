"""What service of one client costs, in its passport: the parts, what is left of the profit, and why it is dear."""

from __future__ import annotations

import streamlit as st

from sbyt_core.clients.rates import DRIVERS
from sbyt_core.reports.service.cost_sheets import cause_in_words
from sbyt_core.segments import Segmentation
from sbyt_core.segments.service_causes import ServiceCauses
from sbyt_core.ui import language, workspace
from sbyt_core.ui.page import Page


def show(page: Page, result: Segmentation, client_key: str) -> None:
    """Nothing while no rates are set or the client is not of this data. Figures are those of the present rates."""
    now = workspace.costs(page)
    if now.cost is None or client_key not in set(now.cost.parts["client_key"]):
        return
    parts = now.cost.of(client_key)
    if parts["total"] != parts["total"]:
        return
    row = now.clients.frame.set_index("client_key").loc[client_key]
    st.markdown(f"**{page.say('cost.passport.title', cost=page.money(parts['total']))}**")
    known = [(driver, float(parts[driver])) for driver in DRIVERS if parts[driver] == parts[driver] and parts[driver]]
    known.sort(key=lambda part: -part[1])
    said = ", ".join(f"{page.plain(f'driver.{driver}').lower()} {page.money(money)}" for driver, money in known)
    left = page.plain("cost.passport.left", profit=page.money(row["profit"]), net=page.money(row["net_profit"]))
    st.markdown(language.escape(f"{page.plain.capital(said)}. {left if row['net_profit'] == row['net_profit'] else ''}"))
    for cause in ServiceCauses(result, now.cost).of(client_key):
        st.markdown("- " + language.escape(cause_in_words(page.plain, cause, page.currency)))
