"""`effect FILE --rollout …`: did sales rise with the rollout, how well is it known, and what would make it known."""

from __future__ import annotations

import argparse
import math
from collections.abc import Mapping
from datetime import date

from sbyt_core.cli.files import add_file_options, answers_given, read_file
from sbyt_core.cli.rollout import add_rollout_options, evidence
from sbyt_core.results.evidence.ladder_words import shortened_text
from sbyt_core.results.evidence.words import advice_text, check_text, check_title, reasons, signed
from sbyt_core.results.model import Effect, Fact
from sbyt_core.sales.period import Period
from sbyt_core.sales.read import require_answers
from sbyt_core.texts import Speech


def add(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_file_options(parser)
    add_rollout_options(parser, required=True)


def run(args: argparse.Namespace) -> dict[str, object]:
    """The object of `effect --json`: effects as fractions of sales, money to kopecks."""
    sales = read_file(args)
    require_answers(sales)
    effect, _ = evidence(args, sales)
    say = Speech(args.lang)
    return {
        **summary(effect),
        "text": told(effect, say),
        "questions": [q.code for q in sales.report.open_questions],
        "answers": answers_given(sales),
    }


def summary(effect: Effect) -> dict[str, object]:
    """What `effect` says of the evidence, as codes and figures."""
    return {
        "rung": effect.rung,
        "verdict": effect.verdict,
        "effect": _number(effect.effect),
        "low": _number(effect.low),
        "high": _number(effect.high),
        "money": _money(effect.money),
        "units": {"treated": effect.units_treated, "control": effect.units_control},
        "smallest_visible": _number(effect.smallest_visible),
        "checks": [{"code": check.code, "passed": check.passed, "facts": _facts(check.facts)} for check in effect.checks],
        "reasons": list(effect.reasons),
        "money_low": _money(effect.money_low),
        "money_high": _money(effect.money_high),
        "measure": effect.settings.measure,
        "target": effect.settings.target,
        "before": _days(effect.before),
        "after": _days(effect.after),
        "treated": list(effect.treated),
        "control": list(effect.control),
        "ladder": [
            {
                "rung": one.rung,
                "effect": _number(one.effect),
                "low": _number(one.low),
                "high": _number(one.high),
                "reasons": list(one.reasons),
            }
            for one in effect.ladder
        ],
        "advice": [{"code": one.code, "facts": _facts(one.facts)} for one in effect.advice],
        "facts": _facts(effect.facts),
    }


def told(effect: Effect, say: Speech) -> list[str]:
    """The same in sentences: verdict, interval, reasons, checks, advice."""
    measure = say(f"measure.{effect.settings.measure}.of")
    lines = [say(f"cli.effect.{effect.verdict}", measure=measure)]
    if effect.effect is not None:
        interval = effect.low is not None
        lines.append(
            say(
                "cli.effect.interval" if interval else "cli.effect.alone",
                effect=signed(say, effect.effect),
                low=signed(say, effect.low),
                high=signed(say, effect.high),
                rung=effect.rung,
                money=say.num(effect.money, 2),
            )
        )
    lines += [*reasons(say, effect), *filter(None, [shortened_text(say, effect)])]
    lines += [f"{_MARK[check.passed]} {check_title(say, check)}: {check_text(say, check)}" for check in effect.checks]
    return lines + [f"→ {advice_text(say, one)}" for one in effect.advice]


def show(found: Mapping[str, object], say: Speech) -> str:
    """The same for people, in their language."""
    return "\n".join(found["text"])  # type: ignore[arg-type]


_MARK = {True: "+", False: "−", None: "?"}


def _number(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def _money(value: float | None) -> float | None:
    return None if value is None or not math.isfinite(value) else round(value, 2) + 0.0


def _days(period: Period) -> list[str]:
    return [period.start.isoformat(), period.end.isoformat()]


def _facts(facts: Mapping[str, Fact]) -> dict[str, object]:
    return {name: _fact(value) for name, value in facts.items()}


def _fact(value: Fact) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return _number(value) if isinstance(value, float) else value
