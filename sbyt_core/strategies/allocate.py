"""The hours plan of a segmentation: the team's hours moved to where they bring most, with nobody hired (METHOD §5).

Every client of the segmentation takes part, the new ones too; collective clients that stand outside the classes take no hours. Hours
are those of each manager; of all together when the team is pooled and clients may pass on, or when the sales name no manager at all.
Locked clients keep hours and manager.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput, Problem
from sbyt_core.strategies.answers import Answers
from sbyt_core.strategies.assumptions import HIGH_FACTOR, LOW_FACTOR, Assumptions
from sbyt_core.strategies.book import StrategyBook
from sbyt_core.strategies.bounds import MONTHS_A_QUARTER, Bounds, bounds_of
from sbyt_core.strategies.group import share_group
from sbyt_core.strategies.handover import hand_over, trim
from sbyt_core.strategies.hours_now import hours_now
from sbyt_core.strategies.plan import CLIENT_HOURS, MANAGER_HOURS, Gain, HoursPlan, Rival, binding_codes
from sbyt_core.strategies.price import groups_of
from sbyt_core.strategies.response import Response, reference_hours
from sbyt_core.strategies.rivals import RIVALS, rival_weights, spread
from sbyt_core.strategies.standard import KINDS
from sbyt_core.strategies.team import Team, same_name
from sbyt_core.strategies.workload import document_hours, kinds_of

if TYPE_CHECKING:
    from sbyt_core.clients.facts import ClientFacts
    from sbyt_core.segments.segmentation import Segmentation

YEAR = 12  # months: what money is of where no line has a date
A_KINDS = ("A", "late")
FLIP = 0.5  # of a contact: a smaller change is none
RESERVE_DIGITS = 9  # of hours: what is left of the arithmetic is no reserve
TOLERATED = 1e-6  # hours: what sums of a million clients leave
NAMED = 3  # clients and managers that a message names


def allocate_hours(
    segmentation: Segmentation,
    book: StrategyBook,
    team: Team,
    *,
    settings: Assumptions | None = None,
    facts: ClientFacts | None = None,
    locked: Collection[str] = (),
    fixed: Collection[str] = (),
    answers: Iterable[Answers] = (),
    norm_minutes: Mapping[str, float] | float | None = None,
) -> HoursPlan:
    """The hours that every client should get from the team that there is.

    facts: hours spent, where somebody logged them; locked: client_key of those that keep their hours and manager; fixed: of those that
    keep their manager though hours are pooled; answers: of the clients that have an S-shaped response;
    norm_minutes: of one document, for all or by kind: that work is done first, contacts come on top of it.
    Raises BadInput no_hours, hours_short, out_of_range, not_a_choice. Source: METHOD §5.
    """
    settings = settings or Assumptions()
    frame = segmentation.frame
    task = settings.task or segmentation.criteria.task
    team, manager = _with_codes(team, frame["manager"])
    available = np.array([team.hours_of(one) for one in team.managers], dtype=float)
    if not available.sum() > 0:
        raise BadInput("no_hours")
    keys = frame["client_key"].to_numpy(dtype=object)
    kinds = kinds_of(frame)
    codes = pd.Categorical(kinds, list(KINDS)).codes.astype(np.int64)
    unnamed = not (manager >= 0).any()
    pooled = team.pooled or unnamed
    group = np.zeros(len(frame), dtype=np.int64) if pooled else manager
    budgets = np.array([available.sum()]) if pooled else available
    before = (group, budgets) if unnamed else (manager, available)
    present = hours_now(*before, frame["documents"].to_numpy(dtype=float), _logged(facts, keys))
    profit = _monthly(segmentation, frame, kinds)
    is_locked = np.isin(keys, list(locked)) if locked else np.zeros(len(keys), dtype=bool)
    given = {answer.client_key: answer.curve for answer in answers}
    places = {key: place for place, key in enumerate(keys)} if given else {}
    response = Response(
        profit,
        present.hours,
        reference_hours(present.hours, codes),
        np.array([one.elasticity for one in settings.kinds])[codes],
        {places[key]: curve for key, curve in given.items() if key in places},
    )
    held = is_locked | np.isnan(profit) | (group < 0)
    bounds = bounds_of(present.hours, codes, held, book, settings, task=task, work=document_hours(segmentation, kinds, norm_minutes))
    _check_minima(bounds, group, budgets, team, frame, pooled=pooled)
    first = np.isin(kinds, ("promising",)) if task == "growth" else None
    smooth, hours, prices = share_all(response, bounds, group, budgets, first=first, whole=settings.whole_contacts)
    served = manager
    if pooled:
        movable = ~is_locked & ~np.isin(keys, list(fixed))
        served = hand_over(hours, profit, manager, available, movable)
        hours = trim(hours, served, available, response, np.where(held, hours, bounds.least), bounds.contact)
    flips = _flips(response, bounds, group, budgets, first)
    names = np.array([one.name for one in team.managers] + [None], dtype=object)
    gain = response.expected(hours) - response.known
    clients = pd.DataFrame(
        {
            **{name: frame[name].to_numpy() for name in ("client_key", "client", "client_code", "segment", "state")},
            "manager": names[manager],
            "new_manager": names[served],
            "kind": kinds,
            "profit": profit,
            "hours_before": present.hours,
            "estimated": present.estimated,
            "hours_after": hours,
            "change": hours - present.hours,
            "contacts_before": _contacts(present.hours, bounds),
            "contacts_per_month": _contacts(hours, bounds),
            "gain": np.where(np.isnan(profit), np.nan, gain),
            "least": bounds.least,
            "most": bounds.most,
            "locked": is_locked,
            "binding": binding_codes(hours, bounds.least, bounds.most, is_locked, np.isnan(profit), bounds.step_low, bounds.step_high),
            "flips": flips,
        }
    )
    clients = clients[list(CLIENT_HOURS)].astype(CLIENT_HOURS)
    return HoursPlan(
        clients=clients,
        managers=_managers(team, available, clients, served, manager, np.repeat(prices, len(available)) if pooled else prices),
        gain=_gain(response, hours),
        profit_before=float(response.known.sum()),
        profit_after=float(response.expected(hours).sum()),
        profit_smooth=float(response.expected(smooth).sum()),
        rivals=_rivals(response, bounds, group, budgets, np.isin(kinds, A_KINDS)),
        team=team,
        book=book,
        assumptions=settings,
        task=task,
        measure=segmentation.measure,
        pooled=pooled,
        hours_total=float(available.sum()),
        problems=tuple(_problems(segmentation, team, manager, present, is_locked, locked, given, places, profit)),
        segmentation=segmentation,
    )


def share_all(
    response: Response, bounds: Bounds, group: np.ndarray, budgets: np.ndarray, *, first: np.ndarray | None = None, whole: bool = True
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hours before and after whole contacts, and the price of every group; a group's minima fit its budget.

    group: code of the group of every client, below 0 none (it keeps its least); first: mask of those served first.
    """
    smooth, hours = bounds.least.astype(float), bounds.least.astype(float)
    prices = np.zeros(len(budgets))
    for code, places in groups_of(group, len(budgets)):
        if len(places):
            mine = share_group(
                response, bounds, places, float(budgets[code]), first=first[places] if first is not None else None, whole=whole
            )
            smooth[places], hours[places], prices[code] = mine.hours, mine.whole, mine.price
    return smooth, hours, prices


