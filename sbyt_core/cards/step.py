"""Step of a technology card: one operation, who does it, from what to what, how long, by which words, and what when it fails.

A step is known by its key, which stays the same through all versions of a card and is never given to another step: logs,
situations and redlines hold on to it. Its place in the order is its place in the card. Norm minutes and answer time may be
missing in a draft; they are never 0: an operation that takes no time is not an operation. Answer time is counted in working
hours, 8 is the same day. An exception says when, and what then; it may send the work on to another step (`goto`) or end it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sbyt_core.errors import BadInput, named_values

CHANNELS = ("phone", "mail", "messenger", "visit", "self_service", "system")  # system: inside the company's own program
MINUTES = (0.1, 480.0)  # six seconds … a working day: longer is not one step
ANSWER_HOURS = (0.1, 240.0)  # six minutes … thirty working days
LINE_LIMIT = 200  # characters of an operation or a role: one line of a table
TEXT_LIMIT = 4000  # characters of a script: two pages are not read aloud
KEY = re.compile("[a-z0-9_]{1,40}")  # of a step: it becomes a name in files of other programs
MOST_EXCEPTIONS = 12  # of one step: more is another process
END = "end"  # goto: the work ends here

LINES = ("operation", "role", "trigger", "input", "output")
TEXTS = ("script", "check")


@dataclass(frozen=True)
class StepException:
    """When a step cannot go its usual way, and what then.

    goto: key of the step with which the work goes on, `END` where it ends, "" for the next step in order.
    """

    condition: str
    then: str
    goto: str = ""

    def __post_init__(self) -> None:
        check_text("condition", self.condition, TEXT_LIMIT)
        check_text("then", self.then, TEXT_LIMIT)
        check_text("goto", self.goto, LINE_LIMIT)


@dataclass(frozen=True)
class Step:
    """One step.

    key: stable name, "s7"; role: the job that does it; norm_minutes: of work on one document; answer_hours: working hours from
    the trigger to the output; channel: code of `CHANNELS` or ""; script: what is said or written; check: how one sees that
    it was done; typical: done the same way every time, so that it counts as a typical operation.
    Raises BadInput out_of_range, not_a_choice, text_too_long.
    """

    key: str
    operation: str
    role: str = ""
    trigger: str = ""
    input: str = ""
    output: str = ""
    norm_minutes: float | None = None
    answer_hours: float | None = None
    channel: str = ""
    script: str = ""
    check: str = ""
    exceptions: tuple[StepException, ...] = ()
    typical: bool = True

    def __post_init__(self) -> None:
        if not isinstance(self.key, str) or not KEY.fullmatch(self.key) or self.key == END:
            raise BadInput("not_a_choice", name="key", value=str(self.key), allowed=("s1", "s2", "s3"))
        for name in LINES:
            check_text(name, getattr(self, name), LINE_LIMIT if name in ("operation", "role") else TEXT_LIMIT)
        for name in TEXTS:
            check_text(name, getattr(self, name), TEXT_LIMIT)
        _check_number("norm_minutes", self.norm_minutes, MINUTES)
        _check_number("answer_hours", self.answer_hours, ANSWER_HOURS)
        if self.channel and self.channel not in CHANNELS:
            raise BadInput("not_a_choice", name="channel", value=str(self.channel), allowed=CHANNELS)
        if not isinstance(self.exceptions, tuple) or not all(isinstance(one, StepException) for one in self.exceptions):
            raise BadInput("bad_json", name="exceptions")
        if len(self.exceptions) > MOST_EXCEPTIONS:
            raise BadInput("out_of_range", name="exceptions", value=len(self.exceptions), low=0, high=MOST_EXCEPTIONS)
        if not isinstance(self.typical, bool):
            raise BadInput("not_a_choice", name="typical", value=str(self.typical), allowed=("true", "false"))

    def without_way_to(self, key: str) -> Step:
        """The step whose exceptions no longer lead to another: they go on in order instead."""
        if all(one.goto != key for one in self.exceptions):
            return self
        return replace(self, exceptions=tuple(replace(one, goto="") if one.goto == key else one for one in self.exceptions))

    def to_value(self) -> dict[str, Any]:
        """The step as plain values for JSON."""
        return {**asdict(self), "exceptions": [asdict(one) for one in self.exceptions]}

    @classmethod
    def from_value(cls, value: object) -> Step:
        """The step of plain values. Raises BadInput bad_json, unknown_setting and those of a step."""
        given = dict(mapping(value, (item.name for item in fields(cls)), needed=("key", "operation")))
        if "exceptions" in given:
            given["exceptions"] = exceptions_from(given["exceptions"])
        return cls(**given)


FIELDS = tuple(item.name for item in fields(Step) if item.name != "key")  # what may change in a step


def exceptions_from(value: object) -> tuple[StepException, ...]:
    """Exceptions of plain values. Raises BadInput bad_json, unknown_setting."""
    if not isinstance(value, list | tuple):
        raise BadInput("bad_json", name="card")
    names = tuple(item.name for item in fields(StepException))
    return tuple(one if isinstance(one, StepException) else StepException(**mapping(one, names, needed=names[:2])) for one in value)


def mapping(value: object, allowed: Iterable[str], *, needed: tuple[str, ...] = ()) -> Mapping[str, Any]:
    """A JSON object of a card that names nothing unknown. Raises BadInput bad_json, unknown_setting."""
    return named_values(value, allowed, of="card", needed=needed)


def check_text(name: str, text: object, limit: int) -> None:
    """Raises BadInput bad_json where it is no text, text_too_long."""
    if not isinstance(text, str):
        raise BadInput("bad_json", name="card")
    if len(text) > limit:
        raise BadInput("text_too_long", name=name, length=len(text), limit=limit)


def _check_number(name: str, value: object, limits: tuple[float, float]) -> None:
    if value is None:
        return
    low, high = limits
    number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not number or not low <= value <= high:  # type: ignore[operator]
        raise BadInput("out_of_range", name=name, value=value, low=low, high=high)
