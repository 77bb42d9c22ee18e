"""An hours plan in words: its finding in one sentence, its checks, its assumptions, each with the numbers that stand behind it."""

from __future__ import annotations

from dataclasses import dataclass

from sbyt_core.errors import Problem
from sbyt_core.strategies.calls import why_nobody_is_let_go
from sbyt_core.strategies.plan import Check, HoursPlan
from sbyt_core.strategies.reserve import Held
from sbyt_core.texts import Speech


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


def unchanged_line(plan: HoursPlan, speech: Speech, currency: str = "RUB") -> str:
    """Hours, people and payroll before and after, in one line that says of each whether it is the same."""
    return " · ".join(check.sentence for check in checks_in_words(plan, speech, currency=currency))


def is_unchanged(plan: HoursPlan) -> bool:
    """Whether no check fails; a payroll that nobody knows is no failure."""
    return all(check.holds is not False for check in plan.checks)


def reason_of_reserve(plan: HoursPlan, held: Held, speech: Speech) -> str:
    """Why hours are in reserve, as a name of the reason."""
    return speech(f"hours.reserve.{held.reason}", **_limits(plan, speech))


def reserve_finding(plan: HoursPlan, speech: Speech) -> str:
    """How many hours are in reserve, and how many for each reason; nothing where there is no reserve."""
    if not plan.left.held:
        return ""
    parts = [
        speech("hours.reserve.part", n=held.clients, name=reason_of_reserve(plan, held, speech), hours=speech.num(held.hours, 1))
        for held in plan.left.held
    ]
    share = speech.percent(plan.reserve / plan.hours_total, 1)
    return speech("hours.reserve.finding", hours=speech.num(plan.reserve, 1), share=share, parts="; ".join(parts))


def reserve_advice(plan: HoursPlan, speech: Speech) -> tuple[str, ...]:
    """What would put the reserve to work, a sentence each."""
    told = [speech(f"hours.reserve.{held.reason}.do") for held in plan.left.held if held.reason != "most"]
    found = plan.left.raised
    if found is not None:
        name, before, after = speech(f"strategy.{found.kind}.name"), _hours(found.before, speech), _hours(found.after, speech)
        told.insert(0, speech("hours.reserve.raise", name=name, before=before, after=after, hours=speech.num(found.hours, 1)))
    return tuple(told)


def let_go_words(plan: HoursPlan, speech: Speech) -> str:
    """Why nobody is let go."""
    reason, count = why_nobody_is_let_go(plan)
    return speech(f"calls.let_go.{reason}", n=count, **_limits(plan, speech))


def problem_texts(problem: Problem, speech: Speech, *, measure: str = "profit") -> tuple[str, str]:
    """A warning of the plan and what to do about it. measure: of the plan."""
    code = f"warning.{problem.code}"
    return speech(code, n=problem.count, value=problem.value or "", measure=speech(f"measure.{measure}")), speech(f"{code}.hint")


def rival_name(plan: HoursPlan, name: str, speech: Speech) -> str:
    """A way to spend the hours: "plan", "now" or one of the rivals, in the measure of the plan."""
    return speech(f"hours.rival.{name}", measure=speech(f"measure.{plan.measure}.of_it"))


def _limits(plan: HoursPlan, speech: Speech) -> dict[str, str]:
    limit = plan.assumptions.change_limit
    return {"step": "" if limit is None else f"±{speech.percent(limit)}", "measure": speech(f"measure.{plan.measure}.of")}


def _hours(hours: float, speech: Speech) -> str:
    return speech.num(hours, next((digits for digits in (0, 1) if round(hours, digits) == hours), 2))


def _check(check: Check, speech: Speech, currency: str) -> CheckInWords:
    name = speech(f"hours.check.{check.code}")
    before, after = (_figure(check.code, value, speech, currency) for value in (check.before, check.after))
    result = speech({True: "hours.holds", False: "hours.broken", None: "hours.cannot_tell"}[check.holds])
    code = {True: "same", False: "changed", None: "unknown"}[check.holds]
    sentence = speech(f"hours.check.{code}", name=name, before=before, after=after)
    return CheckInWords(name, before, after, check.holds, result, sentence)


def _figure(code: str, value: float | None, speech: Speech, currency: str) -> str:
    if code == "payroll":
        return speech.money(value, currency)
    return speech.num(value, 1 if code == "hours" and value is not None and abs(value - round(value)) > 0.05 else 0)
