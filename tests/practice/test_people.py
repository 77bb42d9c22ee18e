"""Whether people differ by more than chance, and what that says of a step."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sbyt_core.practice.followed import followed
from sbyt_core.practice.people import differences, holm
from sbyt_core.practice.verdict import verdicts
from tests.practice.making import card, log, run


def counts(**people: tuple[int, int]) -> pd.DataFrame:
    return pd.DataFrame([{"employee": name, "k": k, "n": n} for name, (k, n) in people.items()])


def test_holm_by_hand() -> None:
    """.01, .04, .03 of three: 3 × .01, then 2 × .03, then 1 × .04 lifted to the one before (Holm 1979)."""
    assert holm([0.01, 0.04, 0.03]) == pytest.approx([0.03, 0.06, 0.06])
    assert holm([0.9, 0.8]) == [1.0, 1.0]
    assert holm([]) == []


def test_people_alike_are_within_chance() -> None:
    found = differences(counts(Анна=(30, 40), Борис=(28, 40), Вера=(33, 40)))
    assert found.within_chance
    assert found.compared == 3


def test_one_who_stands_out_is_named_with_both_shares() -> None:
    found = differences(counts(Анна=(36, 40), Борис=(8, 40), Вера=(35, 40))).found
    assert found[0].employee == "Борис"
    assert found[0].below
    assert (found[0].own.k, found[0].rest.k, found[0].rest.n) == (8, 71, 80)


def test_with_too_little_data_nobody_is_compared() -> None:
    found = differences(counts(Анна=(0, 19), Борис=(40, 40)))
    assert found.compared == 0
    assert not found.within_chance


def test_people_of_one_discipline_are_told_apart_in_one_page_of_twenty_at_most() -> None:
    """1 000 teams of six of 40 orders each, all at 80 %: somebody is named in less than 5 % of them (Fisher's test is cautious)."""
    rng = np.random.default_rng(11)
    named = 0
    for _ in range(1000):
        team = pd.DataFrame({"employee": list("АБВГДЕ"), "k": rng.binomial(40, 0.8, 6), "n": 40})
        named += bool(differences(team).found)
    assert named / 1000 < 0.05


def team(**done: int) -> pd.DataFrame:
    """Of 40 orders each person does the first step in so many."""
    return log(*(run(f"{name}{i}", [("s1", i < k)], client=f"К{i}", employee=name) for name, k in done.items() for i in range(40)))


def test_all_miss_a_step_alike_mend_the_card() -> None:
    (verdict,) = verdicts(followed(team(Анна=20, Борис=22, Вера=18), card(1)))
    assert (verdict.step, verdict.code, verdict.below) == ("s1", "card", ())
    assert (verdict.lowest.k, verdict.highest.k) == (18, 22)  # type: ignore[union-attr]


def test_one_misses_it_and_the_rest_do_it_help_the_person() -> None:
    (verdict,) = verdicts(followed(team(Анна=38, Борис=8, Вера=39), card(1)))
    assert verdict.code == "person"
    assert [one.employee for one in verdict.below] == ["Борис"]
    assert (verdict.others.k, verdict.others.n) == (77, 80)


def test_one_stands_below_and_the_rest_miss_it_too_both() -> None:
    (verdict,) = verdicts(followed(team(Анна=24, Борис=4, Вера=25), card(1)))
    assert verdict.code == "both"


def test_one_person_alone_tells_nothing_of_the_card() -> None:
    (verdict,) = verdicts(followed(team(Анна=10), card(1)))
    assert verdict.code == "unknown"


def test_a_step_whose_interval_reaches_the_target_is_not_weak() -> None:
    assert verdicts(followed(team(Анна=30, Борис=31), card(1))) == ()
    assert verdicts(followed(team(Анна=30, Борис=31), card(1)), target=0.95)
