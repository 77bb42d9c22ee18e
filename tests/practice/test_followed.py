"""The log against the card, counted by hand."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pandas as pd
import pytest

from sbyt_core.cards.change import change_step, drop_step
from sbyt_core.cards.life import CardVersion
from sbyt_core.practice.experience import experience
from sbyt_core.practice.followed import followed
from sbyt_core.practice.kpi import measured, within
from sbyt_core.practice.minutes import minutes_against_norm
from sbyt_core.practice.verdict import verdicts
from tests.practice.making import START, card, log, run, version, without_second_for_c

ALL = [("s1", True), ("s2", True), ("s3", True), ("s4", True)]


def figures(table: pd.DataFrame, figure: str) -> dict[str, tuple[int, int]]:
    own = table[table["figure"] == figure]
    return {row.step: (row.k, row.n) for row in own.itertuples()}


def test_steps_by_hand() -> None:
    """Three orders: whole, without the second step, with the third before the second."""
    swapped = [("s1", True), ("s3", True), ("s2", True), ("s4", True)]
    result = followed(log(run("1", ALL), run("2", [("s1", True), ("s2", False), ("s3", True), ("s4", True)]), run("3", swapped)), card())
    table = result.of_steps()
    assert figures(table, "done") == {"s1": (3, 3), "s2": (2, 3), "s3": (3, 3), "s4": (3, 3)}
    assert figures(table, "in_order") == {"s1": (3, 3), "s2": (2, 2), "s3": (2, 3), "s4": (3, 3)}
    assert figures(table, "in_time") == {}
    runs = result.runs.set_index("document")
    assert runs["complete"].to_dict() == {"1": True, "2": False, "3": True}
    assert runs["in_order"].to_dict() == {"1": True, "2": True, "3": False}
    assert runs.loc["2", "missing"] == ("s2",)
    assert runs.loc["3", "out_of_order"] == ("s3",)
    assert result.run_share().k == 2
    assert result.run_share().n == 3


def test_what_nobody_said_is_neither_done_nor_missed() -> None:
    """Three orders of two steps, the third tells of one step alone: it is complete or not, nobody knows."""
    two = [("s1", True), ("s2", True)]
    result = followed(log(run("1", two), run("2", [("s1", True), ("s2", False)]), run("3", [("s1", True)])), card(2))
    assert figures(result.of_steps(), "done") == {"s1": (3, 3), "s2": (1, 2)}
    assert (result.run_share().k, result.run_share().n) == (1, 2)


def test_a_known_fault_does_not_count_where_the_rest_of_the_order_is_unknown() -> None:
    """Else orders with a fault would count and those without would not."""
    result = followed(log(run("1", ALL), run("2", ALL), run("3", [("s1", False)])), card())
    assert (result.run_share().k, result.run_share().n) == (2, 2)
    assert result.runs.set_index("document").loc["3", "missing"] == ("s1",)


def test_a_step_that_the_log_does_not_watch_is_no_part_of_complete() -> None:
    """The log tells of three steps of four; a stray line on the fourth changes nothing."""
    three = ALL[:3]
    lines = log(run("1", three), run("2", three), run("3", [("s1", True), ("s2", True), ("s3", False)]), run("4", ALL))
    result = followed(lines, card())
    assert result.watched == ("s1", "s2", "s3")
    assert (result.run_share().k, result.run_share().n) == (3, 4)
    assert figures(result.of_steps(), "done")["s4"] == (1, 1)


def test_the_card_of_the_segment_holds() -> None:
    """Segment C goes without the second step: leaving it out is right, doing it is extra."""
    without = [("s1", True), ("s3", True), ("s4", True)]
    result = followed(log(run("1", without, client="К1"), run("2", ALL, client="К2")), without_second_for_c(), {"К1": "C", "К2": "C"})
    runs = result.runs.set_index("document")
    assert runs["complete"].to_dict() == {"1": True, "2": True}
    assert runs["extra"].to_dict() == {"1": (), "2": ("s2",)}
    assert figures(result.of_steps(), "done") == {"s1": (2, 2), "s3": (2, 2), "s4": (2, 2)}
    base = followed(log(run("1", ALL), run("2", without)), without_second_for_c(), {})
    assert base.runs["complete"].isna().tolist() == [False, True], "of everybody else the second step is asked"


def test_days_without_hours_tell_no_order() -> None:
    same = [one.__class__(**{**vars(one), "moment": START}) for one in run("1", ALL)]
    result = followed(log(same), card())
    assert result.runs["in_order"].isna().all()
    assert figures(result.of_steps(), "in_order") == {}


def test_in_time_counts_done_steps_that_say_so() -> None:
    result = followed(log(run("1", ALL, in_time=True), run("2", ALL, in_time=False), run("3", ALL)), card())
    assert figures(result.of_steps(), "in_time") == {f"s{i}": (1, 2) for i in range(1, 5)}
    assert result.run_share("in_time").k == 1
    assert result.run_share("in_time").n == 2


def test_a_run_belongs_to_whoever_did_most_of_it() -> None:
    parts = run("1", ALL[:1], employee="Борис") + run("1", ALL[1:], employee="Анна")
    assert followed(log(parts), card()).runs["employee"].tolist() == ["Анна"]
    even = run("1", ALL[:2], employee="Борис") + run("1", ALL[2:], employee="Анна")
    assert followed(log(even), card()).runs["employee"].tolist() == ["Анна"], "of equals the first by alphabet"


def test_a_client_without_documents_is_one_run_a_day_and_person() -> None:
    one = run(None, ALL)  # type: ignore[arg-type]
    other = run(None, ALL, employee="Борис")  # type: ignore[arg-type]
    tomorrow = run(None, ALL, start=START.replace(day=2))  # type: ignore[arg-type]
    assert len(followed(log(one, other, tomorrow), card()).runs) == 3


def test_the_order_of_rows_changes_nothing() -> None:
    lines = log(run("1", ALL, minutes=4.0), run("2", [("s1", True), ("s3", True), ("s2", False)], client="К2"))
    there, back = followed(lines, card()), followed(lines[::-1].reset_index(drop=True), card())
    pd.testing.assert_frame_equal(there.of_steps(), back.of_steps())
    pd.testing.assert_frame_equal(there.runs, back.runs)


def test_minutes_against_the_norm_by_hand() -> None:
    """Step 1 took 3, 5 and 10 minutes of a norm of 5: median 5, spent 18 of 15."""
    lines = log(*(run(str(i), [("s1", True)], minutes=m) for i, m in enumerate((3.0, 5.0, 10.0))))
    row = minutes_against_norm(followed(lines, card())).loc["s1"]
    assert (row["n"], row["median"], row["spent"], row["planned"], row["excess"]) == (3, 5.0, 18.0, 15.0, 3.0)
    assert pd.isna(row["low"]), "three values hold no 95 % interval of a median"


def test_the_interval_of_a_median_is_the_published_one() -> None:
    """n = 10: second to ninth value, n = 20: sixth to fifteenth (Conover, Practical Nonparametric Statistics, order statistics)."""
    for n, low, high in ((10, 2.0, 9.0), (20, 6.0, 15.0)):
        lines = log(*(run(str(i), [("s1", True)], minutes=float(i)) for i in range(1, n + 1)))
        row = minutes_against_norm(followed(lines, card())).loc["s1"]
        assert (row["low"], row["high"]) == (low, high)


def test_experience_counts_runs_steps_and_weeks() -> None:
    lines = log(run("1", ALL), run("2", [("s1", True), ("s2", False)], start=START.replace(day=8)), run("3", ALL, employee="Борис"))
    table = experience(followed(lines, card()))
    assert table.index.tolist() == ["Анна", "Борис"]
    assert table.loc["Анна", ["runs", "steps", "weeks"]].tolist() == [2, 5, 2]
    assert table.loc["Анна", "first"] is None


def test_first_and_last_runs_of_a_person() -> None:
    """40 runs, the first 20 with a miss: 0 of 20, then 20 of 20."""
    early = [run(f"a{i:02}", [("s1", True), ("s2", False)], start=START.replace(day=1 + i)) for i in range(20)]
    late = [run(f"b{i:02}", [("s1", True), ("s2", True)], start=START.replace(month=8, day=1 + i)) for i in range(20)]
    row = experience(followed(log(*early, *late), card(2))).loc["Анна"]
    assert (row["first"].k, row["last"].k, row["first"].n) == (0, 20, 20)


def test_a_kpi_is_the_figure_of_its_days() -> None:
    result = followed(log(run("1", [("s1", False)]), run("2", [("s1", True)], start=START.replace(day=5))), card(1))
    assert measured(result, "done", "s1").value == pytest.approx(0.5)
    assert measured(within(result, since=START.replace(day=2).date()), "done", "s1").value == 1.0
    assert measured(within(result, until=START.date()), "complete").value == 0.0
    both = followed(log(run("1", [("s1", True)], client="К1"), run("2", [("s1", False)], client="К2")), card(1), {"К1": "A", "К2": "C"})
    assert measured(within(both, kind="A"), "done", "s1").value == 1.0
    assert measured(within(both, kind="C"), "done", "s1").value == 0.0
    assert measured(result, "own").value is None
    assert measured(result, "minutes", "s1").value is None


def test_known_compliance_is_recovered_from_the_log_in_2000_seeded_runs() -> None:
    """2 000 people of known odds with 25 orders of two steps each, through the whole way from log to interval (95 % by design)."""
    rng = np.random.default_rng(7)
    people, orders = 2000, 25
    odds = rng.uniform(0.3, 0.97, size=(people, 2))
    done = rng.random((people, orders, 2)) < odds[:, None, :]
    who, order, step = (place.ravel() for place in np.indices(done.shape))
    names = np.array([f"{number:04}" for number in range(people)])
    lines = pd.DataFrame(
        {
            "moment": pd.Timestamp(START) + pd.to_timedelta(order * 60 + step, unit="min"),
            "employee": names[who],
            "client_key": "К1",
            "client": "ООО «К1»",
            "document": [f"{a}/{b}" for a, b in zip(names[who], order, strict=True)],
            "step": np.array(["s1", "s2"])[step],
            "done": done.ravel(),
        }
    )
    blank = log(run("1", [("s1", True)])).iloc[:0]
    lines = pd.concat([blank, lines.reindex(columns=blank.columns)]).astype(blank.dtypes.to_dict())
    result = followed(lines, card(2))
    table = result.of_steps(("step", "employee"))
    table = table[table["figure"] == "done"].pivot(index="employee", columns="step", values=["low", "high"])
    for place, key in enumerate(("s1", "s2")):
        inside = (table[("low", key)].to_numpy() <= odds[:, place]) & (odds[:, place] <= table[("high", key)].to_numpy())
        assert 0.93 <= inside.mean() <= 0.98
    whole = result.of_runs(("employee",)).query("figure == 'complete'").sort_values("employee")
    both = odds.prod(axis=1)
    assert 0.93 <= ((whole["low"] <= both) & (both <= whole["high"])).mean() <= 0.98


SECOND = datetime(2025, 8, 1, 9)  # the second version holds from this day
THREE, FOUR = ALL[:3], ALL


def two_versions() -> list[CardVersion]:
    """Three steps with a norm of 5 minutes; from August a fourth, the second dropped, and the first in 2 minutes."""
    now = change_step(drop_step(card(), "s2"), "s1", {"norm_minutes": 2.0})
    return [version(2, now, SECOND.date()), version(1, card(3), START.date())]


def test_an_order_is_held_against_the_version_of_its_day() -> None:
    """By hand: July asks for steps 1, 2, 3, August for 1, 3, 4; nobody misses what was not there yet or is not there any more."""
    versions = two_versions()
    july = run("1", [("s1", True), ("s2", False), ("s3", True)]), run("2", THREE)
    august = run("3", [("s1", True), ("s3", True), ("s4", True)], start=SECOND), run("4", FOUR, start=SECOND)
    result = followed(log(*july, *august), versions[0].card, versions=versions)
    assert figures(result.of_steps(), "done") == {"s1": (4, 4), "s2": (1, 2), "s3": (4, 4), "s4": (2, 2)}
    runs = result.runs.set_index("document")
    assert runs["complete"].to_dict() == {"1": False, "2": True, "3": True, "4": True}
    assert runs["missing"].to_dict() == {"1": ("s2",), "2": (), "3": (), "4": ()}
    assert runs["extra"].to_dict() == {"1": (), "2": (), "3": (), "4": ("s2",)}
    assert result.watched == ("s1", "s3", "s4")
    assert {key: step.operation for key, step in result.gone.items()} == {"s2": "Проверить долг"}


def test_an_order_that_goes_on_over_the_change_belongs_to_the_version_in_which_it_began() -> None:
    versions = two_versions()
    lines = log(run("1", [("s1", True), ("s2", False)], start=SECOND - timedelta(days=1)), run("1", [("s3", True)], start=SECOND))
    runs = followed(lines, versions[0].card, versions=versions).runs
    assert runs["missing"].tolist() == [("s2",)]


def test_work_before_the_first_version_is_held_against_the_first() -> None:
    versions = two_versions()
    lines = log(run("1", [("s1", True), ("s2", False), ("s3", True)], start=START - timedelta(days=30)))
    assert followed(lines, versions[0].card, versions=versions).runs["missing"].tolist() == [("s2",)]


def test_minutes_are_held_against_the_norm_of_the_day() -> None:
    """One order of 6 minutes in July against 5, one in August against 2: 12 spent, 7 planned; the dropped step is no step of today."""
    versions = two_versions()
    lines = log(run("1", THREE[:2], minutes=6.0), run("2", THREE[:1], minutes=6.0, start=SECOND))
    table = minutes_against_norm(followed(lines, versions[0].card, versions=versions))
    assert table.index.tolist() == ["s1"]
    assert table.loc["s1", ["spent", "planned", "excess"]].tolist() == [12.0, 7.0, 5.0]


def test_a_step_that_the_card_dropped_is_neither_the_weakest_nor_to_be_mended() -> None:
    versions = two_versions()
    missed = [run(str(i), [("s1", True), ("s2", False), ("s3", True)]) for i in range(25)]
    result = followed(log(*missed), versions[0].card, versions=versions)
    assert result.step_share("s2").n == 25
    assert result.weakest() is not None
    assert result.weakest()[0] == "s1"  # type: ignore[index]
    assert verdicts(result) == ()
