"""A drawer that edits one service standard; what does not fit is said beside the form and nothing typed is lost."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.strategies import CHANNELS, DEFAULTS, ServiceStandard, Terms, written
from sbyt_core.ui import drafts, frame
from sbyt_core.ui.number_field import number_field, parse_number
from sbyt_core.ui.page import Page

TEXTS = ("title", "goal", "actions", "who_serves", "not_done")
NUMBERS = ("contacts_per_month", "minutes_per_contact", "answer_hours")


def drawer(page: Page, standard: ServiceStandard) -> None:
    """Open the form of a standard at the right."""
    card = written(standard, page.plain, currency=page.currency)

    @st.dialog(page.say("editor.title", name=card.name), width="medium", position="right")
    def show() -> None:
        with st.form(f"standard_form_{standard.kind}", border=False):
            typed = _numbers(page, standard)
            channels = st.multiselect(
                page.say("editor.channels"),
                CHANNELS,
                default=list(standard.channels),
                format_func=lambda code: page.plain(f"channel.{code}"),
                key=f"channels_{standard.kind}",
            )
            texts = {
                name: st.text_area(page.say(f"strategies.{name}"), getattr(card, name), key=f"{name}_{standard.kind}", max_chars=2000)
                for name in TEXTS
            }
            moves = [
                st.text_input(page.say("editor.move", number=str(number)), move, key=f"move_{number}_{standard.kind}", max_chars=500)
                for number, move in enumerate(card.first_moves, 1)
            ]
            sent = st.form_submit_button(page.say("editor.save"), type="primary")
        reset = st.button(page.say("editor.reset"), key=f"reset_{standard.kind}", disabled=standard == DEFAULTS[standard.kind])
        if reset:
            _keep(page, DEFAULTS[standard.kind])
        if sent:
            try:
                edited = _edited(standard, card, typed, channels, texts, moves)
            except ValueError as error:
                _complain(page, error)
                return
            _keep(page, edited)

    show()


def _numbers(page: Page, standard: ServiceStandard) -> dict[str, str]:
    kind = standard.kind
    values = {name: getattr(standard, name) for name in NUMBERS}
    values |= {
        "credit_days": standard.terms.credit_days,
        "discount_limit": None if standard.terms.discount_limit is None else 100 * standard.terms.discount_limit,
        "minimum_order": standard.terms.minimum_order,
    }
    return {
        name: number_field(page, page.say(f"editor.{name}"), value, key=f"{name}_{kind}", help=page.say(f"editor.{name}.help"))
        for name, value in values.items()
    }


def _edited(
    standard: ServiceStandard, card: object, typed: dict[str, str], channels: list[str], texts: dict[str, str], moves: list[str]
) -> ServiceStandard:
    """The standard as the form asks for it; a text left as it was stays the default's. Raises ValueError, BadInput."""
    numbers = {name: parse_number(text) for name, text in typed.items()}
    if any(numbers[name] is None for name in NUMBERS):
        raise ValueError(next(name for name in NUMBERS if numbers[name] is None))
    discount = numbers.pop("discount_limit")
    days = numbers.pop("credit_days")
    terms = Terms(
        credit_days=None if days is None else int(days) if days == int(days) else days,  # type: ignore[arg-type]
        discount_limit=None if discount is None else discount / 100,
        minimum_order=numbers.pop("minimum_order"),
    )
    own = {name: getattr(standard, name) if text == getattr(card, name) else text for name, text in texts.items()}
    shown = card.first_moves  # type: ignore[attr-defined]
    kept = tuple(old if new == seen else new for new, seen, old in zip(moves, shown, standard.first_moves, strict=True))
    return replace(standard, **numbers, terms=terms, channels=tuple(channels), first_moves=kept, **own)  # type: ignore[arg-type]


def _complain(page: Page, error: ValueError) -> None:
    if isinstance(error, SbytError):
        frame.fault(error)
    else:
        st.error(page.say("field.not_a_number"))


def _keep(page: Page, standard: ServiceStandard) -> None:
    drafts.change_book(page, lambda book: book.with_standard(standard))
    st.toast(page.say("editor.saved"))
    st.rerun()
