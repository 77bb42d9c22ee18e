"""Is C really the trouble? Returns, documents that give back and small documents of each segment, for the same profit."""

from __future__ import annotations

import numpy as np
import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sbyt_core.segments import Segmentation
from sbyt_core.segments.trouble import trouble_by_segment
from sbyt_core.texts.speech import CURRENCY_SIGNS
from sbyt_core.ui import charts
from sbyt_core.ui.charts import COLOURS
from sbyt_core.ui.page import Page

LABEL_ROOM = 0.18  # of the highest bar, above it
TROUBLES = ("returned", "return_documents", "small_documents", "overdue")


def trouble(page: Page, result: Segmentation, *, overdue: pd.Series | None = None) -> None:
    """Draw the segments side by side; a bar is a share of the greatest of its kind, its text the figure itself.

    overdue: money overdue by client_key, where a file of client facts tells it.
    """
    owed = None if overdue is None else overdue.reindex(result.ranking.facts["client_key"].iloc[: result.n]).to_numpy(dtype="float64")
    table = trouble_by_segment(result.ranking, result.final, owed)
    names = [name for name in TROUBLES if f"{name}_per_1000" in table and table[f"{name}_per_1000"].notna().any()]
    if not names:
        st.caption(page.say("pictures.trouble.none"))
        return
    figure = go.Figure()
    worst = {name: float(table[f"{name}_per_1000"].max()) for name in names}
    scale = {name: 1000 if 0 < worst[name] < 1 else 1 for name in names}  # small fractions are told for a million
    sign = CURRENCY_SIGNS.get(page.currency, page.currency)
    kinds = [page.plain(f"pictures.trouble.{name}", profit=page.money(1000 * scale[name]), money=sign) for name in names]
    for segment in ("A", "B", "C"):
        own = [float(table.loc[segment, f"{name}_per_1000"]) for name in names]
        figure.add_bar(
            x=kinds,
            y=[value / worst[name] if worst[name] else np.nan for value, name in zip(own, names, strict=True)],
            name=segment,
            marker={"color": COLOURS[segment]},
            text=[f"{segment}<br>{page.plain.num(value * scale[name], 1)}" for value, name in zip(own, names, strict=True)],
            textangle=0,
            textposition="outside",  # inside a narrow bar the letters shrink until nobody reads them
            cliponaxis=False,
            hovertemplate="%{x}: %{text}<extra></extra>",
        )
    figure.update_layout(showlegend=False)
    figure.update_xaxes(tickangle=0, automargin=True)
    figure.update_yaxes(visible=False, range=[0, 1 + LABEL_ROOM])
    charts.draw(page, figure, key="trouble", title=_title(page, table))


def _title(page: Page, table: pd.DataFrame) -> str:
    """Which segment gives most back for the same profit."""
    returned = table["returned_per_1000"]
    a, c = float(returned["A"]), float(returned["C"])
    thousand = page.money(1000)
    if np.isfinite(a) and np.isfinite(c) and c > a:
        return page.plain("pictures.trouble.title", c=page.money(c), a=page.money(a), profit=thousand)
    if np.isfinite(a) and np.isfinite(c):
        return page.plain("pictures.trouble.not_c", c=page.money(c), a=page.money(a), profit=thousand)
    return page.plain("pictures.trouble.plain", profit=thousand)
