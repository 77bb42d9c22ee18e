"""Several files as one data set: years, branches, or next month's export of the same report.

A line that stands in two files (same day, client, document, item, quantity and money) is one line: of equal lines as many are kept as the
file with most of them holds, so that real repeats within a file stay. This is asked (overlapping_files): `once` is best; `newest` takes
from a file the days that a newer one covers and repeats, so that corrections of the past hold; `keep_all` counts every line. Of two files
the newer is the one that ends later, then the one added later. Lines that are in one file only stay but for `newest`. A client is one
across the files by its code, and by its name where the name has one code. Files of one name are told apart by a number behind it.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from sbyt_core.errors import BadInput, Problem
from sbyt_core.sales.identity.spellings import one_identity
from sbyt_core.sales.model import Choice, ControlTotal, Question, SalesData
from sbyt_core.sales.period import Period
from sbyt_core.sales.table import QUESTIONS

SAME_LINE = ["date", "client_key", "document", "item", "quantity", "revenue", "profit"]
OVERLAP = "overlapping_files"
OF_THE_END = ("partial_period",)  # warnings about the last month: only the file that ends last can tell
MAX_NAME = 120  # characters of the names of all files in a row; beyond it the first is named and the others are counted


def combine_sales(parts: Sequence[SalesData], *, answers: Mapping[str, str] | None = None) -> SalesData:
    """One data set of several readings, in their order; one reading is given back as it is.

    `sheet` of a line becomes "file · sheet". The report adds up rows, skipped and control totals (None where a file states none); it keeps
    the problems of all files and asks about overlaps; the questions of a file are answered with the file, so of them only those stand
    here without whose answer there are no figures.
    Raises BadInput not_a_choice.
    """
    if len(parts) == 1:
        return parts[0]
    names = file_names(parts)
    lines, clients = one_identity([(_named(part, name), part.spellings) for part, name in zip(parts, names, strict=True)])
    spellings = clients.spellings
    file = np.repeat(np.arange(len(parts)), [len(part.lines) for part in parts])
    attributes = _attributes(parts, [clients.key[file == at] for at in range(len(parts))])
    same = _groups(lines)
    again = _again(same, file)
    questions = tuple(question for part in parts for question in part.report.open_questions if question.best is None)
    skipped: Counter[str] = sum((Counter(part.report.skipped) for part in parts), Counter())
    rows_read = sum(part.report.rows_read for part in parts)
    if again.any():
        left_out = {"once": again, "newest": _replaced(lines, file, same, again, parts), "keep_all": np.zeros(len(lines), dtype=bool)}
        question = _question(lines, left_out, again, (answers or {}).get(OVERLAP))
        questions = (question, *questions)
        gone = left_out[question.chosen or question.best or "once"]
        stays = np.isin(same, same[~gone])
        skipped["duplicate"] += int((gone & stays).sum())
        skipped["replaced"] += int((gone & ~stays).sum())
        lines = lines[~gone].reset_index(drop=True)
        spellings = _left(spellings, gone)
    controls = [part.report.control_total for part in parts]
    report = replace(
        parts[0].report,
        name=_joined(names),
        sha256=_hash([part.report.sha256 for part in parts]),
        sheet=", ".join(dict.fromkeys(part.report.sheet for part in parts)),
        rows_read=rows_read,
        skipped={reason: rows for reason, rows in skipped.items() if rows},
        control_total=None if any(control is None for control in controls) else _added([control for control in controls if control]),
        problems=(*_problems(parts, names), *_between(parts, clients.merged)),
        kept_rows=tuple(
            replace(row, sheet=place(name, row.sheet)) for part, name in zip(parts, names, strict=True) for row in part.report.kept_rows
        ),
        questions=questions,
        sheets=tuple(place(name, sheet) for part, name in zip(parts, names, strict=True) for sheet in part.report.sheets),
    )
    fingerprint = _hash([*(part.fingerprint for part in parts), (answers or {}).get(OVERLAP)])
    return SalesData(lines, fingerprint, report, _period(parts), attributes, spellings)


def file_names(parts: Sequence[SalesData]) -> tuple[str, ...]:
    """The names of the files in their order; the second of a name has (2) behind it."""
    seen: Counter[str] = Counter()
    names = []
    for part in parts:
        seen[part.report.name] += 1
        names.append(part.report.name if seen[part.report.name] == 1 else f"{part.report.name} ({seen[part.report.name]})")
    return tuple(names)


def place(file: str, sheet: str) -> str:
    """How a sheet of one of several files is called."""
    return f"{file} · {sheet}"


def _joined(names: tuple[str, ...]) -> str:
    text = ", ".join(names)
    return text if len(text) <= MAX_NAME else f"{names[0][: MAX_NAME - 8]} + {len(names) - 1}"


def _named(part: SalesData, name: str) -> pd.DataFrame:
    return part.lines.assign(sheet=(place(name, "") + part.lines["sheet"]).astype("str"))


def _problems(parts: Sequence[SalesData], names: tuple[str, ...]) -> tuple[Problem, ...]:
    """Problems of all files, each with its file; those of a month's end only of the file that ends last."""
    end = max((part.period.end for part in parts if part.period), default=date.max)
    found = []
    for part, name in zip(parts, names, strict=True):
        last = part.period is None or part.period.end == end
        for problem in part.report.problems:
            if last or problem.code not in OF_THE_END:
                found.append(replace(problem, sheet=place(name, problem.sheet) if problem.sheet else None))
    return tuple(dict.fromkeys(found))


