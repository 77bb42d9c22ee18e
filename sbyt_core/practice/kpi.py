"""One figure of practice over a span of days: what a decision must move, then and now.

done, in_time, in_order: share of a step; complete: share of runs; minutes: median of a step. since, until: days, inclusive;
None: open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from sbyt_core.practice.followed import Followed
from sbyt_core.practice.minutes import minutes_against_norm

SHARES = ("done", "in_time", "in_order")


@dataclass(frozen=True)
class Measured:
    """A figure with its n and interval: a fraction, or minutes; all None where nothing is known."""

    value: float | None
    n: int
    low: float | None = None
    high: float | None = None


def within(result: Followed, since: date | None = None, until: date | None = None, kind: str | None = None) -> Followed:
    """The same with the runs that began in a span of days, of clients of one kind where it is given."""
    day = result.runs["moment"].dt.normalize()
    kept = pd.Series(True, index=result.runs.index)
    if since is not None:
        kept &= day >= pd.Timestamp(since)
    if until is not None:
        kept &= day <= pd.Timestamp(until)
    if kind is not None:
        kept &= result.runs["kind"] == kind
    runs = result.runs[kept]
    return replace(result, runs=runs, lines=result.lines[result.lines["run"].isin(runs["run"])])


def measured(result: Followed, code: str, step: str = "") -> Measured:
    """The figure of a code; nothing known for a code that practice does not tell (situations, own)."""
    if code == "complete" or (code in SHARES and step):
        share = result.run_share("complete") if code == "complete" else result.step_share(step, code)
        return Measured(share.share, share.n, share.low, share.high) if share.n else Measured(None, 0)
    if code == "minutes" and step:
        table = minutes_against_norm(result)
        if step in table.index:
            row = table.loc[step]
            low, high = (None if x is None or x != x else float(x) for x in (row["low"], row["high"]))
            return Measured(float(row["median"]), int(row["n"]), low, high)
    return Measured(None, 0)
