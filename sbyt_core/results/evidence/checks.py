"""What may be doubted in a difference in differences, each doubt tried (METHOD §7, L6 among them).

- placebo_6, placebo_12: the same comparison as if the start had been earlier, the last 6 months before against the 6 before them,
  the last 12 against the first 12: nothing may be found. p < .10 is a difference that was there without the rollout, and the effect is
  "indicated" at most; p < .05 and it cannot be told from that difference: "unknown".
- robust_sign: the median over a unit's clients of 2(a − b)/(a + b), the same months a year apart, treated less control, has the
  sign of the effect: it is not the work of a few clients.
- largest_client: the client that moved most makes at most 20 % of the change, or the effect stands without it too.
- leave_one_out: the sign stays whichever unit is left out.
- moved_clients: the effect says the same where clients who passed between those who started and those who wait are counted by who
  served them before, see `moves`.
- units_kept: every unit that started is compared, and no unit ceased to sell.
- permutation: the share of ways of giving out the starts that show as much, below 5 %.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sbyt_core.results.evidence.comparison import Comparison
from sbyt_core.results.evidence.contrast import EQUAL, Contrast
from sbyt_core.results.evidence.moves import moves_of
from sbyt_core.results.evidence.permutation import permutation_p
from sbyt_core.results.model import Check, Fact
from sbyt_core.results.panel import Floats

PLACEBO_P = 0.10
REFUSED_P = 0.05  # of a placebo: from here the effect cannot be told from the difference that was there
SIGNIFICANT = 0.05
LARGEST_SHARE = 0.20  # of the change that one client may make
YEAR = 12


def effect_of(delta: float) -> float:
    """A difference of logs as a fraction."""
    return math.expm1(delta)


def placebos(made: Comparison) -> list[Check]:
    """placebo_6 and placebo_12."""
    whole = made.months_before
    tries = [("placebo_6", 6, 6, 6)]
    tries.append(("placebo_12", YEAR, YEAR, whole - YEAR) if whole >= 2 * YEAR else ("placebo_12", 0, 0, 0))
    found = []
    for code, after, before, until in tries:
        one = made.placebo(after, before, until) if after else None
        if one is None:
            found.append(Check(code, None))
        else:
            found.append(Check(code, one.p >= PLACEBO_P, {"p": one.p, "effect": effect_of(one.delta)}))
    return found


def refused(checks: Sequence[Check]) -> bool:
    """Whether a placebo shows a difference so clear that nothing can be said of the effect."""
    return any(c.code.startswith("placebo_") and c.passed is False and float(c.facts["p"]) < REFUSED_P for c in checks)  # type: ignore[arg-type]


def permutation(found: Contrast) -> Check:
    """permutation."""
    p, ways = permutation_p(found)
    return Check("permutation", p < SIGNIFICANT, {"p": p, "ways": ways})


def leave_one_out(made: Comparison, found: Contrast) -> Check:
    """leave_one_out; the range of the effect beside."""
    deltas = []
    for column in np.union1d(found.treated, found.control):
        one = made.contrast_without(int(column))
        if one is not None:
            deltas.append((one.delta, made.panel.units[column]))
    if not deltas:
        return Check("leave_one_out", None)
    (low, without_low), (high, without_high) = min(deltas), max(deltas)
    facts: dict[str, Fact] = {
        "low": effect_of(low),
        "high": effect_of(high),
        "low_without": without_low,
        "high_without": without_high,
    }
    return Check("leave_one_out", low * found.delta > 0 and high * found.delta > 0, facts)


def units_kept(made: Comparison) -> Check:
    """units_kept."""
    names = made.left_out + made.gone
    facts: dict[str, Fact] = {"n": len(names), "units": ", ".join(names), "short": ", ".join(made.left_out), "gone": ", ".join(made.gone)}
    return Check("units_kept", not names, facts)


def moved_clients(made: Comparison, found: Contrast) -> Check:
    """moved_clients; how many, their share of the money since the start, and the effect with them where they were."""
    moves = moves_of(made)
    facts: dict[str, Fact] = {"n": moves.clients, "share": moves.share}
    if not moves.clients:
        return Check("moved_clients", True, facts)
    one = made.with_values(moves.values).contrast()
    if one is None:
        return Check("moved_clients", False, facts)
    facts |= _interval(one)
    seen = abs(found.delta) > found.half
    stands = one.delta * found.delta > 0 and abs(one.delta) > one.half
    return Check("moved_clients", stands or not seen, facts)


def year_apart(made: Comparison, found: Contrast) -> list[tuple[Floats, Floats, Floats, Floats]]:
    """Of every cohort: its columns, the columns of units not started, rows after and the same rows a year before.

    Rows: the months since the start in which somebody has not started, a year of them at most.
    """
    starts, panel = made.starts, made.panel
    plan = []
    for begun, worked in starts.cohorts:
        own = np.flatnonzero((starts.begun == begun) & (starts.worked == worked))
        own = own[np.isin(own, found.treated)]
        rows = [t for t in range(worked, min(worked + YEAR, len(panel.months))) if (starts.begun > t).any()]
        if not len(own) or not rows or begun < YEAR:
            continue
        waiting = np.flatnonzero(starts.begun > rows[-1])
        plan.append((own, waiting, np.array(rows), np.array(rows) - YEAR))
    return plan


def robust_sign(made: Comparison, found: Contrast) -> Check:
    """robust_sign."""
    panel = made.panel
    total, weight = 0.0, 0
    for own, waiting, after, before in year_apart(made, found):
        a, b = panel.part_sums(after), panel.part_sums(before)
        known = a + b > EQUAL
        change = np.clip(2 * (a - b)[known] / (a + b)[known], -2, 2)
        units = _medians(panel.part_unit[known], change, len(panel.units))
        left, right = units[own], units[waiting]
        if np.isnan(left).all() or np.isnan(right).all():
            continue
        total += len(own) * (float(np.nanmean(left)) - float(np.nanmean(right)))
        weight += len(own)
    if not weight:
        return Check("robust_sign", None)
    difference = total / weight
    return Check("robust_sign", difference * found.delta > 0, {"difference": difference})


def _medians(unit: Floats, value: Floats, n_units: int) -> Floats:
    """Median of the values of every unit; NaN without any."""
    order = np.lexsort((value, unit))
    unit, value = unit[order], value[order]
    start = np.searchsorted(unit, np.arange(n_units))
    size = np.searchsorted(unit, np.arange(n_units), side="right") - start
    medians = np.full(n_units, np.nan)
    some = size > 0
    low, high = start[some] + (size[some] - 1) // 2, start[some] + size[some] // 2
    medians[some] = (value[low] + value[high]) / 2
    return medians


def largest_client(made: Comparison, found: Contrast) -> Check:
    """largest_client; its share of the change of the treated, and the effect without it."""
    panel = made.panel
    if not len(panel.clients):
        return Check("largest_client", None)
    changes = np.zeros(len(panel.clients))
    for own, _, after, before in year_apart(made, found):
        parts = np.isin(panel.part_unit, own)
        change = panel.part_sums(after) - panel.part_sums(before)
        changes += np.bincount(panel.part_client[parts], change[parts], minlength=len(changes))
    whole = float(changes.sum())
    client = int(np.argmax(np.abs(changes)))
    if not np.abs(changes).max() > 0:
        return Check("largest_client", None)
    share = abs(float(changes[client]) / whole) if abs(whole) > EQUAL else None
    facts: dict[str, Fact] = {"client": panel.clients[client], "share": share}
    if share is not None and share <= LARGEST_SHARE:
        return Check("largest_client", True, facts)
    one = made.with_values(panel.without_client(client).values).contrast()
    if one is None:
        return Check("largest_client", False, facts)
    facts |= _interval(one)
    stands = one.delta * found.delta > 0 and abs(one.delta) > one.half
    return Check("largest_client", stands, facts)


def _interval(one: Contrast) -> dict[str, Fact]:
    return {"effect": effect_of(one.delta), "low": effect_of(one.delta - one.half), "high": effect_of(one.delta + one.half)}
