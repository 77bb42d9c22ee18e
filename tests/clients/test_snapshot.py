"""A snapshot gives the same table back, and so the same classes and figures."""

from __future__ import annotations

import pandas as pd
import pytest

from sbyt_core.clients import client_table
from sbyt_core.clients.snapshot import table_from_bytes, table_to_bytes
from sbyt_core.errors import BadFile
from sbyt_core.sales.read import read_sales
from sbyt_core.segments import Criteria, segment
from tests.house.test_floors import ROOT


@pytest.fixture(scope="module")
def sample():
    return client_table(read_sales(ROOT / "sample_data" / "sales.xlsx"))


def test_a_table_comes_back_as_it_was(sample) -> None:
    back = table_from_bytes(table_to_bytes(sample))
    pd.testing.assert_frame_equal(back.frame, sample.frame)
    pd.testing.assert_frame_equal(back.lost, sample.lost)
    for name in ("period", "months", "has_profit", "total", "unassigned", "undated", "aggregate", "first_line", "last_line", "problems"):
        assert getattr(back, name) == getattr(sample, name), name


def test_the_same_criteria_give_the_same_classes_and_figures(sample) -> None:
    criteria = Criteria(cut_a=0.63, cut_b=0.88, newcomer_months=5)
    before, after = segment(sample, criteria), segment(table_from_bytes(table_to_bytes(sample)), criteria)
    pd.testing.assert_frame_equal(after.frame, before.frame)
    pd.testing.assert_frame_equal(after.summary, before.summary)
    assert after.guards == before.guards


def test_the_same_table_gives_the_same_bytes(sample) -> None:
    assert table_to_bytes(sample) == table_to_bytes(sample)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no zip", b"x" * 1000])
def test_other_bytes_are_a_coded_error(content: bytes) -> None:
    with pytest.raises(BadFile, match="damaged_file"):
        table_from_bytes(content)
