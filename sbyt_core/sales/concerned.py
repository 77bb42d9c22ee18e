"""The rows behind a warning or a reason to leave rows out, for whoever wants to see them.

What the reading kept is shown as the file shows it; what the lines themselves tell (no client, no profit, the unfinished month) is found in
the lines. A warning about the whole table (months for days, too few clients) has no rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from sbyt_core.errors import Problem
from sbyt_core.sales.model import KeptRow, ReadReport, SalesData

PLACE = ["sheet", "row"]  # first columns of every table of rows
_SHOWN = ["client", "client_code", "date", "document", "item", "manager", "quantity", "revenue", "profit", "discount"]


@dataclass(frozen=True)
class Rows:
    """Rows to look at. table: sheet, row, then headers of the file (as_read) or columns of the lines; total: how many there are in all."""

    table: pd.DataFrame
    total: int
    as_read: bool


def has_rows(report: ReadReport, problem: Problem) -> bool:
    """Whether a warning is about rows that can be looked at, told without looking for them."""
    if problem.code == "total_mismatch":
        return any(row.about.startswith("skipped.") for row in report.kept_rows)
    return problem.code in _IN_LINES or any(row.about in _about(problem) for row in report.kept_rows)


def rows_of_problem(sales: SalesData, problem: Problem) -> Rows | None:
    """The rows that a warning is about; None where it is about no rows in particular."""
    kept = [row for row in sales.report.kept_rows if row.about in _about(problem) and problem.sheet in (None, row.sheet)]
    if kept:
        return _as_read(kept, sales.report, problem.count)
    if problem.code == "total_mismatch":
        left_out = [row for row in sales.report.kept_rows if row.about.startswith("skipped.")]
        return _as_read(left_out, sales.report, len(left_out)) if left_out else None
    find = _IN_LINES.get(problem.code)
    if find is None:
        return None
    lines = sales.lines
    if problem.sheet is not None and (lines["sheet"] == problem.sheet).any():
        lines = lines[lines["sheet"] == problem.sheet]
    found = lines[find(lines, problem)]
    return _of_lines(found) if len(found) else None


def rows_of_reason(report: ReadReport, reason: str) -> Rows | None:
    """The first rows left out by a reason; None where none were kept (blank rows, groups of a hierarchy)."""
    kept = [row for row in report.kept_rows if row.about == f"skipped.{reason}"]
    return _as_read(kept, report, int(report.skipped.get(reason, len(kept)))) if kept else None


def rows_of_client(sales: SalesData, client_key: str) -> Rows:
    """The lines that the figures of a client are made of, the latest first."""
    own = sales.lines[sales.lines["client_key"] == client_key]
    return _of_lines(own.sort_values(["date", "sheet", "row"], ascending=[False, True, True], na_position="last", kind="stable"))


def _about(problem: Problem) -> tuple[str, str]:
    return problem.code, f"{problem.code}:{problem.column}"


def _as_read(kept: list[KeptRow], report: ReadReport, total: int) -> Rows:
    width = max(len(row.cells) for row in kept)
    headers = list(report.headers[:width]) + [str(place + 1) for place in range(len(report.headers), width)]
    names = _distinct([*PLACE, *headers])
    cells = [[row.sheet, row.row, *row.cells, *[""] * (width - len(row.cells))] for row in kept]
    return Rows(pd.DataFrame(cells, columns=names), max(total, len(kept)), True)


def _of_lines(lines: pd.DataFrame) -> Rows:
    known = [name for name in _SHOWN if lines[name].notna().any() or name in ("client", "date", "revenue", "profit")]
    table = lines[[*PLACE, *known]].reset_index(drop=True)
    texts = table.select_dtypes("str").columns
    return Rows(table.assign(**{name: table[name].fillna("") for name in texts}), len(lines), False)


def _distinct(names: list[str]) -> list[str]:
    """Names with a number behind every later one that repeats."""
    seen: dict[str, int] = {}
    result = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return result


def _last_month(lines: pd.DataFrame, _: Problem) -> pd.Series:
    months = lines["date"].dt.to_period("M")
    return months == months.max()


def _bought_once(lines: pd.DataFrame, _: Problem) -> pd.Series:
    by = "document" if lines["document"].notna().any() else "date"
    return lines["client_key"].notna() & (lines.groupby("client_key")[by].transform("nunique") <= 1)


_IN_LINES: dict[str, Callable[[pd.DataFrame, Problem], pd.Series]] = {
    "unassigned_client": lambda lines, _: lines["client_key"].isna(),
    "aggregate_client": lambda lines, _: lines["aggregate"],
    "missing_profit": lambda lines, _: lines["profit"].isna() & lines["revenue"].notna(),
    "unit_mismatch": lambda lines, _: lines["profit"] > lines["revenue"],
    "bad_dates": lambda lines, _: lines["date"].isna(),
    "partial_period": _last_month,
    "concentration": lambda lines, problem: lines["client"] == problem.value,
    "discount_scale": lambda lines, _: lines["discount"].notna(),
    "frequency_not_informative": _bought_once,
}
