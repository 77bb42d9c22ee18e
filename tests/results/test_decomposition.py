"""Where a change came from: the worked numbers of METHOD §7, and the law that parts add up on bases made by hypothesis."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.errors import BadInput
from sbyt_core.results.sources.decomposition import decompose
from sbyt_core.results.sources.price_volume import price_volume
from sbyt_core.results.sources.rounding import closing_parts
from sbyt_core.results.sources.shapley import shapley_parts
from tests.clients.making import sales_data
from tests.results.making import AFTER, BEFORE, EARLIER, facts_from, two_windows


def parts_of(before: list[float], after: list[float]) -> list[float]:
    return shapley_parts(np.array(before)[:, None], np.array(after)[:, None])[:, 0].tolist()


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [  # METHOD §7, worked there
        ([100, 4, 250, 0.20], [90, 5, 260, 0.22], [-2416.5, 5082.8333, 896.8333, 2176.8333]),
        ([10, 5, 2], [12, 4, 3], [22.3333, -27.6667, 49.3333]),
        ([4, 250, 0.05], [5, 260, -0.02], [3.766667, 0.616667, -80.383333]),
    ],
)
def test_shares_of_a_product_by_hand(before: list[float], after: list[float], expected: list[float]) -> None:
    assert parts_of(before, after) == pytest.approx(expected, abs=1e-4)


@given(st.integers(1, 4).flatmap(lambda k: st.tuples(*[st.lists(st.floats(-1e4, 1e4), min_size=k, max_size=k)] * 2)))
def test_shares_add_up_to_the_change_of_the_product(pair: tuple[list[float], list[float]]) -> None:
    before, after = pair
    change = float(np.prod(after) - np.prod(before))
    scale = max(1.0, *(abs(x) for x in before + after)) ** len(before)
    assert sum(parts_of(before, after)) == pytest.approx(change, abs=1e-9 * scale)


def test_sources_by_hand() -> None:
    # METHOD §7: a100 b80 c20 d−10 → a130 b70 d5 e40: +55 = new 40 − lost 20 + kept 35
    facts = two_windows(
        [
            (BEFORE, {"a": (500, 100), "b": (400, 80), "c": (100, 20), "d": (50, -10)}),
            (AFTER, {"a": (600, 130), "b": (350, 70), "d": (40, 5), "e": (200, 40)}),
        ]
    )
    found = decompose(facts)
    assert found.change == pytest.approx(55)
    assert (found.amount("new"), found.amount("returned"), found.amount("lost")) == pytest.approx((40, 0, -20))
    assert sum(part.amount for part in found.parts if part.code.startswith("kept")) == pytest.approx(35)
    assert {part.code: part.clients for part in found.parts if part.code in ("new", "lost")} == {"new": 1, "lost": 1}


def test_a_kept_client_is_shared_by_its_own_figures() -> None:
    # METHOD §7: 4·250·.05 → 5·260·(−.02), one client with documents of equal money: 3.766667, .616667, −80.383333
    before = [{"date": BEFORE, "client_key": "a", "document": f"b{i}", "revenue": 250.0, "profit": 12.5} for i in range(4)]
    after = [{"date": AFTER, "client_key": "a", "document": f"a{i}", "revenue": 260.0, "profit": -5.2} for i in range(5)]
    found = decompose(facts_from(sales_data(before + after)))
    assert [found.amount(f"kept_{factor}") for factor in ("documents", "average", "margin")] == pytest.approx(
        [3.766667, 0.616667, -80.383333], abs=1e-6
    )


def test_new_returned_and_lost_by_what_they_bought_earlier() -> None:
    facts = two_windows(
        [
            (EARLIER, {"back": (100, 10), "stays": (100, 10)}),
            (BEFORE, {"stays": (100, 10), "goes": (100, 10)}),
            (AFTER, {"stays": (100, 10), "back": (300, 30), "first": (200, 20)}),
        ]
    )
    frame = decompose(facts).frame.set_index("client_key")
    assert frame["status"].to_dict() == {"back": "returned", "stays": "kept", "goes": "lost", "first": "new"}
    assert decompose(facts, "revenue").amount("returned") == pytest.approx(300)


def test_a_kept_client_without_revenue_counts_in_documents() -> None:
    rows = [
        {"date": BEFORE, "client_key": "a", "document": "1", "revenue": 100.0, "profit": 10.0},
        {"date": BEFORE, "client_key": "a", "document": "2", "revenue": -100.0, "profit": -10.0},
        {"date": AFTER, "client_key": "a", "document": "3", "revenue": 300.0, "profit": 40.0},
    ]
    found = decompose(facts_from(sales_data(rows)))
    assert found.amount("kept_documents") == pytest.approx(40)
    assert (found.amount("kept_average"), found.amount("kept_margin")) == (0, 0)


def test_nobodys_money_and_pure_returns_stand_in_other() -> None:
    rows = [
        {"date": BEFORE, "client_key": "a", "document": "1", "revenue": 100.0, "profit": 10.0},
        {"date": BEFORE, "client_key": None, "document": "2", "revenue": 50.0, "profit": 5.0},
        {"date": AFTER, "client_key": "a", "document": "3", "revenue": 100.0, "profit": 10.0},
        {"date": AFTER, "client_key": "b", "document": "4", "revenue": -70.0, "profit": -7.0},
    ]
    found = decompose(facts_from(sales_data(rows)))
    assert found.amount("other") == pytest.approx(-12)
    assert found.change == pytest.approx(-12)


def test_net_profit_has_cost_to_serve_as_a_part() -> None:
    rows = [{"date": day, "client_key": "a", "document": day, "revenue": 500.0, "profit": 100.0} for day in (BEFORE, AFTER)]
    found = decompose(facts_from(sales_data(rows), cost=[30.0, 20.0]), "net")
    assert (found.before, found.after, found.amount("cost_to_serve")) == pytest.approx((70, 80, 10))


@pytest.mark.parametrize("measure", ["profit", "net"])
def test_a_measure_that_the_data_do_not_have_is_said(measure: str) -> None:
    rows = [{"date": day, "client_key": "a", "revenue": 100.0} for day in (BEFORE, AFTER)]
    with pytest.raises(BadInput, match="measure_not_known"):
        decompose(facts_from(sales_data(rows)), measure)


def test_items_by_hand() -> None:
    # METHOD §7: X 100·10·6 → 120·11·6.5, Y 200·5·4 → 150·5·4.2, Z new 30·8·5: +150 = 120 − 90 − 60 + 90 + 90
    table = [
        (BEFORE, "X", 100, 10, 6),
        (BEFORE, "Y", 200, 5, 4),
        (AFTER, "X", 120, 11, 6.5),
        (AFTER, "Y", 150, 5, 4.2),
        (AFTER, "Z", 30, 8, 5),
    ]
    rows = [
        {"date": day, "client_key": "a", "item": item, "quantity": q, "revenue": float(q * p), "profit": float(q * (p - c))}
        for day, item, q, p, c in table
    ]
    found = price_volume(facts_from(sales_data(rows)))
    assert found is not None
    assert found.change == pytest.approx(150)
    amounts = {part.code: part.amount for part in found.parts}
    assert amounts == pytest.approx({"price": 120, "cost": -90, "volume": -60, "mix": 90, "added_items": 90, "dropped_items": 0})


def test_items_without_quantities_tell_nothing() -> None:
    rows = [{"date": day, "client_key": "a", "item": "X", "revenue": 100.0, "profit": 1.0} for day in (BEFORE, AFTER)]
    assert price_volume(facts_from(sales_data(rows))) is None


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "date": st.sampled_from([EARLIER, BEFORE, AFTER]),
            "client_key": st.sampled_from(["a", "b", "c", None]),
            "document": st.sampled_from(["1", "2", "3", None]),
            "item": st.sampled_from(["X", "Y", None]),
            "quantity": st.one_of(st.just(float("nan")), st.integers(-3, 9).map(float)),
            "revenue": st.integers(-500_000, 900_000).map(lambda kopecks: kopecks / 100),
            "profit": st.integers(-90_000, 90_000).map(lambda kopecks: kopecks / 100),
        }
    ),
    max_size=12,
)
ANCHORS = [
    {"date": day, "client_key": "z", "revenue": 1.0, "profit": 1.0, "item": "X", "quantity": 1.0} for day in (EARLIER, BEFORE, AFTER)
]


@given(LINES, st.sampled_from(["revenue", "profit"]))
def test_every_waterfall_adds_up_to_the_kopeck(rows: list[dict], measure: str) -> None:
    sales = sales_data([*ANCHORS, *rows])
    found = decompose(facts_from(sales), measure)
    money = sales.lines.groupby("date")[measure].sum()
    expected = [round(float(money[day]), 2) for day in (BEFORE, AFTER)]
    assert [round(found.before, 2), round(found.after, 2)] == pytest.approx(expected, abs=1e-9)
    change = expected[1] - expected[0]
    assert round(sum(found.rounded()), 2) == pytest.approx(change, abs=1e-6)
    by_items = price_volume(facts_from(sales), measure)
    if by_items is not None:
        assert round(sum(by_items.rounded()), 2) == pytest.approx(change, abs=1e-6)


@given(LINES)
def test_net_profit_adds_up_to_the_kopeck_and_by_month(rows: list[dict]) -> None:
    """Serving a line costs 1.25: net profit of a window is its profit less that, by its parts and by its months."""
    sales = sales_data([*ANCHORS, *rows])
    facts = facts_from(sales, cost=[1.25] * len(sales.lines))
    found = decompose(facts, "net")
    days = sales.lines.groupby("date")["profit"]
    expected = [round(float(days.sum()[day] - 1.25 * days.size()[day]), 2) for day in (BEFORE, AFTER)]
    assert [round(found.before, 2), round(found.after, 2)] == pytest.approx(expected, abs=1e-9)
    assert round(sum(found.rounded()), 2) == pytest.approx(expected[1] - expected[0], abs=1e-6)
    months = facts.months.groupby("month")["net"].sum()
    assert [months[BEFORE[:8] + "01"], months[AFTER[:8] + "01"]] == pytest.approx(expected, abs=1e-6)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8), st.integers(0, 2))
def test_rounded_parts_close_and_no_part_moves_far(parts: list[float], digits: int) -> None:
    total = sum(parts)
    rounded = closing_parts(parts, total, digits)
    unit = 10.0**-digits
    assert sum(rounded) == pytest.approx(round(total, digits), abs=unit * 1e-3)
    assert all(abs(one - part) <= unit * 1.001 for one, part in zip(rounded, parts, strict=True))
