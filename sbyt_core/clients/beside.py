"""Money beside the clients: lines without a client, without a date, and of collective clients; and the span of dates.

A line without a date belongs to no period and is `undated` whoever bought; a dated line without a client is
`unassigned`. In a file without any date every line counts as inside.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from sbyt_core.clients.model import Money
from sbyt_core.clients.schema import MONEY_DIGITS, Shape


def span_expression(lines: Any) -> Any:
    """First and last date of the lines: one row."""
    from ibis import _

    return lines.agg(first_line=_.date.min(), last_line=_.date.max())


def beside_expression(marked: Any, shape: Shape) -> Any:
    """Rows, revenue and profit by (undated, without client, collective), of lines in the period or without a date."""
    import ibis
    from ibis import _

    lines = marked.filter(_.date.isnull() | _.here) if shape.dated else marked
    undated = _.date.isnull() if shape.dated else ibis.literal(False)
    named = lines.mutate(undated=undated, nobody=_.client_key.isnull(), collective=_["aggregate"])
    return named.group_by(["undated", "nobody", "collective"]).agg(
        rows=_.count(), revenue=_.revenue.sum().round(MONEY_DIGITS), profit=_.profit.sum().round(MONEY_DIGITS)
    )


def money(table: pd.DataFrame, chosen: pd.Series) -> Money:
    """The chosen rows of `beside_expression` in one sum."""
    part = table[chosen]
    profit = part["profit"].astype("float64")
    return Money(
        rows=int(part["rows"].sum()),
        revenue=round(float(part["revenue"].astype("float64").sum()), MONEY_DIGITS),
        profit=round(float(profit.sum()), MONEY_DIGITS) if profit.notna().any() else None,
    )
