"""One worker process: started, asked, watched, ended.

Its parent looks at its resident memory and the clock every `LOOK` seconds; a fault of any kind leaves the child unclean, and an
unclean child is not asked again.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import psutil
import pyarrow as pa

from sbyt_core.errors import BadFile
from sbyt_core.sales.apart import wire

MEGABYTE = 1_000_000
LOOK = 0.05  # seconds between two looks at the child
# signals of a process that broke off, and the first of the codes that Windows gives it
BROKE_OFF = frozenset((signal.SIGABRT, signal.SIGSEGV, signal.SIGILL, signal.SIGFPE))
WINDOWS_FAULT = 0xC0000000
ROOT = Path(__file__).resolve().parents[3]
log = logging.getLogger(__name__)

T = TypeVar("T")
Progress = Callable[[float], None]
Cancelled = Callable[[], bool]
Made = Callable[[list[pa.Table], list[pa.Table], bytes], T]


@dataclass(frozen=True)
class Limits:
    """What one reading may take: bytes of resident memory over the child's own, and seconds."""

    memory: int
    seconds: float


class Child:
    """A worker process and the thread that hears it."""

    def __init__(self) -> None:
        path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "sbyt_core.sales.apart.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"},
        )
        self._watched = psutil.Process(self._process.pid)
        self._frames: queue.SimpleQueue[tuple[bytes, bytes]] = queue.SimpleQueue()
        self._ready = threading.Event()
        self._base = 0
        self._is_clean = True
        self._hearing = threading.Thread(target=self._hear, daemon=True)
        self._hearing.start()

    @property
    def can_be_asked(self) -> bool:
        """Whether the process lives and its last reading ended as it should."""
        return self._is_clean and self._process.poll() is None

    def grown(self) -> int:
        """Bytes of resident memory over what the child had when its file came."""
        try:
            return max(self._watched.memory_info().rss - self._base, 0)
        except psutil.Error:
            return 0

    def end(self) -> None:
        """Kill the process and let go of its pipes."""
        with contextlib.suppress(OSError):
            self._process.kill()
        self._process.wait()
        self._hearing.join(timeout=5)
        for stream in (self._process.stdin, self._process.stdout):
            with contextlib.suppress(OSError):
                if stream:
                    stream.close()

    def ask(self, request: dict, data: bytes | None, made: Made[T], *, on_progress: Progress, cancelled: Cancelled, limits: Limits) -> T:
        """Ask for one reading and wait for it. made: what the frames carry. Raises what `ReadingService.read` raises."""
        self._is_clean = False
        started, asked = time.monotonic(), False
        tables: dict[bytes, list[pa.Table]] = {wire.LINES: [], wire.ATTRIBUTES: []}
        while True:
            if cancelled():
                raise BadFile("reading_cancelled")
            if time.monotonic() - started > limits.seconds:
                raise BadFile("reading_took_too_long", seconds=round(limits.seconds))
            if asked and self.grown() > limits.memory:
                raise BadFile("reading_took_too_much_memory", megabytes=limits.memory // MEGABYTE)
            if not asked and self._ready.is_set():
                asked, self._base = True, 0
                self._base = self.grown()
                threading.Thread(target=self._ask, args=(request, data), daemon=True).start()
            try:
                kind, body = self._frames.get(timeout=LOOK)
            except queue.Empty:
                continue
            try:
                if kind == wire.PROGRESS:
                    on_progress(float(body))
                elif kind in tables:
                    tables[kind].append(wire.table_of(body))
                elif kind == wire.REPORT:
                    found = made(tables[wire.LINES], tables[wire.ATTRIBUTES], body)
                    self._is_clean = True
                    return found
                elif kind == wire.FAULT:
                    fault = wire.fault_of(body)
                    self._is_clean = True
                    raise fault
                elif kind == wire.GONE:
                    raise BadFile("damaged_file" if self._broke_off() else "reading_failed")
                elif kind == wire.CRASH:
                    log.error("reading failed: %s", body.decode(errors="replace"))
                    raise BadFile("reading_failed")
            except wire.Broken as fault:
                raise BadFile("reading_failed") from fault

    def _ask(self, request: dict, data: bytes | None) -> None:
        stream = self._process.stdin
        with contextlib.suppress(OSError, ValueError):  # the child is gone: the hearing thread tells
            if stream:
                wire.send(stream, wire.REQUEST, json.dumps(request).encode())
                if data is not None:
                    wire.send(stream, wire.DATA, data)

    def _hear(self) -> None:
        stream = self._process.stdout
        try:
            while stream:
                kind, body = wire.receive(stream)
                if kind == wire.READY:
                    self._ready.set()
                    self._frames.put((kind, b""))  # wakes who waits for it
                else:
                    self._frames.put((kind, body))
        except (wire.Broken, OSError, ValueError):
            self._frames.put((wire.GONE, b""))

    def _broke_off(self) -> bool:
        """Whether the process ended by itself in the middle of machine code: a library broke on the file, as Rust and C do."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return False
        return -code in BROKE_OFF or code >= WINDOWS_FAULT
