"""Clients in order of value: what stays the same while cuts and guards move, computed once.

Value: net profit; profit where no cost to serve is known; revenue where no profit is. Order: value falling, ties by
revenue falling, then by code; a client of unknown value stands last. Outside the order are the new (first purchase less
than so many months before the period's end; nobody when the file spans under six months) and the collective clients.
The share before a client is that of clients of strictly greater value in the sum of positive values, to nine decimals.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
import pandas as pd

from sbyt_core.clients.model import ClientTable
from sbyt_core.errors import BadInput, NoPositiveValue
from sbyt_core.sales.period import add_months
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.model import WhaleCurve
from sbyt_core.segments.whale import whale_curve

SHARE_DIGITS = 9  # shares are compared after rounding to so many decimals
MONEY_DIGITS = 6  # sums of money are kept to so many decimals, so that ties stay ties
MONTHS_TO_KNOW_NEW = 6  # a shorter file cannot tell a newcomer from an old client
KEPT_RANKINGS = 4  # per client table: what a user switches between
MEASURE_COLUMNS = {"net": "net_profit", "profit": "profit", "revenue": "revenue"}
LISTED = [
    "client_key",
    "client",
    "client_code",
    "manager",
    "branch",
    "revenue",
    "profit",
    "net_profit",
    "documents",
    "last_purchase",
    "days_since_last",
]
SUMMED = ("revenue", "profit", "net_profit", "value", "documents")


@dataclass(frozen=True, eq=False)
class Ranking:
    """The classed clients by value, then the new ones; every array is in this order.

    rows: positions in the client table's frame, the first `n` classed; the other arrays have `n` entries.
    """

    clients: ClientTable
    measure: str  # net, profit or revenue
    why: str  # asked, net_known, no_cost_to_serve or no_profit
    rows: np.ndarray
    n: int
    value: np.ndarray
    share_before: np.ndarray
    positive: int  # clients of positive value: the first so many
    base: float  # sum of positive values
    knows_new: bool
    kept: dict[str, np.ndarray] = field(default_factory=dict, repr=False)  # what rules compute once a ranking

    def column(self, name: str) -> np.ndarray:
        """A numeric column of the client table for the classed, as float64."""
        return self.clients.frame[name].to_numpy(dtype="float64", na_value=np.nan)[self.rows[: self.n]]

    def with_value(self, place: int, value: float) -> tuple[Ranking, int]:
        """The same clients with another value of one of the classed, and its place then."""
        others = np.delete(self.value, place)
        above = int(np.searchsorted(-others, -value, side="right"))  # missing values stand last in both
        order = np.insert(np.delete(np.arange(self.n), place), above, place)
        return self._reordered(order, np.insert(others, above, value)), above

    def with_values(self, values: np.ndarray) -> tuple[Ranking, np.ndarray]:
        """The same clients with other values (in this order), and the places that the new order has here."""
        order = np.argsort(-values, kind="stable")
        return self._reordered(order, values[order]), order

    def _reordered(self, order: np.ndarray, values: np.ndarray) -> Ranking:
        positive = int(np.count_nonzero(values > 0))
        if positive == 0:
            raise NoPositiveValue()
        base = float(values[:positive].sum())
        return replace(
            self,
            rows=np.concatenate([self.rows[: self.n][order], self.rows[self.n :]]),
            value=values,
            share_before=share_before(values, base),
            positive=positive,
            base=base,
            kept={name: figures[order] for name, figures in self.kept.items()},
        )

    def figure(self, name: str, place: int) -> float:
        """One client's figure of SUMMED, new clients included."""
        return float(self.clients.frame[MEASURE_COLUMNS[self.measure] if name == "value" else name].iloc[self.rows[place]])

    def keep(self, name: str, make: Callable[[str], np.ndarray]) -> np.ndarray:
        """An array in this order that is made once."""
        if name not in self.kept:
            self.kept[name] = make(name)
        return self.kept[name]

    @property
    def active_share(self) -> np.ndarray:
        return self.keep("active_share", self.column)

    @property
    def cv(self) -> np.ndarray:
        return self.keep("cv", self.column)

    @property
    def documents(self) -> np.ndarray:
        return self.keep("documents", self.column)

    @property
    def growth(self) -> np.ndarray:
        return self.keep("growth", self.column)

    @property
    def largest_document_share(self) -> np.ndarray:
        return self.keep("largest_document_share", self.column)

    @cached_property
    def sums(self) -> tuple[tuple[np.ndarray, float, float, bool], ...]:
        """For each of SUMMED: figures of the classed with 0 where missing, their sum, that of the new, whether any is known."""
        found: dict[str, tuple[np.ndarray, float, float, bool]] = {}
        for name in SUMMED:
            column = MEASURE_COLUMNS[self.measure] if name == "value" else name
            if column not in found:
                whole = self.clients.frame[column].to_numpy(dtype="float64")[self.rows]
                known = np.isfinite(whole)
                filled = np.where(known, whole, 0.0)
                classed, others = filled[: self.n], filled[self.n :]
                found[column] = (classed, float(classed.sum()), float(others.sum()), bool(known.any()))
            found[name] = found[column]
        return tuple(found[name] for name in SUMMED)

    def of_all(self, name: str) -> np.ndarray:
        """A column of the client table for every client, the new ones included; taken once."""
        if name not in self._of_all:
            self._of_all[name] = self.clients.frame[name].to_numpy()[self.rows]
        return self._of_all[name]

    @cached_property
    def _of_all(self) -> dict[str, np.ndarray]:
        return {}

    @cached_property
    def by_revenue(self) -> tuple[np.ndarray, np.ndarray]:
        """Places of all clients whose revenue is known, the least revenue first, and that revenue."""
        revenue = self.facts["revenue"].to_numpy(dtype="float64")
        order = np.argsort(revenue, kind="stable")[: np.count_nonzero(~np.isnan(revenue))]
        return order, revenue[order]

    @cached_property
    def whale(self) -> WhaleCurve:
        """The whale curve of the classed."""
        return whale_curve(self.value)

    @cached_property
    def first_ever(self) -> np.ndarray:
        """Day of the first purchase of every client, the new ones included."""
        return self.clients.frame["first_ever"].to_numpy()[self.rows]

    @cached_property
    def facts(self) -> pd.DataFrame:
        """The columns that lists show of each client, in this order."""
        return self.clients.frame[LISTED].iloc[self.rows].reset_index(drop=True)

    def choices(self, name: str) -> tuple[np.ndarray, list[str]]:
        """A text column as codes (−1 where missing) of its distinct values in order; made once."""
        if name not in self._choices:
            codes, values = pd.factorize(self.facts[name], sort=True)
            self._choices[name] = codes, [str(value) for value in values]
        return self._choices[name]

    @cached_property
    def _choices(self) -> dict[str, tuple[np.ndarray, list[str]]]:
        return {}

    @cached_property
    def potentials(self) -> dict[float, np.ndarray]:
        """Potential of the classed by its quantile, made by rule 4; of these values only, so a reordered ranking begins anew."""
        return {}

    @cached_property
    def place_of(self) -> dict[str, int]:
        """client_key → position in this order."""
        keys = self.clients.frame["client_key"].to_numpy()[self.rows]
        return {key: i for i, key in enumerate(keys)}


