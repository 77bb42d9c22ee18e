"""Where the table of a sheet begins: its header rows, told by words and by the kinds of what stands below.

The best row is the one that names most roles and holds no figures. The block grows down over rows that only name roles (1С stacks
Контрагент / Регистратор / Номенклатура in one cell column) or stand under merged cells, over rows of units and over a row 1 2 3 …;
and up over rows whose cells span the block. Months, quarters and years may stand in a header as dates or numbers.
A sheet whose first rows already are data has no header; a sheet without any figures has no table.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from weakref import WeakKeyDictionary

from sbyt_core.sales.column import EMPTY, NUMBER, TEXT, kind_of, show
from sbyt_core.sales.dates import FIRST_YEAR, LAST_YEAR, read_date, read_period
from sbyt_core.sales.formats.grid import Grid
from sbyt_core.sales.numbers import take_apart
from sbyt_core.sales.vocabulary import is_unit, squeeze, strong_role

LOOK_ROWS = 80  # a header further down than this was never seen
MAX_BLOCK = 6  # header rows at most
_MONTH_YEAR = re.compile(r"(?:0?[1-9]|1[0-2])[./](?:19|20)\d\d|(?:19|20)\d\d")  # in a header "01.2025" is a month
LABEL_LENGTH = 120  # a longer text is no header


@dataclass(frozen=True)
class Header:
    """Rows first … last of the grid are the header, data begin at `body`. names and parts: one entry a column, "" where blank.

    levels: the names stacked in the label column (outer to inner) when it holds a hierarchy; label: that column's index.
    """

    first: int
    last: int
    body: int
    names: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    levels: tuple[str, ...] = ()
    label: int = 0


@dataclass(frozen=True)
class _Row:
    labels: tuple[tuple[int, str], ...]
    figures: int
    periods: int
    roles: frozenset[str]
    cells: tuple[object, ...]


_found: WeakKeyDictionary[Grid, Header | None] = WeakKeyDictionary()


def find_header(grid: Grid) -> Header | None:
    """The header of a grid; None when there is none."""
    if grid not in _found:
        _found[grid] = _find_header(grid)
    return _found[grid]


def _find_header(grid: Grid) -> Header | None:
    rows = [_look(grid.row(i)) for i in range(min(grid.n_rows, LOOK_ROWS))]
    best = max(range(len(rows)), key=lambda i: (_score(rows[i]), -i), default=None)
    if best is None or _score(rows[best]) <= 0:
        best = _by_kinds(rows)
        if best is None:
            return None
    first, last = _grow(grid, rows, best)
    return _named(grid, rows, first, last)


def looks_like_data(grid: Grid) -> bool:
    """Whether the rows hold figures beside texts, so that a table without a header is likely."""
    rows = [_look(grid.row(i)) for i in range(min(grid.n_rows, LOOK_ROWS))]
    filled = [row for row in rows if row.labels or row.figures or row.periods]
    return bool(filled) and sum(bool(row.labels) and row.figures > 0 for row in filled) * 2 > len(filled)


def headless(grid: Grid, first_is_header: bool) -> Header:
    """A header for a sheet without one: columns are called by their letters, or by the first filled row."""
    first = next(i for i in range(grid.n_rows) if any(kind_of(cell) != EMPTY for cell in grid.row(i)))
    if first_is_header:
        names = tuple(squeeze(show(cell)) for cell in grid.row(first))
        return Header(first, first, first + 1, names, tuple((name,) for name in names))
    names = tuple(letter(j) for j in range(grid.n_columns))
    return Header(first, first - 1, first, names, tuple((name,) for name in names))


def letter(j: int) -> str:
    """The letter of a column as the spreadsheet shows it: A, B, … AA."""
    text = ""
    j += 1
    while j:
        j, rest = divmod(j - 1, 26)
        text = chr(65 + rest) + text
    return text


def _look(cells: list[object]) -> _Row:
    labels, figures, periods = [], 0, 0
    for j, cell in enumerate(cells):
        kind = kind_of(cell)
        if kind == EMPTY:
            continue
        if kind == TEXT and isinstance(cell, str):
            text = squeeze(cell)
            if read_period(text) is not None and (take_apart(text) is None or _MONTH_YEAR.fullmatch(text)):
                periods += 1
                labels.append((j, text))
            elif (take_apart(text) is not None and strong_role(text) is None) or (len(text) < 24 and read_date(text) is not None):
                figures += 1
            elif len(text) <= LABEL_LENGTH:
                labels.append((j, text))
        elif isinstance(cell, (datetime, date)) or (kind == NUMBER and FIRST_YEAR <= cell <= LAST_YEAR and cell == int(cell)):  # type: ignore[operator,call-overload]
            periods += 1
        else:
            figures += 1
    roles = frozenset(role for role in (strong_role(text) for _, text in labels) if role)
    return _Row(tuple(labels), figures, periods, roles, tuple(cells))


def _score(row: _Row) -> int:
    if not row.roles or row.figures > len(row.roles) // 3:
        return 0
    if len(row.labels) < 2 and row.periods < 2:
        return 0
    named = sum(strong_role(text) is not None for _, text in row.labels)
    return 100 * len(row.roles) + 10 * named + min(len(row.labels) + row.periods, 9) - 50 * row.figures


def _by_kinds(rows: list[_Row]) -> int | None:
    """A row of labels with figures below it in most of the following rows; for headers in words nobody knows."""
    for i, row in enumerate(rows[:-1]):
        if len(row.labels) >= 2 and not row.figures and not (row.periods and len(row.labels) < 2):
            below = [next_row for next_row in rows[i + 1 : i + 11] if next_row.labels or next_row.figures]
            width = {j for j, _ in row.labels}
            if below and sum(bool(b.figures or b.periods) and len(b.labels) + b.figures + b.periods >= len(width) - 1 for b in below) * 2 > len(below):
                return i
        elif row.figures:
            return None
    return None


def _grow(grid: Grid, rows: list[_Row], best: int) -> tuple[int, int]:
    first = last = best
    while last + 1 < len(rows) and last - first + 1 < MAX_BLOCK and _continues(grid, rows, last, last + 1):
        last += 1
    while first > 0 and last - first + 1 < MAX_BLOCK and _spans(grid, rows[first - 1], rows[first], first - 1):
        first -= 1
    return first, last


def _continues(grid: Grid, rows: list[_Row], above: int, i: int) -> bool:
    row = rows[i]
    if _numbering(row):
        return True
    if row.figures or not row.labels:
        return False
    texts = [text for _, text in row.labels]
    named = sum(strong_role(text) is not None for text in texts)
    if all(is_unit(text) for text in texts) or named == len(texts):
        return True
    if len(texts) >= 2 and named * 2 > len(texts) and {j for j, _ in row.labels} - {j for j, _ in rows[above].labels}:
        return True
    under = [j for r0, c0, r1, c1 in grid.merged if r0 <= above <= r1 and c1 > c0 for j in range(c0, c1 + 1)]
    return len(texts) >= 2 and sum(j in under for j, _ in row.labels) * 2 > len(texts)


def _spans(grid: Grid, upper: _Row, lower: _Row, i: int) -> bool:
    """Whether a row belongs above a header row: its cells are merged across it, or fill its blanks."""
    if upper.figures or not upper.labels or any(text.endswith(":") for _, text in upper.labels):
        return False
    lower_filled = {j for j, cell in enumerate(lower.cells) if kind_of(cell) != EMPTY}
    upper_filled = {j for j, _ in upper.labels}
    merged = [c0 for r0, c0, r1, c1 in grid.merged if r0 <= i <= r1 and c1 > c0 and c0 in upper_filled]
    width = max(lower_filled, default=0) - min(lower_filled, default=0) + 1
    if len(upper_filled) == 1 and merged:
        span = max(c1 - c0 + 1 for r0, c0, r1, c1 in grid.merged if r0 <= i <= r1)
        return 2 <= span < width  # a title is merged over the whole width
    return len(upper_filled) >= 2 and bool(merged or upper_filled - lower_filled or upper.periods >= 2)


def _numbering(row: _Row) -> bool:
    numbers = [cell for cell in row.cells if kind_of(cell) != EMPTY]
    return len(numbers) >= 3 and [show(cell) for cell in numbers] == [str(n) for n in range(1, len(numbers) + 1)]


def _named(grid: Grid, rows: list[_Row], first: int, last: int) -> Header:
    body = last + 1
    block = [rows[i] for i in range(first, last + 1) if not _numbering(rows[i]) and not all(is_unit(text) for _, text in rows[i].labels)]
    label, levels = _stacked(block)
    if levels:
        block = [row for row in block if len(row.labels) > 1 or row.labels[0][0] != label] or block[:1]
    filled = [_filled(grid, i, rows[i]) for i in range(first, last + 1) if rows[i] in block]
    parts = []
    for j in range(grid.n_columns):
        texts = [row[j] for row in filled if row[j]]
        parts.append(tuple(dict.fromkeys(texts)))
    if levels:
        parts[label] = (levels[0],)
    return Header(first, last, body, _unique(parts), tuple(parts), levels, label)


def _stacked(block: list[_Row]) -> tuple[int, tuple[str, ...]]:
    """The names stacked in one column: the first of several labels, then rows with that one cell only."""
    alone = [row.labels[0] for row in block if len(row.labels) == 1]
    columns = {j for j, _ in alone}
    if len(columns) != 1:
        return 0, ()
    label = columns.pop()
    stack = [text for row in block for j, text in row.labels if j == label]
    return (label, tuple(stack)) if len(stack) == len(block) and len(stack) > 1 else (0, ())


def _filled(grid: Grid, i: int, row: _Row) -> list[str]:
    """Texts of a header row, merged cells filled in; without marks of merging, blanks to the right of a text that has company below."""
    texts = ["" if kind_of(cell) == EMPTY else _header_text(cell) for cell in row.cells]
    for r0, c0, r1, c1 in grid.merged:
        if r0 <= i <= r1:
            source = grid.cell(r0, c0)
            for j in range(c0, c1 + 1):
                texts[j] = texts[j] or ("" if kind_of(source) == EMPTY else _header_text(source))
    if not grid.merged:
        below = [_look(grid.row(k)) for k in range(i + 1, min(i + 2, grid.n_rows))]
        if below and not below[0].figures and len(below[0].labels) > len(row.labels):
            here = {j for j, _ in below[0].labels}
            for j in range(1, len(texts)):
                if not texts[j] and j in here:
                    texts[j] = texts[j - 1]
    return texts


def _header_text(cell: object) -> str:
    return squeeze(show(cell))


def _unique(parts: list[tuple[str, ...]]) -> tuple[str, ...]:
    """One name a column: the lowest header where it is the only one of its kind, else all of its headers; doubles are numbered."""
    leaves = Counter(part[-1] for part in parts if part)
    names, seen = [], Counter[str]()
    for part in parts:
        name = "" if not part else part[-1] if leaves[part[-1]] == 1 else " / ".join(part)
        seen[name] += bool(name)
        names.append(f"{name} ({seen[name]})" if seen[name] > 1 else name)
    return tuple(names)
