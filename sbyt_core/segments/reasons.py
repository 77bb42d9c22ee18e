"""Why a client is in its class: every step that applied to it, with its figure and the limit it was held against.

Built for one client when asked for. A step that changes nothing is left out, but for the profit class, which always
stands first, and the promise, which is a tag.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.exact import ceil_share, floor_share
from sbyt_core.segments.model import SEGMENTS, A, B, Facts, Override, Reason
from sbyt_core.segments.ranking import Ranking


@dataclass(frozen=True, eq=False)
class Steps:
    """Class of every classed client after each rule (int8, codes of SEGMENTS), in the order of the ranking."""

    profit: np.ndarray
    regularity: np.ndarray
    trouble: np.ndarray
    guard_a: np.ndarray
    computed: np.ndarray


def reasons_of(
    ranking: Ranking,
    criteria: Criteria,
    steps: Steps,
    place: int,
    *,
    promising: bool,
    trouble: float | None,
    override: Override | None,
) -> tuple[Reason, ...]:
    """The steps of the client at this place of the ranking."""
    if place >= ranking.n:
        found = [_newcomer(ranking, criteria, place)]
    else:
        found = [_profit_class(ranking, criteria, steps, place)]
        found += _regularity(ranking, criteria, steps, place)
        found += _trouble(criteria, steps, place, trouble)
        found += _promise(ranking, criteria, steps, place, promising)
        found += _guards(ranking, criteria, steps, place)
    if override is not None:
        facts = {"reason": override.reason, "author": override.author}
        found.append(Reason("override", None, None, found[-1].to, override.segment, facts))
    return tuple(found)


def _newcomer(ranking: Ranking, criteria: Criteria, place: int) -> Reason:
    first = ranking.first_ever[place].item()
    end = ranking.clients.period.end  # type: ignore[union-attr]  # without a period nobody is new
    months = (end.year - first.year) * 12 + end.month - first.month + (end.day - first.day) / 31
    return Reason("new", round(months, 1), criteria.newcomer_months, None, "new", {"first_purchase": f"{first:%Y-%m-%d}"})


def _profit_class(ranking: Ranking, criteria: Criteria, steps: Steps, place: int) -> Reason:
    to = SEGMENTS[steps.profit[place]]
    value = number(ranking.value[place])
    if value is None or value <= 0:
        return Reason("not_positive", value, 0.0, None, to, {"measure": ranking.measure})
    if criteria.method == "count":
        limits = [floor_share(share, ranking.n) for share in (criteria.count_a, criteria.count_b)]
        counts: Facts = {"value": value, "measure": ranking.measure, "limit_a": limits[0], "limit_b": limits[1], "clients": ranking.n}
        return Reason("count_class", place + 1, limits[0] if to == "A" else limits[1], None, to, counts)
    cut = criteria.cut_a if to == "A" else criteria.cut_b
    facts: Facts = {"value": value, "measure": ranking.measure, "cut_a": criteria.cut_a, "cut_b": criteria.cut_b}
    return Reason("profit_class", float(ranking.share_before[place]), cut, None, to, facts)


def _regularity(ranking: Ranking, criteria: Criteria, steps: Steps, place: int) -> list[Reason]:
    before, after = steps.profit[place], steps.regularity[place]
    if before == after:
        return []
    step = SEGMENTS[before], SEGMENTS[after]
    if before == A:
        facts = {"cv": float(ranking.cv[place]), "cv_limit": criteria.max_cv}
        return [Reason("irregular", float(ranking.active_share[place]), criteria.min_active_share, *step, facts)]
    if ranking.documents[place] <= criteria.few_documents:
        return [Reason("few_documents", float(ranking.documents[place]), criteria.few_documents, *step, {})]
    return [Reason("one_document", float(ranking.largest_document_share[place]), criteria.one_document_share, *step, {})]


def _trouble(criteria: Criteria, steps: Steps, place: int, score: float | None) -> list[Reason]:
    before, after = steps.regularity[place], steps.trouble[place]
    if before == after:
        return []
    return [Reason("trouble", score, criteria.trouble_limit, SEGMENTS[before], SEGMENTS[after], {})]


def _promise(ranking: Ranking, criteria: Criteria, steps: Steps, place: int, promising: bool) -> list[Reason]:
    if not promising:
        return []
    segment = SEGMENTS[steps.trouble[place]]
    return [Reason("promising", float(ranking.growth[place]), criteria.promise_growth, segment, segment, {})]


def _guards(ranking: Ranking, criteria: Criteria, steps: Steps, place: int) -> list[Reason]:
    found = []
    if steps.guard_a[place] != steps.trouble[place]:
        crowd = int(np.count_nonzero(steps.trouble == A))
        limit = floor_share(criteria.guard_a, ranking.n)
        found.append(Reason("guard_a", crowd, limit, "A", "B", {"share": criteria.guard_a, "clients": ranking.n}))
    if steps.computed[place] != steps.guard_a[place]:
        crowd = int(np.count_nonzero(steps.guard_a > B))
        limit = ceil_share(criteria.guard_c, ranking.n)
        before = SEGMENTS[steps.guard_a[place]]
        found.append(Reason("guard_c", crowd, limit, before, "C", {"share": criteria.guard_c, "clients": ranking.n}))
    return found


def number(value: float) -> float | None:
    """A float, or None where missing."""
    return None if value is None or np.isnan(value) else float(value)
