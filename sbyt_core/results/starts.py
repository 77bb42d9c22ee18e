"""From the register to the panel: in which month every unit started.

A start on the first day of a month makes the month one of work by the card; a later one makes it a month of passing over, which counts
neither before nor after. A unit that started before the first month of the panel has nothing to be compared with and is
left out. A unit whose start lies ahead has not started yet. Names that differ only in case, ё or spaces are one unit, if only one is
called so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from sbyt_core.errors import BadInput
from sbyt_core.results.model import Rollout
from sbyt_core.results.panel import Floats, Panel
from sbyt_core.results.windows import first_whole_month

NEVER = 1_000_000  # row of a start that is not known: later than any month
NAMES_SHOWN = 20  # of the units there are, in an error


@dataclass(frozen=True, eq=False)
class Starts:
    """Rows of a panel. begun: month of the start, NEVER without one; worked: first whole month of work by the card."""

    begun: Floats
    worked: Floats

    def of_units(self, columns: Floats) -> Starts:
        """The starts of some units alone."""
        return Starts(self.begun[columns], self.worked[columns])

    @property
    def cohorts(self) -> list[tuple[int, int]]:
        """(begun, worked) of those who started together, in order of time."""
        return sorted({(int(b), int(w)) for b, w in zip(self.begun, self.worked, strict=True) if b != NEVER})


def starts_of(panel: Panel, rollouts: Iterable[Rollout]) -> Starts:
    """Starts of the panel's units.

    Raises BadInput: no_rollout, no_such_unit, rollout_twice, rollout_before_data (nobody has a month before), rollout_in_future,
    rollout_too_recent (nobody has a whole month since).
    """
    place = {unit: column for column, unit in enumerate(panel.units)}
    named = unit_names(panel.units)
    begun, worked = np.full(len(place), NEVER), np.full(len(place), NEVER)
    days: dict[str, date] = {}
    for rollout in sorted(rollouts):
        unit = rollout.unit if rollout.unit in place else named.get(loose(rollout.unit))
        if unit is None:
            raise BadInput("no_such_unit", unit=rollout.unit, units=list(panel.units[:NAMES_SHOWN]))
        if days.setdefault(unit, rollout.date) != rollout.date:
            raise BadInput("rollout_twice", unit=unit)
        column = place[unit]
        begun[column], worked[column] = panel.row(rollout.date), panel.row(first_whole_month(rollout.date))
    if not days:
        raise BadInput("no_rollout")
    end = len(panel.months)
    earliest = min(days.values())
    if (begun >= end).all():
        raise BadInput("rollout_in_future", date=earliest, last=panel.period(0, end).end)
    if (worked >= end).all():
        raise BadInput("rollout_too_recent", date=earliest, last=panel.period(0, end).end)
    if not ((begun > 0) & (worked < end)).any():
        raise BadInput("rollout_before_data", date=earliest, first=panel.months[0])
    ahead = worked >= end
    # a unit in its month of passing over at the very end stays "not started" only up to that month
    worked[ahead] = NEVER
    begun[ahead & (begun >= end)] = NEVER
    return Starts(begun, worked)


def loose(name: str) -> str:
    """A name for comparison: case, ё and spaces do not count."""
    return " ".join(name.split()).casefold().replace("ё", "е")


def unit_names(units: Iterable[str]) -> dict[str, str]:
    """Loose name → the unit, where only one is called so."""
    found: dict[str, list[str]] = {}
    for unit in units:
        found.setdefault(loose(unit), []).append(unit)
    return {name: same[0] for name, same in found.items() if len(same) == 1}
