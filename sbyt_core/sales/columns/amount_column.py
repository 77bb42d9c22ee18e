"""Which column is the revenue where several hold money, and in what units columns of money are.

Columns that agree to the kopeck are one. Else `amount_column` is asked; the best reading is the column that profit and cost, or the
discount, prove; then the one without VAT; then the likeliest name.
"""

from __future__ import annotations

import re

import numpy as np

from sbyt_core.sales.columns.roles import Roles, amount_candidates
from sbyt_core.sales.table import Findings, Table
from sbyt_core.sales.values.column import Column
from sbyt_core.sales.values.numbers import Numbers, take_apart

_THOUSANDS = re.compile(r"(?<!\w)(?:тыс(?:яч\w*)?\.?|т\.\s?р(?:уб\w*)?\.?|k(?:rub|usd|eur)?|thousands?|['’]?000s?)(?!\w)", re.IGNORECASE)
_MILLIONS = re.compile(r"(?<!\w)(?:млн\.?|миллион\w*|mln|millions?)(?!\w)", re.IGNORECASE)
_KOPECKS = re.compile(r"^(?!.*(?:руб|\bр\.)).*(?<!\w)коп(?:\.|е\w+)?(?!\w)", re.IGNORECASE)  # «руб. коп.» are roubles
_UNIT_TITLE = re.compile(
    r"(?:ед(?:\.|иниц\w*) ?изм.*|.*)(?:тыс|млн)\w*\.? ?(?:руб|р\.|₽|rub|\$|usd|eur|€|тенге|ед)|ед(?:\.|иниц\w*) ?изм.*(?:тыс|млн)",
    re.IGNORECASE,
)
_VAT_IN = re.compile(r"(?<!без )(?:с|вкл\w*|включая|incl\w*|with) (?:ндс|vat)|gross", re.IGNORECASE)
_VAT_OUT = re.compile(r"(?:без|excl\w*|without) (?:ндс|vat)|\bnet\b", re.IGNORECASE)
CLOSE = 0.02  # money: how far revenue − cost may be from profit in a row that proves it
PROVED = 0.9  # share of rows that prove an arithmetic


def choose_amount(table: Table, roles: Roles, numbers: dict[str, Numbers], findings: Findings) -> Roles:
    """The roles with the revenue column that holds. numbers: the columns of figures as read, by header. Asks amount_column."""
    if "revenue" not in roles or "revenue" in table.roles:
        return roles
    candidates = amount_candidates(table, roles)
    if len(candidates) < 2:
        return roles
    told = marks_of(roles)
    values = {column.header: read_column(column, told, None).values * unit_of(column, table.titles) for column in candidates}
    first = values[candidates[0].header]
    different = [header for header, found in values.items() if not np.allclose(found, first, rtol=0, atol=CLOSE, equal_nan=True)]
    if not different:
        return roles
    headers = tuple(column.header for column in candidates if column is candidates[0] or column.header in different)
    best = _likely_amount(headers, values, roles, numbers)
    chosen = findings.ask("amount_column", headers, best, example=best)
    return {**roles, "revenue": table.column(str(chosen))}


def _likely_amount(headers: tuple[str, ...], values: dict[str, np.ndarray], roles: Roles, numbers: dict[str, Numbers]) -> str:
    """The column that profit and cost, or the discount, prove; else the one without VAT; else the best name."""
    if "profit" in roles and "cost" in roles:
        expected = numbers[roles["profit"].header].values + numbers[roles["cost"].header].values
        for header in headers:
            if close_share(values[header], expected) >= PROVED:
                return header
    if "discount" in roles:
        discount = numbers[roles["discount"].header].values
        for header in headers:
            for full in headers:
                if (
                    full != header
                    and np.nansum(np.abs(discount))
                    and close_share(values[header], values[full] - np.abs(discount)) >= PROVED
                ):
                    return header
    for header in headers:
        if _VAT_OUT.search(header):
            return header
    return headers[0]


def close_share(a: np.ndarray, b: np.ndarray) -> float:
    both = ~np.isnan(a) & ~np.isnan(b)
    return float((np.abs(a - b)[both] <= CLOSE).mean()) if both.any() else 0.0


def vat_differs(roles: Roles, revenue: np.ndarray, profit: np.ndarray, cost: np.ndarray) -> bool:
    """Whether revenue is named as with VAT while the stated profit does not follow from it (cost and profit are without)."""
    if "revenue" not in roles or "profit" not in roles or not _VAT_IN.search(roles["revenue"].header):
        return False
    if np.isnan(cost).all():
        return not _VAT_IN.search(roles["profit"].header)
    return close_share(revenue - cost, profit) < PROVED


def marks_of(roles: Roles) -> dict[str, str]:
    """What the columns of figures together say about comma and dot, money first."""
    told: dict[str, str] = {}
    for role in ("revenue", "profit", "cost", "price", "discount", "margin", "quantity"):
        if role in roles:
            for mark, reading in roles[role].marks.items():
                told.setdefault(mark, reading)
    return told


def read_column(column: Column, told: dict[str, str], convention: str | None) -> Numbers:
    """The column as numbers. told: `marks_of` all columns; convention: the answer to ambiguous_numbers."""
    return column.numbers(convention, told)


def unit_of(column: Column, titles: tuple[str, ...]) -> float:
    """1, 1 000, 1 000 000 or 0.01 (kopecks): the unit that the headers of a column name, else the titles of the report."""
    text = " ".join((*column.parts, column.header))
    for pattern, scale in ((_THOUSANDS, 1e3), (_MILLIONS, 1e6)):
        if pattern.search(text):
            return scale
    if _KOPECKS.search(text):
        return 0.01
    if not re.search(r"руб|₽|rub|usd|eur|\$|€", text, re.IGNORECASE):
        for title in titles:
            if _UNIT_TITLE.search(title):
                return 1e6 if _MILLIONS.search(title) else 1e3
    return 1.0


def currency_of(column: Column) -> str | None:
    """ISO code of the currency that the header of a column names, else that its number format shows."""
    for part in (*column.parts, column.header):
        for word in re.split(r"[\s,()/]+", part):
            if word and (code := take_apart(f"1 {word}")) is not None and code.currency:
                return code.currency
    return column.currency
