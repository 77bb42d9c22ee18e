"""Money overdue for the same profit, by segment: figures worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from sbyt_core.segments import segment
from sbyt_core.segments.trouble import trouble_by_segment
from tests.segments.making import PLAIN, table_of


def test_overdue_per_thousand_of_profit() -> None:
    result = segment(table_of([700.0, 300, 150, 50, -20]), PLAIN)  # A 700 + 300, B 150, C 50 − 20
    table = trouble_by_segment(result.ranking, result.final, np.array([100.0, np.nan, 30, 60, np.nan]))
    assert table["overdue"].tolist() == [100, 30, 60]
    assert table["overdue_per_1000"].tolist() == pytest.approx([100, 200, 2000])


def test_without_the_figure_there_is_no_column() -> None:
    assert "overdue" not in segment(table_of([5.0, 4, 1]), PLAIN).trouble_by_segment
