"""What the printed sheets of the card say of a step, and of how it was done so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sbyt_core.cards import Card, Step
from sbyt_core.cards.model import KINDS
from sbyt_core.cards.step import FIELDS
from sbyt_core.cards.words import answer_time, minutes_in_words, way_in_words
from sbyt_core.practice.followed import Followed
from sbyt_core.practice.minutes import minutes_against_norm
from sbyt_core.practice.wilson import Share
from sbyt_core.texts import Speech


@dataclass(frozen=True)
class StepFacts:
    """How a step was done so far; None where nothing is known. minutes: median, with the number of lines behind it."""

    done: Share | None = None
    in_time: Share | None = None
    minutes: float | None = None
    minutes_n: int = 0


def facts_of(result: Followed | None) -> dict[str, StepFacts]:
    """Step key → how it was done, of the steps that the log tells of."""
    if result is None:
        return {}
    minutes = minutes_against_norm(result)
    facts = {}
    for key in result.steps:
        done, in_time = result.step_share(key, "done"), result.step_share(key, "in_time")
        spent = minutes.loc[key] if key in minutes.index else None
        if done.n:
            median = None if spent is None else float(spent["median"])
            facts[key] = StepFacts(done, in_time if in_time.n else None, median, 0 if spent is None else int(spent["n"]))
    return facts


def share_text(share: Share | None, say: Speech) -> str:
    """«78 % (74–82 %), n = 412»; too little data below the limit, with its n; a dash of nothing."""
    if share is None or share.share is None:
        return say.num(None)
    if not share.enough:
        return say("cardfile.too_little", n=share.n)
    return say(
        "cardfile.share",
        share=say.percent(share.share),
        low=say.num(100 * share.low),
        high=say.percent(share.high),
        n=share.n,
    )


def minutes_text(facts: StepFacts | None, say: Speech) -> str:
    """The usual minutes with n; a dash of nothing."""
    if facts is None or facts.minutes is None:
        return say.num(None)
    return say("cardfile.minutes", minutes=say.num(facts.minutes, 0 if facts.minutes.is_integer() else 1), n=facts.minutes_n)


def norm_text(step: Step, say: Speech) -> str:
    """Norm minutes in words; a dash where there is none."""
    return say.num(None) if step.norm_minutes is None else minutes_in_words(step.norm_minutes, say)


def answer_text(step: Step, say: Speech) -> str:
    """Answer time in words; a dash where there is none."""
    return say.num(None) if step.answer_hours is None else answer_time(step.answer_hours, say)


def channel_text(step: Step, say: Speech) -> str:
    """The channel in words; empty where there is none."""
    return say(f"card.channel.{step.channel}") if step.channel else ""


def exceptions_text(step: Step, steps: Sequence[Step], say: Speech) -> list[str]:
    """«If …: … (go to step 4)» of every exception."""
    told = []
    for one in step.exceptions:
        way = way_in_words(one, steps, say) if one.goto else ""
        told.append(say("cardfile.exception", condition=one.condition, then=one.then) + (f" ({way})" if way else ""))
    return told


def value_text(field: str, value: object, say: Speech) -> str:
    """A field's value as it is shown in a redline or a difference."""
    if value is None or value == "":
        return say.num(None)
    if field == "norm_minutes":
        return minutes_in_words(value, say)  # type: ignore[arg-type]
    if field == "answer_hours":
        return answer_time(value, say)  # type: ignore[arg-type]
    if field == "channel":
        return say(f"card.channel.{value}")
    if field == "typical":
        return say("report.yes" if value else "report.no")
    if field == "exceptions":
        return "\n".join(say("cardfile.exception", condition=one.condition, then=one.then) for one in value) or say.num(None)  # type: ignore[attr-defined]
    return str(value)


def differences_text(card: Card, key: str, say: Speech) -> list[str]:
    """«A: answer time 30 min instead of 2 h» of every kind that does a base step otherwise."""
    base = next((step for step in card.steps if step.key == key), None)
    told = []
    for kind in KINDS:
        for change in card.differences.get(kind, ()) if base is not None else ():
            if change.key != key or change.step is not None:
                continue
            name = say(f"strategy.{kind}.name")
            if change.dropped:
                told.append(say("cardfile.kind_drops", kind=name))
                continue
            for field in FIELDS:
                if field in change.values and change.values[field] != getattr(base, field):
                    words = say(f"card.short.{field}"), value_text(field, change.values[field], say)
                    told.append(say("cardfile.kind_changes", kind=name, field=words[0], value=words[1]))
    return told


def numbered(steps: Sequence[Step]) -> Mapping[str, int]:
    """Step key → its number."""
    return {step.key: number for number, step in enumerate(steps, 1)}
