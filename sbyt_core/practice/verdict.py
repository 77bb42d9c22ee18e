"""Mend the card or help the person? What the log says of every weak step.

A step is weak where even the upper end of its interval lies below the target. Then: nobody differs from the rest by more than
chance → the card (all miss it alike: it is unclear, too long or not needed); somebody stands below the rest, and the rest reach
the target → the person; somebody stands below and the rest do not reach it either → both, the card first. With fewer than two
people to compare it cannot be told. The evidence stands beside the verdict; the decision is the committee's.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from sbyt_core.practice.followed import Followed
from sbyt_core.practice.people import Difference, differences
from sbyt_core.practice.wilson import Share, share_of

TARGET = 0.8  # a step done less often than four times of five is no habit yet; ours, to be set by the company
CARD, PERSON, BOTH, UNKNOWN = "card", "person", "both", "unknown"


@dataclass(frozen=True)
class Verdict:
    """A weak step: its share, the share of those who do not stand out, who stands below, and how far apart people are."""

    step: str
    code: str
    share: Share
    others: Share
    below: tuple[Difference, ...]
    lowest: Share | None  # of the people with enough lines
    highest: Share | None
    people: int  # with enough lines


def verdicts(result: Followed, *, target: float = TARGET) -> tuple[Verdict, ...]:
    """The weak steps, the weakest first. target: share of times that a step should be done."""
    counts = result.of_steps(("step", "employee"))
    counts = counts[counts["figure"] == "done"]
    shares = {step: result.step_share(step) for step in result.steps}
    weak = sorted((s for s in shares if shares[s].enough and shares[s].high < target), key=lambda s: (shares[s].share, s))
    found = differences(counts[counts["step"].isin(weak)], "step").found
    return tuple(
        _verdict(step, shares[step], counts[counts["step"] == step], tuple(d for d in found if d.group == step), target) for step in weak
    )


def _verdict(step: str, share: Share, counts: pd.DataFrame, differ: tuple[Difference, ...], target: float) -> Verdict:
    below = tuple(sorted((d for d in differ if d.below), key=lambda d: (d.own.share, d.employee)))
    rest = counts[~counts["employee"].isin([d.employee for d in below])]
    others = share_of(int(rest["k"].sum()), int(rest["n"].sum()))
    known = counts[counts["enough"]].sort_values(["share", "employee"])
    ends = [share_of(int(row.k), int(row.n)) for row in known.itertuples()]
    code = CARD if len(known) > 1 else UNKNOWN
    if below:
        code = BOTH if others.high < target else PERSON
    return Verdict(step, code, share, others, below, ends[0] if ends else None, ends[-1] if ends else None, len(known))
