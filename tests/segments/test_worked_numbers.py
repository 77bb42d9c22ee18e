"""The worked numbers of METHOD §3, typed from it by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sbyt_core.segments import Criteria, segment
from tests.segments.making import PLAIN, classes, table_of

EIGHT = [500, 300, 150, 100, 50, 0, -20, -80]
TEN = [100, 90, 80, 70, 60, 50, 40, 30, 20, 10]
AT_80_95 = replace(PLAIN, cut_a=0.80, cut_b=0.95)
GUARDED = Criteria(regularity=False)


def codes(result) -> list[str]:
    return [problem.code for problem in result.problems]


def test_eight_clients_raw_and_guarded() -> None:
    assert classes(EIGHT, AT_80_95) == "AAABCCCC"
    assert classes(EIGHT, replace(AT_80_95, guards="enforce")) == "AABBCCCC"


def test_share_before_is_the_share_of_the_larger() -> None:
    before = segment(table_of(EIGHT), AT_80_95).frame["share_before"].to_numpy()
    assert before[:5] * 100 == pytest.approx([0, 45.4545, 72.7273, 86.3636, 95.4545], abs=5e-5)


def test_whale_curve_of_the_eight() -> None:
    whale = segment(table_of(EIGHT), AT_80_95).whale
    assert whale.y * 100 == pytest.approx([50, 80, 95, 105, 110, 110, 108, 100])
    assert whale.peak == pytest.approx(1.10)
    assert whale.peak_at == 5
    assert not whale.in_money


def test_ten_falling_values_raw_guarded_and_warned() -> None:
    assert classes(TEN) == "AAAAABBBCC"
    result = segment(table_of(TEN), GUARDED)
    assert "".join(result.frame["segment"]) == "AABBBCCCCC"
    assert [guard.moved for guard in result.guards] == [3, 3]
    assert result.summary.loc["A", "base_share"] == pytest.approx(0.345, abs=5e-4)
    assert "no_group_holds_main_profit" in codes(result)


def test_fifty_and_two_quarters_are_all_a() -> None:
    assert classes([50, 25, 25]) == "AAA"


def test_ten_equal_values_are_all_a_and_when_guarded_all_c() -> None:
    assert classes([7] * 10) == "A" * 10
    result = segment(table_of([7] * 10), GUARDED)
    assert "".join(result.frame["segment"]) == "C" * 10
    assert {"ties_at_border", "no_group_holds_main_profit"} <= set(codes(result))


def test_the_client_with_85_per_cent_is_an_a() -> None:
    assert classes([85, 10, 5]) == "ABC"


def test_exact_borders_of_shares() -> None:
    # by hand: shares before are 0, .7, .9: a share equal to a cut is outside
    assert classes([70, 20, 10]) == "ABC"


def test_by_count_a_fifth_and_a_half() -> None:
    # METHOD: A = floor(.2 n), A + B = floor(.5 n), equal values downward, value ≤ 0 is C
    by_count = replace(PLAIN, method="count")
    assert classes(TEN, by_count) == "AABBBCCCCC"
    assert classes([9, 8, 8, 8, 7, 6, 5, 4, 3, 2], by_count) == "ABBBBCCCCC"
    assert classes([9, 8, 7, -1, -2, -3, -4, -5, -6, -7], by_count) == "AABCCCCCCC"


def test_loss_makers_and_service_drains() -> None:
    # ceil(.2 · 8) = 2: by revenue the two largest are c06 (900) and c00 (800)
    result = segment(table_of(EIGHT, revenue=[800, 700, 600, 500, 400, 300, 900, 200]), PLAIN)
    assert result.tags("c06") == ("service_drain",)
    assert result.tags("c07") == result.tags("c05") == ("loss_making",)
    assert result.tags("c00") == ()


def test_unrounded_shares_do_not_matter() -> None:
    # by hand: ten clients of .1: before the eighth stand .7 exactly, however floats add up
    values = [0.1 + 1e-12 * (10 - i) for i in range(10)]
    assert classes(values) == "AAAAAAABBC"
    assert np.isclose(sum(values), 1)
