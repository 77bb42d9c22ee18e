"""Pictures of service: how profit becomes net profit step by step, for all clients or one, and the classes under other rates."""

from __future__ import annotations

import math

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sbyt_core.clients.rates import DRIVERS
from sbyt_core.segments.sensitivity import Sensitivity
from sbyt_core.ui import charts, language
from sbyt_core.ui.charts import COLOURS, PAST, SYMBOLS, WRONG, label
from sbyt_core.ui.page import Page
from sbyt_core.ui.service import Service

ALL = ""  # option: all clients
MOST_CLIENTS = 300  # to choose from, the dearest first
BAR = 38  # pixels a step
ROOM = 0.2  # of the width, for figures that do not fit into their bar


def waterfall(page: Page, now: Service) -> None:
    """Choose whose profit, and see the steps from it to net profit; the figures add up."""
    cost = now.cost
    if cost is None:
        return
    frame = now.clients.frame.set_index("client_key")
    dear = cost.cost.sort_values(ascending=False, kind="stable").head(MOST_CLIENTS).index
    names = frame["client"].reindex(dear).fillna("").to_dict()
    chosen = st.selectbox(
        page.say("cost.whose"),
        [ALL, *dear],
        format_func=lambda key: page.plain("cost.whose.all") if key == ALL else str(names[key]),
        key="cost_whose",
    )
    rows = frame if chosen == ALL else frame.loc[[chosen]]
    parts = cost.by_driver if chosen == ALL else cost.of(chosen)[list(DRIVERS)].astype("float64")
    name = page.plain("cost.whose.all") if chosen == ALL else str(names[chosen])
    revenue, profit = float(rows["revenue"].sum()), rows["profit"].sum(min_count=1)
    _draw(page, name, revenue, float(profit), parts.dropna())


def _draw(page: Page, name: str, revenue: float, profit: float, parts: pd.Series) -> None:
    known = math.isfinite(profit)
    net = profit - float(parts.sum())
    steps = [(page.plain(f"driver.{driver}"), -float(money), "relative") for driver, money in parts.items() if money]
    if known:
        steps = [(page.plain("cost.waterfall.profit"), profit, "absolute"), *steps, (page.plain("cost.waterfall.net"), net, "total")]
        st.caption(
            page.say("cost.waterfall.goods", revenue=page.money(revenue), goods=page.money(revenue - profit), profit=page.money(profit))
        )
    words = [page.money(money) for _, money, _ in steps]
    figure = go.Figure(
        go.Waterfall(
            orientation="h",
            y=[label(step) for step, _, _ in steps],
            x=[money for _, money, _ in steps],
            measure=[kind for _, _, kind in steps],
            text=[label(text) for text in words],
            textposition=["outside" if kind == "relative" else "auto" for _, _, kind in steps],
            insidetextfont={"color": "white"},
            insidetextanchor="middle",
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
            connector={"line": {"color": PAST, "width": 1}},
            decreasing={"marker": {"color": COLOURS["B"]}},
            increasing={"marker": {"color": PAST}},
            totals={"marker": {"color": WRONG if known and net <= 0 else COLOURS["A"]}},
        )
    )
    figure.update_yaxes(autorange="reversed", automargin=True)
    figure.update_xaxes(showticklabels=False, zeroline=True, range=_range([0.0, *([profit, net] if known else []), *_ends(steps)]))
    title = (
        page.plain(_title(profit, net), name=name, profit=page.money(abs(profit)), net=page.money(abs(net)))
        if known
        else page.plain("cost.waterfall.alt_no_profit", cost=page.money(float(parts.sum())))
    )
    charts.draw(page, figure, key="cost_waterfall", title=title, height=70 + BAR * len(steps))


def _title(profit: float, net: float) -> str:
    """The text of what service does to a profit, or a loss."""
    if profit <= 0:
        return "cost.waterfall.title.loss"
    return "cost.waterfall.title" if net > 0 else "cost.waterfall.title.eaten"


def _ends(steps: list[tuple[str, float, str]]) -> list[float]:
    """Where the steps end, one after the other."""
    at, ends = 0.0, []
    for _, money, kind in steps:
        at = money if kind != "relative" else at + money
        ends.append(at)
    return ends


def _range(values: list[float]) -> list[float]:
    """From the least to the greatest, with room for the figures at the ends."""
    low, high = min(values), max(values)
    room = ROOM * ((high - low) or 1.0)
    return [low - (room if low < 0 else 0.0), high + room]


def classes_by_factor(page: Page, found: Sensitivity, factor: float) -> None:
    """Clients of A, B and C under rates from half to double."""
    figure = go.Figure()
    for code in ("A", "B", "C"):
        figure.add_scatter(
            x=list(found.factors),
            y=[found.counts(one)[code] for one in found.factors],
            mode="lines+markers",
            name=code,
            line={"color": COLOURS[code], "shape": "hv"},
            marker={"symbol": SYMBOLS[code], "size": 5},
            hovertemplate="×%{x:.2f}: %{y}<extra>" + code + "</extra>",
        )
    figure.add_vline(x=factor, line={"color": PAST, "dash": "dash"})
    ticks = (0.5, 0.7, 1.0, 1.4, 2.0)
    figure.update_xaxes(
        type="log", tickvals=ticks, ticktext=[f"×{page.plain.num(tick, 1)}" for tick in ticks], title=page.plain("cost.sens.x")
    )
    figure.update_yaxes(rangemode="tozero", title=None)
    charts.draw(page, figure, key="cost_sensitivity", title=sensitivity_title(page, found, factor), height=300)


def sensitivity_title(page: Page, found: Sensitivity, factor: float) -> str:
    """What the factor does, in one sentence."""
    counts = {code.lower(): n for code, n in found.counts(factor).items()}
    moved = len(found.moved(factor))
    if abs(factor - 1) < 1e-9:
        return page.plain("cost.sens.now", **counts)
    return page.plain("cost.sens.title", n=moved, factor=factor_text(page, factor), **counts)


def factor_text(page: Page, factor: float) -> str:
    """A factor with two digits: 0,71."""
    return page.plain.num(factor, 2)


def firm_text(page: Page, found: Sensitivity) -> str:
    """How many clients keep their class whatever the rates."""
    return language.escape(page.plain("cost.sens.firm", n=found.firm, all=len(found.frame)))
