"""Reading a big xlsx and reading it again, against fastexcel → pandas on the same file.

    python -m bench.read [--lines 1000000] [--folder DIR]

Every side runs in a process of its own; CPU seconds and peak memory count the whole process, imports included. Ours is the whole
reading: safety, types, checks, questions, client codes, the Parquet copy. Then the same sales from Parquet, against that reading; and the
first figures of 100 000 lines by a child that waits for files, against a new process that reads them with fastexcel.
Limits: CPU ≤ 1.5 × and peak ≤ 1.3 ×; from Parquet ≥ 10 × faster; first figures ≤ 1.5 ×.
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from bench.measure import ROOT, Cost, cost_of, least, peak_mb, verdict
from bench.workbooks import workbook_file

CPU, PEAK, REOPENED, FIRST_FIGURES = 1.5, 1.3, 10, 1.5  # limits, times
FEW = 100_000  # lines of the file whose first figures are waited for
ROUNDS = 3


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--lines", type=int, default=1_000_000)
    options.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()) / "sbyt_bench", help="where made files are kept")
    options.add_argument("--child", nargs=3, metavar=("SIDE", "FILE", "COPY"), help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.child:
        side, path, copy = asked.child
        print(json.dumps(asdict(SIDES[side](Path(path), Path(copy)))))
        return
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    print(f"{datetime.date.today()}, {machine}; least of {ROUNDS} rounds")
    for shared in (True, False):
        whole_reading(asked.lines, asked.folder, shared=shared)
    first_figures(asked.folder)


def whole_reading(lines: int, folder: Path, *, shared: bool) -> None:
    """The file read by both sides, and ours again from its Parquet copy."""
    path = workbook_file(lines, folder, shared=shared)
    copy = path.with_suffix(".parquet")
    bare, ours, again = (_least(side, path, copy) for side in ("bare", "ours", "parquet"))
    print(f"{lines:,} lines, texts {'shared, as Excel writes' if shared else 'in their cells'} ({path.stat().st_size >> 20} MB)")
    for name, cost in (
        ("fastexcel → pandas", bare),
        ("whole reading, with the Parquet copy", ours),
        ("from Parquet, without imports", again),
    ):
        print(f"  {name}: CPU {cost.cpu:.2f} s, wall {cost.wall:.2f} s, peak {cost.peak_mb:,.0f} MB")
    verdict("CPU", ours.cpu / bare.cpu, CPU)
    verdict("peak memory", ours.peak_mb / bare.peak_mb, PEAK)
    verdict("from Parquet, part of the whole reading", again.cpu / ours.cpu, 1 / REOPENED)


def first_figures(folder: Path) -> None:
    """From the call to revenue, profit and number of clients in this process."""
    from sbyt_core.sales.apart.reading import ReadingService

    path, small = workbook_file(FEW, folder), workbook_file(1_000, folder)
    service = ReadingService(workers=1)
    try:
        walls = []
        for _ in range(ROUNDS):
            service.read(small)
            start = time.perf_counter()
            sales = service.read(path)
            assert None not in (sales.revenue, sales.profit, sales.n_clients)
            walls.append(time.perf_counter() - start)
    finally:
        service.close()
    bare = _least("bare", path, path)
    print(f"first figures of {FEW:,} lines: {min(walls):.2f} s; a new process with fastexcel {bare.wall:.2f} s")
    verdict("wall", min(walls) / bare.wall, FIRST_FIGURES)


def _least(side: str, path: Path, copy: Path) -> Cost:
    """The least of some rounds, each in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.read", "--child", side, str(path), str(copy)]
    done = [subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT).stdout for _ in range(ROUNDS)]
    return least(Cost(**json.loads(told)) for told in done)


def _bare(path: Path, _: Path) -> Cost:
    import fastexcel

    table = fastexcel.read_excel(path).load_sheet(0).to_pandas()
    assert len(table)
    return _so_far()


def _ours(path: Path, copy: Path) -> Cost:
    from sbyt_core.sales.parquet import write_sales
    from sbyt_core.sales.read import read_sales

    sales = read_sales(path)
    control = sales.report.control_total
    assert control is not None, "the total below the lines was not recognised"
    assert control.difference == 0
    write_sales(sales, copy)
    return _so_far()


def _from_parquet(_: Path, copy: Path) -> Cost:
    from sbyt_core.sales.parquet import read_parquet

    return cost_of(lambda: read_parquet(copy))


def _so_far() -> Cost:
    """What this process has cost since it began."""
    import psutil

    return Cost(time.process_time(), time.time() - psutil.Process().create_time(), peak_mb())


SIDES = {"bare": _bare, "ours": _ours, "parquet": _from_parquet}


if __name__ == "__main__":
    main()
