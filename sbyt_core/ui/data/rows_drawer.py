"""Rows behind a warning, a reason or a client: the place in the file first, then what stands there; taken away as xlsx."""

from __future__ import annotations

from typing import Any

import streamlit as st

from sbyt_core.errors import Problem
from sbyt_core.reports import rows_workbook
from sbyt_core.sales.concerned import PLACE, Rows, rows_of_client, rows_of_problem
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.speak import problem_text
from sbyt_core.ui import exports
from sbyt_core.ui.page import Page

ON_SCREEN = 500  # rows that leave the server at once; the workbook has them all


def of_problem(page: Page, sales: SalesData, problem: Problem) -> None:
    """Open the rows that a warning is about."""
    found = rows_of_problem(sales, problem)
    if found is not None:
        _open(page, found, problem_text(page.plain, problem))


def of_reason(page: Page, reason: str, found: Rows) -> None:
    """Open the rows left out by a reason."""
    _open(page, found, page.plain.capital(page.plain(f"skipped.{reason}", n=found.total)))


def of_client(page: Page, sales: SalesData, client_key: str, name: str) -> None:
    """The lines that a client's figures are made of, folded, in whatever is open."""
    found = rows_of_client(sales, client_key)
    with st.expander(page.say("rows.of_client", n=found.total), icon=":material/table_rows:", key="client_rows"):
        _table(page, found, name, "client")


def _open(page: Page, found: Rows, title: str) -> None:
    @st.dialog(page.say("rows.title"), width="large")
    def show() -> None:
        st.markdown(page.say("rows.about", text=title))
        _table(page, found, title, "concerned")

    show()


def _table(page: Page, found: Rows, title: str, key: str) -> None:
    shown = found.table.head(ON_SCREEN)
    if len(shown) < found.total:
        st.caption(page.say("rows.first", n=len(shown), total=found.total))
    st.dataframe(shown, hide_index=True, key=f"{key}_rows_table", column_config=_columns(page, found))
    lang, currency, made_at = page.plain.lang, page.currency, exports.now()
    st.download_button(
        page.say("rows.download"),
        data=lambda: rows_workbook(found.table, title=title, as_read=found.as_read, lang=lang, currency=currency, made_at=made_at),
        file_name=exports.file_name(page, page.project, "rows", "xlsx"),
        mime=exports.XLSX,
        icon=":material/download:",
        on_click="ignore",
        key=f"{key}_rows_download",
    )


def _columns(page: Page, found: Rows) -> dict[str, Any]:
    config = st.column_config
    columns: dict[str, Any] = {
        PLACE[0]: config.TextColumn(page.plain("rows.sheet"), pinned=True),
        PLACE[1]: config.NumberColumn(page.plain("rows.row"), pinned=True, format="%d"),
    }
    if not found.as_read:
        for name in found.table.columns[len(PLACE) :]:
            label = page.plain(f"role.{name}")
            if name == "date":
                columns[name] = config.DateColumn(label, format="DD.MM.YYYY" if page.plain.lang == "ru" else "D MMM YYYY")
            elif found.table[name].dtype.kind == "f":
                columns[name] = config.NumberColumn(label, format="localized", step=0.01)
            else:
                columns[name] = config.TextColumn(label)
    return columns
