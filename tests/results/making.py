"""Sales in three months: January 2025 is the window after, January 2024 the window before, December 2022 earlier still."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from sbyt_core.results.facts import Facts, facts_of
from sbyt_core.results.windows import Windows
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import Period
from tests.clients.making import sales_data

EARLIER, BEFORE, AFTER = "2022-12-31", "2024-01-31", "2025-01-31"
JANUARIES = Windows(Period(date(2024, 1, 1), date(2024, 1, 31)), Period(date(2025, 1, 1), date(2025, 1, 31)), "year", date(2025, 1, 1))


def facts_from(sales: SalesData, cost: Sequence[float] | None = None) -> Facts:
    """Facts of the two Januaries; cost: to serve, of every line."""
    return facts_of(sales, JANUARIES, line_cost=None if cost is None else pd.Series(cost, index=sales.lines.index))


def two_windows(months: Sequence[tuple[str, Mapping[str, tuple[float, float]]]]) -> Facts:
    """Facts of clients with one document in each month given, as revenue and profit by key."""
    rows = [
        {"date": day, "client_key": key, "document": f"{day} {key}", "revenue": float(revenue), "profit": float(profit)}
        for day, clients in months
        for key, (revenue, profit) in clients.items()
    ]
    return facts_from(sales_data(rows))
