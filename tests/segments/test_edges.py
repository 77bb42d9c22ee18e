"""Bases at the edge: each gives classes or a coded message, never a traceback."""

from __future__ import annotations

import numpy as np
import pytest

from sbyt_core.errors import BadInput, NoPositiveValue
from sbyt_core.segments import Criteria, find_cuts, passport, segment
from tests.segments.making import PLAIN, classes, table_of

BASES: dict[str, dict[str, object]] = {
    "one client": {"profits": [5.0]},
    "all equal": {"profits": [5.0] * 8},
    "first client 96 %": {"profits": [96.0, 1, 1, 1, 1]},
    "199 of 200 bought once": {"profits": [50.0] + [1.0] * 199, "documents": [12.0] + [1.0] * 199},
    "no profit": {"profits": [np.nan] * 5, "revenue": [5, 4, 3, 2, 1]},
    "no dates": {
        "profits": [5.0, 4, 3, 2, 1],
        "first_line": None,
        "active_share": np.nan,
        "cv": np.nan,
        "median_gap": np.nan,
        "gaps": np.nan,
        "days_since_last": np.nan,
    },
    "three": {"profits": [3.0, 2, 1]},
    "total zero": {"profits": [5.0, 5, -10, 0]},
    "total negative": {"profits": [5.0, -10, 0, -3]},
}


@pytest.mark.parametrize("base", BASES.values(), ids=list(BASES))
@pytest.mark.parametrize("method", ["value", "count"])
def test_everything_can_be_looked_at(base: dict[str, object], method: str) -> None:
    table = table_of(**base)  # type: ignore[arg-type]
    result = segment(table, Criteria(method=method, trouble=True))
    assert result.summary["clients"].sum() == len(result.frame) == len(base["profits"])  # type: ignore[arg-type]
    assert sum(result.states.values()) == len(result.frame)
    assert np.isfinite(result.whale.y).all()
    assert result.problems is not None
    for key in result.frame["client_key"][:5]:
        seen = passport(result, key)
        assert seen.reasons[-1].to == seen.segment
    assert find_cuts(table, Criteria()).criteria.cut_a < 1


def test_all_losses_say_so() -> None:
    with pytest.raises(NoPositiveValue):
        segment(table_of([-1.0, -2, 0]))


def test_nobody_to_class_says_so() -> None:
    for table in (table_of([]), table_of([5.0, 4.0], is_aggregate=True), table_of([5.0], first_ever="2025-12-01")):
        with pytest.raises(BadInput) as told:
            segment(table)
        assert told.value.code == "no_clients"


def test_the_first_client_with_96_per_cent_is_a_alone() -> None:
    assert classes([96.0, 1, 1, 1, 1]) == "ACCCC"


def test_collective_clients_stand_outside_until_told_otherwise() -> None:
    table = table_of([90.0, 5, 5, 5], is_aggregate=[True, False, False, False])
    assert segment(table, PLAIN).frame["client_key"].tolist() == ["c01", "c02", "c03"]
    assert len(segment(table, Criteria(aggregate_inside=True)).frame) == 4


def test_whale_in_money_when_the_total_is_not_positive() -> None:
    whale = segment(table_of([5.0, 5, -10, -2]), PLAIN).whale
    assert whale.in_money
    assert whale.y.tolist() == [5, 10, 8, -2]
    assert (whale.peak, whale.peak_at, whale.total) == (10, 2, -2)
