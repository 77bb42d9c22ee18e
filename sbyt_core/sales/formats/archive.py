"""A zip file opened without trust: how much it inflates to is known before, and counted while, it is unpacked.

The sizes in the directory are added up first; every part is then inflated here, never past the cap, must end where the
directory says, and its check sum must hold. Part names are looked up without regard to case or slash, as 1С writes them.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from sbyt_core.errors import BadFile

MEGABYTE = 1_000_000
# bytes all parts together may inflate to: a sheet of a million lines and ten columns takes about 560 MB
MAX_UNPACKED = 900 * MEGABYTE
MAX_PARTS = 20_000  # a workbook of a few hundred sheets has some thousands
CHUNK = 1 << 18  # bytes inflated at a time; fits the processor's cache
LOCAL_HEADER = 30  # bytes before the name in a local header


class Archive:
    """The parts of a zip by name.

    Raises damaged_file, too_big_unpacked, password_protected.
    """

    def __init__(self, data: bytes) -> None:
        try:
            parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
        except (zipfile.BadZipFile, ValueError, OSError, struct.error, NotImplementedError, UnicodeError) as fault:
            raise BadFile("damaged_file") from fault
        if len(parts) > MAX_PARTS:
            raise BadFile("damaged_or_unsafe_file")
        self._data = data
        self._parts = {_key(part.filename): part for part in reversed(parts) if not part.is_dir()}
        self._left = MAX_UNPACKED
        total = sum(part.file_size for part in parts)
        if total > MAX_UNPACKED:
            raise _too_big(total)
        if any(part.flag_bits & 1 for part in parts):
            raise BadFile("password_protected")

    @property
    def names(self) -> list[str]:
        """Names as they stand in the file."""
        return [part.filename for part in reversed(self._parts.values())]

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._parts

    def size(self, name: str) -> int:
        """Bytes of the unpacked part by the directory."""
        return self._parts[_key(name)].file_size

    def read(self, name: str) -> bytes:
        """The whole part."""
        return b"".join(self.chunks(name))

    def chunks(self, name: str) -> Iterator[bytes]:
        """The part, piece by piece."""
        part = self._parts.get(_key(name))
        if part is None:
            raise BadFile("damaged_file")
        size = crc = 0
        for piece in self._inflate(part):
            size += len(piece)
            self._left -= len(piece)
            if self._left < 0:
                raise _too_big(MAX_UNPACKED - self._left)
            if size > part.file_size:
                raise BadFile("damaged_or_unsafe_file")
            crc = zlib.crc32(piece, crc)
            yield piece
        if size != part.file_size or crc != part.CRC:
            raise BadFile("damaged_file")

    def _inflate(self, part: zipfile.ZipInfo) -> Iterator[bytes]:
        head = self._data[part.header_offset : part.header_offset + LOCAL_HEADER]
        if len(head) < LOCAL_HEADER or head[:4] != b"PK\3\4":
            raise BadFile("damaged_file")
        name, extra = struct.unpack("<HH", head[26:30])
        start = part.header_offset + LOCAL_HEADER + name + extra
        packed = memoryview(self._data)[start : start + part.compress_size]
        if part.compress_type == zipfile.ZIP_STORED:
            for at in range(0, len(packed), CHUNK):
                yield bytes(packed[at : at + CHUNK])
            return
        if part.compress_type != zipfile.ZIP_DEFLATED:
            raise BadFile("damaged_file")
        inflater, at, rest = zlib.decompressobj(-zlib.MAX_WBITS), 0, b""
        try:
            while not inflater.eof:
                if not rest:
                    rest, at = bytes(packed[at : at + CHUNK]), at + CHUNK
                    if not rest:
                        raise BadFile("damaged_file")
                piece = inflater.decompress(rest, CHUNK)
                rest = inflater.unconsumed_tail
                if piece:
                    yield piece
        except zlib.error as fault:
            raise BadFile("damaged_file") from fault


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _too_big(size: int) -> BadFile:
    return BadFile("too_big_unpacked", megabytes=round(size / MEGABYTE), limit=MAX_UNPACKED // MEGABYTE)
