"""Who sits in the committee and when it meets.

It meets every so many weeks from a first day on, at one time of day; single meetings may be left out or added. One member is in
the chair, one keeps the minutes; both may be missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import date, time, timedelta
from typing import Any

from sbyt_core.errors import BadInput
from sbyt_core.sales.identity.names import same_name

DOCUMENT = "committee"  # kind of the store's document
DUTIES = ("chair", "secretary", "member")
WEEKS = (1, 2, 3, 4)
NAME_LIMIT = 200  # characters
MOST_MEMBERS = 40
MINUTES = (15, 480)  # length of a meeting


@dataclass(frozen=True)
class CommitteeMember:
    """One member: name, job, duty of `DUTIES`."""

    name: str
    job: str = ""
    duty: str = "member"

    def __post_init__(self) -> None:
        if not isinstance(self.name, str) or not self.name.strip():
            raise BadInput("empty_name")
        for name in ("name", "job"):
            if not isinstance(getattr(self, name), str) or len(getattr(self, name)) > NAME_LIMIT:
                raise BadInput("name_too_long", limit=NAME_LIMIT)
        if self.duty not in DUTIES:
            raise BadInput("not_a_choice", name="duty", value=str(self.duty), allowed=DUTIES)


@dataclass(frozen=True)
class Committee:
    """Members and meetings. first: day of the first meeting, None while there is no calendar; left_out, added: single days."""

    members: tuple[CommitteeMember, ...] = ()
    first: date | None = None
    every_weeks: int = 1
    at: time = time(10)
    minutes: int = 60
    place: str = ""
    left_out: tuple[date, ...] = field(default_factory=tuple)
    added: tuple[date, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        if len(self.members) > MOST_MEMBERS:
            raise BadInput("out_of_range", name="members", value=len(self.members), low=0, high=MOST_MEMBERS)
        names = [same_name(one.name) for one in self.members]
        for name, one in zip(names, self.members, strict=True):
            if names.count(name) > 1:
                raise BadInput("member_twice", name=one.name)
        if self.every_weeks not in WEEKS:
            raise BadInput("not_a_choice", name="every_weeks", value=str(self.every_weeks), allowed=WEEKS)
        if not MINUTES[0] <= self.minutes <= MINUTES[1]:
            raise BadInput("out_of_range", name="minutes", value=self.minutes, low=MINUTES[0], high=MINUTES[1])

    def meetings(self, since: date, number: int) -> tuple[date, ...]:
        """The next meetings, those of the day `since` included; fewer where only single days are left."""
        days = sorted({day for day in self.added if day >= since})
        regular = self._regular(since)
        result: list[date] = []
        for day in regular if self.first is not None else iter(()):
            while days and days[0] < day:
                result.append(days.pop(0))
            if days and days[0] == day:
                days.pop(0)
            if day not in self.left_out:
                result.append(day)
            if len(result) >= number:
                return tuple(result[:number])
        return tuple([*result, *days][:number])

    def before(self, day: date) -> date | None:
        """The last meeting before a day; None where there was none."""
        past = [one for one in self.added if one < day]
        if self.first is not None and self.first < day:
            step = timedelta(weeks=self.every_weeks)
            one = self.first + step * ((day - self.first - timedelta(days=1)) // step)
            while one >= self.first:
                if one not in self.left_out:
                    past.append(one)
                    break
                one -= step
        return max(past, default=None)

    def _regular(self, since: date) -> Iterator[date]:
        first, step = self.first or since, timedelta(weeks=self.every_weeks)
        day = first if since <= first else first + step * -(-(since - first) // step)
        while True:
            yield day
            day += step

    def to_value(self) -> dict[str, Any]:
        """Plain values for the store."""
        return {
            "members": [asdict(one) for one in self.members],
            "first": None if self.first is None else self.first.isoformat(),
            "every_weeks": self.every_weeks,
            "at": self.at.isoformat("minutes"),
            "minutes": self.minutes,
            "place": self.place,
            "left_out": [day.isoformat() for day in self.left_out],
            "added": [day.isoformat() for day in self.added],
        }

    @classmethod
    def from_value(cls, value: Any) -> Committee:
        """The committee of plain values, an empty one of None. Raises BadInput bad_json and those of a committee."""
        if value is None:
            return cls()
        try:
            return cls(
                members=tuple(CommitteeMember(**one) for one in value["members"]),
                first=None if value["first"] is None else date.fromisoformat(value["first"]),
                every_weeks=int(value["every_weeks"]),
                at=time.fromisoformat(value["at"]),
                minutes=int(value["minutes"]),
                place=str(value["place"]),
                left_out=tuple(date.fromisoformat(day) for day in value["left_out"]),
                added=tuple(date.fromisoformat(day) for day in value["added"]),
            )
        except (KeyError, TypeError, AttributeError):
            raise BadInput("bad_json", name="committee") from None
        except ValueError as fault:
            if isinstance(fault, BadInput):
                raise
            raise BadInput("bad_json", name="committee") from None
