"""Cost to serve: what serving each client costs beyond the goods, driver by driver (METHOD §4).

part of a driver = its count × its rate; document, line and return counts are those of the client table, deliveries, requests and hours
those of the client facts, brought to the months of the table. Overdue: money × annual rate × days / 365, as it stands. Discount:
money of the file's discounts where the profit does not hold them yet. A part is missing where the driver has no rate, or the client
no count: such a part is not counted, and is told; it is never 0 in silence. Total = the sum of the known parts; a client without a
known part has no cost. Nothing is rounded: the parts add up to the total.
Minutes of a document from the card hold where the rate of a document says so. Hours that a person spends on a client and norm
minutes of events are the same time seen twice: where both are counted it is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from sbyt_core.clients.facts import ClientFacts
from sbyt_core.clients.model import ClientTable
from sbyt_core.clients.rates import CARD, DRIVERS, EVENTS, Minute, Rates
from sbyt_core.errors import BadInput, Problem

YEAR_DAYS = 365
COUNTS = {"document": "documents", "line": "lines", "return": "return_documents"}  # of the client table
FACT_OF = {"delivery": "deliveries", "request": "requests", "hour": "hours"}
PART_COLUMNS: dict[str, str] = {"client_key": "str", **dict.fromkeys((*DRIVERS, "total"), "float64")}


@dataclass(frozen=True, eq=False)
class CostToServe:
    """Money of every client by driver. parts: PART_COLUMNS; counts: what was counted, the same drivers.

    Overdue counts are money × days; discounts are money. not_counted: driver with a rate → clients without its count.
    minutes: norm minutes of the counted events, missing where a rate is money; estimated: clients whose hours are estimates.
    """

    parts: pd.DataFrame
    counts: pd.DataFrame
    rates: Rates
    not_counted: Mapping[str, int]
    minutes: Mapping[str, float]
    months: int
    estimated: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def cost(self) -> pd.Series:
        """Total by client_key, of the clients that have one."""
        return self.parts.set_index("client_key")["total"].dropna()

    @property
    def by_driver(self) -> pd.Series:
        """Money of all clients by driver; a driver without a known part is missing."""
        return self.parts[list(DRIVERS)].sum(min_count=1)

    @property
    def total(self) -> float:
        """Money of all clients."""
        return float(self.parts["total"].sum())

    def of(self, client_key: str) -> pd.Series:
        """The parts of one client. Raises BadInput no_such_client."""
        found = self.parts[self.parts["client_key"] == client_key]
        if found.empty:
            raise BadInput("no_such_client", client=client_key)
        return found.iloc[0]

    def scaled(self, factor: float) -> CostToServe:
        """The same with every rate times a factor."""
        return replace(self, parts=self.parts.assign(**{name: self.parts[name] * factor for name in (*DRIVERS, "total")}))

    def used(self) -> Capacity | None:
        """How much of the team's time the norms take; None without norm minutes or paid minutes. Minutes: of `months`."""
        if not self.minutes or not isinstance(self.rates.minute, Minute):
            return None
        return capacity(self.rates.minute, sum(self.minutes.values()), months=max(self.months, 1))


@dataclass(frozen=True)
class Capacity:
    """Minutes that events take by their norms against the practical minutes of the team, and what both cost."""

    minutes: float
    practical_minutes: float
    cost: float  # of the minutes taken
    unused_cost: float  # of those left; negative where the norms ask for more than there is

    @property
    def share(self) -> float:
        """Share of the practical minutes that is taken."""
        return self.minutes / self.practical_minutes


def capacity(minute: Minute, minutes: float, *, months: float = 1.0) -> Capacity:
    """The time that events take against the time there is. minute: the team in one month; months: in which the events were."""
    there = minute.practical_minutes * months
    return Capacity(minutes, there, minutes * minute.rate, (there - minutes) * minute.rate)


