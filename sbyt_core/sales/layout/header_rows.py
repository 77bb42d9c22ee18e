"""What stands in rows that may be a header, and how the rows of a header name the columns.

A column is called by its lowest header where that is the only one of its kind, else by all of its headers; doubles are numbered. Units in
a row of their own follow the header above them. Merged cells count for every column that they cover; without marks of merging a text
counts for the blanks to its right that have company below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sbyt_core.sales.formats.grid import Grid
from sbyt_core.sales.layout.month_numbers import months_of
from sbyt_core.sales.values.column import EMPTY, NUMBER, TEXT, kind_of, show
from sbyt_core.sales.values.dates import MONTH_ONLY, read_date, read_period
from sbyt_core.sales.values.numbers import take_apart
from sbyt_core.sales.vocabulary import is_unit, squeeze, strong_role

_MONTH_YEAR = re.compile(
    r"(?:0?[1-9]|1[0-2])[./](?:19|20)\d\d|(?:19|20)\d\d(?:[./]?(?:0[1-9]|1[0-2]))?"
)  # in a header "01.2025" is a month
_DOCUMENT = re.compile(r"\d.*\b(?:от|from|dated?)\b", re.IGNORECASE)
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
class HeaderRow:
    """What stands in a row: texts with their columns, how many figures and periods, the roles that the texts name beyond doubt."""

    labels: tuple[tuple[int, str], ...]
    figures: int
    periods: int
    roles: frozenset[str]
    cells: tuple[object, ...]


def look_row(cells: Sequence[object]) -> HeaderRow:
    """What stands in the cells of a row."""
    labels, figures, periods = [], 0, 0
    for j, cell in enumerate(cells):
        kind = kind_of(cell)
        if kind == EMPTY:
            continue
        if kind == TEXT and isinstance(cell, str):
            text = squeeze(cell)
            if is_period(text) and (take_apart(text) is None or _MONTH_YEAR.fullmatch(text)):
                periods += 1
                labels.append((j, text))
            elif len(text) < 24 and take_apart(text) is None and read_date(text, inside=False) is not None:
                periods += 1
            elif (take_apart(text) is not None and strong_role(text) is None) or (len(text) < 24 and _is_day(text)):
                figures += 1
            elif len(text) <= LABEL_LENGTH:
                labels.append((j, text))
        elif isinstance(cell, (datetime, date)) or (kind == NUMBER and _MONTH_YEAR.fullmatch(show(cell)) and read_period(show(cell))):
            periods += 1
        else:
            figures += 1
    roles = frozenset(role for role in (strong_role(text) for _, text in labels) if role)
    if roles and figures and (months := numbered_months(cells)) and len(months) == figures:
        figures, periods = 0, periods + len(months)
    return HeaderRow(tuple(labels), figures, periods, roles, tuple(cells))


def is_period(text: str) -> bool:
    """Whether a text is a month (its year may stand elsewhere), a quarter, a half-year or a year."""
    return MONTH_ONLY.fullmatch(text) is not None or read_period(text) is not None


def numbered_months(cells: Sequence[object]) -> dict[int, int]:
    """Column → month where the cells of a row number months: 1 … 12."""
    return months_of(["" if kind_of(cell) == EMPTY else squeeze(show(cell)) for cell in cells])


def _is_day(text: str) -> bool:
    """Whether a short text is a day, or a document with its day; «Остаток на 01.01.2025» is a header."""
    return read_date(text, inside=_DOCUMENT.search(text) is not None) is not None


def is_numbering(row: HeaderRow) -> bool:
    """Whether a row only counts the columns: 1, 2, 3 …"""
    numbers = [cell for cell in row.cells if kind_of(cell) != EMPTY]
    return len(numbers) >= 3 and [show(cell) for cell in numbers] == [str(n) for n in range(1, len(numbers) + 1)]


def named(grid: Grid, rows: list[HeaderRow], first: int, last: int) -> Header:
    """The header of rows first … last: names, parts, and the levels stacked in one column."""
    body = last + 1
    block = [rows[i] for i in range(first, last + 1) if _names(rows, first, i)]
    label, levels = _stacked(block)
    if levels:
        block = [row for row in block if len(row.labels) > 1 or row.labels[0][0] != label] or block[:1]
    filled = [_filled(grid, i, rows[i], rows[i + 1] if i < last else None) for i in range(first, last + 1) if rows[i] in block]
    units = {
        j: text for row in rows[first : last + 1] if row.labels and all(is_unit(text) for _, text in row.labels) for j, text in row.labels
    }
    parts = []
    for j in range(grid.n_columns):
        texts = list(dict.fromkeys(row[j] for row in filled if row[j]))
        if texts and j in units:
            texts[-1] = f"{texts[-1]}, {units[j]}"
        parts.append(tuple(texts))
    if levels:
        parts[label] = (levels[0],)
    return Header(first, last, body, _unique(parts), tuple(parts), levels, label)


def months_below(above: HeaderRow, row: HeaderRow) -> bool:
    """Whether a row of bare numbers counts the months of the years above it."""
    months = {} if row.labels or above.periods < 2 else numbered_months(row.cells)
    return bool(months) and len(months) == row.figures


def _names(rows: list[HeaderRow], first: int, i: int) -> bool:
    """Whether a row of a header names columns: it does not count them and holds more than units."""
    if i > first and months_below(rows[i - 1], rows[i]):
        return True
    return not is_numbering(rows[i]) and (rows[i].periods > 0 or not all(is_unit(text) for _, text in rows[i].labels))


def letter(j: int) -> str:
    """The letter of a column as the spreadsheet shows it: A, B, … AA."""
    text = ""
    j += 1
    while j:
        j, rest = divmod(j - 1, 26)
        text = chr(65 + rest) + text
    return text


def _stacked(block: list[HeaderRow]) -> tuple[int, tuple[str, ...]]:
    """The names stacked in one column: the first of several labels, then rows with that one cell only."""
    alone = [row.labels[0] for row in block if len(row.labels) == 1]
    columns = {j for j, _ in alone}
    if len(columns) != 1:
        return 0, ()
    label = columns.pop()
    stack = [text for row in block for j, text in row.labels if j == label]
    return (label, tuple(stack)) if len(stack) == len(block) and len(stack) > 1 else (0, ())


def _filled(grid: Grid, i: int, row: HeaderRow, below: HeaderRow | None) -> list[str]:
    """Texts of a header row, merged cells filled in; without marks of merging, blanks to the right of a text that has company below.

    below: the next row of the header, None for its last.
    """
    texts = ["" if kind_of(cell) == EMPTY else _header_text(cell) for cell in row.cells]
    for r0, c0, r1, c1 in grid.merged:
        if r0 <= i <= r1:
            source = grid.cell(r0, c0)
            for j in range(c0, c1 + 1):
                texts[j] = texts[j] or ("" if kind_of(source) == EMPTY else _header_text(source))
    if not grid.merged:
        here = set() if below is None else {j for j, cell in enumerate(below.cells) if kind_of(cell) != EMPTY}
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
