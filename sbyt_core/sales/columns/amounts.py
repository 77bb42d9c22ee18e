"""Revenue, profit, quantity and discount of every row, in the units of money that the headers state.

Profit is the profit column; else revenue − cost; else revenue × margin (a fraction, or per cent where values pass 1.5); else it is
missing and `no_profit` is asked. Thousands and millions in a header (or in the titles) are multiplied out. A discount below 1 is a
fraction, from 1 to 100 per cent, above 100 or called a sum it is money. Several money columns, several currencies and marks
that may be thousands or decimals are asked about, never guessed silently. An unreadable cell is missing, and told.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

import numpy as np

from sbyt_core.errors import BadFile
from sbyt_core.sales.columns.amount_column import choose_amount, currency_of, marks_of, read_column, unit_of
from sbyt_core.sales.columns.returned import less_returns
from sbyt_core.sales.columns.roles import Roles
from sbyt_core.sales.kept_rows import keep_rows
from sbyt_core.sales.table import QUESTIONS, Findings, Table
from sbyt_core.sales.values.column import Column, error_text
from sbyt_core.sales.values.numbers import Numbers, take_apart
from sbyt_core.sales.vocabulary import MARKUP, MONEY_ROLES, NUMBER_ROLES, PER_UNIT

MARGIN_LIMIT = 1.5  # a margin above it is written in per cent, not as a fraction


@dataclass(frozen=True)
class Amounts:
    """Arrays of one length, NaN where missing. filled: the row states some figure; currency: ISO code or None a row."""

    revenue: np.ndarray
    profit: np.ndarray
    cost: np.ndarray
    quantity: np.ndarray
    discount: np.ndarray
    filled: np.ndarray
    currency: np.ndarray | None
    has_profit: bool


def read_amounts(table: Table, roles: Roles, findings: Findings) -> tuple[Amounts, Roles]:
    """The money of a table, and the roles with the revenue column that holds.

    Asks ambiguous_numbers, amount_column. Raises BadFile formulas_without_values.
    """
    numbers = _numbers(table, roles, findings)
    roles = choose_amount(table, roles, numbers, findings)
    if "revenue" in roles and roles["revenue"].header not in numbers:
        numbers[roles["revenue"].header] = read_column(roles["revenue"], marks_of(roles), findings.answers.get("ambiguous_numbers"))
    nothing = np.full(len(table.rows), np.nan)
    scales = {role: unit_of(column, table.titles) for role, column in roles.items() if role in MONEY_ROLES}
    values = {role: numbers[column.header].values * scales.get(role, 1.0) for role, column in roles.items() if role in NUMBER_ROLES}
    if "revenue" in values:
        revenue = less_returns(table, roles, values, findings)
    else:
        revenue = values["price"] * values["quantity"]
        findings.tell("revenue_from_price", severity="note")
    unread = "ambiguous_numbers" in findings.questions and np.isnan(revenue).all()
    needed = ("revenue", "profit" if "profit" in roles else "cost")
    hollow = any(role in roles and roles[role].header in table.hollow_columns for role in needed)
    if hollow or (np.isnan(revenue).all() and not unread and table.formulas_without_values):
        raise BadFile("formulas_without_values", count=table.formulas_without_values)
    currencies = {code for role, column in roles.items() if role in MONEY_ROLES and (code := currency_of(column))}
    if len(set(scales.values())) > 1 or len(currencies) > 1:
        findings.tell("unit_mismatch", sheet=table.sheet, column=roles["revenue"].header)
    if "cost" in values:
        values["cost"] = _whole_cost(roles["cost"], values, revenue)
    profit, cost, has_profit = _profit(roles, values, revenue, numbers)
    has_profit &= not np.isnan(profit).all() or unread
    filled = np.zeros(len(table.rows), dtype=bool)
    for role in ("revenue", "profit", "cost", "quantity"):
        if role in roles:
            filled |= ~np.isnan(values[role]) | numbers[roles[role].header].bad
    amounts = Amounts(
        revenue=revenue,
        profit=profit,
        cost=cost,
        quantity=values.get("quantity", nothing),
        discount=_discount(roles, values, revenue, numbers, findings, table),
        filled=filled,
        currency=_currency(table, roles),
        has_profit=has_profit,
    )
    return amounts, roles


def tell_unread(table: Table, roles: Roles, lines: np.ndarray, findings: Findings) -> None:
    """Warn of cells in the lines' money that are no numbers, a warning a column. lines: bool per row."""
    if "ambiguous_numbers" in findings.questions and findings.questions["ambiguous_numbers"].chosen is None:
        return
    told = marks_of(roles)
    for role in ("revenue", "profit", "cost", "quantity"):
        column = roles.get(role)
        if column is None or (role == "cost" and "profit" in roles):
            continue
        unread = read_column(column, told, findings.answers.get("ambiguous_numbers")).bad & lines
        bad = np.flatnonzero(unread)
        if len(bad):
            findings.kept += keep_rows(f"unparsed_numbers:{column.header}", table, unread)
            cell = column.cells[bad[0]] if isinstance(column.cells, np.ndarray) else column.cells.iloc[bad[0]]
            findings.tell(
                "unparsed_numbers",
                sheet=table.sheet,
                row=int(table.rows[bad[0]]),
                column=column.header,
                value=error_text(cell),
                count=len(bad),
            )


