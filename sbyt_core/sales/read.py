"""A file of sales → `SalesData`: the whole way from bytes to lines, and what was asked on it.

One reading is a pure function of the workbook, the mapping and the answers. So what an answer leads to is found by reading once more
with that answer; columns and tables are read once and shared between the readings.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from sbyt_core.errors import ERRORS, BadFile, BadInput, SbytError
from sbyt_core.sales.checks import check_lines
from sbyt_core.sales.columns.profit import profit_of
from sbyt_core.sales.draft import Draft, Drafter
from sbyt_core.sales.formats.grid import Workbook
from sbyt_core.sales.formats.reader import read_workbook
from sbyt_core.sales.layout.wide import ACROSS
from sbyt_core.sales.model import Choice, ControlTotal, Question, ReadReport, SalesData
from sbyt_core.sales.period import Period, month_start
from sbyt_core.sales.table import SKIPPED
from sbyt_core.sales.values.column import error_text as shown
from sbyt_core.sales.vocabulary import ROLES

PREVIEW_ROWS = 10
PREVIEW_WIDTH = 200  # characters of a cell


def read_sales(
    path: str | Path,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    password: str | None = None,
) -> SalesData:
    """Read a file of sales in this process; see `read_sales_bytes`. Raises BadFile file_not_found as well."""
    try:
        data = Path(path).read_bytes()
    except OSError as fault:
        raise BadFile("file_not_found", path=str(path)) from fault
    return read_sales_bytes(data, name=Path(path).name, sheet=sheet, mapping=mapping, answers=answers, password=password)


def read_sales_bytes(
    data: bytes,
    *,
    name: str,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    password: str | None = None,
    progress: Callable[[float], None] | None = None,
) -> SalesData:
    """Read the bytes of a file of sales.

    name: for the report only, the format is told by content; mapping: role → header; answers: question → choice; progress: told the
    share done, 0 … 1. Raises BadFile (a file, or no table in it) and BadInput (a sheet, role, header or answer that does not exist).
    """
    book = read_workbook(data, password=password, sheet=sheet, progress=(lambda share: progress(0.8 * share)) if progress else None)
    sales = interpret(book, name=name, sha256=hashlib.sha256(data).hexdigest(), sheet=sheet, mapping=mapping, answers=answers)
    if progress:
        progress(1.0)
    return sales


def interpret(
    book: Workbook,
    *,
    name: str,
    sha256: str,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
) -> SalesData:
    """The sales of a workbook that is already read into grids."""
    mapping, answers = dict(mapping or {}), dict(answers or {})
    drafter = Drafter(book, sheet, mapping)
    draft = drafter.draft(answers)
    findings = draft.findings
    if book.hidden_sheets:
        findings.tell("hidden_sheets", severity="note", value=", ".join(book.hidden_sheets)[:200], count=len(book.hidden_sheets))
    check_lines(draft.lines, draft.stated, draft.monthly, findings)
    report = ReadReport(
        name=name,
        sha256=sha256,
        format=book.format,
        sheet=", ".join(table.sheet for table in draft.tables),
        header_row=draft.tables[0].header_row,
        columns={role: draft.roles[role].header for role in ROLES if role in draft.roles},
        headers=draft.tables[0].headers,
        rows_read=len(draft.lines) + sum(findings.skipped.values()),
        skipped={reason: findings.skipped[reason] for reason in SKIPPED if findings.skipped[reason]},
        control_total=None if draft.control is None else ControlTotal(draft.control, round(draft.counted - draft.control, 2)),
        problems=tuple(findings.problems),
        questions=tuple(_with_figures(question, draft, drafter, answers) for question in findings.questions.values()),
        sheets=book.sheet_names,
        preview=_preview(draft),
        shape=_hash("shape", book.format, [_lasting(table.headers) for table in draft.tables[:1]], _lasting(draft.levels)),
        kept_rows=tuple(findings.kept),
    )
    fingerprint = _hash(sha256, sheet, sorted(mapping.items()), sorted(answers.items()))
    return SalesData(draft.lines, fingerprint, report, _period(draft), draft.attributes(), draft.spellings)


def require_answers(sales: SalesData) -> None:
    """Raise the first open question that has no best reading, as BadInput with the question as its code."""
    for question in sales.report.open_questions:
        if question.best is None:
            raise BadInput(question.code, **({"example": question.example} if "example" in ERRORS[question.code] else {}))


def _with_figures(question: Question, draft: Draft, drafter: Drafter, answers: dict[str, str]) -> Question:
    """The question with the figures that each choice leads to."""
    holds = question.chosen if question.chosen is not None else question.best
    choices = []
    for choice in question.choices:
        lines: pd.DataFrame | None
        if choice.code == holds:
            lines = draft.lines
        elif question.code == "no_profit":
            lines = draft.lines.assign(profit=profit_of(draft.lines["revenue"], choice.code))
        else:
            try:
                lines = drafter.draft({**answers, question.code: choice.code}).lines
            except SbytError:
                lines = None
        choices.append(Choice(choice.code) if lines is None else Choice.leading_to(choice.code, lines))
    return replace(question, choices=tuple(choices))


def _period(draft: Draft) -> Period | None:
    if draft.stated is not None:
        return draft.stated
    days = draft.lines["date"].dropna()
    if days.empty:
        return None
    first: date = days.min().date()
    return Period(month_start(first) if draft.monthly else first, days.max().date())


def _preview(draft: Draft) -> tuple[tuple[str, ...], ...]:
    """The headers and the first rows of the first table, column by column as in `headers`."""
    table = draft.tables[0]
    columns = [[shown(cell)[:PREVIEW_WIDTH] for cell in column.first(PREVIEW_ROWS)] for column in table.columns]
    return (table.headers, *zip(*columns, strict=True))


def _lasting(headers: Iterable[str]) -> list[str]:
    """Headers without what next month's export has otherwise: numbers, and the periods that months across were called by."""
    return ["…" if ACROSS in header else re.sub(r"\d+", "#", header) for header in headers]


def _hash(*parts: object) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()
