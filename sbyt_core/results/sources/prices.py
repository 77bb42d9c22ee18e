"""Constant prices: money of every month as if the prices of one month had held throughout.

An index is a level of prices by month, or a rate a year that the level grows by. Money of a month is multiplied by the level of the base
month / its own level, so the money of the base month stays as it is. A month before the first level of a table takes the first, one
after the last takes the last, one between two takes the earlier: nothing is made up, and `missing` says which months had none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.sales.period import month_start

RATE_BOUNDS = (-0.5, 2.0)  # a year: falling by half, tripling
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class Prices:
    """A rate a year (a fraction), or levels by the first day of their month; one of the two.

    Raises BadInput: out_of_range where the rate or a level makes no sense, empty_prices where neither is given.
    """

    rate: float | None = None
    levels: tuple[tuple[date, float], ...] = ()

    def __post_init__(self) -> None:
        low, high = RATE_BOUNDS
        if self.rate is not None and not low <= self.rate <= high:
            raise BadInput("out_of_range", name="rate", value=self.rate, low=low, high=high)
        for _, level in self.levels:
            if not (np.isfinite(level) and level > 0):
                raise BadInput("out_of_range", name="index", value=level, low=0, high="∞")
        if self.rate is None and not self.levels:
            raise BadInput("empty_prices")

    @classmethod
    def of_levels(cls, levels: Mapping[date, float]) -> Prices:
        """An index given by month; any day stands for its month."""
        return cls(levels=tuple(sorted((month_start(day), float(level)) for day, level in levels.items())))

    def factor(self, months: pd.Series | pd.DatetimeIndex, base: date) -> pd.Series:
        """Multiplier of the money of each month (index: month) for prices of the month of `base`."""
        wanted = pd.DatetimeIndex(pd.Series(months).dropna().unique()).sort_values()
        if self.rate is not None:
            ahead = base.year * MONTHS_A_YEAR + base.month - np.asarray(wanted.year * MONTHS_A_YEAR + wanted.month, dtype="float64")
            return pd.Series((1.0 + self.rate) ** (ahead / MONTHS_A_YEAR), index=wanted)
        return pd.Series(self._level(pd.DatetimeIndex([month_start(base)]))[0] / self._level(wanted), index=wanted)

    def index(self, months: Sequence[date], base: date) -> dict[date, float]:
        """Level of each month against that of the month of `base`: what money is divided by."""
        factor = self.factor(pd.DatetimeIndex(months), base)
        return {month: 1.0 / float(factor[pd.Timestamp(month)]) for month in months}

    def missing(self, months: pd.Series | pd.DatetimeIndex) -> tuple[date, ...]:
        """Months that the table does not hold, in order."""
        if self.rate is not None:
            return ()
        known = {month for month, _ in self.levels}
        return tuple(sorted({month.date() for month in pd.Series(months).dropna()} - known))

    def _level(self, months: pd.DatetimeIndex) -> np.ndarray:
        days = np.array([np.datetime64(day, "D") for day, _ in self.levels])
        places = np.searchsorted(days, np.asarray(months.values, dtype="datetime64[D]"), side="right") - 1
        return np.array([level for _, level in self.levels])[np.clip(places, 0, None)]
