"""Which column of the file is what: one row a column with its examples, the role corrected in place, read again on a button.

Only what somebody changed is kept, the rest is told from each file anew, so that it goes with next month's export. A role taken off its
column stays empty instead of being guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from sbyt_core.sales.model import ReadReport
from sbyt_core.sales.vocabulary import ROLES
from sbyt_core.ui.page import Page

NOT_USED = "not_used"
NOBODY = ""  # the header of a role that no column is to play
EXAMPLES = 3


def table(page: Page, report: ReadReport, read_again: Callable[[Mapping[str, str]], None]) -> None:
    """The mapping as a table; read_again gets what was changed, role → header ("" for a role taken off), when somebody asks for it."""
    role_of = {header: role for role, header in report.columns.items()}
    frame = pd.DataFrame(
        {
            "header": list(report.headers),
            "role": [role_of.get(header, NOT_USED) for header in report.headers],
            "examples": [_examples(report, place) for place in range(len(report.headers))],
        }
    )
    key = f"mapping_{report.sha256[:8]}_{hash(tuple(sorted(report.columns.items()))):x}"
    config = st.column_config
    edited = st.data_editor(
        frame,
        key=key,
        hide_index=True,
        disabled=["header", "examples"],
        column_config={
            "header": config.TextColumn(page.plain("mapping.header")),
            "role": config.SelectboxColumn(
                page.plain("mapping.role"),
                options=[NOT_USED, *ROLES],
                format_func=lambda role: page.plain("mapping.not_used" if role == NOT_USED else f"role.{role}"),
                required=True,
            ),
            "examples": config.TextColumn(page.plain("mapping.examples"), width="large"),
        },
    )
    twice = sorted({role for role in edited["role"] if role != NOT_USED and (edited["role"] == role).sum() > 1})
    if twice:
        st.error(page.say("mapping.twice", roles=[page.plain(f"role.{role}") for role in twice]))
        return
    changes = _changes(role_of, dict(zip(edited["header"], edited["role"], strict=True)))
    if st.button(page.say("mapping.read_again"), disabled=not changes, type="primary" if changes else "secondary", key="read_again"):
        read_again(changes)


def _changes(shown: Mapping[str, str], edited: Mapping[str, str]) -> dict[str, str]:
    """Role → header where it changed. shown, edited: header → role before and after."""
    changed = {header: role for header, role in edited.items() if role != shown.get(header, NOT_USED)}
    taken_off = {shown[header]: NOBODY for header in changed if header in shown}
    return taken_off | {role: header for header, role in changed.items() if role != NOT_USED}


def _examples(report: ReadReport, place: int) -> str:
    cells = [line[place] for line in report.preview[1:] if place < len(line) and line[place].strip()]
    return " · ".join(dict.fromkeys(cells[: EXAMPLES * 2]))[:120]
