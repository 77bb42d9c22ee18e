"""What leaves the program: workbooks made when asked for, named after company, content and day."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from sbyt_core.reports import segments_workbook
from sbyt_core.segments import segment
from sbyt_core.store import Project
from sbyt_core.ui import cached, drafts
from sbyt_core.ui.page import Page

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def segments_download(page: Page) -> None:
    """The segment list as a workbook."""
    st.download_button(
        page.say("export.segments"),
        data=_segments(page),
        file_name=file_name(page, page.project, "segments", "xlsx"),
        mime=XLSX,
        icon=":material/download:",
        on_click="ignore",
        key="download_segments",
    )


def file_name(page: Page, project: Project | None, content: str, ending: str) -> str:
    """Company – content – day.ending, without what file systems do not take."""
    company = re.sub(r'[\\/:*?"<>|\x00-\x1f]+', " ", project.name if project else "").strip(" .")[:80]
    return f"{company} – {page.plain(f'export.file.{content}')} – {now():%Y-%m-%d}.{ending}"


def now() -> datetime:
    """The time at the user's screen."""
    try:
        return datetime.now(ZoneInfo(st.context.timezone or "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return datetime.now(ZoneInfo("UTC"))


def _segments(page: Page) -> Callable[[], bytes]:
    """Captures everything now: the callable runs in another thread, where the session is not to be had."""
    criteria, book, made_at = drafts.criteria(page).now, drafts.book(page), now()
    store, data, project, lang = page.store, page.data, page.project, page.plain.lang

    def make() -> bytes:
        clients = cached.clients(store, data)  # type: ignore[arg-type]
        sales = cached.sales(store, data)  # type: ignore[arg-type]
        return segments_workbook(
            segment(clients, criteria),
            book,
            lang=lang,
            project_name=project.name,  # type: ignore[union-attr]
            made_at=made_at,
            report=sales.report,
        )

    return make
