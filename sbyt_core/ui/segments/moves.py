"""What was tried before: back and forward, and the last moves in words with how many clients each moved."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.segments import Criteria, Segmentation, count_moved
from sbyt_core.segments.history import History, changes
from sbyt_core.ui import drafts
from sbyt_core.ui.page import Page
from sbyt_core.ui.workspace import Workspace

MOVES_SHOWN = 3
_COUNTED = "_moves_counted"  # the clients, and by criteria before and after how many moved


def undo_redo(page: Page, history: History) -> None:
    """Back and forward, with what each would do, also by Ctrl+Z and Ctrl+Y."""
    with st.container(horizontal=True, gap="small"):
        st.button(
            page.say("criteria.undo"),
            icon=":material/undo:",
            shortcut="Ctrl+Z",
            disabled=not history.past,
            help=_step(page, history.undo().now, history.now) if history.past else None,
            on_click=lambda: drafts.undo(page),
            key="undo",
        )
        st.button(
            page.say("criteria.redo"),
            icon=":material/redo:",
            shortcut="Ctrl+Y",
            disabled=not history.future,
            help=_step(page, history.now, history.redo().now) if history.future else None,
            on_click=lambda: drafts.redo(page),
            key="redo",
        )


def moves(page: Page, work: Workspace, draft: Segmentation, history: History) -> None:
    """The last moves in words, each with how many clients it moved."""
    if not history.past:
        return
    try:
        words = [
            page.say("criteria.moved", step=_step(page, one, other), n=_moved(work, draft, one, other))
            for one, other in pairwise([*history.past[-MOVES_SHOWN:], draft.criteria])
        ]
    except SbytError:
        return
    st.caption("  \n".join(reversed(words)))


def _moved(work: Workspace, draft: Segmentation, before: Criteria, after: Criteria) -> int:
    """How many clients a move moved; kept while the clients and what was decided by hand stay the same."""
    of, counts = st.session_state.get(_COUNTED, (None, {}))
    if of is None or of[0] is not work.clients or of[1] != work.overrides:
        of, counts = (work.clients, work.overrides), {}
        st.session_state[_COUNTED] = of, counts
    if (before, after) not in counts:
        one, other = (draft if criteria == draft.criteria else work.segmentation(criteria) for criteria in (before, after))
        counts[before, after] = count_moved(one, other)
    return counts[before, after]


def _step(page: Page, before: Criteria, after: Criteria) -> str:
    """A move in words: "border of A: 70 % → 75 %"."""
    return "; ".join(
        f"{page.say(f'setting.{change.setting}')}: {setting_value(page, change.setting, change.before)} → "
        f"{setting_value(page, change.setting, change.after)}"
        for change in changes(before, after)
    )


def setting_value(page: Page, setting: str, value: object) -> str:
    """The value of a setting in words."""
    if isinstance(value, bool):
        return page.say("words.yes" if value else "words.no")
    if isinstance(value, str):
        return page.say(f"{setting}.{value}")
    if setting.startswith(("cut_", "count_", "guard_")) or setting.endswith("_share"):
        return page.plain.percent(float(value))  # type: ignore[arg-type]
    return page.plain.num(float(value), 0 if float(value).is_integer() else 2)  # type: ignore[arg-type]
