"""Service sheet of a segment: how its clients are served, on one or two pages for the manager's desk.

At the top the strategy of the segment (goal, contacts, answer time, terms, what is not done), then the steps of the card as this
segment has them, with what is otherwise than in the base card marked, and the words to say.
"""

from __future__ import annotations

from sbyt_core.cards import Card, Step, minutes_of_document
from sbyt_core.cards.step import FIELDS
from sbyt_core.cards.words import minutes_in_words
from sbyt_core.reports.card.paper import CardFacts, CardPaper
from sbyt_core.reports.card.words import answer_text, channel_text, exceptions_text, norm_text
from sbyt_core.strategies import ServiceStandard, written
from sbyt_core.texts import Speech, speech


def service_sheet_docx(
    card: Card, standard: ServiceStandard, *, lang: str = "ru", facts: CardFacts | None = None, currency: str = "RUB"
) -> bytes:
    """The sheet of the kind of clients that a standard is of, as bytes of a docx file."""
    say, facts = speech(lang), facts or CardFacts()
    words = written(standard, say, currency=currency)
    paper = CardPaper(say, say("cardfile.service.title", kind=words.name, title=words.title), facts, card.name)
    paper.text(words.goal, bold=True)
    for name in ("contacts", "channels", "answer", "who_serves", "credit", "discount", "minimum_order"):
        paper.fact(say(f"strategies.{name}"), getattr(words, name))
    paper.fact(say("strategies.not_done"), words.not_done)
    steps = card.steps_for(standard.kind)
    paper.section(say("cardfile.service.steps"))
    total = minutes_of_document(card, standard.kind)
    if total is not None:
        paper.quiet(say("cardfile.service.total", n=len(steps), minutes=minutes_in_words(total, say)))
    heads = [say(f"cardfile.column.{name}") for name in ("number", "operation", "role", "norm", "answer", "channel", "mark")]
    rows = [
        [
            str(number),
            step.operation,
            step.role,
            norm_text(step, say),
            answer_text(step, say),
            channel_text(step, say),
            _mark(card, step, say),
        ]
        for number, step in enumerate(steps, 1)
    ]
    paper.table(heads, rows, (0.7, 5, 3, 1.6, 1.8, 2, 2.4))
    left_out = [step.operation for step in card.steps if step.key not in {one.key for one in steps}]
    if left_out:
        paper.fact(say("cardfile.service.left_out"), "; ".join(left_out))
    paper.section(say("cardfile.service.words"))
    for number, step in enumerate(steps, 1):
        if step.script.strip() or step.exceptions:
            paper.part(say("cardfile.step", number=number, operation=step.operation))
            paper.text(step.script)
            paper.points(exceptions_text(step, steps, say))
    return paper.bytes()


def _mark(card: Card, step: Step, say: Speech) -> str:
    """What is otherwise than in the base card, in the names of fields."""
    base = next((one for one in card.steps if one.key == step.key), None)
    if base is None:
        return say("cardfile.only_here")
    changed = [say(f"card.short.{name}") for name in FIELDS if name != "exceptions" and getattr(base, name) != getattr(step, name)]
    return ", ".join(changed)
