"""The whale curve on screen: cumulative share of value by clients, greatest first, with the cuts; every point is a client."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from sbyt_core.segments import Segmentation
from sbyt_core.ui import charts, picking
from sbyt_core.ui.charts import COLOURS, PAST, SYMBOLS, label
from sbyt_core.ui.page import Page


def whale(page: Page, result: Segmentation) -> None:
    """Draw the curve; a point opens the passport of its client."""
    curve = result.whale
    figure = go.Figure()
    figure.add_scatter(x=curve.clients, y=curve.y, mode="lines", line={"color": PAST, "width": 1.5}, hoverinfo="skip", showlegend=False)
    shown = result.rows(curve.clients - 1)
    segments = shown["segment"].to_numpy()
    names = np.array([label(name) for name in shown["client"].to_numpy(dtype=object, na_value="")], dtype=object)
    behind = np.column_stack([shown["client_key"].to_numpy(dtype=object), np.round(shown["value"].to_numpy(), 2)])
    hover = f"<b>%{{text}}</b><br>{_money_template(page)}<br>{label(page.plain('chart.whale.hover', rank='%{x}'))}<extra></extra>"
    for segment in ("A", "B", "C"):
        mine = segments == segment
        figure.add_scatter(
            x=curve.clients[mine],
            y=curve.y[mine],
            mode="markers",
            name=f"{segment} · {page.plain(f'segment.{segment}.short')}",
            marker={"color": COLOURS[segment], "symbol": SYMBOLS[segment], "size": 7},
            text=names[mine],
            customdata=behind[mine],
            hovertemplate=hover,
        )
    _cuts(page, figure, result, result.ranking.share_before)
    figure.update_yaxes(tickformat=",.0f" if curve.in_money else ".0%", rangemode="tozero", title=None)
    figure.update_xaxes(title=page.plain("chart.whale.x"), rangemode="tozero", tickformat=",d")
    key = picking.key("whale")
    charts.draw(page, figure, key=key, title=title(page, result), on_select=lambda: picking.pick_point(key))


def _money_template(page: Page) -> str:
    """Money of a point as the browser writes it: thousands of texts less to make for each move of a slider."""
    return label(page.money(0.0)).replace("0", "%{customdata[1]:,.0f}", 1)


def title(page: Page, result: Segmentation) -> str:
    """The finding of the curve in one sentence."""
    curve = result.whale
    if curve.in_money:
        return page.plain("chart.whale.in_money", total=page.money(curve.total))
    if curve.peak > 1.005:
        return page.plain("chart.whale.peak", n=curve.peak_at, peak=page.plain.percent(curve.peak), lost=page.plain.percent(curve.peak - 1))
    return page.plain("chart.whale.no_loss", n=curve.peak_at)


def _cuts(page: Page, figure: go.Figure, result: Segmentation, share_before: np.ndarray) -> None:
    criteria = result.criteria
    if criteria.method != "value":
        return
    shapes: list[dict] = []
    texts: list[dict] = []
    for cut, letter in ((criteria.cut_a, "A"), (criteria.cut_b, "B")):
        at = int((np.round(share_before, 9) < cut).sum())
        if 0 < at < len(share_before):
            line = {"color": COLOURS[letter], "width": 1.5, "dash": "dash"}
            shapes.append({"type": "line", "x0": at + 0.5, "x1": at + 0.5, "y0": 0, "y1": 1, "yref": "paper", "line": line})
            text = f"{letter} {label(page.plain.percent(cut))}"
            texts.append({"x": at + 0.5, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False, "text": text})
    figure.update_layout(shapes=shapes, annotations=texts)
