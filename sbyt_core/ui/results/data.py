"""The results of the open company: what was asked, the register of rollouts, and the outcome of both, kept by its content."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from sbyt_core.clients.rates import Rates, rates_to_json
from sbyt_core.errors import SbytError
from sbyt_core.results.evidence.evidence import effect_on
from sbyt_core.results.facts import Facts, facts_of
from sbyt_core.results.kpis import resources_kept
from sbyt_core.results.model import Effect, Rollout, Settings
from sbyt_core.results.outcome import Outcome, outcome
from sbyt_core.results.panel import Panel
from sbyt_core.results.sources.drift import classes_by
from sbyt_core.results.sources.line_cost import BY_LINES, line_cost
from sbyt_core.results.windows import Windows, whole_period, windows
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import Period
from sbyt_core.segments import Criteria
from sbyt_core.ui import cached, drafts, service
from sbyt_core.ui.page import Page
from sbyt_core.ui.results import beside, rollouts, unit_panel
from sbyt_core.ui.results import draft as results_draft
from sbyt_core.ui.results.draft import ResultsDraft
from sbyt_core.ui.workspace import Workspace

KEPT = 24  # outcomes; less than a MB each for 10 000 clients
FACTS = 4  # facts of two windows; a measure or a price moved needs no new ones


@dataclass(frozen=True, eq=False)
class Results:
    """What the page shows. fault: why there is no evidence though a rollout is registered (None: there is, or nothing is registered)."""

    outcome: Outcome
    draft: ResultsDraft
    register: tuple[Rollout, ...]
    settings: Settings
    measures: tuple[str, ...]  # that the data can tell
    fault: SbytError | None


def load(page: Page, work: Workspace) -> Results:
    """The results by the draft and the register. Raises BadInput: no_dates, results_too_short."""
    sales = cached.sales(page.store, page.data)  # type: ignore[arg-type]
    rates = service.rates(page)
    measures = measures_of(sales, rates)
    draft = results_draft.load(page)
    draft = replace(draft, measure=draft.measure if draft.measure in measures else measures[0])
    asked = rollouts.load(page)
    start = min((one.date for one in asked.register), default=None)
    chosen = windows(whole_period(sales), start)
    before, now = beside.beside(page, work, chosen, draft.beside)
    shown = replace(draft, before=before, now=now)
    register, settings = asked.register, _settled(replace(asked.settings, measure=draft.measure), shown)
    merges = replace(cached.merges(page.store, page.data), apart=())  # type: ignore[arg-type]
    key = page.data.lines_sha256, merges, rates_to_json(rates)  # type: ignore[union-attr]
    effect, fault = _known(page, key, register, settings)
    criteria = work.agreed.segmentation.criteria if work.agreed else drafts.criteria(page).now
    lines = _Lines(sales, rates if "net" in measures else None)
    with st.spinner(page.say("results.counting"), show_time=False):
        facts = _facts(key, chosen, lines)
        found = _outcome(key, register, settings, shown, criteria, lines, facts, effect)
    return Results(found, draft, register, settings, measures, fault)


def measures_of(sales: SalesData, rates: Rates) -> tuple[str, ...]:
    """The measures that the data can tell."""
    if not sales.has_profit:
        return ("revenue",)
    return ("revenue", "profit", "net") if any(driver in rates.drivers for driver in BY_LINES) else ("revenue", "profit")


def _settled(settings: Settings, draft: ResultsDraft) -> Settings:
    """Figures of hours, people and pay hold over what somebody said of them."""
    kept = resources_kept(draft.beside)
    return settings if kept is None else replace(settings, resources="same" if kept else "changed")


def _known(page: Page, key: tuple, register: tuple[Rollout, ...], settings: Settings) -> tuple[Effect | None, SbytError | None]:
    """What is known of the effect, or why nothing is."""
    if not register:
        return None, None
    try:
        return _evidence(key, register, settings, unit_panel.panel(page, settings)), None
    except SbytError as fault:
        return None, fault


@dataclass(frozen=True, eq=False)
class _Lines:
    sales: SalesData
    rates: Rates | None

    def cost(self) -> pd.Series | None:
        """Cost to serve of every line; None without rates."""
        return None if self.rates is None else line_cost(self.sales, self.rates)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _evidence(key: tuple, register: tuple[Rollout, ...], settings: Settings, _panel: Panel) -> Effect:
    return effect_on(_panel, register, settings)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _outcome(
    key: tuple,
    register: tuple[Rollout, ...],
    settings: Settings,
    draft: ResultsDraft,
    criteria: Criteria,
    _lines: _Lines,
    _counted: Facts,
    _effect: Effect | None,
) -> Outcome:
    """The outcome of the first rollout of the register, or of this year against the last."""
    return outcome(
        _lines.sales,
        rollout=min((one.date for one in register), default=None),
        measure=settings.measure,
        effect=_effect,
        classes=lambda period: _classes(key, criteria, period, _lines),
        prices=draft.prices,
        beside=draft.beside,
        counted=_counted,
    )


@st.cache_resource(show_spinner=False, max_entries=FACTS)
def _facts(key: tuple, chosen: Windows, _lines: _Lines) -> Facts:
    return facts_of(_lines.sales, chosen, line_cost=_lines.cost())


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _classes(key: tuple, criteria: Criteria, period: Period, _lines: _Lines) -> pd.Series:
    return classes_by(_lines.sales, criteria)(period)
