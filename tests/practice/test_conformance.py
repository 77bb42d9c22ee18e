"""Three logs worked by hand, one of each fault, and the laws of the fewest moves."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.practice.conformance import Conformance, conform, kept_in_order

CARD = ("accept", "check", "price", "invoice", "ship")


def test_a_step_is_missing() -> None:
    assert conform(CARD, ("accept", "price", "invoice", "ship")) == Conformance(missing=("check",))


def test_a_step_is_extra() -> None:
    assert conform(CARD, ("accept", "check", "gift", "price", "invoice", "ship")) == Conformance(extra=("gift",))


def test_two_neighbours_changed_places_and_the_hasty_one_is_told() -> None:
    """The price was agreed on before the debt was looked at: "price" came before its turn."""
    assert conform(CARD, ("accept", "price", "check", "invoice", "ship")) == Conformance(out_of_order=("price",))


def test_one_step_far_from_its_place_is_the_only_one_told() -> None:
    assert conform(CARD, ("check", "price", "invoice", "ship", "accept")).out_of_order == ("accept",)
    assert conform(CARD, ("ship", "accept", "check", "price", "invoice")).out_of_order == ("ship",)


def test_faults_come_together_and_a_step_done_twice_counts_once() -> None:
    found = conform(CARD, ("accept", "invoice", "gift", "accept", "check", "ship"))
    assert found == Conformance(missing=("price",), extra=("gift",), out_of_order=("invoice",))
    assert not found.holds


def test_a_run_by_the_card_holds() -> None:
    assert conform(CARD, CARD).holds
    assert conform((), ()).holds


@given(st.permutations(range(6)))
def test_what_is_kept_rises_and_no_longer_part_does(order: list[int]) -> None:
    kept = kept_in_order(order)
    assert list(kept) == sorted(kept)
    longest = max(len(part) for part in _rising(order))
    assert len(kept) == longest


def _rising(order: list[int]) -> list[list[int]]:
    """Every rising part of an order, by trying all of them."""
    parts: list[list[int]] = [[]]
    for value in order:
        parts += [[*part, value] for part in parts if not part or part[-1] < value]
    return parts
