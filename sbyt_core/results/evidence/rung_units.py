"""L3 as a finding: units that started against units that had not, with every doubt tried.

With 2–3 units in an arm only the direction is told: "indicated" when the exact permutation stays below 5 % upward and no doubt stands,
else "unknown", and the interval is withheld. With under 6 units in an arm "leaves out 0" takes the exact permutation too.
"""

from __future__ import annotations

import numpy as np

from sbyt_core.results.evidence import checks as tried
from sbyt_core.results.evidence.checks import effect_of
from sbyt_core.results.evidence.comparison import ARM, Comparison
from sbyt_core.results.evidence.contrast import Contrast
from sbyt_core.results.evidence.verdict import Finding, doubts_of, said, verdict_of
from sbyt_core.results.model import Check, Fact, Settings
from sbyt_core.results.power import smallest_of

EXACT_BELOW = 6  # units in an arm: below it Welch alone is not trusted
MUST_BE_CLEAN = ("placebo_6", "robust_sign")  # a doubt that could not be tried is not cleared


def units_finding(made: Comparison, settings: Settings) -> Finding | None:
    """The finding of L3; None where no variance can be told."""
    found = made.contrast()
    if found is None:
        return None
    exact = tried.permutation(found)
    doubts_tried = (
        *tried.placebos(made),
        tried.robust_sign(made, found),
        tried.largest_client(made, found),
        tried.leave_one_out(made, found),
        tried.moved_clients(made, found),
        tried.units_kept(made),
        *said(settings),
    )
    shortened: dict[str, Fact] = {"shortened": ", ".join(made.shortened)} if made.shortened else {}
    doubts = doubts_of(doubts_tried, MUST_BE_CLEAN)
    low, high = effect_of(found.delta - found.half), effect_of(found.delta + found.half)
    smaller = min(len(found.treated), len(found.control))
    few = smaller < ARM
    if few:
        verdict, reasons = _direction(found, exact, doubts)
    else:
        verdict, reasons = verdict_of(low, high, settings.target, doubts, "confirmed")
        if smaller < EXACT_BELOW and low > 0 and not exact.passed:
            verdict, reasons = "unknown", ("permutation", *doubts)
        if verdict == "indicated" and tried.refused(doubts_tried):
            verdict, reasons = "unknown", doubts
    return Finding(
        rung="L3",
        verdict=verdict,
        reasons=reasons,
        effect=effect_of(found.delta),
        low=None if few else low,
        high=None if few else high,
        base=float(made.panel.values[_compared(found, made)].sum()),
        treated=tuple(made.panel.units[c] for c in found.treated),
        control=tuple(made.panel.units[c] for c in found.control),
        smallest=None if few else smallest_of(found.se, found.df),
        checks=(*doubts_tried, exact),
        months_before=made.months_before,
        facts={"p": found.p, "se": found.se, "df": found.df, "delta": found.delta, "step": made.step, **shortened},
    )


def _direction(found: Contrast, exact: Check, doubts: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    shown = bool(exact.passed) and found.delta > 0 and not doubts
    return ("indicated" if shown else "unknown"), ("few_units", *doubts)


def _compared(found: Contrast, made: Comparison) -> np.ndarray:
    """Which unit-months of the panel were compared after the start."""
    cells = np.repeat(found.cells, made.step, axis=0)
    inside = np.zeros(made.panel.values.shape, dtype=bool)
    inside[made.offset : made.offset + len(cells)] = cells
    return inside
