"""The strategies page: standards as cards, the team and its hours, the hours plan, the work that follows from it, cost of service."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.strategies import KINDS, StrategyBook, Workload, kinds_of, written
from sbyt_core.ui import drafts, exports, frame, kept_versions, language, navigation, workspace
from sbyt_core.ui.cost import exports as cost_exports
from sbyt_core.ui.cost import view as cost
from sbyt_core.ui.hours import data as hours_data
from sbyt_core.ui.hours import view as hours
from sbyt_core.ui.hours.data import Desk
from sbyt_core.ui.page import Page
from sbyt_core.ui.strategies import calls, standard_editor, team
from sbyt_core.ui.switch import switch
from sbyt_core.ui.workspace import Workspace

MAIN = ("A", "B", "C")
PER_ROW = 3
VIEWS = ("strategies", "team", "hours", "calls", "service")


def show(page: Page) -> None:
    """The view that is chosen: cards of the standards, team, hours, plan of work, cost of service."""
    drafts.tell_meeting(page)
    try:
        work = workspace.load(page)
        view = switch(page, "strategies.view", VIEWS, words="strategies.view", key="strategies_view")
        if view == "service":
            cost.show(page, work)
            return
        desk = hours_data.desk(page, work, with_plan=view != "strategies")
    except SbytError as error:
        frame.fault(error)
        return
    if view == "strategies":
        _strategies(page, work, desk)
    else:
        {"team": team.show, "hours": hours.show, "calls": calls.show}[view](page, desk)
    if desk.capacity.over <= team.NEAR and any(stage.code == "card" for stage in navigation.STAGES):
        frame.next_step(page.say("strategies.next"), "card")


def _strategies(page: Page, work: Workspace, desk: Desk) -> None:
    """Finding, lights, the three main cards, then the cards of the other kinds that have clients; and the list."""
    book, load, result = desk.book, desk.capacity.load, desk.result
    frame.finding(_finding(page, load))
    frame.lights(team.lights(page, desk))
    if desk.capacity.over > team.NEAR:
        team.overload(page, desk)
    counts = pd.Series(kinds_of(result.frame)).value_counts()
    others = [kind for kind in KINDS if kind not in MAIN and counts.get(kind, 0)]
    _cards(page, book, load, MAIN)
    if others:
        st.subheader(page.say("strategies.others"), anchor=False)
        st.caption(page.say("strategies.others.text"))
        _cards(page, book, load, others)
    with st.container(horizontal=True):
        exports.segments_download(page, work, result)
        cost_exports.strategy_cards_download(page, load)
        kept_versions.show(page, drafts.STRATEGY, drafts.read_book, lambda now, before: _changed(page, now, before))


def _changed(page: Page, now: StrategyBook, before: StrategyBook) -> str:
    """Whose strategies a version of the book changed."""
    names = [page.plain(f"strategy.{kind}.name") for kind in KINDS if now[kind] != before[kind]]
    return page.plain("kept.changed", what=", ".join(names)) if names else ""


def _finding(page: Page, load: Workload) -> str:
    table = load.by_kind
    top = str(table["hours"].idxmax())
    return page.say(
        "strategies.finding",
        n=round(load.hours),
        name=page.plain(f"strategy.{top}.name"),
        share=page.plain.percent(table.loc[top, "hours"] / load.hours if load.hours else None),
    )


def _cards(page: Page, book: StrategyBook, load: Workload, kinds: tuple[str, ...] | list[str]) -> None:
    for start in range(0, len(kinds), PER_ROW):
        for column, kind in zip(st.columns(PER_ROW), kinds[start : start + PER_ROW], strict=False):
            with column.container(border=True, height="stretch"):
                _card(page, book, load, kind)


def _card(page: Page, book: StrategyBook, load: Workload, kind: str) -> None:
    card = written(book[kind], page.plain, currency=page.currency)
    row = load.by_kind.loc[kind]
    escape = language.escape
    st.markdown(f"**{escape(card.name)}** · {page.say('words.clients', n=int(row['clients']))}")
    st.subheader(escape(card.title), anchor=False)
    st.markdown(escape(card.goal))
    terms = {
        "contacts": card.contacts,
        "channels": card.channels,
        "answer": card.answer,
        "who_serves": card.who_serves,
        "credit": card.credit,
        "discount": card.discount,
        "minimum_order": card.minimum_order,
        "hours": page.plain("strategies.hours.value", hours=page.plain.num(row["hours"])),
    }
    said = {"credit": book[kind].terms.credit_days, "discount": book[kind].terms.discount_limit}
    lines = [
        escape(text) if said.get(name) is not None else f":gray[{page.say(f'strategies.{name}')}] {escape(text)}"
        for name, text in terms.items()
    ]
    st.markdown("  \n".join(lines))
    st.markdown(f"**{page.say('strategies.actions')}**  \n{escape(card.actions)}")
    st.markdown(f"**{page.say('strategies.not_done')}**  \n{escape(card.not_done)}")
    moves = "\n".join(f"{number}. {escape(move)}" for number, move in enumerate(card.first_moves, 1) if move)
    st.markdown(f"**{page.say('strategies.first_moves')}**\n\n{moves}")
    if st.button(page.say("strategies.edit"), key=f"edit_{kind}", icon=":material/edit:"):
        standard_editor.drawer(page, book[kind])
