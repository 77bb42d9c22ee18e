"""Several files as one zip, the same bytes for the same files and time of making."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO

from sbyt_core.reports.kit.book import UNDATED

FIRST_YEAR = 1980  # a zip knows no time before


def zipped(files: Iterable[tuple[str, bytes]], made_at: datetime | None, *, compression: int = zipfile.ZIP_STORED) -> bytes:
    """The zip as bytes. files: name inside and content; compression: of `zipfile`, workbooks are packed already."""
    made = made_at or UNDATED
    stamp = (max(made.year, FIRST_YEAR), made.month, made.day, made.hour, made.minute, made.second)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name, stamp), content, compression)
    return buffer.getvalue()
