"""Why hours stay in reserve: which bound holds how many of them, and which maximum would put them to work.

The reserve of a manager (of all together where hours are pooled) is held by one of four things, and their hours add up to it:

"contacts": somebody would bring more with more hours, but what is left is no whole contact;
"nobody": none of the clients would: they bring nothing or a loss, are locked, or their profit is not known; or there are none;
"step": hours that clients would take up to the most of their kind, were it not for the change limit of a quarter;
"most": the rest: everybody who would take more has the most hours of the kind.

Advice is the maximum of one kind, the one whose rise brings most, raised as far as it finds work for nearly all the hours that it can.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sbyt_core.strategies.assumptions import HOURS_MOST, Assumptions, KindAssumption
from sbyt_core.strategies.bounds import Bounds
from sbyt_core.strategies.price import groups_of
from sbyt_core.strategies.response import Response
from sbyt_core.strategies.standard import KINDS

REASONS = ("step", "most", "contacts", "nobody")
NEAR = 1e-6  # hours
NOTABLE = 0.5  # hours a month: fewer are worth no advice
ENOUGH = 0.9  # of the hours that a kind can take: the last of them would need a far higher maximum
GRID = 0.5  # hours: a maximum is told in halves


@dataclass(frozen=True)
class Held:
    """Hours a month in reserve for one reason of REASONS, and the clients that it holds."""

    reason: str
    hours: float
    clients: int


@dataclass(frozen=True)
class Raise:
    """The maximum of a kind to raise, from before to after hours a month of one client, and the hours that find work."""

    kind: str
    before: float
    after: float
    hours: float


@dataclass(frozen=True)
class Reserve:
    """held: the reasons that hold hours, in the order of REASONS; raised: None where no higher maximum helps."""

    held: tuple[Held, ...] = ()
    raised: Raise | None = None


def why_reserve(
    response: Response,
    hours: np.ndarray,
    codes: np.ndarray,
    group: np.ndarray,
    left: np.ndarray,
    settings: Assumptions,
    bounds_with: Callable[[Assumptions], Bounds],
) -> Reserve:
    """The reasons of the reserve.

    hours: of the plan; codes: of KINDS; group: code of every client's group, below 0 none; all of shape (clients,); left: hours in
    reserve of every group; bounds_with: the bounds of the clients under other assumptions.
    """
    bounds = bounds_with(settings)
    wants = (response.known > 0) & ~bounds.held
    kind_most = np.array([one.most for one in settings.kinds])[codes]
    stepped = wants & bounds.step_high
    ahead = np.where(stepped, np.maximum(kind_most - bounds.most, 0.0), 0.0)
    amount, clients = dict.fromkeys(REASONS, 0.0), dict.fromkeys(REASONS, 0)
    free = np.zeros(len(left))  # hours that a higher maximum could put to work

    def add(reason: str, held_hours: float, count: int) -> None:
        if held_hours > NEAR:
            amount[reason] += held_hours
            clients[reason] += count

    for code, places in groups_of(group, len(left)):
        if left[code] <= NEAR:
            continue
        mine, here = places[wants[places]], float(left[code])
        below = hours[mine] < bounds.most[mine] - NEAR
        if not len(mine):
            add("nobody", here, len(places))
        elif below.any():
            add("contacts", here, int(below.sum()))
        else:
            waiting = min(here, float(ahead[mine].sum()))
            add("step", waiting, int(stepped[mine].sum()))
            add("most", here - waiting, int((~stepped[mine]).sum()))
            free[code] = here
    held = tuple(Held(reason, amount[reason], clients[reason]) for reason in REASONS if amount[reason] > NEAR)
    return Reserve(held, _raised(response, bounds, codes, group, free, settings, bounds_with, wants))


def _raised(
    response: Response,
    bounds: Bounds,
    codes: np.ndarray,
    group: np.ndarray,
    free: np.ndarray,
    settings: Assumptions,
    bounds_with: Callable[[Assumptions], Bounds],
    wants: np.ndarray,
) -> Raise | None:
    """The kind whose higher maximum brings most, and how high."""
    able = wants & (group >= 0)
    able[able] = free[group[able]] > NEAR
    best, found = 0.0, None
    for kind in settings.kinds:
        mine = np.flatnonzero(able & (codes == KINDS.index(kind.kind)))
        if not len(mine):
            continue

        def taken(most: float, kind: KindAssumption = kind, mine: np.ndarray = mine) -> np.ndarray:
            """Hours more of each client under another maximum, no more together than their group has left."""
            higher = bounds_with(settings.with_kind(replace(kind, most=most))).most[mine]
            more = np.maximum(higher - bounds.most[mine], 0.0)
            asked = np.bincount(group[mine], weights=more, minlength=len(free))
            return more * np.minimum(1.0, free / np.maximum(asked, NEAR))[group[mine]]

        all_of_it = float(taken(HOURS_MOST).sum())
        if all_of_it < NOTABLE:
            continue
        low, high = int(kind.most / GRID), int(HOURS_MOST / GRID)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if taken(middle * GRID).sum() >= ENOUGH * all_of_it else (middle, high)
        more = taken(high * GRID)
        now, then = bounds.most.copy(), bounds.most.copy()
        then[mine] += more
        brings = float((response.value(then) - response.value(now))[mine].sum())
        if brings > best:
            best, found = brings, Raise(kind.kind, kind.most, high * GRID, float(more.sum()))
    return found
