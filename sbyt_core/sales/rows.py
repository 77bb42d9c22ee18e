"""Which rows of a table are lines, and why the others are not.

Left out: blank rows; the header again; totals and subtotals; notes below the table; rows without any figure. A total is told by its
words (the whole cell is «Итого», «Всего», or «Итого по …», «… Итог») where the row has none of what lines have beside, and by
arithmetic: a row that names less than lines do and whose amount is the sum of the lines above (or below) it. So a client called
«Итого-Сервис» stays a client.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from sbyt_core.sales.amounts import Amounts
from sbyt_core.sales.column import EMPTY
from sbyt_core.sales.columns import Roles
from sbyt_core.sales.table import Table
from sbyt_core.sales.vocabulary import TOTAL_ALONE, TOTAL_HINT, TOTAL_OF, squeeze

CLOSE_MONEY = 0.02  # a sum of rounded lines may be this far from its total, per line at most a tenth of a kopeck
BOUNDARIES = 12  # how many earlier totals a subtotal may start from


@dataclass(frozen=True)
class Selection:
    """reasons: None for a line, else a code of `SKIPPED`; control: the grand total that the file states, None without one."""

    reasons: np.ndarray
    control: float | None

    @property
    def lines(self) -> np.ndarray:
        """bool per row."""
        return np.array([reason is None for reason in self.reasons], dtype=bool) if len(self.reasons) else np.zeros(0, dtype=bool)


def select_lines(table: Table, roles: Roles, amounts: Amounts) -> Selection:
    """Which rows are lines."""
    n = len(table.rows)
    reasons = np.full(n, None, dtype=object)
    filled = np.zeros(n, dtype=int)
    names = np.zeros(n, dtype=int)
    same = np.zeros(n, dtype=int)
    alone = np.zeros(n, dtype=bool)
    of = np.zeros(n, dtype=bool)
    for column in table.columns:
        has = column.kinds != EMPTY
        filled += has
        if column.number_share >= 0.5 and column not in (roles.get("client"), roles.get("client_code"), roles.get("document"), roles.get("date")):
            names += column.by_text(lambda text: not any(letter.isdigit() for letter in text) and len(text) > 3, False, bool, hint=r"^[^\d]{4,}$")
        else:
            names += has
        if len(column.uniques):
            own = {squeeze(part) for part in (*column.parts, column.header)}
            same += column.by_text(lambda text, own=own: text in own or squeeze(text) in own, False, bool, hint=_any_of(own))  # type: ignore[misc]
            alone |= column.by_text(lambda text: len(text) < 80 and TOTAL_ALONE.fullmatch(squeeze(text)) is not None, False, bool, hint=TOTAL_HINT)
            of |= column.by_text(lambda text: len(text) < 300 and TOTAL_OF.fullmatch(squeeze(text)) is not None, False, bool, hint=TOTAL_HINT)
    reasons[filled == 0] = "blank"
    reasons[(filled > 0) & (same >= filled) & ~amounts.filled | (same >= 2) & (2 * same > filled)] = "repeated_header"
    open_rows = reasons == None  # noqa: E711 (element by element)
    typical = int(np.median(names[open_rows])) if open_rows.any() else 0
    identity = _identity(roles, n)
    named_total = open_rows & alone & ((names <= 1) | (identity <= 1))
    part_total = open_rows & of & ~named_total & (names <= 1) & (typical >= 2)
    doubtful = open_rows & ~named_total & ~part_total & amounts.filled & (((names < typical) & (identity == 0)) | (of & (typical < 2)) | (names == 0))
    if typical >= 3:
        doubtful |= open_rows & ~named_total & ~part_total & amounts.filled & (names <= 1) & (identity <= 1)
    proved = _proved(amounts.revenue, open_rows, named_total | part_total, doubtful)
    reasons[part_total] = "subtotal"
    reasons[proved] = "subtotal"
    whole = np.nansum(amounts.revenue[open_rows & ~named_total & ~part_total & ~proved])
    for i in np.flatnonzero(proved):
        if abs(amounts.revenue[i] - whole) <= _slack(whole, n):
            reasons[i] = "total"
    reasons[named_total] = "total"
    empty = (reasons == None) & ~amounts.filled  # noqa: E711
    reasons[empty] = np.where(names[empty] <= max(1, typical // 2), "note", "no_amount")
    return Selection(reasons, _control(amounts.revenue, reasons, whole, n))


def _any_of(headers: set[str]) -> str:
    """An RE2 pattern for a cell that begins like one of the headers."""
    return r"^\s*(?:" + "|".join(re.sub(r"(\W)", r"\\\1", header.split(" ")[0]) for header in sorted(headers)) + ")"


def _identity(roles: Roles, n: int) -> np.ndarray:
    """How many of date, document, client and item a row names."""
    found = np.zeros(n, dtype=int)
    seen: list[int] = []
    for role in ("date", "document", "client", "client_code", "item"):
        column = roles.get(role)
        if column is not None and id(column) not in seen:
            seen.append(id(column))
            found += column.kinds != EMPTY
    return found


def _slack(total: float, n: int) -> float:
    return max(CLOSE_MONEY, 0.001 * min(n, 1000), 1e-9 * abs(total))


def _proved(revenue: np.ndarray, open_rows: np.ndarray, certain: np.ndarray, doubtful: np.ndarray) -> np.ndarray:
    """Doubtful rows whose amount is the sum of lines from an earlier total (or the start) to them, or from them to the next."""
    proved = np.zeros(len(revenue), dtype=bool)
    places = np.flatnonzero(doubtful & ~np.isnan(revenue))
    if not len(places):
        return proved
    base = np.where(open_rows & ~certain & ~doubtful, np.nan_to_num(revenue), 0.0)
    counts = np.concatenate([[0], np.cumsum(open_rows & ~certain & ~doubtful)])
    sums = np.concatenate([[0.0], np.cumsum(base)])
    borders = np.unique(np.concatenate([[0], np.flatnonzero(certain) + 1, places, places + 1, [len(revenue)]]))
    for i in places:
        slack = _slack(revenue[i], len(revenue))
        before = borders[borders <= i]
        after = borders[borders > i]
        starts = np.unique(np.concatenate([before[-BOUNDARIES:], before[:1]]))
        ends = np.unique(np.concatenate([after[:BOUNDARIES], after[-1:]]))
        above = (np.abs(sums[i] - sums[starts] - revenue[i]) <= slack) & (counts[i] - counts[starts] >= 2)
        below = (np.abs(sums[ends] - sums[i] - revenue[i]) <= slack) & (counts[ends] - counts[i] >= 2)
        proved[i] = above.any() or below.any()
    return proved


def _control(revenue: np.ndarray, reasons: np.ndarray, whole: float, n: int) -> float | None:
    """The total nearest to the lines among those the file states."""
    stated = [float(revenue[i]) for i in np.flatnonzero(reasons == "total") if not np.isnan(revenue[i])]
    if not stated:
        return None
    nearest = min(stated, key=lambda total: (abs(total - whole), -abs(total)))
    return nearest
