"""A stand-in for writing and reading lines, until the sales room has its own."""

import json
from dataclasses import asdict
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq

from sbyt_core.errors import Problem
from sbyt_core.sales.model import LINE_COLUMNS, Choice, ControlTotal, Question, ReadReport, SalesData
from sbyt_core.sales.period import Period


def write_sales(sales, path):
    table = pa.Table.from_pandas(sales.lines, preserve_index=False)
    said = {
        "fingerprint": sales.fingerprint,
        "report": asdict(sales.report),
        "period": [str(sales.period.start), str(sales.period.end)] if sales.period else None,
    }
    pq.write_table(table.replace_schema_metadata({"sbyt": json.dumps(said)}), path)


def read_parquet(path):
    table = pq.read_table(path)
    said = json.loads(table.schema.metadata[b"sbyt"])
    r = said["report"]
    r["headers"] = tuple(r["headers"])
    r["control_total"] = ControlTotal(**r["control_total"]) if r["control_total"] else None
    r["problems"] = tuple(Problem(**p) for p in r["problems"])
    r["questions"] = tuple(Question(**{**q, "choices": tuple(Choice(**c) for c in q["choices"])}) for q in r["questions"])
    r["sheets"], r["preview"] = tuple(r["sheets"]), tuple(map(tuple, r["preview"]))
    lines = table.to_pandas().astype(LINE_COLUMNS)[list(LINE_COLUMNS)]
    period = Period(*map(date.fromisoformat, said["period"])) if said["period"] else None
    return SalesData(lines, said["fingerprint"], ReadReport(**r), period)
