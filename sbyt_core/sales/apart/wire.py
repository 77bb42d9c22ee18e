"""How a reading travels between the two processes: frames of JSON and Arrow, never code.

A frame is one byte of kind, eight of length, and a body. Lines travel as Arrow batches, everything else as JSON, so that whatever a
hostile file does to the child, its parent gets data alone.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import IO

import numpy as np
import pandas as pd
import pyarrow as pa

from sbyt_core import errors
from sbyt_core.errors import BadFile, BadInput, SbytError
from sbyt_core.sales.identity.spellings import spellings_of, with_spellings
from sbyt_core.sales.model import LINE_COLUMNS, SalesData
from sbyt_core.sales.period import Period
from sbyt_core.sales.plain_table import PlainTable
from sbyt_core.sales.report_json import report_of

HEADER = struct.Struct(">cQ")
BATCH = 65_536  # lines in a frame
MAX_FRAME = 1 << 30  # bytes; a longer one is not believed
REQUEST, DATA = b"Q", b"D"  # to the child
READY, PROGRESS, LINES, ATTRIBUTES, REPORT, FAULT, CRASH = b"Y", b"P", b"L", b"A", b"R", b"F", b"X"  # from it
GONE = b"G"  # never sent: it is gone
KINDS = frozenset((REQUEST, DATA, READY, PROGRESS, LINES, ATTRIBUTES, REPORT, FAULT, CRASH))


class Broken(Exception):
    """The other side is gone or speaks nonsense."""


def send(stream: IO[bytes], kind: bytes, body: bytes | memoryview) -> None:
    """Write one frame."""
    stream.write(HEADER.pack(kind, len(body)))
    stream.write(body)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Read one frame. Raises Broken at the end of the stream."""
    head = _exactly(stream, HEADER.size)
    kind, length = HEADER.unpack(head)
    if kind not in KINDS or length > MAX_FRAME:
        raise Broken
    return kind, _exactly(stream, length)


def frames_of(sales: SalesData) -> Iterator[tuple[bytes, bytes | memoryview]]:
    """A reading as frames; the report comes last."""
    for kind, frame in ((LINES, with_spellings(sales.lines, sales.spellings)), (ATTRIBUTES, _flat(sales.attributes))):
        for at in range(0, max(len(frame), 1), BATCH):
            yield kind, _packed(frame.iloc[at : at + BATCH])
    index = sales.attributes.index.name if not isinstance(sales.attributes.index, pd.RangeIndex) else None
    rest = {
        "fingerprint": sales.fingerprint,
        "report": asdict(sales.report),
        "period": [sales.period.start.isoformat(), sales.period.end.isoformat()] if sales.period else None,
        "index": index,
    }
    yield REPORT, json.dumps(rest, default=_plain).encode()


def sales_of(lines: list[pa.Table], attributes: list[pa.Table], report: bytes) -> SalesData:
    """The reading that frames carried. Raises Broken where they do not make one."""
    try:
        rest = json.loads(report)
        frame = pa.concat_tables(lines).to_pandas()
        kept = pa.concat_tables(attributes).to_pandas()
        period = rest["period"]
        return SalesData(
            lines=frame[list(LINE_COLUMNS)].astype(LINE_COLUMNS),
            fingerprint=str(rest["fingerprint"]),
            report=report_of(rest["report"]),
            period=Period(date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
            attributes=kept.set_index(rest["index"]) if rest["index"] else kept,
            spellings=spellings_of(frame),
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, pa.ArrowException) as fault:
        raise Broken from fault


def frames_of_table(table: PlainTable) -> Iterator[tuple[bytes, bytes | memoryview]]:
    """A plain table as frames; what is said of it comes last."""
    for kind, frame in ((LINES, table.texts), (ATTRIBUTES, table.numbers)):
        numbered = frame.set_axis([str(at) for at in range(frame.shape[1])], axis=1)
        for at in range(0, len(numbered), BATCH):
            yield kind, _packed(numbered.iloc[at : at + BATCH])
    rest = {name: getattr(table, name) for name in ("sheet", "header_row", "headers", "totals")} | {"rows": table.rows.tolist()}
    yield REPORT, json.dumps(rest, default=_plain).encode()


def plain_table_of(texts: list[pa.Table], numbers: list[pa.Table], report: bytes) -> PlainTable:
    """The plain table that frames carried. Raises Broken where they do not make one."""
    try:
        rest = json.loads(report)
        headers = tuple(map(str, rest["headers"]))
        frames = [pa.concat_tables(parts).to_pandas().set_axis(list(headers), axis=1) for parts in (texts, numbers)]
        return PlainTable(
            sheet=str(rest["sheet"]),
            header_row=None if rest["header_row"] is None else int(rest["header_row"]),
            headers=headers,
            texts=frames[0].astype("str"),
            numbers=frames[1].astype("float64"),
            rows=np.array(rest["rows"], dtype="int64"),
            totals=int(rest["totals"]),
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError, pa.ArrowException) as fault:
        raise Broken from fault


def table_of(body: bytes) -> pa.Table:
    """The Arrow batch of a frame."""
    try:
        return pa.ipc.open_stream(body).read_all().replace_schema_metadata(None)
    except pa.ArrowException as fault:
        raise Broken from fault


def fault_body(fault: SbytError) -> bytes:
    """A coded fault as JSON."""
    return json.dumps({"kind": type(fault).__name__, "code": fault.code, "params": fault.params}, default=_plain).encode()


def fault_of(body: bytes) -> SbytError:
    """The same fault on the other side. Raises Broken where it is none of ours."""
    try:
        said = json.loads(body)
        kind = {"BadFile": BadFile, "BadInput": BadInput}.get(said["kind"], SbytError)
        params = {str(name): _untangled(value) for name, value in said["params"].items()}
        if said["code"] not in errors.ERRORS or set(params) - set(errors.ERRORS[said["code"]]):
            raise Broken
        return kind(said["code"], **params)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Broken from fault


def _flat(attributes: pd.DataFrame) -> pd.DataFrame:
    flat = attributes if isinstance(attributes.index, pd.RangeIndex) else attributes.reset_index()
    mixed = [column for column in flat.columns if flat[column].dtype == object]
    return flat.astype(dict.fromkeys(mixed, "str")) if mixed else flat


def _packed(frame: pd.DataFrame) -> memoryview:
    table = pa.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())


def _exactly(stream: IO[bytes], length: int) -> bytes:
    body = stream.read(length)
    if body is None or len(body) != length:
        raise Broken
    return body


def _plain(value: object) -> object:
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if hasattr(value, "item"):
        return value.item()
    return value.isoformat() if isinstance(value, date) else str(value)


def _untangled(value: object) -> object:
    return tuple(map(_untangled, value)) if isinstance(value, list) else value
