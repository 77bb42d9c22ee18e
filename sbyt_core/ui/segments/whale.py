"""The whale curve on screen: cumulative share of value by clients, greatest first, with the cuts; every point is a client."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np

from sbyt_core.segments import Segmentation
from sbyt_core.segments.ranking import Ranking
from sbyt_core.ui import charts, picking
from sbyt_core.ui.charts import COLOURS, PAST, SYMBOLS, Ready, label, packed
from sbyt_core.ui.page import Page


@dataclass(frozen=True, eq=False)
class Points:
    """What the points of a curve stand for; the same for every move of a slider."""

    keys: dict[int, str]  # rank → client_key
    names: np.ndarray
    values: np.ndarray
    line: dict  # the trace that joins them


_made: WeakKeyDictionary[Ranking, Points] = WeakKeyDictionary()


def whale(page: Page, result: Segmentation, *, opens: bool = True) -> None:
    """Draw the curve. opens: a point opens the passport of its client."""
    curve, points = result.whale, _points(result)
    segments = result.final[curve.clients - 1]
    traces = [points.line]
    hover = f"<b>%{{text}}</b><br>{_money_template(page)}<br>{label(page.plain('chart.whale.hover', rank='%{x}'))}<extra></extra>"
    for code, segment in enumerate(("A", "B", "C")):
        mine = segments == code
        traces.append(
            {
                "type": "scatter",
                "x": packed(curve.clients[mine]),
                "y": packed(curve.y[mine]),
                "mode": "markers",
                "name": f"{segment} · {page.plain(f'segment.{segment}.short')}",
                "marker": {"color": COLOURS[segment], "symbol": SYMBOLS[segment], "size": 7},
                "text": points.names[mine].tolist(),
                "customdata": packed(points.values[mine]),
                "hovertemplate": hover,
            }
        )
    layout = {
        "yaxis": {"tickformat": ",.0f" if curve.in_money else ".0%", "rangemode": "tozero"},
        "xaxis": {"title": {"text": page.plain("chart.whale.x")}, "rangemode": "tozero", "tickformat": ",d"},
    }
    key = picking.key("whale")
    charts.draw(
        page,
        Ready(traces, layout | _cuts(page, result)),
        key=key,
        title=title(page, result),
        on_select=(lambda: picking.pick_at(key, points.keys)) if opens else None,
    )


def title(page: Page, result: Segmentation) -> str:
    """The finding of the curve in one sentence."""
    curve = result.whale
    if curve.in_money:
        return page.plain("chart.whale.in_money", total=page.money(curve.total))
    if curve.peak > 1.005:
        return page.plain("chart.whale.peak", n=curve.peak_at, peak=page.plain.percent(curve.peak), lost=page.plain.percent(curve.peak - 1))
    return page.plain("chart.whale.no_loss", n=curve.peak_at)


def _points(result: Segmentation) -> Points:
    ranking = result.ranking
    if ranking not in _made:
        ranks = result.whale.clients
        shown = ranking.facts.iloc[ranks - 1]
        _made[ranking] = Points(
            dict(zip(ranks.tolist(), shown["client_key"], strict=True)),
            np.array([label(name) for name in shown["client"].fillna("")], dtype=object),
            np.round(ranking.value[ranks - 1], 2),
            _line(ranks, result.whale.y),
        )
    return _made[ranking]


def _line(ranks: np.ndarray, heights: np.ndarray) -> dict:
    look = {"mode": "lines", "line": {"color": PAST, "width": 1.5}, "hoverinfo": "skip", "showlegend": False}
    return {"type": "scatter", "x": packed(ranks), "y": packed(heights)} | look


def _money_template(page: Page) -> str:
    """Money of a point as the browser writes it: thousands of texts less to make for each move of a slider."""
    return label(page.money(0.0)).replace("0", "%{customdata:,.0f}", 1)


def _cuts(page: Page, result: Segmentation) -> dict[str, list[dict]]:
    """Lines of the cuts and what they say, as parts of a layout."""
    criteria, before = result.criteria, result.ranking.share_before  # rises, rounded already
    shapes: list[dict] = []
    texts: list[dict] = []
    for cut, letter in ((criteria.cut_a, "A"), (criteria.cut_b, "B")) if criteria.method == "value" else ():
        at = int(np.searchsorted(before, cut, side="left"))
        if 0 < at < len(before):
            line = {"color": COLOURS[letter], "width": 1.5, "dash": "dash"}
            shapes.append({"type": "line", "x0": at + 0.5, "x1": at + 0.5, "y0": 0, "y1": 1, "yref": "paper", "line": line})
            text = f"{letter} {label(page.plain.percent(cut))}"
            texts.append({"x": at + 0.5, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False, "text": text})
    return {"shapes": shapes, "annotations": texts}
