"""Where the time goes: minutes that steps took against the card's norms.

Over done lines that state minutes. excess = Σ minutes − Σ norm of the same lines; median with the interval between two order
statistics that covers it in at least 95 % (missing with fewer than 6 lines: none does). A step without a norm has no excess.
The norm is that of the client's kind by the version of the card in effect at the time; steps that the card no longer has are left out.
"""

from __future__ import annotations

import pandas as pd

from sbyt_core.practice.followed import Followed

COLUMNS = ("n", "median", "low", "high", "norm", "spent", "planned", "excess")


def minutes_against_norm(result: Followed) -> pd.DataFrame:
    """One row a step with minutes, index step in the card's order; columns of `COLUMNS`, minutes. norm: mean over the lines."""
    lines = result.lines[result.lines["expected"] & result.lines["done"].astype(bool) & result.lines["minutes"].notna()]
    rows = {}
    for step, part in lines.groupby("step"):
        low, high = median_interval(part["minutes"])
        spent, planned = float(part["minutes"].sum()), float(part["norm"].sum(min_count=len(part)))
        rows[str(step)] = (
            len(part),
            float(part["minutes"].median()),
            low,
            high,
            float(part["norm"].mean()),
            spent,
            planned,
            spent - planned,
        )
    table = pd.DataFrame.from_dict(rows, orient="index", columns=list(COLUMNS))
    return table.reindex([step for step in result.steps if step in rows]).rename_axis("step")


def median_interval(values: pd.Series) -> tuple[float | None, float | None]:
    """The narrowest pair of order statistics around the median that holds it in at least 95 % (sign test); None, None below 6 values."""
    from scipy.stats import binom

    n = len(values)
    place = int(binom.ppf(0.025, n, 0.5))  # the largest d with P(X < d) ≤ 2.5 %
    if place < 1:
        return None, None
    ordered = values.sort_values().to_numpy()
    return float(ordered[place - 1]), float(ordered[n - place])
