"""The reasons of a class as the passport words them, for a whole base at once.

A sentence depends on what it shows, not on the client: shares to a tenth of a per cent, whole numbers. Clients whom only
guards moved after the first rule share their sentences by classes and tenth of a per cent, the new by day of the first
purchase, so that most of a large base costs a few hundred sentences; the others are worded one by one, and what repeats is kept.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.segments.model import SEGMENTS, Reason
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
        groups = self._groups()
        shared = ~np.isnan(groups)
        texts = np.empty(len(keys), dtype=object)
        _, first, member = np.unique(groups[shared], return_index=True, return_inverse=True)
        texts[shared] = np.array([self.reasons(key) for key in keys[shared][first]], dtype=object)[member]
        texts[~shared] = [self.reasons(key) for key in keys[~shared]]
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

    def _groups(self) -> np.ndarray:
        """One number for all clients who share their sentences; missing for a client with sentences of its own."""
        found = self.segmentation
        steps, ranking, n = found.steps, found.ranking, found.n
        groups = np.full(len(found.final), np.nan)
        if found.criteria.method == "value":
            shown = np.round(ranking.share_before * SHOWN_STEPS)
            path = (steps.profit * len(SEGMENTS) + steps.guard_a) * len(SEGMENTS) + steps.computed
            alike = (ranking.value > 0) & (steps.profit == steps.trouble) & (steps.profit == steps.regularity) & ~found.promising
            groups[:n][alike] = (path * (2.0 * SHOWN_STEPS) + shown)[alike]
        days = ranking.first_ever[n:].astype("datetime64[D]").astype("float64")
        groups[n:] = days - days.max(initial=0.0) - 1.0  # below 0, apart from those of the classed
        return groups

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
