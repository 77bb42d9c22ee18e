"""The reasons of a class as the passport words them, for a whole base at once.

A sentence depends on what it shows, not on the client: shares to a tenth of a per cent, whole numbers. Clients whom no rule
moved after the first share a sentence by class and tenth of a per cent, so that most of a large base costs a few hundred
sentences; the others are worded one by one, and what repeats is kept.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.segments.model import Reason
from sbyt_core.segments.segmentation import Segmentation
from sbyt_core.segments.words import reason_in_words
from sbyt_core.texts import Speech

SHOWN_STEPS = 1000  # a share is shown to a tenth of a per cent
OWN_WORDS = frozenset({"not_positive", "override"})  # sentences that hold money or a person's words
OWN_FACTS = ("cv", "first_purchase")  # figures of a client; the other facts are those of the criteria and the base


class ReasonWords:
    """Reasons and overrides of a segmentation in the words of one language."""

    def __init__(self, segmentation: Segmentation, speech: Speech, *, currency: str) -> None:
        self.segmentation = segmentation
        self.speech = speech
        self.currency = currency
        self._kept: dict[tuple, str] = {}

    def all_reasons(self) -> list[str]:
        """The reasons of every client, in the order of the segmentation's frame."""
        keys = self.segmentation.frame["client_key"].to_numpy(dtype=object)
        texts = np.empty(len(keys), dtype=object)
        alike = self._moved_by_nothing()
        steps = np.round(self.segmentation.ranking.share_before * SHOWN_STEPS)
        shown = np.where(alike, self.segmentation.steps.profit.astype(float) * (2 * SHOWN_STEPS) + steps, -1.0)
        _, first, group = np.unique(shown, return_index=True, return_inverse=True)
        texts[: len(alike)] = np.array([self.reasons(keys[place]) for place in first], dtype=object)[group]
        for place in [*np.flatnonzero(~alike), *range(len(alike), len(keys))]:
            texts[place] = self.reasons(keys[place])
        return texts.tolist()

    def reasons(self, client_key: str) -> str:
        """All steps of a client, in their order, but a person's decision, which has its own column."""
        return " ".join(self._sentence(reason) for reason in self.segmentation.reasons(client_key) if reason.rule != "override")

    def override(self, client_key: str) -> str:
        """Whose decision the class is, why, and what the rules say; empty without one."""
        one = self.segmentation.override(client_key)
        if one is None:
            return ""
        computed = self.segmentation.reasons(client_key)[-1].from_
        name = self.speech("report.new") if computed == "new" else str(computed)
        return self.speech("report.override", computed=name, reason=one.reason, author=one.author)

    def _moved_by_nothing(self) -> np.ndarray:
        """Which of the classed have the profit class by value as their only reason."""
        found = self.segmentation
        by_share = found.criteria.method == "value"
        return (found.ranking.value > 0) & (found.steps.profit == found.steps.computed) & ~found.promising & by_share

    def _sentence(self, reason: Reason) -> str:
        if reason.rule in OWN_WORDS:
            return reason_in_words(reason, self.speech, self.currency)
        own = tuple(_shown(reason.facts[name]) for name in OWN_FACTS if name in reason.facts)
        key = (reason.rule, reason.from_, reason.to, _shown(reason.value), own)
        if key not in self._kept:
            self._kept[key] = reason_in_words(reason, self.speech, self.currency)
        return self._kept[key]


def _shown(value: float | str | None) -> float | str | None:
    return round(value * SHOWN_STEPS) if isinstance(value, float) else value
