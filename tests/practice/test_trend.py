"""The trend by week, or by more weeks where a week holds too little."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd

from sbyt_core.practice.followed import followed
from sbyt_core.practice.trend import trend
from tests.practice.making import START, card, log, run


def weekly(*orders: tuple[int, int]) -> pd.DataFrame:
    """Runs of one step: so many done of so many in every week from that of 1 July 2025 on."""
    runs = []
    for week, (done, n) in enumerate(orders):
        runs += [run(f"{week}-{i}", [("s1", i < done)], start=START + timedelta(weeks=week, minutes=i)) for i in range(n)]
    return followed(log(*runs), card(1)).runs


def test_weeks_that_hold_enough_stand_alone() -> None:
    found = trend(weekly((5, 20), (10, 25)), "complete")
    assert found.weeks == 1
    assert found.table["start"].tolist() == [pd.Timestamp(2025, 6, 30), pd.Timestamp(2025, 7, 7)], "Mondays"
    assert found.table[["k", "n"]].to_numpy().tolist() == [[5, 20], [10, 25]]


def test_thin_weeks_are_put_together_by_two_and_by_four() -> None:
    assert trend(weekly(*[(3, 12)] * 4), "complete").table["n"].tolist() == [24, 24]
    four = trend(weekly(*[(3, 6)] * 5), "complete")
    assert (four.weeks, four.table["n"].tolist(), four.table["enough"].tolist()) == (4, [24, 6], [True, False])


def test_a_figure_that_moved_by_more_than_chance() -> None:
    assert trend(weekly((4, 40), (30, 40)), "complete").moved == "rose"
    assert trend(weekly((30, 40), (4, 40)), "complete").moved == "fell"
    assert trend(weekly((20, 40), (22, 40)), "complete").moved is None
    assert trend(weekly((0, 10), (10, 10)), "complete").moved is None, "too little data"


def test_nothing_known_has_no_trend() -> None:
    found = trend(weekly((4, 40)), "in_time")
    assert len(found.table) == 0
    assert found.moved is None
