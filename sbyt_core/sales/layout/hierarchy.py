"""Rows nested in one column (client > document > item in any order) → one row a leaf, with a column for every level.

The level of a row is told by the mark that has most steps: outline, indent of the cell, leading spaces, a heading alone in its row; a mark
counts when the outermost row comes first and the figures of a group are the sum of what stands in it. Without marks the sums alone can
tell (`nest_by_sums`): this is asked (hierarchy_unclear), as is a pasted pivot table (pivot_layout), whose headers do not say which level
is the client.
Levels take the names stacked in the header, from the innermost up when there are more levels than names; else what stands in them tells:
documents, months, names of firms. Group rows are left out as "group", their sums are in the leaves.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sbyt_core.errors import BadFile
from sbyt_core.sales.formats.grid import Grid
from sbyt_core.sales.layout.header import Header
from sbyt_core.sales.layout.level_names import is_period, listed, name_levels, share_of
from sbyt_core.sales.layout.nesting import leading_spaces, leaves, nest_by_sums, ranks, sums_hold
from sbyt_core.sales.table import QUESTIONS, Findings, Table, nearest_total
from sbyt_core.sales.values.column import DATE, EMPTY, TEXT, Column
from sbyt_core.sales.vocabulary import TOTAL_ALONE, plain, role_scores, squeeze, strong_role

_PIVOT_HEADERS = ("названия строк", "row labels", "названия столбцов")
MAX_DEPTH = 5


def spread(table: Table, header: Header, grid: Grid, findings: Findings) -> Table:
    """The table with a nested column spread over columns; the table itself where nothing is nested.

    Asks hierarchy_unclear, pivot_layout. Raises BadFile hierarchy_unclear where the levels cannot be told at all.
    """
    label = _label_column(table, header)
    if label is None:
        return table
    totals = label.by_text(lambda text: len(text) < 80 and TOTAL_ALONE.fullmatch(squeeze(text)) is not None, False, bool)
    nodes = (label.kinds != EMPTY) & ~totals
    if nodes.sum() < 2:
        return table
    figures = _figures(table, label, nodes)
    pivot = grid.is_pivot or plain(label.header) in _PIVOT_HEADERS
    levels = _marked(table, label, header, grid, nodes, figures)
    if levels is None:
        if not _alone(table, label):
            return table
        named = len(header.levels or listed(label.header))
        depths = [named] if header.levels else [*([named] if named else []), *range(2, MAX_DEPTH + 1)]
        levels = next((found for depth in depths if (found := nest_by_sums(figures, depth)) is not None), None)
        if levels is None and header.levels:
            levels = next((found for depth in range(2, MAX_DEPTH + 1) if (found := nest_by_sums(figures, depth)) is not None), None)
        if levels is None or not (named or pivot or len(label.parts) > 1 or _rich(levels, figures)):
            if header.levels and findings.answers.get("hierarchy_unclear") != "flat":
                raise BadFile("hierarchy_unclear")
            return table
        if not (pivot or _monthly(label, nodes, levels)):
            answer = findings.ask("hierarchy_unclear", QUESTIONS["hierarchy_unclear"], "by_sums", _first_label(label, nodes))
            if answer == "flat":
                return table
        else:
            pivot = True
    return _spread(table, label, header, totals, nodes, levels, pivot, findings)


def _label_column(table: Table, header: Header) -> Column | None:
    if header.levels:
        name = header.names[header.label]
        return table.column(name) if name in table.headers else None
    first = next((column for column in table.columns if (column.kinds != EMPTY).any()), None)
    if first is None or first.share(TEXT) + first.share(DATE) < 0.5 or not first.share(TEXT):
        return None
    return first if first.date_share < 0.5 or (first.date_share < 1 and strong_role(first.header) not in ("date", None)) else None


def _alone(table: Table, label: Column) -> bool:
    """Whether all other columns are figures, so that one column holds every name."""
    others = [column for column in table.columns if column is not label and (column.kinds != EMPTY).any()]
    return bool(others) and all(column.number_share >= 0.5 for column in others)


def _figures(table: Table, label: Column, nodes: np.ndarray) -> np.ndarray:
    """Figures of the nodes that may be added up: money and quantities, else every column of figures but shares."""
    numeric = [column for column in table.columns if column is not label and column.number_share >= 0.5 and (column.kinds != EMPTY).any()]
    named = [column for column in numeric if {role for role, _ in role_scores(column.header)} & {"revenue", "profit", "cost", "quantity"}]
    chosen = named or [column for column in numeric if "%" not in column.header]
    if not chosen:
        return np.zeros((int(nodes.sum()), 0))
    return np.stack([column.numbers("decimal").values[nodes] for column in chosen], axis=1)


def _marked(table: Table, label: Column, header: Header, grid: Grid, nodes: np.ndarray, figures: np.ndarray) -> np.ndarray | None:
    """Levels by the mark with most steps whose sums hold; None without such a mark."""
    marks = [mark[header.body :][nodes] for mark in (grid.outline, grid.indent) if mark is not None]
    marks += [leading_spaces(label)[nodes], _alone_in_row(table, label)[nodes]]
    best: np.ndarray | None = None
    for mark in marks:
        levels = ranks(np.asarray(mark, dtype=int))
        steps = int(levels.max(initial=0)) + 1
        if steps < 2 or levels[0] != 0 or (best is not None and steps <= best.max() + 1):
            continue
        if sums_hold(levels, figures):
            best = levels
    return best


def _alone_in_row(table: Table, label: Column) -> np.ndarray:
    """1 where the row names something beside its label (a date, a document), 0 where the label stands alone like a heading."""
    named = np.zeros(len(label), dtype=int)
    for column in table.columns:
        if column is not label and column.number_share < 0.5:
            named |= (column.kinds != EMPTY).astype(int)
    return named


def _rich(levels: np.ndarray, figures: np.ndarray) -> bool:
    """Sums alone are believed where two groups hold two rows or more, or where different groups repeat in several measures."""
    groups = np.flatnonzero(~leaves(levels))
    sizes = [int((levels[at + 1 : _end(levels, int(at))] == levels[at] + 1).sum()) for at in groups]
    if sum(size >= 2 for size in sizes) >= 2:
        return True
    distinct = len(np.unique(figures[groups], axis=0))
    return len(groups) >= 3 and figures.shape[1] >= 2 and distinct * 2 > len(groups)


def _end(levels: np.ndarray, at: int) -> int:
    after = np.flatnonzero(levels[at + 1 :] <= levels[at])
    return int(at + 1 + after[0]) if len(after) else len(levels)


def _monthly(label: Column, nodes: np.ndarray, levels: np.ndarray) -> bool:
    texts = label.labels()[nodes].to_numpy()
    return any(share_of(texts[levels == level], is_period) >= 0.8 for level in range(int(levels.max()) + 1))


def _first_label(label: Column, nodes: np.ndarray) -> str:
    return " | ".join(label.labels()[nodes].head(3))[:120]


def _spread(
    table: Table, label: Column, header: Header, totals: np.ndarray, nodes: np.ndarray, levels: np.ndarray, pivot: bool, findings: Findings
) -> Table:
    at = np.flatnonzero(nodes)
    leaf = leaves(levels)
    depth = int(levels.max()) + 1
    texts = label.labels()[nodes].to_numpy(dtype=object)
    paths = np.full((len(at), depth), None, dtype=object)
    current: list[object] = [None] * depth
    for i, level in enumerate(levels):
        current[level] = texts[i]
        current[level + 1 :] = [None] * (depth - level - 1)
        paths[i] = current
    names, roles = name_levels(header, label, [texts[levels == level] for level in range(depth)], paths[leaf], pivot, findings)
    unlabelled = np.flatnonzero((label.kinds == EMPTY) & ~totals & _any_filled(table))
    rows = np.sort(np.concatenate([at[leaf], unlabelled]))
    place = {row: i for i, row in enumerate(at)}
    ancestors = np.array([paths[place[row]] if row in place else [None] * depth for row in rows], dtype=object).reshape(len(rows), depth)
    columns = [Column(name, ancestors[:, level]) for level, name in enumerate(names)]
    columns += [column.take(rows) for column in table.columns if column is not label]
    left_out = {"group": int((~leaf).sum()), "total": int(totals.sum()), "blank": int((~_any_filled(table)).sum())}
    control = {}
    if totals.any():
        for column in table.columns:
            if column is not label and column.number_share >= 0.5:
                values = column.numbers("decimal").values
                if (value := nearest_total(values[totals], float(np.nansum(values[rows])))) is not None:
                    control[column.header] = value
    return replace(
        table, columns=tuple(columns), rows=table.rows[rows], roles=roles, control=control,
        left_out={reason: count for reason, count in left_out.items() if count},
    )  # fmt: skip


def _any_filled(table: Table) -> np.ndarray:
    filled = np.zeros(len(table.rows), dtype=bool)
    for column in table.columns:
        filled |= column.kinds != EMPTY
    return filled
