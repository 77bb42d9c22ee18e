"""Clients named once for the rows that follow: a heading row of its own, or the first row of its group.

A heading row fills one column alone (figures may repeat the group's sum); the rows below leave that column empty and name what stands to
the right of it: one level (client, then documents) or several (manager, client, documents). Where no column is one of clients, rows
that name a firm alone in the first column are the clients of the rows below. A name that stands only in the first row of its group, as a
pivot table in tabular form prints it, holds until the next one, when every name stands once and at least three rows in ten leave it empty.
Elsewhere an empty client stays empty.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from sbyt_core.sales.layout.nesting import sums_hold
from sbyt_core.sales.table import Table
from sbyt_core.sales.values.column import EMPTY, TEXT, Column
from sbyt_core.sales.vocabulary import LEGAL_FORM, TOTAL_ALONE, TOTAL_OF, squeeze, strong_role

HEADING_HEADER = "Заголовок"  # the column made of headings that name clients
FIRM_SHARE = 0.3  # of headings with a legal form that make them clients
LABEL_LENGTH = 300  # characters of a cell in which a word for a total is looked for
EMPTY_SHARE = 0.3  # of rows without a name from which names are taken to hold for the rows below


def fill_sections(table: Table) -> Table:
    """The table with names carried down to the rows they stand for; itself where there are none."""
    return _first_rows(_stairs(_headings(table)))


def _headings(table: Table) -> Table:
    """A column of clients made of rows that name a firm alone, where no column is one of clients."""
    label = table.columns[0]
    if label.number_share >= 0.5 or any(strong_role(column.header) in ("client", "client_code") for column in table.columns):
        return table
    names = [column for column in table.columns if column.number_share < 0.5]
    count = sum((column.kinds != EMPTY).astype(int) for column in names)
    details = np.asarray(count >= 2)
    alone = (count == 1) & (label.kinds == TEXT) & ~_totals([label], np.append(details[1:], False))
    texts = {str(text) for text in label.labels()[alone]}
    if not texts or details.sum() < alone.sum() or sum(bool(LEGAL_FORM.search(text)) for text in texts) < FIRM_SHARE * len(texts):
        return table
    order = np.flatnonzero(alone | details)
    if not alone[order[0]] or not sums_hold(np.where(details[order], 1, 0), _figures(table, order)):
        return table
    kept = np.flatnonzero(~alone)
    cells = _carried(label, alone, np.ones(len(alone), dtype=bool))
    cells[~details] = None
    cells = np.array([_named(cell) for cell in cells], dtype=object)
    clients = Column(HEADING_HEADER, cells)
    left_out = {**table.left_out, "group": table.left_out.get("group", 0) + int(alone.sum())}
    columns = tuple(column.take(kept) for column in (clients, *table.columns))
    return replace(table, columns=columns, rows=table.rows[kept], roles={**table.roles, "client": HEADING_HEADER}, left_out=left_out)


def _stairs(table: Table) -> Table:
    """Levels that stand in columns of their own, each name alone in its row, one step to the right a level."""
    names = [column for column in table.columns if column.number_share < 0.5]
    if len(names) < 2 or names[0] is not table.columns[0] or names[0].share(TEXT) < 0.9:
        return table
    filled = np.stack([column.kinds != EMPTY for column in names], axis=1)
    step = np.where(filled.any(axis=1), filled.argmax(axis=1), -1)
    named = (step >= 0) & ~_totals(names, np.append(step[1:] > step[:-1], False))
    step = np.where(named, step, -1)
    last = int(step.max(initial=-1))
    heading, leaf = named & (step < last), named & (step == last)
    order = np.flatnonzero(named)
    if last < 1 or set(step[named]) != set(range(last + 1)) or (filled[heading].sum(axis=1) != 1).any() or step[order[0]] != 0:
        return table
    if leaf.sum() < (step == 0).sum() or not sums_hold(step[order], _figures(table, order)):
        return table
    carried = {id(names[j]): Column(names[j].header, _carried(names[j], step == j, step > j), names[j].parts) for j in range(last)}
    kept = np.flatnonzero(~heading)
    left_out = {**table.left_out, "group": table.left_out.get("group", 0) + int(heading.sum())}
    columns = tuple(carried.get(id(column), column).take(kept) for column in table.columns)
    return replace(table, columns=columns, rows=table.rows[kept], left_out=left_out)


def _first_rows(table: Table) -> Table:
    """Names that stand in the first row of their group alone, from the outermost column on."""
    columns = list(table.columns)
    outer: np.ndarray = np.full(len(table.rows), "", dtype=object)
    for j, label in enumerate(columns[:-1]):
        if label.share(TEXT) < 0.9 or not (label.kinds == EMPTY).any():
            break
        others = [column for column in columns[j + 1 :] if column.number_share < 0.5]
        named = np.any([column.kinds != EMPTY for column in others], axis=0) if others else np.zeros(len(table.rows), dtype=bool)
        total = _totals([label], named) | _totals(others, named & (label.kinds != EMPTY))
        own = (label.kinds != EMPTY) & ~total
        headings, details, first_rows = own & ~named, ~own & named & ~total, own & named
        names = list(zip(outer[first_rows], label.labels()[first_rows], strict=True))
        if len(names) < 2 or headings.any() or len(set(names)) != len(names) or details.sum() < EMPTY_SHARE * (own.sum() + details.sum()):
            break
        columns[j] = Column(label.header, _carried(label, own, details), label.parts)
        outer = columns[j].labels().to_numpy(dtype=object)
    return replace(table, columns=tuple(columns))


def _totals(columns: Sequence[Column], heads: np.ndarray) -> np.ndarray:
    """Rows that are called a total. heads: rows that rows hang on; there «Итого» is a total, and «Всего ООО» a client."""
    alone, of = np.zeros(len(heads), dtype=bool), np.zeros(len(heads), dtype=bool)
    for column in columns:
        alone |= column.by_text(lambda text: TOTAL_ALONE.fullmatch(squeeze(text)) is not None, False, bool)
        of |= column.by_text(lambda text: len(text) < LABEL_LENGTH and TOTAL_OF.fullmatch(squeeze(text)) is not None, False, bool)
    return alone | (of & ~heads)


def _named(cell: object) -> object:
    """The name of a heading without the word for what it names: «Контрагент: ООО «Вега»»."""
    head, mark, rest = str(cell).partition(":")
    return rest.strip() if isinstance(cell, str) and mark and rest.strip() and strong_role(head) == "client" else cell


def _carried(label: Column, own: np.ndarray, details: np.ndarray) -> np.ndarray:
    """The label's cells with every row of `details` filled from the latest own name above it."""
    source = np.maximum.accumulate(np.where(own, np.arange(len(own)), -1))
    cells = label.labels().to_numpy(dtype=object)
    cells[label.kinds == EMPTY] = None
    known = details & (source >= 0)
    cells[known] = cells[source[known]]
    return cells


def _figures(table: Table, order: np.ndarray) -> np.ndarray:
    numeric = [column for column in table.columns[1:] if column.number_share >= 0.5 and "%" not in column.header]
    values = [column.numbers("decimal").values[order] for column in numeric]
    return np.stack(values, axis=1) if values else np.zeros((len(order), 0))
