"""Rows of the tables as lines of JSON, for a project that leaves as a file; and back, believing nothing.

Times and dates are ISO text, everything else stands as it is. A line from outside must have exactly the columns of its
table, each of its type, within its length; the numbers of other rows (`id`, `project_id`) are the database's own and are
given anew. What the program itself will read later (mappings, overrides, notes) must have the form that it reads.
"""

from __future__ import annotations

import json as json_text
import math
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Date, Float, Integer, Row, Table

from sbyt_core.cards.blocks import DOCUMENT as BLOCK
from sbyt_core.cards.blocks import Block
from sbyt_core.cards.draft import DOCUMENT, CardDraft
from sbyt_core.clients.rates import Rates
from sbyt_core.committee.members import DOCUMENT as COMMITTEE
from sbyt_core.committee.members import Committee
from sbyt_core.errors import SbytError
from sbyt_core.practice.record import KIND as PRACTICE
from sbyt_core.practice.record import log_of
from sbyt_core.sales.identity.decisions import ACTS
from sbyt_core.store import checks, schema
from sbyt_core.store.client_facts import CLIENT_FACTS, FactsFile
from sbyt_core.store.documents import NOTHING, RATES
from sbyt_core.store.entries import SITUATION
from sbyt_core.store.files import SHA256

TABLES: dict[str, Table] = {
    t.name: t for t in (schema.project, schema.dataset, schema.document, schema.version, schema.entry, schema.event)
}
LEFT_OUT = {"project": {"id"}, "dataset": set[str]()}  # numbers of data sets are told, since the project points at one
LATER = {"dataset": {"parts": None}}  # columns that files of version 1 lack, with what they stand for
MAX_VALUE = 2**31 - 1  # the largest whole number that every database holds
MAX_LINE = 1 << 22  # characters of one row: a strategy book takes thousands, so four million is no honest row


def to_line(table: Table, row: Row) -> str:
    """A row as one line of JSON."""
    fields = {name: value for name, value in row._mapping.items() if name in _columns(table)}
    return json_text.dumps({n: v.isoformat() if isinstance(v, date) else v for n, v in fields.items()}, ensure_ascii=False)


def from_line(table: Table, line: str) -> dict[str, Any]:
    """The values of a row. Raises damaged_or_unsafe_file."""
    try:
        fields = json_text.loads(line)
        columns = _columns(table)
        if not isinstance(fields, dict) or set(fields) | set(LATER.get(table.name, {})) != set(columns):
            raise ValueError("columns")
        fields = {**LATER.get(table.name, {}), **fields}
        row = {name: _value(columns[name], value) for name, value in fields.items()}
        _check_meaning(table, row)
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError, SbytError):
        raise SbytError("damaged_or_unsafe_file") from None
    return row


def _columns(table: Table) -> dict[str, Column[Any]]:
    out = LEFT_OUT.get(table.name, {"id"}) | {"project_id"}
    return {column.name: column for column in table.columns if column.name not in out}


def _value(column: Column[Any], value: Any) -> Any:
    kind = column.type
    if value is None:
        if not column.nullable:
            raise ValueError(column.name)
        return None
    if isinstance(kind, Integer):
        if type(value) is not int or not 0 <= value <= MAX_VALUE:
            raise ValueError(column.name)
        return value
    if isinstance(kind, Float):
        if type(value) not in (int, float) or not math.isfinite(value):
            raise ValueError(column.name)
        return float(value)
    if type(value) is not str:
        raise ValueError(column.name)
    if isinstance(kind, schema.Utc):
        return _aware(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    value.encode()
    if "\x00" in value or len(value) > (getattr(kind, "length", None) or MAX_LINE):
        raise ValueError(column.name)
    return value


def _aware(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("zone")
    return at


def _check_meaning(table: Table, row: dict[str, Any]) -> None:
    for name in row.keys() & {"original_sha256", "lines_sha256", "classes_sha256"}:
        if row[name] is not None and not SHA256.fullmatch(row[name]):
            raise ValueError(name)
    for name in row.keys() & {"json", "mapping", "answers", "parts"}:
        if row[name] is not None and row[name] != checks.canonical(row[name], name):
            raise ValueError(name)
    if "name" in row and table is not schema.document and row["name"] != checks.one_line(row["name"]):
        raise ValueError("name")
    if "kind" in row and not checks.KIND.fullmatch(row["kind"]):
        raise ValueError("kind")
    if table is schema.project and not checks.CURRENCY.fullmatch(row["currency"]):
        raise ValueError("currency")
    if table is schema.dataset and not (_texts(json_text.loads(row["mapping"])) and _texts(json_text.loads(row["answers"]))):
        raise ValueError("mapping")
    if table is schema.dataset and (row["parts"] is None) == (row["original_sha256"] is None):
        raise ValueError("parts")
    if table is schema.dataset and row["parts"] is not None and not _hashes(json_text.loads(row["parts"])):
        raise ValueError("parts")
    if table is schema.version and (row["approved_at"] is None) != (row["approved_by"] is None):
        raise ValueError("approved_by")
    form = FORMS.get((table.name, row.get("kind", "")))
    dropped = table is schema.document and row["json"] == NOTHING
    if form is not None and not dropped and not form(json_text.loads(row["json"])):
        raise ValueError("json")


def _texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


def _hashes(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 1 and all(isinstance(text, str) and SHA256.fullmatch(text) for text in value)


FORMS: dict[tuple[str, str], Callable[[Any], bool]] = {
    ("document", CLIENT_FACTS): lambda v: FactsFile.from_value(v) is not None,
    ("document", RATES): lambda v: Rates.from_value(v) is not None,
    ("document", BLOCK): lambda v: Block.from_value(v) is not None,
    ("document", DOCUMENT): lambda v: CardDraft.from_value(v) is not None,
    ("document", COMMITTEE): lambda v: Committee.from_value(v) is not None,
    ("entry", PRACTICE): lambda v: log_of([v]) is not None,
    ("entry", SITUATION): lambda v: isinstance(v, dict) and isinstance(v.get("event"), str),
    ("document", "shape"): lambda v: isinstance(v, dict) and _texts(v.get("mapping")) and _texts(v.get("answers")),
    ("entry", "identity"): lambda v: (
        isinstance(v, dict)
        and v.get("act") in ACTS
        and all(isinstance(v.get(name), list) and all(isinstance(text, str) for text in v[name]) for name in ("keys", "names"))
        and len(v["keys"]) == ACTS[v["act"]]
        and isinstance(v.get("value", 0), str | None)
    ),
    ("entry", "note"): lambda v: isinstance(v, dict) and isinstance(v.get("text"), str),
    ("entry", "override"): lambda v: (
        isinstance(v, dict) and isinstance(v.get("segment", 0), str | None) and isinstance(v.get("reason"), str)
    ),
}
