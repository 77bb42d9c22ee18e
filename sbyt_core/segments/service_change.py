"""Who changes class when service is counted: the same criteria by profit and by net profit, side by side.

Net profit = profit − cost to serve, so both need a profit, and the second a cost. What a person decided about a class stands in both.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from sbyt_core.clients.model import ClientTable
from sbyt_core.errors import BadInput
from sbyt_core.segments.compare import moved_clients
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.model import Override
from sbyt_core.segments.segment import segment
from sbyt_core.segments.segmentation import Segmentation

# client_key, client, before (by profit), after (by net profit), then money of the client table
CHANGE_COLUMNS = ("client_key", "client", "before", "after", "revenue", "profit", "cost_to_serve", "net_profit")


@dataclass(frozen=True, eq=False)
class ServiceChange:
    """The segmentations by profit and by net profit of the same clients."""

    before: Segmentation
    after: Segmentation

    @cached_property
    def moved(self) -> pd.DataFrame:
        """Clients of another class once service is counted (columns CHANGE_COLUMNS), the dearest service first."""
        moved = moved_clients(self.before, self.after).drop(columns="value")
        facts = self.after.clients.frame[["client_key", "revenue", "profit", "cost_to_serve", "net_profit"]]
        table = moved.merge(facts, on="client_key", how="left").sort_values(["cost_to_serve", "client_key"], ascending=[False, True])
        return table[list(CHANGE_COLUMNS)].reset_index(drop=True)

    @property
    def fallen(self) -> pd.DataFrame:
        """Those of a lower class by net profit."""
        return self.moved[self.moved["after"] > self.moved["before"]].reset_index(drop=True)

    @property
    def risen(self) -> pd.DataFrame:
        """Those of a higher class by net profit."""
        return self.moved[self.moved["after"] < self.moved["before"]].reset_index(drop=True)

    @property
    def became_loss(self) -> int:
        """Clients who bring a profit and, once service is counted, none."""
        frame = self.after.clients.frame
        return int(((frame["profit"] > 0) & (frame["net_profit"] <= 0)).sum())


def service_change(clients: ClientTable, criteria: Criteria | None = None, *, overrides: Iterable[Override] = ()) -> ServiceChange:
    """Class the clients by profit and by net profit. clients: with cost to serve.

    Raises BadInput net_not_known, no_clients and NoPositiveValue.
    """
    if not clients.has_net:
        raise BadInput("net_not_known")
    criteria, given = criteria or Criteria(), tuple(overrides)
    by_profit, by_net = (segment(clients, replace(criteria, measure=measure), overrides=given) for measure in ("profit", "net"))
    return ServiceChange(by_profit, by_net)
