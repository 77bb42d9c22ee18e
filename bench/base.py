"""A made client table of any size: what segments and exports are measured on.

Values are log-normal, 7 % of clients bring a loss, regularity and documents are drawn apart, names are Russian companies of
some 30 letters; 40 managers, 6 branches. Same size, same table.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from sbyt_core.clients.model import CLIENT_COLUMNS, LOST_COLUMNS, ClientTable, Money
from sbyt_core.sales.period import Period

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
MANAGERS, BRANCHES = 40, 6


def made_clients(n: int) -> ClientTable:
    """The client table of so many clients."""
    random = np.random.default_rng(20251130)
    who = np.arange(n)
    revenue = np.round(random.lognormal(10, 1.5, n), 2)
    days = random.integers(0, 180, n)
    last = np.datetime64(YEAR.end) - days.astype("timedelta64[D]")
    documents = 1.0 + random.poisson(12, n)
    made = {
        "client_key": [f"ооо торговый дом {i:07d}" for i in who],
        "client": [f"ООО «Торговый дом {i:07d}»" for i in who],
        "client_code": [f"77{i:08d}" for i in who],
        "manager": [f"Менеджер {i % MANAGERS:02d}" for i in who],
        "branch": [f"Филиал {i % BRANCHES}" for i in who],
        "is_aggregate": False,
        "seasonal": random.random(n) < 0.03,
        "revenue": revenue,
        "profit": np.round(revenue * random.uniform(0.05, 0.4, n) * np.where(random.random(n) < 0.07, -1, 1), 2),
        "documents": documents,
        "return_documents": np.floor(documents * random.random(n) * 0.2),
        "returned": np.round(revenue * random.random(n) * 0.1, 2),
        "first_purchase": np.datetime64("2025-01-10"),
        "last_purchase": last,
        "first_ever": np.where(random.random(n) < 0.04, np.datetime64("2025-11-03"), np.datetime64("2023-02-01")),
        "active_share": random.random(n),
        "cv": random.lognormal(-0.2, 0.6, n),
        "gaps": documents - 1,
        "median_gap": 1.0 + random.poisson(25, n),
        "days_since_last": days.astype(float),
        "growth": random.normal(0, 0.4, n).clip(-2, 2),
        "largest_document_share": random.beta(2, 6, n),
        "year_document_share": random.beta(2, 6, n),
        "returns_share": random.beta(1, 20, n),
        "small_document_share": random.beta(2, 4, n),
        "discount_share": random.beta(1, 15, n),
    }
    empty = {name: np.nan for name in CLIENT_COLUMNS if name not in made}
    frame = pd.DataFrame(made | empty)[list(CLIENT_COLUMNS)]
    frame["margin"] = frame["profit"] / frame["revenue"]
    return ClientTable(
        frame=frame.astype(CLIENT_COLUMNS),
        lost=pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in LOST_COLUMNS.items()}),
        period=YEAR,
        months=12,
        has_profit=True,
        total=Money(n, float(frame["revenue"].sum()), float(frame["profit"].sum())),
        unassigned=Money(),
        undated=Money(),
        aggregate=Money(),
        first_line=date(2023, 1, 1),
        last_line=YEAR.end,
        fingerprint="made",
    )
