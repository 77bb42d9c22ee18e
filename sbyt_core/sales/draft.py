"""One reading of a workbook under given answers: sheets → tables → roles → money → lines.

A `Drafter` keeps the tables it has laid out, so that reading again with another answer costs only what that answer changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sbyt_core.errors import BadFile
from sbyt_core.sales.columns.amount_column import vat_differs
from sbyt_core.sales.columns.amounts import read_amounts, tell_unread, with_rows
from sbyt_core.sales.columns.attributes import client_attributes
from sbyt_core.sales.columns.profit import profit_of
from sbyt_core.sales.columns.roles import Roles, assign_roles
from sbyt_core.sales.formats.grid import Grid, Workbook
from sbyt_core.sales.identity.names import Clients
from sbyt_core.sales.identity.spellings import one_identity
from sbyt_core.sales.kept_rows import keep_rows
from sbyt_core.sales.layout.layout import lay_out
from sbyt_core.sales.layout.sheets import choose_sheets
from sbyt_core.sales.lines import build_lines, currency_rows, doubled_rows, read_days, signed, won_rows
from sbyt_core.sales.period import Period
from sbyt_core.sales.rows import select_lines
from sbyt_core.sales.table import QUESTIONS, Findings, Table

_LAYOUT_QUESTIONS = ("no_header", "hierarchy_unclear", "pivot_layout")
TOTAL_SLACK = 0.05  # money: lines may be this far from the file's own total by rounding


@dataclass(frozen=True)
class Part:
    """What one sheet gives. counted: revenue of the rows that the file's own total covers; merged: codes that joined spellings."""

    table: Table
    roles: Roles
    lines: pd.DataFrame
    spellings: pd.DataFrame
    merged: tuple[str, ...]
    keep: np.ndarray
    control: float | None
    counted: float
    monthly: bool


@dataclass(frozen=True)
class Draft:
    """A reading: lines of all its sheets, what was found, the file's own total (None without one)."""

    parts: tuple[Part, ...]
    lines: pd.DataFrame
    spellings: pd.DataFrame
    findings: Findings

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables read."""
        return tuple(part.table for part in self.parts)

    @property
    def roles(self) -> Roles:
        """Roles of the first table."""
        return self.parts[0].roles

    @property
    def levels(self) -> tuple[str, ...]:
        """Headers that a hierarchy was spread over."""
        return tuple(self.parts[0].table.roles.values())

    @property
    def control(self) -> float | None:
        """The file's own total over all sheets; None where a sheet states none."""
        totals = [part.control for part in self.parts]
        return None if any(total is None for total in totals) else float(sum(total for total in totals if total is not None))

    @property
    def counted(self) -> float:
        """Revenue of the rows that the file's own total covers."""
        return float(sum(part.counted for part in self.parts))

    @property
    def stated(self) -> Period | None:
        """The period that the sheets name, from the earliest to the latest."""
        periods = [part.table.stated for part in self.parts if part.table.stated]
        return Period(min(p.start for p in periods), max(p.end for p in periods)) if len(periods) == len(self.parts) else None

    @property
    def monthly(self) -> bool:
        """Whether months stand for days."""
        return any(part.monthly for part in self.parts)

    def attributes(self) -> pd.DataFrame:
        """Columns without a role that are constant for a client."""
        ends = np.cumsum([len(part.lines) for part in self.parts])
        keys = [self.lines["client_key"].iloc[end - len(part.lines) : end] for part, end in zip(self.parts, ends, strict=True)]
        return client_attributes([(part.table, part.roles, part.keep, own) for part, own in zip(self.parts, keys, strict=True)])