def cost_to_serve(
    clients: ClientTable,
    rates: Rates,
    facts: ClientFacts | None = None,
    *,
    hours: pd.Series | None = None,
    document_minutes: Mapping[str, float] | float | None = None,
) -> CostToServe:
    """Cost to serve of every client of the table.

    hours: estimates of the table's months by client_key, where the facts know none; document_minutes: norm minutes of a document by
    the technology card, for all or by client_key. Raises BadInput no_rates.
    """
    if not rates.drivers:
        raise BadInput("no_rates")
    frame = clients.frame
    months = max(clients.months, 1)
    counts = pd.DataFrame({"client_key": frame["client_key"]})
    for driver in DRIVERS:
        counts[driver] = _count(driver, clients, facts, months).to_numpy(dtype="float64")
    estimated = 0
    if hours is not None and rates.hour is not None:
        guess = frame["client_key"].map(hours).astype("float64")
        filled = counts["hour"].isna() & guess.notna()
        counts["hour"] = counts["hour"].where(~filled, guess)
        estimated = int(filled.sum())
    by_card = _by_card(document_minutes, frame["client_key"])
    parts = pd.DataFrame({"client_key": frame["client_key"]})
    minutes: dict[str, float] = {}
    for driver in DRIVERS:
        price, norm = _price(driver, rates, by_card)
        parts[driver] = counts[driver] * price
        if norm is not None:
            minutes[driver] = float((counts[driver] * norm).sum())
    known = parts[list(DRIVERS)]
    parts["total"] = known.sum(axis=1, min_count=1)
    not_counted = {driver: int(parts[driver].isna().sum()) for driver in rates.drivers if parts[driver].isna().any()}
    made = CostToServe(parts.astype(PART_COLUMNS), counts, rates, not_counted, minutes, clients.months, estimated)
    return replace(made, problems=_problems(made, clients, facts))


def with_cost(clients: ClientTable, cost: CostToServe) -> ClientTable:
    """The client table with cost to serve and net profit."""
    return clients.with_cost_to_serve(cost.cost)


def _count(driver: str, clients: ClientTable, facts: ClientFacts | None, months: int) -> pd.Series:
    frame = clients.frame
    if driver in COUNTS:
        return frame[COUNTS[driver]]
    if driver == "discount":
        bought = frame["revenue"] + frame["returned"].fillna(0.0)
        share = frame["discount_share"]
        return bought * share / (1.0 - share.where(share < 1))
    if facts is None:
        return pd.Series(np.nan, index=frame.index)
    keys = frame["client_key"]
    if driver == "overdue":
        money, days = facts.of("overdue", keys), facts.of("days_late", keys)
        return (money * days).where(money != 0, 0.0).where(money.notna())
    return facts.of(FACT_OF[driver], keys, months=clients.months or None)


def _by_card(given: Mapping[str, float] | float | None, keys: pd.Series) -> pd.Series | None:
    if given is None:
        return None
    if isinstance(given, (int, float)):
        return pd.Series(float(given), index=keys.index)
    return keys.map(dict(given)).astype("float64")


def _price(driver: str, rates: Rates, by_card: pd.Series | None) -> tuple[pd.Series | float, pd.Series | float | None]:
    """Money of one count, missing without a rate; and its norm minutes where the rate is minutes."""
    if driver == "overdue":
        return (np.nan if rates.overdue is None else rates.overdue / YEAR_DAYS), None
    if driver == "discount":
        return (1.0 if rates.discount else np.nan), None
    rate = rates.of(driver)
    if rate is None:
        return np.nan, None
    if rate.money is not None:
        return rate.money, None
    norm = (np.nan if by_card is None else by_card) if rate.minutes == CARD else float(rate.minutes)  # type: ignore[arg-type]
    return norm * rates.minute_rate, norm  # type: ignore[operator]


def _problems(made: CostToServe, clients: ClientTable, facts: ClientFacts | None) -> tuple[Problem, ...]:
    """What the user should know of these costs."""
    found = list(facts.problems) if facts else []
    for driver, missing in made.not_counted.items():
        found.append(Problem("warning", "cost_not_counted", column=driver, count=missing))
    profit = float(clients.frame["profit"].sum())
    if clients.has_profit and made.total > max(profit, 0.0):
        found.append(Problem("warning", "cost_above_profit"))
    by_minutes = [event for event in EVENTS if event != "hour" and made.minutes.get(event)]
    if by_minutes and made.parts["hour"].notna().any():
        found.append(Problem("warning", "time_counted_twice"))
    if made.estimated:
        found.append(Problem("note", "hours_estimated", count=made.estimated))
    used = made.used()
    if used is not None and used.share > 1:
        found.append(Problem("warning", "norms_above_time", value=f"{used.share:.4f}"))
    return tuple(found)
