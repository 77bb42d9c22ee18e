"""The same change by items: price, cost, volume, mix, items added and dropped. Arithmetic, not cause.

For an item sold in both windows, with quantity q, price p = revenue / q, cost c = (revenue − profit) / q and unit margin m0 = p0 − c0:
price Σ(p1 − p0)·q1, cost −Σ(c1 − c0)·q1, volume (Q1 − Q0)·Σq0·m0 / Q0, mix Σ(q1 − Q1·q0 / Q0)·m0; Q is the quantity of these items
together. For revenue c is 0 and there is no part "cost". Added: only after; dropped: only before. Lines without an item, a quantity or
(for profit) a profit, and items whose quantity in a window is not above 0, stand whole in "other", so that the parts add up.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.results.facts import Facts
from sbyt_core.results.sources.waterfall import Part, Waterfall

LEAST_COVERED = 0.5  # share of revenue after in items that can be counted: below it the picture would be of the rest


@dataclass(frozen=True)
class PriceVolume(Waterfall):
    """A change by items. items: counted in both windows; covered: their share of the revenue after, added ones included."""

    items: int
    covered: float


def price_volume(facts: Facts, measure: str = "profit") -> PriceVolume | None:
    """Share the change among price, cost, volume, mix and the range; None where items or quantities say too little.

    measure: revenue or profit (of net profit the items know nothing). Raises BadInput measure_not_known. Source: METHOD §7.
    """
    if measure != "revenue" and not facts.has_profit:
        raise BadInput("measure_not_known", measure=measure)
    money = "revenue" if measure == "revenue" else "profit"
    rows = facts.items
    before, after = (float(rows.loc[rows["window"] == window, money].sum()) for window in ("before", "after"))
    wide = _by_item(rows, with_profit=money == "profit")
    if wide.empty:
        return None
    q0, q1 = (wide[f"quantity_{window}"].to_numpy() for window in ("before", "after"))
    y0, y1 = (wide[f"{money}_{window}"].to_numpy() for window in ("before", "after"))
    r1 = wide["revenue_after"].to_numpy()
    both = (q0 > 0) & (q1 > 0)
    added = wide["absent_before"].to_numpy() & (q1 > 0)
    dropped = wide["absent_after"].to_numpy() & (q0 > 0)
    revenue_after = float(rows.loc[rows["window"] == "after", "revenue"].sum())
    covered = float(r1[both | added].sum()) / revenue_after if revenue_after > 0 else 0.0
    if not both.any() or covered < LEAST_COVERED:
        return None
    amounts = _kept_items(wide[both], money)
    amounts["added_items"], amounts["dropped_items"] = float(y1[added].sum()), -float(y0[dropped].sum())
    counts = {"added_items": int(added.sum()), "dropped_items": int(dropped.sum())}
    parts = [Part(code, amount, counts.get(code)) for code, amount in amounts.items()]
    counted = both | added | dropped
    other = (after - float(y1[counted].sum())) - (before - float(y0[counted].sum()))
    if round(other, 2):
        parts.append(Part("other_items", other))
    return PriceVolume(measure, before, after, tuple(parts), int(both.sum()), covered)


def _by_item(rows: pd.DataFrame, *, with_profit: bool) -> pd.DataFrame:
    """One row an item that is whole in both windows, sums beside each other."""
    partial = rows["without_quantity"] + (rows["without_profit"] if with_profit else 0)
    known = rows[rows["item"].notna()].assign(partial=partial)
    sums = known.groupby(["item", "window"])[["quantity", "revenue", "profit", "partial"]].sum().unstack("window")
    columns = pd.MultiIndex.from_product([["quantity", "revenue", "profit", "partial"], ["before", "after"]])
    sums = sums.reindex(columns=columns)
    absent = {f"absent_{window}": sums[("revenue", window)].isna() for window in ("before", "after")}
    sums = sums.fillna(0.0)
    sums.columns = pd.Index([f"{name}_{window}" for name, window in sums.columns])
    whole = (sums["partial_before"] == 0) & (sums["partial_after"] == 0)
    return sums.assign(**absent)[whole]


def _kept_items(kept: pd.DataFrame, money: str) -> dict[str, float]:
    q0, q1 = kept["quantity_before"].to_numpy(), kept["quantity_after"].to_numpy()
    r0, r1 = kept["revenue_before"].to_numpy(), kept["revenue_after"].to_numpy()
    y0, y1 = kept[f"{money}_before"].to_numpy(), kept[f"{money}_after"].to_numpy()
    whole0, whole1 = float(q0.sum()), float(q1.sum())
    m0 = y0 / q0
    amounts = {"price": float(np.sum(r1 - r0 / q0 * q1))}
    if money == "profit":
        amounts["cost"] = -float(np.sum((r1 - y1) - (r0 - y0) / q0 * q1))
    amounts["volume"] = (whole1 - whole0) * float(y0.sum()) / whole0
    amounts["mix"] = float(np.sum((q1 - whole1 * q0 / whole0) * m0))
    return amounts
