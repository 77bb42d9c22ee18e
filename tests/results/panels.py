"""Panels made in memory: months × units, every unit's money split among a few clients."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from sbyt_core.results.panel import Panel
from sbyt_core.sales.period import add_months

FIRST = date(2023, 1, 1)


def panel_of(
    values: np.ndarray, *, units: Sequence[str] | None = None, first: date = FIRST, clients: int = 4, shares: np.ndarray | None = None
) -> Panel:
    """values: months × units, NaN where a unit was not there yet; shares: of a unit's clients, equal by default."""
    values = np.asarray(values, dtype=float)
    n_months, n_units = values.shape
    names = [f"u{k:02d}" for k in range(n_units)] if units is None else list(units)
    part = np.full(clients, 1 / clients) if shares is None else np.asarray(shares, dtype=float)
    clients = len(part)
    part_unit = np.repeat(np.arange(n_units), clients)
    money = np.nan_to_num(values)[:, part_unit] * np.tile(part, n_units)
    month, cell = np.nonzero(money)
    return Panel(
        units=tuple(names),
        months=tuple(add_months(first, k) for k in range(n_months)),
        values=values,
        clients=[f"{name} client {k}" for name in names for k in range(clients)],
        part_unit=part_unit,
        part_client=np.arange(n_units * clients),
        cell_part=cell,
        cell_month=month,
        cell_value=money[month, cell],
    )


def noisy(months: int, units: int, *, seed: int, noise: float = 0.05, season: bool = True, growth: float = 0.1) -> np.ndarray:
    """Sales of units of different size with a common season and growth a year, and noise of their own."""
    rng = np.random.default_rng(seed)
    clock = np.arange(months)
    common = growth * clock / 12 + (0.3 * np.sin(2 * np.pi * clock / 12) if season else 0.0)
    return np.exp(10 + rng.normal(0, 0.5, units) + common[:, None] + rng.normal(0, noise, (months, units)))


def with_effect(values: np.ndarray, columns: Sequence[int], row: int, effect: float) -> np.ndarray:
    """The same with the sales of some units raised from a row on."""
    made = values.copy()
    made[row:, list(columns)] *= 1 + effect
    return made
