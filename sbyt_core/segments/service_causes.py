"""Why a client eats its profit: five figures of its service held against the median of its peers, each with the money in it.

margin: profit / revenue; small_orders: average document; returns: returned / bought; late_payment and hours: their cost / revenue.
Peers = the classed clients of the same branch, from `LEAST_PEERS` with the figure on, else all. Money = what the client would bring
more if that figure alone stood at the median: margin of its revenue; handling and delivery of the documents that would not be; margin
and handling of the returns; the cost above the median. A cause is a figure worse than the median, with money in it. The causes of a
client are not to be added up: each is seen alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sbyt_core.clients.cost import CostToServe
from sbyt_core.segments.segmentation import Segmentation

CAUSES = ("margin", "returns", "small_orders", "late_payment", "hours")
IN_MONEY = frozenset({"small_orders"})  # the others are shares
LOWER_IS_WORSE = frozenset({"margin", "small_orders"})
LEAST_PEERS = 5  # fewer make no median
LEAST_MONEY = 0.005  # under half a kopeck there is nothing in it
# columns of `drains`
DRAIN_COLUMNS = ("client_key", "client", "revenue", "profit", "cost_to_serve", "net_profit", "causes")


@dataclass(frozen=True)
class Cause:
    """One figure of a client that is worse than that of its peers. money: a year's (of the period) difference."""

    code: str
    value: float
    peers: float
    money: float


class ServiceCauses:
    """Causes of every classed client of a segmentation under a cost to serve."""

    def __init__(self, segmentation: Segmentation, cost: CostToServe) -> None:
        ranking = segmentation.ranking
        frame = ranking.clients.frame.iloc[ranking.rows[: ranking.n]].reset_index(drop=True)
        parts = cost.parts.set_index("client_key").reindex(frame["client_key"]).reset_index(drop=True)
        self._frame = frame
        self._place = {key: at for at, key in enumerate(frame["client_key"])}
        self.values = _values(frame, parts)
        self.peers = pd.DataFrame({code: _medians(self.values[code], frame["branch"]) for code in CAUSES})
        self.money = _money(frame, parts, self.values, self.peers)
        self._arrays = {code: self._array(code) for code in CAUSES}

    def _array(self, code: str) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        value, peers, money = (table[code].to_numpy() for table in (self.values, self.peers, self.money))
        return value, peers, money, value < peers if code in LOWER_IS_WORSE else value > peers

    def of(self, client_key: str) -> tuple[Cause, ...]:
        """Causes of one client, the dearest first; none for a client that is not classed."""
        at = self._place.get(client_key)
        if at is None:
            return ()
        found = []
        for code, (value, peers, money, worse) in self._arrays.items():
            if worse[at] and money[at] >= LEAST_MONEY:
                found.append(Cause(code, float(value[at]), float(peers[at]), float(money[at])))
        return tuple(sorted(found, key=lambda cause: (-cause.money, CAUSES.index(cause.code))))

    def drains(self) -> pd.DataFrame:
        """Clients whose service eats all they bring (net profit ≤ 0), the largest by revenue first; columns DRAIN_COLUMNS."""
        losing = self._frame[self._frame["net_profit"] <= 0].sort_values(["revenue", "client_key"], ascending=[False, True])
        table = losing[list(DRAIN_COLUMNS[:-1])].reset_index(drop=True)
        table["causes"] = pd.Series([self.of(key) for key in table["client_key"]], dtype=object)
        return table


def _values(frame: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    revenue = frame["revenue"].where(frame["revenue"] > 0)
    return pd.DataFrame(
        {
            "margin": frame["margin"],
            "returns": frame["returns_share"],
            "small_orders": frame["average_document"].where(frame["average_document"] > 0),
            "late_payment": parts["overdue"] / revenue,
            "hours": parts["hour"] / revenue,
        }
    )


def _medians(values: pd.Series, branch: pd.Series) -> pd.Series:
    """The median of each client's peers."""
    groups = values.groupby(branch)
    own = groups.transform("median").where(groups.transform("count") >= LEAST_PEERS)
    return own.fillna(values.median())


def _money(frame: pd.DataFrame, parts: pd.DataFrame, values: pd.DataFrame, peers: pd.DataFrame) -> pd.DataFrame:
    revenue = frame["revenue"].clip(lower=0.0)
    bought = revenue + frame["returned"].fillna(0.0)
    with np.errstate(divide="ignore", invalid="ignore"):
        fewer_documents = 1.0 - values["small_orders"] / peers["small_orders"]
        fewer_returns = 1.0 - peers["returns"] / values["returns"]
    handled = parts["document"].fillna(0.0) + parts["delivery"].fillna(0.0)
    kept_goods = (values["returns"] - peers["returns"]) * bought * values["margin"].clip(lower=0.0).fillna(0.0)
    return pd.DataFrame(
        {
            "margin": (peers["margin"] - values["margin"]) * revenue,
            "returns": kept_goods + parts["return"].fillna(0.0) * fewer_returns,
            "small_orders": handled * fewer_documents,
            "late_payment": (values["late_payment"] - peers["late_payment"]) * revenue,
            "hours": (values["hours"] - peers["hours"]) * revenue,
        }
    ).fillna(0.0)
