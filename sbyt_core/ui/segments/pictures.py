"""The picture of the segments page: one of several at a time, each with its finding; a point or a bar opens what it stands for."""

from __future__ import annotations

import textwrap
from typing import Any

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sbyt_core.segments import Segmentation
from sbyt_core.ui import charts, list_filters, picking
from sbyt_core.ui.charts import COLOURS, PAST, SYMBOLS, label
from sbyt_core.ui.page import Page
from sbyt_core.ui.segments.trouble import trouble
from sbyt_core.ui.segments.whale import whale
from sbyt_core.ui.switch import switch
from sbyt_core.ui.workspace import Workspace

PICTURES = ("whale", "map", "treemap", "states", "trouble")
MAX_POINTS = 2000  # points that leave the server
TREEMAP_HEIGHT = 640  # pixels
LETTERS = 11  # pixels
LINE, EDGES = 14, 6  # pixels of a line of such letters, and of what a tile needs above and below
ROOM = 560  # pixels for the clients of a segment, one under another; the rest of the height are heads and margins
PHONE_LETTERS = 56  # letters in a line across the whole picture on a phone
LEAST_LETTERS = 8  # a narrower column would break every word
MAX_LINES = 2  # of a name in a tile
INK = {"A": "#FFFFFF", "B": "#1B1F24", "C": "#1B1F24"}  # letters on a tile, readable in light and dark alike
_STATE_COLOURS = {
    "regular": "#3B78B5",
    "seasonal": "#4FA3C7",
    "late": "#D98E04",
    "asleep": "#A9713B",
    "one_off": "#9AA5B1",
    "lost": "#6F7782",
    "new": "#B9C2CC",
}


def show(page: Page, work: Workspace, result: Segmentation) -> None:
    """The switch and the picture that was chosen."""
    chosen = switch(page, "pictures.which", PICTURES, words="pictures", key="picture", first="whale")
    if chosen == "trouble":
        trouble(page, result, overdue=work.overdue)
    else:
        {"whale": whale, "map": _map, "treemap": _treemap, "states": _states}[chosen](page, result)


def _map(page: Page, result: Segmentation) -> None:
    """Value and regularity: who is worth much and who comes often."""
    frame = result.frame[result.frame["segment"] != "new"]
    active = result.clients.frame.set_index("client_key")["active_share"].reindex(frame["client_key"]).to_numpy()
    known = ~np.isnan(active) & frame["value"].notna().to_numpy()
    frame, active = frame[known], active[known]
    if not len(frame):
        st.caption(page.say("pictures.map.none"))
        return
    places = np.unique(np.linspace(0, len(frame) - 1, min(len(frame), MAX_POINTS)).round().astype(int))
    shown, x = frame.iloc[places], active[places]
    usual = float(frame["value"].abs().median())
    unit = 10.0 ** np.floor(np.log10(usual)) if usual > 0 else 1.0  # money up to which the scale is nearly straight
    figure = go.Figure()
    for segment in ("A", "B", "C"):
        mine = (shown["segment"] == segment).to_numpy()
        names = [
            f"<b>{label(name)}</b><br>{label(page.money(value))}"
            for name, value in zip(shown["client"][mine], shown["value"][mine], strict=True)
        ]
        figure.add_scatter(
            x=x[mine],
            y=_bent(shown["value"][mine], unit),
            mode="markers",
            name=segment,
            marker={"color": COLOURS[segment], "symbol": SYMBOLS[segment], "size": 8, "opacity": 0.75},
            text=names,
            customdata=shown["client_key"].to_numpy(dtype=object)[mine],
            hovertemplate="%{text}<extra></extra>",
        )
    ticks = [sign * unit * 10**power for sign in (-1, 1) for power in range(7) if unit * 10**power <= float(frame["value"].abs().max())]
    figure.update_yaxes(
        tickvals=[0.0, *(_bent(tick, unit) for tick in ticks)],
        ticktext=["0", *(page.plain.num(tick) for tick in ticks)],
        title=page.plain.capital(page.plain(f"measure.{result.measure}")),
    )
    figure.update_xaxes(tickformat=".0%", title=page.plain("pictures.map.x"), range=[-0.03, 1.03])
    figure.add_vline(x=result.criteria.min_active_share, line={"color": PAST, "dash": "dot"})
    key = picking.key("map")
    charts.draw(page, figure, key=key, title=_map_title(page, result, frame, active), on_select=lambda: picking.pick_point(key))


def _map_title(page: Page, result: Segmentation, frame: pd.DataFrame, active: np.ndarray) -> str:
    """Who is worth as much as a usual A and yet buys rarely: money that is not tied to us."""
    limit = result.criteria.min_active_share
    worth = frame["value"].to_numpy()
    of_a = worth[(frame["segment"] == "A").to_numpy()]
    loose = worth[(worth >= np.median(of_a)) & (active < limit)] if len(of_a) else of_a
    if not len(loose):
        return page.plain("pictures.map.tied", limit=page.plain.percent(limit))
    return page.plain("pictures.map.title", n=len(loose), limit=page.plain.percent(limit), money=page.money(float(loose.sum())))


