"""Situations from their events: a pure function of what was written.

Events are taken in the order in which they were written. One that may not come in the state reached, or whose author had not
seen the event before it, is refused: it changes nothing and stays in the history. A note is never refused. What is no event of
ours is passed over, so that a record of a newer program does not close the whole board.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sbyt_core.committee.model import MOVES, Decision, Event, Kpi, Review, Situation
from sbyt_core.errors import StaleRecord


@dataclass(frozen=True)
class Record:
    """One entry of the store: the situation it is about, the event, who wrote it and when."""

    situation: str
    value: Any
    author: str
    at: datetime


def situations(records: Iterable[Record]) -> tuple[Situation, ...]:
    """Every situation as it stands, in the order of opening. records: oldest first."""
    found: dict[str, Situation] = {}
    for record in records:
        try:
            _take(found, record)
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return tuple(found.values())


def standing(records: Iterable[Record], situation_id: str, written: dict[str, Any]) -> Situation:
    """The situation after an event was written. Raises StaleRecord where somebody's event came first, so that this one does not count."""
    situation = next(one for one in situations(records) if one.id == situation_id)
    own = next(
        (event for event in reversed(situation.events) if event.fields == _fields(written) and event.event == written["event"]), None
    )
    if own is not None and own.refused:
        first = [event for event in situation.events if not event.refused and event.event != "note"][-1]
        raise StaleRecord("stale_record", what="situation", author=first.author, time=first.at)
    return situation


def _take(found: dict[str, Situation], record: Record) -> None:
    value, name = record.value, record.value["event"]
    fields = _fields(value)
    now = found.get(record.situation)
    state = now.state if now else ""
    if name == "open":
        if now is None:
            found[record.situation] = _opened(record, fields, len(found) + 1)
            return
    elif now is None:
        return
    target = MOVES[state].get(name)
    refused = name != "note" and (target is None or value["seen"] != now.seen or not now.may(name))
    event = Event(name, fields, record.author, record.at, refused)
    after = now if refused or name == "note" else replace(_moved(now, event), state=str(target), seen=now.seen + 1)
    found[record.situation] = replace(after, events=(*now.events, event))


def _opened(record: Record, fields: dict[str, Any], number: int) -> Situation:
    return Situation(
        id=record.situation,
        number=number,
        state="new",
        day=date.fromisoformat(fields["day"]),
        who=_text(fields["who"]),
        text=_text(fields["text"]),
        client_key=_text(fields["client_key"]),
        client=_text(fields["client"]),
        step=_text(fields["step"]),
        document=_text(fields["document"]),
        source=_text(fields["source"]),
        seen=1,
        events=(Event("open", fields, record.author, record.at),),
        extra=dict(fields["extra"]),
    )


def _moved(now: Situation, event: Event) -> Situation:
    fields = event.fields
    match event.event:
        case "analyse":
            return replace(now, cause=_text(fields["cause"]), cause_text=_text(fields["text"]))
        case "decide":
            return replace(now, decision=_decision(event))
        case "carry_out":
            return replace(now, carried_out=date.fromisoformat(fields["day"]))
        case "review":
            outcome, text, day = _text(fields["outcome"]), _text(fields["text"]), date.fromisoformat(fields["day"])
            return replace(now, review=Review(outcome, fields["value"], fields["n"], text, event.author, day))
        case "rule":
            return replace(now, approved=bool(fields["approved"]))
        case "reopen":
            return replace(now, cause=None, cause_text="", decision=None, carried_out=None, review=None, approved=None)
        case _:
            return now


def _decision(event: Event) -> Decision:
    fields = event.fields
    return Decision(
        decision=_text(fields["decision"]),
        text=_text(fields["text"]),
        responsible=_text(fields["responsible"]),
        due=date.fromisoformat(fields["due"]),
        review_on=date.fromisoformat(fields["review_on"]),
        kpi=Kpi(**fields["kpi"]),
        author=event.author,
        day=date.fromisoformat(fields["day"]),
        change=dict(fields["change"]),
    )


def _fields(value: dict[str, Any]) -> dict[str, Any]:
    return {name: field for name, field in value.items() if name not in ("event", "seen")}


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
