"""Returns that stand as money in a column of their own («Продажи», «Возвраты»), beside the sales of the same row.

Where the file proves that its revenue is net already (profit and cost, or a column of sales before returns) nothing is done; where
another column is the sales less the returns, that column is the revenue. Else returns_sign is asked; the best reading subtracts.
"""

from __future__ import annotations

import re

import numpy as np

from sbyt_core.sales.columns.amount_column import PROVED, close_share, marks_of, read_column, unit_of
from sbyt_core.sales.columns.roles import Roles
from sbyt_core.sales.table import QUESTIONS, Findings, Table
from sbyt_core.sales.values.column import Column
from sbyt_core.sales.vocabulary import plain, role_scores

_RETURNED = re.compile(r"(?:сумма )?возврат(?:а|ов|ы)?(?: (?!кол|шт)\w+){0,2}|(?:sales )?(?:returns?|refunds?)(?: amount| total| value)?")


def less_returns(table: Table, roles: Roles, values: dict[str, np.ndarray], findings: Findings) -> np.ndarray:
    """The revenue net of returns that another column states. values: figures by role, in units of money; asks returns_sign."""
    revenue = values["revenue"]
    used = {id(column) for column in roles.values()}
    free = [column for column in table.columns if id(column) not in used and column.number_share >= 0.5]
    column = next((column for column in free if _RETURNED.fullmatch(plain(column.header)) and "шт" not in column.header), None)
    if column is None:
        return revenue
    told = marks_of(roles)

    def read(other: Column) -> np.ndarray:
        return read_column(other, told, "decimal").values * unit_of(other, table.titles)

    returned = np.nan_to_num(np.abs(read(column)))
    if not returned.any():
        return revenue
    net = np.where(np.isnan(revenue), -returned, revenue - returned)
    touched = returned > 0
    if "profit" in values and "cost" in values:
        for proved in (revenue, net):
            if close_share((proved - values["cost"])[touched], values["profit"][touched]) >= PROVED:
                return proved
    for other in free:
        if other is not column and "revenue" in dict(role_scores(other.header)):
            if close_share(read(other)[touched], net[touched]) >= PROVED:
                return read(other)
            if close_share(read(other)[touched], (revenue + returned)[touched]) >= PROVED:
                return revenue
    answer = findings.ask("returns_sign", QUESTIONS["returns_sign"], "subtract", example=column.header)
    return net if answer == "subtract" else revenue
