"""Client tables made of a few columns, so that a rule can be seen alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import pandas as pd

from sbyt_core.clients.model import CLIENT_COLUMNS, LOST_COLUMNS, ClientTable, Money
from sbyt_core.sales.period import Period
from sbyt_core.segments import Criteria, Segmentation, segment

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
OLD = pd.Timestamp("2023-01-15")
PLAIN = Criteria(regularity=False, guards="off")  # rule 1 alone


def table_of(
    profits: Sequence[float], *, first_line: date | None = date(2023, 1, 1), keys: Sequence[str] | None = None, **columns: object
) -> ClientTable:
    """Clients c00, c01 … with these profits; they buy regularly unless columns say otherwise."""
    n = len(profits)
    frame = pd.DataFrame({name: pd.Series(np.nan, index=range(n)) for name in CLIENT_COLUMNS})
    given = {
        "client_key": list(keys) if keys else [f"c{i:02d}" for i in range(n)],
        "is_aggregate": False,
        "seasonal": False,
        "revenue": np.abs(np.asarray(profits, dtype="float64")) * 4 + 1,
        "profit": np.asarray(profits, dtype="float64"),
        "documents": 12.0,
        "active_share": 1.0,
        "cv": 0.5,
        "months_known": 12.0,
        "months_seen": 12.0,
        "largest_document_share": 0.1,
        "year_document_share": 0.1,
        "gaps": 11.0,
        "median_gap": 30.0,
        "days_since_last": 20.0,
        "first_purchase": pd.Timestamp("2025-01-10"),
        "last_purchase": pd.Timestamp("2025-12-11"),
        "first_ever": OLD,
    }
    for name, value in (given | columns).items():
        frame[name] = value
    frame["client"] = frame["client_key"]
    frame = frame.astype(CLIENT_COLUMNS).sort_values("client_key", ignore_index=True)
    dated = first_line is not None
    lost = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in LOST_COLUMNS.items()})
    total = Money(n, float(frame["revenue"].sum()), float(frame["profit"].sum()))
    return ClientTable(
        frame=frame,
        lost=lost,
        period=YEAR if dated else None,
        months=12 if dated else 0,
        has_profit=bool(frame["profit"].notna().any()),
        total=total,
        unassigned=Money(),
        undated=Money(),
        aggregate=Money(),
        first_line=first_line,
        last_line=YEAR.end if dated else None,
        fingerprint="made",
    )


def classes(profits: Sequence[float], criteria: Criteria = PLAIN, **columns: object) -> str:
    """Final classes in the order in which the profits are given: "AABC"."""
    return classes_of(segment(table_of(profits, **columns), criteria))


def classes_of(result: Segmentation) -> str:
    return "".join(result.frame.sort_values("client_key")["segment"])
