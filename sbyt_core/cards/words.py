"""A step in words: its figures as people say them, and its fields as labelled lines.

Minutes are minutes of work on one document; an answer time is in working hours, eight of them a working day.
"""

from __future__ import annotations

from collections.abc import Sequence

from sbyt_core.cards.step import END, Step, StepException
from sbyt_core.texts import Speech

WORKDAY = 8.0  # working hours


def described(step: Step, speech: Speech) -> list[str]:
    """Lines "field: value" of all that a step says, without its exceptions; what is not filled in is left out."""
    values = {name: getattr(step, name).strip() for name in ("role", "trigger", "input", "output", "script", "check")}
    values["norm_minutes"] = "" if step.norm_minutes is None else minutes_in_words(step.norm_minutes, speech)
    values["answer_hours"] = "" if step.answer_hours is None else answer_time(step.answer_hours, speech)
    values["channel"] = speech(f"card.channel.{step.channel}") if step.channel else ""
    order = ("role", "trigger", "input", "output", "norm_minutes", "answer_hours", "channel", "script", "check")
    return [f"{speech(f'card.field.{name}')}: {values[name]}" for name in order if values[name]]


def minutes_in_words(minutes: float, speech: Speech) -> str:
    """4 min, 7,5 min."""
    return speech("card.minutes", minutes=_written(minutes, speech))


def answer_time(hours: float, speech: Speech) -> str:
    """Answer time in working hours as people say it: 15 min, 2 h, 3 working days of eight hours."""
    if hours < 1:
        return minutes_in_words(round(60 * hours), speech)
    if hours < WORKDAY or hours % WORKDAY:
        return speech("card.hours", hours=_written(hours, speech))
    return speech("card.days", n=int(hours // WORKDAY))


def way_in_words(exception: StepException, steps: Sequence[Step], speech: Speech) -> str:
    """Where the work goes on after an exception, by the number of the step."""
    if exception.goto == END:
        return speech("card.goto.end")
    keys = [step.key for step in steps]
    if exception.goto not in keys:
        return speech("card.goto.next")
    return speech("card.goto.step", number=keys.index(exception.goto) + 1)


def _written(value: float, speech: Speech) -> str:
    return speech.num(value, 0 if float(value).is_integer() else 1)
