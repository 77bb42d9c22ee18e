"""Thousands of damaged files through the reading service: figures or coded errors, nothing else.

    python -m bench.fuzz [--mutants 3000] [--first 0]

The same mutants as in the tests, other seeds. Told: how many gave figures, how many which error, the slowest and the largest reading, and
the seed of every fault. Limits: no fault, 20 s, 700 MB.
"""

from __future__ import annotations

import argparse
import collections
import random
import time

import psutil

from bench.measure import verdict
from sbyt_core.errors import SbytError
from sbyt_core.sales.apart.reading import ReadingService
from tests.sales_formats.mutants import FAULTS, mutant

SECONDS, MEMORY_MB = 20, 700
OWN_MB = 150  # what a child holds before its first file


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--mutants", type=int, default=3_000)
    options.add_argument("--first", type=int, default=0, help="the first seed")
    asked = options.parse_args()
    outcomes: collections.Counter[str] = collections.Counter()
    faults, slowest, largest = [], 0.0, 0.0
    service = ReadingService(workers=1, memory_mb=MEMORY_MB - OWN_MB, seconds=SECONDS)
    try:
        for seed in range(asked.first, asked.first + asked.mutants):
            start = time.perf_counter()
            try:
                service.read(mutant(random.Random(seed)), name="x")
                outcome = "figures"
            except SbytError as fault:
                outcome = fault.code
            outcomes[outcome] += 1
            if outcome in FAULTS:
                faults.append(seed)
            slowest = max(slowest, time.perf_counter() - start)
            largest = max([largest, *(child.memory_info().rss / 1e6 for child in psutil.Process().children())])
    finally:
        service.close()
    for outcome, count in outcomes.most_common():
        print(f"  {count:6,} {outcome}")
    print(f"  seeds of faults: {faults or 'none'}")
    verdict("faults", len(faults), 0, unit="files")
    verdict("slowest", slowest, SECONDS, unit="s")
    verdict("most memory that a child holds after a file", largest, MEMORY_MB, unit="MB")


if __name__ == "__main__":
    main()
