"""Charts: each says its finding in its title, writes numbers in the user's language and stays readable on a projector."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import plotly.io
import streamlit as st

from sbyt_core.ui import language
from sbyt_core.ui.page import Page

# readable on white and on near-black, told apart by colour-blind eyes, and by letter and mark beside
COLOURS = {"A": "#3B78B5", "B": "#D98E04", "C": "#6E8F7E", "new": "#8B95A3"}
SYMBOLS = {"A": "circle", "B": "square", "C": "diamond", "new": "x"}
PAST = "#9AA5B1"
WRONG = "#C0392B"
LEGEND_DROP = 64  # pixels from the axis down to the legend, whatever the height
CONFIG = {"displayModeBar": False, "displaylogo": False}


def label(text: object) -> str:
    """Text from a file inside a chart: shown letter by letter."""
    return html.escape(str(text), quote=False)


class Ready(go.Figure):
    """A figure of plain parts as they are sent: plotly's check of each point takes longer than all else, and none of them is a user's.

    traces, layout: as in the JSON of plotly; long columns of numbers by `packed`.
    """

    def __init__(self, traces: list[dict[str, Any]], layout: dict[str, Any]) -> None:
        self._spec: dict[str, Any] = {"data": traces, "layout": {"template": _template(), **layout}}

    def update_layout(self, dict1: dict[str, Any] | None = None, overwrite: bool = False, **parts: Any) -> Ready:
        """Set whole parts of the layout."""
        self._spec["layout"] |= {**(dict1 or {}), **parts}
        return self

    def to_dict(self) -> dict[str, Any]:
        """The parts."""
        return self._spec


def packed(numbers: np.ndarray) -> dict[str, str]:
    """A column of numbers as plotly's JSON holds it. Whole numbers of 64 bits, which a browser does not read, go as floats."""
    column = numbers.astype("float64") if numbers.dtype.kind == "i" and numbers.itemsize == 8 else numbers
    return {"dtype": column.dtype.kind + str(column.itemsize), "bdata": base64.b64encode(column.tobytes()).decode()}


@cache
def _template() -> dict[str, Any]:
    """The look that Streamlit gives to charts."""
    return plotly.io.templates[plotly.io.templates.default].to_plotly_json()


def draw(page: Page, figure: go.Figure, *, key: str, title: str, height: int = 400, on_select: Callable[[], None] | None = None) -> None:
    """Show a figure under its finding, with the numbers of the language."""
    st.markdown(f"**{language.escape(title)}**")
    figure.update_layout(
        separators=",\u00a0" if page.plain.lang == "ru" else ".,",
        height=height,
        margin={"l": 8, "r": 8, "t": 28, "b": 8},
        legend={"orientation": "h", "y": -LEGEND_DROP / height},
        hoverlabel={"align": "left"},
    )
    if on_select is None:
        st.plotly_chart(figure, key=key, config=CONFIG, alt=title)
    else:
        st.plotly_chart(figure, key=key, config=CONFIG, alt=title, on_select=on_select, selection_mode="points")


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
