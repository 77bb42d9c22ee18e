"""States: where a client stands in its own rhythm, beside the class.

The first that fits: new; lost (no purchase in the period, or six usual gaps without one); one_off (one document above
half of the last 12 months' sales); seasonal; asleep (three gaps); late (one and a half); regular. The usual gap is the
client's own median from four gaps on, else the median of these medians in its class by rule 1, else of all; where even
that is missing, time alone changes no state.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.model import NEW, STATES
from sbyt_core.segments.ranking import Ranking

OWN_GAPS = 4  # fewer do not make a rhythm
S_NEW, LOST, ONE_OFF, SEASONAL, ASLEEP, LATE, REGULAR = range(len(STATES))


def usual_gap(ranking: Ranking, raw: np.ndarray) -> np.ndarray:
    """Days between purchases that are usual for each client of the ranking, new ones included; raw: class by rule 1."""
    frame = ranking.clients.frame
    own = frame["median_gap"].to_numpy()[ranking.rows].copy()
    own[~(frame["gaps"].to_numpy()[ranking.rows] >= OWN_GAPS)] = np.nan
    classed = own[: ranking.n]
    of_all = _median(classed)
    gaps = np.where(np.isnan(own), of_all, own)
    for code in range(NEW):
        inside = np.flatnonzero(raw == code)
        of_class = _median(classed[inside])
        if not np.isnan(of_class):
            gaps[inside] = np.where(np.isnan(classed[inside]), of_class, classed[inside])
    return gaps


def overdue_ratio(ranking: Ranking, gaps: np.ndarray) -> np.ndarray:
    """Days since the last purchase in usual gaps; missing where either is."""
    since = ranking.clients.frame["days_since_last"].to_numpy()[ranking.rows]
    return since / gaps


def states(ranking: Ranking, ratio: np.ndarray, criteria: Criteria) -> np.ndarray:
    """Code of STATES for each client of the ranking, new ones included."""
    frame = ranking.clients.frame
    rows = ranking.rows
    found = np.full(len(rows), REGULAR, dtype=np.int8)
    # from the last to the first, so that the first that fits holds
    found[ratio >= criteria.late_ratio] = LATE
    found[ratio >= criteria.asleep_ratio] = ASLEEP
    found[frame["seasonal"].to_numpy()[rows]] = SEASONAL
    found[frame["year_document_share"].to_numpy()[rows] > criteria.one_document_share] = ONE_OFF
    found[ratio >= criteria.lost_ratio] = LOST
    if ranking.clients.period is not None:
        found[np.isnat(frame["last_purchase"].to_numpy()[rows])] = LOST
    found[ranking.n :] = S_NEW
    return found


def _median(figures: np.ndarray) -> float:
    known = figures[~np.isnan(figures)]
    return float(np.median(known)) if len(known) else float("nan")
