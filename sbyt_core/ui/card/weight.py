"""What the card weighs: the hours a month that its norms ask for, and what moves when a norm changes – hours, net profit, classes.

Hours = documents a month × norm minutes of the client's kind, of the segmentation in force. Net profit and classes move only where
the owner's rates take the minutes of a document from the card; a class that somebody set by hand stays as it is. Without data, rates
or norms the figure is missing, never 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from sbyt_core.cards import Card, norm_minutes, typical_share
from sbyt_core.clients.cost import cost_to_serve, with_cost
from sbyt_core.clients.rates import CARD
from sbyt_core.errors import SbytError
from sbyt_core.segments import Segmentation, segment
from sbyt_core.segments.compare import count_moved
from sbyt_core.strategies import kinds_of, workload
from sbyt_core.ui import drafts, service, workspace
from sbyt_core.ui.hours import data as hours_data
from sbyt_core.ui.page import Page


@dataclass(frozen=True)
class Weight:
    """hours: a month, by the norms; typical: those in typical operations; team: hours a month that the team has for clients."""

    hours: float | None = None
    typical: float | None = None
    team: float | None = None

    @property
    def coverage(self) -> float | None:
        """Share of the team's hours that typical operations of the card take."""
        return None if self.typical is None or not self.team else self.typical / self.team


@dataclass(frozen=True)
class Moved:
    """Before and after a change of norms; money of the period; None where it cannot be told."""

    hours: tuple[float, float] | None = None
    net: tuple[float, float] | None = None
    classes: int | None = None


def weigh(page: Page, card: Card, found: Segmentation | None) -> Weight:
    """The weight of a card in the open company. found: the segmentation in force."""
    norms = norm_minutes(card)
    if found is None or not norms:
        return Weight()
    hours = _hours(page, found, card)
    counts = _documents(found)
    share = typical_share(card, {kind: count for kind, count in counts.items() if kind in norms})
    managers = found.frame["manager"].dropna().unique()
    team = hours_data.team(page).with_names(sorted(map(str, managers)))
    return Weight(hours, None if hours is None or share is None else hours * share, team.hours or None)


def moved(page: Page, before: Card, after: Card, found: Segmentation | None) -> Moved:
    """What moves when one card takes the place of another; nothing where their norms are the same."""
    if found is None or norm_minutes(before) == norm_minutes(after):
        return Moved()
    hours = (_hours(page, found, before), _hours(page, found, after))
    net, classes = _net(page, before, after)
    return Moved(None if None in hours else hours, net, classes)  # type: ignore[arg-type]


def in_force(page: Page) -> Segmentation | None:
    """The segmentation in force; None without data, or where it cannot be made."""
    if page.data is None:
        return None
    try:
        return workspace.in_force(page, workspace.load(page))
    except SbytError:
        return None


def _hours(page: Page, found: Segmentation, card: Card) -> float | None:
    norms = norm_minutes(card)
    if not norms:
        return None
    value = workload(found, drafts.book(page), norm_minutes=norms).frame["document_hours"].sum(min_count=1)
    return None if value != value else float(value)


def _documents(found: Segmentation) -> dict[str, float]:
    """Documents of the period by kind of clients."""
    documents = found.frame["documents"].groupby(kinds_of(found.frame)).sum()
    return {str(kind): float(count) for kind, count in documents.items()}


def _net(page: Page, before: Card, after: Card) -> tuple[tuple[float, float] | None, int | None]:
    now = workspace.costs(page)
    by_card = now.rates.document is not None and now.rates.document.minutes == CARD
    if not by_card or not now.clients.has_profit:
        return None, None
    overrides, results, sums = workspace.overrides(page), [], []
    for card in (before, after):
        minutes = service.minutes_by_card(page, card, now.clients)
        cost = cost_to_serve(now.clients, now.rates, now.facts, document_minutes=minutes)
        clients = with_cost(now.clients, cost)
        sums.append(float(clients.frame["profit"].sum()) - cost.total)
        try:
            results.append(segment(clients, drafts.criteria(page).now, overrides=overrides))
        except SbytError:
            return (sums[0], sums[1]) if len(sums) == 2 else None, None
    return (sums[0], sums[1]), count_moved(*results)
