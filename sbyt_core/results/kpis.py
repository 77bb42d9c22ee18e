"""The figures of a before/after board, of the company and by segment, manager, branch or month.

Money and documents are those of the lines (`facts`). Active: clients with a purchase in the window. New: their first purchase ever lies
in it; missing where the data begin less than six months before the window. Lost: bought in the window of the same months a year
before (before it, where windows follow each other) and not in this one; missing where the data do not reach back. Collective clients
count in money and documents, not as clients. Average document = revenue / documents; margin = profit / revenue; returns = given back /
bought; each missing where its base is not above 0. Hours, people, pay and what is known of the service come from outside (`Beside`):
what was not said is missing. Change is relative for money and counts, a difference of points for shares.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd

from sbyt_core.results.facts import Facts, within
from sbyt_core.sales.period import Period, add_months

# code → kind of figure, in the order in which boards show them
KPIS: dict[str, str] = {
    "revenue": "money",
    "profit": "money",
    "net_profit": "money",
    "margin": "share",
    "cost_to_serve": "money",
    "revenue_per_hour": "money",
    "profit_per_hour": "money",
    "revenue_per_manager": "money",
    "profit_per_manager": "money",
    "active_clients": "count",
    "new_clients": "count",
    "lost_clients": "count",
    "documents": "count",
    "average_document": "money",
    "returns_share": "share",
    "hours_on_a": "share",
    "card_followed": "share",
    "answered_in_time": "share",
    "open_situations": "count",
    "hours": "hours",
    "headcount": "count",
    "payroll": "money",
}
RESOURCES_KPIS = ("hours", "headcount", "payroll")
UNCHANGED = 0.02  # of the figure before: a payroll is never the same to the rouble
GROUPS = ("segment", "manager", "branch", "month")
KNOWN_HISTORY = 6  # months before a window from which a first purchase can be told
WINDOWS = ("before", "after")


@dataclass(frozen=True)
class Beside:
    """What the lines do not tell, of one window; None is not known.

    hours, payroll: a month; headcount: managers; the shares are fractions; open_situations: at the window's end; people: names of the
    managers that hours, headcount and payroll count, where they come from a list.
    """

    hours: float | None = None
    headcount: float | None = None
    payroll: float | None = None
    hours_on_a: float | None = None
    card_followed: float | None = None
    answered_in_time: float | None = None
    open_situations: float | None = None
    people: tuple[str, ...] | None = None


NOTHING = Beside()
BESIDE = tuple(one.name for one in fields(Beside) if one.name in KPIS)


def kpis(
    facts: Facts,
    *,
    by: str | None = None,
    classes: pd.Series | None = None,
    beside: tuple[Beside, Beside] = (NOTHING, NOTHING),
) -> pd.DataFrame:
    """The board: one row a group and figure with group, code, before, after, change.

    by: one of GROUPS, None for the whole company (group is then missing); a month stands for its match in the other window;
    classes: segment by client key, needed by segment; beside: known of the window before and after.
    """
    periods = (facts.windows.before, facts.windows.after)
    rows = [facts.documents[facts.documents["window"] == window] for window in WINDOWS]
    groups = [_group(mine, by, classes, shift) for mine, shift in zip(rows, (facts.windows.distance, 0), strict=True)]
    every = pd.Index(pd.concat(groups).dropna().unique()).sort_values()
    sides = []
    shifts = (facts.windows.distance, 0)
    for window, mine, group, period, known, shift in zip(WINDOWS, rows, groups, periods, beside, shifts, strict=True):
        table = _lines_part(mine, group, every, has_profit=facts.has_profit)
        _count_clients(table, facts, mine, group, period, by, classes)
        _cost_part(table, facts, window, by, classes, shift)
        if by is None:
            _beside_part(table, known, period.months)
        sides.append(table)
    return _long(*sides)


def changed(kind: str, before: pd.Series, after: pd.Series) -> pd.Series:
    """Relative change, or the difference of two shares; missing where it cannot be told."""
    if kind == "share":
        return after - before
    return after / before.where(before > 0) - 1.0


def resources_kept(beside: tuple[Beside, Beside]) -> bool | None:
    """Whether hours, headcount and payroll are what they were; None where nothing is known of one of the windows."""
    pairs = [(getattr(beside[0], code), getattr(beside[1], code)) for code in RESOURCES_KPIS]
    known = [(was, now) for was, now in pairs if was is not None and now is not None]
    return all(abs(now - was) <= UNCHANGED * abs(was) for was, now in known) if known else None


def _group(rows: pd.DataFrame, by: str | None, classes: pd.Series | None, shift: int) -> pd.Series:
    if by is None:
        return pd.Series("", index=rows.index, dtype="str")
    if by == "segment":
        known = rows["client_key"].map(classes) if classes is not None else pd.Series(np.nan, index=rows.index)
        return known.astype("str").fillna("new").where(~rows["aggregate"] & rows["client_key"].notna())
    if by == "month":
        return rows["month"] + pd.DateOffset(months=shift) if shift else rows["month"]
    return rows[by]


def _lines_part(rows: pd.DataFrame, group: pd.Series, every: pd.Index, *, has_profit: bool) -> pd.DataFrame:
    """Sums of the lines of every group; a group without a line in the window has sums of 0."""
    sums = rows.groupby(group)[["revenue", "profit", "bought", "given_back"]].sum(min_count=1)
    table = sums.reindex(every)
    absent = ~every.isin(sums.index)
    table.loc[absent, ["revenue", "profit"] if has_profit else ["revenue"]] = 0.0
    sold = rows["sold"] > 0
    orders = rows[sold & rows["client_key"].notna()]
    pairs = orders[["client_key", "document"]].assign(group=group[orders.index]).drop_duplicates()
    table["documents"] = pairs.groupby("group").size().reindex(table.index).fillna(0.0)
    sold_clients = orders[~orders["aggregate"]]
    table["active_clients"] = sold_clients["client_key"].groupby(group[sold_clients.index]).nunique().reindex(table.index).fillna(0.0)
    table["margin"] = _ratio(table["profit"], table["revenue"])
    table["average_document"] = _ratio(table["revenue"], table["documents"])
    table["returns_share"] = _ratio(-table["given_back"].fillna(0.0), table["bought"])
    return table.drop(columns=["bought", "given_back"])


def _count_clients(
    table: pd.DataFrame, facts: Facts, rows: pd.DataFrame, group: pd.Series, period: Period, by: str | None, classes: pd.Series | None
) -> None:
    """New and lost clients of the window; the lost stand where they stood before, and in no month."""
    first_month = facts.months["month"].min()
    orders = rows[(rows["sold"] > 0) & rows["client_key"].notna() & ~rows["aggregate"]]
    table["new_clients"] = np.nan
    if pd.Timestamp(add_months(period.start, -KNOWN_HISTORY)) >= first_month:
        first = facts.first_bought
        newcomers = first[first.between(pd.Timestamp(period.start), pd.Timestamp(period.end))].index
        mine = orders[orders["client_key"].isin(newcomers)]
        table["new_clients"] = mine["client_key"].groupby(group[mine.index]).nunique().reindex(table.index).fillna(0.0)
    table["lost_clients"] = np.nan
    earlier = period.shifted(-facts.windows.distance)
    if by != "month" and pd.Timestamp(earlier.start) >= first_month:
        lost = facts.buyers(earlier).difference(facts.buyers(period))
        was = facts.months[within(facts.months, earlier) & (facts.months["sold"] > 0) & facts.months["client_key"].isin(lost)]
        table["lost_clients"] = was["client_key"].groupby(_group(was, by, classes, 0)).nunique().reindex(table.index).fillna(0.0)


def _cost_part(table: pd.DataFrame, facts: Facts, window: str, by: str | None, classes: pd.Series | None, shift: int) -> None:
    table["cost_to_serve"] = np.nan
    if facts.costs is not None:
        rows = facts.costs[facts.costs["window"] == window]
        table["cost_to_serve"] = rows["cost"].groupby(_group(rows, by, classes, shift)).sum().reindex(table.index).fillna(0.0)
    table["net_profit"] = table["profit"] - table["cost_to_serve"]


def _beside_part(table: pd.DataFrame, known: Beside, months: int) -> None:
    for code in BESIDE:
        value = getattr(known, code)
        table[code] = np.nan if value is None else float(value)
    table["hours"] *= months
    table["payroll"] *= months
    for money in ("revenue", "profit"):
        table[f"{money}_per_hour"] = _ratio(table[money], table["hours"])
        table[f"{money}_per_manager"] = _ratio(table[money], table["headcount"])


def _long(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    groups = before.index
    parts = []
    for code, kind in KPIS.items():
        was, now = (table[code] if code in table else pd.Series(np.nan, index=groups) for table in (before, after))
        parts.append(
            pd.DataFrame(
                {
                    "group": groups,
                    "code": code,
                    "before": was.to_numpy(),
                    "after": now.to_numpy(),
                    "change": changed(kind, was, now).to_numpy(),
                }
            )
        )
    return pd.concat(parts, ignore_index=True)


def _ratio(part: pd.Series, base: pd.Series) -> pd.Series:
    return part / base.where(base > 0)