class Drafter:
    """Reads one workbook with one mapping as often as answers are tried."""

    def __init__(self, book: Workbook, sheet: str | None, mapping: Mapping[str, str]) -> None:
        self._book, self._sheet, self._mapping = book, sheet, mapping
        self._laid: dict[tuple, tuple[Table, Findings]] = {}

    def draft(self, answers: Mapping[str, str]) -> Draft:
        """The reading under these answers. Raises BadFile and BadInput as `read_sales_bytes`."""
        findings = Findings(answers)
        grids = choose_sheets(self._book, self._sheet, findings)
        parts = []
        for grid in grids:
            try:
                parts.append(self._part(grid, answers, findings))
            except BadFile as fault:  # a month that has not begun yet has a header and no rows
                if fault.code != "no_rows" or len(grids) == 1:
                    raise
        if not any(len(part.lines) for part in parts):
            raise BadFile("no_rows")
        if len(parts) == 1:
            return Draft(tuple(parts), parts[0].lines, parts[0].spellings, findings)
        lines, clients = one_identity([(part.lines, part.spellings) for part in parts])
        between = sorted(set(clients.merged) - {code for part in parts for code in part.merged})
        if between:
            findings.tell("possible_duplicates", value=between[0], count=len(between))
        return Draft(tuple(parts), lines, clients.spellings, findings)

    def _part(self, grid: Grid, answers: Mapping[str, str], findings: Findings) -> Part:
        table = self._lay_out(grid, answers, findings)
        for reason, rows in table.left_out.items():
            findings.skip(reason, rows)
        if table.hidden_rows:
            findings.tell("hidden_rows", sheet=table.sheet, count=table.hidden_rows)
            hidden = grid.sheet_rows()[np.asarray(grid.hidden_rows, dtype=bool)]
            findings.kept += keep_rows("hidden_rows", table, np.isin(table.rows, hidden))
        if table.hidden_columns:
            findings.tell(
                "hidden_columns", severity="note", sheet=table.sheet, value=", ".join(table.hidden_columns), count=len(table.hidden_columns)
            )
        roles = assign_roles(table, self._mapping)
        amounts, roles = read_amounts(table, roles, findings)
        selection = select_lines(table, roles, amounts)
        lines = selection.lines
        for reason in sorted({reason for reason in selection.reasons if reason}):
            rows = selection.reasons == reason
            findings.skip(reason, int(rows.sum()))
            if reason != "blank":
                findings.kept += keep_rows(f"skipped.{reason}", table, rows)
        control = table.control.get(roles["revenue"].header) if "revenue" in roles and table.control else selection.control
        counted = float(np.nansum(amounts.revenue[lines]))
        if (
            control
            and findings.answers.get("hierarchy_unclear") != "flat"
            and any(abs(counted - k * control) <= TOTAL_SLACK for k in (2, 3, 4))
        ):
            raise BadFile("hierarchy_unclear")  # every sale stands there twice or more: groups were taken for sales
        if control is not None and abs(counted - control) > max(TOTAL_SLACK, 1e-6 * abs(control)):
            findings.tell("total_mismatch", sheet=table.sheet, value=f"{control:.2f}")
        tell_unread(table, roles, lines, findings)
        for reason, kept in (
            ("not_won", won_rows(table, roles, lines, findings)),
            ("other_currency", currency_rows(amounts, lines, findings)),
        ):
            findings.skip(reason, int((lines & ~kept).sum()))
            findings.kept += keep_rows(f"skipped.{reason}", table, lines & ~kept)
            lines = lines & kept
        dated = read_days(table, roles, lines, findings)
        revenue, profit, quantity, returns = signed(table, roles, amounts, lines, findings)
        doubled = doubled_rows(table, roles, lines, findings)
        findings.skip("duplicate", int((lines & doubled).sum()))
        findings.kept += keep_rows("skipped.duplicate", table, lines & doubled)
        lines = lines & ~doubled
        amounts = with_rows(amounts, revenue=revenue, profit=profit, quantity=quantity)
        if not amounts.has_profit:
            answer = findings.ask("no_profit", QUESTIONS["no_profit"], "by_revenue", free="margin_")
            amounts = with_rows(amounts, revenue=revenue, profit=profit_of(pd.Series(revenue), answer).to_numpy(), quantity=quantity)
        elif vat_differs(roles, amounts.revenue, amounts.profit, amounts.cost):
            findings.tell("vat_basis", sheet=table.sheet, column=roles["revenue"].header)
        bad = dated.bad & lines
        if bad.any() and not (np.isnat(dated.days) | ~lines).all():
            column = roles.get("date")
            first = int(np.flatnonzero(bad)[0])
            value = (column.label(first)[:60] or None) if column is not None else None
            header = column.header if column is not None else None
            findings.kept += keep_rows("bad_dates", table, bad)
            findings.tell("bad_dates", count=int(bad.sum()), sheet=table.sheet, row=int(table.rows[first]), column=header, value=value)
        built, clients = build_lines(table, roles, amounts, dated, returns, lines)
        if clients.merged:
            findings.tell("possible_duplicates", value=clients.merged[0], count=len(clients.merged))
            findings.kept += keep_rows("possible_duplicates", table, _spellings(roles, lines, clients))
        return Part(table, roles, built, clients.spellings, clients.merged, lines, control, counted, dated.monthly)

    def _lay_out(self, grid: Grid, answers: Mapping[str, str], findings: Findings) -> Table:
        relevant = {code: answers[code] for code in _LAYOUT_QUESTIONS if code in answers}
        key = (grid.name, tuple(sorted(relevant.items())))
        if key not in self._laid:
            own = Findings(relevant)
            self._laid[key] = lay_out(grid, own), own
        table, own = self._laid[key]
        findings.take(own)
        return table


def _spellings(roles: Roles, lines: np.ndarray, clients: Clients) -> np.ndarray:
    """bool a row: the first line of each spelling of the clients that a code joined."""
    rows = np.flatnonzero(lines)
    spelled = pd.DataFrame({"key": clients.key.to_numpy(), "name": roles["client"].labels()[lines].to_numpy()}).dropna()
    first = spelled[spelled["key"].isin(clients.merged)].drop_duplicates()
    found = np.zeros(len(lines), dtype=bool)
    found[rows[first.index.to_numpy()]] = True
    return found
