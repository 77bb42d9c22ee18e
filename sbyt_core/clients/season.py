"""Seasonal clients: those who come back in the same five months each year.

In each of the last two years at least 4 documents and at least 70 % of sales in the same 5 consecutive calendar months;
December runs on into January. Of the twelve possible seasons the one whose weaker year is strongest is taken, then the
one that holds most of both years, then the earliest month. The active share and CV of such a client are taken over the
months of its season: those of the last 12 months from its first purchase in the period on.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

SEASON_MONTHS = 5
SEASON_SHARE = 0.70  # of a year's sales
YEAR = 12


def best_seasons(months: np.ndarray, last_month: int) -> tuple[np.ndarray, np.ndarray]:
    """Best season of each client: its first calendar month (1 … 12) and the share of its weaker year.

    months: (n, 24) net sales, column 0 the last month; last_month: its calendar month. A year without positive sales
    has no share: the season's is then missing.
    """
    calendar = [(last_month - 1 - age) % YEAR for age in range(YEAR)]  # calendar month (from 0) of each column of a year
    position = np.argsort(calendar)
    shares = []
    totals = []
    for year in (months[:, :YEAR], months[:, YEAR:]):
        by_calendar = year[:, position]
        total = by_calendar.sum(axis=1)
        doubled = np.concatenate([by_calendar, by_calendar[:, : SEASON_MONTHS - 1]], axis=1)
        sums = np.stack([doubled[:, first : first + SEASON_MONTHS].sum(axis=1) for first in range(YEAR)], axis=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            shares.append(np.where(total[:, None] > 0, sums / total[:, None], np.nan))
        totals.append(sums)
    weaker = np.round(np.minimum(*shares), 9)
    both = np.round(totals[0] + totals[1], 6)
    best = np.where(np.isnan(weaker), -np.inf, weaker)
    leading = best == best.max(axis=1, keepdims=True)
    first = np.argmax(np.where(leading, both, -np.inf), axis=1)
    return first + 1, weaker[np.arange(len(first)), first]


def add_season(raw: pd.DataFrame, table: pd.DataFrame, last_month: int) -> None:
    """Fill `seasonal` and `season_start` of the table, and retake active share and CV of the seasonal.

    raw: what the expression gave, with columns month_0 … month_23 where two years are known; rows as in the table.
    """
    table["seasonal"] = False
    table["season_start"] = np.nan
    if "month_0" not in raw:
        return
    candidates = np.flatnonzero(raw["two_years"].notna().to_numpy())
    if len(candidates) == 0:
        return
    months = raw[[f"month_{age}" for age in range(2 * YEAR)]].to_numpy(dtype="float64")[candidates]
    months = np.nan_to_num(months, nan=0.0)
    first, share = best_seasons(months, last_month)
    is_seasonal = share >= SEASON_SHARE
    rows = candidates[is_seasonal]
    if len(rows) == 0:
        return
    table.loc[rows, "seasonal"] = True
    table.loc[rows, "season_start"] = first[is_seasonal].astype("float64")

    calendar = np.array([(last_month - 1 - age) % YEAR for age in range(YEAR)])
    in_season = (calendar[None, :] - (first[is_seasonal][:, None] - 1)) % YEAR < SEASON_MONTHS
    known = np.arange(YEAR)[None, :] < table["months_known"].to_numpy()[rows][:, None]
    used = in_season & known
    sales = np.where(used, months[is_seasonal][:, :YEAR], 0.0)
    count = used.sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = sales.sum(axis=1) / count
        spread = np.sqrt(np.where(used, (sales - mean[:, None]) ** 2, 0.0).sum(axis=1) / count)
        table.loc[rows, "active_share"] = np.where(count > 0, (sales > 0).sum(axis=1) / count, np.nan)
        table.loc[rows, "cv"] = np.where(mean > 0, spread / mean, np.nan)
