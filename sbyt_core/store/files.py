"""Files named by their content: the original of every data set, its lines, the snapshots of classes.

A name is the SHA-256 of what is inside, so nothing from a user becomes a path, equal files are kept once, and a file is
never changed. A file is written aside, flushed and renamed before any row names it: a crash in between leaves a file
that nobody names, never a row without its file. What is read back is checked against its name.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sbyt_core.errors import SbytError

SHA256 = re.compile(r"[0-9a-f]{64}")
CHUNK = 1 << 20  # bytes hashed at a time


class Files:
    """A folder of content-named files, two levels deep so that no folder grows too long."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, content: bytes) -> str:
        """Keep bytes; returns their SHA-256."""
        return self.put_by(lambda path: path.write_bytes(content))

    def put_by(self, write: Callable[[Path], object]) -> str:
        """Keep what `write` puts at the path it is given; returns the SHA-256."""
        with self.scratch() as path:
            write(path)
            return self.adopt(path)

    def adopt(self, path: Path, expected: str | None = None) -> str:
        """Keep the file at a path made by `scratch`, gone from there afterwards. Raises damaged_or_unsafe_file if not as expected."""
        name = sha256_of(path)
        if expected is not None and name != expected:
            raise SbytError("damaged_or_unsafe_file")
        target = self._at(name)
        if target.exists() and sha256_of(target) == name:
            return name
        target.parent.mkdir(parents=True, exist_ok=True)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(path, target)
        _flush_folder(target.parent)
        return name

    @contextmanager
    def scratch(self) -> Iterator[Path]:
        """A path on the same disk that nobody else has; whatever is left there is removed."""
        aside = self._folder / "aside"
        aside.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=aside)
        os.close(handle)
        path = Path(name)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def get(self, name: str) -> bytes:
        """The bytes of a name. Raises stored_file_lost where they are gone or not what they were."""
        path = self._at(name)
        try:
            content = path.read_bytes()
        except OSError:
            raise SbytError("stored_file_lost") from None
        if hashlib.sha256(content).hexdigest() != name:
            raise SbytError("stored_file_lost")
        return content

    def path(self, name: str) -> Path:
        """Where the file of a name lies, checked. Raises stored_file_lost."""
        path = self._at(name)
        try:
            whole = sha256_of(path) == name
        except OSError:
            whole = False
        if not whole:
            raise SbytError("stored_file_lost")
        return path

    def _at(self, name: str) -> Path:
        if not SHA256.fullmatch(name):
            raise SbytError("stored_file_lost")
        return self._folder / name[:2] / name


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def _flush_folder(folder: Path) -> None:
    if os.name != "posix":  # Windows flushes names with the file
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
