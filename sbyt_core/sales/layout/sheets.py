"""Which sheets of a workbook hold the sales.

Visible sheets are judged by their header: a client and money must be named, more roles win, then more rows, then the earlier one.
Several sheets with the same headers in any order (a month or a branch a sheet) are one table in parts, also where a column or two differ
or other words name the same roles: `several_sheets` asks, "all_sheets" is the best reading, unless one of them is a copy or holds as much
money as all others together. A sheet of other columns that names client, day and other money than the best one is asked about too, and not
read until somebody says so.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.grid import Grid, Workbook
from sbyt_core.sales.layout.header import find_header, looks_like_data
from sbyt_core.sales.table import Findings
from sbyt_core.sales.values.column import EMPTY, Column, kind_of
from sbyt_core.sales.vocabulary import MONEY_ROLES, plain, role_scores

SHARED = 0.75  # of the headers of two sheets that make them one table
CLOSE = 0.02  # money: by how much sums of rounded figures may differ, a sheet
COMPARED_ROWS = 50  # first rows of two sheets that must be equal to call one a copy


def choose_sheets(book: Workbook, sheet: str | None, findings: Findings) -> list[Grid]:
    """The grids to read, in the order of the workbook.

    sheet: the user's choice. Raises BadFile no_such_sheet, empty_sheet, no_table_found.
    """
    if sheet is not None:
        found = [grid for grid in book.grids if grid.name == sheet] or [
            grid for grid in book.grids if grid.name.casefold() == sheet.casefold()
        ]
        if not found:
            raise BadFile("no_such_sheet", sheet=sheet, sheets=list(book.sheet_names))
        return found[:1]
    visible = [grid for grid in book.grids if not grid.is_hidden] or list(book.grids)
    filled = [
        grid
        for grid in visible
        if any(kind_of(cell) != EMPTY for i in range(min(grid.n_rows, 80)) for cell in grid.row(i)) or grid.n_rows > 80
    ]
    if not filled:
        raise BadFile("empty_sheet")
    scores = [(_worth(grid), -i) for i, grid in enumerate(filled)]
    best = filled[-max(scores)[1]]
    if max(scores)[0] == (0, 0, 0):
        raise BadFile("no_table_found")
    alike = [grid for grid in filled if _alike(grid, best)]
    if len(alike) > 1:
        whole = best if any(_same_start(alike[0], other) for other in alike[1:]) else _whole(alike)
    else:
        alike, whole = [grid for grid in filled if grid is best or _sells_too(grid, best)], best
    if len(alike) < 2:
        return [best]
    names = tuple(grid.name for grid in alike)
    answer = findings.ask("several_sheets", ("all_sheets", *names), whole.name if whole else "all_sheets", example=", ".join(names[:4]))
    return alike if answer == "all_sheets" else [grid for grid in alike if grid.name == answer]


def _worth(grid: Grid) -> tuple[int, int, int]:
    header = find_header(grid)
    if header is None:
        return (0, 1, grid.n_rows) if looks_like_data(grid) else (0, 0, 0)
    named = _roles(grid)
    needed = bool(named & {"client", "client_code"}) + bool(named & (MONEY_ROLES | {"price"}))
    return needed, len(named), grid.n_rows


def _headers(grid: Grid) -> tuple[str, ...]:
    header = find_header(grid)
    return tuple(sorted(plain(name) for name in header.names if name)) if header else ()


def _roles(grid: Grid) -> set[str]:
    """Roles that the headers of a sheet mean first of all."""
    header = find_header(grid)
    names = (*header.names, *(part for parts in header.parts for part in parts)) if header else ()
    return {scores[0][0] for name in names if (scores := role_scores(name))}


def _alike(grid: Grid, best: Grid) -> bool:
    """Whether a sheet goes on with the table of the best one."""
    own, other = Counter(_headers(grid)), Counter(_headers(best))
    if grid is best or own == other:
        return bool(own)
    if (own & other).total() >= SHARED * max(own.total(), other.total()):
        return True
    return _roles(grid) == _roles(best) >= {"client", "date", "revenue"}


def _sells_too(grid: Grid, best: Grid) -> bool:
    """Whether another sheet, of other columns, may hold sales that the best one lacks."""
    return all(_roles(one) >= {"client", "date", "revenue"} for one in (grid, best)) and abs(_money(grid) - _money(best)) > CLOSE


def _whole(grids: list[Grid]) -> Grid | None:
    """The sheet that holds as much money as all others together: the year beside its months."""
    sums = [_money(grid) for grid in grids]
    return next((grid for grid, own in zip(grids, sums, strict=True) if own and abs(2 * own - sum(sums)) <= CLOSE * len(grids)), None)


def _money(grid: Grid) -> float:
    """Sum of the column that is likeliest the revenue, totals and all."""
    header = find_header(grid)
    scores = [dict(role_scores(name)).get("revenue", 0) for name in header.names] if header else []
    if header is None or not max(scores, default=0):
        return 0.0
    j = scores.index(max(scores))
    return float(np.nansum(Column(header.names[j], grid.column(j, header.body)).numbers("decimal").values))


def _same_start(a: Grid, b: Grid) -> bool:
    if a.n_rows != b.n_rows:
        return False
    return all(
        np.array_equal(np.array(a.row(i), dtype=object), np.array(b.row(i), dtype=object)) for i in range(min(a.n_rows, COMPARED_ROWS))
    )
