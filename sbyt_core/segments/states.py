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
    own = np.where(ranking.of_all("gaps") >= OWN_GAPS, ranking.of_all("median_gap"), np.nan)
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
    return ranking.of_all("days_since_last") / gaps


def states(ranking: Ranking, ratio: np.ndarray, criteria: Criteria) -> np.ndarray:
    """Code of STATES for each client of the ranking, new ones included."""
    found = np.full(len(ranking.rows), REGULAR, dtype=np.int8)
    # from the last to the first, so that the first that fits holds
    found[ratio >= criteria.late_ratio] = LATE
    found[ratio >= criteria.asleep_ratio] = ASLEEP
    found[ranking.of_all("seasonal")] = SEASONAL
    found[ranking.of_all("year_document_share") > criteria.one_document_share] = ONE_OFF
    found[ratio >= criteria.lost_ratio] = LOST
    if ranking.clients.period is not None:
        found[np.isnat(ranking.of_all("last_purchase"))] = LOST
    found[ranking.n :] = S_NEW
    return found


def _median(figures: np.ndarray) -> float:
    known = figures[~np.isnan(figures)]
    return float(np.median(known)) if len(known) else float("nan")
