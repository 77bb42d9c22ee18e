"""What reading a file of sales gives: lines in one fixed shape, and a report of how they came to be.

Missing is missing: a column that the file does not have is present and empty, never 0. Money is in the currency of the
file, net of returns (a return is a line with negative revenue at its own date).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from sbyt_core.errors import Problem
from sbyt_core.sales.period import Period

# column → pandas dtype of `SalesData.lines`, in this order; all are always present
LINE_COLUMNS: dict[str, str] = {
    "date": "datetime64[us]",  # NaT where the file gives no usable date
    "client_key": "str",  # identity used for grouping: code, else normalised name; missing = unassigned
    "client": "str",  # name as shown
    "client_code": "str",  # ИНН or the code of the file, text with its leading zeros
    "aggregate": "bool",  # «Розничный покупатель» and the like: not one client
    "document": "str",
    "item": "str",
    "manager": "str",
    "branch": "str",
    "kind": "str",  # "sale" or "return"
    "quantity": "float64",
    "revenue": "float64",
    "profit": "float64",
    "discount": "float64",  # money given away on the line, positive
    "sheet": "str",
    "row": "int64",  # 1-based row of the sheet the line stands in
}


@dataclass(frozen=True)
class Choice:
    """One answer to a question and the figures that it leads to (None where not known); first and last day of its lines as ISO dates."""

    code: str
    rows: int | None = None
    n_clients: int | None = None
    revenue: float | None = None
    profit: float | None = None
    period_start: str | None = None
    period_end: str | None = None

    @classmethod
    def leading_to(cls, code: str, lines: pd.DataFrame) -> Choice:
        """The answer that leads to these lines of sales."""

        def total(name: str) -> float | None:
            return round(float(lines[name].sum()), 2) if lines[name].notna().any() else None

        days = lines["date"].dropna()
        first, last = (days.min().date().isoformat(), days.max().date().isoformat()) if len(days) else (None, None)
        return cls(code, len(lines), int(lines["client_key"].nunique()), total("revenue"), total("profit"), first, last)


@dataclass(frozen=True)
class Question:
    """What the program must not decide alone; `best` is its reading until somebody answers (None: it cannot go on)."""

    code: str
    choices: tuple[Choice, ...]
    best: str | None
    chosen: str | None = None  # the user's answer, None while open
    example: str | None = None  # a value from the file that shows what is asked


@dataclass(frozen=True)
class ControlTotal:
    """The total that the file states itself, and lines minus total."""

    revenue: float
    difference: float


@dataclass(frozen=True)
class KeptRow:
    """A row of the file that is worth a look, as the file shows it: `cells` go with the headers of its table.

    about: "skipped.REASON", or the code of a warning, with ":HEADER" where it is about one column.
    """

    about: str
    sheet: str
    row: int  # 1-based
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ReadReport:
    """What was read, what was left out and why; rows = lines + sum of skipped."""

    name: str
    sha256: str
    format: str
    sheet: str
    header_row: int | None  # 1-based
    columns: Mapping[str, str]  # role → header of the file
    headers: tuple[str, ...]  # all headers of the table, left to right
    rows_read: int
    skipped: Mapping[str, int]  # reason → rows
    control_total: ControlTotal | None
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    sheets: tuple[str, ...] = ()
    preview: tuple[tuple[str, ...], ...] = ()  # `headers` and the first ten rows of the table, as the file shows them
    shape: str = ""  # the same for next month's export of the same report: a mapping and answers may be kept under it
    kept_rows: tuple[KeptRow, ...] = ()  # the first rows left out by each reason, and those behind warnings

    @property
    def warnings(self) -> tuple[str, ...]:
        """Codes of the warnings, each once, in the order found."""
        return tuple(dict.fromkeys(p.code for p in self.problems if p.severity == "warning"))

    @property
    def open_questions(self) -> tuple[Question, ...]:
        """Questions nobody has answered yet."""
        return tuple(q for q in self.questions if q.chosen is None)


@dataclass(frozen=True)
class SalesData:
    """Sales lines (columns of `LINE_COLUMNS`), where they came from, and the period the file covers.

    attributes: one row a client_key with the columns nobody mapped that are constant for a client (city, phone).
    spellings: `line` (its place from 0) and `name` of the lines that a code joined to a client shown by another name.
    """

    lines: pd.DataFrame
    fingerprint: str  # SHA-256 over the file, the mapping and the answers
    report: ReadReport
    period: Period | None  # as the file states it, else first to last dated line; None without dates
    attributes: pd.DataFrame = field(default_factory=pd.DataFrame)
    spellings: pd.DataFrame = field(default_factory=pd.DataFrame)

    @property
    def n_clients(self) -> int:
        """Distinct clients; lines that name nobody count for none, «Розничный покупатель» counts for one."""
        return int(self.lines["client_key"].nunique())

    @property
    def revenue(self) -> float | None:
        """Sum of the lines' revenue; None when no line states one."""
        return _total(self.lines["revenue"])

    @property
    def profit(self) -> float | None:
        """Sum of the lines' profit; None when no line states one."""
        return _total(self.lines["profit"])

    @property
    def has_profit(self) -> bool:
        """Whether any line states a profit."""
        return bool(self.lines["profit"].notna().any())


def _total(values: pd.Series) -> float | None:
    return float(values.sum()) if values.notna().any() else None
