"""Counting the moved agrees with listing them, on one ranking and across two."""

from __future__ import annotations

import pytest

from sbyt_core.segments import Criteria, Override, count_moved, moved_clients, segment
from tests.segments.making import table_of

VALUES = [500, 300, 150, 100, 50, 0, -20, -80]


@pytest.mark.parametrize("other", [Criteria(cut_a=0.5), Criteria(measure="revenue"), Criteria(guards="off"), Criteria()])
def test_the_count_is_the_length_of_the_list(other: Criteria) -> None:
    clients = table_of(VALUES)
    key = clients.frame["client_key"].iloc[0]
    before = segment(clients, Criteria(cut_a=0.8, cut_b=0.95), overrides=[Override(key, "C", "уходит", "Анна")])
    for after in (segment(clients, other), segment(table_of(VALUES), other)):
        assert count_moved(before, after) == len(moved_clients(before, after))
