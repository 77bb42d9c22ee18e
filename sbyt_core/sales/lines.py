"""Rows of a table → lines of sales in the one fixed shape, with what must be asked about them.

Deals that are not won, lines of another currency and doubled rows leave with their reason; returns written as positive sums are subtracted;
a line without a date or a client stays, with its money. Dates: day or month first is told by days above 12, asked where nothing tells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sbyt_core.sales.columns.amounts import Amounts
from sbyt_core.sales.columns.branches import kpp_branches
from sbyt_core.sales.columns.roles import Roles, only_counts
from sbyt_core.sales.identity.names import Clients, identify_clients
from sbyt_core.sales.layout.months import month_ends, stand_for_months
from sbyt_core.sales.model import LINE_COLUMNS
from sbyt_core.sales.table import QUESTIONS, Findings, Table
from sbyt_core.sales.values.column import EMPTY, NAT, TEXT, Column
from sbyt_core.sales.values.dates import DAY_FIRST, MONTH_FIRST
from sbyt_core.sales.vocabulary import LOST, RETURN, WON, YES, plain, squeeze

FAR_YEARS = 15  # a date this far from the middle one is a slip of the pen (2052 for 2025)
_MIX = np.uint64(0x9E3779B97F4A7C15)  # odd and irregular: equal sums of different rows do not happen by chance
MAX_STATUSES = 40  # distinct values; more is no list of stages
BLOCK = 3  # doubled rows in a row: somebody pasted a block twice


@dataclass(frozen=True)
class Dated:
    """days: datetime64[us]; bad: row has no usable date though the table has a date column; monthly: months stand for days."""

    days: np.ndarray
    bad: np.ndarray
    monthly: bool


def won_rows(table: Table, roles: Roles, lines: np.ndarray, findings: Findings) -> np.ndarray:
    """Rows that count as sales by the status column; asks status_column where it holds both won and other deals."""
    column = roles.get("status")
    everything = np.ones(len(table.rows), dtype=bool)
    if column is None or column.share(TEXT) < 0.5 or len(column.uniques) > MAX_STATUSES:
        return everything
    flag = WON.search(plain(column.header)) is not None  # «Выиграна: да»
    won = column.by_text(lambda text: _is_won(squeeze(text)) or (flag and YES.fullmatch(squeeze(text)) is not None), False, bool)
    if not (won & lines).any():  # no stage is called won: what is not lost counts
        won = column.by_text(lambda text: LOST.search(squeeze(text).lower().replace("ё", "е")) is None, True, bool)
    if not (won & lines).any() or (won | ~lines).all():
        return everything
    left = column.labels()[lines & ~won]
    example = str(left.iloc[0]) if len(left) and left.notna().iloc[0] else None
    answer = findings.ask("status_column", QUESTIONS["status_column"], "won_only", example)
    return won if answer == "won_only" else everything


def currency_rows(amounts: Amounts, lines: np.ndarray, findings: Findings) -> np.ndarray:
    """Rows of the one currency that counts; asks currency where the lines have several."""
    everything = np.ones(len(lines), dtype=bool)
    if amounts.currency is None:
        return everything
    counts = pd.Series(amounts.currency[lines]).dropna().value_counts()
    if len(counts) < 2:
        return everything
    codes = tuple(sorted(counts.index, key=lambda code: (-counts[code], code)))
    answer = findings.ask("currency", (*codes, "as_one"), codes[0], example=", ".join(codes))
    if answer == "as_one":
        return everything
    stated = amounts.currency != np.array(None)
    return (amounts.currency == answer) | (~stated & (answer == codes[0]))


def read_days(table: Table, roles: Roles, lines: np.ndarray, findings: Findings) -> Dated:
    """The day of every row. Asks ambiguous_dates; the best reading is the one in which the rows follow each other in time."""
    n = len(table.rows)
    column = roles.get("date")
    if column is None:
        return Dated(np.full(n, NAT, dtype="datetime64[us]"), np.zeros(n, dtype=bool), False)
    read = column.dates()
    if read.ambiguous:
        sorted_share = {order: _in_order(column.dates(order).days[lines]) for order in (DAY_FIRST, MONTH_FIRST)}
        best = MONTH_FIRST if sorted_share[MONTH_FIRST] > sorted_share[DAY_FIRST] else DAY_FIRST
        example = next((str(text) for text in column.uniques), None)
        read = column.dates(findings.ask("ambiguous_dates", QUESTIONS["ambiguous_dates"], best, example))
    days = read.days.copy()
    if "document" in roles and roles["document"] is not column:
        missing = np.isnat(days) & (column.kinds == EMPTY) & (roles["document"].kinds != EMPTY)
        if missing.any() and roles["document"].share(TEXT) > 0.5:
            days[missing] = roles["document"].dates().days[missing]
    known = days[lines & ~np.isnat(days)]
    if len(known):
        middle = np.sort(known)[len(known) // 2]
        far = ~np.isnat(days) & (np.abs(days - middle) > np.timedelta64(int(FAR_YEARS * 365.25), "D"))
        days[far] = NAT
    texts = (column.kinds == TEXT) & lines & ~np.isnat(days)
    monthly = table.monthly or bool(read.monthly and texts.any() and not (texts & (month_ends(days) != days)).any())
    if not monthly and stand_for_months(days[lines]):
        days, monthly = month_ends(days), True
    return Dated(days, np.isnat(days), monthly)


def signed(
    table: Table, roles: Roles, amounts: Amounts, lines: np.ndarray, findings: Findings
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Revenue, profit, quantity with returns below zero, and whether a row is a return.

    Returns are told by the kind of document, else by its name; written as positive sums they are subtracted unless the user says otherwise.
    """
    flagged = np.zeros(len(table.rows), dtype=bool)
    told: Column | None = None
    for role in ("document_type", "document"):
        column = roles.get(role)
        if column is not None and not flagged.any():
            flagged = column.by_text(lambda text: RETURN.search(text) is not None, False, bool, hint=RETURN.pattern)
            if role == "document_type" and RETURN.search(column.header):
                flagged |= column.by_text(lambda text: YES.fullmatch(squeeze(text)) is not None, False, bool)
                flagged |= column.numbers("decimal").values == 1
            told = column
    if not flagged.any() and "quantity" in roles:  # pieces came back while the money is written as if it were a sale
        flagged, told = (amounts.quantity < 0) & (amounts.revenue > 0), roles["quantity"]
    revenue, profit, quantity = amounts.revenue, amounts.profit, amounts.quantity
    positive = flagged & lines & (revenue > 0)
    if positive.any() and told is not None and not (flagged & lines).all():
        example = told.label(int(np.argmax(positive)))
        answer = findings.ask("returns_sign", QUESTIONS["returns_sign"], "subtract", example)
        if answer == "subtract":
            flip = np.where(flagged & (revenue > 0), -1.0, 1.0)
            revenue = revenue * flip
            quantity = np.where(flip < 0, -np.abs(quantity), quantity)
            if "profit" not in roles or not (profit[positive] < 0).any():
                profit = profit * flip
    return revenue, profit, quantity, flagged | (revenue < 0)


