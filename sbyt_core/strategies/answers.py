"""Four answers about one client, and the S-shaped curve through them (ADBUDG, METHOD §5).

Asked of those who know the client: what would it bring with no contacts at all, as now (1), with half as many contacts again, and with
contacts as often as they are of any use? The answers are shares of what it brings now. With x = hours / hours now:

    S(x) = S0 + (S∞ − S0) x^c / (d + x^c),  d = (S∞ − 1) / (1 − S0),  c = ln(odds(S1.5) / odds(1)) / ln 1.5,  odds(s) = (s − S0) / (S∞ − s)

It needs 0 ≤ S0 < 1 < S1.5 < S∞. Source: Little 1970, the decision calculus; Lodish 1971, CALLPLAN.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sbyt_core.errors import BadInput

MOST_LIMIT = 100.0  # a hundredfold of what the client brings now is a slip of the pen
EXAMPLE = (0.6, 1.15, 1.5)  # without, half more, most


@dataclass(frozen=True)
class Answers:
    """What a client would bring, in shares of what it brings now.

    without: with no contacts; half_more: with half as many again; most: as often as possible. client: name for messages.
    Raises BadInput answers_out_of_order.
    """

    client_key: str
    without: float
    half_more: float
    most: float
    client: str | None = None

    def __post_init__(self) -> None:
        given = (self.without, self.half_more, self.most)
        numbers = all(isinstance(one, (int, float)) and not isinstance(one, bool) and math.isfinite(one) for one in given)
        if not numbers or not 0 <= self.without < 1 < self.half_more < self.most <= MOST_LIMIT:
            raise BadInput(
                "answers_out_of_order",
                client=self.client or self.client_key,
                without=self.without,
                now=1.0,
                half_more=self.half_more,
                most=self.most,
            )

    @property
    def curve(self) -> SCurve:
        """The curve through the four answers."""
        d = (self.most - 1) / (1 - self.without)
        odds = (self.half_more - self.without) / (self.most - self.half_more)
        odds_now = (1 - self.without) / (self.most - 1)
        return SCurve(self.without, self.most, math.log(odds / odds_now) / math.log(1.5), d)


@dataclass(frozen=True)
class SCurve:
    """S(x): share of the present profit at x times the present hours. low, high: S0 and S∞; c, d: shape."""

    low: float
    high: float
    c: float
    d: float
    strength: float = 1.0  # of the departure from 1: what the sensitivity changes

    def __call__(self, x: np.ndarray | float) -> np.ndarray:
        """S at x ≥ 0, of the shape of x."""
        power = np.asarray(x, dtype=float) ** self.c
        plain = self.low + (self.high - self.low) * power / (self.d + power)
        return 1 + self.strength * (plain - 1)
