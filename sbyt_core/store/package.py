"""The project file: a zip with a manifest, the rows of each table as JSON lines, and the files named by their content.

    manifest.json         {"format": "sbyt-project", "version": 2}
    tables/TABLE.jsonl    one row a line, in the order in which rows were added
    files/SHA256          originals, sales lines (Parquet), snapshots of classes

The same rows give the same bytes. A file from outside may have these names only, each once, stored or deflated, within
the limits below; nothing in it becomes a path, and a file must be what its name says.
"""

from __future__ import annotations

import io
import json as json_text
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sbyt_core.errors import SbytError
from sbyt_core.store.files import CHUNK
from sbyt_core.store.rows import MAX_LINE, TABLES, from_line

FORMAT = "sbyt-project"
VERSION = 2  # 1: no data sets of several files
MANIFEST = "manifest.json"
ENTRY_NAME = re.compile(rf"manifest\.json|tables/(?:{'|'.join(TABLES)})\.jsonl|files/[0-9a-f]{{64}}")
FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say: the date of writing would change the bytes

MEGABYTE = 1 << 20
MAX_UNPACKED = 2048  # megabytes in all: about a hundred exports of a million lines
MAX_ENTRIES = 10_000  # names in the zip
MAX_HEADERS = 100_000  # marks of a directory entry in the bytes, those of Excel files inside included: more would exhaust the memory
MAX_ROWS = 1_000_000  # rows of one table
MAX_MANIFEST = 4096  # bytes
HEADER_MARK = b"PK\x01\x02"
UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError, RecursionError)


def pack(tables: Mapping[str, Iterable[str]], files: Mapping[str, Path]) -> bytes:
    """The bytes of a project file. tables: lines of each; files: SHA-256 → where it lies."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(_entry(MANIFEST), json_text.dumps({"format": FORMAT, "version": VERSION}))
        for name in TABLES:
            package.writestr(_entry(f"tables/{name}.jsonl"), "".join(line + "\n" for line in tables[name]))
        for sha256 in sorted(files):
            with files[sha256].open("rb") as source, package.open(_entry(f"files/{sha256}"), "w") as entry:
                while piece := source.read(CHUNK):
                    entry.write(piece)
    return target.getvalue()


class Package:
    """A project file from outside, opened by `unpacking`."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = set(package.namelist())

    def rows(self, table: str) -> list[dict[str, Any]]:
        """Checked rows of a table of `TABLES`. Raises damaged_or_unsafe_file."""
        rows: list[dict[str, Any]] = []
        with _reading(), self._package.open(f"tables/{table}.jsonl") as file:
            text = io.TextIOWrapper(file, encoding="utf-8", newline="\n")
            while line := text.readline(MAX_LINE):
                if len(rows) == MAX_ROWS or not line.endswith("\n"):
                    raise SbytError("damaged_or_unsafe_file")
                rows.append(from_line(TABLES[table], line))
        return rows

    def extract(self, sha256: str, path: Path) -> None:
        """Write a file of the package to a path of ours. Raises damaged_or_unsafe_file."""
        if f"files/{sha256}" not in self._names:
            raise SbytError("damaged_or_unsafe_file")
        with _reading(), self._package.open(f"files/{sha256}") as source, path.open("wb") as target:
            while piece := source.read(CHUNK):
                target.write(piece)


@contextmanager
def unpacking(content: bytes) -> Iterator[Package]:
    """Open a project file after looking at its outside.

    Raises not_a_project_file, project_file_too_new, too_big_unpacked, damaged_or_unsafe_file.
    """
    if content.count(HEADER_MARK) > MAX_HEADERS:
        raise SbytError("damaged_or_unsafe_file")
    try:
        package = zipfile.ZipFile(io.BytesIO(content))
    except UNREADABLE:
        raise SbytError("not_a_project_file") from None
    with package:
        entries = package.infolist()
        if MANIFEST not in package.namelist():
            raise SbytError("not_a_project_file")
        _check_manifest(package)
        names = [entry.filename for entry in entries]
        if len(names) > MAX_ENTRIES or len(set(names)) < len(names) or not all(ENTRY_NAME.fullmatch(name) for name in names):
            raise SbytError("damaged_or_unsafe_file")
        if not {f"tables/{name}.jsonl" for name in TABLES} <= set(names):
            raise SbytError("damaged_or_unsafe_file")
        if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in entries):
            raise SbytError("damaged_or_unsafe_file")
        unpacked = sum(entry.file_size for entry in entries) / MEGABYTE
        if unpacked > MAX_UNPACKED:  # no entry can be longer than it says: zipfile stops there
            raise SbytError("too_big_unpacked", megabytes=round(unpacked), limit=MAX_UNPACKED)
        yield Package(package)


def _check_manifest(package: zipfile.ZipFile) -> None:
    try:
        with _reading(), package.open(MANIFEST) as file:
            manifest = json_text.loads(file.read(MAX_MANIFEST))
        version = manifest["version"] if manifest["format"] == FORMAT else None
    except (SbytError, KeyError, TypeError, IndexError):
        raise SbytError("not_a_project_file") from None
    if type(version) is not int or version < 1:
        raise SbytError("not_a_project_file")
    if version > VERSION:
        raise SbytError("project_file_too_new")


@contextmanager
def _reading() -> Iterator[None]:
    try:
        yield
    except SbytError:
        raise
    except UNREADABLE:
        raise SbytError("damaged_or_unsafe_file") from None


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIXED_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry
