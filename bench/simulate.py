"""How often the verdict is wrong: made-up companies in which the truth is known, beside the two pictures that usually are shown.

    python -m bench.simulate [--runs 400] [--coverage-runs 2000] [--seed 1] [--cell NAME …]

A company: 12 managers with 40 clients each, 36 or 30 months, sizes log-normal (σ 1.2), clients that buy in some months and not in
others, a manager's own ups and downs that fade over months; "steady": with little of either. Six managers start six months before the
end. In the cells without effect something else moves sales; how the pilot was chosen is not told to the program. Naive: the six
managers' own months since the start against the six before (before/after), or the same months a year earlier (year on year), with the
t interval of their logs.

Limits: without an effect "confirmed" in at most 5 % of the runs of every cell; with +10 % and 24 + 6 months the interval of 95 % covers
it in 93–97 % of the runs and the mean estimate is within 1 point.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
from scipy.stats import t as student

from sbyt_core.results.evidence.evidence import effect_on
from sbyt_core.results.model import Rollout, Settings
from sbyt_core.results.panel import Panel
from sbyt_core.sales.period import add_months

UNITS, CLIENTS, AFTER = 12, 40, 6
SIZE_SIGMA = 1.2
ACTIVE = 0.7  # of months a client buys in
MONTH_SIGMA = 0.5  # of a client's month that has sales
OWN_SIGMA, OWN_MEMORY = 0.05, 0.8  # a manager's ups and downs: size of a month's shock, share that stays
SEASON = np.log([0.72, 0.92, 1.02, 1.04, 0.93, 1.05, 1.06, 1.10, 1.12, 1.08, 1.02, 0.94])
CONFIRMED_LIMIT, COVER_LOW, COVER_HIGH, BIAS_LIMIT = 0.05, 0.93, 0.97, 0.01


@dataclass(frozen=True)
class Cell:
    """One kind of company. season: multiple of the usual; rates are logs a year."""

    name: str
    effect: float = 0.0
    months: int = 36
    season: float = 1.0
    inflation: float = 0.0
    trend: float = 0.0
    own_trends: float = 0.0  # standard deviation between managers of their growth a year
    whale: bool = False
    own_sigma: float = OWN_SIGMA
    own_memory: float = OWN_MEMORY
    active: float = ACTIVE
    month_sigma: float = MONTH_SIGMA
    pilot: str = "random"  # random, weakest (in the last half-year), growing (most in the last year), all,
    # waves (three of three managers, a quarter apart, the last one six months before the end)


CELLS = (
    Cell("plain"),
    Cell("seasonality", season=2.5),
    Cell("inflation", inflation=0.15),
    Cell("trend", trend=0.20, own_trends=0.05),
    Cell("whale", whale=True),
    Cell("regression to the mean", own_sigma=0.12, pilot="weakest"),
    Cell("pilot chosen on results", own_trends=0.15, pilot="growing"),
    Cell("everything at once", season=2.0, inflation=0.1, trend=0.1, own_trends=0.05, whale=True),
    Cell("all managers start", inflation=0.08, pilot="all"),
)
# the same with little noise of their own: there a wrong comparison has nothing to hide behind
STEADY = tuple(
    replace(
        cell,
        name=f"{cell.name}, steady",
        active=0.97,
        month_sigma=0.2,
        own_memory=0.5,
        own_sigma=0.015 if cell.own_sigma == OWN_SIGMA else 0.05,
    )
    for cell in CELLS
)
WITH_EFFECT = (
    Cell("+10 %, 24 + 6 months", effect=0.10, months=30, inflation=0.08, trend=0.03),
    Cell("+25 %, 30 + 6 months", effect=0.25, inflation=0.08, trend=0.03),
    Cell(
        "+10 %, 24 + 6 months, steady",
        effect=0.10,
        months=30,
        inflation=0.08,
        trend=0.03,
        active=0.97,
        month_sigma=0.2,
        own_memory=0.5,
        own_sigma=0.015,
    ),
    Cell(
        "+10 %, three waves, steady",
        effect=0.10,
        inflation=0.08,
        active=0.97,
        month_sigma=0.2,
        own_memory=0.5,
        own_sigma=0.015,
        pilot="waves",
    ),
)


@dataclass(frozen=True)
class Tally:
    """What came out of the runs of a cell; naive: name → mean estimate, share that says "a rise", share that covers the truth."""

    runs: int
    verdicts: Counter[str]
    rungs: Counter[str]
    mean: float
    covers: float
    smallest: float
    naive: dict[str, tuple[float, float, float]] = field(default_factory=dict)

    @property
    def confirmed(self) -> float:
        """Share of the runs that say "confirmed"."""
        return self.verdicts["confirmed"] / self.runs


def company(cell: Cell, rng: np.random.Generator) -> tuple[Panel, dict[int, int]]:
    """One company; the columns of those who start, each with the row of its first month."""
    n, months = UNITS * CLIENTS, cell.months
    start = months - AFTER
    clock = np.arange(months)
    own = np.zeros((UNITS, months))
    state = rng.normal(0, cell.own_sigma / np.sqrt(1 - cell.own_memory**2), UNITS)
    for month in clock:
        state = cell.own_memory * state + rng.normal(0, cell.own_sigma, UNITS)
        own[:, month] = state
    own += rng.normal(0, cell.own_trends, UNITS)[:, None] * clock / 12
    logs = own + cell.season * SEASON[clock % 12] + (cell.inflation + cell.trend) * clock / 12
    unit_of = np.repeat(np.arange(UNITS), CLIENTS)
    size = rng.normal(0, SIZE_SIGMA, n)
    buys = rng.random((n, months)) < cell.active
    sales = buys * np.exp(size[:, None] + logs[unit_of] + rng.normal(0, cell.month_sigma, (n, months)))
    treated = _pilot(cell, rng, sales.reshape(UNITS, CLIENTS, months).sum(axis=1), start)
    if cell.whale:
        # a contract as large as half of a manager's sales, in a unit that starts, from the start on
        first = min(treated) * CLIENTS
        level = sales[first : first + CLIENTS, :start].sum(axis=0).mean()
        sales[first] = 0.0
        sales[first, start:] = 0.5 * level * np.exp(rng.normal(0, 0.3, AFTER))
    for unit, row in treated.items():
        sales[unit_of == unit, row:] *= 1 + cell.effect
    part, month = np.nonzero(sales)
    first_day = date(2023, 1, 1)
    panel = Panel(
        units=tuple(f"m{u:02d}" for u in range(UNITS)),
        months=tuple(add_months(first_day, k) for k in range(months)),
        values=sales.reshape(UNITS, CLIENTS, months).sum(axis=1).T,
        clients=[f"c{i:03d}" for i in range(n)],
        part_unit=unit_of,
        part_client=np.arange(n),
        cell_part=part,
        cell_month=month,
        cell_value=sales[part, month],
    )
    return panel, treated


def _pilot(cell: Cell, rng: np.random.Generator, totals: np.ndarray, start: int) -> dict[int, int]:
    logs = np.log(totals)
    if cell.pilot == "weakest":
        merit = logs[:, :start].mean(axis=1) - logs[:, start - 6 : start].mean(axis=1)
    elif cell.pilot == "growing":
        merit = logs[:, start - 12 : start].mean(axis=1) - logs[:, start - 24 : start - 12].mean(axis=1)
    else:
        merit = rng.permutation(UNITS).astype(float)
    order = [int(unit) for unit in np.argsort(-merit)]
    if cell.pilot == "waves":
        return {unit: start - 3 * (2 - place // 3) for place, unit in enumerate(order[:9])}
    return dict.fromkeys(order if cell.pilot == "all" else order[: UNITS // 2], start)


def simulate(cell: Cell, runs: int, seed: int = 1) -> Tally:
    """Many companies of a cell, judged by the program and by the naive pictures."""
    rng = np.random.default_rng([seed, sum(map(ord, cell.name))])
    verdicts: Counter[str] = Counter()
    rungs: Counter[str] = Counter()
    estimates, covered, smallest = [], 0, []
    naive: dict[str, list[tuple[float, float, float]]] = {"before/after": [], "year on year": []}
    for _ in range(runs):
        panel, treated = company(cell, rng)
        found = effect_on(panel, [Rollout(panel.units[unit], panel.months[row]) for unit, row in treated.items()], Settings())
        verdicts[found.verdict] += 1
        rungs[found.rung] += 1
        estimates.append(found.effect)
        smallest.append(found.smallest_visible)
        covered += found.low is not None and found.high is not None and found.low <= cell.effect <= found.high
        logs = np.log(panel.values[:, [unit for unit, row in treated.items() if row == cell.months - AFTER]])
        naive["before/after"].append(_interval(logs[-AFTER:] - logs[-2 * AFTER : -AFTER]))
        naive["year on year"].append(_interval(logs[-AFTER:] - logs[-12 - AFTER : -12]))
    return Tally(
        runs,
        verdicts,
        rungs,
        float(np.mean(estimates)),
        covered / runs,
        float(np.median(smallest)),
        {name: _naive(np.array(rows), cell.effect) for name, rows in naive.items()},
    )


def _interval(changes: np.ndarray) -> tuple[float, float, float]:
    """Mean change of the units' logs, and its t interval, as fractions."""
    own = changes.mean(axis=0)
    half = student.ppf(0.975, len(own) - 1) * own.std(ddof=1) / np.sqrt(len(own))
    return tuple(np.expm1([own.mean(), own.mean() - half, own.mean() + half]))  # type: ignore[return-value]


