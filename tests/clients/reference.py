"""A second client table, written apart in plain pandas: it exists only to be compared with the real one."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd

from sbyt_core.sales.period import Period


def reference_table(lines: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The measures of METHOD §2, client by client, straight from the definitions."""
    start, end = pd.Timestamp(period.start), pd.Timestamp(period.end)
    known = lines[lines["client_key"].notna() & lines["date"].notna() & (lines["date"] <= end)].copy()
    known["doc"] = known["document"].where(known["document"].notna(), known["date"].dt.strftime("%Y-%m-%d"))
    window = known[known["date"] >= start]
    documents = window.groupby(["client_key", "doc"]).agg(net=("revenue", "sum"), order=("revenue", lambda r: (r >= 0).any()))
    whole = ~window.groupby("client_key")["aggregate"].any()
    typical = documents[documents["order"]].reset_index()
    half = typical[typical["client_key"].map(whole)]["net"].round(6).median() / 2
    first_line = lines["date"].min()
    rows = {
        key: _client(part, known[known["client_key"] == key], start, end, half, first_line) for key, part in window.groupby("client_key")
    }
    return pd.DataFrame.from_dict(rows, orient="index").sort_index()


def _client(
    part: pd.DataFrame, ever: pd.DataFrame, start: pd.Timestamp, end: pd.Timestamp, half: float, first_line: pd.Timestamp
) -> dict[str, object]:
    revenue = round(part["revenue"].sum(), 6)
    docs = part.groupby("doc").agg(net=("revenue", "sum"), order=("revenue", lambda r: (r >= 0).any()))
    nets = docs[docs["order"]]["net"].round(6)
    day_net = part.groupby("date")["revenue"].sum().round(6)
    days = sorted(day_net[day_net > 0].index)
    gaps = [(b - a).days for a, b in pairwise(days)]
    row: dict[str, object] = {
        "revenue": revenue,
        "profit": round(part["profit"].sum(), 6),
        "lines": len(part),
        "items": part["item"].nunique(),
        "documents": int(docs["order"].sum()),
        "return_documents": int((~docs["order"]).sum()),
        "returns_share": -part["revenue"].clip(upper=0).sum() / part["revenue"].clip(lower=0).sum()
        if (part["revenue"] > 0).any()
        else np.nan,
        "small_document_share": (nets < half).mean() if len(nets) else np.nan,
        "largest_document_share": nets.max() / revenue if revenue > 0 and len(nets) else np.nan,
        "first_ever": ever[ever["revenue"] > 0]["date"].min(),
        "first_purchase": days[0] if days else pd.NaT,
        "last_purchase": days[-1] if days else pd.NaT,
        "gaps": len(gaps) if days else np.nan,
        "median_gap": np.median(gaps) if gaps else np.nan,
        "manager": part.sort_values(["date", "revenue", "manager"], ascending=[False, False, True])["manager"].iloc[0],
    }
    row |= _months(part, days, end)
    since = (end - days[-1]).days if days else np.nan
    row["overdue_ratio"] = since / np.median(gaps) if len(gaps) >= 4 else np.nan
    row["growth"] = _growth(ever, end, first_line)
    return row


def _months(part: pd.DataFrame, days: list[pd.Timestamp], end: pd.Timestamp) -> dict[str, float]:
    if not days:
        return {"active_share": np.nan, "cv": np.nan}
    months = pd.period_range(days[0], end, freq="M")
    net = part.groupby(part["date"].dt.to_period("M"))["revenue"].sum().reindex(months, fill_value=0.0).round(6)
    mean = net.mean()
    return {"active_share": (net > 0).mean(), "cv": net.std(ddof=0) / mean if mean > 1e-9 else np.nan}


def _growth(ever: pd.DataFrame, end: pd.Timestamp, first_line: pd.Timestamp) -> float:
    month = ever["date"].dt.to_period("M")
    last = end.to_period("M")
    if first_line.to_period("M") > last - 17:
        return np.nan
    a = round(ever[month > last - 6]["revenue"].sum(), 6)
    b = round(ever[(month > last - 18) & (month <= last - 12)]["revenue"].sum(), 6)
    return np.nan if a < 0 or b < 0 or a + b == 0 else (a - b) / ((a + b) / 2)
