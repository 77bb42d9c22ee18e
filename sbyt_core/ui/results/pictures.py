"""The pictures of the results page, one at a time: months, sources of the change, items, segments over time, managers, checks.

Each has its finding as the title and the label of the rung under it, so that no picture travels without what it is worth.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sbyt_core.reports.kit.story import Chart
from sbyt_core.reports.owner.chapters import waterfall as steps_of
from sbyt_core.results.findings import Findings
from sbyt_core.results.sources.drift import MAIN
from sbyt_core.ui import charts
from sbyt_core.ui.charts import COLOURS, PAST, label
from sbyt_core.ui.page import Page
from sbyt_core.ui.results import verdict
from sbyt_core.ui.results.data import Results
from sbyt_core.ui.switch import switch

EARLY, NOW = "#A9C4E6", "#3B78B5"
UP, DOWN, TOTAL = "#3B78B5", "#D98E04", "#7A8794"
ROOM = 0.5  # of the distance between the levels of a waterfall: free on both sides for its figures
BAR_ROOM = 0.2  # of the span of bars: free at their ends for a figure, on a phone too
MOST_UNITS = 20  # bars of managers or branches that are still read


def show(page: Page, found: Results) -> None:
    """The switch and the picture that was chosen."""
    outcome = found.outcome
    views = ["months", "sources"]
    views += ["items"] if outcome.items is not None else []
    views += ["segments"] if outcome.segments is not None else []
    views += ["units"] if outcome.by["manager"]["group"].notna().any() else []
    views += ["checks"] if outcome.effect is not None else []
    chosen = switch(page, "results.which", views, words="results.view", key="results_view")
    draw = {"months": _months, "sources": _sources, "items": _items, "segments": _segments, "units": _units, "checks": _checks}
    draw[chosen](page, found)


def _label(page: Page, found: Results, *more: str) -> None:
    """What the picture is worth, under it."""
    said = Findings(found.outcome, page.say, page.currency)
    st.caption(" · ".join([said.rung(), said.prices(), *more]))


def _months(page: Page, found: Results) -> None:
    """This year by month over the grey year before, with the line of the rollout."""
    outcome = found.outcome
    said = Findings(outcome, page.plain, page.currency)
    rows = outcome.months
    start = outcome.windows.rollout
    colours = [NOW if start is None or month >= pd.Timestamp(start) else EARLY for month in rows["month"]]
    figure = go.Figure()
    figure.add_bar(
        x=rows["month"],
        y=rows["year_before"],
        name=page.plain("owner.series.year_before"),
        marker={"color": PAST},
        text=_money(page, rows["year_before"]),
    )
    figure.add_bar(
        x=rows["month"], y=rows["now"], name=page.plain("results.now"), marker={"color": colours}, text=_money(page, rows["now"])
    )
    figure.update_traces(textposition="none", hovertemplate="%{text}<extra>%{fullData.name}</extra>")
    if start is not None:
        at = pd.Timestamp(start) - pd.Timedelta(days=15)
        figure.add_vline(x=at, line={"color": DOWN, "width": 2, "dash": "dash"})
        figure.add_annotation(
            x=at, y=1, yref="paper", yanchor="bottom", xanchor="left", showarrow=False, text=label(page.plain("results.rollout"))
        )
    figure.update_layout(barmode="group", bargap=0.25)
    ticks = rows["month"].iloc[:: max(1, len(rows) // 7)]
    figure.update_xaxes(tickvals=ticks, ticktext=[page.plain.month(month) for month in ticks])
    _money_axis(
        page,
        figure.update_yaxes,
        min(0.0, float(rows[["now", "year_before"]].min(axis=None))),
        float(rows[["now", "year_before"]].max(axis=None)),
    )
    charts.draw(page, figure, key="results_months", title=said.comparison(), height=420)
    _label(page, found)


def _sources(page: Page, found: Results) -> None:
    said = Findings(found.outcome, page.plain, page.currency)
    _waterfall(page, steps_of(said, found.outcome.decomposition), key="results_sources", title=said.waterfall())
    st.caption(f"{Findings(found.outcome, page.say).kept()} {page.say('owner.arithmetic')}")
    _label(page, found)


def _items(page: Page, found: Results) -> None:
    said = Findings(found.outcome, page.plain, page.currency)
    items = found.outcome.items
    assert items is not None
    _waterfall(page, steps_of(said, items), key="results_items", title=said.items())
    covered = page.say("owner.items.covered", n=items.items, share=page.plain.percent(items.covered))
    notes = [covered, Findings(found.outcome, page.say).items_not_net(), page.say("owner.arithmetic")]
    st.caption(" ".join(note for note in notes if note))
    _label(page, found)


def _waterfall(page: Page, chart: Chart, *, key: str, title: str) -> None:
    """Steps from top to bottom, so that their names are read on a phone too."""
    values = [value or 0.0 for value in chart.series[0].values]
    inner = len(values) - 2
    figure = go.Figure(
        go.Waterfall(
            y=[label(name) for name in chart.categories],
            x=values,
            orientation="h",
            measure=["absolute", *["relative"] * inner, "total"],
            text=[label(_short(page, value, signed=0 < place <= inner)) for place, value in enumerate(values)],
            customdata=[label(text) for text in chart.labels],
            textposition="outside",
            cliponaxis=False,
            increasing={"marker": {"color": UP}},
            decreasing={"marker": {"color": DOWN}},
            totals={"marker": {"color": TOTAL}},
            connector={"line": {"color": PAST, "width": 1}},
            hovertemplate="%{y}: %{customdata}<extra></extra>",
        )
    )
    low, high = _reached(values)
    room = ROOM * (high - low) or abs(high) * 0.1 or 1.0
    floor = max(0.0, low - room) if low > 0 else low - room
    _money_axis(page, figure.update_xaxes, floor, high + room)
    figure.update_xaxes(range=[floor, high + room])
    figure.update_yaxes(autorange="reversed", title=None)
    figure.update_layout(showlegend=False)
    charts.draw(page, figure, key=key, title=title, height=110 + 38 * len(values))


def _reached(values: list[float]) -> tuple[float, float]:
    """The lowest and highest level of a waterfall."""
    level, levels = values[0], [values[0], values[-1]]
    for step in values[1:-1]:
        level += step
        levels.append(level)
    return min(levels), max(levels)


def _segments(page: Page, found: Results) -> None:
    """What the segments did, what such a choice does by itself, and what is left."""
    outcome = found.outcome
    segments = outcome.segments
    assert segments is not None
    said = Findings(outcome, page.plain, page.currency)
    frame = segments.frame.loc[list(MAIN)]
    figure = go.Figure()
    for name, colour in (("naive", PAST), ("drift", EARLY), ("adjusted", None)):
        if frame[name].notna().any():
            figure.add_bar(
                x=list(MAIN),
                y=frame[name],
                name=page.plain(f"owner.series.{name}"),
                marker={"color": colour or [COLOURS[segment] for segment in MAIN]},
                text=[said.signed_share(value) for value in frame[name]],
                textposition="outside",
                cliponaxis=False,
                hovertemplate="%{x}: %{text}<extra>%{fullData.name}</extra>",
            )
    figure.update_layout(barmode="group", bargap=0.3)
    figure.update_yaxes(tickformat=".0%", title=None, zeroline=True, zerolinecolor=PAST)
    charts.draw(page, figure, key="results_segments", title=said.segments(), height=400)
    note = [page.say("owner.segments.chosen", when=said.when(segments.chosen), measure=page.plain(f"measure.{segments.measure}.of"))]
    if segments.drift_from == "shrinkage":
        note.append(page.say("owner.segments.estimated"))
    st.caption(" ".join(note))
    _label(page, found)


def _units(page: Page, found: Results) -> None:
    """How each manager or branch changed against the same months, those who started apart."""
    outcome = found.outcome
    unit = outcome.effect.settings.units if outcome.effect else found.settings.units
    rows = outcome.by[unit]
    code = "net_profit" if outcome.measure == "net" else outcome.measure
    rows = rows[(rows["code"] == code) & rows["change"].notna()].sort_values("change")
    rows = pd.concat([rows.head(MOST_UNITS // 2), rows.tail(MOST_UNITS // 2)]).drop_duplicates() if len(rows) > MOST_UNITS else rows
    started = {one.unit for one in found.register}
    said = Findings(outcome, page.plain, page.currency)
    figure = go.Figure()
    for arm, colour in (("treated", NOW), ("control", PAST)):
        mine = rows[rows["group"].isin(started) == (arm == "treated")]
        if len(mine):
            figure.add_bar(
                y=[label(name) for name in mine["group"]],
                x=mine["change"],
                orientation="h",
                name=page.plain(f"owner.arm.{arm}"),
                marker={"color": colour},
                text=[said.signed_share(value) for value in mine["change"]],
                textposition="outside",
                cliponaxis=False,
                hovertemplate="%{y}: %{text}<extra></extra>",
            )
    low, high = min(0.0, float(rows["change"].min())), max(0.0, float(rows["change"].max()))
    room = BAR_ROOM * (high - low)
    figure.update_xaxes(tickformat=".0%", title=None, range=[low - room if low < 0 else 0.0, high + room])
    figure.update_yaxes(categoryorder="array", categoryarray=[label(name) for name in rows["group"]], title=None)
    title = said.arms() or page.plain(f"results.units.{unit}", Measure=page.plain.capital(said.measure()))
    charts.draw(page, figure, key="results_units", title=title, height=max(260, 34 * len(rows) + 90))
    _label(page, found)


def _checks(page: Page, found: Results) -> None:
    assert found.outcome.effect is not None
    verdict.checks(page, found.outcome.effect)
    _label(page, found)


def _short(page: Page, value: float, *, signed: bool) -> str:
    """Money that fits beside a bar: 25,2 млн."""
    sign = "+" if signed and value > 0 else ""
    for unit, word in ((1e6, "results.millions"), (1e3, "results.thousands")):
        if abs(value) >= unit:
            return sign + page.plain(word, n=page.plain.num(value / unit, 1))
    return sign + page.plain.num(value)


def _money_axis(page: Page, update: Callable[..., object], low: float, high: float) -> None:
    """Round figures of money at an axis, in millions or thousands where they are large."""
    span = max(high - low, 1.0)
    step = 10.0 ** np.floor(np.log10(span / 4))
    step *= next(times for times in (1, 2, 2.5, 5, 10) if span / (step * times) <= 6)
    ticks = np.arange(np.ceil(low / step), np.floor(high / step) + 1) * step
    unit, word = (1e6, "results.millions") if step >= 5e4 and high >= 1e6 else (1e3, "results.thousands") if high >= 1e4 else (1.0, "")
    digits = max(0, int(np.ceil(-np.log10(step / unit) - 1e-9))) + (1 if round(step / unit * 10) % 10 and step / unit >= 1 else 0)
    texts = [page.plain.num(tick / unit, digits) for tick in ticks]
    update(tickvals=ticks, ticktext=[page.plain(word, n=text) if word and text != "0" else text for text in texts], title=None)


def _money(page: Page, values: pd.Series) -> list[str]:
    return [label(page.money(value)) for value in values]
