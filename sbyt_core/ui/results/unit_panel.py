"""Units by months of the open company, kept between runs: what the register, the power view and the evidence look at."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from sbyt_core.clients.rates import rates_to_json
from sbyt_core.results.model import Settings
from sbyt_core.results.panel import Panel, unit_panel
from sbyt_core.results.sources.line_cost import BY_LINES, line_cost
from sbyt_core.sales.model import SalesData
from sbyt_core.ui import cached, service
from sbyt_core.ui.page import Page

KEPT = 12  # panels; a few MB for 10 000 clients


def panel(page: Page, settings: Settings) -> Panel:
    """The panel of these units and this measure. Raises BadInput of `unit_panel`."""
    rates = service.rates(page) if settings.measure == "net" else None
    known = rates is not None and any(driver in rates.drivers for driver in BY_LINES)
    costed = rates_to_json(rates) if rates is not None and known else ""
    sales = cached.sales(page.store, page.data)  # type: ignore[arg-type]
    merges = replace(cached.merges(page.store, page.data), apart=())  # type: ignore[arg-type]
    key = page.data.lines_sha256, merges, settings.units, settings.measure, costed  # type: ignore[union-attr]
    return _panel(key, Settings(settings.units, settings.measure), sales, line_cost(sales, rates) if rates is not None and known else None)


def names(page: Page, units: str) -> list[str]:
    """Names of all managers or branches of the data, in order."""
    lines = cached.sales(page.store, page.data).lines  # type: ignore[arg-type]
    return sorted(map(str, lines[units].dropna().unique()))


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _panel(key: tuple, settings: Settings, _sales: SalesData, _cost: pd.Series | None) -> Panel:
    return unit_panel(_sales, settings, cost=_cost)
