"""A share and how far it can be trusted: Wilson's interval.

share = k/n; low, high = (p + z²/2n ∓ z√(p(1−p)/n + z²/4n²)) / (1 + z²/n), z = 1.959964 for 95 %. Of no trials (n = 0) the share
is missing and the interval is 0 … 1. Below `ENOUGH` trials a share is shown as "too little data": its interval is wider than a
decision needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

ENOUGH = 20  # trials: with fewer the 95 % interval of a middling share is over 40 points wide
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Share:
    """k of n, with the ends of its interval; share and interval are fractions."""

    k: int
    n: int
    low: float
    high: float

    @property
    def share(self) -> float | None:
        """k/n; None of no trials."""
        return self.k / self.n if self.n else None

    @property
    def enough(self) -> bool:
        """Whether there are trials enough to show the share."""
        return self.n >= ENOUGH


def share_of(k: int, n: int, *, confidence: float = CONFIDENCE) -> Share:
    """The share of k in n with its Wilson interval."""
    low, high = wilson(k, n, confidence=confidence)
    return Share(int(k), int(n), float(low), float(high))


def wilson(k: ArrayLike, n: ArrayLike, *, confidence: float = CONFIDENCE) -> tuple[np.ndarray, np.ndarray]:
    """Low and high ends of the interval, elementwise; 0 and 1 where n is 0.

    Source: Wilson (1927), J. Am. Stat. Assoc. 22; the form without continuity correction, Newcombe (1998), method 3.
    """
    z2 = NormalDist().inv_cdf(0.5 + confidence / 2) ** 2
    k, n = np.asarray(k, dtype=float), np.asarray(n, dtype=float)
    safe = np.where(n > 0, n, 1.0)
    p = k / safe
    middle = p + z2 / (2 * safe)
    half = np.sqrt(z2) * np.sqrt(p * (1 - p) / safe + z2 / (4 * safe**2))
    low, high = (middle - half) / (1 + z2 / safe), (middle + half) / (1 + z2 / safe)
    low, high = np.where(k <= 0, 0.0, low), np.where(k >= n, 1.0, high)
    return np.where(n > 0, low, 0.0), np.where(n > 0, high, 1.0)
