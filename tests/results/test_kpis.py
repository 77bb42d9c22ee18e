"""The board: figures counted by hand from few lines, groups that add up, and what is missing staying missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sbyt_core.results.kpis import GROUPS, KPIS, Beside, kpis, resources_kept
from tests.clients.making import sales_data
from tests.results.making import AFTER, BEFORE, EARLIER, facts_from

ROWS = [
    {"date": EARLIER, "client_key": "z", "document": "0", "revenue": 10.0, "profit": 1.0, "manager": "М1", "branch": "Ф"},
    {"date": BEFORE, "client_key": "a", "document": "1", "revenue": 100.0, "profit": 20.0, "manager": "М1", "branch": "Ф"},
    {"date": BEFORE, "client_key": "a", "document": "1", "revenue": 60.0, "profit": 10.0, "manager": "М1", "branch": "Ф"},
    {"date": BEFORE, "client_key": "b", "document": "2", "revenue": 40.0, "profit": 10.0, "manager": "М2", "branch": "Ф"},
    {"date": AFTER, "client_key": "a", "document": "3", "revenue": 200.0, "profit": 50.0, "manager": "М1", "branch": "Ф"},
    {"date": AFTER, "client_key": "a", "document": "4", "revenue": 130.0, "profit": 30.0, "manager": "М2", "branch": "Ф"},
    {"date": AFTER, "client_key": "a", "document": "5", "revenue": -30.0, "profit": -10.0, "manager": "М2", "branch": "Ф"},
    {"date": AFTER, "client_key": "c", "document": "6", "revenue": 100.0, "profit": 10.0, "manager": "М2", "branch": "Ф"},
    {
        "date": AFTER,
        "client_key": "retail",
        "document": "7",
        "revenue": 50.0,
        "profit": 5.0,
        "aggregate": True,
        "manager": "М2",
        "branch": "Ф",
    },
    {"date": AFTER, "client_key": None, "document": "8", "revenue": 50.0, "profit": 5.0, "manager": None, "branch": "Ф"},
]
FACTS = facts_from(sales_data(ROWS))


def board(**options: object) -> pd.DataFrame:
    return kpis(FACTS, **options).set_index("code")  # type: ignore[arg-type]


def test_figures_by_hand() -> None:
    found = board()
    assert found.loc["revenue", ["before", "after"]].tolist() == [200, 500]
    assert found.loc["profit", ["before", "after"]].tolist() == [40, 90]
    assert found.loc["margin", ["before", "after"]].tolist() == pytest.approx([0.20, 0.18])
    assert found.loc["margin", "change"] == pytest.approx(-0.02)  # points, not a share of a share
    assert found.loc["revenue", "change"] == pytest.approx(1.5)
    # documents that sell: 1, 2 before; 3, 4, 6, 7 after (8 belongs to no client, 5 only gives back)
    assert found.loc["documents", ["before", "after"]].tolist() == [2, 4]
    assert found.loc["average_document", ["before", "after"]].tolist() == [100, 125]
    assert found.loc["returns_share", "after"] == pytest.approx(30 / 530)
    assert found.loc["active_clients", ["before", "after"]].tolist() == [2, 2]  # retail is not one client
    assert found.loc["new_clients", "after"] == 1  # c
    assert found.loc["lost_clients", "after"] == 1  # b
    assert found.loc["lost_clients", "before"] == 0  # nobody bought in January 2023, z did in December 2022


def test_what_the_data_do_not_reach_back_to_is_missing() -> None:
    found = kpis(facts_from(sales_data([row for row in ROWS if row["date"] != EARLIER]))).set_index("code")
    assert found.loc[["new_clients", "lost_clients"], "before"].isna().all()
    assert found.loc["lost_clients", "after"] == 1


@pytest.mark.parametrize("by", [group for group in GROUPS if group != "segment"])
def test_groups_add_up_to_the_company(by: str) -> None:
    grouped = kpis(FACTS, by=by)
    for code in ("revenue", "profit"):
        mine = grouped[grouped["code"] == code]
        whole = board().loc[code]
        missing_group = sum(row["revenue"] for row in ROWS if row["date"] == AFTER and row.get(by) is None) if by == "manager" else 0
        if code == "revenue":
            assert mine["after"].sum() + missing_group == pytest.approx(whole["after"])
        assert mine["before"].sum() == pytest.approx(whole["before"])


def test_by_segment_of_frozen_members() -> None:
    grouped = kpis(FACTS, by="segment", classes=pd.Series({"a": "A", "b": "C"})).set_index(["group", "code"])
    assert grouped.loc[("A", "revenue"), "after"] == 300
    assert grouped.loc[("new", "revenue"), "after"] == 100  # c; retail and nobody stand in no segment
    assert grouped.loc[("C", "lost_clients"), "after"] == 1  # b, who stood there
    assert grouped.loc[("C", "revenue"), "after"] == 0


def test_a_month_meets_its_own_a_year_before() -> None:
    found = kpis(FACTS, by="month").query("code == 'revenue'")
    assert found["group"].tolist() == [pd.Timestamp("2025-01-01")]
    assert found[["before", "after"]].to_numpy().tolist() == [[200, 500]]


def test_per_hour_and_per_manager_only_where_they_were_said() -> None:
    said = (Beside(hours=10, headcount=2, payroll=300), Beside(hours=10, headcount=2, payroll=300, card_followed=0.78))
    found = board(beside=said)
    assert found.loc["revenue_per_hour", ["before", "after"]].tolist() == [20, 50]
    assert found.loc["profit_per_manager", ["before", "after"]].tolist() == [20, 45]
    assert found.loc["card_followed", "after"] == 0.78
    assert np.isnan(found.loc["card_followed", "before"])
    assert board()[["before", "after"]].loc[["revenue_per_hour", "hours", "net_profit", "open_situations"]].isna().all(axis=None)


def test_net_profit_by_segment_and_whole() -> None:
    cost = [9.0, 3.0, 2.0, 8.0, 4.0, 2.0, 1.0, 2.0, 0.5, 0.5]  # before: a 5, b 8; after: a 7, c 2, retail and nobody .5 each
    facts = facts_from(sales_data(ROWS), cost)
    assert kpis(facts).set_index("code").loc["net_profit", ["before", "after"]].tolist() == [27, 80]
    grouped = kpis(facts, by="segment", classes=pd.Series({"a": "A", "b": "C"})).set_index(["group", "code"])
    assert grouped.loc[("A", "net_profit"), ["before", "after"]].tolist() == [25, 63]
    assert grouped.loc[("new", "net_profit"), "after"] == 8
    by_manager = kpis(facts, by="manager").set_index(["group", "code"])
    assert by_manager.loc[("М1", "cost_to_serve"), ["before", "after"]].tolist() == [5, 4]


def test_no_profit_is_missing_and_never_0() -> None:
    rows = [{"date": day, "client_key": "a", "revenue": 100.0} for day in (BEFORE, AFTER)]
    found = kpis(facts_from(sales_data(rows))).set_index("code")
    assert found.loc[["profit", "margin", "net_profit"], ["before", "after"]].isna().all(axis=None)


@pytest.mark.parametrize(
    ("before", "after", "kept"),
    [
        (Beside(), Beside(), None),
        (Beside(headcount=5), Beside(headcount=5), True),
        (Beside(headcount=5), Beside(headcount=6), False),
        (Beside(hours=100, payroll=1000), Beside(hours=100, payroll=1015), True),  # pay is never the same to the rouble
        (Beside(hours=100), Beside(headcount=6), None),
    ],
)
def test_resources(before: Beside, after: Beside, kept: bool | None) -> None:
    assert resources_kept((before, after)) is kept


def test_every_figure_has_its_row() -> None:
    assert list(kpis(FACTS)["code"]) == list(KPIS)