def rank_clients(clients: ClientTable, criteria: Criteria) -> Ranking:
    """The order of value under the criteria, kept with the client table. Raises BadInput no_clients, NoPositiveValue."""
    key = ("ranking", criteria.measure, criteria.newcomer_months, criteria.aggregate_inside)
    kept = clients._prepared
    ranking = kept.get(key)
    if ranking is None:
        ranking = _rank(clients, criteria)
        for old in list(kept)[: 1 - KEPT_RANKINGS]:
            kept.pop(old, None)  # another session may have been here first
        kept[key] = ranking
    return ranking


def choose_measure(clients: ClientTable, asked: str) -> tuple[str, str]:
    """The value measure that can be used, and why: the one asked for if it is known, else the best known."""
    if asked == "revenue":
        return "revenue", "asked"
    if asked in ("auto", "net") and clients.has_net:
        return "net", "asked" if asked == "net" else "net_known"
    if clients.has_profit:
        return "profit", "asked" if asked == "profit" else "no_cost_to_serve"
    return "revenue", "no_profit"


def newcomer_border(clients: ClientTable, months: int) -> date | None:
    """First purchases on this day or later make a client new; None when nobody can be told to be."""
    if clients.period is None or clients.months_of_history < MONTHS_TO_KNOW_NEW:
        return None
    after = date.fromordinal(clients.period.end.toordinal() + 1)
    month = add_months(after, -months)
    last_day = (add_months(month, 1) - month).days
    return month.replace(day=min(after.day, last_day))


def is_new(clients: ClientTable, months: int) -> np.ndarray:
    """Which rows of the client table are new."""
    border = newcomer_border(clients, months)
    if border is None:
        return np.zeros(len(clients.frame), dtype=bool)
    return clients.frame["first_ever"].to_numpy() >= np.datetime64(border)


def share_before(value: np.ndarray, base: float) -> np.ndarray:
    """Share of the base held by strictly greater values; value falls, missing ones stand last."""
    n = len(value)
    positive = np.where(value > 0, value, 0.0)
    before = np.empty(n)
    before[0] = 0.0
    np.cumsum(positive[:-1], out=before[1:])
    starts = np.empty(n, dtype=bool)
    starts[0] = True
    np.not_equal(value[1:], value[:-1], out=starts[1:])
    group = np.maximum.accumulate(np.where(starts, np.arange(n), 0))
    return np.round(before[group] / base, SHARE_DIGITS)


def _rank(clients: ClientTable, criteria: Criteria) -> Ranking:
    frame = clients.frame
    measure, why = choose_measure(clients, criteria.measure)
    values = frame[MEASURE_COLUMNS[measure]].to_numpy(dtype="float64")
    revenue = frame["revenue"].to_numpy(dtype="float64")
    order = np.lexsort((-revenue, -values))
    if not criteria.aggregate_inside:
        order = order[~frame["is_aggregate"].to_numpy()[order]]
    new = is_new(clients, criteria.newcomer_months)[order]
    classed, others = order[~new], order[new]
    n = len(classed)
    if n == 0:
        raise BadInput("no_clients")
    value = values[classed]
    positive = int(np.count_nonzero(value > 0))
    if positive == 0:
        raise NoPositiveValue()
    base = float(value[:positive].sum())
    return Ranking(
        clients=clients,
        measure=measure,
        why=why,
        rows=np.concatenate([classed, others]),
        n=n,
        value=value,
        share_before=share_before(value, base),
        positive=positive,
        base=base,
        knows_new=newcomer_border(clients, criteria.newcomer_months) is not None,
    )
