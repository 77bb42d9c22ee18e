"""Cost to serve: the worked client of METHOD §4, laws, and what is not counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.clients.cost import DRIVERS, CostToServe, cost_to_serve, with_cost
from sbyt_core.clients.cost_words import cost_problem, unused_time
from sbyt_core.clients.facts import FACT_COLUMNS, UNMATCHED_COLUMNS, ClientFacts
from sbyt_core.clients.model import ClientTable
from sbyt_core.clients.rates import CARD, Minute, Rate, Rates
from sbyt_core.errors import BadInput
from sbyt_core.texts import LANGUAGES, speech
from tests.segments.making import table_of

WORKED = Rates(document=Rate(money=150), return_=Rate(money=400), hour=Rate(money=900), overdue=0.18)


def facts_of(months: float = 12, **columns: list[float]) -> ClientFacts:
    """Facts of clients c00, c01 …; what is not named is missing."""
    n = len(next(iter(columns.values())))
    frame = pd.DataFrame(dict.fromkeys(FACT_COLUMNS, np.nan) | {"client_key": [f"c{i:02d}" for i in range(n)]} | columns)
    nobody = pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in UNMATCHED_COLUMNS.items()})
    return ClientFacts(frame.astype(FACT_COLUMNS), nobody, months, n)


def worked() -> tuple[ClientTable, ClientFacts]:
    """METHOD §4: 600 000 × 25 %, 24 documents, 3 returns, 20 hours, 100 000 overdue for 30 days."""
    clients = table_of([150_000.0], revenue=600_000.0, documents=24.0, return_documents=3.0)
    return clients, facts_of(overdue=[100_000], days_late=[30], hours=[20])


def test_the_worked_client() -> None:
    clients, facts = worked()
    cost = cost_to_serve(clients, WORKED, facts)
    parts = cost.of("c00")
    assert parts[["document", "return", "hour"]].tolist() == [3_600, 1_200, 18_000]
    assert parts["overdue"] == pytest.approx(1_479.452055, abs=1e-6)
    assert round(float(with_cost(clients, cost).frame["net_profit"][0]), 2) == 125_720.55
    assert cost.problems == ()


def test_without_facts_what_they_would_tell_is_not_counted_and_told() -> None:
    clients, _ = worked()
    cost = cost_to_serve(clients, WORKED)
    assert cost.not_counted == {"hour": 1, "overdue": 1}
    assert np.isnan(cost.of("c00")["hour"])
    assert cost.of("c00")["total"] == 4_800
    assert {(p.code, p.column) for p in cost.problems} == {("cost_not_counted", "hour"), ("cost_not_counted", "overdue")}
    for lang in LANGUAGES:
        assert speech(lang)("driver.hour") in cost_problem(speech(lang), cost.problems[0])


def test_a_client_of_whom_nothing_can_be_counted_has_no_cost_and_no_net_profit() -> None:
    clients = table_of([10.0, 20.0])
    cost = cost_to_serve(clients, Rates(hour=Rate(money=1)), facts_of(hours=[5, np.nan]))
    assert cost.cost.to_dict() == {"c00": 5}
    assert with_cost(clients, cost).frame["net_profit"].isna().tolist() == [False, True]


def test_nothing_owed_costs_nothing_and_days_that_are_not_known_stay_so() -> None:
    cost = cost_to_serve(table_of([1.0, 1.0]), Rates(overdue=0.1), facts_of(overdue=[0, 365], days_late=[np.nan, np.nan]))
    assert cost.parts["overdue"].tolist()[0] == 0
    assert np.isnan(cost.parts["overdue"].tolist()[1])


def test_discounts_count_only_where_the_profit_does_not_hold_them() -> None:
    # bought 900 of money with 10 % off: 1000 before, discount 100
    clients = table_of([100.0], revenue=890.0, returned=10.0, discount_share=0.1)
    assert cost_to_serve(clients, Rates(document=Rate(money=0), discount=True)).of("c00")["discount"] == pytest.approx(100)
    assert np.isnan(cost_to_serve(clients, Rates(document=Rate(money=0))).of("c00")["discount"])


def test_estimated_hours_stand_only_where_none_are_known() -> None:
    cost = cost_to_serve(
        table_of([1e6, 1e6]), Rates(hour=Rate(money=100)), facts_of(hours=[5, np.nan]), hours=pd.Series({"c00": 9.0, "c01": 7.0})
    )
    assert cost.parts["hour"].tolist() == [500, 700]
    assert cost.estimated == 1
    assert [p.code for p in cost.problems] == ["hours_estimated"]


def test_minutes_of_a_document_come_from_the_card() -> None:
    rates = Rates(minute=2.0, document=Rate(minutes=CARD))
    clients = table_of([1e6, 1e6], documents=[10.0, 20.0])
    assert cost_to_serve(clients, rates, document_minutes=30).parts["document"].tolist() == [600, 1200]
    by_client = cost_to_serve(clients, rates, document_minutes={"c00": 10})
    assert by_client.parts["document"].tolist()[0] == 200
    assert by_client.not_counted == {"document": 1}
    assert cost_to_serve(clients, rates).not_counted == {"document": 2}


def test_minutes_by_hand_and_money_hold_over_those_of_the_card() -> None:
    clients = table_of([1e6], documents=[10.0])
    assert cost_to_serve(clients, Rates(document=Rate(money=5)), document_minutes=30).of("c00")["document"] == 50
    assert cost_to_serve(clients, Rates(minute=1.0, document=Rate(minutes=7)), document_minutes=30).of("c00")["document"] == 70


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_cost_of_time_without_counted_events_is_told_and_belongs_to_nobody(lang: str) -> None:
    # METHOD §4: 700 000 practical minutes at 0.80; documents take 578 600 of them, 82.7 %: 462 880 of cost, 97 120 unused
    rates = Rates(minute=Minute(560_000 / 12, 875_000 / 12), document=Rate(minutes=1))
    cost = cost_to_serve(table_of([1e9], documents=[578_600.0]), rates)
    said, say = unused_time(speech(lang), cost, "RUB"), speech(lang)
    for figure in (say.percent(0.8266, 1), say.money(462_880), say.money(97_120)):
        assert figure in said
    assert cost.total == pytest.approx(462_880)  # of the clients: the rest is in no client's cost
    assert unused_time(say, cost_to_serve(table_of([1e9], documents=[1.0]), Rates(document=Rate(money=5))), "RUB") == ""
    beyond = cost_to_serve(table_of([1e9], documents=[800_000.0]), rates)
    assert unused_time(say, beyond, "RUB") == ""
    assert "norms_above_time" in {problem.code for problem in beyond.problems}


def test_time_seen_twice_and_norms_above_the_time_there_is_are_told() -> None:
    rates = Rates(minute=Minute(1000, 100, 1.0), document=Rate(minutes=60), hour=Rate(money=1))
    cost = cost_to_serve(table_of([1e9], documents=[40.0]), rates, facts_of(hours=[1]))
    # 40 documents of 60 minutes in 12 months of 100 minutes: twice what there is
    assert cost.used().share == pytest.approx(2.0)  # type: ignore[union-attr]
    assert [p.code for p in cost.problems] == ["time_counted_twice", "norms_above_time"]
    assert "200" in cost_problem(speech("en"), cost.problems[1])


def test_costs_above_the_whole_profit_are_told() -> None:
    cost = cost_to_serve(table_of([10.0, -5.0], documents=[1.0, 1.0]), Rates(document=Rate(money=3)))
    assert [p.code for p in cost.problems] == ["cost_above_profit"]


def test_counts_of_another_number_of_months_are_brought_to_those_of_the_table() -> None:
    clients = table_of([1e6])  # 12 months
    cost = cost_to_serve(clients, Rates(delivery=Rate(money=10)), facts_of(months=6, deliveries=[3]))
    assert cost.parts["delivery"].tolist() == [60]


def test_without_rates_there_is_no_cost() -> None:
    with pytest.raises(BadInput, match="no_rates"):
        cost_to_serve(table_of([1.0]), Rates())
    with pytest.raises(BadInput, match="no_such_client"):
        cost_to_serve(table_of([1.0]), WORKED).of("nobody")


figure = st.one_of(st.just(np.nan), st.floats(0, 1e6).map(lambda x: round(x, 2)))
clients_and_facts = st.integers(1, 6).flatmap(
    lambda n: st.fixed_dictionaries(
        {name: st.lists(figure, min_size=n, max_size=n) for name in ("documents", "deliveries", "hours", "overdue", "days_late")}
    )
)


def made(columns: dict[str, list[float]], factor: float = 1.0) -> CostToServe:
    clients = table_of([1e9] * len(columns["documents"]), documents=columns["documents"])
    rates = Rates(
        document=Rate(money=150 * factor), delivery=Rate(money=900.5 * factor), hour=Rate(money=33.33 * factor), overdue=0.18 * factor
    )
    return cost_to_serve(clients, rates, facts_of(**{name: figures for name, figures in columns.items() if name != "documents"}))


@given(clients_and_facts)
def test_parts_add_up_to_the_total_and_a_missing_one_is_never_nought(columns: dict[str, list[float]]) -> None:
    parts = made(columns).parts
    known = parts[list(DRIVERS)]
    assert np.allclose(known.sum(axis=1, min_count=1), parts["total"], rtol=0, atol=0.005, equal_nan=True)
    assert (parts["total"].isna() == known.isna().all(axis=1)).all()
    assert np.array_equal(known["document"].isna(), np.isnan(columns["documents"]))
    assert np.array_equal(known["hour"].isna(), np.isnan(columns["hours"]))


@given(clients_and_facts, st.sampled_from([0.5, 2.0, 3.7]))
def test_rates_times_a_factor_give_costs_times_it(columns: dict[str, list[float]], factor: float) -> None:
    if factor * 0.18 <= 3:
        assert np.allclose(made(columns).scaled(factor).parts["total"], made(columns, factor).parts["total"], rtol=1e-12, equal_nan=True)
