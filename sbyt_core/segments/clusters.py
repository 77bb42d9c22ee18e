"""k-means as a second opinion on the classes: it never drops a client and never overwrites the rules.

On the signed logarithm of value, active share, CV capped at 3 and growth, each scaled to mean 0 and deviation 1; a
missing figure takes the median, a measure that nobody has is left out. The number of groups, 3 … 6, is that of the best
silhouette (on a sample) among those that come out alike when clients are drawn anew (adjusted Rand index); groups are
named by the order of their median value, the greatest first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.segments.model import SEGMENTS
from sbyt_core.segments.segmentation import Segmentation

GROUPS = (3, 4, 5, 6)
STARTS = 20
SAMPLE = 2000  # clients on which silhouettes are measured
REDRAWS = 10
CV_CAP = 3.0
ALIKE = 0.6  # adjusted Rand index from which groups are the same again
LEAST = 30  # clients: fewer make no groups


@dataclass(frozen=True)
class GroupCount:
    """One number of groups: silhouette −1 … 1, and the mean adjusted Rand index of redraws."""

    groups: int
    silhouette: float
    repeats: float


@dataclass(frozen=True, eq=False)
class Clusters:
    """The second opinion.

    frame: client_key, segment (computed), group (from 1, greatest median value first), expected (the class that most of
    its group have), in the order of the ranking; table: clients by class and group; agreement: adjusted Rand index of
    groups and classes; profile: medians of each group; disagreements: rows whose class is not the expected.
    """

    frame: pd.DataFrame
    table: pd.DataFrame
    profile: pd.DataFrame
    agreement: float
    groups: int
    tried: tuple[GroupCount, ...]

    @property
    def disagreements(self) -> pd.DataFrame:
        """Clients whose class differs from that of most of their group, by falling value."""
        return self.frame[self.frame["segment"] != self.frame["expected"]]


def second_opinion(segmentation: Segmentation, *, seed: int = 0, progress: Callable[[float], None] | None = None) -> Clusters:
    """Group the classed clients by k-means and hold it against their computed classes.

    progress: called with the share done; an exception in it stops. Raises BadInput too_few_to_learn (under 30
    clients, or no more than six that differ).
    """
    from sklearn.metrics import adjusted_rand_score

    ranking = segmentation.ranking
    if ranking.n < LEAST:
        raise BadInput("too_few_to_learn", clients=ranking.n, least=LEAST)
    features = cluster_features(segmentation)
    differing = len(np.unique(features, axis=0))
    if differing <= max(GROUPS):  # clients that are all alike make no groups either
        raise BadInput("too_few_to_learn", clients=differing, least=max(GROUPS) + 1)
    tried, labels = [], {}
    for number, groups in enumerate(GROUPS, 1):
        labels[groups] = _fit(features, groups, seed)
        tried.append(GroupCount(groups, _silhouette(features, labels[groups], seed), _repeats(features, labels[groups], groups, seed)))
        if progress is not None:
            progress(number / len(GROUPS))
    best = choose(tuple(tried))
    group = by_value(labels[best], ranking.value)
    classes = np.array(SEGMENTS, dtype=object)[segmentation.steps.computed]
    frame = pd.DataFrame(
        {
            "client_key": ranking.clients.frame["client_key"].to_numpy()[ranking.rows[: ranking.n]],
            "segment": classes,
            "group": group,
            "value": ranking.value,
        }
    )
    table = pd.crosstab(frame["segment"], frame["group"]).reindex(list(SEGMENTS[:3]), fill_value=0)
    usual = table.idxmax()  # the higher class where two are as frequent
    frame["expected"] = frame["group"].map(usual)
    return Clusters(
        frame=frame,
        table=table,
        profile=_profile(segmentation, group),
        agreement=float(adjusted_rand_score(segmentation.steps.computed, group)),
        groups=best,
        tried=tuple(tried),
    )


def cluster_features(segmentation: Segmentation) -> np.ndarray:
    """The scaled measures of the classed, (n, measures)."""
    from sklearn.preprocessing import StandardScaler

    ranking = segmentation.ranking
    columns = [
        np.sign(ranking.value) * np.log1p(np.abs(ranking.value)),
        ranking.active_share,
        np.minimum(ranking.cv, CV_CAP),
        ranking.column("growth"),
    ]
    known = [np.where(np.isfinite(one), one, np.median(one[np.isfinite(one)])) for one in columns if np.isfinite(one).any()]
    return StandardScaler().fit_transform(np.column_stack(known))


def choose(tried: tuple[GroupCount, ...]) -> int:
    """The best silhouette among the numbers of groups that repeat; among all when none does; the fewer at a tie."""
    steady = [one for one in tried if one.repeats >= ALIKE] or list(tried)
    return min(steady, key=lambda one: (-round(one.silhouette, 9), one.groups)).groups


def by_value(labels: np.ndarray, value: np.ndarray) -> np.ndarray:
    """Groups numbered from 1 by falling median value."""
    known = pd.Series(value).groupby(labels).median().fillna(-np.inf)
    order = known.sort_values(ascending=False, kind="stable").index
    number = {label: place for place, label in enumerate(order, 1)}
    return np.array([number[label] for label in labels])


def _fit(features: np.ndarray, groups: int, seed: int) -> np.ndarray:
    return _kmeans(groups, seed, STARTS).fit_predict(features)


def _kmeans(groups: int, seed: int, starts: int):
    from sklearn.cluster import KMeans

    return KMeans(n_clusters=groups, n_init=starts, random_state=seed)


def _silhouette(features: np.ndarray, labels: np.ndarray, seed: int) -> float:
    from sklearn.metrics import silhouette_score

    if len(np.unique(labels)) < 2:
        return -1.0
    size = SAMPLE if len(features) > SAMPLE else None
    return float(silhouette_score(features, labels, sample_size=size, random_state=seed))


def _repeats(features: np.ndarray, labels: np.ndarray, groups: int, seed: int) -> float:
    """How alike the groups are when found on clients drawn with replacement."""
    from sklearn.metrics import adjusted_rand_score

    lot = np.random.default_rng(seed)
    found = []
    for _ in range(REDRAWS):
        drawn = features[lot.integers(0, len(features), len(features))]
        found.append(adjusted_rand_score(labels, _kmeans(groups, seed, 3).fit(drawn).predict(features)))
    return float(np.mean(found))


def _profile(segmentation: Segmentation, group: np.ndarray) -> pd.DataFrame:
    ranking = segmentation.ranking
    measures = pd.DataFrame(
        {"value": ranking.value, "active_share": ranking.active_share, "cv": ranking.cv, "growth": ranking.column("growth")}
    )
    profile = measures.groupby(group).median()
    profile.insert(0, "clients", pd.Series(group).value_counts().sort_index())
    profile.index.name = "group"
    return profile
