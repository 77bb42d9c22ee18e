"""Better or worse than on the day of the decision: the figures of the tests are counted by hand or by R."""

from __future__ import annotations

import pytest

from sbyt_core.committee import Kpi
from sbyt_core.committee.progress import ENOUGH, progress
from sbyt_core.practice import ENOUGH as OF_PRACTICE


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        ((0.5, 40), (0.8, 40), "better"),  # 20 of 40 and 32 of 40: fisher.test gives p = 0.009
        ((0.8, 40), (0.5, 40), "worse"),
        ((0.5, 40), (0.6, 40), "chance"),  # 20 and 24 of 40: p = 0.50
        ((0.5, 40), (1.0, 19), "little"),
        ((0.5, 19), (1.0, 40), "little"),
    ],
)
def test_a_share_is_better_where_it_is_higher(then: tuple[float, int], now: tuple[float, int], told: str) -> None:
    assert progress(Kpi("done", "s2", value=then[0], n=then[1]), *now) == told


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [(6.0, 0.0, "better"), (0.0, 6.0, "worse"), (5.0, 1.0, "chance"), (5.0, 0.0, "little")],  # 2 · 0.5⁶ = 0.031, 2 · 7 · 0.5⁶ = 0.219
)
def test_situations_are_better_where_there_are_fewer(then: float, now: float, told: str) -> None:
    assert progress(Kpi("situations", "s2", value=then), now, None) == told


def test_too_little_data_is_the_same_for_the_committee_and_for_practice() -> None:
    assert ENOUGH == OF_PRACTICE


@pytest.mark.parametrize("kpi", [Kpi("minutes", "s2", value=8.0, n=40), Kpi("own", text="Жалобы", value=8.0), Kpi("done", "s2")])
def test_nothing_is_said_of_what_cannot_be_told(kpi: Kpi) -> None:
    assert progress(kpi, 0.5, 40) is None
    assert progress(Kpi("done", "s2", value=0.5, n=40), None, 40) is None
