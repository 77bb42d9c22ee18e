"""Pictures of an hours plan: hours by segment now and planned, price of one more hour by manager, the plan beside other ways."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from sbyt_core.reports.service.hours import kind_rows
from sbyt_core.strategies.hours_words import rival_name
from sbyt_core.strategies.plan import HoursPlan
from sbyt_core.ui import charts
from sbyt_core.ui.hours import unchanged
from sbyt_core.ui.page import Page
from sbyt_core.ui.switch import switch

PICTURES = ("hours", "price", "rivals")
SEGMENTS = ("A", "B", "C", "new")
RESERVE = "#C9CFD6"
ROOM = 1.18  # of the longest bar: its figure stands beside it
BAR = 30  # pixels of one row
PATTERNS = {"A": "", "B": "/", "C": ".", "new": "x", "reserve": ""}


def show(page: Page, plan: HoursPlan) -> None:
    """The chosen picture."""
    chosen = switch(page, "hours.picture", PICTURES, words="hours.picture", key="hours_picture")
    {"hours": _hours, "price": _price, "rivals": _rivals}[chosen](page, plan)
    unchanged.show(page, plan)


def _hours(page: Page, plan: HoursPlan) -> None:
    table = plan.segments
    before = {code: float(table.loc[code, "hours_before"]) for code in SEGMENTS}
    after = {code: float(table.loc[code, "hours_after"]) for code in SEGMENTS}
    before["reserve"] = max(plan.hours_before - sum(before.values()), 0.0)
    after["reserve"] = plan.reserve
    total = plan.hours_total
    rows = [page.plain("hours.planned"), page.plain("hours.now")]
    figure = go.Figure()
    for code in (*SEGMENTS, "reserve"):
        values = [after[code], before[code]]
        if max(values) < 0.05:
            continue
        name = page.plain("hours.reserve") if code == "reserve" else page.plain(f"segment.{code}.letter")
        figure.add_bar(
            y=rows,
            x=values,
            name=name,
            orientation="h",
            marker={
                "color": RESERVE if code == "reserve" else charts.COLOURS[code],
                "pattern": {"shape": PATTERNS[code], "fillmode": "overlay", "fgcolor": "#FFFFFF", "fgopacity": 0.18, "size": 7},
            },
            textfont={"color": "#1F2933" if code == "reserve" else "#FFFFFF"},
            text=[f"{name}<br>{page.plain.num(v)} · {page.plain.percent(v / total)}" if v / total > 0.06 else "" for v in values],
            insidetextanchor="middle",
            textposition="inside",
            textangle=0,
            hovertemplate=f"{charts.label(name)}: %{{x:,.1f}}<extra></extra>",
        )
    figure.update_layout(barmode="stack", showlegend=True)
    figure.update_xaxes(tickformat=",.0f", title=None, ticksuffix=page.plain("hours.short"))
    shares = (page.plain.percent(hours["A"] / total) for hours in (before, after))
    title = page.plain("hours.picture.finding", before=next(shares), after=next(shares))
    charts.draw(page, figure, key="hours_segments", title=title, height=300)
    _table(page, plan)


def _table(page: Page, plan: HoursPlan) -> None:
    """The figures behind the picture, by standard."""
    kinds = kind_rows(plan, page.plain)
    table = pd.DataFrame(
        {
            "kind": kinds["kind"].to_numpy(),
            "clients": kinds["clients"].to_numpy(),
            "before": kinds["hours_before"].round(1).to_numpy(),
            "after": kinds["hours_after"].round(1).to_numpy(),
            "gain": kinds["gain"].round().to_numpy(),
        }
    )
    config = st.column_config
    st.dataframe(
        table,
        hide_index=True,
        placeholder="",
        key="hours_kinds",
        column_config={
            "kind": config.TextColumn(page.plain("hours.column.kind"), pinned=True),
            "clients": config.NumberColumn(page.plain("team.column.clients"), format="localized", step=1),
            "before": config.NumberColumn(page.plain("hours.column.before"), format="localized"),
            "after": config.NumberColumn(page.plain("hours.column.after"), format="localized"),
            "gain": config.NumberColumn(page.plain("hours.column.gain"), format="localized", step=1),
        },
    )


def _price(page: Page, plan: HoursPlan) -> None:
    """λ by manager: where one more hour would bring most."""
    table = plan.managers[["price", "reserve"]].sort_values("price", kind="stable")
    if plan.pooled:
        st.markdown(page.say("hours.price.pooled", price=page.money(float(table["price"].iloc[0]))))
        return
    names = [charts.label(name) for name in table.index]
    known = table["price"].fillna(0.0)
    figure = go.Figure()
    figure.add_bar(
        y=names,
        x=known,
        orientation="h",
        marker={"color": charts.COLOURS["A"]},
        text=[
            page.plain("hours.price.unbounded")
            if pd.isna(price)
            else page.money(price)
            if price > 0
            else page.plain("hours.price.free", hours=page.plain.num(reserve, 1))
            for price, reserve in zip(table["price"], table["reserve"], strict=True)
        ],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    figure.update_xaxes(tickformat=",.0f", title=page.plain("hours.price.axis"), range=[0, ROOM * max(float(known.max()), 1.0)])
    figure.update_yaxes(automargin=True, ticklabelstandoff=4)
    best = str(table.index[-1])
    title = page.plain("hours.price.finding", name=best, price=page.money(float(known.iloc[-1])))
    if known.iloc[-1] <= 0:
        title = page.plain("hours.price.none")
    charts.draw(page, figure, key="hours_price", title=title, height=130 + BAR * len(table))


def _rivals(page: Page, plan: HoursPlan) -> None:
    """The plan beside four other ways to spend the same hours."""
    rows = [("now", 0.0), *((rival.name, rival.gain) for rival in plan.rivals), ("plan", plan.gain.mid)]
    rows = sorted(rows, key=lambda row: (row[1], row[0] == "plan"))
    figure = go.Figure()
    figure.add_bar(
        y=[rival_name(plan, name, page.plain) for name, _ in rows],
        x=[gain for _, gain in rows],
        orientation="h",
        marker={"color": [charts.COLOURS["A"] if name == "plan" else charts.PAST for name, _ in rows]},
        text=[page.money(gain) for _, gain in rows],
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{y}: %{text}<extra></extra>",
    )
    ends = [gain for _, gain in rows]
    figure.update_xaxes(
        tickformat=",.0f",
        title=page.plain("hours.rivals.axis", measure=page.plain(f"measure.{plan.measure}.of")),
        range=[ROOM * min(*ends, 0.0), ROOM * max(*ends, 1.0)],
    )
    figure.update_yaxes(automargin=True, ticklabelstandoff=4)
    others = max((rival.gain for rival in plan.rivals), default=0.0)
    ahead = plan.gain.mid - max(others, 0.0)
    title = page.plain("hours.rivals.finding", gain=page.money(ahead)) if ahead > 0 else page.plain("hours.rivals.same")
    charts.draw(page, figure, key="hours_rivals", title=title, height=130 + BAR * len(rows))
    st.caption(page.say("hours.rivals.note"))
