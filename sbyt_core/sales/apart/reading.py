"""Reading a file in a watched child process, so that whatever the file does, this process and its other users live on.

Children are kept warm and serve one file after another; one is replaced after any fault, and after a file that left it big.
"""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from sbyt_core.errors import BadFile
from sbyt_core.sales.apart.child import LOOK, MEGABYTE, Cancelled, Child, Limits, Made, Progress, T
from sbyt_core.sales.apart.wire import plain_table_of, sales_of
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.plain_table import PlainTable

# resident memory a reading may add to its child; a million lines of ten columns take about half of it
MEMORY_MB = int(os.environ.get("SBYT_READ_MEMORY_MB", "1500"))
SECONDS = 300  # a million lines take about 20 on a laptop
KEPT_MB = 250  # a child that holds more than this after a reading gives place to a fresh one
WORKERS = 2  # files read at the same time; more wait


class ReadingService:
    """Reads files in children of its own. Safe to share between threads; `close` ends the children that wait for work."""

    def __init__(self, *, memory_mb: int = MEMORY_MB, seconds: float = SECONDS, workers: int = WORKERS) -> None:
        self._limits = Limits(memory_mb * MEGABYTE, seconds)
        self._places = threading.Semaphore(workers)
        self._idle: list[Child] = []
        self._lock = threading.Lock()

    def read(
        self,
        source: str | Path | bytes,
        *,
        name: str | None = None,
        sheet: str | None = None,
        mapping: Mapping[str, str] | None = None,
        answers: Mapping[str, str] | None = None,
        password: str | None = None,
        on_progress: Progress | None = None,
        cancelled: Cancelled | None = None,
    ) -> SalesData:
        """Read one file of sales: a path, or the bytes themselves with a name to show.

        on_progress is told the share done, 0 … 1; cancelled is asked many times a second whether to stop.
        Raises what `read_sales_bytes` raises, and reading_took_too_long, reading_took_too_much_memory, reading_failed,
        reading_cancelled.
        """
        data = source if isinstance(source, bytes) else None
        path = None if isinstance(source, bytes) else Path(source).resolve()
        request = {
            "path": str(path) if path else None,
            "name": name or (path.name if path else ""),
            "sheet": sheet,
            "mapping": dict(mapping) if mapping else None,
            "answers": dict(answers) if answers else None,
            "password": password,
        }
        return self._ask(request, data, sales_of, on_progress or _silent, cancelled or _never)

    def read_table(
        self, data: bytes, *, sheet: str | None = None, password: str | None = None, cancelled: Cancelled | None = None
    ) -> PlainTable:
        """Read a table of another kind than sales. Raises what `read_table` and `read` raise."""
        request = {"table": True, "path": None, "sheet": sheet, "password": password}
        return self._ask(request, data, plain_table_of, _silent, cancelled or _never)

    def _ask(self, request: dict, data: bytes | None, made: Made[T], on_progress: Progress, stop: Cancelled) -> T:
        while not self._places.acquire(timeout=LOOK):
            if stop():
                raise BadFile("reading_cancelled")
        try:
            child = self._take()
            try:
                return child.ask(request, data, made, on_progress=on_progress, cancelled=stop, limits=self._limits)
            finally:
                self._give_back(child)
        finally:
            self._places.release()

    def warm(self) -> None:
        """Start a child ahead of the first file, without waiting for it."""
        with self._lock:
            if not self._idle:
                self._idle.append(Child())

    def close(self) -> None:
        """End the children that wait for work; a later reading starts a new one."""
        with self._lock:
            children, self._idle = self._idle, []
        for child in children:
            child.end()

    def _take(self) -> Child:
        while True:
            with self._lock:
                if not self._idle:
                    return Child()
                child = self._idle.pop()
            if child.can_be_asked:
                return child
            child.end()

    def _give_back(self, child: Child) -> None:
        if child.can_be_asked and child.grown() < KEPT_MB * MEGABYTE:
            with self._lock:
                self._idle.append(child)
        else:
            child.end()


@cache
def reading_service() -> ReadingService:
    """The service that this process shares; its children end with the process."""
    service = ReadingService()
    atexit.register(service.close)
    return service


def _never() -> bool:
    return False


def _silent(_: float) -> None:
    return None
