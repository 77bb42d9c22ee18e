"""Events as they are written: made here with everything checked, read back by fold.py.

An event is a plain value for JSON: {"event", "seen", …its fields}. seen: how many counting events the author saw; where another
came meanwhile, the event does not count (fold.py), so of two people who decide at once the first stands and the second is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from sbyt_core.committee.model import CAUSES, DECISIONS, KPIS, OUTCOMES, SOURCES, Kpi, Situation
from sbyt_core.errors import BadInput, SbytError

TEXT_LIMIT = 4000  # characters: a page and a half
LINE_LIMIT = 300


def open_situation(
    *,
    day: date,
    who: str,
    text: str,
    client_key: str = "",
    client: str = "",
    step: str = "",
    document: str = "",
    source: str = "person",
    extra: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What happened, when, with whom. Raises BadInput empty_text, text_too_long, not_a_choice."""
    _choice("source", source, SOURCES)
    fields = {
        "client_key": client_key,
        "client": _line("client", client),
        "step": step,
        "document": _line("document", document),
        "source": source,
    }
    return _event("open", None, day=day.isoformat(), who=_line("who", who), text=_text(text), extra=dict(extra or {}), **fields)


def analyse(situation: Situation, *, cause: str, text: str = "") -> dict[str, Any]:
    """Why it happened: a cause of `CAUSES`, with words where there are any."""
    _choice("cause", cause, CAUSES)
    return _event("analyse", situation, cause=cause, text=_text(text, empty=True))


def decide(
    situation: Situation,
    *,
    decision: str,
    text: str,
    responsible: str,
    day: date,
    due: date,
    review_on: date,
    kpi: Kpi,
    change: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """What is done about it, by whom, until when, and by which figure it will be seen.

    Raises BadInput empty_text, nobody_responsible, days_out_of_order (day ≤ due ≤ review_on), not_a_choice.
    """
    _choice("decision", decision, DECISIONS)
    _choice("kpi", kpi.code, KPIS)
    if not responsible.strip():
        raise BadInput("nobody_responsible")
    if not day <= due <= review_on:
        raise BadInput("days_out_of_order", day=day, due=due, review=review_on)
    if kpi.code == "own" and not kpi.text.strip():
        raise BadInput("kpi_unnamed")
    return _event(
        "decide",
        situation,
        decision=decision,
        text=_text(text),
        responsible=_line("responsible", responsible),
        day=day.isoformat(),
        due=due.isoformat(),
        review_on=review_on.isoformat(),
        kpi={**asdict(kpi), "text": _line("kpi", kpi.text)},
        change=dict(change or {}),
    )


def carry_out(situation: Situation, *, day: date, text: str = "") -> dict[str, Any]:
    """It was done; from now on its KPI may be looked at."""
    return _event("carry_out", situation, day=day.isoformat(), text=_text(text, empty=True))


def review(situation: Situation, *, day: date, outcome: str, value: float | None, n: int | None = None, text: str = "") -> dict[str, Any]:
    """How the KPI stands now, and whether the decision helped."""
    _choice("outcome", outcome, OUTCOMES)
    return _event("review", situation, day=day.isoformat(), outcome=outcome, value=value, n=n, text=_text(text, empty=True))


def rule(situation: Situation, *, day: date, approved: bool, text: str = "") -> dict[str, Any]:
    """The committee approves or rejects an override."""
    return _event("rule", situation, day=day.isoformat(), approved=bool(approved), text=_text(text, empty=True))


def dismiss(situation: Situation, *, text: str) -> dict[str, Any]:
    """It is no situation; says why."""
    return _event("dismiss", situation, text=_text(text))


def reopen(situation: Situation, *, text: str) -> dict[str, Any]:
    """It is on the table again; says why."""
    return _event("reopen", situation, text=_text(text))


def note(situation: Situation, *, text: str) -> dict[str, Any]:
    """Words beside; they change nothing and are never refused."""
    return _event("note", situation, text=_text(text))


def _event(name: str, situation: Situation | None, **fields: Any) -> dict[str, Any]:
    if situation is not None and not situation.may(name):
        raise SbytError("situation_state", number=situation.number, state=situation.state, action=name)
    return {"event": name, "seen": 0 if situation is None else situation.seen, **fields}


def _text(text: str, *, empty: bool = False) -> str:
    text = text.strip()
    if not text and not empty:
        raise BadInput("empty_text")
    if len(text) > TEXT_LIMIT:
        raise BadInput("text_too_long", name="text", length=len(text), limit=TEXT_LIMIT)
    return text


def _line(name: str, text: str) -> str:
    text = " ".join(text.split())
    if len(text) > LINE_LIMIT:
        raise BadInput("text_too_long", name=name, length=len(text), limit=LINE_LIMIT)
    return text


def _choice(name: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise BadInput("not_a_choice", name=name, value=str(value), allowed=allowed)
