"""Where a change of sales or profit came from: new, returned and lost clients, and what the kept ones changed. Arithmetic, not cause.

A client bought in a window when it has a line there that sells. New: never bought before the window after. Returned: bought after and
earlier, not in the window before. Lost: bought before, not after. Kept: in both; its change is that of documents × average document
(× margin) shared by Shapley, per client, then summed. A kept client without a document or without positive revenue in one of the
windows counts whole in "documents". "Other" is what belongs to no client, and clients who only gave back. With cost to serve, net
profit has one part more: what serving costs now less what it cost. The parts add up to the change.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.results.facts import Facts
from sbyt_core.results.sources.shapley import shapley_parts
from sbyt_core.results.sources.waterfall import Part, Waterfall

STATUSES = ("new", "returned", "lost", "kept", "other")
FACTORS = {"revenue": ("documents", "average"), "profit": ("documents", "average", "margin"), "net": ("documents", "average", "margin")}
WINDOWS = ("before", "after")


@dataclass(frozen=True, eq=False)
class Decomposition(Waterfall):
    """A change by where it came from.

    frame: one row a client with client_key, status, before, after, change and the parts of the kept ones.
    """

    frame: pd.DataFrame = field(repr=False)


def decompose(facts: Facts, measure: str = "profit") -> Decomposition:
    """Share the change between the two windows among its sources.

    measure: revenue, profit, or net where the facts know cost to serve.
    Raises BadInput measure_not_known where the data do not have the measure. Source: METHOD §7.
    """
    if (measure != "revenue" and not facts.has_profit) or (measure == "net" and facts.costs is None):
        raise BadInput("measure_not_known", measure=measure)
    money = "revenue" if measure == "revenue" else "profit"
    wide = _by_client(facts)
    wide["before"], wide["after"] = wide[f"{money}_before"], wide[f"{money}_after"]
    wide["change"] = wide["after"] - wide["before"]
    wide["status"] = _status(facts, wide)
    factors = FACTORS[measure]
    names = [f"kept_{factor}" for factor in factors]
    wide[names] = 0.0
    kept = (wide["status"] == "kept").to_numpy()
    wide.loc[kept, names] = _kept_parts(wide[kept], factors, money).to_numpy()
    parts = [_part(wide, status) for status in ("new", "returned", "lost")]
    parts += [Part(name, float(wide[name].sum()), int(kept.sum())) for name in names]
    totals = [float(wide["before"].sum()), float(wide["after"].sum())]
    other = _part(wide, "other")
    if other.amount:
        parts.append(other)
    if measure == "net":
        spent = [facts.cost(window) for window in WINDOWS]
        parts.append(Part("cost_to_serve", spent[0] - spent[1]))
        totals = [total - cost for total, cost in zip(totals, spent, strict=True)]
    columns = ["client_key", "status", "before", "after", "change", *names]
    return Decomposition(measure, totals[0], totals[1], tuple(parts), wide.reset_index()[columns])


def _by_client(facts: Facts) -> pd.DataFrame:
    """One row a client (missing key: nobody's money), its sums in the two windows beside each other; no lines are sums of 0."""
    codes, keys = pd.factorize(facts.documents["client_key"], use_na_sentinel=False)
    rows = facts.documents.assign(code=codes)
    wide = pd.DataFrame(index=pd.RangeIndex(len(keys)))
    for window in WINDOWS:
        mine = rows[rows["window"] == window]
        sums = mine.groupby("code")[["revenue", "profit"]].sum()
        sums["documents"] = mine[mine["sold"] > 0].groupby("code")["document"].nunique()
        wide[[f"{name}_{window}" for name in sums]] = sums.reindex(wide.index).fillna(0.0)
    return wide.set_index(pd.Index(keys, name="client_key", dtype="str")).sort_index()


def _status(facts: Facts, wide: pd.DataFrame) -> np.ndarray:
    before, after = (wide[f"documents_{window}"].to_numpy() > 0 for window in WINDOWS)
    first = facts.first_bought.reindex(wide.index)
    earlier = (first < pd.Timestamp(facts.windows.after.start)).to_numpy()
    nobody = wide.index.isna()
    conditions = [nobody | ~(before | after), before & after, before, earlier]
    return np.select(conditions, ["other", "kept", "lost", "returned"], "new")


def _kept_parts(kept: pd.DataFrame, factors: tuple[str, ...], money: str) -> pd.DataFrame:
    whole = kept["change"].to_numpy()
    usable = ((kept["revenue_before"] > 0) & (kept["revenue_after"] > 0)).to_numpy()
    sides = []
    for window in WINDOWS:
        documents, revenue = kept[f"documents_{window}"].to_numpy(), kept[f"revenue_{window}"].to_numpy()
        safe = np.where(usable, revenue, 1.0)
        values = {"documents": documents, "average": safe / documents, "margin": kept[f"{money}_{window}"].to_numpy() / safe}
        sides.append(np.array([values[factor] for factor in factors]).reshape(len(factors), len(kept)))
    parts = np.where(usable, shapley_parts(*sides), 0.0)
    parts[0] += np.where(usable, whole - parts.sum(axis=0), whole)  # what rounding of the factors leaves goes with the first
    return pd.DataFrame(parts.T, index=kept.index)


def _part(wide: pd.DataFrame, status: str) -> Part:
    mine = wide[wide["status"] == status]
    clients = int(mine.index.notna().sum())
    return Part(status, float(mine["change"].sum()), clients)
