"""Who sits in the committee and when it meets: days counted on a paper calendar of 2025."""

from __future__ import annotations

import json
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sbyt_core.committee import Committee, CommitteeMember
from sbyt_core.errors import BadInput

TUESDAY = date(2025, 9, 2)


def test_every_second_tuesday() -> None:
    committee = Committee(first=TUESDAY, every_weeks=2)
    assert committee.meetings(date(2025, 9, 3), 3) == (date(2025, 9, 16), date(2025, 9, 30), date(2025, 10, 14))
    assert committee.meetings(TUESDAY, 1) == (TUESDAY,)
    assert committee.meetings(date(2025, 1, 1), 1) == (TUESDAY,)
    assert committee.before(date(2025, 9, 16)) == TUESDAY
    assert committee.before(TUESDAY) is None


def test_left_out_and_added_days() -> None:
    committee = Committee(first=TUESDAY, left_out=(date(2025, 9, 9),), added=(date(2025, 9, 11),))
    assert committee.meetings(date(2025, 9, 3), 2) == (date(2025, 9, 11), date(2025, 9, 16))
    assert committee.before(date(2025, 9, 11)) == TUESDAY
    assert committee.before(date(2025, 9, 12)) == date(2025, 9, 11)


def test_without_a_calendar_only_the_added_days_are_known() -> None:
    committee = Committee(added=(TUESDAY,))
    assert committee.meetings(date(2025, 1, 1), 5) == (TUESDAY,)
    assert Committee().meetings(TUESDAY, 3) == ()
    assert Committee().before(TUESDAY) is None


@given(st.dates(date(2024, 1, 1), date(2028, 1, 1)), st.sampled_from([1, 2, 3, 4]))
def test_the_next_meeting_is_near_and_before_is_behind(since: date, weeks: int) -> None:
    committee = Committee(first=TUESDAY, every_weeks=weeks)
    (day,) = committee.meetings(since, 1)
    assert day >= since
    assert day.weekday() == TUESDAY.weekday()
    if since > TUESDAY:
        assert day - since < timedelta(weeks=weeks)
        last = committee.before(since)
        assert last is not None
        assert timedelta(0) < since - last <= timedelta(weeks=weeks)


def test_what_is_kept_comes_back() -> None:
    committee = Committee(
        (CommitteeMember("Анна", "Директор", "chair"), CommitteeMember("Борис")),
        TUESDAY,
        2,
        time(15, 30),
        90,
        "Переговорная",
        (TUESDAY,),
        (date(2025, 9, 5),),
    )
    assert Committee.from_value(json.loads(json.dumps(committee.to_value()))) == committee
    assert Committee.from_value(None) == Committee()


@pytest.mark.parametrize(
    "value", [{}, [], {"members": 5}, {**Committee().to_value(), "first": "вторник"}, {**Committee().to_value(), "members": [{"x": 1}]}]
)
def test_what_is_no_committee_is_refused(value: object) -> None:
    with pytest.raises(BadInput, match="bad_json"):
        Committee.from_value(value)


def test_members_are_named_once() -> None:
    with pytest.raises(BadInput, match="member_twice"):
        Committee((CommitteeMember("Анна"), CommitteeMember(" анна ")))
    with pytest.raises(BadInput, match="empty_name"):
        CommitteeMember(" ")
    with pytest.raises(BadInput, match="not_a_choice"):
        CommitteeMember("Анна", duty="king")
    with pytest.raises(BadInput, match="out_of_range"):
        Committee(minutes=5)
