"""Discovery finds what was planted and nothing in noise; the second opinion finds planted groups."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sbyt_core.clients.model import ClientTable
from sbyt_core.errors import BadInput
from sbyt_core.segments import segment
from sbyt_core.segments.clusters import GroupCount, by_value, choose, second_opinion
from sbyt_core.segments.discovery import NUMBERS, Condition, discover, trait_table
from sbyt_core.segments.words import condition_in_words, sentence_in_words
from sbyt_core.texts import LANGUAGES, speech
from tests.segments.making import PLAIN, table_of

# before the last large client stand 90 % of the profit, before the first small one 94 %: A are the large ones
LARGE_ARE_A = replace(PLAIN, cut_a=0.92, cut_b=0.95)


def base(planted: bool, n: int = 120) -> ClientTable:
    """A fifth of the clients bring nearly all profit; when planted, they are those with many documents in the North."""
    lot = np.random.default_rng(7)
    large = np.arange(n) < n // 5
    profits = np.where(large, 100.0, 1.0) + lot.random(n)
    return table_of(
        profits,
        keys=[f"c{i:03d}" for i in range(n)],
        documents=np.where(large, 30.0, 5.0) + lot.integers(0, 9, n) if planted else lot.integers(1, 40, n).astype(float),
        average_document=lot.lognormal(8, 1, n),
        branch=np.where(large, "North", "South") if planted else lot.choice(["North", "South"], n),
        active_share=lot.random(n),
    )


def test_what_was_planted_is_found_and_said() -> None:
    found = discover(segment(base(True), LARGE_ARE_A))
    assert found.found
    assert found.hit_rate > 0.95
    best = found.sentences[0]
    assert best.share > 0.9
    assert {one.trait for one in best.conditions} <= {"documents", "branch"}
    assert found.one_trait[0][0].trait in ("documents", "branch")
    assert found.one_trait[0][1] > 0.95
    for lang in LANGUAGES:
        assert best.conditions[0].trait not in sentence_in_words(best, "A", speech(lang)).split("_")
        assert all(condition_in_words(condition, speech(lang)) for condition, _ in found.one_trait)


@pytest.mark.parametrize("relation", ["above", "at_most"])
def test_a_bound_between_two_counts_is_told_as_a_whole_number(relation: str) -> None:
    for lang in LANGUAGES:
        say = speech(lang)
        assert condition_in_words(Condition("documents", relation, 22.5), say) == say(
            f"relation.{relation}", trait=say("trait.documents"), bound="22"
        )


def test_in_noise_nothing_is_found() -> None:
    found = discover(segment(base(False), LARGE_ARE_A))
    assert not found.found
    assert found.sentences == ()
    assert abs(found.hit_rate - 0.5) < 0.15


def test_money_itself_is_no_trait() -> None:
    assert not {"profit", "net_profit", "revenue", "value"} & set(NUMBERS)
    traits, meaning = trait_table(segment(base(True), PLAIN))
    assert {trait for trait, _ in meaning.values()} == {"documents", "average_document", "branch", "active_share"}
    assert traits.notna().all().all()


def test_every_trait_has_its_words() -> None:
    for lang in LANGUAGES:
        for trait in (*NUMBERS, "branch", "manager"):
            assert speech(lang).has(f"trait.{trait}")


def test_too_few_to_learn_from() -> None:
    few = segment(table_of([100.0, 5, 4, 3, 2, 1]), PLAIN)
    for ask in (discover, second_opinion):
        with pytest.raises(BadInput) as told:
            ask(few)
        assert told.value.code == "too_few_to_learn"
    alike = segment(table_of([5.0] * 60, keys=[f"c{i:03d}" for i in range(60)]), PLAIN)
    with pytest.raises(BadInput):
        second_opinion(alike)


def test_planted_groups_come_back_in_order_of_value() -> None:
    lot = np.random.default_rng(2)
    size = 25
    means = [(1000.0, 0.95, 0.2), (100.0, 0.5, 1.0), (1.0, 0.1, 2.5)]
    value, active, cv = (np.concatenate([lot.normal(mean[i], 0.02 * mean[i], size) for mean in means]) for i in range(3))
    table = table_of(value, keys=[f"c{i:03d}" for i in range(3 * size)], active_share=active, cv=cv)
    result = segment(table, PLAIN)
    found = second_opinion(result, seed=1)
    assert found.groups == 3
    groups = found.frame.set_index("client_key")["group"].sort_index().to_numpy()
    assert (groups == np.repeat([1, 2, 3], size)).all()
    assert len(found.frame) == result.n
    assert found.table.to_numpy().sum() == result.n
    assert (found.profile["value"].diff().dropna() < 0).all()
    assert found.profile["clients"].tolist() == [size] * 3
    again = second_opinion(result, seed=1)
    assert again.agreement == found.agreement
    assert set(found.disagreements["segment"] == found.disagreements["expected"]) <= {False}


def test_choosing_the_number_of_groups() -> None:
    tried = (GroupCount(3, 0.30, 0.9), GroupCount(4, 0.40, 0.7), GroupCount(5, 0.90, 0.2), GroupCount(6, 0.40, 0.9))
    assert choose(tried) == 4  # 5 does not repeat; 4 and 6 tie, the fewer wins
    assert choose((GroupCount(3, 0.1, 0.1), GroupCount(4, 0.2, 0.1))) == 4


def test_groups_are_numbered_by_median_value() -> None:
    assert by_value(np.array([0, 0, 1, 1, 2]), np.array([1.0, 3, 10, 20, -5])).tolist() == [2, 2, 1, 1, 3]
