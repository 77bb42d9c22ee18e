"""A field for a rate as people write it: "150" is money, "40 мин" is norm minutes, "по карте" the minutes of the technology card."""

from __future__ import annotations

import re

import streamlit as st

from sbyt_core.clients.rates import CARD, Rate
from sbyt_core.ui.number_field import parse_number, write_number
from sbyt_core.ui.page import Page

_MINUTES = re.compile(r"(.+?)\s*(?:м|мин|минут[аы]?|m|min|minutes?)\.?", re.IGNORECASE)
_BY_CARD = re.compile(r"(?:по )?карт[аеы]|(?:by )?card", re.IGNORECASE)


def parse_rate(text: str, *, card: bool = False) -> Rate | None:
    """The rate of a text; None where it is empty. card: whether the minutes of the card are a choice.

    Raises ValueError for anything else, BadInput rate_out_of_range.
    """
    bare = text.strip()
    if card and _BY_CARD.fullmatch(bare):
        return Rate(minutes=CARD)
    found = _MINUTES.fullmatch(bare)
    number = parse_number(found[1] if found else bare)
    if number is None:
        return None
    return Rate(minutes=number) if found else Rate(money=number)


def write_rate(page: Page, rate: Rate | None) -> str:
    """The rate as it stands in the field."""
    if rate is None:
        return ""
    if rate.minutes == CARD:
        return page.plain("cost.rate.by_card")
    if rate.minutes is not None:
        return page.plain("cost.rate.minutes", minutes=write_number(page, float(rate.minutes)))
    return write_number(page, rate.money)


def rate_field(page: Page, event: str, rate: Rate | None) -> str:
    """The field; gives the text as typed, for `parse_rate` when the form is sent."""
    return st.text_input(
        page.say(f"cost.rate.{event}"), write_rate(page, rate), key=f"rate_{event}", help=page.say(f"cost.rate.{event}.help")
    )