def _numbers(table: Table, roles: Roles, findings: Findings) -> dict[str, Numbers]:
    told = marks_of(roles)
    money = [column for role, column in roles.items() if role in MONEY_ROLES]
    unclear = [column for column in money if read_column(column, told, None).ambiguous]
    convention: str | None = "decimal"  # for columns that are not money: 1,000 pieces are one
    if unclear:
        example = next((str(text) for text in unclear[0].uniques if (shape := take_apart(str(text))) and shape.decided is None), None)
        convention = findings.ask("ambiguous_numbers", QUESTIONS["ambiguous_numbers"], None, example)
    read = {}
    for role, column in roles.items():
        if role in NUMBER_ROLES:
            read[column.header] = read_column(column, told, convention if role in MONEY_ROLES or unclear else "decimal")
    return read


def _profit(
    roles: Roles, values: dict[str, np.ndarray], revenue: np.ndarray, numbers: dict[str, Numbers]
) -> tuple[np.ndarray, np.ndarray, bool]:
    cost = values.get("cost", np.full(len(revenue), np.nan))
    if "profit" in roles:
        profit = values["profit"]
        if not _is_margin(roles["profit"], profit, revenue, numbers):
            return profit, cost, True
        return revenue * _fraction(profit), cost, True
    if "cost" in roles:
        return revenue - cost, cost, True
    if "margin" in roles:
        share = _fraction(values["margin"])
        return revenue * (share / (1 + share) if MARKUP.search(roles["margin"].header) else share), cost, True
    return np.full(len(revenue), np.nan), cost, False


def _whole_cost(column: Column, values: dict[str, np.ndarray], revenue: np.ndarray) -> np.ndarray:
    """The cost of the line with the sign of its sale: a cost of one piece times the quantity; costs written as expenses are turned."""
    cost = values["cost"]
    if PER_UNIT.search(column.header):
        cost = cost * values["quantity"] if "quantity" in values else np.full(len(cost), np.nan)
    sold, returned = (revenue > 0) & (cost != 0) & ~np.isnan(cost), (revenue < 0) & (cost != 0) & ~np.isnan(cost)
    if sold.any() and (cost[sold] < 0).all():
        cost = np.where(sold, -cost, cost)
    if returned.any() and (cost[returned] > 0).all():
        cost = np.where(returned, -cost, cost)
    return cost


def _is_margin(column: Column, values: np.ndarray, revenue: np.ndarray, numbers: dict[str, Numbers]) -> bool:
    """«Маржа» that holds per cent: written with the sign, or nowhere above 1 while the sales are."""
    if "%" in column.header or numbers[column.header].percent:
        return True
    found, money = np.abs(values[~np.isnan(values)]), np.abs(revenue[~np.isnan(revenue)])
    return len(found) > 0 and len(money) > 0 and found.max() <= 1 and found.max() > 0 and float(np.median(money)) > 20


def _fraction(values: np.ndarray) -> np.ndarray:
    known = np.abs(values[~np.isnan(values)])
    return values / 100 if len(known) and known.max() > MARGIN_LIMIT else values


def _discount(
    roles: Roles, values: dict[str, np.ndarray], revenue: np.ndarray, numbers: dict[str, Numbers], findings: Findings, table: Table
) -> np.ndarray:
    """Money given away on a row: revenue · d / (1 − d) for a discount d that is a fraction of the price."""
    column = roles.get("discount")
    if column is None:
        return np.full(len(revenue), np.nan)
    given = np.abs(values["discount"])
    known = given[~np.isnan(given)]
    if re.search(r"сумм|amount|sum", column.header, re.IGNORECASE) or (len(known) and known.max() > 100):
        return given
    written = column.by_text(lambda text: "%" in text, False, bool)
    small, large = (known > 0) & (known < 1), known >= 1
    mixed = (small.any() and large.any()) or (written.any() and (~np.isnan(given) & ~written & (given != 0)).any())
    if mixed:
        findings.tell("discount_scale", sheet=table.sheet, column=column.header, row=int(table.rows[int(np.argmax(given >= 1))]))
    fraction = np.where(given >= 1, given / 100, given)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(fraction < 1, np.abs(revenue) * fraction / (1 - fraction), np.nan)


def _currency(table: Table, roles: Roles) -> np.ndarray | None:
    """The currency of every row where the file tells it a row; None where it does not."""
    if "currency" in roles:
        return _normal_currency(roles["currency"])
    if "revenue" not in roles:
        return None
    said = roles["revenue"].by_text(lambda text: getattr(take_apart(text), "currency", None))
    return said if len({code for code in said if code}) > 1 else None


def _normal_currency(column: Column) -> np.ndarray:
    def code(text: str) -> str | None:
        shape = take_apart("1 " + text.strip())
        return shape.currency if shape and shape.currency else text.strip().upper() or None

    return column.by_text(code)


def with_rows(amounts: Amounts, *, revenue: np.ndarray, profit: np.ndarray, quantity: np.ndarray) -> Amounts:
    """The amounts with other revenue, profit and quantity."""
    return replace(amounts, revenue=revenue, profit=profit, quantity=quantity)
