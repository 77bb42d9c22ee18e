"""Several files as one data set: years, branches, or next month's export of the same report.

A line that stands in two files (same day, client, document, item, quantity and money) is one line: of equal lines as many are kept as the
file with most of them holds, so that real repeats within a file stay. This is asked (overlapping_files: `once` is best, `keep_all`). Lines
that are in one file only are never touched. A client is one across the files by its code, and by its name where the name has one code.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput
from sbyt_core.sales.model import Choice, ControlTotal, Question, SalesData
from sbyt_core.sales.names import identify_clients
from sbyt_core.sales.period import Period
from sbyt_core.sales.table import QUESTIONS

SAME_LINE = ["date", "client_key", "document", "item", "quantity", "revenue", "profit"]
OVERLAP = "overlapping_files"


def combine_sales(parts: Sequence[SalesData], *, answers: Mapping[str, str] | None = None) -> SalesData:
    """One data set of several readings, in their order; one reading is given back as it is.

    `sheet` of a line becomes "file · sheet". The report adds up rows, skipped and control totals (None where a file states none); it keeps
    the problems of all files and asks about overlaps alone, since the questions of a file are answered with the file.
    Raises BadInput not_a_choice.
    """
    if len(parts) == 1:
        return parts[0]
    lines = pd.concat([_named(part) for part in parts], ignore_index=True)
    clients = identify_clients(lines["client"], lines["client_code"], len(lines))
    lines = lines.assign(client_key=clients.key, client=clients.name, client_code=clients.code, aggregate=clients.aggregate)
    file = np.repeat(np.arange(len(parts)), [len(part.lines) for part in parts])
    again = _again(lines, file)
    questions: tuple[Question, ...] = ()
    skipped: Counter[str] = sum((Counter(part.report.skipped) for part in parts), Counter())
    rows_read = sum(part.report.rows_read for part in parts)
    if again.any():
        question = _question(lines, again, (answers or {}).get(OVERLAP))
        questions = (question,)
        if (question.chosen or question.best) == "once":
            lines = lines[~again].reset_index(drop=True)
            skipped["duplicate"] += int(again.sum())
    controls = [part.report.control_total for part in parts]
    report = replace(
        parts[0].report,
        name=", ".join(part.report.name for part in parts),
        sha256=_hash([part.report.sha256 for part in parts]),
        sheet=", ".join(dict.fromkeys(part.report.sheet for part in parts)),
        rows_read=rows_read,
        skipped=dict(skipped),
        control_total=None if any(control is None for control in controls) else _added([control for control in controls if control]),
        problems=tuple(problem for part in parts for problem in part.report.problems),
        questions=questions,
        sheets=tuple(f"{part.report.name} · {sheet}" for part in parts for sheet in part.report.sheets),
    )
    fingerprint = _hash([*(part.fingerprint for part in parts), (answers or {}).get(OVERLAP)])
    return SalesData(lines, fingerprint, report, _period(parts), _attributes(parts))


def _named(part: SalesData) -> pd.DataFrame:
    return part.lines.assign(sheet=(part.report.name + " · " + part.lines["sheet"]).astype("str"))


def _again(lines: pd.DataFrame, file: np.ndarray) -> np.ndarray:
    """bool a line: an equal line of another file already stands for it."""
    rounded = lines[SAME_LINE].assign(**{name: lines[name].round(2) for name in ("quantity", "revenue", "profit")})
    same = rounded.groupby(SAME_LINE, dropna=False, sort=False).ngroup()
    place = pd.DataFrame({"same": same, "file": file}).groupby(["same", "file"]).cumcount()
    return pd.DataFrame({"same": same, "place": place}).duplicated().to_numpy()


def _question(lines: pd.DataFrame, again: np.ndarray, answer: str | None) -> Question:
    if answer is not None and answer not in QUESTIONS[OVERLAP]:
        raise BadInput("not_a_choice", name=OVERLAP, value=answer, allowed=list(QUESTIONS[OVERLAP]))
    choices = []
    for code in QUESTIONS[OVERLAP]:
        kept = lines[~again] if code == "once" else lines
        profit = round(float(kept["profit"].sum()), 2) if kept["profit"].notna().any() else None
        choices.append(Choice(code, len(kept), int(kept["client_key"].nunique()), round(float(kept["revenue"].sum()), 2), profit))
    first = lines[again].iloc[0]
    return Question(OVERLAP, tuple(choices), "once", answer, f"{first['sheet']}, {first['row']}")


def _added(controls: list[ControlTotal]) -> ControlTotal:
    return ControlTotal(sum(control.revenue for control in controls), round(sum(control.difference for control in controls), 2))


def _period(parts: Sequence[SalesData]) -> Period | None:
    periods = [part.period for part in parts if part.period]
    return Period(min(period.start for period in periods), max(period.end for period in periods)) if periods else None


def _attributes(parts: Sequence[SalesData]) -> pd.DataFrame:
    """Attributes of all files; where files differ the later one holds."""
    frames = [part.attributes for part in reversed(parts) if not part.attributes.empty]
    if not frames:
        return pd.DataFrame()
    return pd.concat(frames, ignore_index=True).groupby("client_key", sort=True).first().reset_index()


def _hash(parts: list) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
