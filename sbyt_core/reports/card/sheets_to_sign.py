"""Sheets to sign about a version of the card: training with a sign-off by step, and who has acknowledged it and who has not.

The training sheet of a role: every step with three columns to tick – shown, done together, done alone – and the place for date and
signature. The acknowledgement sheet lists everybody asked, role by role, those who have signed with their day, the rest
with an empty line; it is both the reminder and the paper to sign.
"""

from __future__ import annotations

from sbyt_core.cards import Card
from sbyt_core.cards.life import CardVersion
from sbyt_core.errors import BadInput
from sbyt_core.reports.card.paper import CardFacts, CardPaper
from sbyt_core.reports.card.words import answer_text, norm_text
from sbyt_core.sales.identity.names import same_name
from sbyt_core.texts import speech


def training_sheet_docx(card: Card, role: str, *, lang: str = "ru", facts: CardFacts | None = None) -> bytes:
    """The training sheet of a role as bytes of a docx file. Raises BadInput not_a_choice."""
    if role not in card.roles:
        raise BadInput("not_a_choice", name="role", value=role, allowed=card.roles)
    say, facts = speech(lang), facts or CardFacts()
    paper = CardPaper(say, say("cardfile.training.title", role=role), facts, card.name)
    paper.fact(say("cardfile.training.employee"), "_" * 40)
    paper.text(say("cardfile.training.text"))
    heads = [say(f"cardfile.column.{name}") for name in ("number", "operation", "check", "norm", "answer", "shown", "together", "alone")]
    own = [step for step in card.all_steps() if step.role.strip() == role]
    rows = [
        [str(number), step.operation, step.check, norm_text(step, say), answer_text(step, say), "☐", "☐", "☐"]
        for number, step in enumerate(own, 1)
    ]
    paper.table(heads, rows, (0.7, 4.2, 4.2, 1.5, 1.7, 1.5, 1.7, 1.7))
    paper.fact(say("cardfile.training.admitted"), say("cardfile.training.admitted.text"))
    paper.to_sign((say("cardfile.training.pupil"), say("cardfile.training.mentor")))
    return paper.bytes()


def acknowledgement_sheet_docx(version: CardVersion, *, lang: str = "ru", facts: CardFacts | None = None) -> bytes:
    """The acknowledgement sheet of a version as bytes of a docx file."""
    say = speech(lang)
    facts = facts or CardFacts(number=version.number, since=version.since)
    paper = CardPaper(say, say("cardfile.acknowledge.title"), facts, version.card.name)
    paper.fact(say("cardfile.acknowledge.why"), version.why)
    paper.fact(say("cardfile.acknowledge.from"), say.date(version.effective_on))
    waiting = version.waiting
    people = sum(len(names) for names in version.people.values())
    paper.text(say("cardfile.acknowledge.count", done=people - len(waiting), n=people), bold=True)
    given = {(role, same_name(person)): act for (role, person), act in version.acknowledged.items()}
    rows, listed = [], set()
    for role, names in version.people.items():
        for name in names:
            key = (role, same_name(name))
            listed.add(key)
            act = given.get(key)
            rows.append([role, name, say.date(act.at.date()) if act is not None and act.at is not None else "", ""])
    for (role, person), act in version.acknowledged.items():
        if (role, same_name(person)) not in listed:
            rows.append([role, person, say.date(act.at.date()) if act.at is not None else "", ""])
    paper.table([say(f"cardfile.column.{name}") for name in ("role", "person", "day", "signature")], rows, (4, 4, 2.4, 4))
    paper.text(say("cardfile.acknowledge.text"))
    return paper.bytes()
