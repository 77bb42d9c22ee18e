"""A change of money as a waterfall: before, the parts that lead from it, after; the parts add up, as they are and as they are printed."""

from __future__ import annotations

from dataclasses import dataclass

from sbyt_core.results.sources.rounding import KOPECKS, closing_parts


@dataclass(frozen=True)
class Part:
    """One bar of the waterfall: its code, money, and how many clients stand behind it (None: not a matter of clients)."""

    code: str
    amount: float
    clients: int | None = None


@dataclass(frozen=True, eq=False)
class Waterfall:
    """A change of a measure by its parts, in the order they are drawn. before, after: money of the measure in the two windows."""

    measure: str
    before: float
    after: float
    parts: tuple[Part, ...]

    @property
    def change(self) -> float:
        """After less before."""
        return self.after - self.before

    def amount(self, code: str) -> float:
        """Money of a part; 0 where the waterfall does not have it."""
        return sum(part.amount for part in self.parts if part.code == code)

    def rounded(self, digits: int = KOPECKS) -> list[float]:
        """The parts as they are printed: rounded, and adding up to the rounded after less the rounded before."""
        return closing_parts([part.amount for part in self.parts], round(self.after, digits) - round(self.before, digits), digits)
