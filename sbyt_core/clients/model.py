"""The client table: one row a client for a period (METHOD §2), and the money that belongs to nobody beside it.

In the table are the clients with a line in the period, collective ones («Розничный покупатель») included and flagged.
Clients who bought only before it stand in `lost`. Every line of the period is in exactly one place: a client's row, or
`unassigned` (no client); lines without a date belong to no period and stand in `undated`. `aggregate` repeats the money
of the flagged clients. Missing is missing: a file without profit gives no profit, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import pandas as pd

from sbyt_core.errors import Problem
from sbyt_core.sales.period import Period

# column → pandas dtype of `ClientTable.frame`, in this order; all are always present
CLIENT_COLUMNS: dict[str, str] = {
    "client_key": "str",  # unique; the frame is ordered by it
    "client": "str",
    "client_code": "str",
    "manager": "str",  # of the latest line in the period
    "branch": "str",
    "is_aggregate": "bool",  # «Розничный покупатель» and the like
    "revenue": "float64",  # net of returns
    "profit": "float64",
    "margin": "float64",  # profit / revenue where revenue > 0
    "cost_to_serve": "float64",  # missing until rates are set, see `with_cost_to_serve`
    "net_profit": "float64",  # profit − cost to serve
    "documents": "float64",  # orders or shipments; missing when neither document nor date is known
    "return_documents": "float64",  # documents that only give back
    "lines": "float64",
    "items": "float64",  # distinct; missing when the file names none
    "average_document": "float64",  # revenue / documents
    "first_purchase": "datetime64[us]",  # in the period; a purchase is a day with net sales > 0
    "last_purchase": "datetime64[us]",
    "first_ever": "datetime64[us]",  # in the whole file up to the period's end
    "months_seen": "float64",  # months with net sales > 0
    "months_known": "float64",  # months from the first purchase to the period's end: the base of the next two
    "active_share": "float64",
    "cv": "float64",
    "gaps": "float64",  # between distinct purchase days
    "median_gap": "float64",  # days
    "days_since_last": "float64",  # from the last purchase to the period's end
    "overdue_ratio": "float64",  # days since last / own median gap, from four gaps on
    "returned": "float64",  # money given back, positive
    "returns_share": "float64",  # returned / bought
    "discount_share": "float64",  # discount / (bought + discount)
    "small_document_share": "float64",
    "growth": "float64",  # −2 … 2
    "largest_document_share": "float64",  # of the net sales of the period
    "year_document_share": "float64",  # the same over the 12 months to the period's end
    "seasonal": "bool",
    "season_start": "float64",  # first calendar month of the five, 1 … 12
}
LOST_COLUMNS: dict[str, str] = {
    "client_key": "str",
    "client": "str",
    "last_purchase": "datetime64[us]",
    "revenue": "float64",  # all of it before the period
}
MONTH_COLUMNS: dict[str, str] = {"client_key": "str", "month": "datetime64[us]", "revenue": "float64", "profit": "float64"}


@dataclass(frozen=True)
class Money:
    """Lines and their money; profit is None where not known."""

    rows: int = 0
    revenue: float = 0.0
    profit: float | None = None


@dataclass(frozen=True, eq=False)
class ClientTable:
    """One row a client (columns of `CLIENT_COLUMNS`) for `period`; the frame is read-only by convention.

    period: None when no line has a date: the table is then over all lines and every date measure is missing;
    first_line, last_line: of the whole file; what cannot be told from so short a file is told by `months_of_history`.
    """

    frame: pd.DataFrame
    lost: pd.DataFrame
    period: Period | None
    months: int  # calendar months of the period, 0 without one
    has_profit: bool  # whether any line of the clients states one
    total: Money  # of the period: clients + unassigned (aggregate inside)
    unassigned: Money
    undated: Money
    aggregate: Money
    first_line: date | None
    last_line: date | None
    fingerprint: str  # of the sales data
    problems: tuple[Problem, ...] = ()
    _prepared: dict = field(default_factory=dict, repr=False)  # what higher floors compute once a table

    @cached_property
    def has_net(self) -> bool:
        """Whether cost to serve is known, so that net profit is."""
        return bool(self.frame["net_profit"].notna().any())

    @cached_property
    def months_of_history(self) -> int:
        """Whole months from the file's first line to the period's end; 0 without dates."""
        if self.period is None or self.first_line is None:
            return 0
        return whole_months(self.first_line, self.period.end)

    def with_cost_to_serve(self, cost: pd.Series) -> ClientTable:
        """The same table with cost to serve and net profit.

        cost: money by client_key (index); a client that it does not name has no cost known and so no net profit.
        """
        frame = self.frame.copy()
        frame["cost_to_serve"] = frame["client_key"].map(cost).astype("float64")
        frame["net_profit"] = (frame["profit"] - frame["cost_to_serve"]).round(6)
        return replace(self, frame=frame, _prepared={})


def whole_months(first: date, last: date) -> int:
    """Whole months that the days from `first` to `last`, both inside, hold: 15.01–14.07 is six."""
    day_after = date.fromordinal(last.toordinal() + 1)
    months = (day_after.year - first.year) * 12 + day_after.month - first.month
    return max(0, months - (day_after.day < first.day))
