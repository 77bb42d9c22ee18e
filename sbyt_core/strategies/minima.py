"""Minima that need more hours than there are: how many are missing, at whom, and which clients need most."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.strategies.bounds import Bounds
from sbyt_core.strategies.team import Team

TOLERATED = 1e-6  # hours: what sums of a million clients leave
NAMED = 3  # clients and managers that a message names


def check_minima(bounds: Bounds, group: np.ndarray, budgets: np.ndarray, team: Team, frame: pd.DataFrame, *, pooled: bool) -> None:
    """Raises BadInput hours_short, for all groups at once."""
    least = np.bincount(group[group >= 0], weights=bounds.least[group >= 0], minlength=len(budgets))
    short = least > budgets + TOLERATED
    if not short.any():
        return
    inside = np.flatnonzero((group >= 0) & short[np.maximum(group, 0)])
    needed = bounds.least[inside]
    by_segment = pd.Series(needed).groupby(frame["segment"].to_numpy()[inside]).sum()
    dearest = inside[np.argsort(-needed, kind="stable")[:NAMED]]
    names = [team.managers[code].name for code in np.flatnonzero(short)] if not pooled else [one.name for one in team.managers]
    raise BadInput(
        "hours_short",
        missing=_up(float((least - budgets)[short].sum())),
        least=_up(float(least[short].sum())),
        hours=round(float(budgets[short].sum()), 1),
        managers=len(names),
        manager=some(names),
        costly=some([str(name) for name in frame["client"].to_numpy(dtype=object)[dearest]], more=len(inside) - len(dearest)),
        **{code: round(float(by_segment.get(code, 0.0)), 1) for code in ("A", "B", "C", "new")},
    )


def _up(hours: float) -> float:
    """Hours to a tenth, upward: what is missing is never told as less."""
    return math.ceil(hours * 10 - 1e-6) / 10


def some(names: Sequence[str], *, more: int = 0) -> str:
    """The first names, and a sign that there are more."""
    shown = ", ".join(names[:NAMED])
    return f"{shown} …" if more or len(names) > NAMED else shown
