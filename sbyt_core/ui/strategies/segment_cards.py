"""A, B, C and the new side by side: how many, how much, who is typical; the name of a card shows its clients in the list."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from sbyt_core.segments import Segmentation
from sbyt_core.segments.per_hour import hours_by_segment
from sbyt_core.segments.words import fine_share
from sbyt_core.ui import list_filters
from sbyt_core.ui.page import Page


def show(page: Page, result: Segmentation, *, hours: pd.Series | None = None) -> None:
    """The cards. hours: hours a month by client_key, where they are known."""
    per_hour = None if hours is None else hours_by_segment(result, hours)
    summary = result.summary
    rows = {code: dict(zip(summary.columns, row, strict=True)) for code, row in zip(summary.index, summary.to_numpy(), strict=True)}
    whole = {name: sum(rows[code][name] for code in ("A", "B", "C")) for name in rows["A"]}
    shown = ["A", "B", "C"] + (["new"] if rows["new"]["clients"] else [])
    for column, code in zip(st.columns(len(shown)), shown, strict=True):
        with column.container(border=True, height="stretch", gap="xsmall"):
            st.button(
                f"**{page.say(f'segment.{code}')}**",
                type="tertiary",
                key=f"card_{code}",
                help=page.say("three.show"),
                on_click=list_filters.only,
                args=(code,),
            )
            st.caption(page.say(f"segment.{code}.meaning"))
            st.markdown("  \n".join(_lines(page, code, rows[code], whole) + ([] if per_hour is None else _hours(page, per_hour.loc[code]))))
            if code in result.typical_revenue:
                st.caption(page.say("three.typical", money=page.money(result.typical_revenue[code])))


def _lines(page: Page, code: str, row: Mapping[str, float], whole: Mapping[str, float]) -> list[str]:
    """Clients, revenue, profit, net profit and documents, each with its share of the classed where it has one."""
    lines = [page.say("words.clients", n=int(row["clients"])) + _share(page, code, row["clients_share"])]
    if not row["clients"]:
        return lines
    for name in ("revenue", "profit", "net_profit"):
        if not pd.isna(row[name]):
            share = row[name] / whole[name] if whole[name] > 0 else None
            lines.append(page.say(f"three.{name}", money=page.money(row[name])) + _share(page, code, share))
    if not pd.isna(row["documents"]):
        share = row["documents"] / whole["documents"] if whole["documents"] > 0 else None
        lines.append(page.say("words.documents", n=int(row["documents"])) + _share(page, code, share))
    return lines


def _hours(page: Page, row: pd.Series) -> list[str]:
    if pd.isna(row["hours"]):
        return []
    lines = [page.say("three.hours", hours=page.plain.num(row["hours"], 1))]
    if not pd.isna(row["profit_per_hour"]):
        lines.append(page.say("three.per_hour", money=page.money(row["profit_per_hour"])))
    return lines


def _share(page: Page, code: str, share: float | None) -> str:
    return "" if code == "new" or share is None or share != share else f" · {fine_share(share, page.plain)}"
