"""The hours plan of a segmentation: the team's hours moved to where they bring most, with nobody hired (METHOD §5).

Every client of the segmentation takes part, the new ones too; collective clients that stand outside the classes take no hours. Hours
are those of each manager; of all together when the team is pooled and clients may pass on, or when the sales name no manager at all.
Locked clients keep hours and manager.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.sales.identity.names import same_name
from sbyt_core.strategies.answers import Answers
from sbyt_core.strategies.assumptions import Assumptions
from sbyt_core.strategies.book import StrategyBook
from sbyt_core.strategies.bounds import MONTHS_A_QUARTER, Bounds, bounds_of
from sbyt_core.strategies.handover import hand_over, trim
from sbyt_core.strategies.hours_now import hours_now
from sbyt_core.strategies.minima import check_minima
from sbyt_core.strategies.plan import CLIENT_HOURS, MANAGER_HOURS, HoursPlan, binding_codes
from sbyt_core.strategies.plan_problems import plan_problems
from sbyt_core.strategies.reserve import why_reserve
from sbyt_core.strategies.response import Response, reference_hours
from sbyt_core.strategies.shares import expected_gain, flips, rivals, share_all
from sbyt_core.strategies.standard import KINDS
from sbyt_core.strategies.team import Team
from sbyt_core.strategies.workload import document_hours, kinds_of

if TYPE_CHECKING:
    from sbyt_core.clients.facts import ClientFacts
    from sbyt_core.segments.segmentation import Segmentation

YEAR = 12  # months: what money is of where no line has a date
A_KINDS = ("A", "late")
RESERVE_DIGITS = 9  # of hours: what is left of the arithmetic is no reserve


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
    work = document_hours(segmentation, kinds, norm_minutes)

    def bounds_with(assumed: Assumptions) -> Bounds:
        return bounds_of(present.hours, codes, held, book, assumed, task=task, work=work)

    bounds = bounds_with(settings)
    check_minima(bounds, group, budgets, team, frame, pooled=pooled)
    first = np.isin(kinds, ("promising",)) if task == "growth" else None
    _, hours, prices = share_all(response, bounds, group, budgets, first=first, whole=settings.whole_contacts)
    served = manager
    if pooled:
        movable = ~is_locked & ~np.isin(keys, list(fixed))
        served = hand_over(hours, profit, manager, available, movable)
        hours = trim(hours, served, available, response, np.where(held, hours, bounds.least), bounds.contact)
    unsure = flips(response, bounds, group, budgets, first)
    names = np.array([one.name for one in team.managers] + [None], dtype=object)
    gain = response.expected(hours) - response.known
    left = budgets - np.bincount(group[group >= 0], weights=hours[group >= 0], minlength=len(budgets))
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
            "flips": unsure,
        }
    )
    clients = clients[list(CLIENT_HOURS)].astype(CLIENT_HOURS)
    return HoursPlan(
        clients=clients,
        managers=_managers(team, available, clients, served, manager, np.repeat(prices, len(available)) if pooled else prices),
        gain=expected_gain(response, hours),
        profit_before=float(response.known.sum()),
        profit_after=float(response.expected(hours).sum()),
        rivals=rivals(response, bounds, group, budgets, np.isin(kinds, A_KINDS)),
        team=team,
        book=book,
        assumptions=settings,
        task=task,
        measure=segmentation.measure,
        pooled=pooled,
        hours_total=float(available.sum()),
        problems=plan_problems(
            segmentation,
            team,
            manager,
            present,
            profit,
            locked_unknown=len(set(locked)) - int(is_locked.sum()),
            answers_unknown=len(set(given) - set(places)) if given else 0,
        ),
        left=why_reserve(response, hours, codes, group, left, settings, bounds_with),
        segmentation=segmentation,
    )


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
