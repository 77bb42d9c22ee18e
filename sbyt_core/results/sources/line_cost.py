"""Cost to serve of every line, for net profit by unit and month: what the lines themselves tell (METHOD §4).

A document that sells costs its rate, shared equally by its lines; one that only gives back costs the rate of a return; each line costs the
rate of a line; a discount counts where the profit does not hold it yet. A line without a document belongs to the document of its
client and day. What is known of clients for a year alone (deliveries, requests, hours, overdue money) belongs to no month, so it
is left out: it does not differ between the months before and after.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sbyt_core.clients.rates import CARD, Rates
from sbyt_core.errors import BadInput
from sbyt_core.sales.model import SalesData

BY_LINES = ("document", "line", "return", "discount")  # drivers that lines tell


def line_cost(sales: SalesData, rates: Rates, *, document_minutes: float | None = None) -> pd.Series:
    """Money of serving by line, indexed as the lines.

    document_minutes: norm minutes of a document by the technology card, where its rate says so. Raises BadInput no_rates where no
    driver that lines tell has a rate.
    """
    known = [driver for driver in BY_LINES if driver in rates.drivers]
    if not known:
        raise BadInput("no_rates")
    lines = sales.lines
    sells = ((lines["kind"] != "return") & ~(lines["revenue"] < 0)).to_numpy()
    day = lines["date"].dt.strftime("%Y-%m-%d")
    document = lines["document"].where(lines["document"].notna(), day)
    keys = [lines["client_key"].fillna(""), document.fillna("")]
    group = pd.Series(sells, index=lines.index).groupby(keys)
    sold, size = group.transform("sum").to_numpy(), group.transform("size").to_numpy()
    money = np.zeros(len(lines))
    money += np.where(sold > 0, np.where(sells, _money(rates, "document", document_minutes) / np.maximum(sold, 1), 0.0), 0.0)
    money += np.where(sold == 0, _money(rates, "return", None) / size, 0.0)
    money += _money(rates, "line", None)
    if rates.discount:
        money += lines["discount"].fillna(0.0).to_numpy()
    return pd.Series(money, index=lines.index)


def _money(rates: Rates, event: str, minutes: float | None) -> float:
    rate = rates.of(event)
    if rate is None:
        return 0.0
    if rate.minutes == CARD:
        return 0.0 if minutes is None else minutes * (rates.minute_rate or 0.0)
    return rates.money(event) or 0.0
