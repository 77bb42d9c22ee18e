"""Room to grow: how many more clients of A, B or C the present hours carry at the standards of the book, by manager.

Free hours are those that the book does not ask for; a client more takes the contacts of its standard and, where norm minutes are known, the
documents of an average client of its segment. Each figure stands alone: the free hours spent on this segment only. A manager of whom
more is asked than he has has no room.
"""

from __future__ import annotations

import math

import pandas as pd

from sbyt_core.strategies.book import StrategyBook
from sbyt_core.strategies.capacity import Capacity
from sbyt_core.strategies.plan import HoursPlan

SEGMENTS = ("A", "B", "C")
NEAR = 1e-9  # clients: a number this near to the next whole one is whole


def headroom(now: Capacity, book: StrategyBook) -> pd.DataFrame:
    """free hours a month and how many more clients of A, B, C, by manager (index); a standard without hours gives missing.

    now: the capacity of the same book.
    """
    table = now.managers[now.managers.index.notna()][["free"]].copy()
    for segment in SEGMENTS:
        takes = hours_of_one(now, book, segment)
        table[segment] = [math.floor(free / takes + NEAR) if takes > 0 else math.nan for free in table["free"]]
    return table


def hours_of_one(now: Capacity, book: StrategyBook, segment: str) -> float:
    """Hours a month that one client more of a segment takes: contacts, and documents where their norm is known."""
    kinds = now.load.by_kind.loc[segment]
    documents = kinds["document_hours"] / kinds["clients"] if kinds["clients"] and pd.notna(kinds["document_hours"]) else 0.0
    return book[segment].hours_per_month + float(documents)


def headroom_of_plan(plan: HoursPlan) -> pd.DataFrame:
    """The same by an hours plan: free are the reserves, and a client more takes what the plan gives a client of its segment.

    Every hour that clients take is in it, orders and papers too, so it needs no norm minutes.
    """
    segments = plan.segments
    table = plan.managers[["reserve"]].rename(columns={"reserve": "free"})
    for segment in SEGMENTS:
        clients = int(segments.loc[segment, "clients"])
        takes = float(segments.loc[segment, "hours_after"]) / clients if clients else 0.0
        table[segment] = [math.floor(free / takes + NEAR) if takes > 0 else math.nan for free in table["free"]]
    return table
