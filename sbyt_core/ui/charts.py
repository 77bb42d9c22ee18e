"""Charts: each says its finding in its title, writes numbers in the user's language and stays readable on a projector."""

from __future__ import annotations

import html

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sbyt_core.segments import Criteria, Segmentation
from sbyt_core.ui import language
from sbyt_core.ui.page import Page

# readable on white and on near-black, told apart by colour-blind eyes, and by letter and mark beside
COLOURS = {"A": "#3B78B5", "B": "#D98E04", "C": "#6E8F7E", "new": "#8B95A3"}
SYMBOLS = {"A": "circle", "B": "square", "C": "diamond", "new": "x"}
PAST = "#9AA5B1"
WRONG = "#C0392B"
CONFIG = {"displayModeBar": False, "displaylogo": False}


def label(text: object) -> str:
    """Text from a file inside a chart: shown letter by letter."""
    return html.escape(str(text), quote=False)


def draw(page: Page, figure: go.Figure, *, key: str, title: str, height: int = 400) -> None:
    """Show a figure under its finding, with the numbers of the language."""
    st.markdown(f"**{language.escape(title)}**")
    figure.update_layout(
        separators=",\u00a0" if page.plain.lang == "ru" else ".,",
        height=height,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        legend={"orientation": "h", "y": -0.16},
        hoverlabel={"align": "left"},
    )
    st.plotly_chart(figure, key=key, config=CONFIG, alt=title)


def whale(page: Page, result: Segmentation, criteria: Criteria, *, key: str = "whale") -> None:
    """Cumulative share of value by clients, greatest first, with the cuts; every point is a client."""
    classed = result.frame[result.frame["segment"] != "new"]
    if classed.empty:
        return
    curve = result.whale
    places = curve.clients - 1
    figure = go.Figure()
    figure.add_scatter(x=curve.clients, y=curve.y, mode="lines", line={"color": PAST, "width": 1.5}, hoverinfo="skip", showlegend=False)
    segments = classed["segment"].to_numpy()[places]
    words = [
        f"<b>{label(name)}</b><br>{label(page.money(value))}<br>{label(page.plain('chart.whale.hover', rank=int(place) + 1))}"
        for name, value, place in zip(classed["client"].iloc[places], classed["value"].iloc[places], places, strict=True)
    ]
    for segment in ("A", "B", "C"):
        mine = segments == segment
        figure.add_scatter(
            x=curve.clients[mine],
            y=curve.y[mine],
            mode="markers",
            name=f"{segment} · {page.plain(f'segment.{segment}.short')}",
            marker={"color": COLOURS[segment], "symbol": SYMBOLS[segment], "size": 7},
            text=np.array(words, dtype=object)[mine],
            customdata=classed["client_key"].to_numpy(dtype=object)[places][mine],
            hovertemplate="%{text}<extra></extra>",
        )
    for cut, letter in ((criteria.cut_a, "A"), (criteria.cut_b, "B")):
        if criteria.method == "value":
            at = int((classed["share_before"].round(9) < cut).sum())
            if 0 < at < len(classed):
                figure.add_vline(x=at + 0.5, line={"color": COLOURS[letter], "width": 1.5, "dash": "dash"})
                figure.add_annotation(
                    x=at + 0.5, y=1, yref="paper", yanchor="bottom", showarrow=False, text=f"{letter} {label(page.plain.percent(cut))}"
                )
    figure.update_yaxes(tickformat=",.0f" if curve.in_money else ".0%", rangemode="tozero", title=None)
    figure.update_xaxes(title=page.plain("chart.whale.x"), rangemode="tozero", tickformat=",d")
    draw(page, figure, key=key, title=whale_title(page, result))


def whale_title(page: Page, result: Segmentation) -> str:
    """The finding of the whale curve in one sentence."""
    curve = result.whale
    if curve.in_money:
        return page.plain("chart.whale.in_money", total=page.money(curve.total))
    if curve.peak > 1.005:
        return page.plain("chart.whale.peak", n=curve.peak_at, peak=page.plain.percent(curve.peak), lost=page.plain.percent(curve.peak - 1))
    return page.plain("chart.whale.no_loss", n=curve.peak_at)


def months(page: Page, sales: pd.DataFrame, *, key: str, title: str) -> None:
    """Sales of one client by month. sales: columns month, revenue."""
    figure = go.Figure()
    figure.add_bar(
        x=sales["month"],
        y=sales["revenue"],
        marker={"color": np.where(sales["revenue"] < 0, WRONG, COLOURS["A"])},
        text=[f"{page.plain.month(m)}<br>{label(page.money(v))}" for m, v in zip(sales["month"], sales["revenue"], strict=True)],
        textposition="none",
        hovertemplate="%{text}<extra></extra>",
    )
    ticks = sales["month"].iloc[:: max(1, len(sales) // 6)]
    figure.update_xaxes(tickvals=ticks, ticktext=[page.plain.month(m) for m in ticks])
    figure.update_yaxes(tickformat=",.0f", title=None)
    draw(page, figure, key=key, title=title, height=240)
