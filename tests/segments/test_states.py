"""States of METHOD §2, each at its bound, and the order in which they are tried."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from sbyt_core.segments import segment
from tests.segments.making import PLAIN, table_of


def states(profits: list[float], **columns: object) -> list[str]:
    return segment(table_of(profits, **columns), PLAIN).frame.sort_values("client_key")["state"].tolist()


@pytest.mark.parametrize(("days", "state"), [(44, "regular"), (45, "late"), (89, "late"), (90, "asleep"), (179, "asleep"), (180, "lost")])
def test_states_by_the_own_gap_of_thirty_days(days: int, state: str) -> None:
    assert states([10, 9], days_since_last=[days, 0.0])[0] == state


def test_the_first_that_fits() -> None:
    late = {"days_since_last": [60.0, 0.0]}
    assert states([10, 9], seasonal=[True, False], **late)[0] == "seasonal"
    assert states([10, 9], seasonal=[True, False], year_document_share=[0.51, 0.1], **late)[0] == "one_off"
    assert states([10, 9], seasonal=[True, False], year_document_share=[0.51, 0.1], days_since_last=[180.0, 0.0])[0] == "lost"
    assert states([10, 9], first_ever=[pd.Timestamp("2025-10-01"), pd.Timestamp("2023-01-01")], days_since_last=[999.0, 0.0])[0] == "new"


def test_no_purchase_in_the_period_is_lost() -> None:
    assert states([10, 9], last_purchase=[pd.NaT, pd.Timestamp("2025-12-01")], days_since_last=[np.nan, 0])[0] == "lost"


@pytest.mark.parametrize(("first", "new"), [("2025-09-30", False), ("2025-10-01", True)])
def test_new_is_less_than_three_months_before_the_end(first: str, new: bool) -> None:
    table = table_of([10, 9], first_ever=[pd.Timestamp(first), pd.Timestamp("2023-01-01")])
    frame = segment(table, PLAIN).frame.set_index("client_key")
    assert (frame.loc["c00", "segment"] == "new") is new
    assert not segment(table, replace(PLAIN, newcomer_months=0)).summary.loc["new", "clients"]


@pytest.mark.parametrize(("first_line", "known"), [(date(2025, 7, 1), True), (date(2025, 7, 2), False), (None, False)])
def test_nobody_is_new_in_less_than_half_a_year(first_line: date | None, known: bool) -> None:
    result = segment(table_of([10, 9], first_line=first_line, first_ever=[pd.Timestamp("2025-12-01"), pd.Timestamp("2025-07-05")]), PLAIN)
    assert bool(result.summary.loc["new", "clients"]) is known
    assert ("newcomers_unknown" in [problem.code for problem in result.problems]) is not known


def test_without_an_own_gap_that_of_the_class_then_of_all() -> None:
    # by hand: 70, 20 and 10 are A, B, C; only A (gap 10) and C (gap 40) have a rhythm; all: median of 10 and 40 is 25
    result = segment(table_of([35, 35, 20, 10], median_gap=[10, np.nan, np.nan, 40], gaps=[9, 3, 0, 4], days_since_last=50.0), PLAIN)
    assert result.usual_gap == pytest.approx([10, 10, 25, 40])
    assert result.frame["overdue_ratio"].tolist() == pytest.approx([5, 5, 2, 1.25])
    assert result.frame["state"].tolist() == ["asleep", "asleep", "late", "regular"]


def test_with_no_rhythm_at_all_time_changes_nothing() -> None:
    assert states([10, 9], median_gap=np.nan, gaps=0, days_since_last=900) == ["regular", "regular"]


def test_those_who_bought_only_before_count_as_lost() -> None:
    table = table_of([10, 9])
    gone = pd.DataFrame({"client_key": ["x"], "client": ["x"], "last_purchase": [pd.Timestamp("2024-01-01")], "revenue": [1.0]})
    assert segment(replace(table, lost=gone), PLAIN).states["lost"] == 1
