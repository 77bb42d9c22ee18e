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
from sbyt_core.segments.segment import segment

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
        """One row a client that has a class (columns SENSITIVITY_COLUMNS)."""
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
    cost = clients.frame.set_index("client_key")["cost_to_serve"]
    now = segment(clients, asked, overrides=given).frame.sort_values("client_key")
    columns = []
    for factor in FACTORS:
        try:
            found = segment(clients.with_cost_to_serve(cost * factor), asked, overrides=given)
        except NoPositiveValue:
            columns.append(np.where(now["segment"] == "new", NEW, C).astype(np.int8))
            continue
        order = np.argsort(found.ranking.clients.frame["client_key"].to_numpy()[found.ranking.rows].astype(str), kind="stable")
        columns.append(found.final[order])
    return Sensitivity(now["client_key"].to_numpy(dtype=object), now["client"].to_numpy(dtype=object), np.column_stack(columns))


def _run(same: np.ndarray) -> np.ndarray:
    """How many steps after the first stay the same without a break."""
    return same.cumprod(axis=1).sum(axis=1) - 1
