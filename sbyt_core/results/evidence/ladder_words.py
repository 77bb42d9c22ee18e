"""The ladder in words: every rung with its estimate, and why it is not the one that counts; who was compared, over which months."""

from __future__ import annotations

from sbyt_core.results.evidence.words import advice_text, check_text, reason_text, signed
from sbyt_core.results.model import Effect, Estimate
from sbyt_core.texts import Speech
from sbyt_core.texts.speech import MISSING


def rung_name(say: Speech, rung: str) -> str:
    """L3 · those who started against the others."""
    return say(f"rung.{rung}")


def estimate_text(say: Speech, one: Estimate) -> str:
    """+12,4 % (+8,3 % … +16,6 %); a dash where it cannot be told."""
    if one.effect is None:
        return MISSING
    text = signed(say, one.effect)
    if one.low is None or one.high is None:
        return text
    return f"{text} ({signed(say, one.low)} … {signed(say, one.high)})"


def why_text(say: Speech, effect: Effect, one: Estimate) -> str:
    """Why a rung is not the one that counts, or that it is."""
    if one.rung == effect.rung:
        return say("ladder.reached")
    return " ".join(reason_text(say, code) for code in one.reasons)


def compared_text(say: Speech, effect: Effect) -> str:
    """How many started, how many did not, and the months on both sides."""
    months = {"before": effect.before.months, "after": effect.after.months}
    started = say(f"evidence.units.{effect.settings.units}", n=effect.units_treated)
    if not effect.units_control:
        return say("ladder.alone", started=started, **months)
    text = say("ladder.compared", started=started, control=effect.units_control, **months)
    return f"{text} {shortened}" if (shortened := shortened_text(say, effect)) else text


def shortened_text(say: Speech, effect: Effect) -> str:
    """Whose gap in sales made the window before the start shorter; empty where nobody's did."""
    names = effect.facts.get("shortened")
    return say("ladder.shortened", units=names, before=effect.before.months) if names else ""


def doubts(say: Speech, effect: Effect) -> list[str]:
    """Checks that stand against the effect, and those that could not be tried."""
    return [check_text(say, check) for check in effect.checks if check.passed is not True]


def cleared(say: Speech, effect: Effect) -> list[str]:
    """Checks that were tried and hold."""
    return [check_text(say, check) for check in effect.checks if check.passed is True]


def advice(say: Speech, effect: Effect) -> list[str]:
    """What would make it known."""
    return [advice_text(say, one) for one in effect.advice]
