"""Decisions on who is one client: what holds of them, and lines under it."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sbyt_core.sales.identity.decisions import BY_HOLDING, COLLECTIVE, HOLDING, HOLDING_COLUMN, Decision, Merges, merges_of, standing
from sbyt_core.sales.identity.merging import apply_merges, kept_keys
from sbyt_core.sales.identity.pairs import suggested_pairs
from sbyt_core.sales.model import SalesData
from tests.sales.books import HEADERS, IP, NORTH, PROFIT, REVENUE, ROWS, SERVICE, VEGA, grid, read

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
KEYS = [VEGA, IP, SERVICE, NORTH]
MONEY = ["date", "document", "item", "manager", "quantity", "revenue", "profit", "sheet", "row"]


def company() -> SalesData:
    return read(grid([HEADERS, *ROWS]))


def said(act: str, *keys: str, value: str | None = None) -> Decision:
    return Decision(act, keys, keys, value, "Анна", NOON)


def of(sales: SalesData, key: str) -> float:
    return float(sales.lines.loc[sales.lines["client_key"] == key, "revenue"].sum())


def test_a_merged_client_has_the_lines_of_both_and_the_name_of_the_one_kept() -> None:
    sales = apply_merges(company(), Merges(same=((NORTH, VEGA),)))
    assert of(sales, NORTH) == 1650.0  # 50.50 + 99.50 of its own; 1000 − 200 + 700 of the other
    assert set(sales.lines.loc[sales.lines["client_key"] == NORTH, "client"]) == {NORTH}
    assert sales.n_clients == 3
    assert sales.fingerprint != company().fingerprint


pairs = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda p: p[0] != p[1]), max_size=5)


@given(same=pairs, holdings=st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["Альфа", "Бета"])), by_holding=st.booleans())
@settings(max_examples=40)
def test_no_decision_changes_a_total_or_the_place_of_a_line(same: list, holdings: dict, by_holding: bool) -> None:
    before = company()
    after = apply_merges(before, Merges(same=tuple(same), holdings=tuple(holdings.items()), by_holding=by_holding))
    pd.testing.assert_frame_equal(after.lines[MONEY], before.lines[MONEY])
    assert dict(after.lines.dtypes) == dict(before.lines.dtypes)
    assert (after.revenue, after.profit) == (REVENUE, PROFIT)
    groups = after.lines.groupby("client_key")["client"].nunique()
    assert (groups == 1).all(), "one client has one name"


@given(same=pairs)
@settings(max_examples=20)
def test_merged_and_taken_back_is_as_before(same: list) -> None:
    decisions = [said("same", *pair) for pair in same]
    back = [said("open", one, other) for other, one in same]  # whichever comes first
    before = company()
    assert apply_merges(before, merges_of([*decisions, *back])) is before


def test_chains_and_circles_end_at_one_client() -> None:
    kept = kept_keys(Merges(same=(("a", "b"), ("b", "c"), ("c", "a"), ("d", "a"))))
    assert {kept.get(key, key) for key in "abcd"} == {"d"}


def test_a_client_kept_that_is_not_in_these_lines_still_joins_the_others() -> None:
    sales = apply_merges(company(), Merges(same=(("gone", NORTH), ("gone", VEGA))))
    assert of(sales, "gone") == 1650.0
    assert set(sales.lines.loc[sales.lines["client_key"] == "gone", "client"]) == {VEGA}, "three lines against two"


def test_a_line_of_nobody_stays_nobodys() -> None:
    sales = read(grid([HEADERS, *ROWS, [*ROWS[0][:2], None, *ROWS[0][3:]]]))
    after = apply_merges(sales, Merges(same=((VEGA, IP),)))
    assert after.lines["client_key"].isna().sum() == 1
    assert after.lines.loc[after.lines["client_key"].isna(), "client"].isna().all()


def test_many_buyers_may_be_called_one_client_and_back() -> None:
    retail = "Розничный покупатель"
    sales = read(grid([HEADERS, *ROWS, [*ROWS[0][:2], retail, *ROWS[0][3:]]]))
    assert sales.lines["aggregate"].sum() == 1
    ordinary = merges_of([said(COLLECTIVE, retail, value="no")])
    assert apply_merges(sales, ordinary).lines["aggregate"].sum() == 0
    assert apply_merges(sales, merges_of([said(COLLECTIVE, retail, value="no"), said(COLLECTIVE, retail)])) is sales
    many = apply_merges(sales, merges_of([said(COLLECTIVE, VEGA, value="yes")]))
    assert many.lines["aggregate"].sum() == 4  # three lines of Vega and the retail one


def test_holdings_count_as_one_client_when_wanted() -> None:
    decisions = [said(HOLDING, VEGA, value="Группа"), said(HOLDING, IP, value="Группа")]
    assert apply_merges(company(), merges_of(decisions)).n_clients == 4
    held = apply_merges(company(), merges_of([*decisions, said(BY_HOLDING, value="yes")]))
    assert (held.n_clients, of(held, "holding:Группа")) == (3, 2000.0)  # 1000 − 200 + 700 and 500
    assert set(held.lines.loc[held.lines["client_key"] == "holding:Группа", "client"]) == {"Группа"}
    left = merges_of([*decisions, said(BY_HOLDING, value="yes"), said(HOLDING, IP)])
    assert of(apply_merges(company(), left), "holding:Группа") == 1500.0


def test_a_column_of_the_file_may_name_the_holdings_and_a_hand_goes_before_it() -> None:
    groups = {VEGA: "Звезда", IP: "Звезда", SERVICE: None, NORTH: "Полюс"}
    sales = read(grid([[*HEADERS, "Холдинг"], *[[*row, groups[row[2]]] for row in ROWS]]))
    decisions = [said(HOLDING_COLUMN, value="Холдинг"), said(BY_HOLDING, value="yes")]
    held = apply_merges(sales, merges_of(decisions))
    assert sorted(held.lines["client"].unique()) == sorted(["Звезда", "Полюс", SERVICE])
    moved = apply_merges(sales, merges_of([*decisions, said(HOLDING, IP, value="Полюс")]))
    assert of(moved, "holding:Полюс") == 650.0  # 500 + 50.50 + 99.50


def test_the_last_decision_on_a_subject_holds() -> None:
    decisions = [
        said("same", VEGA, IP),
        said("apart", IP, VEGA),
        said("same", NORTH, IP),
        said("apart", VEGA, SERVICE),
        said("open", VEGA, SERVICE),
    ]
    assert merges_of(decisions) == Merges(same=((NORTH, IP),), apart=((IP, VEGA),))
    assert [one.act for one in standing(decisions)] == ["apart", "same"]


def test_refused_and_merged_pairs_are_not_suggested_again() -> None:
    twins = ["ООО «Северный ветер»", "ЗАО Северный Ветёр", "АО «Северный ветер»"]
    rows = [[*ROWS[at][:2], name, *ROWS[at][3:]] for at, name in enumerate(twins)]
    sales = read(grid([HEADERS, *rows, ROWS[3]]))
    first, second, likeness = suggested_pairs(sales, Merges())[0]
    assert likeness == 100.0
    assert (first.revenue or 0) >= (second.revenue or 0)
    assert {first.name, second.name} < set(twins)
    assert (first.documents, first.lines, first.managers) == (1, 1, ("Петров",))
    merges = Merges(same=((first.key, second.key),))
    joined = apply_merges(sales, merges)
    (pair,) = suggested_pairs(joined, merges)
    assert sorted(one.lines for one in pair[:2]) == [1, 2]
    third = next(iter(set(twins) - {first.key, second.key}))
    assert suggested_pairs(joined, Merges(same=merges.same, apart=((second.key, third),))) == [], "refused under the name it had"


@pytest.mark.parametrize("kept", [VEGA, IP])
def test_attributes_of_the_client_that_is_kept_go_first(kept: str) -> None:
    towns = {VEGA: "Пермь", IP: "Омск"}
    sales = read(grid([[*HEADERS, "Город"], *[[*row, towns.get(row[2])] for row in ROWS]]))
    other = IP if kept == VEGA else VEGA
    after = apply_merges(sales, Merges(same=((kept, other),)))
    assert after.attributes.set_index("client_key").loc[kept, "Город"] == towns[kept]
    assert other not in set(after.attributes["client_key"])
