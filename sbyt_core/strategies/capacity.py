"""Hours that the strategy book asks for against the hours that there are, by manager; and the fewest standards to change until they fit.

Asked: contacts × minutes of every client's standard, and documents × norm minutes where those are known (`workload`). An overload is named
in hours and in the clients behind it: the manager's clients that ask for most, as few as add up to the overload.

To make the book fit, contacts of as few kinds of clients as possible become rarer, all by the same share, and then each as often again as
still fits; among equally few kinds those whose expected profit suffers least (METHOD §5, response by elasticity). Contacts stay
at a rhythm that can be kept: whole contacts a quarter, else once in half a year or once a year. What no rarer contact mends is said.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sbyt_core.sales.identity.names import same_name
from sbyt_core.strategies.assumptions import Assumptions
from sbyt_core.strategies.book import StrategyBook
from sbyt_core.strategies.standard import KINDS
from sbyt_core.strategies.team import Team
from sbyt_core.strategies.workload import Workload, document_hours, kinds_of, workload

if TYPE_CHECKING:
    from sbyt_core.segments.segmentation import Segmentation

NEAR = 1e-9  # hours
NOBODY = "\0"  # no name of a manager
HALF_YEARLY, YEARLY = 1 / 6, 1 / 12  # contacts a month; rarer is no standard
# columns of `Capacity.managers`; its index is the name, the missing manager last
CAPACITY_COLUMNS: dict[str, str] = {
    "clients": "int64",
    "hours": "float64",  # that there are
    "asked": "float64",
    "over": "float64",  # asked beyond what there is, else 0
    "free": "float64",  # left after what is asked, else 0
}


@dataclass(frozen=True, eq=False)
class Capacity:
    """Asked and present hours a month. load: what the book asks for by manager and kind; managers: CAPACITY_COLUMNS."""

    managers: pd.DataFrame
    load: Workload
    pooled: bool
    _asked: pd.DataFrame  # a client each: client_key, client, manager, kind, asked

    @property
    def hours(self) -> float:
        """Hours a month that there are."""
        return float(self.managers["hours"].sum())

    @property
    def asked(self) -> float:
        """Hours a month that the book asks for."""
        return float(self.managers["asked"].sum())

    @property
    def over(self) -> float:
        """Hours asked beyond what there is: of the overloaded managers, or of all together when hours are pooled or nobody is named."""
        if self.pooled:
            return max(self.asked - self.hours, 0.0)
        return float(self.managers["over"][self.managers.index.notna()].sum())

    @property
    def overloaded(self) -> tuple[str, ...]:
        """Managers of whom more is asked than they have, the most loaded first."""
        over = self.managers[self.managers["over"] > NEAR].sort_values("over", ascending=False, kind="stable")
        return tuple(name for name in over.index if isinstance(name, str))

    @cached_property
    def behind(self) -> pd.DataFrame:
        """Clients behind the overload (client_key, client, manager, kind, asked), managers by overload."""
        parts = []
        for name in self.overloaded:
            mine = self._asked[self._asked["manager"] == name].sort_values("asked", ascending=False, kind="stable")
            enough = int(np.searchsorted(np.cumsum(mine["asked"].to_numpy()), float(self.managers.loc[name, "over"]) - NEAR)) + 1
            parts.append(mine.head(enough))
        return pd.concat(parts, ignore_index=True) if parts else self._asked.head(0)


@dataclass(frozen=True)
class FitChange:
    """Contacts a month of one kind of clients, before and after."""

    kind: str
    before: float
    after: float


@dataclass(frozen=True)
class Fit:
    """A book that fits the hours. over: hours a month still asked beyond them, 0 when it fits; empty changes: nothing was to be done."""

    book: StrategyBook
    changes: tuple[FitChange, ...]
    over: float


def capacity(
    segmentation: Segmentation, book: StrategyBook, team: Team, *, norm_minutes: Mapping[str, float] | float | None = None
) -> Capacity:
    """Hours asked against hours there are. Raises BadInput out_of_range, not_a_choice."""
    load = workload(segmentation, book, norm_minutes=norm_minutes)
    frame = segmentation.frame
    kinds = kinds_of(frame)
    table = pd.DataFrame(
        {
            "client_key": frame["client_key"],
            "client": frame["client"],
            "manager": frame["manager"],
            "kind": pd.Series(kinds, index=frame.index, dtype="str"),
            "asked": _contact_hours(kinds, book) + document_hours(segmentation, kinds, norm_minutes),
        }
    )
    return Capacity(_managers(load, team), load, team.pooled or not frame["manager"].notna().any(), table)


def make_it_fit(
    segmentation: Segmentation,
    book: StrategyBook,
    team: Team,
    *,
    norm_minutes: Mapping[str, float] | float | None = None,
    settings: Assumptions | None = None,
) -> Fit:
    """The book with contacts of the fewest kinds made rarer until its hours fit. Raises what `capacity` raises."""
    now = capacity(segmentation, book, team, norm_minutes=norm_minutes)
    if now.over <= NEAR:
        return Fit(book, (), 0.0)
    contact, other, hours = _matrices(now)
    profit = _profit_of_kinds(segmentation)
    power = np.array([one.elasticity for one in (settings or Assumptions()).kinds])
    able = [at for at, standard in enumerate(book.standards) if standard.contacts_per_month > YEARLY and contact[:, at].any()]
    rarest = np.array([_rarest(standard.contacts_per_month) for standard in book.standards])
    for size in range(1, len(able) + 1):
        found = []
        for chosen in combinations(able, size):
            counts = _scaled(book, chosen, contact, other, hours)
            if counts is None:
                continue
            share = np.array([counts[at] / book.standards[at].contacts_per_month for at in chosen])
            loss = float((profit[list(chosen)] * (1 - share ** power[list(chosen)])).sum())
            found.append((loss, [-at for at in chosen], counts))
        if found:
            _, _, counts = min(found, key=lambda one: (one[0], one[1]))
            return _fit(book, counts, 0.0)
    counts = {at: float(rarest[at]) for at in able}
    fit = _fit(book, counts, 0.0)
    return replace(fit, over=capacity(segmentation, fit.book, team, norm_minutes=norm_minutes).over)


def keepable(contacts: float) -> float:
    """The most frequent rhythm that can be kept at no more than so many contacts a month; once a year at the least."""
    quarter = math.floor(3 * contacts + NEAR) / 3
    if quarter > 0:
        return quarter
    return HALF_YEARLY if contacts >= HALF_YEARLY - NEAR else YEARLY


def _rarest(contacts: float) -> float:
    return min(contacts, YEARLY)


def _contact_hours(kinds: np.ndarray, book: StrategyBook) -> np.ndarray:
    by_kind = {standard.kind: standard.hours_per_month for standard in book.standards}
    return pd.Series(kinds, dtype=object).map(by_kind).to_numpy(dtype=float)


def _managers(load: Workload, team: Team) -> pd.DataFrame:
    asked = load.by_manager
    names = [name for name in asked.index if isinstance(name, str)]
    whole = team.with_names(names)
    shown = {same_name(name): name for name in names}
    rows = {shown.get(same_name(one.name), one.name): team.hours_of(one) for one in whole.managers}
    table = pd.DataFrame({"hours": pd.Series(rows, dtype="float64")})
    table.index = table.index.astype("str")
    table["clients"] = asked["clients"].reindex(table.index).fillna(0)
    table["asked"] = asked["hours"].reindex(table.index).fillna(0.0)
    nobody = load.frame[load.frame["manager"].isna()]
    if len(nobody):
        table.loc[float("nan"), ["hours", "clients", "asked"]] = [0.0, nobody["clients"].sum(), nobody["hours"].sum()]
    table["over"] = (table["asked"] - table["hours"]).clip(lower=0.0)
    table["free"] = (table["hours"] - table["asked"]).clip(lower=0.0)
    return table[list(CAPACITY_COLUMNS)].astype(CAPACITY_COLUMNS)


def _matrices(now: Capacity) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Contact hours by (manager or all, kind), hours asked by documents, and hours there are; a missing manager counts among all alone."""
    frame = now.load.frame.assign(manager=now.load.frame["manager"].fillna(NOBODY))
    if not now.pooled:
        frame = frame[frame["manager"] != NOBODY]
    contact = frame.pivot_table(index="manager", columns="kind", values="contact_hours", aggfunc="sum").reindex(columns=list(KINDS))
    contact = contact.fillna(0.0)
    other = frame.groupby("manager")["document_hours"].sum().reindex(contact.index).fillna(0.0)
    hours = now.managers["hours"].reindex(contact.index)
    if now.pooled:
        return contact.to_numpy().sum(axis=0, keepdims=True), np.array([other.sum()]), np.array([now.hours])
    return contact.to_numpy(), other.to_numpy(), hours.to_numpy()


