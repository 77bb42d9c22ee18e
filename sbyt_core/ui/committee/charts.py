"""Unreadiness by month: its share of the causes known, with its interval and the numbers behind it."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sbyt_core.committee import Month
from sbyt_core.practice.wilson import share_of
from sbyt_core.ui import charts
from sbyt_core.ui.charts import COLOURS, PAST, label
from sbyt_core.ui.page import Page

LEAST = 5  # causes known in a month from which it is spoken of in words


def spoken_of(table: Sequence[Month]) -> list[Month]:
    """The months that hold enough to be named in a sentence."""
    return [month for month in table if month.known >= LEAST]


def told(page: Page, month: Month) -> str:
    """«сент. 2025 – 71 % из 7 ситуаций»."""
    share = page.plain.percent(month.unready / month.known)
    return page.plain("committee.finding.month", share=share, n=month.known, month=page.plain.month(month.month))


def months(page: Page, table: Sequence[Month]) -> None:
    """The share of unreadiness of every month with its interval."""
    spoken = spoken_of(table)
    known = [month for month in table if month.known]
    if not known:
        st.caption(page.say("committee.chart.none"))
        return
    shares = [share_of(month.unready, month.known) for month in known]
    figure = go.Figure()
    figure.add_scatter(
        x=[month.month for month in known],
        y=[share.share for share in shares],
        mode="lines+markers",
        line={"color": PAST, "width": 1.5},
        marker={"color": COLOURS["B"], "size": 11},
        error_y={
            "type": "data",
            "symmetric": False,
            "array": [share.high - (share.share or 0) for share in shares],
            "arrayminus": [(share.share or 0) - share.low for share in shares],
            "color": COLOURS["B"],
            "thickness": 1.5,
            "width": 5,
        },
        text=[_hover(page, month) for month in known],
        hovertemplate="%{text}<extra></extra>",
        showlegend=False,
    )
    days = pd.to_datetime([month.month for month in known])
    ticks = days[:: max(1, len(days) // 6)]
    figure.update_xaxes(
        tickvals=ticks,
        ticktext=[page.plain.month(day.date()) for day in ticks],
        range=[days[0] - pd.Timedelta(days=20), days[-1] + pd.Timedelta(days=20)],
    )
    figure.update_yaxes(tickformat=".0%", range=[-0.03, 1.03])
    title = page.plain("committee.chart.few")
    if len(spoken) > 1:
        title = page.plain("committee.chart.months", first=told(page, spoken[0]), last=told(page, spoken[-1]))
    charts.draw(page, figure, key="committee_months", title=title, height=300)


def _hover(page: Page, month: Month) -> str:
    head = page.plain.month(month.month, short=False)
    return f"<b>{label(head)}</b><br>{label(page.plain('committee.chart.hover', unready=month.unready, known=month.known, all=month.all))}"
