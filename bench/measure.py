"""Measuring: CPU seconds, wall seconds and peak memory of a piece of work, and ratios of two that ran in the same minute.

CPU seconds are of the process with all its threads; on a shared machine they are what can be compared. The least of several
rounds is taken: noise only adds. Peak memory is that of a child process that does the work once, libraries included.
Standard library alone: the peers' environment runs this file too.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """Seconds of the cheapest round and peak megabytes of the process so far."""

    cpu: float
    wall: float
    peak_mb: float


def cost_of(work: Callable[[], object], *, rounds: int = 1) -> Cost:
    """What one call costs: least CPU and least wall of so many rounds."""
    cpus, walls = [], []
    for _ in range(rounds):
        cpu, wall = time.process_time(), time.perf_counter()
        work()
        cpus.append(time.process_time() - cpu)
        walls.append(time.perf_counter() - wall)
    return Cost(min(cpus), min(walls), peak_mb())


def peak_mb() -> float:
    """Most memory that this process has held; from /proc where there is one, since `ru_maxrss` outlives an exec."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def in_child(module: str, *args: object, python: str | Path = sys.executable) -> Cost:
    """Cost that a module of this folder tells of itself in a process of its own."""
    command = [str(python), "-W", "ignore", "-m", f"bench.{module}", *map(str, args)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def tell(cost: Cost) -> None:
    """Print a cost for `in_child`."""
    print(json.dumps(asdict(cost)))


def verdict(name: str, ours: float, limit: float, *, unit: str = "×") -> None:
    """One line: a figure, its limit, and whether it holds."""
    print(f"  {'ok    ' if ours <= limit else 'MISSED'} {name}: {ours:.2f} {unit} (limit {limit:g} {unit})")
