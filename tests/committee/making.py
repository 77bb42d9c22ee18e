"""Situations for the tests."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sbyt_core.committee import Kpi, Record, Situation, events, situations

DAY = date(2025, 9, 1)
AT = datetime(2025, 9, 1, 9, tzinfo=UTC)


class Board:
    """A log of events that grows, as the store keeps it."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def write(self, situation_id: str, value: Mapping[str, Any], author: str = "Анна") -> Situation:
        self.records.append(Record(situation_id, dict(value), author, AT + timedelta(minutes=len(self.records))))
        return self.of(situation_id)

    def of(self, situation_id: str) -> Situation:
        return next(one for one in situations(self.records) if one.id == situation_id)

    def open(self, situation_id: str = "a", text: str = "Клиент просит отсрочку сверх лимита", **more: Any) -> Situation:
        return self.write(situation_id, events.open_situation(**{"day": DAY, "who": "Анна", "text": text, **more}))

    def analyse(self, situation_id: str = "a", cause: str = "staff_not_ready") -> Situation:
        return self.write(situation_id, events.analyse(self.of(situation_id), cause=cause))

    def decide(self, situation_id: str = "a", **more: Any) -> Situation:
        return self.write(situation_id, decided(self.of(situation_id), **more))

    def carry_out(self, situation_id: str = "a") -> Situation:
        return self.write(situation_id, events.carry_out(self.of(situation_id), day=DAY + timedelta(days=5)))

    def review(self, situation_id: str = "a") -> Situation:
        return self.write(
            situation_id, events.review(self.of(situation_id), day=DAY + timedelta(days=40), outcome="helped", value=0.8, n=40)
        )


def decided(situation: Situation, **more: Any) -> dict[str, Any]:
    given = {
        "decision": "train",
        "text": "Провести разбор",
        "responsible": "Борис",
        "day": DAY,
        "due": DAY + timedelta(days=7),
        "review_on": DAY + timedelta(days=35),
        "kpi": Kpi("done", "s2", value=0.5, n=40),
        **more,
    }
    return events.decide(situation, **given)


STEPS: dict[str, Callable[[Situation], dict[str, Any]]] = {
    "analyse": lambda one: events.analyse(one, cause="card_wrong"),
    "decide": decided,
    "carry_out": lambda one: events.carry_out(one, day=DAY),
    "review": lambda one: events.review(one, day=DAY, outcome="unclear", value=None),
    "rule": lambda one: events.rule(one, day=DAY, approved=True),
    "dismiss": lambda one: events.dismiss(one, text="ошибка"),
    "reopen": lambda one: events.reopen(one, text="снова"),
    "note": lambda one: events.note(one, text="слово"),
}
