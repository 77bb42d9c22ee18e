"""The card page: the technology card as it is edited, its life from draft to effect, and the files that come out of it.

Nothing of the page but the draft is kept in the session: a reload, another browser or a restart shows the same.
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sbyt_core.cards import Card, CardDraft, blocking, check_card, minutes_of_document
from sbyt_core.cards.starters import STARTERS, starter
from sbyt_core.cards.words import minutes_in_words
from sbyt_core.segments import Segmentation
from sbyt_core.ui import data_gate, frame, language
from sbyt_core.ui.card import blocks, data, dialogs, drawer, files, life, opening, segments, steps, versions
from sbyt_core.ui.card import weight as card_weight
from sbyt_core.ui.card.data import Desk
from sbyt_core.ui.card.weight import Weight
from sbyt_core.ui.frame import Light
from sbyt_core.ui.page import Page
from sbyt_core.ui.switch import switch

VIEWS = ("steps", "segments", "versions", "files")


def show(page: Page) -> None:
    """The starter cards before the first card, else the card."""
    if page.project is None:
        data_gate.require_data(page)
    desk = data.load(page)
    if desk.draft.card is None:
        _starters(page)
        return
    found = card_weight.in_force(page)
    weight = card_weight.weigh(page, desk.draft.card, found)
    frame.finding(_finding(page, desk))
    frame.lights(_lights(page, desk, weight))
    life.strip(page, desk)
    view = switch(page, "card.view", VIEWS, words="card.view", key="card_view")
    {"steps": steps.show, "segments": segments.show, "versions": versions.show, "files": files.show}[view](page, desk)
    _opened(page, desk, found)


def _opened(page: Page, desk: Desk, found: Segmentation | None) -> None:
    """The drawer or dialog that is open."""
    name, *about = opening.now() or (None,)
    drawers: dict[str | None, Callable[..., None]] = {
        "about": blocks.about,
        "blocks": blocks.drawer,
        "edit": drawer.edit,
        "new": drawer.new,
        "read": drawer.read,
        "restore": versions.restore,
    }
    if name in drawers:
        drawers[name](page, desk, *about)
    elif name is not None:
        dialogs.show(page, desk, name, found)


def _starters(page: Page) -> None:
    """Three cards to begin with, each in one click."""
    frame.finding(page.say("card.empty"))
    st.markdown(page.say("card.empty.text"))
    for column, code in zip(st.columns(len(STARTERS)), STARTERS, strict=True):
        card = starter(code, page.plain)
        with column.container(border=True, height="stretch"):
            st.subheader(language.escape(card.name), anchor=False)
            st.markdown(page.say(f"starter.{code}.about"))
            minutes = minutes_of_document(card)
            st.markdown(page.say("card.starter.figures", n=len(card.steps), minutes=minutes_in_words(minutes or 0.0, page.plain)))
            st.markdown("\n".join(f"{number}. {language.escape(step.operation)}" for number, step in enumerate(card.steps, 1)))
            if st.button(page.say("card.starter.take"), key=f"starter_{code}", type="primary" if code == STARTERS[0] else "secondary"):
                _begin(page, card)
    if st.button(page.say("card.starter.none"), key="starter_none", icon=":material/add:"):
        _begin(page, steps.empty(page))


def _begin(page: Page, card: Card) -> None:
    """Take a first card; where somebody has taken one meanwhile, theirs stays."""
    data.change(page, lambda draft: draft if draft.card is not None else CardDraft(card, page.plain("card.starter.why")))
    st.rerun()


def _finding(page: Page, desk: Desk) -> str:
    card = desk.draft.card
    minutes = minutes_of_document(card)  # type: ignore[arg-type]
    words = {"n": len(card.steps), "minutes": page.say.num(None) if minutes is None else minutes_in_words(minutes, page.plain)}  # type: ignore[union-attr]
    if desk.busy is not None:
        return page.say(f"card.finding.{desk.busy.state}", number=desk.busy.number, people=len(desk.busy.waiting), **words)
    if desk.held is None:
        return page.say("card.finding.draft", **words)
    if not desk.edited:
        return page.say("card.finding.effective", number=desk.held.number, day=desk.held.since, **words)
    counts = desk.changes.counts  # type: ignore[union-attr]
    told = ", ".join(page.plain(f"card.changed.{act}", n=count) for act, count in counts.items()) or page.plain("card.changed.head")
    return page.say("card.finding.edited", number=desk.held.number, changes=told)


def _lights(page: Page, desk: Desk, weight: Weight) -> list[Light]:
    card = desk.draft.card
    minutes = minutes_of_document(card)  # type: ignore[arg-type]
    by_kind = [(kind, minutes_of_document(card, kind)) for kind in ("A", "B", "C")]  # type: ignore[arg-type]
    figures = [
        Light(
            page.say("card.light.minutes"),
            page.plain.num(None) if minutes is None else minutes_in_words(minutes, page.plain),
            " · ".join(f"{kind} {page.plain.num(value)}" for kind, value in by_kind),
            mend=page.say("card.light.minutes.help"),
        ),
        Light(
            page.say("card.light.coverage"),
            page.plain.percent(weight.coverage),
            page.say("card.light.coverage.limit", hours=round(weight.typical or 0), team=round(weight.team or 0))
            if weight.coverage is not None
            else page.say("card.light.coverage.unknown"),
            None if weight.coverage is None or weight.coverage <= 1 else False,
            page.say("card.light.coverage.help"),
        ),
    ]
    version = desk.busy or desk.held
    roles = version.roles_waiting if version else card.roles  # type: ignore[union-attr]
    asked = version is not None and version.state != "in_review"
    figures.append(
        Light(
            page.say("card.light.roles"),
            page.plain.num(len(roles)),
            language.escape(", ".join(roles)) if roles else page.say("card.light.roles.none"),
            (not roles) if asked else None,
            page.say("card.light.roles.help"),
        )
    )
    faults = blocking(check_card(card))  # type: ignore[arg-type]
    figures.append(
        Light(
            page.say("card.light.faults"),
            page.plain.num(len(faults)),
            page.say("card.light.faults.none") if not faults else page.say(f"warning.{faults[0].code}"),
            not faults,
            page.say("card.light.faults.help"),
        )
    )
    return figures
