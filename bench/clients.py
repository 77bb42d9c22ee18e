"""Client table from Parquet against lifetimes' summary, and a change of period.

    python -m bench.clients [--lines 1000000 10000000] [--folder DIR]

Both read the same file in a process of their own: once for peak memory, then for time with the file in the system's cache and
the libraries imported. Limits: at 1 000 000 lines wall and memory ≤ 1.0 × lifetimes, at 10 000 000 ≤ 0.6 ×; a change of
period at 100 000 lines ≤ 250 ms.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.lines import lines_file, one_line
from bench.measure import Cost, cost_of, in_child, tell, verdict
from bench.peers import peers_python
from sbyt_core.clients import client_table
from sbyt_core.sales.parquet import read_parquet
from sbyt_core.sales.period import default_window

ROUNDS = 3
PERIOD_LINES, PERIOD_MS = 100_000, 250
LIMITS = {1_000_000: 1.0, 10_000_000: 0.6}  # lines → × lifetimes, wall and memory


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lines", type=int, nargs="+", default=list(LIMITS))
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "sbyt_bench", help="where made files are kept")
    options.add_argument("--child", help=argparse.SUPPRESS)
    options.add_argument("--rounds", type=int, default=1, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.child:
        tell(_table_cost(Path(asked.child), asked.rounds))
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    for rows in asked.lines:
        against_lifetimes(rows, asked.folder)
    change_of_period(asked.folder)


def against_lifetimes(rows: int, folder: Path) -> None:
    """All measures here against four there."""
    path, limit = lines_file(rows, folder), LIMITS.get(rows, 1.0)
    python = peers_python()
    first_peer, first = (in_child("lifetimes_peer", path, 1, python=python), in_child("clients", "--child", path))
    peer, ours = in_child("lifetimes_peer", path, ROUNDS, python=python), in_child("clients", "--child", path, "--rounds", ROUNDS)
    print(f"client table, {rows:,} lines from Parquet ({path.stat().st_size >> 20} MB)")
    for name, once, warm in (("lifetimes, 4 measures", first_peer, peer), ("client_table, all measures", first, ours)):
        print(f"  {name}: wall {warm.wall:.3f} s (first call {once.wall:.3f} s), CPU {warm.cpu:.3f} s, peak {once.peak_mb:,.0f} MB")
    verdict("wall", ours.wall / peer.wall, limit)
    verdict("peak memory", first.peak_mb / first_peer.peak_mb, limit)


def change_of_period(folder: Path) -> None:
    """From lines in memory, other months each time."""
    sales = read_parquet(lines_file(PERIOD_LINES, folder))
    assert sales.period is not None
    periods = [default_window(sales.period.start, sales.period.end, sales.period, months) for months in (12, 11, 10, 9, 8, 7, 6)]
    client_table(sales, periods[0])
    client_table(sales, periods[1])  # a period that is no year has a statement of its own
    costs = [cost_of(lambda period=period: client_table(sales, period)) for period in periods[2:]]
    middle = sorted(costs, key=lambda cost: cost.wall)[len(costs) // 2]
    print(f"change of period, {PERIOD_LINES:,} lines in memory: CPU {middle.cpu * 1e3:.0f} ms")
    verdict("wall, median of five", middle.wall * 1e3, PERIOD_MS, unit="ms")


def _table_cost(path: Path, rounds: int) -> Cost:
    import duckdb  # noqa: F401
    import ibis  # noqa: F401

    sales = one_line()  # lines in memory are not read where a file is named
    return cost_of(lambda: client_table(sales, source=path), rounds=rounds)


if __name__ == "__main__":
    main()
