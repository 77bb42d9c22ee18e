"""What the segments hold: clients and money of each, and the lights of the guards.

Shares of clients are of the classed; the share of the base is the positive value of a segment in the positive value of
all. A sum of figures of which none is known is missing. Sums are kept to six decimals.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.exact import ceil_share, floor_share
from sbyt_core.segments.guards import Guarded, guards_work
from sbyt_core.segments.model import NEW, SEGMENTS, SUMMARY_COLUMNS, A, B, C, GuardResult
from sbyt_core.segments.ranking import MONEY_DIGITS, SUMMED, Ranking

ROWS = pd.Index(SEGMENTS, name="segment")


def base_shares(ranking: Ranking, final: np.ndarray) -> np.ndarray:
    """Share of the positive base in A, B and C; final: classes of the classed."""
    positive = final[: ranking.positive]
    held = [ranking.value[: ranking.positive][positive == code].sum() for code in (A, B)]
    return np.array([*held, ranking.base - sum(held) if (positive >= C).any() else 0.0]) / ranking.base


def summarise(ranking: Ranking, final: np.ndarray) -> pd.DataFrame:
    """One row a segment (index SEGMENTS, columns SUMMARY_COLUMNS); final: classes after overrides."""
    inside = final[: ranking.n]
    members = [np.flatnonzero(inside == code) for code in (A, B)]
    counts = np.array([*map(len, members), 0, len(final) - ranking.n])
    counts[C] = ranking.n - counts.sum() + counts[NEW]
    summed: dict[int, np.ndarray] = {}  # the value is one of the other columns: no figures are summed twice
    table: dict[str, np.ndarray] = {}
    for name, (figures, total, new_sum, known) in zip(SUMMED, ranking.sums, strict=True):
        if id(figures) not in summed:
            summed[id(figures)] = _sums(figures, total, new_sum, members, counts) if known else np.full(len(SEGMENTS), np.nan)
        table[name] = summed[id(figures)].copy()
    _move_classed_new(ranking, final, counts, table)
    table["clients"] = counts
    table["clients_share"] = _of_classed(counts / counts[:NEW].sum())
    profit = float(np.sum(table["profit"][:NEW]))
    table["profit_share"] = _of_classed(table["profit"] / profit if profit > 0 else np.full(len(SEGMENTS), np.nan))
    table["base_share"] = _of_classed(np.append(base_shares(ranking, inside), np.nan))
    return pd.DataFrame({name: table[name] for name in SUMMARY_COLUMNS}, index=ROWS)


def _sums(figures: np.ndarray, total: float, new_sum: float, members: list[np.ndarray], counts: np.ndarray) -> np.ndarray:
    """Sums of A, B, C and new; C is what the others leave of the total."""
    held = [float(figures[part].sum()) for part in members]
    rest = total - sum(held) if counts[C] else 0.0
    return np.round([*held, rest, new_sum], MONEY_DIGITS) + 0.0  # no −0


def _move_classed_new(ranking: Ranking, final: np.ndarray, counts: np.ndarray, table: dict[str, np.ndarray]) -> None:
    """New clients that a person has classed count where they were put."""
    for place in np.flatnonzero(final[ranking.n :] != NEW) + ranking.n:
        to = final[place]
        counts[NEW] -= 1
        counts[to] += 1
        for name in SUMMED:
            figure = ranking.figure(name, int(place))
            if np.isfinite(figure):
                table[name][NEW] = round(table[name][NEW] - figure, MONEY_DIGITS)
                table[name][to] = round(table[name][to] + figure, MONEY_DIGITS)


def guard_results(ranking: Ranking, criteria: Criteria, guarded: Guarded, final: np.ndarray) -> tuple[GuardResult, ...]:
    """Both guards against the final classes; a guard that is off is only a fact."""
    n = ranking.n
    works = guards_work(criteria, n)
    most, least = floor_share(criteria.guard_a, n), ceil_share(criteria.guard_c, n)
    in_a, in_c = (int(np.count_nonzero(final[:n] == code)) for code in (A, C))
    return (
        GuardResult("a_share", criteria.guard_a, in_a / n, in_a <= most, guarded.moved_a if works else 0, most, in_a, guarded.moved_a),
        GuardResult("c_share", criteria.guard_c, in_c / n, in_c >= least, guarded.moved_c if works else 0, least, in_c, guarded.moved_c),
    )


def _of_classed(shares: np.ndarray) -> np.ndarray:
    shares = shares.astype("float64")
    shares[NEW] = np.nan
    return shares
