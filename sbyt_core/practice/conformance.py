"""One run of the card against the card: what is missing, what is extra, what was done out of turn.

expected: keys of the steps in the order of the card; done: keys of the steps that were done, in the order of time. missing:
expected and not done. extra: done and not expected (of another segment, or of no card). out_of_order: the fewest steps that
would have to move for the rest to stand in the card's order; where two neighbours changed places, it is the one that was done
before its turn. Of a step done twice the first time counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Conformance:
    """Faults of a run, each as keys in the order of the card; extra in the order of time."""

    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()
    out_of_order: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the run went by the card in everything."""
        return not (self.missing or self.extra or self.out_of_order)


def conform(expected: Sequence[str], done: Sequence[str]) -> Conformance:
    """Compare a run with the card; see the module for what counts as which fault."""
    place = {key: i for i, key in enumerate(expected)}
    first = list(dict.fromkeys(done))
    places = [place[key] for key in first if key in place]
    kept = kept_in_order(places)
    return Conformance(
        missing=tuple(key for key in expected if key not in set(first)),
        extra=tuple(key for key in first if key not in place),
        out_of_order=tuple(expected[i] for i in sorted(set(places) - set(kept))),
    )


def kept_in_order(places: Sequence[int]) -> tuple[int, ...]:
    """The longest rising part of distinct places; of several the one whose places come first in the card."""
    best: list[tuple[int, ...]] = []  # best[i]: the longest that ends with places[i]
    for i, here in enumerate(places):
        before = [best[j] for j in range(i) if places[j] < here]
        best.append((*min(before, key=lambda run: (-len(run), run), default=()), here))
    return min(best, key=lambda run: (-len(run), run), default=())
