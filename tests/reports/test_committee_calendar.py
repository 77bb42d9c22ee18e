"""Meetings as a calendar: an event a meeting with its agenda; icalendar, another program than the one of the page, reads it back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from sbyt_core.committee import Committee, CommitteeMember, situations
from sbyt_core.reports import committee_calendar
from sbyt_core.texts import LANGUAGES
from tests.committee.making import DAY, Board

EVIL = "=1+1\nEND:VEVENT\r\nBEGIN:VEVENT <b>жирно</b>"
TODAY = DAY + timedelta(days=1)


def events(lang: str = "ru", *, place: str = "Переговорная", project_id: str = "p1") -> list:
    board = Board()
    board.open("a", text=EVIL, client="=Клиент")
    board.open("b", text="Нет товара на складе")
    board.analyse("b")
    board.decide("b")
    members = (CommitteeMember("Анна", "Директор", "chair"), CommitteeMember("Борис"))
    committee = Committee(members, first=DAY, every_weeks=2, at=time(9, 30), minutes=45, place=place, left_out=(date(2025, 9, 29),))
    made = {"today": TODAY, "project_id": project_id, "project_name": "Ромашка", "made_at": datetime(2025, 9, 2)}
    return Calendar.from_ical(committee_calendar(committee, situations(board.records), lang=lang, **made)).walk("VEVENT")  # type: ignore[arg-type]


def test_every_meeting_is_an_event_at_its_hour() -> None:
    found = events()
    assert [event.decoded("dtstart") for event in found[:2]] == [datetime(2025, 9, 15, 9, 30), datetime(2025, 10, 13, 9, 30)]
    assert found[0].decoded("dtend") == datetime(2025, 9, 15, 10, 15)
    assert str(found[0]["summary"]) == "Комитет по развитию – Ромашка"
    assert str(found[0]["location"]) == "Где: Переговорная"
    assert len(found) == 12


def test_the_agenda_names_what_lies_on_the_table_by_that_day() -> None:
    """The decision is due on 8 September: on the 15th it is overdue."""
    about = str(events()[0]["description"]).splitlines()
    assert about[0] == "Повестка, по состоянию на 02.09.2025:"
    assert about[1] == "– Просрочено. № 2: Нет товара на складе"
    assert about[2].startswith("– Найти причину. № 1: =1+1 END:VEVENT")
    assert about[-1] == "Состав: Анна, Борис"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_texts_of_people_are_texts(lang: str) -> None:
    found = events(lang, place="@SUM(1)\nDTSTART:20200101")
    assert len(found) == 12
    assert not [text for event in found for name in ("summary", "description", "location") if (text := str(event[name]))[:1] in "=+-@"]


def test_a_meeting_keeps_its_identity_and_two_companies_do_not_share_one() -> None:
    first, again, other = (
        [str(event["uid"]) for event in events(**more)] for more in ({}, {"lang": "en", "place": ""}, {"project_id": "p2"})
    )
    assert first == again
    assert not set(first) & set(other)
    assert "location" not in events(place="")[0]
