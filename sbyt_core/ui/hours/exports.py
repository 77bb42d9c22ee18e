"""Files of the hours plan: its workbook, contacts of all managers in one zip, and one manager's list and calendar.

The callables run in another thread at the click, so they capture everything first.
"""

from __future__ import annotations

from datetime import UTC, date
from functools import partial

import pandas as pd
import streamlit as st

from sbyt_core.reports import call_lists_zip, calls_calendar, hours_workbook, manager_calls_workbook
from sbyt_core.reports.kit.clean import file_name
from sbyt_core.strategies.plan import HoursPlan
from sbyt_core.ui import exports
from sbyt_core.ui.page import Page

ICS = "text/calendar"


def plan_download(page: Page, plan: HoursPlan) -> None:
    """The plan as a workbook."""
    made_at, lang, currency, name = exports.now(), page.plain.lang, page.currency, page.project.name  # type: ignore[union-attr]
    exports.download(
        page,
        "hours",
        "xlsx",
        exports.XLSX,
        lambda _: hours_workbook(plan, lang=lang, project_name=name, made_at=made_at, currency=currency),
    )


def calls_download(page: Page, plan: HoursPlan, start: date, country: str) -> None:
    """Contacts of all managers: a workbook and a calendar each, in one zip."""
    made_at, lang, currency, name = exports.now(), page.plain.lang, page.currency, page.project.name  # type: ignore[union-attr]
    exports.download(
        page,
        "calls",
        "zip",
        exports.ZIP,
        lambda _: call_lists_zip(plan, start=start, country=country, lang=lang, project_name=name, made_at=made_at, currency=currency),
    )


def manager_downloads(page: Page, plan: HoursPlan, manager: str, calls: pd.DataFrame, start: date, country: str) -> None:
    """One manager's list by week, and the same as a calendar."""
    made_at, lang, currency, company = exports.now(), page.plain.lang, page.currency, page.project.name  # type: ignore[union-attr]
    name = file_name(manager)
    book = partial(
        manager_calls_workbook,
        plan,
        manager,
        start=start,
        country=country,
        lang=lang,
        project_name=company,
        made_at=made_at,
        currency=currency,  # type: ignore[union-attr]
    )
    calendar = partial(calls_calendar, plan, calls, manager=manager, lang=lang, made_at=made_at.astimezone(UTC), currency=currency)
    st.download_button(
        page.say("calls.download.list"), book, f"{name}.xlsx", exports.XLSX, on_click="ignore", key="calls_list", icon=":material/download:"
    )
    st.download_button(
        page.say("calls.download.calendar"), calendar, f"{name}.ics", ICS, on_click="ignore", key="calls_ics", icon=":material/event:"
    )
