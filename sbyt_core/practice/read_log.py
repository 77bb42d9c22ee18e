"""A file of practice → lines of the log, and every row that could not be taken, with its reason.

Nothing is dropped silently: a row of the table is a line, or a bad row with the codes of all its faults, or blank. Codes:
log_bad_date, log_before_effect (the card did not hold yet), log_in_future, log_no_client, log_unknown_client, log_no_person,
log_unknown_person, log_no_step, log_unknown_step, log_bad_answer (neither yes nor no), log_bad_minutes (no number, below 0, or
above a working day of 480). Warnings: log_twice (a step of a run written more than once: the last holds), log_only_done (no
column says whether a step was done: every row counts as done, and steps of the same run without a row as missed), log_no_times
(days without hours: the order of steps cannot be told), log_zero_minutes (0 minutes are taken as not written),
log_ambiguous_dates (day or month first cannot be told: day first).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd

from sbyt_core.cards.life import CardVersion, worked_by
from sbyt_core.cards.model import Card
from sbyt_core.errors import Problem
from sbyt_core.practice.cells import answer_of, at_time, minutes_of, serial_moment, text_of
from sbyt_core.practice.columns import LogTable, find_log
from sbyt_core.practice.known import KnownClients, KnownPeople, StepsByDay
from sbyt_core.practice.log import empty_log, identity_of, joined, run_of, typed
from sbyt_core.sales.formats.reader import read_workbook
from sbyt_core.sales.values.dates import read_dates

TEXT_ROLES = ("employee", "client", "client_code", "document", "step", "operation", "note")
MOST_MINUTES = 480.0  # a working day: one step takes no longer


@dataclass(frozen=True)
class BadRow:
    """A row that is no line: where it stands, the codes of its faults, its cells as the file shows them."""

    sheet: str
    row: int  # 1-based
    codes: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class LogReading:
    """lines: columns of `LOG_COLUMNS`; rows_read = rows taken + bad rows (implied lines and doubles aside)."""

    lines: pd.DataFrame
    bad: tuple[BadRow, ...]
    problems: tuple[Problem, ...]
    name: str
    sha256: str
    sheet: str
    headers: tuple[str, ...]
    columns: Mapping[str, str]  # role → header
    rows_read: int


def read_log(
    data: bytes,
    *,
    card: Card,
    versions: Sequence[CardVersion] = (),
    clients: pd.DataFrame,
    name: str = "",
    people: Collection[str] | None = None,
    kinds: Mapping[str, str] | None = None,
    effective: date | None = None,
    today: date | None = None,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
) -> LogReading:
    """Read the bytes of a log, any table file that sales may come in.

    card: the one in effect now; versions: of the card, each for the rows of its time, as of `followed`;
    clients: client_key, client, client_code, one row a client; people: who may stand in the log, None: anybody; kinds:
    client_key → kind of clients, for the steps that are missed in a log of done steps alone; effective: first day of the card;
    today: last day that a log can tell of.
    Raises BadFile (no table, log_without_dates, …) and BadInput (mapping).
    """
    book = read_workbook(data, sheet=sheet)
    table = find_log(book, sheet=sheet, mapping=mapping)
    reader = _Reader(table, KnownClients(clients), KnownPeople(people), StepsByDay(card, versions), effective, today)
    reader.read()
    lines = typed(pd.DataFrame(reader.lines)) if reader.lines else empty_log()
    tell = reader.tell
    if len(lines):
        if doubles := int(identity_of(lines).duplicated().sum()):
            tell("log_twice", doubles)
        if (lines["moment"] == lines["moment"].dt.normalize()).all():
            tell("log_no_times", len(lines))
        if "done" not in table.roles:
            lines = joined(_missed(lines, card, versions, kinds or {}), lines)
            tell("log_only_done", int(lines["implied"].sum()))
        lines = joined(empty_log(), lines)
    return LogReading(
        lines=lines,
        bad=tuple(reader.bad),
        problems=tuple(reader.problems),
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        sheet=table.grid.name,
        headers=table.headers,
        columns={role: table.headers[column] for role, column in table.roles.items()},
        rows_read=reader.rows,
    )


@dataclass
class _Reader:
    """One pass over the rows of a table."""

    table: LogTable
    clients: KnownClients
    people: KnownPeople
    steps: StepsByDay
    effective: date | None
    today: date | None
    lines: list[dict[str, object]] = field(default_factory=list)
    bad: list[BadRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    rows: int = 0

    def read(self) -> None:
        named = [(row, cells, tuple(text_of(cell) for cell in cells)) for row, cells in self.table.rows()]
        named = [(row, cells, texts) for row, cells, texts in named if any(texts) and texts != self.table.headers]
        self.rows = len(named)
        moments = self._moments([cells for _, cells, _ in named])
        zeros = 0
        for (row, cells, texts), moment in zip(named, moments, strict=True):
            line, faults = self._line(cells, texts, moment)
            if faults:
                self.bad.append(BadRow(self.table.grid.name, row, tuple(faults), texts))
                continue
            if line["minutes"] == 0:
                zeros += 1
                line["minutes"] = None
            self.lines.append(line)
        counts = Counter(code for one in self.bad for code in one.codes)
        for code in sorted(counts):
            first = next(one for one in self.bad if code in one.codes)
            self.problems.append(Problem("warning", code, first.sheet, first.row, None, None, counts[code]))
        if zeros:
            self.tell("log_zero_minutes", zeros)

    def tell(self, code: str, count: int) -> None:
        self.problems.append(Problem("warning", code, self.table.grid.name, count=count))

    def _line(self, cells: tuple[object, ...], texts: tuple[str, ...], moment: datetime | None) -> tuple[dict[str, object], list[str]]:
        text = {role: str(self.table.cell(role, texts) or "") for role in TEXT_ROLES}
        faults = []
        if moment is None:
            faults.append("log_bad_date")
        elif self.effective and moment.date() < self.effective:
            faults.append("log_before_effect")
        elif self.today and moment.date() > self.today:
            faults.append("log_in_future")
        key = self.clients.find(text["client"], text["client_code"])
        if key is None:
            faults.append("log_unknown_client" if text["client"] or text["client_code"] else "log_no_client")
        person = self.people.find(text["employee"]) if text["employee"] else None
        if person is None:
            faults.append("log_unknown_person" if text["employee"] else "log_no_person")
        step = self.steps.find(text["step"], text["operation"], moment.date() if moment else None)
        if step is None:
            faults.append("log_unknown_step" if text["step"] or text["operation"] else "log_no_step")
        done, in_time = (answer_of(self.table.cell(role, cells)) for role in ("done", "in_time"))
        if done == "" or in_time == "" or (done is None and "done" in self.table.roles):
            faults.append("log_bad_answer")
        minutes = minutes_of(self.table.cell("minutes", cells))
        if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
            faults.append("log_bad_minutes")
        line = {
            "moment": moment,
            "employee": person,
            "client_key": key,
            "client": self.clients.names.get(key or ""),
            "document": text["document"] or None,
            "step": step,
            "done": done is not False,
            "in_time": in_time if done is not False else None,
            "minutes": minutes,
            "note": text["note"] or None,
            "implied": False,
        }
        return line, faults

    def _moments(self, rows: list[tuple[object, ...]]) -> list[datetime | None]:
        cells = [self.table.cell("date", row) for row in rows]
        written = read_dates([cell if isinstance(cell, str) else "" for cell in cells])
        if written.ambiguous:
            self.tell("log_ambiguous_dates", len(rows))
        result: list[datetime | None] = []
        for row, cell, day in zip(rows, cells, written.days, strict=True):
            moment = cell if isinstance(cell, datetime) else None
            if isinstance(cell, str) and day == day:
                moment = at_time(pd.Timestamp(day).to_pydatetime(), cell)
            elif isinstance(cell, float):
                moment = serial_moment(cell)
            clock = self.table.cell("time", row)
            result.append(moment if moment is None or clock is None else at_time(moment, clock))
        return result


def _missed(lines: pd.DataFrame, card: Card, versions: Sequence[CardVersion], kinds: Mapping[str, str]) -> pd.DataFrame:
    """Lines for the steps that runs of done steps alone leave out, at the run's last moment."""
    rows = []
    for _, part in lines.groupby(run_of(lines)):
        last = part.sort_values("moment", kind="stable").iloc[-1]
        held = worked_by(versions, part["moment"].min().date())
        for step in (card if held is None else held.card).steps_for(kinds.get(last["client_key"])):
            if step.key not in set(part["step"]):
                rows.append({**last, "step": step.key, "done": False, "in_time": None, "minutes": None, "note": None, "implied": True})
    return typed(pd.DataFrame(rows)) if rows else empty_log()
