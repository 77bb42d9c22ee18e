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
import pandas as pd

from sbyt_core.sales.columns.amounts import Amounts
from sbyt_core.sales.columns.roles import Roles
from sbyt_core.sales.table import Table, nearest_total
from sbyt_core.sales.values.column import EMPTY
from sbyt_core.sales.vocabulary import TOTAL_ALONE, TOTAL_HINT, TOTAL_OF, squeeze

CLOSE_MONEY = 0.02  # a sum of rounded lines may be this far from its total, per line at most a tenth of a kopeck
LABEL_LENGTH = 300  # characters of a cell in which a word for a total is looked for
_RE2_SIGN = re.compile(r"[!-/:-@\[-`{-~]")  # signs that RE2 wants escaped; letters and signs beyond ASCII must not be
BOUNDARIES = 12  # how many earlier totals a subtotal may start from


@dataclass(frozen=True)
class Selection:
    """reasons: None for a line, else a code of `SKIPPED`; control: the grand total that the file states, None without one."""

    reasons: np.ndarray
    control: float | None

    @property
    def lines(self) -> np.ndarray:
        """bool per row."""
        return _open(self.reasons)


@dataclass(frozen=True)
class _Signs:
    """Per row: filled cells; cells that name something; cells that repeat their header; a word for a total that is the whole cell (alone),
    that says of what (of), or that stands where no client or item does (apart)."""

    filled: np.ndarray
    names: np.ndarray
    same: np.ndarray
    alone: np.ndarray
    of: np.ndarray
    apart: np.ndarray


def select_lines(table: Table, roles: Roles, amounts: Amounts) -> Selection:
    """Which rows are lines."""
    n = len(table.rows)
    signs = _signs(table, roles)
    names, identity = signs.names, _identity(roles, n)
    reasons = np.full(n, None, dtype=object)
    reasons[signs.filled == 0] = "blank"
    header_alone = (signs.filled > 0) & (signs.same >= signs.filled) & ~amounts.filled
    reasons[header_alone | (signs.same >= 2) & (2 * signs.same > signs.filled)] = "repeated_header"
    open_rows = _open(reasons)
    said = open_rows & ~(signs.alone | signs.of)
    typical = int(np.median(names[said if said.any() else open_rows])) if open_rows.any() else 0
    total = open_rows & signs.alone & ((names <= 1) | (identity <= 1))
    part = open_rows & ~total & ((signs.of & (names <= 1) & (typical >= 2)) | (signs.apart & (names <= 2) & (typical >= 4)))
    poor = (
        ((names < typical) & (identity == 0))
        | (signs.of & (typical < 2))
        | (names == 0)
        | ((typical >= 3) & (names <= 1) & (identity <= 1))
    )
    proved = _proved(amounts.revenue, open_rows, total | part, open_rows & ~total & ~part & amounts.filled & poor)
    whole = float(np.nansum(amounts.revenue[open_rows & ~total & ~part & ~proved]))
    reasons[part | proved] = "subtotal"
    reasons[total | (proved & (np.abs(amounts.revenue - whole) <= _slack(whole, n)))] = "total"
    empty = _open(reasons) & ~amounts.filled
    reasons[empty] = np.where(names[empty] <= max(1, typical // 2), "note", "no_amount")
    return Selection(reasons, nearest_total(amounts.revenue[reasons == "total"], whole))


def _signs(table: Table, roles: Roles) -> _Signs:
    n = len(table.rows)
    filled, names, same = (np.zeros(n, dtype=int) for _ in range(3))
    alone, of, apart = (np.zeros(n, dtype=bool) for _ in range(3))
    named = [roles[role] for role in ("client", "client_code", "document", "date") if role in roles]
    buyers = [roles[role] for role in ("client", "item") if role in roles]
    for column in table.columns:
        has = column.kinds != EMPTY
        filled += has
        figures = column.number_share >= 0.5 and column not in named
        names += column.by_text(_is_word, False, bool, hint=r"^[^\d]{4,}$") if figures else has
        if not len(column.uniques):
            continue
        own = {squeeze(part) for part in (*column.parts, column.header)}
        same += column.by_text(lambda text, own=own: squeeze(text) in own, False, bool, hint=_any_of(own))  # type: ignore[misc]
        here = column.by_text(lambda text: TOTAL_ALONE.fullmatch(squeeze(text)) is not None, False, bool, hint=TOTAL_HINT)
        part = column.by_text(lambda text: TOTAL_OF.fullmatch(squeeze(text)[:LABEL_LENGTH]) is not None, False, bool, hint=TOTAL_HINT)
        alone |= here
        of |= part
        if column not in buyers:
            apart |= here | part
    return _Signs(filled, names, same, alone, of, apart)


def _is_word(text: str) -> bool:
    return len(text) > 3 and not any(letter.isdigit() for letter in text)


def _open(reasons: np.ndarray) -> np.ndarray:
    """bool: no reason yet."""
    return pd.isna(reasons)


def _any_of(headers: set[str]) -> str:
    """An RE2 pattern for a cell that begins like one of the headers."""
    return r"^\s*(?:" + "|".join(_RE2_SIGN.sub(r"\\\g<0>", header.split(" ")[0]) for header in sorted(headers)) + ")"


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
