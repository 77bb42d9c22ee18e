"""Before the start: which effect these units will show and when, and a fair split into waves that makes it provable at no cost.

The draw is seeded by the data: the same data give the same waves, and nobody can draw until the result pleases.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import plotly.graph_objects as go
import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.results.model import Settings
from sbyt_core.results.panel import Panel
from sbyt_core.results.power import MOST_MONTHS, Power, power
from sbyt_core.results.waves import MOST_WAVES, Split, split_waves
from sbyt_core.sales.period import add_months
from sbyt_core.ui import cached, charts, drafts, exports, frame, language
from sbyt_core.ui.follow import follow
from sbyt_core.ui.frame import Light
from sbyt_core.ui.page import Page
from sbyt_core.ui.results import rollouts, unit_panel

KIND = "waves"  # document of the store: what was tried before the start
WAVES = tuple(range(2, MOST_WAVES + 1))
EVERY = (3, 4, 6, 12)  # months from one wave to the next


@dataclass(frozen=True)
class Plan:
    """months: how long until the effect is looked at; start: first day of the first wave, None the next month; every: months."""

    months: int = 6
    waves: int = 2
    every: int = 6
    start: date | None = None

    def to_value(self) -> dict[str, object]:
        """The plan as JSON values."""
        return {"months": self.months, "waves": self.waves, "every": self.every, "start": self.start.isoformat() if self.start else None}


@dataclass(frozen=True)
class Outlook:
    """What can be said before the start; fault: why it cannot."""

    plan: Plan
    settings: Settings
    panel: Panel | None
    power: Power | None
    split: Split | None
    fault: SbytError | None


def look(page: Page, measure: str = "revenue") -> Outlook:
    """Power and waves of the open company."""
    plan, settings = drafts.load(page, KIND, _plan), replace(rollouts.load(page).settings, measure=measure)
    try:
        panel = unit_panel.panel(page, settings)
        found = power(panel, target=settings.target, months=plan.months)
        split = split_waves(
            panel,
            start=plan.start or _next(page, panel),
            waves=plan.waves,
            every=plan.every,
            seed=_seed(page),
            groups=_branches(page, settings),
        )
    except SbytError as fault:
        return Outlook(plan, settings, None, None, None, fault)
    return Outlook(plan, settings, panel, found, split, None)


def finding(page: Page, seen: Outlook) -> str:
    """The one sentence: what these units show in these months, and whether the target is among it."""
    found, say = seen.power, page.plain
    if found is None:
        return say("power.finding.none")
    facts = {
        "units": say(f"evidence.units.{seen.settings.units}", n=found.treated + found.control),
        "months": say("power.months", n=found.months),
        "smallest": say.percent(found.smallest),
        "target": say.percent(found.target),
    }
    if found.smallest is None:
        return say("power.finding.short")
    if found.smallest <= found.target:
        return say("power.finding.seen", **facts)
    if found.months_needed is not None:
        return say("power.finding.later", later=say("power.months", n=found.months_needed), **facts)
    if found.units_needed is not None:
        return say("power.finding.units", needed=found.units_needed, **facts)
    return say("power.finding.never", **facts)


def show(page: Page, seen: Outlook, *, then: Callable[[], None] | None = None, label: str = "power.use") -> None:
    """Lights, the controls, the chart and the waves.

    then: called when the waves were entered in the register, before the next run; label: of the button that enters them.
    """
    for fault in (seen.fault, st.session_state.pop(rollouts.FAULT, None)):
        if fault is not None:
            frame.fault(fault)
    if seen.power is None or seen.split is None:
        return
    frame.lights(_lights(page, seen.power))
    left, right = st.columns([1, 2])
    with left:
        _controls(page, seen)
    with right:
        _chart(page, seen.power)
    _waves(page, seen, seen.split, then, label)


def _lights(page: Page, found: Power) -> list[Light]:
    say = page.plain
    row = found.row(found.months)
    months = None if found.months_needed is None else say.num(found.months_needed)
    seen = found.smallest is not None and found.smallest <= found.target
    return [
        Light(
            page.say("power.light.smallest"),
            say.percent(found.smallest, 1),
            page.say("power.light.smallest.limit", target=say.percent(found.target)),
            seen,
            page.say("power.light.smallest.mend"),
        ),
        Light(
            page.say("power.light.chance"),
            say.percent(row.chance if row else None),
            page.say("power.light.chance.limit"),
            bool(row and row.chance >= 0.8),
        ),
        Light(page.say("power.light.months"), months or page.say("power.light.never"), page.say("power.light.months.limit", n=MOST_MONTHS)),
        Light(
            page.say("power.light.units"),
            say.num(found.units_needed),
            page.say("power.light.units.limit", n=min(found.treated, found.control)),
        ),
    ]


def _controls(page: Page, seen: Outlook) -> None:
    plan = seen.plan
    rollouts.target(page, seen.settings, key="power_target")
    follow("power_months", plan.months)
    st.slider(
        page.say("power.control.months"), 1, MOST_MONTHS, key="power_months", on_change=lambda: _change(page, "months", "power_months")
    )
    follow("power_waves", plan.waves)
    st.segmented_control(
        page.say("power.control.waves"), WAVES, key="power_waves", required=True, on_change=lambda: _change(page, "waves", "power_waves")
    )
    if seen.split is not None:
        follow("power_start", seen.split.waves[0].date)
        st.date_input(
            page.say("power.control.start"),
            key="power_start",
            format="DD.MM.YYYY",
            help=page.say("power.control.start.help"),
            on_change=lambda: _change(page, "start", "power_start"),
        )
    follow("power_every", plan.every)
    st.segmented_control(
        page.say("power.control.every"), EVERY, key="power_every", required=True, on_change=lambda: _change(page, "every", "power_every")
    )


def _chart(page: Page, found: Power) -> None:
    say = page.plain
    months, smallest = [row.months for row in found.rows], [row.smallest for row in found.rows]
    texts = [
        charts.label(say("power.chart.hover", months=say("power.months", n=row.months), smallest=say.percent(row.smallest, 1)))
        for row in found.rows
    ]
    figure = go.Figure()
    figure.add_scatter(
        x=months,
        y=smallest,
        mode="lines+markers",
        line={"color": charts.COLOURS["A"], "width": 3},
        marker={"size": 9},
        text=texts,
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )
    figure.add_hline(
        y=found.target,
        line={"color": charts.COLOURS["B"], "dash": "dash", "width": 2},
        annotation_text=charts.label(say("power.chart.target", target=say.percent(found.target))),
        annotation_position="bottom left",
    )
    figure.update_yaxes(tickformat=".0%", rangemode="tozero", title=None)
    figure.update_xaxes(title=say("power.chart.x"), dtick=1)
    code = "power.chart.seen" if found.months_needed is not None else "power.chart.not_seen"
    title = say(code, target=say.percent(found.target), n=found.months_needed or MOST_MONTHS)
    charts.draw(page, figure, key="power_chart", title=title, height=380)


def _waves(page: Page, seen: Outlook, split: Split, then: Callable[[], None] | None, label: str) -> None:
    say = page.plain
    st.subheader(page.say("power.waves.title"), anchor=False)
    st.markdown(page.say("power.waves.text", seed=str(split.seed)))
    for column, wave in zip(st.columns(len(split.waves)), split.waves, strict=True):
        with column, st.container(border=True, height="stretch"):
            st.markdown(f"**{page.say('power.wave', number=wave.number, date=say.date(wave.date))}**")
            st.markdown("  \n".join(language.escape(unit) for unit in wave.units))
            st.caption(page.say("power.wave.level", money=page.money(wave.level)))
    st.button(
        page.say(label),
        type="primary" if label == "power.use" else "secondary",
        key="use_waves",
        icon=":material/how_to_reg:",
        on_click=lambda: _use(page, seen.settings.units, split, then),
    )


def _use(page: Page, units: str, split: Split, then: Callable[[], None] | None) -> None:
    """Enter the waves in the register: who starts was drawn by lot."""
    try:
        rollouts.put(page, split.rollouts, units=units, keep=False)
        rollouts.change(page, assigned="random")
    except SbytError as fault:
        st.session_state[rollouts.FAULT] = fault
        return
    rollouts.refresh()
    if then is not None:
        then()


def _change(page: Page, name: str, key: str) -> None:
    value = st.session_state[key]
    rollouts.attempt(lambda: drafts.save(page, KIND, _plan, lambda plan: replace(plan, **{name: value})))


def _next(page: Page, panel: Panel) -> date:
    """The first of the month that comes after today and after the data."""
    return max(add_months(exports.now().date(), 1), add_months(panel.months[-1], 1))


def _branches(page: Page, settings: Settings) -> dict[str, str] | None:
    """Manager → the branch of most of the lines; None where branches themselves are compared or none is named."""
    lines = cached.sales(page.store, page.data).lines  # type: ignore[arg-type]
    if settings.units == "branch" or lines["branch"].isna().all():
        return None
    counts = lines.groupby(["manager", "branch"]).size().reset_index(name="n").sort_values(["n", "branch"])
    return dict(zip(counts["manager"], counts["branch"], strict=True))


def _seed(page: Page) -> int:
    """A number that the data give: six digits, to be read aloud."""
    return int(page.data.lines_sha256[:12], 16) % 1_000_000  # type: ignore[union-attr]


def _plan(value: object) -> Plan:
    given = value if isinstance(value, dict) else {}

    def number(name: str, allowed: Sequence[int], default: int) -> int:
        return given[name] if given.get(name) in allowed else default

    try:
        start = date.fromisoformat(given["start"]) if given.get("start") else None
    except (TypeError, ValueError):
        start = None
    return Plan(number("months", range(1, MOST_MONTHS + 1), 6), number("waves", WAVES, 2), number("every", EVERY, 6), start)
