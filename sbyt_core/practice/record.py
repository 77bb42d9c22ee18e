"""The log as records that are only ever added: a batch of lines from a file or by hand, and the withdrawal of a batch.

A record is a plain value for JSON: {"batch", "source", "name", "texts": […], "rows": [[moment, employee, client_key, client,
document, step, done, in_time, minutes, note, implied], …]} with texts as numbers of `texts` (and of a file "headers" and "bad",
the rows not taken), or {"withdraws": batch}. A file is cut into records of at most `ROWS` lines under one batch. The log is all
batches that were not withdrawn after they came, in the order in which they came; the later line of an observation holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.practice.log import LOG_COLUMNS, TEXTS, empty_log, joined, typed
from sbyt_core.practice.read_log import BadRow

KIND = "practice"  # kind of the store's entries
BAD_ROWS = 2000  # kept of a file, to be mended: more are a file of another kind
ROWS = 5000  # lines of one record: about a megabyte of JSON at most
SOURCES = ("file", "hand")


@dataclass(frozen=True)
class Batch:
    """Lines that came together. rows: how many lines it brought; live: whether it was not withdrawn."""

    batch: str
    source: str
    name: str
    rows: int
    author: str
    at: datetime
    live: bool
    headers: tuple[str, ...] = ()
    bad: tuple[BadRow, ...] = ()


def records(
    lines: pd.DataFrame, *, batch: str, source: str, name: str = "", headers: Sequence[str] = (), bad: Sequence[BadRow] = ()
) -> list[dict[str, Any]]:
    """Lines of `LOG_COLUMNS` as records, at least one.

    batch: SHA-256 of the file, or any text of one's own; source: of `SOURCES`; headers, bad: the rows of the file that were not
    taken, at most `BAD_ROWS` of them.
    """
    if source not in SOURCES:
        raise BadInput("not_a_choice", name="source", value=source, allowed=SOURCES)
    made = []
    for start in range(0, max(len(lines), 1), ROWS):
        part = lines.iloc[start : start + ROWS]
        texts: dict[str, int] = {}
        columns = [_plain(part[column], texts if column in TEXTS else None, column) for column in LOG_COLUMNS]
        rows = [list(row) for row in zip(*columns, strict=True)]
        made.append({"batch": batch, "source": source, "name": name, "texts": list(texts), "rows": rows})
    if bad:
        kept = [[row.sheet, row.row, list(row.codes), list(row.cells)] for row in bad[:BAD_ROWS]]
        made[0] |= {"headers": list(headers), "bad": kept}
    return made


def withdrawal(batch: str) -> dict[str, str]:
    """The record that takes a batch back."""
    return {"withdraws": batch}


def log_of(values: Iterable[Any]) -> pd.DataFrame:
    """The log of all records, oldest first. Raises BadInput bad_json for a value that is no record."""
    taken = _standing(list(values))
    parts = [_lines(value) for value in taken]
    return joined(empty_log(), typed(pd.concat(parts, ignore_index=True))) if parts else empty_log()


def batches(entries: Iterable[tuple[Any, str, datetime]]) -> list[Batch]:
    """What came in, newest first. entries: value, author and time of every record, oldest first."""
    found: list[Batch] = []
    for value, author, at in entries:
        if isinstance(value, dict) and isinstance(value.get("withdraws"), str):
            found = [replace(one, live=one.live and one.batch != value["withdraws"]) for one in found]
            continue
        value = _checked(value)
        last = found[-1] if found else None
        if last is not None and last.batch == value["batch"] and last.live:
            found[-1] = replace(last, rows=last.rows + len(value["rows"]), at=at)
        else:
            headers, bad = tuple(value.get("headers", ())), tuple(_bad_row(row) for row in value.get("bad", ()))
            found.append(Batch(value["batch"], value["source"], value["name"], len(value["rows"]), author, at, True, headers, bad))
    return found[::-1]


def _standing(values: list[Any]) -> list[dict[str, Any]]:
    kept: list[dict[str, Any]] = []
    for value in values:
        if isinstance(value, dict) and isinstance(value.get("withdraws"), str):
            kept = [one for one in kept if one["batch"] != value["withdraws"]]
        else:
            kept.append(_checked(value))
    return kept


def _plain(values: pd.Series, texts: dict[str, int] | None, name: str) -> Iterator[Any]:
    for value in values.tolist():
        if value is None or value is pd.NA or value is pd.NaT or value != value:
            yield None
        elif texts is not None:
            yield texts.setdefault(str(value), len(texts))
        elif name == "moment":
            yield value.isoformat(timespec="seconds")
        else:
            yield value


def _checked(value: Any) -> dict[str, Any]:
    try:
        texts, rows = value["texts"], value["rows"]
        sound = (
            isinstance(value["batch"], str)
            and isinstance(value["name"], str)
            and value["source"] in SOURCES
            and all(isinstance(text, str) for text in texts)
            and all(len(row) == len(LOG_COLUMNS) for row in rows)
            and all(isinstance(text, str) for text in value.get("headers", ()))
            and all(_bad_row(row).cells is not None for row in value.get("bad", ()))
        )
    except (TypeError, KeyError, ValueError, AttributeError):
        sound = False
    if not sound:
        raise BadInput("bad_json", name=KIND)
    return value


def _bad_row(row: Any) -> BadRow:
    sheet, number, codes, cells = row
    if not all(isinstance(text, str) for text in (sheet, *codes, *cells)) or type(number) is not int:
        raise TypeError(row)
    return BadRow(sheet, number, tuple(codes), tuple(cells))


def _lines(value: dict[str, Any]) -> pd.DataFrame:
    try:
        frame = pd.DataFrame(value["rows"], columns=list(LOG_COLUMNS))
        for name in TEXTS:
            frame[name] = [None if at is None or at != at else value["texts"][int(at)] for at in frame[name]]
        frame["moment"] = pd.to_datetime(frame["moment"], format="ISO8601")
        return typed(frame)
    except (TypeError, ValueError, IndexError):
        raise BadInput("bad_json", name=KIND) from None
