"""Where the table of a sheet begins: its header rows, told by words and by the kinds of what stands below.

The best row is the one that names most roles and holds no figures. The block grows down over rows that only name roles (1С stacks
Контрагент / Регистратор / Номенклатура in one cell column) or stand under merged cells, over rows of units and over a row 1 2 3 …;
and up over rows whose cells span the block. Months, quarters and years may stand in a header as dates or numbers.
A sheet whose first rows already are data has no header; a sheet without any figures has no table.
"""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sbyt_core.sales.formats.grid import Grid
from sbyt_core.sales.layout.header_rows import Header, HeaderRow, is_numbering, is_period, letter, look_row, months_below, named
from sbyt_core.sales.values.column import EMPTY, kind_of, show
from sbyt_core.sales.vocabulary import NUMBER_ROLES, TOTAL_ALONE, is_unit, squeeze, strong_role

LOOK_ROWS = 80  # a header further down than this was never seen
_MANY = ("ы", "и", "s")  # «Клиенты» above a header is a title, «Клиент» the name of a level
MAX_BLOCK = 6  # header rows at most
BARE = 3  # figures in a row, and such rows, that make a table even without a word in it


_found: WeakKeyDictionary[Grid, Header | None] = WeakKeyDictionary()


def find_header(grid: Grid) -> Header | None:
    """The header of a grid; None when there is none."""
    if grid not in _found:
        _found[grid] = _find_header(grid)
    return _found[grid]


def _find_header(grid: Grid) -> Header | None:
    rows = [look_row(grid.row(i)) for i in range(min(grid.n_rows, LOOK_ROWS))]
    best = max(range(len(rows)), key=lambda i: (_score(rows[i]), -i), default=None)
    if best is None or _score(rows[best]) <= 0:
        best = _by_kinds(rows)
        if best is None:
            return None
    first, last = _grow(grid, rows, best)
    return named(grid, rows, first, last)


def looks_like_data(grid: Grid) -> bool:
    """Whether the rows hold figures beside texts or many figures, so that a table without a header is likely."""
    rows = [look_row(grid.row(i)) for i in range(min(grid.n_rows, LOOK_ROWS))]
    filled = [row for row in rows if row.labels or row.figures or row.periods]
    labelled = sum(bool(row.labels) and (row.figures > 0 or _dated(row)) for row in filled)
    bare = sum(not row.labels and row.figures >= BARE for row in filled)  # client, day and sum all in digits
    return bool(filled) and (labelled + (bare if bare >= BARE else 0)) * 2 > len(filled)


def _dated(row: HeaderRow) -> bool:
    """Whether a row holds a day, and not only months or years in words."""
    return row.periods > sum(is_period(text) for _, text in row.labels)


def headless(grid: Grid, first_is_header: bool) -> Header:
    """A header for a sheet without one: columns are called by their letters, or by the first filled row."""
    first = next(i for i in range(grid.n_rows) if any(kind_of(cell) != EMPTY for cell in grid.row(i)))
    if first_is_header:
        names = tuple(squeeze(show(cell)) for cell in grid.row(first))
        return Header(first, first, first + 1, names, tuple((name,) for name in names))
    names = tuple(letter(j) for j in range(grid.n_columns))
    return Header(first, first - 1, first, names, tuple((name,) for name in names))


def _score(row: HeaderRow) -> int:
    if not row.roles or row.figures > len(row.roles) // 3:
        return 0
    if len(row.labels) < 2 and row.periods < 2:
        return 0
    named = sum(strong_role(text) is not None for _, text in row.labels)
    return 100 * len(row.roles) + 10 * named + min(len(row.labels) + row.periods, 9) - 50 * row.figures


def _by_kinds(rows: list[HeaderRow]) -> int | None:
    """A row of labels with figures below it in most of the following rows; for headers in words nobody knows."""
    for i, row in enumerate(rows[:-1]):
        if len(row.labels) >= 2 and not row.figures and not (row.periods and len(row.labels) < 2):
            below = [next_row for next_row in rows[i + 1 : i + 11] if next_row.labels or next_row.figures]
            width = {j for j, _ in row.labels}
            if below and sum(
                bool(b.figures or b.periods) and len(b.labels) + b.figures + b.periods >= len(width) - 1 for b in below
            ) * 2 > len(below):
                return i
        elif row.figures:
            return None
    return None


