"""The measures of METHOD §2 made from what the engine counted: ratios, regularity, overdue, growth.

Every ratio is missing where its base is not above 0. Active share and CV are over the months from the client's first
purchase in the period to its end; months without lines are months of zero sales. CV = population standard deviation /
mean. Overdue ratio needs four gaps. Growth is missing where either half-year is negative or both are zero.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sbyt_core.clients.model import CLIENT_COLUMNS, LOST_COLUMNS
from sbyt_core.clients.season import add_season
from sbyt_core.clients.window import Window

OWN_GAPS = 4  # fewer gaps do not make a rhythm
MONEY_DIGITS = 6


def finish(raw: pd.DataFrame, window: Window | None) -> pd.DataFrame:
    """The frame of a client table: the clients with a line in the period, of the rows that the engine counted."""
    raw = raw[raw["lines"].notna()].reset_index(drop=True)
    table = pd.DataFrame(index=raw.index)
    for name in ("client_key", "client", "client_code", "manager", "branch", "is_aggregate", "revenue", "profit", "lines", "returned"):
        table[name] = 0.0 - raw["given_back"].fillna(0.0) if name == "returned" else raw[name]
    table["revenue"] = table["revenue"].fillna(0.0)
    table["margin"] = ratio(table["profit"], table["revenue"])
    table["cost_to_serve"] = table["net_profit"] = np.nan
    documents = _number(raw["documents"])
    known = documents.notna()
    table["documents"] = documents
    table["return_documents"] = _number(raw["return_documents"])
    items = _number(raw["items"])
    table["items"] = items if (items > 0).any() else np.nan
    table["average_document"] = ratio(table["revenue"], documents)
    table["returns_share"] = ratio(table["returned"], raw["bought"])
    discount = _number(raw["discount"])
    given = discount.fillna(0.0) if discount.notna().any() else discount  # a file without discounts knows none
    table["discount_share"] = ratio(given, _number(raw["bought"]) + given)
    table["small_document_share"] = ratio(_number(raw["small_documents"]), documents)
    largest = _number(raw["largest_document"])
    table["largest_document_share"] = ratio(largest, table["revenue"]).where(known)
    _add_dates(raw, table, window)
    return shaped(table, CLIENT_COLUMNS)


def lost_frame(raw: pd.DataFrame) -> pd.DataFrame:
    """The lost clients in their columns: a purchase before the period and no line in it, collective ones left out."""
    if "last_ever" not in raw:  # no line has a date
        raw = raw.assign(last_ever=pd.NaT)
    lost = raw[raw["lines"].isna() & raw["last_ever"].notna() & ~raw["is_aggregate"]]
    return shaped(lost.assign(last_purchase=lost["last_ever"], revenue=lost["revenue_ever"]).reset_index(drop=True), LOST_COLUMNS)


def ratio(part: pd.Series, base: pd.Series) -> pd.Series:
    """part / base, missing where the base is not above 0."""
    above = np.where(base > 0, base, np.nan)
    return pd.Series(part.to_numpy(dtype="float64") / above, index=part.index)


def _add_dates(raw: pd.DataFrame, table: pd.DataFrame, window: Window | None) -> None:
    """Everything that needs dates; without them all of it is missing."""
    if window is None:
        dates = {"first_purchase", "last_purchase", "first_ever"}
        for name in CLIENT_COLUMNS.keys() - set(table.columns):
            table[name] = pd.NaT if name in dates else False if name == "seasonal" else np.nan
        table["year_document_share"] = table["largest_document_share"]  # all there is stands for a year
        return
    end = pd.Timestamp(window.end)
    first, last = raw["first_purchase"], raw["last_purchase"]
    table["first_purchase"], table["last_purchase"], table["first_ever"] = first, last, raw["first_ever"]
    table["months_seen"] = _number(raw["months_seen"])
    known = (end.year - first.dt.year) * 12 + end.month - first.dt.month + 1
    table["months_known"] = _number(known)
    table["active_share"] = ratio(table["months_seen"], table["months_known"])
    table["cv"] = variation(_number(raw["months_with_lines"]), table["months_known"], raw["month_mean"], raw["month_variance"])
    table["gaps"] = _number(raw["gaps"])
    table["median_gap"] = _number(raw["median_gap"])
    table["days_since_last"] = _number((end - last).dt.days)
    table["overdue_ratio"] = ratio(table["days_since_last"], table["median_gap"].where(table["gaps"] >= OWN_GAPS))
    table["growth"] = growth(raw["half_now"], raw["half_before"]) if "half_now" in raw else np.nan
    if "year_largest" in raw:
        table["year_document_share"] = ratio(_number(raw["year_largest"]), _number(raw["year_revenue"]))
    else:
        table["year_document_share"] = table["largest_document_share"]
    add_season(raw, table, window.end.month)


def variation(seen: pd.Series, months: pd.Series, mean: pd.Series, variance: pd.Series) -> pd.Series:
    """CV of `months` monthly sales, of which `seen` have this mean and population variance and the others are zero."""
    share = seen / months
    of_all = share * mean
    # spread inside the months seen, and between them and the empty ones
    spread = np.sqrt(share * variance.clip(lower=0.0) + share * (1.0 - share) * mean**2)
    return ratio(spread, of_all)


def growth(now: pd.Series, before: pd.Series) -> pd.Series:
    """(a − b) / ((a + b) / 2), −2 … 2."""
    a, b = _number(now).fillna(0.0), _number(before).fillna(0.0)
    return ratio(a - b, (a + b) / 2).where((a >= 0) & (b >= 0))


def _number(column: pd.Series) -> pd.Series:
    return column.astype("float64")


def shaped(table: pd.DataFrame, columns: dict[str, str]) -> pd.DataFrame:
    """These columns with their types, in their order."""
    return table[list(columns)].astype(columns)
