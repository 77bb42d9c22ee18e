"""The result of segmenting: arrays at once, everything that a person looks at when it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from sbyt_core.clients.model import ClientTable, Money
from sbyt_core.errors import BadInput, Problem
from sbyt_core.segments.criteria import Criteria
from sbyt_core.segments.guards import LEAST_CLIENTS, Guarded, guards_work
from sbyt_core.segments.model import NEW, SEGMENT_COLUMNS, SEGMENTS, STATES, TAGS, A, GuardResult, Override, Reason, WhaleCurve
from sbyt_core.segments.promise import promising
from sbyt_core.segments.ranking import MEASURE_COLUMNS, Ranking
from sbyt_core.segments.reasons import Steps, number, reasons_of
from sbyt_core.segments.states import LOST, overdue_ratio, states, usual_gap
from sbyt_core.segments.summary import base_shares, guard_results, summarise
from sbyt_core.segments.tags import TAG_TEXTS, tag_mask
from sbyt_core.segments.trouble import trouble_by_segment, trouble_score

MAIN_PROFIT = 0.5  # of the positive base: below it A does not hold the main profit


@dataclass(frozen=True, eq=False)
class Segmentation:
    """A class, a state and tags for every client; arrays are in the order of the ranking (classed by value, then new).

    final: class after overrides; steps: after each rule, of the classed; guarded: what the guards do or would do.
    """

    clients: ClientTable
    criteria: Criteria
    ranking: Ranking
    steps: Steps
    guarded: Guarded
    final: np.ndarray
    overrides: tuple[Override, ...] = ()
    unknown_overrides: int = 0
    _override_of: dict[str, Override] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_override_of", {one.client_key: one for one in self.overrides})

    @property
    def measure(self) -> str:
        """The value measure used: net, profit or revenue."""
        return self.ranking.measure

    @property
    def measure_why(self) -> str:
        """Why it was used: asked, net_known, no_cost_to_serve or no_profit."""
        return self.ranking.why

    @property
    def n(self) -> int:
        """Classed clients: all but the new."""
        return self.ranking.n

    @cached_property
    def summary(self) -> pd.DataFrame:
        """One row a segment, A, B, C and new (columns of SUMMARY_COLUMNS)."""
        return summarise(self.ranking, self.final)

    @cached_property
    def typical_revenue(self) -> dict[str, float]:
        """Median revenue of the clients of each segment, of those where it is known; segments without any are left out."""
        order, revenue = self.ranking.by_revenue
        final, found = self.final[order], {}
        for code, segment in enumerate(SEGMENTS):
            at = np.flatnonzero(final == code)
            if len(at):
                found[segment] = float(revenue[at[[(len(at) - 1) // 2, len(at) // 2]]].mean())
        return found

    @cached_property
    def guards(self) -> tuple[GuardResult, ...]:
        """Both guards against the final classes."""
        return guard_results(self.ranking, self.criteria, self.guarded, self.final)

    @cached_property
    def outside(self) -> dict[str, Money]:
        """Money that no segment holds: unassigned, undated, and aggregate unless these clients are classed."""
        inside = self.criteria.aggregate_inside
        aggregate = Money(0, 0.0, 0.0 if self.clients.has_profit else None) if inside else self.clients.aggregate
        return {"unassigned": self.clients.unassigned, "undated": self.clients.undated, "aggregate": aggregate}

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What the user should know: those of the client table first."""
        return self.clients.problems + tuple(self._own_problems())

    @cached_property
    def promising(self) -> np.ndarray:
        """Which of the classed are promising."""
        return promising(self.ranking, self.criteria, self.steps.trouble)

    @cached_property
    def trouble(self) -> np.ndarray:
        """Trouble score of the classed, 0 … 1, evidence whether or not it moves anybody."""
        return trouble_score(self.ranking)

    @cached_property
    def trouble_by_segment(self) -> pd.DataFrame:
        """What bother each of A, B and C makes, and for how much profit."""
        return trouble_by_segment(self.ranking, self.final)

    @cached_property
    def usual_gap(self) -> np.ndarray:
        """Days between purchases: own, else of the class, else of all."""
        return usual_gap(self.ranking, self.steps.profit)

    @cached_property
    def state_codes(self) -> np.ndarray:
        """Code of STATES of every client."""
        return states(self.ranking, overdue_ratio(self.ranking, self.usual_gap), self.criteria)

    @cached_property
    def states(self) -> dict[str, int]:
        """Clients in each state; the lost include those who bought only before the period."""
        counts = np.bincount(self.state_codes, minlength=len(STATES))
        counts[LOST] += len(self.clients.lost)
        return {state: int(count) for state, count in zip(STATES, counts, strict=True)}

    @cached_property
    def tag_mask(self) -> np.ndarray:
        """Tags of every client as bits, the first of TAGS lowest."""
        return tag_mask(self.ranking, self.promising)

    @cached_property
    def whale(self) -> WhaleCurve:
        """The whale curve of the classed."""
        return self.ranking.whale

    @cached_property
    def computed(self) -> np.ndarray:
        """Class of every client by the rules alone."""
        return np.concatenate([self.steps.computed, np.full(len(self.final) - self.n, NEW, dtype=np.int8)])

    @cached_property
    def overridden(self) -> np.ndarray:
        """Which clients a person has put into another class than the rules."""
        return self.final != self.computed

    @cached_property
    def frame(self) -> pd.DataFrame:
        """One row a client (columns of SEGMENT_COLUMNS), classed by value first, then the new by value."""
        return self._rows(slice(None))

    def rows(self, places: np.ndarray) -> pd.DataFrame:
        """Rows of `frame` at these places of the ranking, in their order, without making the others."""
        return self._rows(places).reset_index(drop=True)

    def _rows(self, places: slice | np.ndarray) -> pd.DataFrame:
        facts = self.ranking.facts.iloc[places]
        computed, final = self.computed[places], self.final[places]
        made = {
            "segment": words_of(SEGMENTS, final),
            "computed": words_of(SEGMENTS, computed),
            "overridden": final != computed,
            "state": words_of(STATES, self.state_codes[places]),
            "tags": words_of(TAG_TEXTS, self.tag_mask[places]),
            "value": facts[MEASURE_COLUMNS[self.measure]],
            "share_before": self._share_before[places],
            "next_purchase": self.next_purchase(places),
            "overdue_ratio": facts["days_since_last"].to_numpy() / self.usual_gap[places],
        }
        columns = {name: made[name] if name in made else facts[name] for name in SEGMENT_COLUMNS}
        return pd.DataFrame({name: getattr(column, "array", column) for name, column in columns.items()})

    @cached_property
    def _share_before(self) -> np.ndarray:
        return np.concatenate([self.ranking.share_before, np.full(len(self.final) - self.n, np.nan)])

    def next_purchase(self, places: slice | np.ndarray) -> np.ndarray:
        """The day on which each of these is due again (datetime64[us]): last purchase and usual gap; missing where either is."""
        gaps = np.round(self.usual_gap[places])
        days = np.where(np.isnan(gaps), 0, gaps).astype("timedelta64[D]")
        last = self.ranking.of_all("last_purchase")[places]
        return np.where(np.isnan(gaps), np.datetime64("NaT"), last + days).astype("datetime64[us]")

    def place(self, client_key: str) -> int:
        """Position of a client in the order of the ranking. Raises BadInput no_such_client."""
        found = self.ranking.place_of.get(client_key)
        if found is None:
            raise BadInput("no_such_client", client=client_key)
        return found

    def override(self, client_key: str) -> Override | None:
        """The override of a client, None without one."""
        return self._override_of.get(client_key)

    def tagged(self, tag: str) -> int:
        """How many clients have a tag."""
        return int(np.count_nonzero(self.tag_mask & (1 << TAGS.index(tag))))

    def tags(self, client_key: str) -> tuple[str, ...]:
        """Codes of the tags of a client."""
        mask = int(self.tag_mask[self.place(client_key)])
        return tuple(tag for bit, tag in enumerate(TAGS) if mask >> bit & 1)

    def reasons(self, client_key: str) -> tuple[Reason, ...]:
        """The steps that led a client to its class, in their order. Raises BadInput no_such_client."""
        place = self.place(client_key)
        classed = place < self.n
        return reasons_of(
            self.ranking,
            self.criteria,
            self.steps,
            place,
            promising=classed and bool(self.promising[place]),
            trouble=number(self.trouble[place]) if classed else None,
            override=self.override(client_key),
        )

    def _own_problems(self) -> list[Problem]:
        found = []
        if not self.ranking.knows_new:
            found.append(Problem("warning", "newcomers_unknown"))
        if self.criteria.measure not in ("auto", self.measure):
            found.append(Problem("warning", f"{self.criteria.measure}_not_known"))
        unknown = int(np.count_nonzero(np.isnan(self.ranking.value)))
        if unknown:
            found.append(Problem("warning", "value_unknown", count=unknown))
        if self.criteria.guards != "off" and self.n < LEAST_CLIENTS:
            found.append(Problem("warning", "too_few_for_guards", count=self.n))
        if guards_work(self.criteria, self.n) and self.guarded.tied:
            found.append(Problem("warning", "ties_at_border", count=self.guarded.tied))
        if base_shares(self.ranking, self.final[: self.n])[A] < MAIN_PROFIT:
            found.append(Problem("warning", "no_group_holds_main_profit"))
        if self.unknown_overrides:
            found.append(Problem("warning", "overrides_without_client", count=self.unknown_overrides))
        return found


def words_of(words: Sequence[str], codes: np.ndarray) -> pd.Series:
    """The word of each code, as text."""
    return pd.Series(pd.array(list(words), dtype="str").take(codes))
