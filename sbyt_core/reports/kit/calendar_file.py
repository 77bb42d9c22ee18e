"""A calendar file that every calendar opens: events one after another, each with an identity that stays when the file is made again."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime

from sbyt_core.reports.kit.book import UNDATED
from sbyt_core.reports.kit.clean import cell_text
from sbyt_core.texts import Speech

PRODUCT = "-//Systematic Sales//Hours plan//"


class CalendarFile:
    """The file being written. made_at: in UTC or without a zone, None gives `UNDATED`; about: of the calendar as a whole."""

    def __init__(self, speech: Speech, name: str, made_at: datetime | None, *, about: str | None = None) -> None:
        from icalendar import Calendar

        self._made = (made_at or UNDATED).replace(tzinfo=UTC)
        self._calendar = Calendar()
        self._calendar.add("prodid", PRODUCT + speech.lang.upper())
        self._calendar.add("version", "2.0")
        self._calendar.add("x-wr-calname", cell_text(name))
        if about is not None:
            self._calendar.add("x-wr-caldesc", cell_text(about))

    def add(self, identity: str, start: date, end: date, *, summary: str, about: str, **more: str) -> None:
        """One event.

        identity: what the event is, the same in every file; start, end: days, or times of the place; more: other properties.
        """
        from icalendar import Event

        event = Event()
        event.add("uid", hashlib.sha256(identity.encode()).hexdigest()[:32])
        event.add("dtstamp", self._made)
        event.add("dtstart", start)
        event.add("dtend", end)
        for name, text in {**more, "summary": summary, "description": about}.items():
            event.add(name, cell_text(text))
        self._calendar.add_component(event)

    def bytes(self) -> bytes:
        """The file."""
        return self._calendar.to_ical()
