"""Random bases for the laws of the hours: clients that look like those of a company, and a rule of which hours each may have."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sbyt_core.strategies import Assumptions, StrategyBook
from sbyt_core.strategies.bounds import Bounds, bounds_of
from sbyt_core.strategies.hours_now import hours_now
from sbyt_core.strategies.response import Response, reference_hours
from sbyt_core.strategies.standard import KINDS

SEGMENT_SHARES = (0.22, 0.26, 0.40, 0.02, 0.02, 0.04, 0.02, 0.02)  # of KINDS, as in a usual base


@dataclass(frozen=True, eq=False)
class Base:
    """A base with its response and bounds; group: code of the manager."""

    response: Response
    bounds: Bounds
    group: np.ndarray
    budgets: np.ndarray
    is_a: np.ndarray


def random_base(
    seed: int, *, clients: int = 120, managers: int = 3, hours: float = 120.0, settings: Assumptions | None = None, zeros: bool = True
) -> Base:
    """A base of a seed: log-normal profit, a tenth at a loss, documents by Poisson. zeros: some clients have no hours now."""
    rng = np.random.default_rng(seed)
    settings = settings or Assumptions()
    kinds = rng.choice(len(KINDS), clients, p=SEGMENT_SHARES)
    scale = np.array([60_000, 15_000, 3_000, 50_000, 1_000, 500, 12_000, 8_000.0])[kinds]
    profit = scale * rng.lognormal(0, 0.8, clients)
    loss = np.isin(kinds, [KINDS.index("loss_making"), KINDS.index("service_drain")])
    profit[loss] *= -1
    group = rng.integers(0, managers, clients)
    documents = rng.poisson(np.array([20, 10, 3, 15, 10, 3, 10, 3])[kinds]) + (0 if zeros else 1)
    budgets = np.full(managers, hours)
    now = hours_now(group, budgets, documents.astype(float)).hours
    power = np.array([one.elasticity for one in settings.kinds])[kinds]
    response = Response(profit, now, reference_hours(now, kinds), power)
    bounds = bounds_of(now, kinds, np.zeros(clients, dtype=bool), StrategyBook.default(), settings)
    return Base(response, bounds, group, budgets, np.isin(kinds, [KINDS.index("A"), KINDS.index("late")]))