def _contacts(hours: np.ndarray, bounds: Bounds) -> np.ndarray:
    """Contacts a month that the hours hold beside the work on orders."""
    return np.maximum(hours - bounds.work, 0.0) / bounds.contact / MONTHS_A_QUARTER


def _with_codes(team: Team, managers: pd.Series) -> tuple[Team, np.ndarray]:
    """The team with everybody who sells, by name, and the code of every client's manager; below 0 where nobody is known."""
    codes, names = pd.factorize(managers, sort=True)
    whole = team.with_names(str(name) for name in names)
    place = {same_name(manager.name): at for at, manager in enumerate(whole.managers)}
    of_name = np.array([place[same_name(str(name))] for name in names] + [-1], dtype=np.int64)
    return whole, of_name[codes]


def _logged(facts: ClientFacts | None, keys: np.ndarray) -> np.ndarray | None:
    """Hours a month that the file of facts has of every client, missing where it has none."""
    if facts is None or not facts.frame["hours"].notna().any():
        return None
    hours = facts.frame.set_index("client_key")["hours"] / facts.months
    return hours.reindex(keys).to_numpy(dtype=float)


def _monthly(segmentation: Segmentation, frame: pd.DataFrame, kinds: np.ndarray) -> np.ndarray:
    """Value a month; of the new over the months since their first purchase."""
    months = np.full(len(frame), float(segmentation.clients.months or YEAR))
    new = kinds == "new"
    if new.any():
        table = segmentation.clients.frame
        known = table.set_index("client_key")["months_known"].reindex(frame["client_key"].to_numpy()[new]).to_numpy(dtype=float)
        months[new] = np.fmax(known, 1.0)
    return frame["value"].to_numpy(dtype=float) / months


def _check_minima(bounds: Bounds, group: np.ndarray, budgets: np.ndarray, team: Team, frame: pd.DataFrame, *, pooled: bool) -> None:
    """Raises BadInput hours_short, for all groups at once."""
    least = np.bincount(group[group >= 0], weights=bounds.least[group >= 0], minlength=len(budgets))
    short = least > budgets + TOLERATED
    if not short.any():
        return
    inside = np.flatnonzero((group >= 0) & short[np.maximum(group, 0)])
    needed = bounds.least[inside]
    by_segment = pd.Series(needed).groupby(frame["segment"].to_numpy()[inside]).sum()
    dearest = inside[np.argsort(-needed, kind="stable")[:NAMED]]
    names = [team.managers[code].name for code in np.flatnonzero(short)] if not pooled else [one.name for one in team.managers]
    raise BadInput(
        "hours_short",
        missing=_up(float((least - budgets)[short].sum())),
        least=_up(float(least[short].sum())),
        hours=round(float(budgets[short].sum()), 1),
        managers=len(names),
        manager=_some(names),
        costly=_some([str(name) for name in frame["client"].to_numpy(dtype=object)[dearest]], more=len(inside) - len(dearest)),
        **{code: round(float(by_segment.get(code, 0.0)), 1) for code in ("A", "B", "C", "new")},
    )


