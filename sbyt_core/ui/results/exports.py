"""The report for the owner as slides, a document and a workbook, made when asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from sbyt_core.reports.owner.report import owner_report
from sbyt_core.ui import exports
from sbyt_core.ui.exports import DOCX, XLSX
from sbyt_core.ui.page import Page
from sbyt_core.ui.results.data import Results

PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
KINDS = {"pptx": PPTX, "docx": DOCX, "xlsx": XLSX}


def show(page: Page, found: Results) -> None:
    """The slides are the next step; the document and the workbook stand beside them."""
    with st.container(horizontal=True):
        for shape, mime in KINDS.items():
            st.download_button(
                page.say(f"results.report.{shape}"),
                data=_make(page, found, shape),
                file_name=exports.file_name(page, page.project, "results", shape),
                mime=mime,
                icon=":material/download:",
                type="primary" if shape == "pptx" else "secondary",
                on_click="ignore",
                key=f"download_results_{shape}",
            )


def _make(page: Page, found: Results, shape: str) -> Callable[[], bytes]:
    """Runs in another thread, where the session is not to be had: it captures everything first."""
    outcome, lang, currency, name, made_at = found.outcome, page.plain.lang, page.currency, page.project.name, exports.now()  # type: ignore[union-attr]
    return lambda: owner_report(outcome, shape, lang=lang, project_name=name, made_at=made_at, currency=currency)
