"""How the card is followed: done, in time, in order – three figures that are never mixed into one.

By step, over the lines of the log: done of those that say done or not done; in time of the done ones that say so; in order of
the done ones whose run has times to judge by. By run (one document of a client): complete – nothing was missed; in time –
nothing was late; in order – nothing was out of turn. Complete is told of the watched steps – those that the log tells of in at
least half of the runs that have them – and only of runs that tell of all of these, for else the runs known to be faulty would
count and the unknown ones not. What counts as a step of a run is the card for the client's kind (its
segment, as a rule); done steps beside it are `extra` and no part of the shares. A run has times to judge by where at least two
of its steps were done and not all at one moment. Employee of a run: who did most of it, of several the first by alphabet.

A run is held against the version of the card that was in effect on the day of its first line. A step keeps its key through all
versions, so its lines are one series; a step that a version did not have yet is not missed in its runs. What the card no longer has
counts in the runs of its time, and is no weak step of today.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from sbyt_core.cards.life import CardVersion, steps_gone, worked_by
from sbyt_core.cards.model import Card, Step
from sbyt_core.practice.conformance import conform
from sbyt_core.practice.log import run_of
from sbyt_core.practice.wilson import ENOUGH, Share, share_of, wilson

OF_STEPS = ("done", "in_time", "in_order")
OF_RUNS = ("complete", "in_time", "in_order")
WATCHED = (
    0.5  # share of the runs with a step from which the log is taken to watch it; a stray line must not make a step of all runs unknown
)


@dataclass(frozen=True, eq=False)
class Followed:
    """The log held against the card.

    card: the one in effect now; lines: the log with run, kind, version (of the card, 0 where there are none), week (its Monday), norm
    (minutes of the step by that version), expected, in_order; runs: one row a run with employee, client_key, client, document, kind,
    moment, week, done (steps), complete, in_time, in_order, missing, extra, out_of_order (tuples of keys).
    """

    card: Card
    lines: pd.DataFrame
    runs: pd.DataFrame
    watched: tuple[str, ...]  # keys of the steps that the log tells of
    gone: Mapping[str, Step] = field(default_factory=dict)  # steps that the card no longer has, as its last version with them had them

    @property
    def steps(self) -> tuple[str, ...]:
        """Keys of the steps of today's card, in its order; those of single segments after the base ones."""
        return tuple(step.key for step in self.card.all_steps())

    def of_steps(self, by: Sequence[str] = ("step",)) -> pd.DataFrame:
        """Done, in time and in order of the lines that their version expects: columns `by`, figure, k, n, share, low, high, enough."""
        return counted(self.lines[self.lines["expected"]], by, OF_STEPS)

    def of_runs(self, by: Sequence[str] = ()) -> pd.DataFrame:
        """Complete, in time and in order of the runs: the same columns."""
        return counted(self.runs, by, OF_RUNS)

    def run_share(self, figure: str = "complete") -> Share:
        """One figure over all runs."""
        known = self.runs[figure].dropna()
        return share_of(int(known.sum()), len(known))

    def step_share(self, step: str, figure: str = "done") -> Share:
        """One figure of one step."""
        known = self.lines.loc[self.lines["expected"] & (self.lines["step"] == step), figure].dropna()
        return share_of(int(known.sum()), len(known))

    def weakest(self) -> tuple[str, Share] | None:
        """The step of today's card that is done least often, of those with enough lines; None where none has."""
        table = self.of_steps()
        table = table[(table["figure"] == "done") & table["enough"] & table["step"].isin(self.steps)].sort_values(["share", "step"])
        return None if table.empty else (str(table["step"].iloc[0]), self.step_share(str(table["step"].iloc[0])))


def followed(log: pd.DataFrame, card: Card, kinds: Mapping[str, str] | None = None, *, versions: Sequence[CardVersion] = ()) -> Followed:
    """Hold a log against a card.

    log: columns of `LOG_COLUMNS`; kinds: client_key → kind of `cards.KINDS`; clients without one are served by the base card;
    versions: of the card, each for the orders of its time; where none took effect the card stands for every day.
    """
    lines = log.copy()
    lines["run"] = run_of(lines)
    lines["kind"] = lines["client_key"].map(dict(kinds or {})).astype("str")
    lines["week"] = lines["moment"].dt.normalize() - pd.to_timedelta(lines["moment"].dt.day_of_week, unit="D")
    lines["in_time"] = lines["in_time"].where(lines["done"])
    lines = lines.sort_values(["run", "moment"], kind="stable").reset_index(drop=True)
    lines["version"] = _versions(lines, versions)
    plans = _plans(lines, {0: card} | {one.number: one.card for one in versions})
    parts = _parts(lines)
    watched = _watched(parts, plans)
    runs = [_run(part, tuple(plans[_plan_of(part)]), watched) for part in parts]
    norms = [plans[_plan_of(part)].get(line["step"]) for part in parts for line in part]
    lines["norm"] = pd.array([None if step is None else step.norm_minutes for step in norms], dtype="Float64").astype("float64")
    for name in ("expected", "in_order"):
        lines[name] = pd.array([mark for run in runs for mark in run.pop(name)], dtype="boolean" if name == "in_order" else "bool")
    known = tuple(step.key for step in card.all_steps() if step.key in watched)
    return Followed(card, lines, _runs(runs), known, steps_gone(card, versions))


