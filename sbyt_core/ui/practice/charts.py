"""Pictures of practice: steps with three dots and their intervals, and a figure over the weeks. Too little data is grey words,
never a dot.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
import plotly.graph_objects as go

from sbyt_core.practice.followed import OF_STEPS, Followed
from sbyt_core.practice.trend import Trend
from sbyt_core.practice.verdict import TARGET
from sbyt_core.ui import charts, picking
from sbyt_core.ui.charts import COLOURS, PAST, label
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import people
from sbyt_core.ui.practice.data import Practice, step_text

# done, in time, in order: colour and mark of the three classes, so that eyes know them and marks tell them apart
LOOKS = {"done": (COLOURS["A"], "circle", 0.22), "in_time": (COLOURS["B"], "square", 0.0), "in_order": (COLOURS["C"], "diamond", -0.22)}
ROW = 62  # pixels of a step
TICKS = 5  # days at the axis: what a phone has room for
NAME_LETTERS = 40  # of a number and an operation at the axis; the whole of it stands in the hover


def steps(page: Page, practice: Practice, result: Followed, title: str) -> None:
    """Every step as a row: done, in time, in order, each with its interval; a dot opens the step."""
    table = result.of_steps()
    keys = [key for key in result.steps if key in set(table["step"])]
    figure = go.Figure()
    for name in OF_STEPS:
        _dots(page, figure, table[(table["figure"] == name)].set_index("step").reindex(keys), name, keys, practice)
    figure.add_vline(x=TARGET, line={"color": PAST, "width": 1, "dash": "dot"})
    names = [_name(page, practice, key) for key in keys]
    figure.update_yaxes(tickvals=list(range(len(keys))), ticktext=names, range=[len(keys) - 0.5, -0.5], showgrid=False, zeroline=False)
    figure.update_xaxes(tickformat=".0%", range=[0, 1.03], title=None)
    key = picking.key("practice_steps")
    charts.draw(page, figure, key=key, title=title, height=90 + ROW * len(keys), on_select=lambda: picking.pick_point(key))


def weeks(page: Page, found: Trend, title: str) -> None:
    """A figure by span of weeks with its interval; a span with too little data is an open grey ring."""
    table = found.table
    figure = go.Figure()
    for enough, colour, symbol, name in (
        (True, COLOURS["A"], "circle", None),
        (False, PAST, "circle-open", page.plain("practice.too_little")),
    ):
        part = table[table["enough"] == enough]
        if part.empty:
            continue
        figure.add_scatter(
            x=part["start"],
            y=part["share"],
            mode="markers",
            name=name or page.plain("practice.chart.weeks"),
            marker={"color": colour, "symbol": symbol, "size": 9},
            error_y=_bars(part, colour),
            text=[_hover(page, row, page.plain.date(row.start.date())) for row in part.itertuples()],
            hovertemplate="%{text}<extra></extra>",
            showlegend=name is not None,
        )
    ticks = table["start"].iloc[:: -(-len(table) // TICKS)] if len(table) else table["start"]
    pattern = "%d.%m" if page.plain.lang == "ru" else "%d %b"
    figure.update_xaxes(tickvals=ticks, ticktext=[f"{day:{pattern}}" for day in ticks], tickangle=0)
    figure.update_yaxes(tickformat=".0%", rangemode="tozero")
    charts.draw(page, figure, key="practice_weeks", title=title, height=300)


def _dots(page: Page, figure: go.Figure, rows: pd.DataFrame, name: str, keys: list[str], practice: Practice) -> None:
    colour, symbol, shift = LOOKS[name]
    places = {key: i for i, key in enumerate(keys)}
    told = rows[rows["enough"] == True]  # noqa: E712  (missing is not enough)
    shown = page.plain(f"practice.figure.{name}")
    figure.add_scatter(
        x=told["share"],
        y=[places[key] - shift for key in told.index],
        mode="markers",
        name=shown,
        marker={"color": colour, "symbol": symbol, "size": 11},
        error_x=_bars(told, colour),
        text=[_hover(page, row, f"{label(practice.steps.get(row.Index, ''))}<br>{shown}") for row in told.itertuples()],
        customdata=list(told.index),
        hovertemplate="%{text}<extra></extra>",
    )
    if name == "done":
        for key in rows.index[rows["enough"] != True]:  # noqa: E712
            n = rows.loc[key, "n"]
            text = page.plain("practice.chart.too_little", n=0 if n != n else int(n))
            figure.add_annotation(x=0.01, y=places[key], text=label(text), showarrow=False, xanchor="left", font={"color": PAST})


def _bars(rows: pd.DataFrame, colour: str) -> dict[str, object]:
    return {
        "type": "data",
        "symmetric": False,
        "array": rows["high"] - rows["share"],
        "arrayminus": rows["share"] - rows["low"],
        "color": colour,
        "thickness": 1.5,
        "width": 4,
    }


def _hover(page: Page, row: Any, head: str) -> str:
    words, span = page.plain, people.span_text(page, row.low, row.high)
    told = words("practice.chart.hover", share=words.percent(row.share), k=int(row.k), n=int(row.n), span=span)
    return f"<b>{head}</b><br>{label(told)}"


def _name(page: Page, practice: Practice, key: str) -> str:
    """«4. Предложить замену…», cut where it is long, in two lines."""
    words, lines = step_text(page, practice, key).split(), [""]
    for word in words:
        if len(lines[-1]) + len(word) > NAME_LETTERS // 2 + 6 and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    shown = lines if len(lines) < 3 else [lines[0], lines[1] + "…"]
    return "<br>".join(label(line) for line in shown)
