"""What leaves the program: files made when asked for, named after company, content and day.

A small base is made at the click; above `PREPARE_ROWS` clients the file is prepared first, under a progress text, and then taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from sbyt_core.reports import criteria_sheet_docx, manager_zip, segments_workbook
from sbyt_core.segments import Segmentation
from sbyt_core.store import Project
from sbyt_core.ui import cached, drafts
from sbyt_core.ui.page import Page
from sbyt_core.ui.progress import Bar
from sbyt_core.ui.workspace import Workspace

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP = "application/zip"
PREPARE_ROWS = 20_000  # clients; making more takes seconds, in which a click must not seem lost


Told = Callable[[float], None] | None
_MADE = "_made_files"  # content → what it was made of, and the file


def segments_download(page: Page, work: Workspace, result: Segmentation) -> None:
    """The segment list as a workbook, with what the draft would move."""
    download(page, "segments", "xlsx", XLSX, _segments(page, work, result), of=_contents(page, work, result))


def lists(page: Page, work: Workspace, result: Segmentation) -> None:
    """The segment list as a workbook, and a workbook a manager in one zip, where the file names managers."""
    segments_download(page, work, result)
    if result.ranking.choices("manager")[1]:
        download(page, "managers", "zip", ZIP, _managers(page, work, result), of=_contents(page, work, result))


def criteria_sheet_download(page: Page, work: Workspace, result: Segmentation) -> None:
    """The criteria on one page, to be said by heart."""
    download(page, "criteria", "docx", DOCX, _criteria(page, work, result))


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


def _contents(page: Page, work: Workspace, result: Segmentation) -> tuple | None:
    """What a large file is made of, so that a prepared one is offered as long as it is still true; None: a small one."""
    if len(result.final) <= PREPARE_ROWS:
        return None
    version = work.agreed.version.id if work.agreed else None
    shown = () if work.beside is None else tuple(work.beside.columns)
    return (result.clients, result.criteria, result.overrides, version, shown, work.decisions, page.plain.lang, drafts.book(page))


def download(page: Page, content: str, ending: str, mime: str, make: Callable[[Told], bytes], *, of: tuple | None = None) -> None:
    """The button that makes the file at the click; where `of` is told, it is prepared first and kept while that stays the same."""
    data: Callable[[], bytes] | bytes = partial(make, None)
    if of is not None:
        files = st.session_state.setdefault(_MADE, {})
        if content not in files or files[content][0] != of:
            if not st.button(page.say(f"export.prepare.{content}"), key=f"prepare_{content}"):
                return
            with Bar(page.say("export.preparing")) as bar:
                files[content] = (of, make(bar.told))
            st.rerun()
        data = files[content][1]
    st.download_button(
        page.say(f"export.{content}"),
        data=data,
        file_name=file_name(page, page.project, content, ending),
        mime=mime,
        icon=":material/download:",
        on_click="ignore",
        key=f"download_{content}",
    )


# The callables below run in another thread, where the session is not to be had: they capture everything first.


def _segments(page: Page, work: Workspace, result: Segmentation) -> Callable[[Told], bytes]:
    book, made_at, lang, currency = drafts.book(page), now(), page.plain.lang, page.currency
    name, report = page.project.name, cached.report(page.store, page.data)  # type: ignore[union-attr, arg-type]
    held = work.agreed
    agreed = held is not None and held.segmentation is result
    before = None if held is None or agreed else held.segmentation
    beside, decisions = work.beside, list(work.decisions)
    facts, cost = (
        work.facts,
        work.cost if result.clients is work.clients else None,
    )  # an agreed version keeps the net profit it was agreed on

    def make(told: Told) -> bytes:
        return segments_workbook(
            result,
            book,
            lang=lang,
            project_name=name,
            author=held.version.approved_by or "" if held and agreed else "",
            made_at=made_at,
            currency=currency,
            criteria_name=held.version.name if held and agreed else None,
            report=report,
            before=before,
            attributes=beside,
            decisions=decisions,
            cost=cost,
            client_facts=facts,
            progress=told,
        )

    return make


def _managers(page: Page, work: Workspace, result: Segmentation) -> Callable[[Told], bytes]:
    book, made_at, lang, currency, name = drafts.book(page), now(), page.plain.lang, page.currency, page.project.name  # type: ignore[union-attr]
    beside = work.beside
    return lambda told: manager_zip(
        result, book, lang=lang, project_name=name, made_at=made_at, currency=currency, attributes=beside, progress=told
    )


def _criteria(page: Page, work: Workspace, result: Segmentation) -> Callable[[Told], bytes]:
    made_at, lang, currency, name = now(), page.plain.lang, page.currency, page.project.name  # type: ignore[union-attr]
    held = work.agreed
    owner = held.version.approved_by if held and held.segmentation is result else None
    return lambda _: criteria_sheet_docx(result, lang=lang, project_name=name, made_at=made_at, currency=currency, owner=owner)
