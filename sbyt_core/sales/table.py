"""A table found in a sheet, and what is found out on the way: questions, problems, rows left out.

`Table` is flat: one row a line, one column a field, whatever the layout of the sheet was. `Findings` goes from step to step of one
reading; `ask` gives the answer that holds: the user's, else the best reading.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sbyt_core.errors import BadInput, Problem
from sbyt_core.sales.model import Choice, KeptRow, Question
from sbyt_core.sales.period import Period
from sbyt_core.sales.values.column import Column

# every question that a file can raise → its answers; a question may add its own, such as a header or a currency
QUESTIONS: dict[str, tuple[str, ...]] = {
    "several_sheets": ("all_sheets",),
    "no_header": ("first_row_is_data", "first_row_is_header"),
    "hierarchy_unclear": ("by_sums", "flat"),
    "pivot_layout": ("outer_is_client", "inner_is_client", "middle_is_client"),
    "amount_column": (),
    "ambiguous_numbers": ("thousands", "decimal"),
    "ambiguous_dates": ("day_first", "month_first"),
    "status_column": ("won_only", "all"),
    "currency": ("as_one",),
    "returns_sign": ("subtract", "as_is"),
    "duplicate_rows": ("keep", "remove"),
    "overlapping_files": ("once", "newest", "keep_all"),
    "no_profit": ("by_revenue", "margin_10", "margin_20", "margin_30", "margin_40"),
}
# why a row of the sheet is no line
SKIPPED = (
    "blank", "repeated_header", "total", "subtotal", "group", "note", "no_amount", "not_won", "other_currency", "duplicate",
    "replaced",
)  # fmt: skip
# what a reading may tell beside questions, see `warning.CODE`
WARNINGS = (
    "hidden_rows", "hidden_columns", "hidden_sheets", "total_mismatch", "unparsed_numbers", "unit_mismatch", "vat_basis", "discount_scale",
    "revenue_from_price", "bad_dates", "no_transaction_dates", "monthly_granularity", "partial_period", "unassigned_client",
    "aggregate_client", "possible_duplicates",
    "missing_profit", "too_few_clients", "non_positive_total", "concentration", "ties_at_boundary",
    "frequency_not_informative",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of one length and where their rows stand.

    rows: 1-based sheet row of every row; titles: texts above the header (titles, parameters of the report); roles: columns whose
    role the layout itself proves; control: totals that the layout met, header → value; left_out: rows that it dropped, by reason;
    hollow_columns: headers of columns that hold nothing but formulas without values.
    """

    sheet: str
    columns: tuple[Column, ...]
    rows: np.ndarray
    header_row: int | None
    titles: tuple[str, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    control: Mapping[str, float] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    stated: Period | None = None
    monthly: bool = False
    formulas_without_values: int = 0
    hollow_columns: frozenset[str] = frozenset()
    hidden_rows: int = 0
    hidden_columns: tuple[str, ...] = ()

    @property
    def headers(self) -> tuple[str, ...]:
        """Headers, left to right."""
        return tuple(column.header for column in self.columns)

    def column(self, header: str) -> Column:
        """The column of a header."""
        return self.columns[self.headers.index(header)]


class Findings:
    """What one reading finds: questions with the answers that hold, problems, rows left out by reason."""

    def __init__(self, answers: Mapping[str, str] | None = None) -> None:
        self.answers = dict(answers or {})
        for code in self.answers:
            if code not in QUESTIONS:
                raise BadInput("unknown_setting", name=code, allowed=list(QUESTIONS))
        self.questions: dict[str, Question] = {}
        self.problems: list[Problem] = []
        self.skipped: Counter[str] = Counter()
        self.kept: list[KeptRow] = []

    def ask(self, code: str, choices: tuple[str, ...], best: str | None, example: str | None = None, free: str | None = None) -> str | None:
        """The answer that holds for a question. free: the beginning of answers that are allowed beside the listed ones ("margin_").

        Raises BadInput when the user's answer is none of the choices.
        """
        chosen = self.answers.get(code)
        if chosen is not None and chosen not in choices and not (free and chosen.startswith(free)):
            raise BadInput("not_a_choice", name=code, value=chosen, allowed=list(choices))
        listed = choices if chosen is None or chosen in choices else (*choices, chosen)
        self.questions[code] = Question(code, tuple(Choice(choice) for choice in listed), best, chosen, example)
        return chosen if chosen is not None else best

    def tell(
        self, code: str, *, severity: str = "warning", count: int = 1, sheet: str | None = None, row: int | None = None,
        column: str | None = None, value: str | None = None,
    ) -> None:  # fmt: skip
        """Note a problem and where it stands first."""
        if code not in WARNINGS:
            raise AssertionError(f"undeclared warning {code!r}")
        self.problems.append(Problem(severity, code, sheet, row, column, value, count))

    def take(self, other: Findings) -> None:
        """Add what another step found."""
        self.questions.update(other.questions)
        self.problems.extend(other.problems)
        self.skipped.update(other.skipped)
        self.kept.extend(other.kept)

    def skip(self, reason: str, rows: int) -> None:
        """Count rows left out."""
        if reason not in SKIPPED:
            raise AssertionError(f"undeclared reason {reason!r}")
        if rows:
            self.skipped[reason] += int(rows)


def nearest_total(totals: np.ndarray, whole: float) -> float | None:
    """The total nearest to the sum of the lines among those that a table states, or the sum of totals that each state a part."""
    stated = [float(total) for total in totals if not np.isnan(total)]
    if len(stated) > 1:
        stated.append(sum(stated))
    return min(stated, key=lambda total: (abs(total - whole), -abs(total)), default=None)
