"""What a mean of few months is worth: means drawn towards the mean of all by the share that is not noise.

m + Z·(x − m) with Z = b / (b + w): w is the mean variance of the months within a client, divided by the months; b what the variance
between the means leaves above w, never below 0. Chosen for a good year, clients fall in the next one; this says by how much to expect.
"""

from __future__ import annotations

import numpy as np


def reliability(means: np.ndarray, noise: float) -> float:
    """Z: the share of the variance between means that is not noise; noise: w, the variance of one mean. 0 with fewer than two means."""
    if len(means) < 2:
        return 0.0
    between = max(float(np.var(means, ddof=1)) - noise, 0.0)
    return between / (between + noise) if between + noise > 0 else 0.0


def shrink(means: np.ndarray, z: float) -> np.ndarray:
    """The means drawn towards their own mean."""
    middle = float(np.mean(means))
    return middle + z * (means - middle)


def noise_of_means(months: np.ndarray) -> float:
    """w of clients × months: mean within-client variance of a month / months; missing with one month."""
    count = months.shape[1]
    return float(np.mean(np.var(months, axis=1, ddof=1))) / count if count > 1 else float("nan")
