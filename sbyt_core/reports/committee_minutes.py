"""Minutes of a meeting of the development committee, for Word: who sat, what lay on the table, what was decided and who does it.

On the table stands what the agenda of that day holds; decided is what was decided since the last meeting up to the end of that
day; then what is late, what was reviewed with its figure then and now, and lines to sign.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO

from docx import Document
from docx.shared import Cm, Pt

from sbyt_core.committee import Committee, Situation, agenda, overdue
from sbyt_core.committee.progress import progress
from sbyt_core.reports.kit.clean import cell_text
from sbyt_core.texts import Speech, speech

MARGIN = Cm(2)
PLAIN = Pt(11)
LINE = "_" * 28


@dataclass(frozen=True)
class MeetingFacts:
    """What the minutes are of. day: of the meeting; since: day after the last meeting, None: from the beginning; steps: key → operation."""

    committee: Committee
    situations: Sequence[Situation]
    day: date
    since: date | None
    steps: Mapping[str, str]


def committee_minutes_docx(facts: MeetingFacts, *, lang: str = "ru", project_name: str = "", made_at: datetime | None = None) -> bytes:
    """The minutes as bytes of a docx file."""
    say = speech(lang)
    paper = Document()
    section = paper.sections[0]
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    paper.styles["Normal"].font.size = PLAIN
    paper.core_properties.title, paper.core_properties.author = say("minutes.title"), ""
    if made_at is not None:
        paper.core_properties.created = made_at.replace(tzinfo=None)
    paper.add_heading(say("minutes.title"), level=0)
    paper.add_paragraph(cell_text(" · ".join(part for part in (project_name, say.date(facts.day), facts.committee.place) if part)))
    _present(paper, facts, say)
    decided = [one for one in facts.situations if one.decision is not None and _in(one.decision.day, facts)]
    reviewed = [one for one in facts.situations if one.review is not None and _in(one.review.day, facts)]
    ruled = [one for one in facts.situations if one.approved is not None and _in(_ruled_on(one), facts)]
    _agenda(paper, facts, say)
    _table(paper, say, "decided", decided, ("number", "what", "cause", "decision", "responsible", "due", "kpi"), facts.steps)
    _table(paper, say, "reviewed", reviewed, ("number", "decision", "kpi", "now", "outcome"), facts.steps)
    _table(paper, say, "ruled", ruled, ("number", "client", "class", "reason", "ruling"), facts.steps)
    late = overdue(facts.situations, today=facts.day)
    _table(paper, say, "late", late, ("number", "decision", "responsible", "due"), facts.steps)
    paper.add_heading(say("minutes.signatures"), level=1)
    for member in facts.committee.members or (None,):
        name = cell_text(member.name) if member is not None else ""
        duty = say(f"committee.duty.{member.duty}") if member is not None else ""
        paper.add_paragraph(f"{LINE}  {name}{', ' + duty if duty else ''}")
    buffer = BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


def kpi_text(situation: Situation, say: Speech, steps: Mapping[str, str]) -> str:
    """Which figure a decision must move, and how it stood: «выполнение шага «…»: 53 % из 420»."""
    if situation.decision is None:
        return ""
    kpi = situation.decision.kpi
    name = kpi.text if kpi.code == "own" else say(f"committee.kpi.{kpi.code}", step=steps.get(kpi.step, say("practice.step.unknown")))
    value = kpi_value(kpi.code, kpi.value, kpi.n, say)
    return say("committee.kpi.then", name=name, value=value) if value else name


def kpi_value(code: str, value: float | None, n: int | None, say: Speech) -> str:
    """A value of a KPI in words; empty where it is not known."""
    if value is None:
        return ""
    if code in ("own", "situations"):
        return say.num(value, 0 if value == int(value) else 1)
    shown = say("committee.kpi.minutes.value", value=say.num(value, 1)) if code == "minutes" else say.percent(value)
    return say("committee.kpi.of", value=shown, n=n) if n is not None else shown


def now_text(situation: Situation, say: Speech) -> str:
    """The figure of a review, and whether it is better than on the day of the decision: «80 % (наблюдений: 40) – лучше, чем было»."""
    if situation.review is None or situation.decision is None:
        return ""
    kpi, review = situation.decision.kpi, situation.review
    value = kpi_value(kpi.code, review.value, review.n, say) or say("committee.kpi.unknown")
    code = progress(kpi, review.value, review.n)
    return value if code is None else say("committee.kpi.now", value=value, told=say(f"committee.progress.{code}"))


def _present(paper, facts: MeetingFacts, say: Speech) -> None:
    paper.add_heading(say("minutes.present"), level=1)
    if not facts.committee.members:
        paper.add_paragraph(f"{say('minutes.nobody')} {LINE}")
    for member in facts.committee.members:
        words = [cell_text(member.name), cell_text(member.job), say(f"committee.duty.{member.duty}")]
        paper.add_paragraph(", ".join(word for word in words if word), style="List Bullet")


def _agenda(paper, facts: MeetingFacts, say: Speech) -> None:
    paper.add_heading(say("minutes.agenda"), level=1)
    items = agenda(facts.situations, meeting=facts.day)
    if not items:
        paper.add_paragraph(say("minutes.agenda.empty"))
    for item in items:
        one = item.situation
        who = ", ".join(part for part in (one.client, facts.steps.get(one.step, "")) if part)
        text = say("minutes.agenda.item", why=say(f"committee.why.{item.why}"), number=str(one.number), text=cell_text(one.text))
        paper.add_paragraph(text + (f" ({cell_text(who)})" if who else ""), style="List Number")


def _table(paper, say: Speech, code: str, found: Sequence[Situation], columns: tuple[str, ...], steps: Mapping[str, str]) -> None:
    if not found:
        return
    paper.add_heading(say(f"minutes.{code}"), level=1)
    table = paper.add_table(rows=1, cols=len(columns), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.paragraphs[0].add_run(say(f"minutes.column.{name}")).bold = True
    for one in found:
        for cell, name in zip(table.add_row().cells, columns, strict=True):
            cell.text = cell_text(_CELLS[name](one, say, steps))


def _in(day: date | None, facts: MeetingFacts) -> bool:
    return day is not None and day <= facts.day and (facts.since is None or day >= facts.since)


def _ruled_on(one: Situation) -> date | None:
    return next((date.fromisoformat(e.fields["day"]) for e in reversed(one.events) if e.event == "rule" and not e.refused), None)


def _ruling(one: Situation, say: Speech, steps: Mapping[str, str]) -> str:
    text = next((str(e.fields["text"]) for e in reversed(one.events) if e.event == "rule" and not e.refused), "")
    return ". ".join(part for part in (say("committee.approved" if one.approved else "committee.rejected"), text) if part)


def _what(one: Situation, say: Speech, steps: Mapping[str, str]) -> str:
    place = ", ".join(part for part in (one.client, steps.get(one.step, "")) if part)
    return f"{place}: {one.text}" if place else one.text


def _of_decision(make: Callable[[Situation, Speech], str]) -> Callable[[Situation, Speech, Mapping[str, str]], str]:
    return lambda one, say, steps: "" if one.decision is None else make(one, say)


_CELLS: dict[str, Callable[[Situation, Speech, Mapping[str, str]], str]] = {
    "number": lambda one, say, steps: str(one.number),
    "what": _what,
    "client": lambda one, say, steps: one.client,
    "class": lambda one, say, steps: f"{one.extra.get('computed', '')} → {one.extra.get('segment', '')}",
    "reason": lambda one, say, steps: one.text,
    "ruling": _ruling,
    "cause": lambda one, say, steps: say(f"committee.cause.{one.cause}") if one.cause else "",
    "decision": _of_decision(lambda one, say: f"{say(f'committee.decision.{one.decision.decision}')}: {one.decision.text}"),  # type: ignore[union-attr]
    "responsible": _of_decision(lambda one, say: one.decision.responsible),  # type: ignore[union-attr]
    "due": _of_decision(lambda one, say: say.date(one.decision.due if one.state == "decided" else one.decision.review_on)),  # type: ignore[union-attr]
    "kpi": lambda one, say, steps: kpi_text(one, say, steps),
    "now": lambda one, say, steps: now_text(one, say),
    "outcome": lambda one, say, steps: (
        "" if one.review is None else ". ".join(part for part in (say(f"committee.outcome.{one.review.outcome}"), one.review.text) if part)
    ),
}
