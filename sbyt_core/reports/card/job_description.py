"""Job description of a role from the technology card: what the employee does, by which algorithm, and how it is measured.

Of every step that the role does, of the base card and of the kinds of clients that have it otherwise: when it begins, what is needed,
what comes out, the words, the exceptions, and what another kind of clients gets. Then one table of targets – each time, in time, within
the norm – beside how it was done so far, each figure with its n and interval, "too little data" below the limit; no figure
mixes them. No targets in per cent are invented here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from zipfile import ZIP_DEFLATED

from sbyt_core.cards import Card, Step
from sbyt_core.cards.model import KINDS
from sbyt_core.errors import BadInput
from sbyt_core.practice.followed import Followed
from sbyt_core.reports.card.paper import CardFacts, CardPaper
from sbyt_core.reports.card.words import (
    StepFacts,
    answer_text,
    channel_text,
    differences_text,
    exceptions_text,
    facts_of,
    minutes_text,
    norm_text,
    numbered,
    share_text,
)
from sbyt_core.reports.kit.clean import file_name
from sbyt_core.reports.kit.zipped import zipped
from sbyt_core.texts import Speech, speech

UNSTAMPED = datetime(1980, 1, 1)  # the earliest a zip can say


def job_description_docx(
    card: Card, role: str, *, lang: str = "ru", facts: CardFacts | None = None, practice: Followed | None = None
) -> bytes:
    """The job description of a role that the card names, as bytes of a docx file. Raises BadInput not_a_choice."""
    if role not in card.roles:
        raise BadInput("not_a_choice", name="role", value=role, allowed=card.roles)
    say, facts = speech(lang), facts or CardFacts()
    paper = CardPaper(say, say("cardfile.job.title", role=role), facts, card.name)
    steps = _steps_of(card, role)
    paper.section(say("cardfile.job.purpose"))
    paper.text(card.purpose)
    paper.text(say("cardfile.job.duties", n=len(steps)))
    paper.points([one.operation for one, _ in steps])
    paper.section(say("cardfile.job.requirements"))
    numbers = numbered(card.steps)
    for step, kind in steps:
        _requirement(paper, card, step, kind, numbers.get(step.key), say)
    paper.section(say("cardfile.job.targets"))
    known = facts_of(practice)
    paper.text(say("cardfile.job.targets.text") if known else say("cardfile.job.targets.unknown"))
    heads = [say(f"cardfile.target.{name}") for name in ("step", "norm", "answer", "done", "in_time", "minutes")]
    rows = [_target(step, known.get(step.key), say) for step, _ in steps]
    paper.table(heads, rows, (5, 1.6, 1.8, 3, 3, 2.4))
    paper.section(say("cardfile.job.signed"))
    paper.text(say("cardfile.job.signed.text"))
    paper.to_sign(("", ""))
    return paper.bytes()


def job_descriptions_zip(card: Card, *, lang: str = "ru", facts: CardFacts | None = None, practice: Followed | None = None) -> bytes:
    """The job descriptions of all roles of a card, one file a role, in a zip."""

    def files() -> Iterator[tuple[str, bytes]]:
        taken: list[str] = []
        for role in card.roles:
            taken.append(file_name(role, taken))
            yield f"{taken[-1]}.docx", job_description_docx(card, role, lang=lang, facts=facts, practice=practice)

    return zipped(files(), UNSTAMPED, compression=ZIP_DEFLATED)


def _steps_of(card: Card, role: str) -> list[tuple[Step, str | None]]:
    """Steps that a role does: of the base, then those that it does for one kind of clients only; with that kind."""
    found: list[tuple[Step, str | None]] = [(step, None) for step in card.steps if step.role.strip() == role]
    known = {step.key for step, _ in found}
    for kind in KINDS:
        if not card.differences.get(kind):
            continue
        for step in card.steps_for(kind):
            if step.role.strip() == role and step.key not in known:
                known.add(step.key)
                found.append((step, kind))
    return found


def _requirement(paper: CardPaper, card: Card, step: Step, kind: str | None, number: int | None, say: Speech) -> None:
    title = step.operation if number is None or kind is not None else say("cardfile.step", number=number, operation=step.operation)
    paper.part(title if kind is None else say("cardfile.step_for", operation=step.operation, kind=say(f"strategy.{kind}.name")))
    for name in ("trigger", "input", "output"):
        paper.fact(say(f"card.field.{name}"), getattr(step, name))
    figures = (norm_text(step, say), answer_text(step, say), channel_text(step, say))
    paper.fact(say("cardfile.figures"), " · ".join(text for text in figures if text))
    paper.fact(say("card.field.script"), step.script)
    paper.fact(say("card.field.check"), step.check)
    _list(paper, say("card.field.exceptions"), exceptions_text(step, card.steps_for(kind), say))
    if kind is None:
        _list(paper, say("cardfile.otherwise"), differences_text(card, step.key, say))


def _list(paper: CardPaper, label: str, texts: Sequence[str]) -> None:
    if texts:
        paper.text(f"{label}:", bold=True)
        paper.points(texts)


def _target(step: Step, facts: StepFacts | None, say: Speech) -> list[str]:
    done = None if facts is None else facts.done
    in_time = None if facts is None else facts.in_time
    return [
        step.operation,
        norm_text(step, say),
        answer_text(step, say),
        share_text(done, say),
        share_text(in_time, say),
        minutes_text(facts, say),
    ]
