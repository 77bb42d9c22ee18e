"""Finding criteria: which visible traits tell a class from the others?

A shallow decision tree (depth ≤ 3) on traits alone – documents, regularity, average document, margin, items, returns,
growth, branch, manager – never on profit or the value itself, for A against the rest, or C against the rest. Its hit
rate is cross-validated: the balanced one, the mean of the share of the class that it finds and the share of the others
that it leaves, so that half is what guessing gives. Found is a tree whose hit rate lies clearly above guessing; it is
told in sentences, the surest first, beside the best rules of one trait. With nothing found it says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.segments.model import SEGMENTS
from sbyt_core.segments.segmentation import Segmentation

NUMBERS = (
    "documents",
    "average_document",
    "items",
    "active_share",
    "cv",
    "margin",
    "returns_share",
    "discount_share",
    "small_document_share",
    "growth",
)
NAMES = ("branch", "manager")
MOST_NAMES = 12  # a trait with more values than this is a list of names, not a criterion
DEPTH = 3
FOLDS = 5
LEAST_IN_CLASS = 10  # clients, inside and outside the class, for five folds to say something
LEAST_IN_LEAF = 0.03  # of the clients: smaller groups are accidents
GUESSING = 0.5
FOUND = 0.65  # hit rate from which a tree is worth telling
SURE = 0.5  # share of the class in a group, and at least that in the whole base, from which the group points to it
ONE_TRAIT_RULES = 5


@dataclass(frozen=True)
class Condition:
    """One step of a sentence: trait, "at_most", "above", "is" or "is_not", and the bound or the name."""

    trait: str
    relation: str
    bound: float | str


@dataclass(frozen=True)
class Sentence:
    """Clients that meet all conditions: how many there are, and which share of them is in the class."""

    conditions: tuple[Condition, ...]
    clients: int
    share: float


@dataclass(frozen=True)
class Discovery:
    """What tells a class from the rest. hit_rate: balanced, cross-validated (guessing .5); per_fold: its parts.

    sentences: groups of the tree that point to the class, the surest first, then the larger; empty when nothing was
    found. one_trait: the best single conditions with their cross-validated hit rate.
    """

    segment: str
    found: bool
    hit_rate: float
    per_fold: tuple[float, ...]
    share: float  # of the class among the classed
    sentences: tuple[Sentence, ...]
    one_trait: tuple[tuple[Condition, float], ...]


def discover(segmentation: Segmentation, segment: str = "A", *, seed: int = 0) -> Discovery:
    """Traits that tell the computed class `segment` from the others.

    Raises BadInput: not_a_choice, too_few_to_learn (fewer than ten clients inside or outside the class).
    """
    if segment not in SEGMENTS[:3]:
        raise BadInput("not_a_choice", name="segment", value=segment, allowed=SEGMENTS[:3])
    target = segmentation.steps.computed == SEGMENTS.index(segment)
    fewer = int(min(target.sum(), (~target).sum()))
    if fewer < LEAST_IN_CLASS:
        raise BadInput("too_few_to_learn", clients=fewer, least=LEAST_IN_CLASS)
    traits, meaning = trait_table(segmentation)
    hits = _hit_rates(traits, target, DEPTH, seed)
    rate = float(np.mean(hits))
    found = rate >= FOUND
    return Discovery(
        segment=segment,
        found=found,
        hit_rate=rate,
        per_fold=tuple(hits),
        share=float(target.mean()),
        sentences=tuple(_sentences(traits, meaning, target, seed)) if found else (),
        one_trait=tuple(_one_trait(traits, meaning, target, seed)),
    )


def trait_table(segmentation: Segmentation) -> tuple[pd.DataFrame, dict[str, tuple[str, str | None]]]:
    """Traits of the classed in numbers, and of each column its trait and the name it stands for.

    A trait that is missing for everybody or the same for all is left out; a missing figure stands below all others.
    """
    ranking = segmentation.ranking
    frame = ranking.clients.frame.iloc[ranking.rows[: ranking.n]]
    columns: dict[str, np.ndarray] = {}
    meaning: dict[str, tuple[str, str | None]] = {}
    for trait in NUMBERS:
        figures = frame[trait].to_numpy(dtype="float64")
        known = figures[np.isfinite(figures)]
        if len(known) and known.min() < known.max():
            columns[trait] = np.where(np.isfinite(figures), figures, known.min() - 1.0)
            meaning[trait] = (trait, None)
    for trait in NAMES:
        names = sorted(frame[trait].dropna().unique())
        if 2 <= len(names) <= MOST_NAMES:
            for name in names:
                column = f"{trait}={name}"
                columns[column] = (frame[trait] == name).to_numpy(dtype="float64")
                meaning[column] = (trait, str(name))
    return pd.DataFrame(columns), meaning


def _tree(depth: int, seed: int, n: int):
    from sklearn.tree import DecisionTreeClassifier

    least = max(2, int(LEAST_IN_LEAF * n))
    return DecisionTreeClassifier(max_depth=depth, min_samples_leaf=least, class_weight="balanced", random_state=seed)


def _hit_rates(traits: pd.DataFrame, target: np.ndarray, depth: int, seed: int) -> list[float]:
    if traits.shape[1] == 0:
        return [GUESSING] * FOLDS
    from sklearn.model_selection import StratifiedKFold, cross_val_score

    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=seed)
    scores = cross_val_score(_tree(depth, seed, len(target)), traits.to_numpy(), target, cv=folds, scoring="balanced_accuracy")
    return [float(score) for score in scores]


def _sentences(traits: pd.DataFrame, meaning: dict[str, tuple[str, str | None]], target: np.ndarray, seed: int) -> list[Sentence]:
    tree = _tree(DEPTH, seed, len(target)).fit(traits.to_numpy(), target).tree_
    leaf = tree.apply(traits.to_numpy(dtype=np.float32))
    found = []
    for node, conditions in _paths(tree, list(traits.columns), meaning):
        inside = leaf == node
        share = float(target[inside].mean()) if inside.any() else 0.0
        if share >= max(SURE, target.mean()) and conditions:
            found.append(Sentence(tuple(_shortened(conditions)), int(inside.sum()), share))
    return sorted(found, key=lambda one: (-one.share, -one.clients, str(one.conditions)))


def _paths(tree, columns: list[str], meaning: dict[str, tuple[str, str | None]], node: int = 0, so_far: tuple[Condition, ...] = ()):
    if tree.children_left[node] == -1:
        yield node, so_far
        return
    trait, name = meaning[columns[tree.feature[node]]]
    bound = float(tree.threshold[node])
    low, high = ("is_not", "is") if name is not None else ("at_most", "above")
    shown = name if name is not None else bound
    yield from _paths(tree, columns, meaning, tree.children_left[node], (*so_far, Condition(trait, low, shown)))
    yield from _paths(tree, columns, meaning, tree.children_right[node], (*so_far, Condition(trait, high, shown)))


def _shortened(conditions: tuple[Condition, ...]) -> list[Condition]:
    """Of two bounds on one side of a trait the tighter, in the order in which the traits came."""
    kept: dict[tuple[str, str, object], Condition] = {}
    for one in conditions:
        side = (one.trait, one.relation, one.bound if isinstance(one.bound, str) else None)
        kept[side] = one  # deeper in the tree a bound is always tighter
    return list(kept.values())


def _one_trait(
    traits: pd.DataFrame, meaning: dict[str, tuple[str, str | None]], target: np.ndarray, seed: int
) -> list[tuple[Condition, float]]:
    """The best rules of one trait: a stump on each, by cross-validated hit rate."""
    found = []
    for column in traits.columns:
        one = traits[[column]]
        rate = float(np.mean(_hit_rates(one, target, 1, seed)))
        tree = _tree(1, seed, len(target)).fit(one.to_numpy(), target).tree_
        if tree.node_count < 3:
            continue
        trait, name = meaning[column]
        points_up = tree.value[2][0][1] > tree.value[1][0][1]
        if name is not None:
            condition = Condition(trait, "is" if points_up else "is_not", name)
        else:
            condition = Condition(trait, "above" if points_up else "at_most", float(tree.threshold[0]))
        found.append((condition, rate))
    found.sort(key=lambda pair: (-round(pair[1], 9), pair[0].trait, str(pair[0].bound)))
    return found[:ONE_TRAIT_RULES]
