"""Levels of nested rows: by marks, or by sums alone.

A level is 0 for the outermost rows. A row is a leaf when the next row is not deeper. Sums hold when, in at least nine of ten groups
that state figures, the figures are the sum of the group's direct rows, or when no group states any.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.sales.values.column import Column

CLOSE = 0.02  # money: rounding of one row; a group of n rows may be n times as far, up to a rouble
PROVED = 0.9


def ranks(marks: np.ndarray) -> np.ndarray:
    """Levels 0, 1, 2 … of marks of any size (outline levels, indents, spaces)."""
    return np.unique(marks, return_inverse=True)[1]


def leaves(levels: np.ndarray) -> np.ndarray:
    """bool a row: nothing stands in it."""
    leaf = np.ones(len(levels), dtype=bool)
    leaf[:-1] = levels[1:] <= levels[:-1]
    return leaf


def leading_spaces(column: Column) -> np.ndarray:
    """Spaces before the text of every cell, 0 where there is no text; a tab counts as four."""
    return column.by_text(lambda text: len(text.expandtabs(4)) - len(text.expandtabs(4).lstrip()), 0, int).astype(int)


def sums_hold(levels: np.ndarray, figures: np.ndarray) -> bool:
    """Whether groups are the sums of their rows. figures: one row a node, one column a measure, NaN where missing."""
    leaf = leaves(levels)
    groups = np.flatnonzero(~leaf)
    if not len(groups):
        return False
    stated = groups[~np.isnan(figures[groups]).all(axis=1)] if figures.shape[1] else groups[:0]
    if not len(stated):
        return True
    good = 0
    for at in stated:
        stop = at + 1
        total = np.zeros(figures.shape[1])
        count = 0
        below: int | None = None
        while stop < len(levels) and levels[stop] > levels[at]:
            below = int(levels[stop]) if below is None else min(below, int(levels[stop]))
            if levels[stop] == below:
                total += np.nan_to_num(figures[stop])
                count += 1
            stop += 1
        known = ~np.isnan(figures[at])
        good += bool((np.abs(total - figures[at])[known] <= _slack(count)).all())
    return good >= PROVED * len(stated)


def nest_by_sums(figures: np.ndarray, depth: int) -> np.ndarray | None:
    """Levels of rows that are nested to one depth throughout, as their sums alone prove; None where the sums do not close.

    Every group is followed by its rows until they add up to it in every measure; then its neighbour follows.
    """
    if not figures.shape[1] or np.isnan(figures).all(axis=1).any():
        return None
    figures = np.nan_to_num(figures)
    levels = np.zeros(len(figures), dtype=int)
    left: list[np.ndarray] = []
    counts: list[int] = []
    for i, row in enumerate(figures):
        levels[i] = len(left)
        if len(left) < depth - 1:
            left.append(row.copy())
            counts.append(0)
            continue
        child = row
        while left:
            left[-1] = left[-1] - child
            counts[-1] += 1
            if (np.abs(left[-1]) > _slack(counts[-1])).any():
                break
            left.pop()
            counts.pop()
            child = figures[_last(levels, i, len(left))]
    return None if left else levels


def _last(levels: np.ndarray, i: int, level: int) -> int:
    """The latest row up to i on a level."""
    while levels[i] != level:
        i -= 1
    return i


def _slack(count: int) -> float:
    return min(CLOSE + 0.005 * count, 1.0)
