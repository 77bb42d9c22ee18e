"""Rules 2 to 6 one by one, and the reason that each leaves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sbyt_core.errors import BadInput
from sbyt_core.segments import Criteria, Override, moved_clients, segment
from tests.segments.making import PLAIN, classes, table_of

RULE_2 = replace(PLAIN, regularity=True)
FOUR = [70, 20, 9, 1]  # by rule 1: A B C C


def test_an_a_that_buys_rarely_and_unevenly_goes_to_b() -> None:
    assert classes(FOUR, RULE_2, active_share=[0.49, 1, 1, 1], cv=[1.01, 1, 1, 1]) == "BBCC"
    assert classes(FOUR, RULE_2, active_share=[0.5, 1, 1, 1], cv=[1.01, 1, 1, 1]) == "ABCC"
    assert classes(FOUR, RULE_2, active_share=[0.49, 1, 1, 1], cv=[1.0, 1, 1, 1]) == "ABCC"
    assert classes(FOUR, RULE_2, active_share=[np.nan, 1, 1, 1], cv=[np.nan, 1, 1, 1]) == "ABCC"


def test_not_a_with_two_documents_or_one_large_goes_to_c_and_a_stays() -> None:
    assert classes(FOUR, RULE_2, documents=[1, 2, 9, 9]) == "ACCC"
    assert classes(FOUR, RULE_2, documents=[1, 3, 9, 9]) == "ABCC"
    assert classes(FOUR, RULE_2, largest_document_share=[0.9, 0.51, 0.1, 0.1]) == "ACCC"
    assert classes(FOUR, RULE_2, largest_document_share=[0.9, 0.5, 0.1, 0.1]) == "ABCC"
    assert classes(FOUR, RULE_2, documents=[np.nan] * 4, largest_document_share=[np.nan] * 4) == "ABCC"


def test_an_a_made_b_by_regularity_is_not_judged_again() -> None:
    assert classes(FOUR, RULE_2, active_share=[0.1, 1, 1, 1], cv=[2.0, 1, 1, 1], documents=[1, 9, 9, 9]) == "BBCC"


def test_trouble_steps_down_only_when_switched_on() -> None:
    # by hand: returns .4 is the largest of four: percentile (3 + 4) / 8 = .875; .3 is next: (2 + 3) / 8 = .625
    returns = [0.4, 0.3, 0.2, 0.1]
    assert classes(FOUR, PLAIN, returns_share=returns) == "ABCC"
    assert classes(FOUR, replace(PLAIN, trouble=True), returns_share=returns) == "BBCC"
    assert classes(FOUR, replace(PLAIN, trouble=True, trouble_limit=0.6), returns_share=returns) == "BCCC"
    result = segment(table_of(FOUR, returns_share=returns), PLAIN)
    assert result.trouble == pytest.approx([0.875, 0.625, 0.375, 0.125])


def test_trouble_is_the_mean_of_what_is_known_and_differs() -> None:
    # by hand: discounts are equal and say nothing; cost per profit 1, ½, ⅓ → percentiles 5/6, 3/6, 1/6 among three known
    table = table_of([30, 30, 30, 40], returns_share=[0.1, 0.2, 0.3, np.nan], discount_share=0.05, cost_to_serve=[30, 15, 10, np.nan])
    result = segment(table, replace(PLAIN, measure="profit"))
    # returns .1, .2, .3 → 1/6, 3/6, 5/6: the means are all ½
    assert result.frame["client_key"].tolist()[0] == "c03"
    assert np.isnan(result.trouble[0])
    assert result.trouble[1:] == pytest.approx([0.5, 0.5, 0.5])


def test_promising_grows_and_has_room() -> None:
    # by hand: branch North has 100, 100, 100, 5: its 75th percentile is 100, so c03 lacks 95; the median A is 100
    profits = [100, 100, 100, 5, 1, 1]
    table = table_of(profits, branch=["North"] * 4 + ["South"] * 2, growth=[0, 0, 0, 0.21, 0.5, 0.5])
    assert segment(table, PLAIN).tags("c03") == ()
    eased = segment(table, replace(PLAIN, promise_potential=0.95))
    assert eased.tags("c03") == ("promising",)
    assert eased.tags("c04") == ()  # its peers are no larger
    assert eased.reasons("c03")[-1].as_dict() == {"rule": "promising", "value": 0.21, "limit": 0.2, "from": "C", "to": "C"}
    assert segment(table, replace(PLAIN, promise_potential=0.95, promise_growth=0.21)).tags("c03") == ()


def test_guards_only_tell_when_asked_or_when_few() -> None:
    ten = list(range(100, 0, -10))
    advised = segment(table_of(ten), Criteria(regularity=False, guards="advise"))
    assert [(guard.holds, guard.moved, guard.to_move) for guard in advised.guards] == [(False, 0, 3), (False, 0, 3)]
    few = segment(table_of([50, 30, 20]), Criteria(regularity=False))
    assert "".join(few.frame["segment"]) == "AAB"
    assert "too_few_for_guards" in [problem.code for problem in few.problems]


def test_with_shares_of_the_user_the_c_guard_may_take_from_a() -> None:
    strict = Criteria(regularity=False, guard_a=1.0, guard_c=0.8)
    assert classes([10, 9, 8, 7, 6], strict) == "ACCCC"


def test_a_person_has_the_last_word_and_the_computed_class_stays() -> None:
    table = table_of(FOUR, first_ever=["2023-01-15"] * 3 + ["2025-12-01"])
    decided = [
        Override("c02", "A", "first thought", "Olga"),
        Override("c02", "B", "a key name in the region", "Olga"),
        Override("c03", "A", "a chain is behind it", "Pavel"),
        Override("nobody", "A", "", "Olga"),
    ]
    result = segment(table, PLAIN, overrides=decided)
    row = result.frame.set_index("client_key").loc["c02"]
    assert (row["segment"], row["computed"], row["overridden"]) == ("B", "C", True)
    assert result.reasons("c02")[-1].as_dict() == {"rule": "override", "value": None, "limit": None, "from": "C", "to": "B"}
    assert result.reasons("c02")[-1].facts == {"reason": "a key name in the region", "author": "Olga"}
    assert result.frame.set_index("client_key").loc["c03", "segment"] == "A"
    assert result.summary["clients"].tolist() == [2, 2, 0, 0]
    assert result.summary["profit"].tolist() == [71, 29, 0, 0]
    assert "overrides_without_client" in [problem.code for problem in result.problems]
    with pytest.raises(BadInput):
        segment(table, PLAIN, overrides=[Override("c00", "D", "", "")])


def test_every_step_leaves_its_reason() -> None:
    ten = list(range(100, 0, -10))
    result = segment(table_of(ten, documents=[12] * 5 + [2] + [12] * 4), Criteria())
    assert [step.as_dict() for step in result.reasons("c03")] == [
        {"rule": "profit_class", "value": pytest.approx(270 / 550), "limit": 0.7, "from": None, "to": "A"},
        {"rule": "guard_a", "value": 5, "limit": 2, "from": "A", "to": "B"},
    ]
    assert [(step.rule, step.from_, step.to) for step in result.reasons("c05")] == [
        ("profit_class", None, "B"),
        ("few_documents", "B", "C"),
    ]
    assert [(step.rule, step.to) for step in result.reasons("c06")] == [("profit_class", "B"), ("guard_c", "C")]


def test_measures_and_why() -> None:
    table = table_of(FOUR)
    assert (segment(table).measure, segment(table).measure_why) == ("profit", "no_cost_to_serve")
    costed = table.with_cost_to_serve(table.frame.set_index("client_key")["profit"] / 2)
    assert (segment(costed).measure, segment(costed).measure_why) == ("net", "net_known")
    asked = segment(table, Criteria(measure="net"))
    assert (asked.measure, asked.measure_why) == ("profit", "no_cost_to_serve")
    assert "net_not_known" in [problem.code for problem in asked.problems]
    unknown = segment(table_of([np.nan] * 4, revenue=[4, 3, 2, 1]))
    assert (unknown.measure, unknown.measure_why) == ("revenue", "no_profit")
    assert segment(table, Criteria(measure="revenue")).measure_why == "asked"


def test_ties_go_by_revenue_then_by_code() -> None:
    result = segment(table_of([10, 10, 10, 10], revenue=[5, 9, 5, 9]), PLAIN)
    assert result.frame["client_key"].tolist() == ["c01", "c03", "c00", "c02"]


def test_a_client_of_unknown_value_is_c_and_said_so() -> None:
    result = segment(table_of([10, np.nan, 5, 4]), PLAIN)
    assert result.frame.set_index("client_key").loc["c01", "segment"] == "C"
    assert result.reasons("c01")[0].value is None
    assert "value_unknown" in [problem.code for problem in result.problems]


def test_trouble_for_each_thousand_of_profit() -> None:
    # by hand: A profit 70 gives back 7; B 20 gives back 4; C 10 gives back 5 and has 12 · .5 + 12 · .25 small documents
    table = table_of(FOUR, returned=[7, 4, 4, 1], return_documents=[1, 0, 2, 1], small_document_share=[0, 0, 0.5, 0.25])
    found = segment(table, PLAIN).trouble_by_segment
    assert found["returned_per_1000"].tolist() == pytest.approx([100, 200, 500])
    assert found["small_documents"].tolist() == [0, 0, 9]
    assert found.loc["C", "return_documents_per_1000"] == pytest.approx(300)


def test_who_moved_between_two_criteria() -> None:
    table = table_of(FOUR)
    moved = moved_clients(segment(table, PLAIN), segment(table, replace(PLAIN, cut_a=0.8, cut_b=0.95)))
    assert moved.to_dict("records") == [
        {"client_key": "c01", "client": "c01", "before": "B", "after": "A", "value": 20.0},
        {"client_key": "c02", "client": "c02", "before": "C", "after": "B", "value": 9.0},
    ]
