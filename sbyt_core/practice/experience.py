"""How much practice people have with the card, and whether it shows.

A person's experience is the runs that are theirs and the steps that they did. first and last: the share of complete runs in
their first and their last `WINDOW` runs, only where they have twice as many, so that the two do not overlap.
"""

from __future__ import annotations

import pandas as pd

from sbyt_core.practice.followed import Followed
from sbyt_core.practice.wilson import Share, share_of

WINDOW = 20  # runs: the fewest of which a share is shown


def experience(result: Followed) -> pd.DataFrame:
    """One row a person, most runs first: columns runs, steps, since, until, weeks, first, last (`Share` or None)."""
    done = result.lines[result.lines["done"].astype(bool)].groupby("employee").size()
    rows = {}
    for employee, runs in result.runs.groupby("employee"):
        first, last = _ends(runs)
        rows[employee] = {
            "runs": len(runs),
            "steps": int(done.get(employee, 0)),
            "since": runs["moment"].min(),
            "until": runs["moment"].max(),
            "weeks": int(runs["week"].nunique()),
            "first": first,
            "last": last,
        }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["runs", "steps", "since", "until", "weeks", "first", "last"])
    return table.rename_axis("employee").sort_values("runs", ascending=False, kind="stable")


def _ends(runs: pd.DataFrame) -> tuple[Share | None, Share | None]:
    known = runs.sort_values("moment", kind="stable")["complete"].dropna().astype(int)
    if len(known) < 2 * WINDOW:
        return None, None
    return share_of(int(known.iloc[:WINDOW].sum()), WINDOW), share_of(int(known.iloc[-WINDOW:].sum()), WINDOW)
