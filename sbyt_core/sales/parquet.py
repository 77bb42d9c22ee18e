"""Sales as one Parquet file, for every later start: lines as columns, the rest in the file's metadata.

Missing is null, never NaN; dates are date32. The report is JSON, the attributes are an Arrow table; where a code joined names, one more
column holds those that are not shown. A file of another version or of another program is `damaged_file`. Writing is whole or not at all:
the file appears under its name when it is complete.
"""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sbyt_core.errors import BadFile
from sbyt_core.sales.identity.spellings import SPELLING, spellings_of, with_spellings
from sbyt_core.sales.model import LINE_COLUMNS, ReadReport, SalesData
from sbyt_core.sales.period import Period
from sbyt_core.sales.report_json import report_from_json, report_to_json

VERSION = "1"  # of the columns and the metadata
ROW_GROUP = 122_880  # lines: what one thread of DuckDB takes at a time; greater groups leave cores idle and hold more memory
_KEY, _REPORT, _ATTRIBUTES, _REST = b"sbyt.version", b"sbyt.report", b"sbyt.attributes", b"sbyt.rest"


def write_sales(sales: SalesData, path: str | Path) -> None:
    """Write sales to a Parquet file, replacing what stands there."""
    path = Path(path)
    table = pa.Table.from_pandas(with_spellings(sales.lines, sales.spellings), preserve_index=False)
    table = table.set_column(0, "date", table.column("date").cast(pa.date32()))
    rest = {
        "fingerprint": sales.fingerprint,
        "period": [sales.period.start.isoformat(), sales.period.end.isoformat()] if sales.period else None,
    }
    table = table.replace_schema_metadata(
        {
            _KEY: VERSION.encode(),
            _REPORT: report_to_json(sales.report).encode(),
            _ATTRIBUTES: _packed(sales.attributes),
            _REST: json.dumps(rest).encode(),
        }
    )
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        pq.write_table(table, draft, compression="zstd", row_group_size=ROW_GROUP)
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def read_parquet(path: str | Path) -> SalesData:
    """The sales of `write_sales`. Raises BadFile file_not_found, damaged_file."""
    try:
        table = pq.read_table(path, memory_map=True)
        said = table.schema.metadata or {}
        if said.get(_KEY) != VERSION.encode() or table.column_names not in (list(LINE_COLUMNS), [*LINE_COLUMNS, SPELLING]):
            raise BadFile("damaged_file")
        rest = json.loads(said[_REST])
        lines = table.replace_schema_metadata(None).to_pandas(date_as_object=False)
        period = rest["period"]
        return SalesData(
            lines=lines[list(LINE_COLUMNS)].astype(LINE_COLUMNS),
            fingerprint=rest["fingerprint"],
            report=report_from_json(said[_REPORT].decode()),
            period=Period(date.fromisoformat(period[0]), date.fromisoformat(period[1])) if period else None,
            attributes=pa.ipc.open_stream(said[_ATTRIBUTES]).read_all().to_pandas(),
            spellings=spellings_of(lines),
        )
    except FileNotFoundError as fault:
        raise BadFile("file_not_found", path=str(path)) from fault
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError) as fault:
        if isinstance(fault, BadFile):
            raise
        raise BadFile("damaged_file") from fault


def read_report(path: str | Path) -> ReadReport:
    """The report of `write_sales` without its lines. Raises BadFile file_not_found, damaged_file."""
    try:
        said = pq.read_schema(path, memory_map=True).metadata or {}
        if said.get(_KEY) != VERSION.encode():
            raise BadFile("damaged_file")
        return report_from_json(said[_REPORT].decode())
    except FileNotFoundError as fault:
        raise BadFile("file_not_found", path=str(path)) from fault
    except (pa.ArrowException, OSError, KeyError, UnicodeDecodeError) as fault:
        raise BadFile("damaged_file") from fault


def _packed(frame: pd.DataFrame) -> bytes:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as stream:
        stream.write_table(table)
    return sink.getvalue().to_pybytes()
