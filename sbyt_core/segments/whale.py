"""The whale curve: cumulative value of the clients, greatest first, beside the total.

In shares of the total while that is positive, else in money. Unprofitable clients bend it down behind its peak; the
peak is the sum of positive values, reached by the last client of positive value. A peak of 100–300 % is plausible.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.segments.model import WhaleCurve

CHART_POINTS = 1000  # about one a pixel of a wide chart: more do not show


def whale_curve(value: np.ndarray, points: int = CHART_POINTS) -> WhaleCurve:
    """The curve of falling values; missing ones count as nothing. First, last and peak points are always kept."""
    known = np.nan_to_num(value, nan=0.0)
    total = round(float(known.sum()), 6)
    in_money = total <= 0
    height = np.cumsum(known) / (1.0 if in_money else total)
    peak_at = max(int(np.count_nonzero(known > 0)), 1)
    n = len(known)
    picked = np.arange(n) if n <= points else np.unique(np.append(np.linspace(0, n - 1, points - 1).round().astype(int), peak_at - 1))
    return WhaleCurve(
        clients=picked + 1,
        y=height[picked],
        in_money=in_money,
        total=total,
        peak=float(height[peak_at - 1]),
        peak_at=peak_at,
    )
