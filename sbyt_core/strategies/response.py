"""How the profit of clients answers to hours: p(h) = P (h / h0)^β, METHOD §5; for clients with four answers P · S(h / h0).

P is the profit a month now, h0 the hours a month now. A client without hours now has no h0: inside the formula stands the mean of
the clients of its kind that have hours (else of all, else one hour); its hours before stay 0. A client that brings nothing or a loss
brings neither more nor less with other hours. What is not known (missing P) is left out of every sum and keeps its hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from sbyt_core.strategies.answers import SCurve

ELASTICITY_MOST = 0.99  # a response of 1 or more has no best allocation


@dataclass(frozen=True, eq=False)
class Response:
    """Arrays of one length, a client each. curves: position → S-curve of a client with four answers.

    profit: money a month now, missing where not known; now: hours before; reference: h0 inside the formula, above 0.
    """

    profit: np.ndarray
    now: np.ndarray
    reference: np.ndarray
    elasticity: np.ndarray
    curves: Mapping[int, SCurve] = field(default_factory=dict)

    @cached_property
    def known(self) -> np.ndarray:
        """Profit now, 0 where it is not known: for sums of changes only."""
        return np.where(np.isnan(self.profit), 0.0, self.profit)

    def value(self, hours: np.ndarray) -> np.ndarray:
        """What the plan maximises: p(h) of every client, money a month."""
        known = self.known
        made = np.where(known > 0, known * np.power(hours / self.reference, self.elasticity), known)
        for place, curve in self.curves.items():
            if known[place] > 0:
                made[place] = known[place] * float(curve(hours[place] / self.reference[place]))
        return made

    def value_of(self, place: int, hours: np.ndarray) -> np.ndarray:
        """p(h) of one client at several hours, shape (hours,)."""
        profit, ratio = float(self.known[place]), hours / self.reference[place]
        if profit <= 0:
            return np.full(len(hours), profit)
        curve = self.curves.get(place)
        return profit * (ratio ** self.elasticity[place] if curve is None else curve(ratio))

    def expected(self, hours: np.ndarray) -> np.ndarray:
        """What is told: as `value`, but a client that lives without hours today brings no less than today."""
        made = self.value(hours)
        return np.where(self.now > 0, made, np.maximum(made, self.known))

    def scaled(self, factor: float) -> Response:
        """The same with all elasticities × factor, and the answers' departures from 1 likewise."""
        curves = {place: replace(curve, strength=factor) for place, curve in self.curves.items()}
        return replace(self, elasticity=np.minimum(self.elasticity * factor, ELASTICITY_MOST), curves=curves)


def reference_hours(now: np.ndarray, kinds: np.ndarray) -> np.ndarray:
    """h0 inside the formula: hours now, where they are 0 the mean of the clients of the same kind that have hours.

    now, kinds: shape (clients,), kinds as codes from 0.
    """
    has = now > 0
    if has.all():
        return now.astype(float)
    count = int(kinds.max()) + 1 if len(kinds) else 0
    sums = np.bincount(kinds[has], weights=now[has], minlength=count)
    sizes = np.bincount(kinds[has], minlength=count)
    of_all = float(now[has].mean()) if has.any() else 1.0
    means = np.where(sizes > 0, sums / np.maximum(sizes, 1), of_all)
    return np.where(has, now, means[kinds])
