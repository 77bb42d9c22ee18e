"""An hours plan in words: its finding in one sentence, its checks, its assumptions, each with the numbers that stand behind it."""

from __future__ import annotations

from dataclasses import dataclass

from sbyt_core.errors import Problem
from sbyt_core.strategies.assumptions import Assumptions
from sbyt_core.strategies.plan import Check, HoursPlan
from sbyt_core.texts import Speech

HALF = 0.5  # of the hours: what an elasticity is told by


@dataclass(frozen=True)
class CheckInWords:
    """One check: its name, the figures before and after, and what they say together."""

    name: str
    before: str
    after: str
    holds: bool | None
    result: str
    sentence: str


def plan_finding(plan: HoursPlan, speech: Speech, *, currency: str = "RUB") -> str:
    """What the plan gives, in one sentence with its range."""
    hours = speech.num(plan.hours_total)
    if plan.gain.mid <= 0 or plan.gain_share is None:
        return speech("hours.finding.none", n=plan.team.headcount, hours=hours)
    return speech(
        "hours.finding",
        n=plan.team.headcount,
        hours=hours,
        measure=speech(f"measure.{plan.measure}.of"),
        gain=speech.money(plan.gain.mid, currency),
        share=speech.percent(plan.gain_share, 1),
        low=speech.money(plan.gain.low, currency),
        high=speech.money(plan.gain.high, currency),
    )


def checks_in_words(plan: HoursPlan, speech: Speech, *, currency: str = "RUB") -> tuple[CheckInWords, ...]:
    """Hours, headcount and payroll before and after, as the result has them."""
    return tuple(_check(check, speech, currency) for check in plan.checks)


def elasticity_in_words(settings: Assumptions, kind: str, speech: Speech, *, measure: str = "profit") -> str:
    """What the elasticity of a kind means: how much of its profit a client keeps with half the hours."""
    kept = speech.percent(settings.kept_at(kind, HALF))
    return speech("hours.kept", name=speech(f"strategy.{kind}.name"), kept=kept, measure=speech(f"measure.{measure}.of"))


def problem_texts(problem: Problem, speech: Speech) -> tuple[str, str]:
    """A warning of the plan and what to do about it."""
    code = f"warning.{problem.code}"
    return speech(code, n=problem.count, value=problem.value or ""), speech(f"{code}.hint")


def _check(check: Check, speech: Speech, currency: str) -> CheckInWords:
    name = speech(f"hours.check.{check.code}")
    before, after = (_figure(check.code, value, speech, currency) for value in (check.before, check.after))
    result = speech({True: "hours.holds", False: "hours.broken", None: "hours.cannot_tell"}[check.holds])
    known = check.holds is not None
    sentence = speech("hours.check.same", name=name, before=before, after=after) if known else speech("hours.check.unknown", name=name)
    return CheckInWords(name, before, after, check.holds, result, sentence)


def _figure(code: str, value: float | None, speech: Speech, currency: str) -> str:
    if code == "payroll":
        return speech.money(value, currency)
    return speech.num(value, 1 if code == "hours" and value is not None and abs(value - round(value)) > 0.05 else 0)
