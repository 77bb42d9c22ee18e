"""The hours allocator: how long it takes from 1 000 to 1 000 000 clients, what memory it takes, and how scipy's SLSQP fares.

    python -W ignore -m bench.hours            # all sizes and the peer
    python -W ignore -m bench.hours 10000      # one size

Clients are invented (log-normal profit, documents by Poisson, seed 1), 200 to a manager, bounds and elasticities as by default. Measured
is the sharing itself, whole contacts included. SLSQP gets the smooth problem of one manager, in money of the size of 1, with the exact
gradient and one thread, up to the largest size that it ends within its limit and with the same profit. Seconds are of CPU, the least
of three runs.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # small matrices: more threads only wait for each other

import numpy as np
import psutil
from scipy.optimize import OptimizeResult, minimize

from sbyt_core.strategies.price import share_hours
from sbyt_core.strategies.shares import share_all
from tests.strategies.hours_making import random_base

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PEERS = (50, 100, 200, 400)  # clients of one manager
CLIENTS_A_MANAGER = 200
SLSQP_SECONDS = 60.0  # a size that takes longer counts as not ended
REPEATS = 3
CLOSE = 1e-6  # relative: both have found the same profit
LIMIT_SECONDS, LIMIT_TIMES = 1.0, 50.0  # 10 000 clients; the largest size that the peer ends


@dataclass(frozen=True, eq=False)
class Problem:
    """One manager with free hours."""

    profit: np.ndarray
    reference: np.ndarray
    power: np.ndarray
    least: np.ndarray
    most: np.ndarray
    budget: float

    @classmethod
    def of(cls, clients: int) -> Problem:
        rng = np.random.default_rng(clients)
        profit, reference = rng.lognormal(9, 1.2, clients), rng.uniform(0.3, 3, clients)
        power, least = rng.uniform(0.1, 0.4, clients), rng.uniform(0.01, 0.3, clients)
        most = reference * 3
        return cls(profit / profit.sum(), reference, power, least, most, float(least.sum() + 0.4 * (most - least).sum()))

    def value(self, hours: np.ndarray) -> float:
        return float((self.profit * (hours / self.reference) ** self.power).sum())

    def slope(self, hours: np.ndarray) -> np.ndarray:
        return self.profit * self.power / self.reference * (hours / self.reference) ** (self.power - 1)

    def ours(self) -> np.ndarray:
        return share_hours(self.profit, self.reference, self.power, self.least, self.most, self.budget)[0]

    def slsqp(self) -> OptimizeResult:
        return minimize(
            lambda hours: -self.value(hours),
            self.least + 0.4 * (self.most - self.least),
            jac=lambda hours: -self.slope(hours),
            bounds=list(zip(self.least, self.most, strict=True)),
            constraints=[{"type": "eq", "fun": lambda hours: hours.sum() - self.budget, "jac": np.ones_like}],
            method="SLSQP",
            options={"maxiter": 2000, "ftol": 1e-12},
        )


def best_of(call: Callable, repeats: int = REPEATS) -> tuple[float, object]:
    """The least CPU time of a few runs, seconds, and the result."""
    times = []
    for _ in range(repeats):
        start = time.process_time()
        result = call()
        times.append(time.process_time() - start)
    return min(times), result


def sizes(chosen: tuple[int, ...]) -> None:
    """Time and memory by number of clients."""
    process = psutil.Process()
    print("| clients | managers | seconds | MB above the data | whole contacts keep |\n|---|---|---|---|---|")
    for clients in chosen:
        base = random_base(1, clients=clients, managers=max(clients // CLIENTS_A_MANAGER, 1))
        before = process.memory_info().rss
        seconds, (smooth, whole, _) = best_of(lambda base=base: share_all(base.response, base.bounds, base.group, base.budgets))
        more = max(process.memory_info().rss - before, 0) / 1e6
        kept = base.response.value(whole).sum() / base.response.value(smooth).sum()
        told = "" if clients != 10_000 else " ok" if seconds <= LIMIT_SECONDS else " MISSED"
        print(f"| {clients:,} | {len(base.budgets):,} | {seconds:.3f}{told} | {more:.0f} | {kept:.3%} |", flush=True)


def peers() -> None:
    """The price of an hour against SLSQP on the same problem, up to the largest that it ends."""
    print("\n| clients of one manager | price, ms | SLSQP, ms | times | difference of profit |\n|---|---|---|---|---|")
    last = 0.0
    for clients in PEERS:
        problem = Problem.of(clients)
        ours, hours = best_of(problem.ours)
        theirs, found = best_of(problem.slsqp, repeats=1)
        apart = (problem.value(hours) + found.fun) / problem.value(hours)
        print(f"| {clients:,} | {1e3 * ours:.2f} | {1e3 * theirs:,.0f} | {theirs / ours:,.0f} | {apart:+.0e} |", flush=True)
        if theirs > SLSQP_SECONDS or not found.success or abs(apart) > CLOSE:
            break
        last = theirs / ours
    print(f"\nlargest size that SLSQP ends: {last:,.0f} times, limit {LIMIT_TIMES:.0f}: {'ok' if last >= LIMIT_TIMES else 'MISSED'}")


if __name__ == "__main__":
    wanted = tuple(int(text) for text in sys.argv[1:])
    sizes(wanted or SIZES)
    if not wanted:
        peers()
