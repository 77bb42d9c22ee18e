"""Measures in rows: a column that says what the figures of its row are (выручка, прибыль, количество) → a column a measure.

Such a column holds nothing but names of figures, two or more different ones. Its rows are put together by what else names them; a
client that stands in the first row of its block counts for the whole block. The figures of other columns (months, one value) become a
column for every measure. Shares and sums of several measures are never mixed.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sbyt_core.sales.table import Table
from sbyt_core.sales.values.column import EMPTY, TEXT, Column
from sbyt_core.sales.vocabulary import NUMBER_ROLES, squeeze, strong_role

MAX_MEASURES = 12  # distinct names; more is no list of measures


def spread_measures(table: Table) -> Table:
    """The table with its measures across; the table itself where no column names them."""
    naming = next((column for column in table.columns if _names_measures(column)), None)
    if naming is None:
        return table
    figures = [column for column in table.columns if column is not naming and (column.kinds != EMPTY).any() and column.number_share >= 0.5]
    keys = [column for column in table.columns if column is not naming and not any(column is figure for figure in figures)]
    if not figures or not keys:
        return table
    rows = np.flatnonzero(naming.kinds == TEXT)
    said = [squeeze(text) for text in naming.labels()[rows]]
    measures = list(dict.fromkeys(said))
    block = _blocks([column.labels()[rows].to_numpy(dtype=object) for column in keys], said)
    first = rows[np.unique(block, return_index=True)[1]]
    columns = [column.take(first) for column in keys]
    for figure in figures:
        cells = np.array([*figure.first(len(figure))], dtype=object)[rows]
        for measure in measures:
            own = np.array([text == measure for text in said])
            made = np.full(len(first), None, dtype=object)
            made[block[own]] = cells[own]
            single = len(figures) == 1
            name = measure if single else f"{figure.header} / {measure}"
            columns.append(Column(name, made, (measure,) if single else (*figure.parts, measure), figure.currency))
    rest = (naming.kinds != TEXT) & _filled(table)
    left_out = {**table.left_out, "group": table.left_out.get("group", 0) + len(rows) - len(first), "note": int(rest.sum())}
    left_out["blank"] = table.left_out.get("blank", 0) + int((~_filled(table)).sum())
    return replace(
        table, columns=tuple(columns), rows=table.rows[first], left_out={reason: count for reason, count in left_out.items() if count}
    )


def _names_measures(column: Column) -> bool:
    if column.share(TEXT) < 0.9 or not 2 <= len(column.uniques) <= MAX_MEASURES:
        return False
    roles = [strong_role(squeeze(str(text))) for text in column.uniques]
    return all(role in NUMBER_ROLES for role in roles) and len(set(roles)) >= 2


def _blocks(keys: list[np.ndarray], said: list[str]) -> np.ndarray:
    """The number of the block of every row: a new one begins where a measure comes again or a filled key changes."""
    block = np.zeros(len(said), dtype=int)
    seen: set[str] = set()
    current = [None] * len(keys)
    number = -1
    for i, measure in enumerate(said):
        here = [key[i] if isinstance(key[i], str) else None for key in keys]
        if i == 0 or measure in seen or any(new is not None and new != old for new, old in zip(here, current, strict=True)):
            number += 1
            seen = set()
            current = [new if new is not None else None for new in here]
        seen.add(measure)
        block[i] = number
    return block


def _filled(table: Table) -> np.ndarray:
    filled = np.zeros(len(table.rows), dtype=bool)
    for column in table.columns:
        filled |= column.kinds != EMPTY
    return filled
