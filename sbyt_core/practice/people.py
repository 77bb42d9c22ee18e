"""Whether people differ by more than chance: each one against the rest of the team by Fisher's exact test, with Holm's correction.

Compared are only those with at least `ENOUGH` trials on both sides. All comparisons that are made together (people, or people
and steps) are corrected together, so that on average one page in twenty names somebody although nobody differs. Without a
difference the team is one: its order in a table means nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sbyt_core.practice.wilson import ENOUGH, Share, share_of

SIGNIFICANCE = 0.05


@dataclass(frozen=True)
class Difference:
    """One person against the rest of the team in a group (a step, or "" for all). p: corrected."""

    group: str
    employee: str
    own: Share
    rest: Share
    p: float

    @property
    def below(self) -> bool:
        """Whether the person stands below the rest."""
        return (self.own.share or 0) < (self.rest.share or 0)


@dataclass(frozen=True)
class Differences:
    """Who differs from the rest by more than chance, the surest first; compared: how many comparisons were made."""

    found: tuple[Difference, ...]
    compared: int

    @property
    def within_chance(self) -> bool:
        """Whether people were compared and nobody stands out."""
        return self.compared > 0 and not self.found


def differences(counts: pd.DataFrame, group: str | None = None) -> Differences:
    """Compare people. counts: columns employee, k, n and, where given, the group's; one row a person and group.

    Source: Fisher (1935); Holm (1979), Scand. J. Stat. 6.
    """
    from scipy.stats import fisher_exact

    tests: list[Difference] = []
    for name, part in counts.groupby(group, sort=True) if group else [("", counts)]:
        k, n = int(part["k"].sum()), int(part["n"].sum())
        for row in part.sort_values("employee").itertuples():
            if row.n < ENOUGH or n - row.n < ENOUGH:
                continue
            table = [[row.k, row.n - row.k], [k - row.k, n - row.n - (k - row.k)]]
            own, rest = share_of(row.k, row.n), share_of(k - row.k, n - row.n)
            tests.append(Difference(str(name), str(row.employee), own, rest, float(fisher_exact(table).pvalue)))
    corrected = holm([test.p for test in tests])
    found = [Difference(t.group, t.employee, t.own, t.rest, p) for t, p in zip(tests, corrected, strict=True) if p < SIGNIFICANCE]
    return Differences(tuple(sorted(found, key=lambda t: (t.p, t.group, t.employee))), len(tests))


def holm(p: list[float]) -> list[float]:
    """Corrected p-values in the order given: the i-th smallest of m times m − i + 1, never falling, at most 1."""
    order = np.argsort(p, kind="stable")
    worst, result = 0.0, [1.0] * len(p)
    for rank, at in enumerate(order):
        worst = max(worst, min(1.0, p[at] * (len(p) - rank)))
        result[at] = worst
    return result
