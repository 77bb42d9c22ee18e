"""The grammar that every page shares: head, finding, lights, next step, fault and attempt."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.ui import language, navigation

MAX_LIGHTS = 4  # more figures than that are not read from across a room


@dataclass(frozen=True)
class Light:
    """One figure that can be good or bad, with its limit, and what to do when it is bad.

    holds: True good, False bad, None neither (just a fact).
    """

    label: str
    value: str
    limit: str = ""
    holds: bool | None = None
    mend: str = ""


def finding(text: str) -> None:
    """The one sentence of the page, large."""
    st.subheader(text, anchor=False)


def lights(figures: Sequence[Light]) -> None:
    """At most four figures in a row, the bad ones in red with what to do."""
    if len(figures) > MAX_LIGHTS:
        raise AssertionError(f"{len(figures)} lights, at most {MAX_LIGHTS}")
    for column, figure in zip(st.columns(len(figures)), figures, strict=True):
        with column:
            st.metric(
                figure.label,
                figure.value,
                delta=figure.limit or None,
                delta_color={True: "green", False: "red", None: "off"}[figure.holds],  # type: ignore[arg-type]
                delta_arrow="off",
                border=True,
                height="stretch",
                help=figure.mend or None,
            )


def fault(error: SbytError) -> None:
    """A fault in the user's language: what was got, what is allowed, how to mend it."""
    message, hint = language.current().error(error)
    st.error(f"{message}\n\n{hint}", icon=":material/error:")


def attempt(act: Callable[[], object]) -> bool:
    """Do what a control asks for; whether it was done, else the fault is said here."""
    try:
        act()
    except SbytError as error:
        fault(error)
        return False
    return True


def next_step(label: str, stage: str) -> None:
    """The one next step of the way."""
    if st.button(label, type="primary", icon=":material/arrow_forward:", icon_position="right", key=f"next_{stage}"):
        st.switch_page(navigation.path_of(stage))
