"""Rule 3, trouble: how much bother a client is beside the others.

The score is the mean percentile of returns, small documents, discounts, late payment and cost to serve per profit, of
those that the data has and that differ between clients; a percentile is the share of clients with less of it plus half
of those with as much. It is shown as evidence; only when the owner switches it on does a score at the limit or above
step a client one class down. A client of whom nothing is known has no score.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.model import NEW, SEGMENTS, C
from sbyt_core.segments.ranking import MONEY_DIGITS, Ranking

PARTS = ("returns_share", "small_document_share", "discount_share", "late_payment_share", "cost_per_profit")


def trouble_parts(ranking: Ranking) -> dict[str, np.ndarray]:
    """The measures of trouble that the data has and that differ between clients, for the classed."""
    frame = ranking.clients.frame
    found = {name: ranking.column(name) for name in PARTS if name in frame}
    cost, profit = ranking.column("cost_to_serve"), ranking.column("profit")
    with np.errstate(divide="ignore", invalid="ignore"):
        # without a profit to pay for it, any cost is more than any ratio
        found["cost_per_profit"] = np.where(profit > 0, cost / profit, np.where(np.isfinite(cost) & np.isfinite(profit), np.inf, np.nan))
    return {name: figures for name, figures in found.items() if _differs(figures)}


def trouble_score(ranking: Ranking) -> np.ndarray:
    """Mean percentile of trouble, 0 … 1, for the classed; missing where nothing is known."""
    return ranking.keep("trouble_score", lambda _: _score(ranking))


def _score(ranking: Ranking) -> np.ndarray:
    parts = trouble_parts(ranking)
    if not parts:
        return np.full(ranking.n, np.nan)
    places = np.vstack([percentile(figures) for figures in parts.values()])
    known = np.isfinite(places)
    counts = known.sum(axis=0)
    sums = np.where(known, places, 0.0).sum(axis=0)
    return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def percentile(figures: np.ndarray) -> np.ndarray:
    """Share of the known figures below each plus half of those equal to it; missing stays missing."""
    known = ~np.isnan(figures)
    ordered = np.sort(figures[known])
    places = np.full(len(figures), np.nan)
    below = np.searchsorted(ordered, figures[known], side="left")
    up_to = np.searchsorted(ordered, figures[known], side="right")
    places[known] = (below + up_to) / (2 * len(ordered))
    return places


def trouble_by_segment(ranking: Ranking, final: np.ndarray, overdue: np.ndarray | None = None) -> pd.DataFrame:
    """Is C really the trouble? By A, B and C: money given back, documents that give back, small documents, money overdue.

    Each also per 1 000 of the segment's profit (`…_per_1000`), missing where that is not positive or not known.
    overdue: money of the classed clients that is overdue, where somebody knows it; without it the column is not there.
    """
    inside = final[: ranking.n]
    documents = ranking.column("documents")
    figures = {
        "returned": ranking.column("returned"),
        "return_documents": ranking.column("return_documents"),
        "small_documents": ranking.column("small_document_share") * documents,
    }
    if overdue is not None:
        figures["overdue"] = overdue
    sums = pd.DataFrame({name: _by_class(one, inside) for name, one in figures.items()}, index=pd.Index(SEGMENTS[:NEW], name="segment"))
    profit = _by_class(ranking.column("profit"), inside)
    for name in figures:
        sums[f"{name}_per_1000"] = 1000 * sums[name] / np.where(profit > 0, profit, np.nan)
    return sums


def _by_class(figures: np.ndarray, classes: np.ndarray) -> np.ndarray:
    return np.array([np.round(np.nansum(figures[classes == code]), MONEY_DIGITS) for code in range(NEW)])


def apply_trouble(score: np.ndarray, criteria: Criteria, classes: np.ndarray) -> np.ndarray:
    """Classes after rule 3: one down, never below C."""
    if not criteria.trouble:
        return classes
    return np.minimum(classes + (score >= criteria.trouble_limit), C).astype(np.int8)


def _differs(figures: np.ndarray) -> bool:
    known = figures[~np.isnan(figures)]
    return len(known) > 0 and bool(known.min() != known.max())
