"""A service standard in words: the texts of the user where there are any, else the written defaults of the catalogue.

The figures become phrases ("twice a month, 45 minutes each"), so that the card of a strategy reads aloud. A term that nobody
decided is said to be open, never shown as 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from sbyt_core.strategies.standard import MOVES, TEXT_FIELDS, WORKDAY_HOURS, ServiceStandard
from sbyt_core.texts import Speech

MONTHS_PER_YEAR = 12


@dataclass(frozen=True)
class WrittenStandard:
    """One standard as the reader sees it: every field a text in the reader's language."""

    kind: str
    name: str
    title: str
    goal: str
    actions: str
    contacts: str
    channels: str
    who_serves: str
    answer: str
    credit: str
    discount: str
    minimum_order: str
    not_done: str
    first_moves: tuple[str, ...]


def written(standard: ServiceStandard, speech: Speech, *, currency: str = "RUB") -> WrittenStandard:
    """The standard in the words of a language; currency: ISO code of the project's money."""
    texts = {name: _text(standard, name, speech) for name in TEXT_FIELDS}
    return WrittenStandard(
        kind=standard.kind,
        name=speech(f"strategy.{standard.kind}.name"),
        contacts=contacts_in_words(standard, speech),
        channels=speech.capital(", ".join(speech(f"channel.{code}") for code in standard.channels)),
        answer=answer_in_words(standard.answer_hours, speech),
        credit=_credit(standard.terms.credit_days, speech),
        discount=_discount(standard.terms.discount_limit, speech),
        minimum_order=_minimum_order(standard.terms.minimum_order, currency, speech),
        first_moves=tuple(_move(standard, number, speech) for number in range(MOVES)),
        **texts,
    )


def contacts_in_words(standard: ServiceStandard, speech: Speech) -> str:
    """How often and how long: "2 contacts a month, 45 min each", rarer than monthly by the quarter or the year."""
    monthly = standard.contacts_per_month
    if not monthly:
        return speech("strategy.contacts.none")
    for period, months in (("month", 1), ("quarter", 3), ("year", MONTHS_PER_YEAR)):
        count = monthly * months
        rarer = monthly < 1 or months == 1
        if rarer and round(count) and abs(count - round(count)) < 1e-6:
            return speech(f"strategy.contacts.{period}", n=round(count), minutes=speech.num(standard.minutes_per_contact))
    digits = 1 if abs(10 * monthly - round(10 * monthly)) < 1e-6 else 2
    return speech("strategy.contacts.share", count=speech.num(monthly, digits), minutes=speech.num(standard.minutes_per_contact))


def answer_in_words(hours: float, speech: Speech) -> str:
    """Answer time in working hours, as "in 2 hours", "the same day", "the next day", "in 3 working days"."""
    if hours < WORKDAY_HOURS:
        if hours == int(hours):
            return speech("strategy.answer.hours", n=int(hours))
        return speech("strategy.answer.minutes", n=round(hours * 60))
    if hours == WORKDAY_HOURS:
        return speech("strategy.answer.same_day")
    if hours <= 2 * WORKDAY_HOURS:
        return speech("strategy.answer.next_day")
    return speech("strategy.answer.days", n=-int(-hours // WORKDAY_HOURS))


def _text(standard: ServiceStandard, name: str, speech: Speech) -> str:
    own = getattr(standard, name)
    return speech(f"strategy.{standard.kind}.{name}") if own is None else own


def _move(standard: ServiceStandard, number: int, speech: Speech) -> str:
    own = standard.first_moves[number]
    return speech(f"strategy.{standard.kind}.move_{number + 1}") if own is None else own


def _credit(days: int | None, speech: Speech) -> str:
    if days is None:
        return speech("strategy.terms.open")
    return speech("strategy.terms.credit", n=int(days)) if days else speech("strategy.terms.prepayment")


def _discount(limit: float | None, speech: Speech) -> str:
    if limit is None:
        return speech("strategy.terms.open")
    if not limit:
        return speech("strategy.terms.no_discount")
    digits = 0 if abs(100 * limit - round(100 * limit)) < 1e-9 else 1
    return speech("strategy.terms.discount", limit=speech.percent(limit, digits))


def _minimum_order(money: float | None, currency: str, speech: Speech) -> str:
    if money is None:
        return speech("strategy.terms.open")
    return speech("strategy.terms.minimum_order", money=speech.money(money, currency)) if money else speech("strategy.terms.no_minimum")
