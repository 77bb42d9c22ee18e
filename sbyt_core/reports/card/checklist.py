"""Checklist of the card as a workbook: a sheet for the base and for every segment that differs, ready to print or to fill in.

One row a step: what is done, by whom, how one sees it, norm and answer time; then empty columns for done, in time, minutes and a note. Done
and in time are chosen from a list, minutes must be a number over 0, so that a filled sheet can be read back as it was meant.
"""

from __future__ import annotations

from sbyt_core.cards import Card, minutes_of_document
from sbyt_core.cards.step import MINUTES
from sbyt_core.reports.card.paper import CardFacts, version_text
from sbyt_core.reports.card.words import answer_text, channel_text
from sbyt_core.reports.kit.book import Book, Sheet, row_heights
from sbyt_core.texts import speech

COLUMNS = ("number", "operation", "role", "check", "norm_minutes", "answer", "channel", "done", "in_time", "minutes", "note")
WRAPPED = {1: "operation", 2: "role", 3: "check"}  # columns whose texts make a row higher
WIDTHS = (5, 40, 26, 36, 9, 14, 16, 11, 10, 9, 28)


def card_checklist_xlsx(card: Card, *, lang: str = "ru", facts: CardFacts | None = None) -> bytes:
    """The checklist as bytes of an xlsx file."""
    say, facts = speech(lang), facts or CardFacts()
    book = Book(say, title=card.name, author="", made_at=facts.made_at, currency="RUB")
    kinds = [None, *(kind for kind in card.differences if card.differences[kind])]
    for kind in kinds:
        name = say("cardfile.checklist.base") if kind is None else say(f"strategy.{kind}.name")
        sheet = book.sheet(name, WIDTHS, mark=kind if kind in ("A", "B", "C") else None)
        sheet.line(say("cardfile.checklist.title", card=card.name, kind=name), "title")
        sheet.line(" · ".join(part for part in (facts.project_name, version_text(facts, say)) if part), "subtitle")
        for label in ("client", "document", "employee", "date"):
            sheet.put(0, f"{say(f'cardfile.checklist.{label}')}: {'_' * 30}", "plain")
            sheet.down()
        sheet.down()
        top = sheet.row
        sheet.header([say(f"cardfile.column.{name}") for name in COLUMNS], numbers=(0, 4, 9), height=30.0)
        steps = card.steps_for(kind)
        heights = row_heights([([getattr(step, code) for step in steps], WIDTHS[column]) for column, code in WRAPPED.items()])
        for number, (step, height) in enumerate(zip(steps, heights, strict=True), 1):
            if height:
                sheet.raw.set_row(sheet.row, height)
            sheet.put(0, number, "plain", "whole", border=1)
            texts = {column: getattr(step, code) for column, code in WRAPPED.items()}
            texts |= {5: answer_text(step, say), 6: channel_text(step, say)}
            for column, text in texts.items():
                sheet.put(column, text, "wrapped", border=1)
            sheet.put(4, step.norm_minutes, "plain", "decimal" if (step.norm_minutes or 0) % 1 else "whole", border=1)
            for column in (7, 8, 9, 10):
                sheet.put(column, None, "wrapped", border=1)
            sheet.down()
        if steps:
            last = sheet.row - 1
            answers = {"validate": "list", "source": [say("report.yes"), say("report.no")]}
            sheet.raw.data_validation(top + 1, 7, last, 8, answers)
            sheet.raw.data_validation(
                top + 1, 9, last, 9, {"validate": "decimal", "criteria": "between", "minimum": MINUTES[0], "maximum": MINUTES[1]}
            )
            _total(sheet, card, kind, top + 2, last + 1)
        sheet.raw.freeze_panes(top + 1, 2)
    return book.bytes()


def _total(sheet: Sheet, card: Card, kind: str | None, first: int, last: int) -> None:
    """The minutes of one document below the norms; nothing while a norm is missing."""
    total = minutes_of_document(card, kind)
    if total is not None:
        sheet.put(1, sheet.book.speech("report.total"), "total")
        sheet.formula(4, f"=SUM(E{first}:E{last})", total, "total", "decimal" if total % 1 else "whole")