def _scaled(
    book: StrategyBook, chosen: tuple[int, ...], contact: np.ndarray, other: np.ndarray, hours: np.ndarray
) -> dict[int, float] | None:
    """Contacts a month of the chosen kinds that fit everybody, None where even the rarest do not."""
    columns = list(chosen)
    before = np.array([book.standards[at].contacts_per_month for at in chosen])
    mine = contact[:, columns]
    room = hours - other - (contact.sum(axis=1) - mine.sum(axis=1))
    per_contact = mine / before  # hours of one contact a month of every client of the kind
    counts = np.array([_rarest(one) for one in before])
    if (per_contact @ counts > room + NEAR).any():
        return None
    tight = mine.sum(axis=1) > NEAR
    share = float(np.min(np.where(tight, room / np.where(tight, mine.sum(axis=1), 1.0), np.inf)))
    counts = np.maximum(counts, [min(keepable(one * share), one) for one in before])
    if (per_contact @ counts > room + NEAR).any():
        counts = np.array([_rarest(one) for one in before])
    for at in range(len(columns)):  # as often again as still fits
        while (nearer := min(_oftener(counts[at]), before[at])) > counts[at]:
            tried = np.where(np.arange(len(columns)) == at, nearer, counts)
            if (per_contact @ tried > room + NEAR).any():
                break
            counts = tried
    return {place: float(count) for place, count in zip(columns, counts, strict=True)}


def _oftener(contacts: float) -> float:
    if contacts < HALF_YEARLY - NEAR:
        return HALF_YEARLY
    return (math.floor(3 * contacts + NEAR) + 1) / 3


def _fit(book: StrategyBook, counts: Mapping[int, float], over: float) -> Fit:
    changes = []
    for at, count in sorted(counts.items()):
        old = book.standards[at]
        if count < old.contacts_per_month - NEAR:
            changes.append(FitChange(old.kind, old.contacts_per_month, count))
            book = book.with_standard(replace(old, contacts_per_month=count))
    return Fit(book, tuple(changes), over)


def _profit_of_kinds(segmentation: Segmentation) -> np.ndarray:
    frame = segmentation.frame
    value = pd.Series(np.maximum(frame["value"].fillna(0.0).to_numpy(dtype=float), 0.0))
    return value.groupby(pd.Series(kinds_of(frame))).sum().reindex(list(KINDS)).fillna(0.0).to_numpy()
