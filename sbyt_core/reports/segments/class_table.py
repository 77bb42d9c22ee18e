"""The table of classes: A, B, C, what they are together, the new, the money of nobody, and the period's total.

Shares are of the classed clients (METHOD §3), sums and shares are formulas with their values beside, so that they can be
checked on the sheet. The period's total is that of the client table: classes + new + collective clients outside the classes +
lines without a client. A figure that the base does not know leaves its cell empty; a column that nobody knows is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from xlsxwriter.utility import xl_rowcol_to_cell

from sbyt_core.reports.kit.book import HEADER_HEIGHT, MARKS, Sheet

CLASSES = ("A", "B", "C")
PER_HOUR = "profit_per_hour"  # of the clients whose hours are known: no sum of the column means anything
SUM_DIGITS = 6  # money is kept to so many decimals


@dataclass(frozen=True)
class Column:
    """A column: header code `report.column.CODE`, number format, width; share_of: the column that it is the share of."""

    code: str
    number: str
    width: float
    share_of: str | None = None


@dataclass(frozen=True)
class Row:
    """A row: name, figures by column code, colour of its mark; shares: whether it has any; sums: first and last row it sums."""

    name: str
    figures: Mapping[str, float | None]
    mark: str | None = None
    strategy: str | None = None
    shares: bool = False
    sums: tuple[int, int] | None = None


def table_columns(*, has_profit: bool, has_net: bool, has_hours: bool = False) -> tuple[Column, ...]:
    """The columns of a base that knows its profit, its net profit, the hours that its clients took, or not."""
    columns = [Column("clients", "whole", 10), Column("clients_share", "percent", 10, "clients")]
    columns += [Column("revenue", "money", 18), Column("revenue_share", "percent", 10, "revenue")]
    if has_profit:
        columns += [Column("profit", "money", 17), Column("profit_share", "percent", 10, "profit"), Column("margin", "percent", 10)]
    if has_net:
        columns += [Column("net_profit", "money", 17), Column("net_profit_share", "percent", 10, "net_profit")]
    columns += [Column("documents", "whole", 11), Column("hours", "decimal", 10)]
    if has_hours:
        columns += [Column("hours_spent", "decimal", 12), Column(PER_HOUR, "money", 16)]
    return tuple(columns)


class ClassTable:
    """The table on a sheet, from its current row on."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column]) -> None:
        self.sheet = sheet
        self.columns = tuple(columns)
        self.place = {column.code: index for index, column in enumerate(columns, start=1)}
        self.last = len(columns) + 1
        self.classed = (0, 0)  # first and last row of the classes
        self.whole: dict[str, float | None] = {}  # sums over the classes

    def write(self, summary: pd.DataFrame, *, names: Mapping[str, str], strategies: Mapping[str, str], outside: Sequence[Row] = ()) -> None:
        """Header, classes, their total, the new and the rows outside. summary: index A, B, C, new; figures by column code."""
        book = self.sheet.book
        labels = [book.label(column.code, money=column.number == "money") for column in self.columns]
        self.sheet.header([book.label("segment"), *labels, book.label("strategy")], numbers=range(1, self.last), height=HEADER_HEIGHT)
        self.classed = (self.sheet.row, self.sheet.row + len(CLASSES) - 1)
        classed = summary.loc[list(CLASSES)].sum(min_count=1)
        self.whole = {code: _known(classed[code]) for code in classed.index}
        for name in CLASSES:
            self._row(Row(names[name], summary.loc[name], MARKS[name], strategies[name], shares=True))
        self._row(Row(book.speech("report.classed"), classed, shares=True, sums=self.classed))
        self._row(Row(names["new"], summary.loc["new"], MARKS["new"], strategies["new"]))
        for row in outside:
            self._row(row)

    def total(self, name: str, figures: Mapping[str, float | None]) -> None:
        """The total of all rows so far, each counted once: it begins at the row of the classed."""
        self._row(Row(name, figures, sums=(self.classed[1] + 1, self.sheet.row - 1)))

    def _row(self, row: Row) -> None:
        look = "total" if row.sums else "plain"
        mark: dict[str, Any] = {"left": 5, "left_color": row.mark} if row.mark else {}
        self.sheet.put(0, row.name, look, align="left", indent=1, **mark)
        for column in self.columns:
            self._cell(row, column, look)
        self.sheet.put(self.last, row.strategy, look, align="left", indent=1)
        self.sheet.down()

    def _cell(self, row: Row, column: Column, look: str) -> None:
        at = self.place[column.code]
        known = _known(row.figures.get(column.code))
        if column.share_of is not None:
            if row.shares:
                self._ratio(
                    at, self._here(column.share_of), self._classed(column.share_of), self._share(row, column.share_of), look, column
                )
            else:
                self.sheet.put(at, None, look)
        elif column.code == "margin":
            profit, revenue = _known(row.figures.get("profit")), _known(row.figures.get("revenue"))
            value = profit / revenue if profit is not None and revenue is not None and revenue > 0 else None
            if profit is None:
                self.sheet.put(at, None, look)
            else:
                self._ratio(at, self._here("profit"), self._here("revenue"), value, look, column)
        elif column.code == PER_HOUR:
            self.sheet.put(at, None if row.sums else known, look, column.number)
        elif row.sums and known is not None:
            first, last = (xl_rowcol_to_cell(line, at) for line in row.sums)
            self.sheet.formula(at, f"=SUM({first}:{last})", round(known, SUM_DIGITS), look, column.number)
        else:
            self.sheet.put(at, known, look, column.number)

    def _ratio(self, at: int, part: str, whole: str, value: float | None, look: str, column: Column) -> None:
        self.sheet.formula(at, f'=IF({whole}>0,{part}/{whole},"")', value, look, column.number)

    def _here(self, code: str) -> str:
        return xl_rowcol_to_cell(self.sheet.row, self.place[code])

    def _classed(self, code: str) -> str:
        first, last = (xl_rowcol_to_cell(line, self.place[code], row_abs=True) for line in self.classed)
        return f"SUM({first}:{last})"

    def _share(self, row: Row, code: str) -> float | None:
        part, whole = _known(row.figures.get(code)), self.whole.get(code)
        return part / whole if part is not None and whole is not None and whole > 0 else None


def _known(value: float | None) -> float | None:
    return None if value is None or value != value else float(value)
