"""Clients that look like one firm, side by side with what tells them apart: sales, documents, managers, dates.

A pair that was decided on is not suggested again, whichever names its clients have got by merging since; nor are the two clients that were
one by their code until somebody took them apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd

from sbyt_core.sales.identity.decisions import Merges
from sbyt_core.sales.identity.merging import kept_keys
from sbyt_core.sales.identity.names import similar_clients
from sbyt_core.sales.model import SalesData

MOST_MANAGERS = 3  # named for one client, those with most lines


@dataclass(frozen=True)
class Figures:
    """What is known of one client. documents, last: None where the file does not say."""

    key: str
    name: str
    code: str | None
    lines: int
    revenue: float | None
    documents: int | None
    managers: tuple[str, ...]
    last: date | None


def suggested_pairs(sales: SalesData, merges: Merges, *, limit: int = 50) -> list[tuple[Figures, Figures, float]]:
    """Pairs to decide on, the likest first, the client with more sales first in each. sales: with the merges applied."""
    lines = sales.lines[sales.lines["client_key"].notna() & ~sales.lines["aggregate"]]
    halves = _halves(lines, merges)
    found = similar_clients(lines[["client_key", "client"]], limit + len(merges.apart) + len(halves))
    kept = kept_keys(merges)
    decided = {frozenset(kept.get(key, key) for key in pair) for pair in merges.apart} | halves
    pairs = [(a, b, likeness) for a, b, likeness in found if frozenset((a, b)) not in decided][:limit]
    known = figures_of(sales, {key for a, b, _ in pairs for key in (a, b)})
    ordered = []
    for a, b, likeness in pairs:
        first, second = sorted((known[a], known[b]), key=lambda one: (-(one.revenue or 0.0), -one.lines, one.key))
        ordered.append((first, second, likeness))
    return ordered


def _halves(lines: pd.DataFrame, merges: Merges) -> set[frozenset[str]]:
    """Pairs of keys into which a client was taken apart; of three spellings and more some may be one client after all."""
    own = lines[lines["client_code"].isin(merges.split)]
    keys = [frozenset(map(str, found)) for found in own.groupby("client_code")["client_key"].unique()]
    return {pair for pair in keys if len(pair) == 2}


def figures_of(sales: SalesData, keys: set[str]) -> dict[str, Figures]:
    """Figures of some clients by key; a key without lines is left out."""
    lines = sales.lines[sales.lines["client_key"].isin(keys)]
    found = {}
    for key, own in lines.groupby("client_key", sort=True):
        dated, documents, revenue = own["date"].dropna(), own["document"].dropna(), own["revenue"].dropna()
        code = own["client_code"].iloc[0]
        managers = own["manager"].dropna().value_counts().sort_index().sort_values(ascending=False, kind="stable")
        found[str(key)] = Figures(
            key=str(key),
            name=str(own["client"].iloc[0]),
            code=None if pd.isna(code) else str(code),
            lines=len(own),
            revenue=float(revenue.sum()) if len(revenue) else None,
            documents=int(documents.nunique()) if len(documents) else None,
            managers=tuple(str(name) for name in managers.index[:MOST_MANAGERS]),
            last=dated.max().date() if len(dated) else None,
        )
    return found