def _naive(rows: np.ndarray, effect: float) -> tuple[float, float, float]:
    mean, low, high = rows.T
    return float(mean.mean()), float((low > 0).mean()), float(((low <= effect) & (effect <= high)).mean())


def show(cell: Cell, tally: Tally) -> None:
    """One line a cell."""
    says = ", ".join(f"{name} {count / tally.runs:.1%}" for name, count in sorted(tally.verdicts.items()))
    beside = "; ".join(
        f"{name}: {mean:+.1%}, says a rise {rise:.0%}, covers {covers:.0%}" for name, (mean, rise, covers) in tally.naive.items()
    )
    print(f"{cell.name} (truth {cell.effect:+.0%}, {tally.runs} runs): mean {tally.mean:+.2%}, covers {tally.covers:.1%}; {says}")
    print(f"    {beside}; smallest effect seen, median {tally.smallest:.0%}")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--runs", type=int, default=400)
    options.add_argument("--coverage-runs", type=int, default=2000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--cell", action="append", default=[])
    given = options.parse_args()
    missed = []
    for cell in (*CELLS, *STEADY, *WITH_EFFECT):
        if given.cell and cell.name not in given.cell:
            continue
        tally = simulate(cell, given.coverage_runs if cell.effect else given.runs, given.seed)
        show(cell, tally)
        if not cell.effect and tally.confirmed > CONFIRMED_LIMIT:
            missed.append(f"{cell.name}: confirmed {tally.confirmed:.1%}")
        if cell.effect and not COVER_LOW <= tally.covers <= COVER_HIGH:
            missed.append(f"{cell.name}: covers {tally.covers:.1%}")
        if cell.effect and abs(tally.mean - cell.effect) > BIAS_LIMIT:
            missed.append(f"{cell.name}: bias {tally.mean - cell.effect:+.2%}")
    print("MISSED " + "; ".join(missed) if missed else "every limit holds")


if __name__ == "__main__":
    main()
