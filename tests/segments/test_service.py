"""What service does to the classes: who moves, why a large client eats its profit, and how far it hangs on the rates."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.clients.cost import cost_to_serve
from sbyt_core.clients.model import ClientTable
from sbyt_core.clients.rates import Rate, Rates
from sbyt_core.errors import BadInput, SbytError
from sbyt_core.segments import Criteria, Override, segment
from sbyt_core.segments.sensitivity import FACTORS, NOW, sensitivity
from sbyt_core.segments.service_causes import ServiceCauses
from sbyt_core.segments.service_change import CHANGE_COLUMNS, service_change
from tests.clients.test_cost import facts_of
from tests.segments.making import PLAIN, table_of


def costed(profits: list[float], costs: list[float], **columns: object) -> ClientTable:
    clients = table_of(profits, **columns)
    return clients.with_cost_to_serve(pd.Series(costs, index=clients.frame["client_key"]))


def test_a_dear_client_falls_and_is_named_with_its_money() -> None:
    # by hand, cuts 70/90. Profit 100, 80, 60, 10 of 250: before 0, 40, 72, 96 % → A A B C. Net 20, 80, 60, 10 of 170: c01 0 → A,
    # c02 47 → A, c00 82 → B, c03 94 → C
    change = service_change(costed([100, 80, 60, 10], [80, 0, 0, 0]), PLAIN)
    assert list(change.moved.columns) == list(CHANGE_COLUMNS)
    assert change.moved[["client_key", "before", "after", "cost_to_serve", "net_profit"]].values.tolist() == [
        ["c00", "A", "B", 80, 20],
        ["c02", "B", "A", 0, 60],
    ]
    assert change.fallen["client_key"].tolist() == ["c00"]
    assert change.risen["client_key"].tolist() == ["c02"]
    assert change.became_loss == 0
    assert change.before.measure == "profit"
    assert change.after.measure == "net"


def test_a_client_whose_service_takes_all_its_profit_becomes_a_loss() -> None:
    assert service_change(costed([100, 80, 60, -5], [100, 81, 0, 0]), PLAIN).became_loss == 2


def test_a_persons_class_stands_in_both() -> None:
    change = service_change(costed([100, 80, 60, 10], [80, 0, 0, 0]), PLAIN, overrides=[Override("c00", "A", "договор", "owner")])
    assert "c00" not in set(change.moved["client_key"])


@pytest.mark.parametrize("asked", [service_change, sensitivity])
def test_without_costs_there_is_nothing_to_compare(asked) -> None:
    with pytest.raises(BadInput, match="net_not_known"):
        asked(table_of([1.0, 2.0]))


def test_causes_are_held_against_the_median_of_the_peers_with_the_money_in_them() -> None:
    """Five peers alike – 1000 of revenue, margin 20 %, 10 documents, no hours – and one that is worse in all."""
    n = 6
    clients = table_of(
        [200.0] * (n - 1) + [50.0],
        revenue=[1000.0] * n,
        margin=[0.2] * (n - 1) + [0.05],
        documents=[10.0] * (n - 1) + [40.0],
        average_document=[100.0] * (n - 1) + [25.0],
        returned=[0.0] * (n - 1) + [250.0],
        returns_share=[0.0] * (n - 1) + [0.2],
        return_documents=[0.0] * (n - 1) + [5.0],
    )
    facts = facts_of(hours=[1.0] * (n - 1) + [9.0], overdue=[0.0] * (n - 1) + [730.0], days_late=[0.0] * (n - 1) + [50.0])
    rates = Rates(document=Rate(money=2), return_=Rate(money=3), hour=Rate(money=10), overdue=0.1)
    cost = cost_to_serve(clients, rates, facts)
    result = segment(clients.with_cost_to_serve(cost.cost), PLAIN)
    causes = {cause.code: cause for cause in ServiceCauses(result, cost).of("c05")}
    # by hand: margin (20 % − 5 %) · 1000; hours 90 − 10; small orders: 40 documents · 2 less those of 100 each, 10 · 2;
    # returns 20 % · 1250 bought · 5 % of margin + 5 · 3 of handling; late 730 · 50 · 10 % / 365
    assert {code: cause.money for code, cause in causes.items()} == pytest.approx(
        {"margin": 150, "hours": 80, "small_orders": 60, "returns": 27.5, "late_payment": 10}
    )
    assert list(causes) == ["margin", "hours", "small_orders", "returns", "late_payment"]
    assert (causes["margin"].value, causes["margin"].peers) == (0.05, 0.2)
    assert (causes["small_orders"].value, causes["small_orders"].peers) == (25, 100)
    assert ServiceCauses(result, cost).of("c00") == ()
    assert ServiceCauses(result, cost).of("nobody") == ()


def test_peers_are_of_the_same_branch_where_there_are_enough() -> None:
    margins = [0.1] * 5 + [0.3] * 5
    clients = table_of([100.0] * 10, margin=margins, revenue=1000.0, branch=["Юг"] * 5 + ["Север"] * 5)
    cost = cost_to_serve(clients, Rates(document=Rate(money=1)))
    causes = ServiceCauses(segment(clients, PLAIN), cost)
    assert causes.peers["margin"].sort_values().tolist() == [0.1] * 5 + [0.3] * 5
    few = table_of([100.0] * 10, margin=margins, revenue=1000.0, branch=["Юг"] * 4 + ["Север"] * 6)
    assert ServiceCauses(segment(few, PLAIN), cost).peers["margin"].min() == pytest.approx(0.2)


def test_drains_are_those_that_bring_nothing_once_served() -> None:
    clients = table_of([100, 80, 60, 10, 5], revenue=[1000, 2000, 3000, 4000, 50], documents=[1, 1, 70, 30, 1])
    cost = cost_to_serve(clients, Rates(document=Rate(money=1)))
    result = segment(clients.with_cost_to_serve(cost.cost), PLAIN)
    drains = ServiceCauses(result, cost).drains()
    assert drains["client_key"].tolist() == ["c03", "c02"]
    assert drains["net_profit"].tolist() == [-20, -10]


def test_the_range_of_factors_in_which_a_class_holds() -> None:
    # by hand: net of c00 = 100 − 40 f, of the others 60 and 40 at any f. Above 40, that is f < 1.5, at most 60 of 200 − 40 f stand
    # before it: under 43 %, A. From f = 1.5 on 100 stand before it, over 71 %: B
    found = sensitivity(costed([100, 60, 40], [40, 0, 0]), PLAIN)
    row = found.frame.set_index("client_key").loc["c00"]
    assert row["low"] == 0.5
    assert row["high"] == max(factor for factor in FACTORS if factor < 1.5)
    assert not row["firm"]
    assert found.counts(1) == {"A": 2, "B": 1, "C": 0}
    assert found.moved(2).loc[found.moved(2)["client_key"] == "c00", ["before", "after"]].values.tolist() == [["A", "B"]]


def test_steps_are_equal_ratios_from_half_to_double() -> None:
    assert (FACTORS[0], FACTORS[NOW], FACTORS[-1]) == (0.5, 1.0, 2.0)
    assert np.allclose(np.diff(np.log(FACTORS)), np.log(2) / 12)


def test_where_service_eats_everything_nobody_is_above_c() -> None:
    found = sensitivity(costed([10, 6, 4], [8, 5, 3.5]), PLAIN)
    assert found.counts(2) == {"A": 0, "B": 0, "C": 3}


bases = st.lists(st.tuples(st.floats(1, 1e6), st.floats(0, 5e5)), min_size=5, max_size=25).map(
    lambda rows: ([round(p, 2) for p, _ in rows], [round(c, 2) for _, c in rows])
)


@given(bases)
@settings(max_examples=40)
def test_laws_of_sensitivity(base: tuple[list[float], list[float]]) -> None:
    clients, criteria = costed(*base), Criteria()
    try:
        now = segment(clients, Criteria(measure="net"))
    except SbytError:
        return
    found = sensitivity(clients, criteria)
    frame = found.frame
    assert dict(zip(frame["client_key"], frame["segment"], strict=True)) == dict(
        zip(now.frame["client_key"], now.frame["segment"], strict=True)
    )
    assert found.moved(1).empty
    assert (frame["low"] <= 1).all()
    assert (frame["high"] >= 1).all()
    assert (frame["firm"] == ((frame["low"] == 0.5) & (frame["high"] == 2.0))).all()
    for factor in (0.5, 1.5, 2.0):
        held = frame[(frame["low"] <= found.factors[found.place(factor)]) & (frame["high"] >= found.factors[found.place(factor)])]
        assert not set(held["client_key"]) & set(found.moved(factor)["client_key"])


@given(bases)
@settings(max_examples=40)
def test_free_service_moves_nobody(base: tuple[list[float], list[float]]) -> None:
    profits, _ = base
    clients = costed(profits, [0.0] * len(profits))
    assert service_change(clients).moved.empty
    assert sensitivity(clients).frame["firm"].all()
