"""The evidence in words: why the verdict is what it is, what was tried, the ladder, and what would make it known.

Figures of a check or an advice come with it as facts; each fact has one way to be written, whatever its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sbyt_core.results.model import Check, Effect, Estimate, Fact
from sbyt_core.texts import Speech
from sbyt_core.texts.speech import MISSING

SHARES = ("effect", "low", "high", "share", "target", "smallest", "difference", "without", "constant", "now", "then")
PROBABILITIES = ("p", "p_permutation", "rho", "fit")
STATES = {True: "holds", False: "fails", None: "open"}


@dataclass(frozen=True)
class EffectWords:
    """The sentences of one effect in one language and currency."""

    effect: Effect
    say: Speech
    currency: str = "RUB"

    def reasons(self) -> list[str]:
        """Why the verdict is what it is: a sentence each, the verdict's own first."""
        return [self._reason(code) for code in self.effect.reasons]

    def doubts(self) -> list[str]:
        """Checks that stand against the effect, and those that could not be tried."""
        return [self.check(check) for check in self.effect.checks if check.passed is not True]

    def check(self, check: Check) -> str:
        """One check as a sentence: what was tried and how it came out."""
        return self.say(f"effect.check.{check.code}.{STATES[check.passed]}", **self.facts(check.facts))

    def advice(self) -> list[str]:
        """What would make it known."""
        return [self.say(f"effect.advice.{one.code}", **self.facts(one.facts)) for one in self.effect.advice]

    def ladder_rows(self) -> list[tuple[str, str, str]]:
        """Name, estimate with its interval, and why the rung is not the one that counts (or that it is)."""
        return [(self.say(f"effect.rung.{one.rung}"), self.estimate(one), self.why(one)) for one in self.effect.ladder]

    def estimate(self, one: Estimate) -> str:
        """+12,4 % (+8,3 % … +16,6 %); a dash where it cannot be told."""
        if one.effect is None:
            return MISSING
        text = self.signed(one.effect)
        if one.low is None or one.high is None:
            return text
        return f"{text} ({self.signed(one.low)} … {self.signed(one.high)})"

    def why(self, one: Estimate) -> str:
        """Why a rung is not the one that counts."""
        if one.rung == self.effect.rung:
            return self.say("effect.reached")
        return "; ".join(self._reason(code) for code in one.reasons)

    def signed(self, share: float | None, digits: int = 1) -> str:
        """A fraction as per cent with its sign."""
        if share is None:
            return MISSING
        text = self.say.percent(share, digits)
        return f"+{text}" if round(100 * share, digits) > 0 else text

    def facts(self, facts: Mapping[str, Fact]) -> dict[str, object]:
        """Facts as they stand in sentences."""
        return {name: self._fact(name, value) for name, value in facts.items()}

    def _fact(self, name: str, value: Fact) -> object:
        if value is None:
            return MISSING
        if isinstance(value, date):
            return self.say.month(value, short=False)
        if name in SHARES and isinstance(value, (int, float)):
            return self.signed(float(value)) if name not in ("share", "target", "smallest") else self.say.percent(float(value), 0)
        if name in PROBABILITIES and isinstance(value, (int, float)):
            return self.say.num(float(value), 3)
        return value

    def _reason(self, code: str) -> str:
        check = self.effect.check(code)
        if check is not None and check.passed is not True:
            return self.check(check)
        facts = {"smallest": self.effect.smallest_visible, "target": self.effect.settings.target, **self.effect.facts}
        return self.say(f"effect.reason.{code}", **self.facts(facts))