def _between(parts: Sequence[SalesData], merged: Sequence[str]) -> tuple[Problem, ...]:
    """A warning of the clients that a code joins across the files, beside those that it joins within one."""
    spelled = [part.lines["client_key"].iloc[part.spellings["line"].to_numpy()] for part in parts if len(part.spellings)]
    between = sorted(set(merged).difference(*(keys.unique() for keys in spelled)))
    return (Problem("warning", "possible_duplicates", value=between[0], count=len(between)),) if between else ()


def _left(spellings: pd.DataFrame, gone: np.ndarray) -> pd.DataFrame:
    """The spellings of the lines that are left, by their new places."""
    kept = spellings[~gone[spellings["line"].to_numpy()]]
    return kept.assign(line=(np.cumsum(~gone) - 1)[kept["line"].to_numpy()]).reset_index(drop=True)


def _groups(lines: pd.DataFrame) -> np.ndarray:
    """An int a line, equal for lines that are the same sale."""
    rounded = lines[SAME_LINE].assign(**{name: lines[name].round(2) for name in ("quantity", "revenue", "profit")})
    return rounded.groupby(SAME_LINE, dropna=False, sort=False).ngroup().to_numpy()


def _again(same: np.ndarray, file: np.ndarray) -> np.ndarray:
    """bool a line: an equal line of another file already stands for it."""
    order = pd.DataFrame({"same": same, "file": file}).groupby(["same", "file"]).cumcount()
    return pd.DataFrame({"same": same, "place": order}).duplicated().to_numpy()


def _replaced(lines: pd.DataFrame, file: np.ndarray, same: np.ndarray, again: np.ndarray, parts: Sequence[SalesData]) -> np.ndarray:
    """bool a line: a newer file that repeats lines of this one covers its day, or the line is doubled all the same."""
    ends = [part.period.end if part.period else date.min for part in parts]
    shared = pd.DataFrame({"same": same, "file": file})[np.isin(same, same[again])].drop_duplicates()
    pairs = shared.merge(shared, on="same")[["file_x", "file_y"]].drop_duplicates()
    gone = np.zeros(len(lines), dtype=bool)
    days = lines["date"].to_numpy()
    for old, new in pairs.itertuples(index=False):
        if (ends[old], old) >= (ends[new], new) or (period := parts[new].period) is None:
            continue
        inside = (days >= np.datetime64(period.start)) & (days <= np.datetime64(period.end))
        gone |= (file == old) & inside
    kept = np.flatnonzero(~gone)
    gone[kept[_again(same[kept], file[kept])]] = True
    return gone


def _question(lines: pd.DataFrame, left_out: Mapping[str, np.ndarray], again: np.ndarray, answer: str | None) -> Question:
    if answer is not None and answer not in QUESTIONS[OVERLAP]:
        raise BadInput("not_a_choice", name=OVERLAP, value=answer, allowed=list(QUESTIONS[OVERLAP]))
    choices = tuple(Choice.leading_to(code, lines[~left_out[code]]) for code in QUESTIONS[OVERLAP])
    first = lines[again].iloc[0]
    return Question(OVERLAP, choices, "once", answer, f"{first['sheet']}, {first['row']}")


def _added(controls: list[ControlTotal]) -> ControlTotal:
    return ControlTotal(sum(control.revenue for control in controls), round(sum(control.difference for control in controls), 2))


def _period(parts: Sequence[SalesData]) -> Period | None:
    periods = [part.period for part in parts if part.period]
    return Period(min(period.start for period in periods), max(period.end for period in periods)) if periods else None


def _attributes(parts: Sequence[SalesData], keys: Sequence[pd.Series]) -> pd.DataFrame:
    """Attributes of all files under the keys that hold for all; where files differ the later one holds."""
    frames = []
    for part, now in zip(reversed(parts), reversed(keys), strict=True):
        if not part.attributes.empty:
            became = dict(zip(part.lines["client_key"].to_numpy(), now.to_numpy(), strict=True))
            frames.append(part.attributes.assign(client_key=part.attributes["client_key"].map(became).astype("str")))
    if not frames:
        return pd.DataFrame()
    return pd.concat(frames, ignore_index=True).groupby("client_key", sort=True).first().reset_index()


def _hash(parts: list) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
