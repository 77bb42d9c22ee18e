"""The evidence in words: each check, reason, rung and advice as a sentence with its figures.

One place for the page, the report and the command line. Effects keep one digit of a per cent, p two digits.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sbyt_core.results.model import Advice, Check, Effect, Fact
from sbyt_core.texts import Speech

EFFECTS = ("effect", "low", "high", "difference")  # facts shown with a sign and one digit
SHARES = ("target", "smallest")
SMALL_P = 0.01  # a smaller p is shown as "< 0.01"


def check_title(say: Speech, check: Check) -> str:
    """The name of a check."""
    return say(f"evidence.check.{check.code}")


def check_text(say: Speech, check: Check) -> str:
    """What a check found."""
    state = {True: "passed", False: "failed", None: "unknown"}[check.passed]
    facts = dict(check.facts)
    if check.code == "permutation":
        facts["p"] = say.percent(float(facts["p"]), 1)  # type: ignore[arg-type]
    if check.code == "placebo_units":
        facts["n"] = facts.get("donors")
    if check.code in ("largest_client", "moved_clients") and state == "failed" and "effect" not in facts:
        facts |= {"effect": None, "low": None, "high": None}
    if check.code == "moved_clients":
        facts["share"] = say.percent(facts.get("share"), 1)  # type: ignore[arg-type]
        state = "none" if facts.get("n") == 0 else state
    text = say(f"evidence.check.{check.code}.{state}", **_shown(say, facts))
    if check.code == "units_kept" and state == "failed":
        names = [say(f"evidence.check.units_kept.{why}", units=facts[why]) for why in ("short", "gone") if facts[why]]
        text = " ".join([text, *names])
    return text


def reason_text(say: Speech, code: str) -> str:
    """A reason of the verdict, or why a rung does not count."""
    return say(f"evidence.reason.{code}")


def reasons(say: Speech, effect: Effect) -> list[str]:
    """The reasons of the verdict, each once."""
    return list(dict.fromkeys(reason_text(say, code) for code in effect.reasons))


def about_rung(say: Speech, rung: str) -> str:
    """What a rung compares and what stays in it."""
    return say(f"evidence.about.{rung}")


def advice_text(say: Speech, advice: Advice) -> str:
    """What to do to know more."""
    return say(f"evidence.advice.{advice.code}", **_shown(say, advice.facts))


def signed(say: Speech, share: float | None) -> str:
    """+12.4 %."""
    text = say.percent(share, 1)
    return f"+{text}" if share is not None and round(1000 * share) > 0 else text


def _shown(say: Speech, facts: Mapping[str, Fact]) -> dict[str, object]:
    return {name: _one(say, name, value) for name, value in facts.items()}


def _one(say: Speech, name: str, value: Fact) -> object:
    if isinstance(value, (str, date, int)):
        return value
    if name in EFFECTS:
        return signed(say, value)
    if name in SHARES:
        return say.percent(value)
    if name == "p" and value is not None:
        return f"< {say.num(SMALL_P, 2)}" if value < SMALL_P else f"= {say.num(value, 2)}"
    return say.num(value, 2)
