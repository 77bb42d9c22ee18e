"""What a reader of the plan should know about its figures: estimates, missing pay, managers without clients, and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sbyt_core.errors import Problem
from sbyt_core.strategies.hours_now import HoursNow
from sbyt_core.strategies.minima import some
from sbyt_core.strategies.team import Team

if TYPE_CHECKING:
    from sbyt_core.segments.segmentation import Segmentation


def plan_problems(
    segmentation: Segmentation,
    team: Team,
    manager: np.ndarray,
    present: HoursNow,
    profit: np.ndarray,
    *,
    locked_unknown: int,
    answers_unknown: int,
) -> tuple[Problem, ...]:
    """The warnings of a plan. manager: code of every client's manager, below 0 nobody; locked_unknown, answers_unknown: not in the base."""
    found: list[Problem] = []

    def warn(code: str, count: int, value: str | None = None) -> None:
        if count:
            found.append(Problem("warning", code, value=value, count=int(count)))

    if segmentation.measure != "net":
        found.append(Problem("warning", "hours_without_cost" if segmentation.measure == "profit" else "hours_by_revenue"))
    serving = np.bincount(manager[manager >= 0], minlength=team.headcount) > 0
    names = [one.name for one in team.managers]
    idle = [name for name, busy in zip(names, serving, strict=True) if not busy]
    warn("manager_without_clients", len(idle), some(idle))
    named = serving.any()
    if named and not team.pooled:
        warn("client_without_manager", int((manager < 0).sum()))
    warn("plan_hours_estimated", int((present.estimated & ((manager >= 0) | (not named))).sum()))
    warn("hours_scaled", len(present.scaled), some([names[code] for code in present.scaled]))
    warn("hours_equal", len(present.equal), some([names[code] for code in present.equal]))
    warn("plan_profit_unknown", int(np.isnan(profit).sum()))
    warn("locked_not_found", locked_unknown)
    warn("answers_not_found", answers_unknown)
    unpaid = [one.name for one in team.managers if one.pay_per_month is None]
    warn("pay_not_known", len(unpaid), some(unpaid))
    return tuple(found)
