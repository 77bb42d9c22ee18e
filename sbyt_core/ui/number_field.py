"""A field for a number as people write it: "1,5", "12 000", "0.5". Streamlit's own number field drops the comma."""

from __future__ import annotations

import re

import streamlit as st

from sbyt_core.ui import language
from sbyt_core.ui.page import Page

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")  # as English writes thousands
DIGITS = 6  # decimals that a field keeps


def parse_number(text: str) -> float | None:
    """The number of a text; None where it is empty. Raises ValueError for anything else.

    "1,500" is a thousand and a half in English and one and a half in Russian.
    """
    bare = _SPACES.sub("", text).replace("−", "-")
    if not bare:
        return None
    if _GROUPED.fullmatch(bare) and (bare.count(",") > 1 or "." in bare or language.code() == "en"):
        bare = bare.replace(",", "")
    if not _NUMBER.fullmatch(bare):
        raise ValueError(text)
    return float(bare.replace(",", "."))


def write_number(page: Page, value: float | None) -> str:
    """The number as it stands in the field: all its decimals, thousands apart by a space, so that reading it back changes nothing."""
    if value is None:
        return ""
    whole, _, part = f"{value:,.{DIGITS}f}".partition(".")
    decimals = part.rstrip("0")
    point = "," if page.plain.lang == "ru" else "."
    return whole.replace(",", "\u00a0") + (point + decimals if decimals else "")


def number_field(page: Page, label: str, value: float | None, *, key: str, help: str | None = None) -> str:
    """The field; gives the text as typed, for `parse_number` when the form is sent."""
    return st.text_input(
        label,
        value=write_number(page, value),
        key=key,
        help=help,
        validate=(r"^[\s\u00a0\u202f0-9.,+−-]*$", page.plain("field.not_a_number")),
    )
