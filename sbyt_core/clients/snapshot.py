"""A client table as bytes and back, exactly: what an agreed segmentation keeps, so that it can be made again for ever.

A zip of two Parquet frames and a JSON of the rest. Floats, dates and missing values come back as they were, so the same
criteria give the same classes and the same figures, whatever has become of the lines meanwhile.
"""

from __future__ import annotations

import json
import zipfile
from dataclasses import asdict, fields
from datetime import date
from io import BytesIO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sbyt_core.clients.model import CLIENT_COLUMNS, LOST_COLUMNS, ClientTable, Money
from sbyt_core.errors import BadFile, Problem
from sbyt_core.sales.period import Period

FORMAT = 1
MONEY = ("total", "unassigned", "undated", "aggregate")
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # of every entry: the same table gives the same bytes
LIMIT = 1 << 30  # bytes of one part; no base of clients is as large


def table_to_bytes(clients: ClientTable) -> bytes:
    """The client table as bytes; the same table gives the same bytes."""
    rest = {
        "format": FORMAT,
        "period": [day.isoformat() for day in (clients.period.start, clients.period.end)] if clients.period else None,
        "months": clients.months,
        "has_profit": clients.has_profit,
        "first_line": clients.first_line.isoformat() if clients.first_line else None,
        "last_line": clients.last_line.isoformat() if clients.last_line else None,
        "fingerprint": clients.fingerprint,
        "problems": [asdict(problem) for problem in clients.problems],
        **{name: asdict(getattr(clients, name)) for name in MONEY},
    }
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, content in (("clients", _packed(clients.frame)), ("lost", _packed(clients.lost)), ("rest", json.dumps(rest).encode())):
            archive.writestr(zipfile.ZipInfo(name, FIRST_DAY), content)
    return buffer.getvalue()


def table_from_bytes(content: bytes) -> ClientTable:
    """The client table that `table_to_bytes` was given. Raises BadFile damaged_file."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if any(entry.file_size > LIMIT for entry in archive.infolist()):
                raise BadFile("damaged_file")
            rest = json.loads(archive.read("rest"))
            frame = _unpacked(archive.read("clients"), CLIENT_COLUMNS)
            lost = _unpacked(archive.read("lost"), LOST_COLUMNS)
        period = rest["period"]
        return ClientTable(
            frame=frame,
            lost=lost,
            period=Period(*map(date.fromisoformat, period)) if period else None,
            months=rest["months"],
            has_profit=rest["has_profit"],
            first_line=_day(rest["first_line"]),
            last_line=_day(rest["last_line"]),
            fingerprint=rest["fingerprint"],
            problems=tuple(Problem(**{f.name: problem[f.name] for f in fields(Problem)}) for problem in rest["problems"]),
            total=Money(**rest["total"]),
            unassigned=Money(**rest["unassigned"]),
            undated=Money(**rest["undated"]),
            aggregate=Money(**rest["aggregate"]),
        )
    except (zipfile.BadZipFile, KeyError, TypeError, ValueError, pa.ArrowException) as fault:
        if isinstance(fault, BadFile):
            raise
        raise BadFile("damaged_file") from None


def _packed(frame: pd.DataFrame) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None), sink, compression="zstd")
    return sink.getvalue().to_pybytes()


def _unpacked(content: bytes, columns: dict[str, str]) -> pd.DataFrame:
    frame = pq.read_table(pa.BufferReader(content)).to_pandas()
    known = {name: kind for name, kind in columns.items() if name in frame}
    return frame.astype(known)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