def _up(hours: float) -> float:
    """Hours to a tenth, upward: what is missing is never told as less."""
    return math.ceil(hours * 10 - 1e-6) / 10


def _some(names: Sequence[str], *, more: int = 0) -> str:
    shown = ", ".join(names[:NAMED])
    return f"{shown} …" if more or len(names) > NAMED else shown


def _flips(response: Response, bounds: Bounds, group: np.ndarray, budgets: np.ndarray, first: np.ndarray | None) -> np.ndarray:
    """Clients that get more hours under one set of elasticities and fewer under another."""
    changes = []
    for factor in (LOW_FACTOR, 1.0, HIGH_FACTOR):
        smooth, _, _ = share_all(response.scaled(factor), bounds, group, budgets, first=first, whole=False)
        changes.append(smooth - response.now)
    least_change = FLIP * bounds.contact
    return (np.max(changes, axis=0) > least_change) & (np.min(changes, axis=0) < -least_change)


def _gain(response: Response, hours: np.ndarray) -> Gain:
    known = float(response.known.sum())
    low, mid, high = (float(response.scaled(factor).expected(hours).sum()) - known for factor in (LOW_FACTOR, 1.0, HIGH_FACTOR))
    return Gain(min(low, mid, high), mid, max(low, mid, high))


def _rivals(response: Response, bounds: Bounds, group: np.ndarray, budgets: np.ndarray, is_a: np.ndarray) -> tuple[Rival, ...]:
    known = float(response.known.sum())
    found = []
    for name in RIVALS:
        hours = rival_hours(name, response, bounds, group, budgets, is_a)
        profit = float(response.expected(hours).sum())
        found.append(Rival(name, profit, profit - known))
    return tuple(found)


def rival_hours(name: str, response: Response, bounds: Bounds, group: np.ndarray, budgets: np.ndarray, is_a: np.ndarray) -> np.ndarray:
    """Hours of every client under a rival of RIVALS, inside the same bounds and hours."""
    hours = bounds.least.astype(float)
    for code, places in groups_of(group, len(budgets)):
        if len(places):
            weights = rival_weights(name, response.now[places], response.profit[places], is_a[places])
            hours[places] = spread(weights, bounds.least[places], bounds.most[places], float(budgets[code]))
    return hours


def _managers(
    team: Team, available: np.ndarray, clients: pd.DataFrame, served: np.ndarray, manager: np.ndarray, prices: np.ndarray
) -> pd.DataFrame:
    count = len(available)

    def total(codes: np.ndarray, values: np.ndarray | None = None) -> np.ndarray:
        inside = codes >= 0
        return np.bincount(codes[inside], weights=None if values is None else values[inside], minlength=count)

    after = total(served, clients["hours_after"].to_numpy())
    table = pd.DataFrame(
        {
            "clients": total(served),
            "hours": available,
            "hours_before": total(manager, clients["hours_before"].to_numpy()),
            "hours_after": after,
            "reserve": np.round(available - after, RESERVE_DIGITS) + 0.0,
            "price": prices,
            "gain": total(served, np.nan_to_num(clients["gain"].to_numpy())),
            "pay": [np.nan if one.pay_per_month is None else one.pay_per_month for one in team.managers],
        },
        index=pd.Index([one.name for one in team.managers], name="manager", dtype="str"),
    )
    return table.astype(MANAGER_HOURS)


def _problems(segmentation, team, manager, present, is_locked, locked, given, places, profit) -> list[Problem]:
    found = []

    def warn(code: str, count: int, value: str | None = None) -> None:
        if count:
            found.append(Problem("warning", code, value=value, count=int(count)))

    if segmentation.measure != "net":
        found.append(Problem("warning", "hours_without_cost" if segmentation.measure == "profit" else "hours_by_revenue"))
    serving = np.bincount(manager[manager >= 0], minlength=team.headcount) > 0
    names = [one.name for one in team.managers]
    idle = [name for name, busy in zip(names, serving, strict=True) if not busy]
    warn("manager_without_clients", len(idle), _some(idle))
    if not (team.pooled or not serving.any()):
        warn("client_without_manager", int((manager < 0).sum()))
    warn("plan_hours_estimated", int((present.estimated & (manager >= 0)).sum()))
    warn("hours_scaled", len(present.scaled), _some([names[code] for code in present.scaled]))
    warn("hours_equal", len(present.equal), _some([names[code] for code in present.equal]))
    warn("plan_profit_unknown", int(np.isnan(profit).sum()))
    warn("locked_not_found", len(set(locked)) - int(is_locked.sum()))
    warn("answers_not_found", len(set(given) - set(places)) if given else 0)
    unpaid = [one.name for one in team.managers if one.pay_per_month is None]
    warn("pay_not_known", len(unpaid), _some(unpaid))
    return found