Plans = Mapping[tuple[int, object], Mapping[str, Step]]  # version and kind of clients → steps by key, in their order


def _versions(lines: pd.DataFrame, versions: Sequence[CardVersion]) -> pd.Series:
    """Number of the version that every line's run is held against."""
    began = lines.groupby("run")["moment"].transform("min").dt.normalize()
    held = {day: worked_by(versions, day.date()) for day in began.unique()}
    return began.map({day: 0 if one is None else one.number for day, one in held.items()}).astype("int64")


def _plans(lines: pd.DataFrame, cards: Mapping[int, Card]) -> Plans:
    kinds = [None, *lines["kind"].dropna().unique()]
    return {
        (number, kind): {step.key: step for step in cards[number].steps_for(kind)} for number in lines["version"].unique() for kind in kinds
    }


def _plan_of(part: list[dict[str, Any]]) -> tuple[int, object]:
    return part[0]["version"], part[0]["kind"]


def _parts(lines: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """The lines of every run, as records."""
    names = ["run", "employee", "client_key", "client", "document", "kind", "version", "moment", "week", "step", "done", "in_time"]
    columns = [lines[name].astype(object).where(lines[name].notna(), None).tolist() for name in names]
    parts: list[list[dict[str, Any]]] = []
    for values in zip(*columns, strict=True):
        if not parts or parts[-1][0]["run"] != values[0]:
            parts.append([])
        parts[-1].append(dict(zip(names, values, strict=True)))
    return parts


def counted(table: pd.DataFrame, by: Sequence[str], figures: Sequence[str]) -> pd.DataFrame:
    """k of n with Wilson's interval of every figure in every group; a missing answer counts for neither."""
    parts = []
    for figure in figures:
        known = table[table[figure].notna()]
        value = known[figure].astype(int)
        found = value.groupby([known[name] for name in by]).agg(["sum", "size"]) if by else value.agg(["sum", "size"]).to_frame().T
        part = found.rename(columns={"sum": "k", "size": "n"}).astype(int).reset_index(drop=not by)
        part["figure"] = figure
        parts.append(part)
    result = pd.concat(parts, ignore_index=True)
    result["share"] = result["k"] / result["n"].where(result["n"] > 0)
    result["low"], result["high"] = wilson(result["k"], result["n"])
    result["enough"] = result["n"] >= ENOUGH
    return result[[*by, "figure", "k", "n", "share", "low", "high", "enough"]]


def _watched(parts: list[list[dict[str, Any]]], plans: Plans) -> set[str]:
    """The steps that the log tells of in enough of the runs that have them."""
    having, telling = Counter[str](), Counter[str]()
    for part in parts:
        plan = plans[_plan_of(part)]
        having.update(plan.keys())
        telling.update({x["step"] for x in part} & plan.keys())
    return {key for key, runs in having.items() if telling[key] >= WATCHED * runs}


def _run(part: list[dict[str, Any]], plan: tuple[str, ...], watched: set[str]) -> dict[str, Any]:
    """One run against its card, its lines by time; `expected` and `in_order` have one entry a line."""
    place = {key: i for i, key in enumerate(plan)}
    done = sorted((x for x in part if x["done"]), key=lambda x: (x["moment"], place.get(x["step"], len(plan))))
    own = [x for x in done if x["step"] in place]
    faults = conform(plan, [x["step"] for x in done])
    timed = len(own) > 1 and len({x["moment"] for x in own}) > 1
    told = {x["step"] for x in part}
    missed = tuple(key for key in plan if key in faults.missing and key in told)
    answers = [x["in_time"] for x in own]
    people = Counter(x["employee"] for x in part)
    return {
        **{name: part[0][name] for name in ("run", "client_key", "client", "document", "kind", "moment", "week")},
        "employee": min(people, key=lambda name: (-people[name], name)),
        "done": len(own),
        "complete": not watched.intersection(missed) if told >= watched.intersection(plan) else None,
        "in_time": False if False in answers else True if answers and None not in answers else None,
        "out_of_order": faults.out_of_order if timed else (),
        "missing": missed,
        "extra": faults.extra,
        "expected": [x["step"] in place for x in part],
        "in_order": [x["step"] not in faults.out_of_order if timed and x["done"] and x["step"] in place else None for x in part],
        "run_in_order": not faults.out_of_order if timed else None,
    }


def _runs(rows: list[dict[str, Any]]) -> pd.DataFrame:
    columns = [
        "run",
        "employee",
        "client_key",
        "client",
        "document",
        "kind",
        "moment",
        "week",
        "done",
        *OF_RUNS,
        "missing",
        "extra",
        "out_of_order",
    ]
    runs = (
        pd.DataFrame(rows, columns=[*columns, "run_in_order"])
        .drop(columns="in_order")
        .rename(columns={"run_in_order": "in_order"})[columns]
    )
    for name in OF_RUNS:
        runs[name] = runs[name].astype("boolean")
    return runs.astype({"employee": "str", "client_key": "str", "moment": "datetime64[us]", "week": "datetime64[us]"})
