"""Segmenting: the rules of METHOD §3 in their order, each step kept so that it can be explained.

1 profit class, 2 regularity, 3 trouble (when on), 4 promise (a tag), 5 guards, 6 overrides by a person. Outside the
classes are the new, the collective clients and those who did not buy in the period.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sbyt_core.clients.model import ClientTable
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.guards import Guarded, apply_guards, guards_work
from sbyt_core.segments.model import Override
from sbyt_core.segments.overrides import apply_overrides, last_overrides
from sbyt_core.segments.profit_class import profit_class
from sbyt_core.segments.ranking import Ranking, rank_clients
from sbyt_core.segments.regularity import apply_regularity
from sbyt_core.segments.segmentation import Segmentation, Steps
from sbyt_core.segments.trouble import apply_trouble, trouble_score


@dataclass(frozen=True, eq=False)
class Classes:
    """Classes after each rule, and what the guards do or would do."""

    steps: Steps
    guarded: Guarded


def segment(clients: ClientTable, criteria: Criteria | None = None, *, overrides: Iterable[Override] = ()) -> Segmentation:
    """Class every client of the table by the criteria.

    overrides: a person's classes, the last one of a client holds. Work that does not depend on cuts, bounds and guards
    is kept with the client table, so that a change of criteria costs a few passes over arrays.
    Raises BadInput no_clients (nobody to class) and NoPositiveValue.
    """
    criteria = criteria or Criteria()
    ranking = rank_clients(clients, criteria)
    classes = class_by_rules(ranking, criteria)
    kept = last_overrides(overrides)
    final, unknown = apply_overrides(ranking, classes.steps.computed, kept)
    return Segmentation(
        clients=clients,
        criteria=criteria,
        ranking=ranking,
        steps=classes.steps,
        guarded=classes.guarded,
        final=final,
        overrides=tuple(kept.values()),
        unknown_overrides=unknown,
    )


def class_by_rules(ranking: Ranking, criteria: Criteria) -> Classes:
    """Rules 1, 2, 3 and 5 on the classed clients."""
    profit = profit_class(ranking, criteria)
    regular = apply_regularity(ranking, criteria, profit)
    trouble = apply_trouble(trouble_score(ranking), criteria, regular) if criteria.trouble else regular
    guarded = apply_guards(ranking.value, trouble, criteria)
    works = guards_work(criteria, ranking.n)
    return Classes(
        Steps(
            profit=profit,
            regularity=regular,
            trouble=trouble,
            guard_a=guarded.after_a if works else trouble,
            computed=guarded.after_c if works else trouble,
        ),
        guarded,
    )
