"""What other pages know beside the sales lines, for the two windows: the team, the card in practice, open situations, hours on A.

What somebody wrote on the results page holds over what the team says. The team and the client facts are of today, so they speak of the
window after alone. A share of practice takes as many runs as make it worth telling.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from sbyt_core.practice import ENOUGH, Followed
from sbyt_core.results.kpis import RESOURCES_KPIS, Beside
from sbyt_core.results.windows import Windows
from sbyt_core.sales.period import Period
from sbyt_core.ui.committee import data as committee_data
from sbyt_core.ui.hours import data as hours_data
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data as practice_data
from sbyt_core.ui.workspace import Workspace


def beside(page: Page, work: Workspace, chosen: Windows, said: tuple[Beside, Beside]) -> tuple[Beside, Beside]:
    """Known of the window before and of the one after; said: on the results page."""
    before, now = said
    team = hours_data.team(page)
    if team.managers:
        people = tuple(manager.name for manager in team.managers) if now.headcount is None else None
        held = {"hours": team.hours, "headcount": float(team.headcount), "payroll": team.payroll}
        now = replace(now, **{code: held[code] for code in RESOURCES_KPIS if getattr(now, code) is None}, people=people)
    practice = practice_data.load(page).result
    if practice is not None and len(practice.runs):
        before, now = (
            replace(side, card_followed=_share(practice, period, "complete"), answered_in_time=_share(practice, period, "in_time"))
            for side, period in ((before, chosen.before), (now, chosen.after))
        )
    situations = [one for one in committee_data.situations_alone(page) if one.source != "override"]
    if situations:
        now = replace(now, open_situations=float(sum(one.is_open for one in situations)))
    return before, replace(now, hours_on_a=_hours_on_a(work))


def _share(practice: Followed, period: Period, figure: str) -> float | None:
    runs = practice.runs
    known = runs.loc[runs["moment"].between(pd.Timestamp(period.start), pd.Timestamp(period.end) + pd.Timedelta(days=1)), figure].dropna()
    return float(known.sum()) / len(known) if len(known) >= ENOUGH else None


def _hours_on_a(work: Workspace) -> float | None:
    """Share of the hours that the client facts tell which goes to clients of the agreed A; None where either is not there."""
    if work.agreed is None or work.facts is None:
        return None
    agreed = work.agreed.segmentation.frame
    hours = work.facts.of("hours", agreed["client_key"])
    whole = float(hours.sum())
    return float(hours[agreed["segment"] == "A"].sum()) / whole if whole > 0 else None
