"""A move of a slider against pandas: classes, guards, regularity and the summary, beside a bare sort-cumsum-cut.

    python -m bench.segments [--clients 100000 1000000]

The order of clients by value is kept with the client table, as it is while a hand drags. Limits of core CPU for a move: 5 ms at
100 000 clients and a fifth of pandas, 40 ms at 1 000 000.
"""

from __future__ import annotations

import argparse

import pandas as pd

from bench.base import made_clients
from bench.measure import cost_of, verdict
from sbyt_core.segments import Criteria, segment

MOVES = [Criteria(cut_a=round(0.5 + step / 100, 2), cut_b=0.9) for step in range(40)]
ROUNDS = 5
LIMITS_MS = {100_000: 5.0, 1_000_000: 40.0}
PEER_SHARE = 0.2  # of pandas' CPU


def sort_cumsum_cut(value: pd.Series, cut_a: float, cut_b: float) -> pd.Series:
    """The textbook's three lines: class by accumulated share of the total."""
    ordered = value.sort_values(ascending=False)
    share = ordered.cumsum() / ordered.sum()
    return pd.cut(share, [-float("inf"), cut_a, cut_b, float("inf")], labels=["A", "B", "C"])


def slider(n: int) -> None:
    """All moves there and back, and pandas on the same values in the same rounds."""
    table = made_clients(n)
    value = table.frame["profit"]
    segment(table)

    def moves() -> None:
        for criteria in MOVES:
            assert segment(table, criteria).summary is not None

    def peer() -> None:
        for criteria in MOVES[::8]:
            sort_cumsum_cut(value, criteria.cut_a, criteria.cut_b)

    rounds = [(cost_of(moves).cpu / len(MOVES), cost_of(peer).cpu / len(MOVES[::8])) for _ in range(ROUNDS)]
    ours, pandas = (min(side) * 1e3 for side in zip(*rounds, strict=True))
    print(f"slider move, {n:,} clients: CPU {ours:.2f} ms; pandas sort-cumsum-cut {pandas:.2f} ms")
    verdict("CPU of a move", ours, LIMITS_MS.get(n, 40.0), unit="ms")
    verdict("against pandas", ours / pandas, PEER_SHARE)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--clients", type=int, nargs="+", default=list(LIMITS_MS))
    for n in options.parse_args().clients:
        slider(n)


if __name__ == "__main__":
    main()
