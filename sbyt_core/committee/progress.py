"""Whether the figure of a decision stands better than on the day of the decision, by more than chance.

Shares: Fisher's exact test, from `ENOUGH` observations on both sides; more is better. Situations a month: of all of both months half
would fall on each, by the binomial test, from `FEWEST` together; fewer is better. Below that there is too little data. Minutes are kept
as a median and a figure of one's own as a number: then and now stand side by side, and nothing is said of chance.
"""

from __future__ import annotations

from sbyt_core.committee.agenda import SIGNIFICANCE
from sbyt_core.committee.model import Kpi

PROGRESS = ("better", "worse", "chance", "little")
ENOUGH = 20  # observations: as in practice, with fewer a share is "too little data"
FEWEST = 6  # situations of both months: with fewer even "all before, none now" may be chance
SHARES = ("done", "in_time", "in_order", "complete")


def progress(kpi: Kpi, value: float | None, n: int | None) -> str | None:
    """Code of `PROGRESS` for a figure now against the one of the decision; None where it cannot be told.

    value, n: of the figure now, as of `Review`.
    """
    from scipy.stats import binomtest, fisher_exact

    if value is None or kpi.value is None:
        return None
    if kpi.code in SHARES and n is not None and kpi.n is not None:
        if min(n, kpi.n) < ENOUGH:
            return "little"
        now, then = round(value * n), round(kpi.value * kpi.n)
        p, better = float(fisher_exact([[now, n - now], [then, kpi.n - then]]).pvalue), value > kpi.value
    elif kpi.code == "situations":
        if value + kpi.value < FEWEST:
            return "little"
        p, better = float(binomtest(int(value), int(value + kpi.value)).pvalue), value < kpi.value
    else:
        return None
    return "chance" if p >= SIGNIFICANCE else "better" if better else "worse"
