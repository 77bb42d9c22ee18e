"""Hours that the strategy book asks for: clients × contacts × minutes, and documents × norm minutes once they are known."""

from __future__ import annotations

from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.strategies import KINDS, StrategyBook, workload

BOOK = StrategyBook.default()


def base(rows, months=12):
    """A stand-in for a segmentation with the columns that workload reads."""
    frame = pd.DataFrame(rows, columns=["manager", "segment", "state", "tags", "documents"])
    frame = frame.astype({"manager": "str", "segment": "str", "state": "str", "tags": "str", "documents": "float64"})
    return SimpleNamespace(frame=frame, clients=SimpleNamespace(months=months))


ROWS = [
    ("Анна", "A", "regular", "", 24),
    ("Анна", "A", "late", "", 12),
    ("Анна", "C", "one_off", "", 1),
    ("Борис", "B", "regular", "promising", 12),
    ("Борис", "B", "regular", "", 6),
    (None, "new", "new", "", 2),
]


def test_hours_by_hand():
    # Anna: A 2×45 min = 1.5 h, late A the same, C 15 min a quarter = 1/12 h
    # Boris: promising 1.5×40 min = 1 h, B 30 min; nobody: new 2×30 min = 1 h
    work = workload(base(ROWS), BOOK)
    assert work.by_manager["hours"].tolist() == pytest.approx([3 + 1 / 12, 1.5, 1.0])
    assert work.by_manager.index[:2].tolist() == ["Анна", "Борис"]
    assert work.by_kind.loc[["A", "late", "C", "promising", "B", "new"], "clients"].tolist() == [1, 1, 1, 1, 1, 1]
    assert work.by_kind.loc["service_drain", "hours"] == 0
    assert work.hours == pytest.approx(5 + 7 / 12)


def test_without_norms_document_hours_are_missing_and_said_so():
    work = workload(base(ROWS), BOOK)
    assert not work.norms_known
    assert work.frame["document_hours"].isna().all()


def test_documents_take_their_norm_minutes():
    # 57 documents a year = 4.75 a month × 20 min = 95 min
    work = workload(base(ROWS), BOOK, norm_minutes=20)
    assert work.norms_known
    assert work.frame["document_hours"].sum() == pytest.approx(95 / 60)
    assert work.hours == pytest.approx(5 + 7 / 12 + 95 / 60)
    # only A has a norm: 24 documents in 6 months = 4 a month × 30 min = 2 h
    only_a = workload(base(ROWS, months=6), BOOK, norm_minutes={"A": 30})
    assert only_a.by_kind["document_hours"].dropna().to_dict() == {"A": pytest.approx(2.0)}


def test_an_unknown_number_of_documents_is_not_nought():
    work = workload(base([("Анна", "A", "regular", "", float("nan"))]), BOOK, norm_minutes=20)
    assert work.frame["document_hours"].isna().all()
    assert work.hours == 1.5


@pytest.mark.parametrize("norm", [-1, float("nan"), 10_001, True, "5"])
def test_a_norm_outside_is_coded(norm):
    with pytest.raises(BadInput) as caught:
        workload(base(ROWS), BOOK, norm_minutes={"A": norm})
    assert (caught.value.code, caught.value.params["name"]) == ("out_of_range", "norm_minutes")


def test_a_norm_of_an_unknown_kind_is_coded():
    with pytest.raises(BadInput) as caught:
        workload(base(ROWS), BOOK, norm_minutes={"D": 5})
    assert caught.value.code == "not_a_choice"


def test_no_clients_ask_for_no_hours():
    work = workload(base([]), BOOK)
    assert work.hours == 0
    assert work.by_kind["clients"].tolist() == [0] * len(KINDS)


CLIENTS = st.lists(
    st.tuples(
        st.sampled_from(["Анна", "Борис", None]),
        st.sampled_from(["A", "B", "C"]),
        st.sampled_from(["regular", "late", "one_off", "lost"]),
        st.sampled_from(["", "promising", "loss_making", "service_drain", "loss_making,promising"]),
        st.integers(0, 50),
    ),
    max_size=30,
)


@settings(deadline=None, max_examples=40)
@given(CLIENTS, st.randoms())
def test_every_client_counts_once_and_order_changes_nothing(rows, random):
    work = workload(base(rows), BOOK, norm_minutes=15)
    assert work.frame["clients"].sum() == work.by_kind["clients"].sum() == work.by_manager["clients"].sum() == len(rows)
    shuffled = list(rows)
    random.shuffle(shuffled)
    pd.testing.assert_frame_equal(workload(base(shuffled), BOOK, norm_minutes=15).frame, work.frame)
