"""Client table from Parquet against lifetimes' summary, and a change of period.

    python -m bench.clients [--lines 1000000 10000000] [--folder DIR]

Both read the same file, each in a process of its own with its libraries imported: the first call tells the peak memory, the
second the time. Limits: at 1 000 000 lines wall and memory ≤ 1.0 × lifetimes, at 10 000 000 ≤ 0.6 ×; a change of
period at 100 000 lines ≤ 250 ms.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench.lines import lines_file, one_line
from bench.measure import cost_of, first_and_warm, in_child, least, verdict
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
    options.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.child:
        _child(asked.child)
        return
    asked.folder.mkdir(parents=True, exist_ok=True)
    for rows in asked.lines:
        against_lifetimes(rows, asked.folder)
    change_of_period(asked.folder)


def against_lifetimes(rows: int, folder: Path) -> None:
    """All measures here against four there."""
    path, limit = lines_file(rows, folder), LIMITS.get(rows, 1.0)
    python = peers_python()
    rounds = [(in_child("clients", "--child", path), in_child("lifetimes_peer", path, python=python)) for _ in range(ROUNDS)]
    ours, peer = ([least(calls) for calls in zip(*side, strict=True)] for side in zip(*rounds, strict=True))
    print(f"client table, {rows:,} lines from Parquet ({path.stat().st_size >> 20} MB)")
    for name, (first, warm) in (("lifetimes, 4 measures", peer), ("client_table, all measures", ours)):
        print(f"  {name}: wall {warm.wall:.3f} s (first call {first.wall:.3f} s), CPU {warm.cpu:.3f} s, peak {first.peak_mb:,.0f} MB")
    verdict("wall", ours[1].wall / peer[1].wall, limit)
    verdict("peak memory", ours[0].peak_mb / peer[0].peak_mb, limit)


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


def _child(path: Path) -> None:
    import duckdb  # noqa: F401
    import ibis  # noqa: F401

    sales = one_line()  # lines in memory are not read where a file is named
    first_and_warm(lambda: client_table(sales, source=path))


if __name__ == "__main__":
    main()
