"""Hours asked against hours there are, the clients behind an overload, the fewest standards to change, room for more clients."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sbyt_core.strategies import Manager, StrategyBook, Team, capacity, headroom, headroom_of_plan, make_it_fit
from sbyt_core.strategies.capacity import keepable
from tests.strategies.test_hours_plan import ANNA, BORIS, company, plan

BOOK = StrategyBook.default()


def team(anna: float, boris: float, *, pooled: bool = False) -> Team:
    return Team((Manager(ANNA, anna), Manager(BORIS, boris)), pooled=pooled)


def asked_by_hand(manager: str) -> float:
    """Σ contacts × minutes / 60 of the manager's clients, from the standards and the classes."""
    frame = company().frame
    mine = frame[frame["manager"] == manager]
    kinds = mine["segment"].where(mine["tags"].fillna("") == "", "loss_making")
    return sum(BOOK[kind].contacts_per_month * BOOK[kind].minutes_per_contact / 60 for kind in kinds)


def test_asked_and_free_hours_of_every_manager() -> None:
    now = capacity(company(), BOOK, team(20, 1))
    assert now.managers.loc[ANNA, "asked"] == pytest.approx(asked_by_hand(ANNA))
    assert now.managers.loc[ANNA, "free"] == pytest.approx(20 - asked_by_hand(ANNA))
    assert now.managers.loc[BORIS, "over"] == pytest.approx(asked_by_hand(BORIS) - 1)
    assert now.over == pytest.approx(asked_by_hand(BORIS) - 1)
    assert now.overloaded == (BORIS,)


def test_the_clients_behind_an_overload_are_the_fewest_that_make_it() -> None:
    now = capacity(company(), BOOK, team(20, 1))
    assert set(now.behind["manager"]) == {BORIS}
    assert now.behind["asked"].sum() >= now.over - 1e-9
    assert now.behind["asked"].iloc[:-1].sum() < now.over


def test_pooled_hours_help_each_other() -> None:
    assert capacity(company(), BOOK, team(20, 1, pooled=True)).over == 0
    assert make_it_fit(company(), BOOK, team(20, 1, pooled=True)).changes == ()


def test_documents_take_hours_where_their_norm_is_known() -> None:
    # six clients with a document a month each, 20 minutes: 2 hours more
    with_norm = capacity(company(), BOOK, team(20, 20), norm_minutes=20)
    assert with_norm.managers.loc[ANNA, "asked"] == pytest.approx(asked_by_hand(ANNA) + 2)
    assert with_norm._asked["asked"].sum() == pytest.approx(with_norm.asked)


def test_a_book_that_fits_is_left_alone() -> None:
    fit = make_it_fit(company(), BOOK, team(20, 20))
    assert (fit.book, fit.changes, fit.over) == (BOOK, (), 0)


def test_an_overload_by_one_standard_is_mended_by_that_one() -> None:
    heavy = BOOK.with_standard(replace(BOOK["A"], contacts_per_month=8.0))
    fit = make_it_fit(company(), heavy, team(8, 8))
    assert [(change.kind, change.before) for change in fit.changes] == [("A", 8.0)]
    assert capacity(company(), fit.book, team(8, 8)).over == 0
    one_more = fit.book.with_standard(replace(fit.book["A"], contacts_per_month=fit.changes[0].after + 1 / 3))
    assert capacity(company(), one_more, team(8, 8)).over > 0  # as often as fits
    quarter = fit.changes[0].after * 3
    assert quarter == pytest.approx(round(quarter))


def test_no_smaller_set_of_standards_would_do() -> None:
    hours = team(1.2, 1.2)
    fit = make_it_fit(company(), BOOK, hours)
    assert fit.over == 0
    assert len(fit.changes) >= 1
    if len(fit.changes) > 1:
        for standard in BOOK.standards:
            alone = BOOK.with_standard(replace(standard, contacts_per_month=min(standard.contacts_per_month, 1 / 12)))
            assert capacity(company(), alone, hours).over > 0


def test_what_no_rarer_contact_mends_is_said() -> None:
    fit = make_it_fit(company(), BOOK, team(0, 20))
    assert fit.over == pytest.approx(capacity(company(), fit.book, team(0, 20)).over)
    assert fit.over > 0


@pytest.mark.parametrize(("contacts", "rhythm"), [(2.0, 2.0), (1.9, 5 / 3), (0.34, 1 / 3), (0.3, 1 / 6), (0.1, 1 / 12), (0.0, 1 / 12)])
def test_rhythms_that_can_be_kept(contacts: float, rhythm: float) -> None:
    assert keepable(contacts) == pytest.approx(rhythm)


def test_room_for_more_clients() -> None:
    # an A takes 2 × 45 min = 1.5 h a month, a B half an hour, a C 5 minutes
    now = capacity(company(), BOOK, team(asked_by_hand(ANNA) + 4, 0.5))
    room = headroom(now, BOOK)
    assert room.loc[ANNA].tolist() == pytest.approx([4, 2, 8, 48])
    assert room.loc[BORIS, ["A", "B", "C"]].tolist() == [0, 0, 0]


def test_room_by_the_plan_counts_every_hour_of_a_client() -> None:
    found = plan(team=team(12, 10))
    takes = found.segments["hours_after"] / found.segments["clients"]
    room = headroom_of_plan(found)
    assert room["free"].tolist() == found.managers["reserve"].tolist()
    for name in (ANNA, BORIS):
        for segment in ("A", "B", "C"):
            assert room.loc[name, segment] == int(found.managers.loc[name, "reserve"] / takes[segment] + 1e-9)


def test_sales_that_name_no_manager_are_held_against_the_hours_of_all() -> None:
    nobody = company(manager=[None] * 12)
    asked = asked_by_hand(ANNA) + asked_by_hand(BORIS)
    assert capacity(nobody, BOOK, team(asked, 0)).over == 0
    short = capacity(nobody, BOOK, team(asked - 1, 0))
    assert short.over == pytest.approx(1)
    fit = make_it_fit(nobody, BOOK, team(asked - 1, 0))
    assert len(fit.changes) == 1
    assert capacity(nobody, fit.book, team(asked - 1, 0)).over == 0
