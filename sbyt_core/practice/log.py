"""The log of practice: one line for one step of the card, done or not done for one client.

A line: moment, employee, client, document, step, done, in_time, minutes, note. Not done: in_time has no answer. Missing stays
missing: a step without a line was neither done nor missed, unless the log writes down only what was done; then its missed steps
are added and marked `implied`. A run is one document of a client; without documents it is what one employee did for one client
on one day. Of a step of a run there is one line: the one that came last holds, so that a file that comes twice, or comes again
mended, doubles nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import pandas as pd

# column → pandas dtype of a log, in this order; all are always present
LOG_COLUMNS: dict[str, str] = {
    "moment": "datetime64[us]",
    "employee": "str",
    "client_key": "str",
    "client": "str",
    "document": "str",  # missing where the log names none
    "step": "str",  # key of a step of the card
    "done": "bool",
    "in_time": "boolean",  # missing: nobody said
    "minutes": "float64",
    "note": "str",
    "implied": "bool",  # added as missed: the file writes down only what was done
}
TEXTS = ("employee", "client_key", "client", "document", "step", "note")


@dataclass(frozen=True)
class Observation:
    """One step, done or not done, as somebody notes it by hand."""

    moment: datetime  # local time of the company, without a zone
    employee: str
    client_key: str
    client: str
    step: str
    done: bool
    document: str | None = None
    in_time: bool | None = None
    minutes: float | None = None
    note: str | None = None


def as_log(observations: Iterable[Observation]) -> pd.DataFrame:
    """A log of observations made by hand."""
    return typed(pd.DataFrame([{**vars(one), "implied": False} for one in observations], columns=list(LOG_COLUMNS)))


def empty_log() -> pd.DataFrame:
    """A log without lines."""
    return typed(pd.DataFrame(columns=list(LOG_COLUMNS)))


def typed(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with exactly the columns and types of `LOG_COLUMNS`."""
    result = pd.DataFrame(index=lines.index)
    for name, dtype in LOG_COLUMNS.items():
        values = lines[name]
        if name in TEXTS:
            values = values.astype(object).where(values.notna(), None)
        result[name] = values.astype(dtype)  # type: ignore[call-overload]
    return result.reset_index(drop=True)


def run_of(lines: pd.DataFrame) -> pd.Series:
    """The run that every line belongs to, as a text that is the same for the lines of one run."""
    day = lines["moment"].dt.strftime("%Y-%m-%d")
    return lines["client_key"] + "\x1f" + lines["document"].where(lines["document"].notna(), "\x1f" + lines["employee"] + "\x1f" + day)


def identity_of(lines: pd.DataFrame) -> pd.Series:
    """What makes two lines one observation: the step of a run."""
    return run_of(lines) + "\x1f" + lines["step"]


def joined(earlier: pd.DataFrame, later: pd.DataFrame) -> pd.DataFrame:
    """Two logs as one, by time: of one observation the later log's line holds; what was said beats what was implied."""
    both = typed(pd.concat([earlier, later], ignore_index=True) if len(earlier) and len(later) else (later if len(later) else earlier))
    kept = both.sort_values("implied", ascending=False, kind="stable")
    kept = kept[~identity_of(kept).duplicated(keep="last").to_numpy()]
    return kept.sort_values(["moment", "client_key", "document", "step"], kind="stable").reset_index(drop=True)
