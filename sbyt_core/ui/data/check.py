"""What was read, in the order a bookkeeper checks it: the finding, four lights, warnings, rows left out."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from sbyt_core.errors import Problem
from sbyt_core.sales.concerned import has_rows, rows_of_reason
from sbyt_core.sales.model import ReadReport, SalesData
from sbyt_core.sales.speak import problem_hint, problem_text
from sbyt_core.ui import cached, frame, language
from sbyt_core.ui.data import rows_drawer
from sbyt_core.ui.frame import Light
from sbyt_core.ui.page import Page

CENT = 0.005  # money that agrees to the cent agrees


def finding(page: Page, sales: SalesData) -> str:
    """ "12 480 lines, 412 clients, 18 364 520 ₽, Jan 2023 – Dec 2025; agrees with the file's total"."""
    lines = sales.lines
    parts = [
        page.say("words.lines", n=len(lines)),
        page.say("words.clients", n=int(lines["client_key"].nunique())),
        page.money(float(lines["revenue"].sum())),
    ]
    if sales.period:
        parts.append(f"{page.plain.month(sales.period.start)} – {page.plain.month(sales.period.end)}")
    text = ", ".join(parts)
    total = sales.report.control_total
    if total is None:
        return text
    return text + "; " + page.say("check.agrees" if abs(total.difference) < CENT else "check.differs", money=page.money(total.difference))


def lights(page: Page, sales: SalesData) -> list[Light]:
    """Reconciliation, dates, profit, clients."""
    lines, report = sales.lines, sales.report
    total = report.control_total
    undated = int(lines["date"].isna().sum())
    no_profit = int(lines["profit"].isna().sum())
    unassigned = lines["client_key"].isna()
    agrees = total is None or abs(total.difference) < CENT
    return [
        Light(
            page.say("light.total"),
            page.money(float(lines["revenue"].sum())),
            page.say("light.total.none") if total is None else page.say("light.total.difference", money=page.money(total.difference)),
            None if total is None else agrees,
            page.say("light.total.mend"),
        ),
        Light(
            page.say("light.dates"),
            page.plain.num(len(lines) - undated),
            page.say("light.dates.limit", n=undated),
            undated == 0,
            page.say("light.dates.mend"),
        ),
        Light(
            page.say("light.profit"),
            page.money(float(lines["profit"].sum())) if sales.has_profit else page.say("light.profit.none"),
            page.say("light.profit.limit", n=no_profit),
            no_profit == 0,
            page.say("light.profit.mend"),
        ),
        Light(
            page.say("light.clients"),
            page.plain.num(lines["client_key"].nunique()),
            page.say("light.clients.limit", n=int(unassigned.sum()), money=page.money(float(lines.loc[unassigned, "revenue"].sum()))),
            not unassigned.any(),
            page.say("light.clients.mend"),
        ),
    ]


def show(page: Page, sales: SalesData) -> None:
    """Finding and lights, then what the user should know about the data, each with the rows it is about."""
    frame.finding(finding(page, sales))
    frame.lights(lights(page, sales))
    found = [problem for problem in sales.report.problems if problem.severity == "warning" and _holds(page, sales, problem)]
    if not found:
        return
    with st.container(border=True, gap="small", key="warnings"):
        for place, problem in enumerate(found):
            text, buttons = st.columns([5, 1], vertical_alignment="center")
            text.markdown(f":material/info: {_told(page, problem)}")
            with buttons:
                _lead(page, sales, problem, place)


def _lead(page: Page, sales: SalesData, problem: Problem, place: int) -> None:
    """To the rows that a warning is about, and to the clients that it asks about."""
    if has_rows(sales.report, problem) and st.button(page.say("rows.show"), key=f"warning_{place}", width="stretch"):
        rows_drawer.of_problem(page, sales, problem)
    if problem.code == "possible_duplicates":
        st.button(page.say("rows.pairs"), on_click=_go_to_clients, key=f"clients_{place}", width="stretch")


def _holds(page: Page, sales: SalesData, problem: Problem) -> bool:
    """Whether it still is so: clients may have been decided on since the file was read."""
    if problem.code == "aggregate_client":
        return bool(sales.lines["aggregate"].any())
    if problem.code == "possible_duplicates":
        return bool(cached.joined(page.store, page.data) or cached.pairs(page.store, page.data))  # type: ignore[arg-type]
    return True


def _go_to_clients() -> None:
    st.session_state["data_section"] = "clients"


def _told(page: Page, problem: Problem) -> str:
    """What was found, where, and how to mend it."""
    place = f" ({page.plain('check.place', sheet=problem.sheet or '', row=str(problem.row))})" if problem.row else ""
    text = f"{problem_text(page.plain, problem)}{place} {problem_hint(page.plain, problem)}"
    return language.escape(text)


def rows(page: Page, report: ReadReport) -> None:
    """Rows read = lines + rows left out by reason; the rows of a reason open at a click."""
    left_out = [(reason, n) for reason, n in report.skipped.items() if n]
    lines = report.rows_read - sum(n for _, n in left_out)
    with st.container(border=True, gap="small", key="skipped"):
        _count(page, page.say("check.rows_read"), report.rows_read)
        _count(page, page.say("check.lines"), lines)
        for reason, n in left_out:
            found = rows_of_reason(report, reason)
            _count(page, page.say(f"skipped.{reason}", n=n), n, reason if found else None)
            if found and st.session_state.pop(f"_open_{reason}", False):
                rows_drawer.of_reason(page, reason, found)
    st.caption(page.say("check.source", name=report.name, sheet=report.sheet, sha=report.sha256[:12]))


def _count(page: Page, label: str, n: int, reason: str | None = None) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{page.plain.num(n)}**", width=110, text_alignment="right")
        st.markdown(label, width="stretch")
        if reason:
            st.button(page.say("rows.show"), on_click=_open, args=(reason,), key=f"skipped_{reason}")


def _open(reason: str) -> None:
    st.session_state[f"_open_{reason}"] = True


def preview(page: Page, report: ReadReport) -> None:
    """The first lines as they stand in the file, over each column what it was taken for."""
    role_of = {header: page.plain(f"role.{role}") for role, header in report.columns.items()}
    labels = [page.plain("mapping.column", header=name, role=role_of[name]) if name in role_of else name for name in report.headers]
    width = len(labels)
    body = [[*line[:width], *[""] * (width - len(line))] for line in report.preview[1:]]
    st.markdown(page.say("check.preview", row=str(report.header_row or 1)))
    st.dataframe(
        pd.DataFrame(body, columns=[str(place) for place in range(width)]),
        hide_index=True,
        key="preview",
        column_config={str(place): st.column_config.TextColumn(label) for place, label in enumerate(labels)},
    )
