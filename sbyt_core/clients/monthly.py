"""Net sales by client and calendar month, for charts and for drawing months by lot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from sbyt_core.clients.engine import open_engine
from sbyt_core.clients.model import MONTH_COLUMNS
from sbyt_core.clients.schema import MONEY_DIGITS
from sbyt_core.sales.model import SalesData


def monthly_sales(sales: SalesData, client_key: str | None = None, *, source: Path | str | None = None) -> pd.DataFrame:
    """Net revenue and profit by client and month (columns of MONTH_COLUMNS), ordered by both; only months with lines.

    client_key: one client instead of all. month: its first day. Lines without a client or a date are left out.
    """
    lines = sales.lines
    if client_key is not None and source is None:
        lines = lines[lines["client_key"] == client_key]  # one client needs no statement of its own
        client_key = None
    with open_engine(lines, source) as engine:
        found = engine.over_lines(months_expression, client_key)
    return found[list(MONTH_COLUMNS)].astype(MONTH_COLUMNS)


def months_expression(lines: Any, client_key: str | None) -> Any:
    """Sums by client and month, of one client or of all."""
    from ibis import _

    known = lines.filter(_.client_key.notnull() & _.date.notnull())
    if client_key is not None:
        known = known.filter(_.client_key == client_key)
    return (
        known.group_by(["client_key", _.date.truncate("M").name("month")])
        .agg(revenue=_.revenue.sum().round(MONEY_DIGITS), profit=_.profit.sum().round(MONEY_DIGITS))
        .order_by(["client_key", "month"])
    )
