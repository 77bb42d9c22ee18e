"""The sheet of criteria: by what the clients were classed, in sentences and setting by setting, from which data, when and by whom."""

from __future__ import annotations

from collections.abc import Sequence

from sbyt_core.reports.kit.book import HEADER_HEIGHT, LINE_HEIGHT, Book, Sheet
from sbyt_core.reports.segments.criteria_words import criteria_sentences, criteria_settings
from sbyt_core.segments.model import GuardResult
from sbyt_core.segments.segmentation import Segmentation
from sbyt_core.segments.words import precise_share

WIDTHS = (50, 38, 12, 12, 14, 14)
SENTENCE_WIDTH = 140  # letters of a sentence that fit a line of the sheet


def criteria_sheet(book: Book, segmentation: Segmentation, facts: Sequence[tuple[str, str]]) -> None:
    """Write the sheet. facts: where the figures come from, as pairs of label and text."""
    speech = book.speech
    sheet = book.sheet(speech("report.sheet.criteria"), WIDTHS, landscape=False)
    sheet.line(speech("report.sheet.criteria"), "title")
    sheet.down()
    sentences(sheet, segmentation, last=len(WIDTHS) - 1, letters=SENTENCE_WIDTH)
    sheet.down()
    sheet.line(speech("report.section.guards"), "section")
    guards_table(sheet, segmentation.guards, enforced=segmentation.criteria.guards == "enforce")
    sheet.down()
    sheet.line(speech("report.section.settings"), "section")
    for label, value in criteria_settings(segmentation.criteria, speech):
        pair(sheet, label, value)
    sheet.down()
    sheet.line(speech("report.section.source"), "section")
    measure, why = speech(f"measure.{segmentation.measure}"), speech(f"measure_why.{segmentation.measure_why}")
    pair(sheet, speech("report.fact.measure"), f"{measure} ({why})")
    for label, value in facts:
        pair(sheet, label, value)


def sentences(sheet: Sheet, segmentation: Segmentation, *, last: int, letters: int) -> None:
    """The criteria in sentences, one a row. last: last column that a sentence may run over; letters: that fit a line there."""
    look = sheet.book.look("wrap")
    for text in criteria_sentences(segmentation.criteria, sheet.book.speech, measure=segmentation.measure):
        sheet.raw.set_row(sheet.row, LINE_HEIGHT * -(-len(text) // letters))
        sheet.raw.merge_range(sheet.row, 0, sheet.row, last, "", look)
        sheet.put(0, text, "wrap")
        sheet.down()


def guards_table(sheet: Sheet, guards: Sequence[GuardResult], *, enforced: bool) -> None:
    """Every guard with its limit, the value, whether it holds and how many clients it moved (would move when it only advises)."""
    speech = sheet.book.speech
    moved = "guard_moved" if enforced else "guard_to_move"
    codes = ("guard", "guard_limit", "guard_value", "guard_clients", "guard_holds", moved)
    sheet.header([sheet.book.label(code) for code in codes], numbers=(2, 3, 5), height=HEADER_HEIGHT)
    for guard in guards:
        bound = speech(f"report.guard.{guard.code}.limit", limit=precise_share(guard.limit, speech), n=guard.limit_clients)
        sheet.put(0, speech(f"report.guard.{guard.code}"))
        sheet.put(1, bound)
        sheet.put(2, guard.value, "plain", "percent")
        sheet.put(3, guard.clients, "plain", "whole")
        sheet.put(4, speech("report.yes" if guard.holds else "report.no"), "plain" if guard.holds else "wrong")
        sheet.put(5, guard.moved if enforced else guard.to_move, "plain", "whole")
        sheet.down()


def pair(sheet: Sheet, label: str, text: str) -> None:
    """A label and its text."""
    sheet.put(0, label, "label")
    sheet.put(1, text)
    sheet.down()