def _grow(grid: Grid, rows: list[HeaderRow], best: int) -> tuple[int, int]:
    first = last = best
    while last + 1 < len(rows) and last - first + 1 < MAX_BLOCK and _continues(grid, rows, last, last + 1):
        last += 1
    while (
        first > 0
        and last - first + 1 < MAX_BLOCK
        and (_spans(grid, rows[first - 1], rows[first], first - 1) or _stands_on(rows[first - 1], rows[first]))
    ):
        first -= 1
    return first, last


def _continues(grid: Grid, rows: list[HeaderRow], above: int, i: int) -> bool:
    row = rows[i]
    if is_numbering(row) or _only_periods(row) or months_below(rows[above], row):
        return True
    if row.figures or not row.labels:
        return False
    texts = [text for _, text in row.labels]
    named = sum(strong_role(text) is not None for text in texts)
    if all(is_unit(text) for text in texts) or named == len(texts):
        return True
    if len(texts) == 1 and (_inside_header(grid, above, i) or (i + 1 < len(rows) and _stands_on(row, rows[i + 1], known=False))):
        return True
    if len(texts) >= 2 and named * 2 > len(texts) and {j for j, _ in row.labels} - {j for j, _ in rows[above].labels}:
        return True
    under = [j for r0, c0, r1, c1 in grid.merged if r0 <= above <= r1 and c1 > c0 for j in range(c0, c1 + 1)]
    return len(texts) >= 2 and sum(j in under for j, _ in row.labels) * 2 > len(texts)


def _inside_header(grid: Grid, above: int, i: int) -> bool:
    """Whether header cells to the right are merged down over this row."""
    return sum(c1 - c0 + 1 for r0, c0, r1, c1 in grid.merged if r0 <= above and r1 >= i and r1 > r0) >= 2


def _stands_on(upper: HeaderRow, lower: HeaderRow, *, known: bool = True) -> bool:
    """Whether a lone name of a level stands right above another one: the levels of a hierarchy, stacked in their column."""
    if len(upper.labels) != 1 or upper.figures or lower.figures or not lower.labels or upper.labels[0][0] != lower.labels[0][0]:
        return False
    text, below = upper.labels[0][1], lower.labels[0][1]
    if not known:
        return len(lower.labels) == 1 and strong_role(below) is not None
    roles = (strong_role(text), strong_role(below))
    return None not in roles and not NUMBER_ROLES & set(roles) and text != below and not text.endswith(_MANY)


def _only_periods(row: HeaderRow) -> bool:
    """Whether a row holds periods, with nothing beside them but words for totals: months below the names of measures."""
    said = [text for _, text in row.labels if not is_period(text)]
    return row.periods >= 2 and not row.figures and all(strong_role(text) is not None or TOTAL_ALONE.fullmatch(text) for text in said)


def _spans(grid: Grid, upper: HeaderRow, lower: HeaderRow, i: int) -> bool:
    """Whether a row belongs above a header row: its cells are merged across it, or fill its blanks."""
    if upper.figures or not (upper.labels or upper.periods >= 2) or any(text.endswith(":") for _, text in upper.labels):
        return False
    lower_filled = {j for j, cell in enumerate(lower.cells) if kind_of(cell) != EMPTY}
    upper_filled = {j for j, cell in enumerate(upper.cells) if kind_of(cell) != EMPTY}
    merged = [c0 for r0, c0, r1, c1 in grid.merged if r0 <= i <= r1 and c1 > c0 and c0 in upper_filled]
    width = max(lower_filled, default=0) - min(lower_filled, default=0) + 1
    if len(upper_filled) == 1 and merged:
        span = max(c1 - c0 + 1 for r0, c0, r1, c1 in grid.merged if r0 <= i <= r1)
        return 2 <= span < width  # a title is merged over the whole width
    texts = [text for _, text in lower.labels]
    doubled = len(set(texts)) < len(texts) and len(upper_filled) < len(lower_filled)  # what tells the doubles apart stands above them
    return len(upper_filled) >= 2 and bool(merged or upper_filled - lower_filled or upper.periods >= 2 or doubled)
