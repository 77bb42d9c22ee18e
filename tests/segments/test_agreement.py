"""An agreement gives the same segmentation again, overrides included."""

from __future__ import annotations

import pandas as pd
import pytest

from sbyt_core.errors import BadInput
from sbyt_core.segments import Criteria, Override, segment
from sbyt_core.segments.agreement import agreed_criteria, agreed_segmentation, agreement_of
from tests.segments.making import table_of


def test_an_agreement_comes_back_exactly() -> None:
    clients = table_of([500, 300, 150, 100, 50, 0, -20, -80])
    key = clients.frame["client_key"].iloc[0]
    before = segment(clients, Criteria(cut_a=0.8, cut_b=0.95), overrides=[Override(key, "C", "уходит с рынка", "Анна")])
    after = agreed_segmentation(*agreement_of(before))
    pd.testing.assert_frame_equal(after.frame, before.frame)
    pd.testing.assert_frame_equal(after.summary, before.summary)
    assert after.criteria == before.criteria
    assert after.overrides == before.overrides


@pytest.mark.parametrize("text", ["", "5", "{}", '{"criteria": 1}', '{"criteria": {"no_such": 1}}'])
def test_a_strange_agreement_is_a_coded_error(text: str) -> None:
    with pytest.raises(BadInput):
        agreed_criteria(text)
