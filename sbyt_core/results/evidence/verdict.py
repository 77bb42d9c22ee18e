"""What one rung gives, and the verdict that its interval allows.

- confirmed: the interval leaves out 0 upward and no doubt stands; L3 alone may say it;
- indicated: it leaves out 0 upward, but a doubt stands or the rung allows no more;
- not_shown: it holds 0 and is no wider than the target, or leaves 0 out downward;
- unknown: it holds 0 and is wider than the target: it cannot be known yet; whether it rules the target out is said beside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sbyt_core.results.model import Check, Estimate, Fact, Settings


@dataclass(frozen=True)
class Finding:
    """What one rung gives. effect, low, high: fractions; base: money after, of which the effect is a part."""

    rung: str
    verdict: str
    reasons: tuple[str, ...]
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    base: float | None = None
    treated: tuple[str, ...] = ()
    control: tuple[str, ...] = ()
    smallest: float | None = None
    checks: tuple[Check, ...] = ()
    months_before: int | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)

    @property
    def estimate(self) -> Estimate:
        """The finding as a rung of the ladder."""
        return Estimate(self.rung, self.effect, self.low, self.high)

    def money(self, effect: float | None) -> float | None:
        """Money after that an effect made: base · (1 − e^−δ) = base · effect / (1 + effect)."""
        return None if effect is None or self.base is None else self.base * effect / (1 + effect)


def said(settings: Settings) -> tuple[Check, Check]:
    """How the units were chosen and whether resources stayed, as the user says; None where it was not said."""
    assigned = None if settings.assigned is None else settings.assigned == "random"
    resources = None if settings.resources is None else settings.resources == "same"
    return Check("assigned", assigned), Check("resources", resources)


def doubts_of(checks: Sequence[Check], must_be_clean: Sequence[str] = ()) -> tuple[str, ...]:
    """Codes of the checks that stand against the effect; of `must_be_clean` those too that could not be tried."""
    return tuple(c.code for c in checks if c.passed is False or (c.passed is None and c.code in must_be_clean))


def verdict_of(low: float, high: float, target: float, doubts: tuple[str, ...], best: str) -> tuple[str, tuple[str, ...]]:
    """The verdict of an interval (fractions) and its reasons. best: what it may be at most."""
    if low > 0:
        return ("indicated" if doubts else best), ("leaves_out_zero", *doubts)
    if high < 0:
        return "not_shown", ("fell",)
    if high - low > target:
        return "unknown", ("too_wide", *(("target_ruled_out",) if high < target else ()))
    return "not_shown", ("holds_zero",)
