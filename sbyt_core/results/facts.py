"""What before/after figures are counted from: documents of two windows, months of every client, items of the two windows.

Each is one statement over the sales lines (by default DuckDB, see `clients.engine`); everything else is sums of its rows. Manager
and branch are those of the line itself. A document is an order or shipment that sells; a line without one belongs to the document of
its client-day. A client bought in a period when it has a line in it that sells. Lines without a client keep their money under a
missing client; lines without a date are in no window.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from sbyt_core.clients.engine import open_engine
from sbyt_core.clients.schema import MONEY_DIGITS
from sbyt_core.results.windows import Windows
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import Period

MONEY = ("revenue", "profit", "net", "bought", "given_back", "cost")
MONTH_KEYS = ["client_key", "month", "manager", "branch"]


@dataclass(frozen=True, eq=False)
class Facts:
    """Sums over lines; a sum of figures of which none is known is missing.

    documents: window ("before" or "after"), month, client_key, aggregate, document, manager, branch, revenue, profit, bought,
    given_back, sold, one row a document and its manager; months: client_key, aggregate, month, manager, branch, revenue, profit,
    sold, with cost to serve also net, of the whole file; items: window, month, item, quantity, revenue, profit and lines without quantity
    or profit; costs: cost to serve by window, month, client, manager and branch, None where it is not known.
    """

    windows: Windows
    documents: pd.DataFrame
    months: pd.DataFrame
    items: pd.DataFrame
    has_profit: bool
    costs: pd.DataFrame | None = None
    names: pd.Series = field(default_factory=lambda: pd.Series(dtype="str"))  # of clients in their last line, by key

    def cost(self, window: str) -> float:
        """Cost to serve of a window; 0 where none is known."""
        return 0.0 if self.costs is None else float(self.costs.loc[self.costs["window"] == window, "cost"].sum())

    def buyers(self, period: Period) -> pd.Index:
        """Keys of the clients that bought in the period, collective ones left out."""
        rows = self.months
        inside = within(rows, period) & (rows["sold"] > 0) & ~rows["aggregate"]
        return pd.Index(rows.loc[inside, "client_key"].dropna().unique(), dtype="str").sort_values()

    @property
    def first_bought(self) -> pd.Series:
        """First month with a purchase, by client key."""
        rows = self.months[(self.months["sold"] > 0) & self.months["client_key"].notna()]
        return rows.groupby("client_key")["month"].min()

    def at_constant_prices(self, factor: pd.Series) -> Facts:
        """The same facts with the money of every month multiplied by its factor (index: month)."""
        return replace(
            self,
            documents=_revalued(self.documents, factor),
            months=_revalued(self.months, factor),
            items=_revalued(self.items, factor),
            costs=None if self.costs is None else _revalued(self.costs, factor),
        )


def facts_of(sales: SalesData, windows: Windows, *, line_cost: pd.Series | None = None, source: Path | str | None = None) -> Facts:
    """Count the facts of two windows.

    line_cost: cost to serve of every line, indexed as `sales.lines`; source: the lines elsewhere, as in `client_table`.
    """
    days = (windows.before.start, windows.before.end, windows.after.start, windows.after.end)
    with open_engine(sales.lines, source) as engine:
        documents = engine.over_lines(documents_expression, *days)
        months = engine.over_lines(months_expression)
        items = engine.over_lines(items_expression, *days)
    costs = None
    if line_cost is not None:
        spent = _costs(sales, line_cost)
        costs = pd.concat([spent[within(spent, getattr(windows, name))].assign(window=name) for name in ("before", "after")])
        months = _with_net(months, spent)
    return Facts(windows, documents, months, items, bool(months["profit"].notna().any()), costs, _names(sales))


def documents_expression(lines: Any, before: date, before_end: date, after: date, after_end: date) -> Any:
    """One row a document, its month, manager and branch in each window."""
    import ibis
    from ibis import _

    marked = _in_windows(lines, before, before_end, after, after_end)
    document = ibis.coalesce(_.document, _.date.cast("string"))
    grouped = marked.mutate(document=document).group_by(["window", "month", "client_key", "document", "manager", "branch"])
    return grouped.agg(
        aggregate=_["aggregate"].any(),
        revenue=_.revenue.sum().round(MONEY_DIGITS),
        profit=_.profit.sum().round(MONEY_DIGITS),
        bought=_.revenue.sum(where=_.revenue > 0).round(MONEY_DIGITS),
        given_back=_.revenue.sum(where=_.revenue < 0).round(MONEY_DIGITS),
        sold=_.count(where=_.sells),
    ).order_by(["window", "month", "client_key", "document", "manager", "branch"])


def months_expression(lines: Any) -> Any:
    """One row a client, month, manager and branch."""
    from ibis import _

    marked = lines.filter(_.date.notnull()).mutate(month=_.date.truncate("M"), sells=_sells())
    return (
        marked.group_by(["client_key", "month", "manager", "branch"])
        .agg(
            aggregate=_["aggregate"].any(),
            revenue=_.revenue.sum().round(MONEY_DIGITS),
            profit=_.profit.sum().round(MONEY_DIGITS),
            sold=_.count(where=_.sells),
        )
        .order_by(["client_key", "month", "manager", "branch"])
    )


def items_expression(lines: Any, before: date, before_end: date, after: date, after_end: date) -> Any:
    """One row an item and month in each window."""
    from ibis import _

    marked = _in_windows(lines, before, before_end, after, after_end)
    return (
        marked.group_by(["window", "month", "item"])
        .agg(
            quantity=_.quantity.sum().round(MONEY_DIGITS),
            revenue=_.revenue.sum().round(MONEY_DIGITS),
            profit=_.profit.sum().round(MONEY_DIGITS),
            without_quantity=_.count(where=_.quantity.isnull()),
            without_profit=_.count(where=_.profit.isnull()),
        )
        .order_by(["window", "month", "item"])
    )


def _costs(sales: SalesData, line_cost: pd.Series) -> pd.DataFrame:
    """Cost to serve of every client, month, manager and branch."""
    lines = sales.lines[["date", "client_key", "aggregate", "manager", "branch"]].assign(cost=line_cost)
    lines["month"] = lines["date"].dt.to_period("M").dt.to_timestamp().astype("datetime64[us]")
    grouped = lines[lines["month"].notna()].groupby(MONTH_KEYS, dropna=False)
    return grouped.agg(cost=("cost", "sum"), aggregate=("aggregate", "any")).reset_index()


def _with_net(months: pd.DataFrame, spent: pd.DataFrame) -> pd.DataFrame:
    """The months with net: profit less cost to serve, missing where the profit is."""
    costs = months[MONTH_KEYS].merge(spent, on=MONTH_KEYS, how="left")["cost"].fillna(0.0)
    return months.assign(net=months["profit"].to_numpy() - costs.to_numpy())


def _names(sales: SalesData) -> pd.Series:
    """The name of every client in its last line."""
    lines = sales.lines[["client_key", "client", "date"]].dropna(subset=["client_key"])
    return (
        lines.sort_values("date", kind="stable", na_position="first")
        .drop_duplicates("client_key", keep="last")
        .set_index("client_key")["client"]
    )


def _in_windows(lines: Any, before: date, before_end: date, after: date, after_end: date) -> Any:
    import ibis
    from ibis import _

    later = (_.date >= ibis.date(after)) & (_.date <= ibis.date(after_end))
    earlier = (_.date >= ibis.date(before)) & (_.date <= ibis.date(before_end))
    inside = lines.filter(_.date.notnull()).filter(later | earlier)
    return inside.mutate(window=ibis.ifelse(_.date >= ibis.date(after), "after", "before"), month=_.date.truncate("M"), sells=_sells())


def _sells() -> Any:
    import ibis
    from ibis import _

    return ibis.coalesce(_.kind != "return", True) & ibis.coalesce(_.revenue >= 0, True)


def within(rows: pd.DataFrame, period: Period) -> pd.Series:
    """Which rows have their month in the period."""
    return rows["month"].between(pd.Timestamp(period.start), pd.Timestamp(period.end))


def _revalued(rows: pd.DataFrame, factor: pd.Series) -> pd.DataFrame:
    by_row = rows["month"].map(factor).to_numpy()
    return rows.assign(**{name: rows[name].to_numpy() * by_row for name in MONEY if name in rows})