def _bent(value: Any, unit: float) -> Any:
    """Signed logarithm: nearly straight up to `unit`, then a step a power of ten, so that losses and giants both show."""
    return np.sign(value) * np.log10(1 + np.abs(value) / unit)


def _treemap(page: Page, result: Segmentation) -> None:
    """Who the value consists of: segments as wide as what they bring, and in each its clients, the largest on top."""
    frame = result.frame[(result.frame["segment"] != "new") & (result.frame["value"] > 0)]
    if frame.empty:
        st.caption(page.say("pictures.treemap.none"))
        return
    shown = tiles(page, frame)
    figure = go.Figure(
        go.Treemap(
            labels=[label(name) for name in shown["name"]],
            parents=shown["parent"],
            ids=shown.index,
            values=shown["value"].tolist(),
            text=[label(page.money(value)) for value in shown["value"]],
            customdata=shown["words"],
            branchvalues="total",
            marker={"colors": [COLOURS[segment] for segment in shown["segment"]]},
            texttemplate="%{customdata}",
            textfont={"color": [INK[segment] for segment in shown["segment"]], "size": LETTERS},
            hovertemplate="%{label}<br>%{text}<extra></extra>",
            tiling={"pad": 2, "packing": "slice-dice"},
            sort=False,
            pathbar={"visible": False},
        )
    )
    top = frame.head(10)["value"].sum() / frame["value"].sum()
    charts.draw(
        page,
        figure,
        key="treemap",
        title=page.plain("pictures.treemap.title", n=min(10, len(frame)), share=page.plain.percent(top)),
        height=TREEMAP_HEIGHT,
    )


def tiles(page: Page, frame: pd.DataFrame) -> pd.DataFrame:
    """Segments, their clients whose tiles have room for a name on a phone, and one tile for the rest of each.

    frame: clients of some value, which falls. Columns name, parent, segment, value, words (in the tile, line by line), by id.
    """
    whole, parts = float(frame["value"].sum()), []
    for segment, clients in frame.groupby("segment", sort=True):
        held = float(clients["value"].sum())
        letters = max(LEAST_LETTERS, int(PHONE_LETTERS * held / whole))
        parts.append((segment, segment, "", segment, held, segment))
        names = [_words(page, name, value, letters) for name, value in zip(clients["client"], clients["value"], strict=True)]
        room = clients["value"].to_numpy() / held * ROOM >= [EDGES + LINE * (1 + name.count("<br>")) for name in names]
        count = len(room) if room.all() else int(np.argmin(room))
        for (key, name, value), words in zip(clients[["client_key", "client", "value"]].head(count).to_numpy(), names, strict=False):
            parts.append((f"client {key}", name, segment, segment, float(value), words))
        if count < len(clients):
            rest, value = page.plain("pictures.treemap.rest", n=len(clients) - count), float(clients["value"].iloc[count:].sum())
            parts.append((f"rest {segment}", rest, segment, segment, value, _words(page, rest, value, letters)))
    return pd.DataFrame(parts, columns=["id", "name", "parent", "segment", "value", "words"]).set_index("id")


def _words(page: Page, name: str, value: float, letters: int) -> str:
    """A name with its money where both stand in one line, else the name in as many lines as it may take."""
    whole = f"{name} · {page.money(value)}"
    if len(whole) <= letters:
        return label(whole)
    return "<br>".join(label(line) for line in textwrap.wrap(name, letters, max_lines=MAX_LINES, break_long_words=False, placeholder="…"))


def _states(page: Page, result: Segmentation) -> None:
    """How each segment stands in its own rhythm; a bar filters the list."""
    counts = pd.crosstab(result.frame["segment"], result.frame["state"])
    segments = [code for code in ("A", "B", "C") if code in counts.index][::-1]
    figure = go.Figure()
    for state, colour in _STATE_COLOURS.items():
        if state not in counts or state == "new":
            continue
        numbers = counts[state].reindex(segments, fill_value=0)
        figure.add_bar(
            y=segments,
            x=numbers,
            name=page.plain(f"state.{state}"),
            orientation="h",
            marker={"color": colour},
            text=[page.plain.num(n) if n else "" for n in numbers],
            customdata=[[segment, state] for segment in segments],
            hovertemplate="%{y} · %{fullData.name}: %{x}<extra></extra>",
        )
    figure.update_layout(barmode="stack", legend={"traceorder": "normal"})
    figure.update_xaxes(title=page.plain("pictures.states.x"), tickformat=",d")
    silent = int(counts.reindex(columns=["late", "asleep", "lost"], fill_value=0).sum(axis=1).get("A", 0))
    key = picking.key("states")
    charts.draw(
        page,
        figure,
        key=key,
        title=page.plain("pictures.states.title", n=silent),
        on_select=lambda: _filter(picking.bar(key)),
    )


def _filter(bar: tuple[str, str] | None) -> None:
    if bar is not None:
        list_filters.only(*bar)
