"""The differences of the segments side by side: a row a step, a column a kind of clients, only what is otherwise written out.

A click on a cell opens the step as that kind of clients has it.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from sbyt_core.cards import KINDS, Card, Step, minutes_of_document
from sbyt_core.cards.step import FIELDS
from sbyt_core.cards.words import minutes_in_words
from sbyt_core.reports.card.words import norm_text
from sbyt_core.ui import picking
from sbyt_core.ui.card import data, drawer
from sbyt_core.ui.card.data import Desk
from sbyt_core.ui.page import Page

MAIN = ("A", "B", "C")
ELEMENT = "card_segments"
WIDTHS = {"operation": 350}  # pixels; the others 172


def show(page: Page, desk: Desk) -> None:
    """The table, and the drawer of the cell that was clicked."""
    card: Card = desk.draft.card  # type: ignore[assignment]
    kinds = [kind for kind in KINDS if kind in MAIN or card.differences.get(kind)]
    st.markdown(f"**{_title(page, card)}**")
    st.caption(page.say("card.segments.text"))
    steps = _rows(card, kinds)
    table = pd.DataFrame(
        {
            "operation": [*(step.operation for step in steps), page.plain("card.segments.total")],
            "all": [*(_base(page, card, step) for step in steps), _minutes(page, card, None)],
            **{kind: [*(_cell(page, card, step, kind) for step in steps), _minutes(page, card, kind)] for kind in kinds},
        }
    )
    names = {"operation": page.plain("card.field.operation"), "all": page.plain("card.kind.all")}
    names |= {kind: page.plain(f"strategy.{kind}.name") for kind in kinds}
    key = picking.key(ELEMENT)
    event = st.dataframe(
        table,
        hide_index=True,
        key=key,
        column_config={code: st.column_config.TextColumn(name, width=WIDTHS.get(code, 172)) for code, name in names.items()},
        height=38 + 35 * len(table),
        on_select="rerun",
        selection_mode="single-cell",
    )
    cells = event["selection"]["cells"]
    if cells:
        row, column = cells[0]
        picking.let_go()
        if row < len(steps) and data.may(page, "edit"):
            drawer.open_edit(desk, steps[row].key, column if column in kinds else _own_kind(card, steps[row]))


def _title(page: Page, card: Card) -> str:
    base, cheap = minutes_of_document(card), minutes_of_document(card, "C")
    dear = minutes_of_document(card, "A")
    if base is None or cheap is None or dear is None:
        return page.say("card.segments.title.unknown")
    return page.say("card.segments.title", a=minutes_in_words(dear, page.plain), c=minutes_in_words(cheap, page.plain))


def _rows(card: Card, kinds: list[str]) -> list[Step]:
    """The base steps, each followed by those that some kind has behind it."""
    rows = list(card.steps)
    for kind in kinds:
        for change in card.differences.get(kind, ()):
            if change.step is not None:
                keys = [step.key for step in rows]
                rows.insert(keys.index(change.after) + 1 if change.after in keys else 0, change.step)
    return rows


def _own_kind(card: Card, step: Step) -> str | None:
    """The kind of clients that alone has a step; None for a step of the base."""
    if any(one.key == step.key for one in card.steps):
        return None
    return next(kind for kind, changes in card.differences.items() if any(change.key == step.key for change in changes))


def _base(page: Page, card: Card, step: Step) -> str:
    return _figures(page, step) if _own_kind(card, step) is None else ""


def _cell(page: Page, card: Card, step: Step, kind: str) -> str:
    own = _own_kind(card, step)
    found = next((one for one in card.steps_for(kind) if one.key == step.key), None)
    if own is not None:
        return "" if found is None else page.plain("card.segments.only", figures=_figures(page, step))
    if found is None:
        return page.plain("card.dropped")
    changed = [name for name in FIELDS if name != "exceptions" and getattr(found, name) != getattr(step, name)]
    if not changed:
        return ""
    return _figures(page, found, changed)


def _figures(page: Page, step: Step, fields: Sequence[str] = ("norm_minutes", "answer_hours", "channel")) -> str:
    """Fields in as few words as a cell takes: figures and channel themselves, of texts the name of the field."""
    norm = norm_text(step, page.plain) if step.norm_minutes is not None else ""
    hours = step.answer_hours
    digits = next((digits for digits in (0, 1) if hours is not None and round(hours, digits) == hours), 2)
    answer = "" if hours is None else page.plain("card.hours", hours=page.plain.num(hours, digits))
    channel = page.plain(f"card.channel_short.{step.channel}") if step.channel else ""
    shown = {"norm_minutes": norm, "answer_hours": answer, "channel": channel}
    parts = [shown[name] if name in shown else page.plain(f"card.short.{name}") for name in FIELDS if name in fields]
    return " · ".join(part for part in parts if part)


def _minutes(page: Page, card: Card, kind: str | None) -> str:
    total = minutes_of_document(card, kind)
    return page.plain.num(None) if total is None else minutes_in_words(total, page.plain)
