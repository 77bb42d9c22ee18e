"""A rollout that the sales do not reach yet: when it begins, from when a verdict can be expected, and what to arrange until then.

Ahead are rollouts of which no unit has a whole month under the card in the data. The first comparison can be made after the first whole
month of the first wave; the target is expected to be seen after as many months as `power` asks for with the units of that wave. Those
who wait are the proof, so the next wave should not leave fewer than four of them before that day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sbyt_core.errors import SbytError
from sbyt_core.results.evidence.comparison import ARM
from sbyt_core.results.model import Advice, Rollout, Settings
from sbyt_core.results.panel import Panel
from sbyt_core.results.power import Power, power
from sbyt_core.results.starts import loose, unit_names
from sbyt_core.results.windows import first_whole_month
from sbyt_core.sales.period import add_months, month_end


@dataclass(frozen=True)
class Ahead:
    """start: first day of the first wave; first_look: day from which a first comparison can be made; treated, control: units of the
    first wave, and of those who wait; verdict: day from which the target is seen, None where it is not known or not within a year;
    power: None where history or units say too little; arrange: what to do now.
    """

    start: date
    first_look: date
    treated: int
    control: int
    target: float
    verdict: date | None
    power: Power | None
    arrange: tuple[Advice, ...]


def ahead(panel: Panel, rollouts: Iterable[Rollout], settings: Settings) -> Ahead | None:
    """What is ahead; None where nobody is registered or somebody has a whole month in the data already."""
    starts = _starts(panel, rollouts)
    if not starts or min(map(first_whole_month, starts.values())) <= panel.months[-1]:
        return None
    start = min(starts.values())
    treated = sum(day == start for day in starts.values())
    later = sorted((starts.get(unit, date.max) for unit in panel.units if starts.get(unit) != start), reverse=True)
    first = first_whole_month(start)
    try:
        known = power(panel, treated=treated, target=settings.target) if later else None
    except SbytError:
        known = None
    months = known.months_needed if known is not None else None
    verdict = None if months is None else month_end(add_months(first, months - 1)) + timedelta(days=1)
    return Ahead(
        start=start,
        first_look=month_end(first) + timedelta(days=1),
        treated=treated,
        control=len(later),
        target=settings.target,
        verdict=verdict,
        power=known,
        arrange=tuple(_arrange(treated, later, verdict, settings)),
    )


def _starts(panel: Panel, rollouts: Iterable[Rollout]) -> dict[str, date]:
    """Unit of the panel → day of its start; those who sell nothing yet are no units of it."""
    named = unit_names(panel.units)
    return {named.get(loose(one.unit), one.unit): one.date for one in rollouts if one.unit in panel.units or loose(one.unit) in named}


def _arrange(treated: int, later: list[date], verdict: date | None, settings: Settings) -> Iterable[Advice]:
    """later: starts of those who wait, the latest first."""
    if len(later) < ARM:
        yield Advice("leave_waiting", {"least": ARM})
    elif verdict is not None and later[ARM - 1] < verdict:
        yield Advice("hold_next", {"until": verdict})
    if treated < ARM:
        yield Advice("start_more", {"least": ARM})
    if settings.assigned != "random":
        yield Advice("draw_now")
    if settings.resources is None:
        yield Advice("write_down")
