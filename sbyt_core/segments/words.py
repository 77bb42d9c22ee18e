"""A client's reasons, and what would move it, as sentences of the reader's language.

The figure and its limit are always in the sentence: that is what an owner defends a class with.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from math import floor

from sbyt_core.segments.discovery import Condition, Sentence
from sbyt_core.segments.model import Move, Reason
from sbyt_core.texts import Speech

SHARE_RULES = {"irregular", "one_document", "promising"}  # figures that are shown as per cent
KEPT_FIGURES = 4096  # figures as text: a large base shows the same shares again and again
SCORE_RULES = {"trouble"}  # figures between 0 and 1 that are no share of anything
SHARE_MOVES = {"spread_documents"}
MONEY_TRAITS = {"average_document"}
COUNT_TRAITS = {"documents", "items"}  # whole numbers: above 22.5 is above 22
SHARE_TRAITS = {"active_share", "margin", "returns_share", "discount_share", "small_document_share", "growth"}


def reason_in_words(reason: Reason, say: Speech, currency: str = "RUB") -> str:
    """One step as a sentence (`reason.RULE`)."""
    facts = reason.facts
    step = {"before": reason.from_ or "", "to": reason.to}
    if reason.rule == "profit_class":
        return say(
            f"reason.profit_class.{reason.to}",
            value=precise_share(reason.value, say),
            cut_a=precise_share(_number(facts["cut_a"]), say),
            cut_b=precise_share(_number(facts["cut_b"]), say),
            measure=say(f"measure.{facts['measure']}.of"),
        )
    if reason.rule == "not_positive":
        code = "reason.not_positive" if reason.value is not None else "reason.value_unknown"
        return say(code, value=say.money(reason.value, currency), measure=say(f"measure.{facts['measure']}"))
    if reason.rule == "new":
        first = date.fromisoformat(str(facts["first_purchase"]))
        return say("reason.new", first=say.date(first), n=int(reason.limit or 0))
    if reason.rule == "override":
        return say("reason.override", reason=str(facts["reason"]), author=str(facts["author"]), **step)
    if reason.rule in SHARE_RULES:
        value, limit = precise_share(reason.value, say), precise_share(reason.limit, say)
    elif reason.rule in SCORE_RULES:
        value, limit = say.num(reason.value, 2), say.num(reason.limit, 2)
    else:
        value, limit = say.num(reason.value), say.num(reason.limit)
    more = {}
    if reason.rule == "irregular":
        more = {"cv": _two_digits(facts["cv"], say), "cv_limit": _two_digits(facts["cv_limit"], say)}
    elif reason.rule in ("guard_a", "guard_c"):
        more = {"share": say.percent(_number(facts["share"])), "clients": say.num(_number(facts["clients"]))}
    return say(f"reason.{reason.rule}", value=value, limit=limit, **more, **step)


def move_in_words(move: Move, say: Speech, currency: str = "RUB") -> str:
    """What would move a client as a sentence (`move.CODE`)."""
    if move.code == "more_value":
        return say("move.more_value", now=say.money(move.now, currency), needed=say.money(move.needed, currency))
    if move.code == "time":
        return say("move.time", n=int(move.needed or 0))
    if move.code in SHARE_MOVES:
        return say(f"move.{move.code}", now=precise_share(move.now, say), needed=precise_share(move.needed, say))
    digits = 2 if move.code == "less_trouble" else 0
    return say(f"move.{move.code}", now=say.num(move.now, digits), needed=say.num(move.needed, digits))


def sentence_in_words(sentence: Sentence, segment: str, say: Speech, currency: str = "RUB") -> str:
    """One found group: its conditions, its size and its share of the class (`discovery.sentence`)."""
    conditions = say("discovery.and").join(condition_in_words(one, say, currency) for one in sentence.conditions)
    return say("discovery.sentence", conditions=conditions, n=sentence.clients, share=say.percent(sentence.share), segment=segment)


def condition_in_words(condition: Condition, say: Speech, currency: str = "RUB") -> str:
    """One condition: trait, relation and bound (`relation.CODE`)."""
    if isinstance(condition.bound, str):
        bound = condition.bound
    elif condition.trait in MONEY_TRAITS:
        bound = say.money(condition.bound, currency)
    elif condition.trait in SHARE_TRAITS:
        bound = say.percent(condition.bound)
    elif condition.trait in COUNT_TRAITS:
        bound = say.num(floor(condition.bound))
    else:
        bound = say.num(condition.bound, 1)
    return say(f"relation.{condition.relation}", trait=say(f"trait.{condition.trait}"), bound=bound)


def precise_share(share: float | None, say: Speech) -> str:
    """Per cent with a decimal only where the share has one."""
    return say.percent(None) if share is None else _tenths(round(1000 * share), say)


def fine_share(share: float, say: Speech) -> str:
    """Whole per cent, with a decimal where less than one would read as nothing or as everything."""
    return say.percent(share, 1 if 0 < share < 0.01 or 0.99 < share < 1 else 0)


@lru_cache(maxsize=KEPT_FIGURES)
def _tenths(tenths: int, say: Speech) -> str:
    return say.percent(tenths / 1000, 1 if tenths % 10 else 0)


def _two_digits(value: float | str | None, say: Speech) -> str:
    return say.num(None) if value is None else _hundredths(round(100 * float(value)), say)


@lru_cache(maxsize=KEPT_FIGURES)
def _hundredths(hundredths: int, say: Speech) -> str:
    return say.num(hundredths / 100, 2)


def _number(value: float | str | None) -> float | None:
    return None if value is None else float(value)
