"""How far the classes depend on the rates of service: all rates times a factor, from half to double, the criteria as they are.

A client's class holds from `low` to `high`: the factors around 1 between which it is the same at every step; the steps are equal
ratios, `STEPS` to a doubling. A client whose class holds from end to end is firm. Where every cost is multiplied alike, a factor of
the rates and a factor of the costs are the same thing. Overrides hold at every factor.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from sbyt_core.clients.model import ClientTable
from sbyt_core.errors import BadInput, NoPositiveValue
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.model import NEW, SEGMENTS, C, Override
from sbyt_core.segments.ranking import MONEY_DIGITS
from sbyt_core.segments.segment import segment
from sbyt_core.segments.segmentation import Segmentation

STEPS = 12  # to a doubling: ×1.06 each
FACTORS = tuple(2 ** (step / STEPS) for step in range(-STEPS, STEPS + 1))
NOW = STEPS  # place of the factor 1
SENSITIVITY_COLUMNS = ("client_key", "client", "segment", "low", "high", "firm")


@dataclass(frozen=True, eq=False)
class Sensitivity:
    """Classes at every factor. classes: int8 of SEGMENTS, shape (clients, factors); clients in the order of `keys`."""

    keys: np.ndarray
    names: np.ndarray
    classes: np.ndarray
    factors: tuple[float, ...] = FACTORS

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a client that has a class (columns SENSITIVITY_COLUMNS), by client_key."""
        same = self.classes == self.classes[:, [NOW]]
        # the first difference on either side of now ends the run
        low = NOW - _run(same[:, NOW::-1])
        high = NOW + _run(same[:, NOW:])
        table = pd.DataFrame(
            {
                "client_key": self.keys,
                "client": self.names,
                "segment": np.array(SEGMENTS)[self.classes[:, NOW]],
                "low": np.array(self.factors)[low],
                "high": np.array(self.factors)[high],
                "firm": same.all(axis=1),
            }
        )
        return table[self.classes[:, NOW] != NEW].reset_index(drop=True)

    @property
    def firm(self) -> int:
        """Clients whose class holds at every factor."""
        return int(self.frame["firm"].sum())

    def place(self, factor: float) -> int:
        """The step nearest to a factor."""
        return int(np.argmin(np.abs(np.log(np.array(self.factors)) - np.log(factor))))

    def moved(self, factor: float) -> pd.DataFrame:
        """Clients of another class at the factor: client_key, client, before (now), after; by class now, then name."""
        now, then = self.classes[:, NOW], self.classes[:, self.place(factor)]
        words = np.array(SEGMENTS)
        table = pd.DataFrame({"client_key": self.keys, "client": self.names, "before": words[now], "after": words[then]})
        return table[now != then].sort_values(["before", "client", "client_key"]).reset_index(drop=True)

    def counts(self, factor: float) -> dict[str, int]:
        """Clients of A, B and C at the factor."""
        column = self.classes[:, self.place(factor)]
        return {SEGMENTS[code]: int((column == code).sum()) for code in range(NEW)}


def sensitivity(clients: ClientTable, criteria: Criteria | None = None, *, overrides: Iterable[Override] = ()) -> Sensitivity:
    """Class the clients by net profit with cost to serve times each factor. clients: with cost to serve.

    At a factor at which nobody brings anything every classed client is C. Raises BadInput net_not_known, no_clients.
    """
    if not clients.has_net:
        raise BadInput("net_not_known")
    asked, given = replace(criteria or Criteria(), measure="net"), tuple(overrides)
    now = segment(clients, asked, overrides=given)
    rows = np.sort(now.ranking.rows)  # the clients that have a class, or are new: the same at every factor
    is_new = np.isin(rows, now.ranking.rows[now.n :])
    columns = []
    for factor in FACTORS:
        try:
            columns.append(_classes(segment(_times(clients, factor), asked, overrides=given))[rows])
        except NoPositiveValue:
            columns.append(np.where(is_new, NEW, C).astype(np.int8))
    listed = clients.frame.iloc[rows]
    return Sensitivity(listed["client_key"].to_numpy(dtype=object), listed["client"].to_numpy(dtype=object), np.column_stack(columns))


def _times(clients: ClientTable, factor: float) -> ClientTable:
    """The clients with their cost to serve times a factor."""
    frame = clients.frame.copy(deep=False)
    frame["cost_to_serve"] = clients.frame["cost_to_serve"] * factor
    frame["net_profit"] = (frame["profit"] - frame["cost_to_serve"]).round(MONEY_DIGITS)
    return replace(clients, frame=frame, _prepared={})


def _classes(found: Segmentation) -> np.ndarray:
    """Final class of every row of the client table; NEW also for who is not classed at all."""
    classes = np.full(len(found.clients.frame), NEW, dtype=np.int8)
    classes[found.ranking.rows] = found.final
    return classes


def _run(same: np.ndarray) -> np.ndarray:
    """How many steps after the first stay the same without a break."""
    return same.cumprod(axis=1).sum(axis=1) - 1