def doubled_rows(table: Table, roles: Roles, lines: np.ndarray, findings: Findings) -> np.ndarray:
    """Rows that repeat an earlier one in every cell (numbers of rows aside), where they look pasted. Asks duplicate_rows.

    Pasted rows name an item, or repeat as a block; where the file numbers its rows only a block is taken for pasted. Equal lines that
    follow each other and name no item are lines of one order.
    """
    where = np.flatnonzero(lines)
    nothing = np.zeros(len(lines), dtype=bool)
    codes = np.zeros(len(where), dtype=np.uint64)
    numbered = False
    for column in table.columns:
        if only_counts(column):
            numbered = True
            continue
        codes = codes * _MIX + column.marks_of_cells()[lines]
    repeated = pd.Series(codes).duplicated().to_numpy()
    if not repeated.any():
        return nothing
    adjacent = np.zeros(len(codes), dtype=bool)
    adjacent[1:] = codes[1:] == codes[:-1]
    pasted = repeated & ~adjacent
    runs = _longest_run(pasted)
    if not (("item" in roles and not numbered) or runs >= BLOCK):
        return nothing
    first = int(where[np.flatnonzero(repeated)[0]])
    answer = findings.ask("duplicate_rows", QUESTIONS["duplicate_rows"], "remove" if runs >= BLOCK else "keep", str(int(table.rows[first])))
    if answer == "remove":
        nothing[where[repeated]] = True
    return nothing


def build_lines(
    table: Table, roles: Roles, amounts: Amounts, dated: Dated, returns: np.ndarray, keep: np.ndarray
) -> tuple[pd.DataFrame, Clients]:
    """The lines in the shape of `LINE_COLUMNS`, in the order of the sheet, and their clients."""
    n = int(keep.sum())

    def labels(role: str) -> pd.Series | None:
        return roles[role].labels(keep) if role in roles else None

    nothing = pd.Series(pd.array([None], dtype="str").take(np.zeros(n, dtype=int)))
    clients = identify_clients(labels("client"), labels("client_code"), n)
    texts = {role: found if (found := labels(role)) is not None else nothing for role in ("document", "item", "manager", "branch")}
    if (units := kpp_branches(table, roles, keep, clients.key)) is not None:
        texts["branch"] = units
    columns = {
        "date": dated.days[keep],
        "client_key": clients.key,
        "client": clients.name,
        "client_code": clients.code,
        "aggregate": clients.aggregate,
        **texts,
        "kind": pd.array(["sale", "return"], dtype="str").take(returns[keep].astype(int)),
        "quantity": amounts.quantity[keep],
        "revenue": amounts.revenue[keep],
        "profit": amounts.profit[keep],
        "discount": amounts.discount[keep],
        "sheet": pd.array([table.sheet], dtype="str").take(np.zeros(n, dtype=int)),
        "row": table.rows[keep],
    }
    return pd.DataFrame(
        {name: pd.Series(columns[name], dtype=dtype, copy=False) for name, dtype in LINE_COLUMNS.items()}, copy=False
    ), clients


def _is_won(stage: str) -> bool:
    said = stage.lower().replace("ё", "е")
    return LOST.search(said) is None and WON.search(said) is not None


def _in_order(days: np.ndarray) -> float:
    known = days[~np.isnat(days)]
    return float((np.diff(known) >= np.timedelta64(0)).mean()) if len(known) > 1 else 0.0


def _longest_run(flags: np.ndarray) -> int:
    if not flags.any():
        return 0
    edges = np.flatnonzero(np.diff(np.concatenate([[0], flags.astype(int), [0]])))
    return int((edges[1::2] - edges[::2]).max())
