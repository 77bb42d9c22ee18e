"""Which column of the file is what: one row a column with its examples, the role corrected in place, read again on a button."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pandas as pd
import streamlit as st

from sbyt_core.sales.model import ReadReport
from sbyt_core.sales.vocabulary import ROLES
from sbyt_core.ui.page import Page

NOT_USED = "not_used"
EXAMPLES = 3


def table(page: Page, report: ReadReport, read_again: Callable[[Mapping[str, str]], None]) -> None:
    """The mapping as a table; read_again gets role → header when somebody changed it and asks for it."""
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
    wanted = {role: header for header, role in zip(edited["header"], edited["role"], strict=True) if role != NOT_USED}
    twice = sorted({role for role in edited["role"] if role != NOT_USED and (edited["role"] == role).sum() > 1})
    if twice:
        st.error(page.say("mapping.twice", roles=[page.plain(f"role.{role}") for role in twice]))
        return
    changed = wanted != dict(report.columns)
    if st.button(page.say("mapping.read_again"), disabled=not changed, type="primary" if changed else "secondary", key="read_again"):
        read_again(wanted)


def _examples(report: ReadReport, place: int) -> str:
    cells = [line[place] for line in report.preview[1:] if place < len(line) and line[place].strip()]
    return " · ".join(dict.fromkeys(cells[: EXAMPLES * 2]))[:120]
