"""Measuring: CPU seconds, wall seconds and peak memory of a piece of work, and ratios of two that ran in the same minute.

CPU seconds are of the process with all its threads; on a shared machine they are what can be compared. Both sides run by turns
and the least of several rounds is taken: noise only adds. Peak memory is that of a child process after its first call, libraries
included.
Standard library alone: the peers' environment runs this file too.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Cost:
    """Seconds of a call, and the most megabytes that its process has held so far."""

    cpu: float
    wall: float
    peak_mb: float


def cost_of(work: Callable[[], object]) -> Cost:
    """What one call costs."""
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall, peak_mb())


def peak_mb() -> float:
    """Most memory that this process has held; from /proc where there is one, since `ru_maxrss` outlives an exec."""
    try:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most / (1 << 20 if sys.platform == "darwin" else 1 << 10)


def first_and_warm(work: Callable[[], object]) -> None:
    """Print for `in_child` what a first call costs and what the next one."""
    print(json.dumps([asdict(cost_of(work)), asdict(cost_of(work))]))


def in_child(module: str, *args: object, python: str | Path = sys.executable) -> tuple[Cost, Cost]:
    """First and warm cost that a module of this folder tells of itself in a process of its own."""
    command = [str(python), "-W", "ignore", "-m", f"bench.{module}", *map(str, args)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    first, warm = json.loads(done.stdout.splitlines()[-1])
    return Cost(**first), Cost(**warm)


def least(costs: Iterable[Cost]) -> Cost:
    """The least of each figure."""
    found = list(costs)
    return Cost(*(min(getattr(cost, field.name) for cost in found) for field in fields(Cost)))


def verdict(name: str, ours: float, limit: float, *, unit: str = "×") -> None:
    """One line: a figure, its limit, and whether it holds."""
    print(f"  {'ok    ' if ours <= limit else 'MISSED'} {name}: {ours:.2f} {unit} (limit {limit:g} {unit})")
