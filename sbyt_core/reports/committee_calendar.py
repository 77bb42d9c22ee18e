"""Meetings of the development committee as a calendar file: an event a meeting, with what lies on the table.

The times are those of the place, without a zone. The identity of a meeting is company and day, so a calendar that is made again
replaces it. Every text of an event begins with a word of ours, so that a calendar exported to a table gives no formula.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sbyt_core.committee import Committee, Situation, agenda
from sbyt_core.reports.kit.calendar_file import CalendarFile
from sbyt_core.texts import Speech, speech

MEETINGS = 12  # the next ones: a quarter of weekly meetings
LETTERS = 200  # of a situation in the agenda


def committee_calendar(
    committee: Committee,
    situations: Sequence[Situation],
    *,
    today: date,
    project_id: str,
    project_name: str = "",
    lang: str = "ru",
    made_at: datetime | None = None,
) -> bytes:
    """The next meetings as an iCalendar file.

    today: the first day that counts, and the day of the agenda; made_at: in UTC or without a zone.
    """
    say = speech(lang)
    title = say("meetings.title_of", project=project_name) if project_name else say("meetings.title")
    calendar = CalendarFile(say, title, made_at)
    place = {"location": say("meetings.place", place=committee.place)} if committee.place else {}
    for day in committee.meetings(today, MEETINGS):
        start = datetime.combine(day, committee.at)
        about = "\n".join(_about(committee, situations, day, today, say))
        end = start + timedelta(minutes=committee.minutes)
        calendar.add(f"{project_id}|committee|{day.isoformat()}", start, end, summary=title, about=about, **place)
    return calendar.bytes()


def _about(committee: Committee, situations: Sequence[Situation], day: date, today: date, say: Speech) -> list[str]:
    items = agenda(situations, meeting=day)
    lines = [say("meetings.agenda", day=today) if items else say("minutes.agenda.empty")]
    for item in items:
        one = item.situation
        text = say("minutes.agenda.item", why=say(f"committee.why.{item.why}"), number=str(one.number), text=_short(one.text))
        lines.append(f"– {text}" + (f" ({one.client})" if one.client else ""))
    if committee.members:
        lines.append(say("meetings.members", names=", ".join(member.name for member in committee.members)))
    return lines


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LETTERS else flat[:LETTERS].rsplit(" ", 1)[0] + "…"
