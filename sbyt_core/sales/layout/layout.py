"""A sheet of any layout → one flat table.

Flat tables stay as they are (cells merged downwards are filled). Months across are folded down, hierarchies in one column are spread
over columns; a table that lies on its side is refused by name. Texts above the header give the period that the report states.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.grid import Grid
from sbyt_core.sales.layout import hierarchy, measures, sections, wide
from sbyt_core.sales.layout.header import Header, find_header, headless, letter, looks_like_data
from sbyt_core.sales.layout.months import join_year_and_month
from sbyt_core.sales.layout.stated import stated_period
from sbyt_core.sales.table import QUESTIONS, Findings, Table
from sbyt_core.sales.values.column import EMPTY, TEXT, Column, kind_of, show
from sbyt_core.sales.vocabulary import NUMBER_ROLES, squeeze, strong_role


def lay_out(grid: Grid, findings: Findings) -> Table:
    """The flat table of a sheet.

    Raises BadFile: no_table_found, no_rows, no_client_column (a table on its side). Asks no_header, hierarchy_unclear, pivot_layout.
    """
    header = find_header(grid)
    if header is None:
        header = _without_header(grid, findings)
    table = _flat(grid, header)
    if not len(table.rows):
        raise BadFile("no_rows")
    _refuse_transposed(table)
    table = measures.spread_measures(table)
    table = hierarchy.spread(sections.fill_sections(table), header, grid, findings)
    return wide.fold(table) if wide.is_wide(table) else join_year_and_month(table)


def _without_header(grid: Grid, findings: Findings) -> Header:
    if not looks_like_data(grid):
        raise BadFile("no_table_found")
    first = next((grid.row(i) for i in range(grid.n_rows) if any(kind_of(cell) != EMPTY for cell in grid.row(i))), [])
    example = " | ".join(show(cell)[:40] for cell in first if cell is not None)
    answer = findings.ask("no_header", QUESTIONS["no_header"], "first_row_is_data", example)
    return headless(grid, answer == "first_row_is_header")


def _flat(grid: Grid, header: Header) -> Table:
    columns = []
    hidden, hollow = [], []
    for j in range(grid.n_columns):
        name = header.names[j] if j < len(header.names) else ""
        column = Column(
            name or letter(j),
            _filled_down(grid, j, header.body),
            header.parts[j] or (letter(j),),
            grid.currency_formats.get(j),
            grid.words(j, header.body),
        )
        if not name and not (column.kinds != EMPTY).any():
            continue
        columns.append(column)
        if j in grid.hidden_columns:
            hidden.append(column.header)
        if j in grid.formula_gaps and not (column.kinds != EMPTY).any():
            hollow.append(column.header)
    titles = tuple(squeeze(show(cell)) for i in range(min(header.first, 80)) for cell in grid.row(i) if kind_of(cell) != EMPTY)
    hidden_rows = int(np.asarray(grid.hidden_rows)[header.body :].sum()) if grid.hidden_rows is not None else 0
    return Table(
        sheet=grid.name,
        columns=tuple(columns),
        rows=grid.sheet_rows()[header.body :],
        header_row=grid.sheet_row(header.first if header.levels else header.last) if header.last >= header.first else None,
        titles=titles,
        stated=stated_period(titles),
        formulas_without_values=grid.formulas_without_values,
        hollow_columns=frozenset(hollow),
        hidden_rows=hidden_rows,
        hidden_columns=tuple(hidden),
    )


def _filled_down(grid: Grid, j: int, body: int) -> np.ndarray | pd.Series:
    """The cells of a column below the header; a cell merged downwards counts for every row that it covers."""
    cells = grid.column(j, body)
    spans = [(r0, r1) for r0, c0, r1, c1 in grid.merged if c0 <= j <= c1 and r1 > r0 and r1 >= body and c0 == j]
    if not spans or isinstance(cells, pd.Series):
        return cells
    cells = cells.copy()
    for r0, r1 in spans:
        source = grid.cell(r0, j)
        if kind_of(source) == TEXT:
            cells[max(r0, body) - body : r1 + 1 - body] = source
    return cells


def _refuse_transposed(table: Table) -> None:
    """Clients across and measures down: the first column names measures, every cell of it, each once."""
    first = table.columns[0]
    if len(table.columns) < 3 or len(table.rows) > 40:
        return
    roles = [strong_role(str(text)) for text in first.uniques]
    if all(roles) and len(set(roles) & NUMBER_ROLES) >= 2 and len(roles) == len(first):
        raise BadFile("no_client_column", headers=list(table.headers[:12]))
