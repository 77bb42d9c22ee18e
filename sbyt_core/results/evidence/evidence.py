"""What is known of a rollout: the highest rung of the ladder that the data allow, its verdict and the reasons (METHOD §7).

L3 where units that started stand beside units that had not, two of each at least; L5 where one started beside 19 others; L4 where
everybody started at once after 24 months or more; else L2, L1, L0 as far as history reaches, which are never evidence. Every rung is
computed all the same and shown with why it is not the one that counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from sbyt_core.results.evidence.advice import advice_for
from sbyt_core.results.evidence.before_after import simple_estimates
from sbyt_core.results.evidence.comparison import compare
from sbyt_core.results.evidence.rung_alone import series_finding, synthetic_finding
from sbyt_core.results.evidence.rung_units import units_finding
from sbyt_core.results.evidence.verdict import Finding, said
from sbyt_core.results.model import Effect, Estimate, Fact, Rollout, Settings
from sbyt_core.results.panel import Panel, unit_panel
from sbyt_core.results.sources.prices import Prices
from sbyt_core.results.starts import Starts, starts_of
from sbyt_core.sales.model import SalesData

YEAR = 12
SIMPLE = ("L0", "L1", "L2")


def measure_effect(
    sales: SalesData,
    rollouts: Iterable[Rollout],
    settings: Settings | None = None,
    *,
    prices: Prices | None = None,
    cost: pd.Series | None = None,
) -> Effect:
    """What is known of the effect of a rollout on revenue, profit or net profit.

    prices: constant prices, shown beside L1; L3 needs none, since both arms have the same. cost: see `unit_panel`.
    Raises BadInput of `unit_panel` and `starts_of`. Source: METHOD §7.
    """
    settings = settings or Settings()
    return effect_on(unit_panel(sales, settings, cost=cost), rollouts, settings, prices=prices)


def effect_on(panel: Panel, rollouts: Iterable[Rollout], settings: Settings, *, prices: Prices | None = None) -> Effect:
    """The same on a panel that is at hand."""
    starts = starts_of(panel, rollouts)
    simple, simple_money = simple_estimates(panel, starts, panel.at_prices(prices) if prices else None)
    made, why_not = compare(panel, starts)
    units = units_finding(made, settings) if made is not None else None
    series, twin = series_finding(panel, starts, settings), synthetic_finding(panel, starts, settings)
    found = {
        "L3": units or why_not or "one_unit",
        "L4": "has_control" if units else series,
        "L5": "several_units" if units else twin,
    }
    chosen = next((f for rung in ("L3", "L5", "L4") if isinstance(f := found[rung], Finding)), None) or _simple(
        simple, panel, starts, settings, why_not
    )
    ladder = [*simple, *(f.estimate if isinstance(f, Finding) else Estimate(rung, reasons=(f,)) for rung, f in found.items())]
    return _told(chosen, _explained(ladder, chosen.rung), simple_money, panel, starts, settings)


def _simple(simple: list[Estimate], panel: Panel, starts: Starts, settings: Settings, why_not: str | None) -> Finding:
    """The highest of L0, L1 and L2 that can be computed."""
    own = next((one for one in reversed(simple) if one.effect is not None), simple[0])
    n_months = len(panel.months)
    return Finding(
        rung=own.rung,
        verdict="unknown",
        reasons=(f"only_{own.rung}", *((why_not,) if why_not else ())),
        effect=own.effect,
        treated=tuple(panel.units[c] for c in np.flatnonzero((starts.worked < n_months) & (starts.begun > 0))),
        control=tuple(panel.units[c] for c in np.flatnonzero(starts.begun >= n_months)),
        checks=said(settings),
    )


def _explained(ladder: list[Estimate], rung: str) -> tuple[Estimate, ...]:
    """The ladder, each rung that does not count with why."""
    return tuple(one if one.rung == rung or one.reasons else replace(one, reasons=(f"{one.rung}_is_weaker",)) for one in ladder)


def _told(
    chosen: Finding,
    ladder: tuple[Estimate, ...],
    simple_money: dict[str, float | None],
    panel: Panel,
    starts: Starts,
    settings: Settings,
) -> Effect:
    n_months = len(panel.months)
    started = (starts.worked < n_months) & (starts.begun > 0)
    begun, worked = int(starts.begun[started].min()), int(starts.worked[started].min())
    window = chosen.months_before or min(begun, n_months - worked if chosen.rung == "L0" else YEAR)
    facts: dict[str, Fact] = {
        "months_before": window,
        "months_after": n_months - worked,
        "waves": len({int(w) for w in starts.worked[started]}),
        "outside": panel.outside,
        **chosen.facts,
    }
    effect = Effect(
        rung=chosen.rung,
        verdict=chosen.verdict,
        effect=chosen.effect,
        low=chosen.low,
        high=chosen.high,
        money=simple_money[chosen.rung] if chosen.rung in SIMPLE else chosen.money(chosen.effect),
        money_low=chosen.money(chosen.low),
        money_high=chosen.money(chosen.high),
        units_treated=len(chosen.treated),
        units_control=len(chosen.control),
        smallest_visible=chosen.smallest,
        checks=chosen.checks,
        reasons=chosen.reasons,
        settings=settings,
        before=panel.period(begun - window, begun),
        after=panel.period(worked, n_months),
        ladder=ladder,
        treated=chosen.treated,
        control=chosen.control,
        facts=facts,
    )
    return replace(effect, advice=advice_for(effect, panel, begun))
