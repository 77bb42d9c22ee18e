"""Clients that passed between units that started and units that wait: they carry money from one side of the comparison to the other.

A sale counts for the unit of its own line (METHOD §2), so a client who passes takes his sales along. A client's unit is that of most of
his money: over the year before the first start, and since. He moved when the two started at different times. His money that now
stands with units of another start is given back to his unit of before: so the effect can be seen both ways. Collective clients, new
ones and those of units that are not compared move nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sbyt_core.results.evidence.comparison import YEAR, Comparison
from sbyt_core.results.panel import Floats, Panel

NOBODY = -1


@dataclass(frozen=True, eq=False)
class Moves:
    """clients: how many moved; share: of the money since the start that moved with them, None where there is none.

    values: months × units as if they had stayed.
    """

    clients: int
    share: float | None
    values: Floats


def moves_of(made: Comparison) -> Moves:
    """The moves between units of different starts."""
    panel, begun = made.panel, made.starts.begun
    first = int(begun.min())
    home = _unit_of_most(panel, range(max(first - YEAR, 0), first))
    now = _unit_of_most(panel, range(first, len(panel.months)))
    moved = (home != NOBODY) & (now != NOBODY) & (begun[home] != begun[now])
    own = home[panel.part_client]
    away = moved[panel.part_client] & (begun[panel.part_unit] != begun[own])
    cells = away[panel.cell_part] & (panel.cell_month >= first)
    part, month, money = panel.cell_part[cells], panel.cell_month[cells], panel.cell_value[cells]
    values = panel.values.copy()
    np.subtract.at(values, (month, panel.part_unit[part]), money)
    np.add.at(values, (month, own[part]), money)
    whole = float(panel.values[first:].sum())
    return Moves(int(moved.sum()), float(money.sum()) / whole if whole > 0 else None, values)


def _unit_of_most(panel: Panel, rows: range) -> Floats:
    """Column of the unit with most of a client's money in these rows, by client; NOBODY where none is above 0."""
    money = panel.part_sums(rows)
    order = np.lexsort((-panel.part_unit, money, panel.part_client))
    order = order[money[order] > 0]
    found = np.full(len(panel.clients), NOBODY)
    found[panel.part_client[order]] = panel.part_unit[order]
    return found
