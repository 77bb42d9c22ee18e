"""The sheet of the data check: what was read from the file, what was left out and why, and what the user should know.

rows read = lines + rows left out, and lines − the file's own total, both as formulas. A warning that has no words yet shows its code: never
silence; the first rows behind each stand below with their place and their cells. Who was made one client, and who was not, is listed with
author and time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sbyt_core.errors import Problem
from sbyt_core.reports.kit.book import Book, Sheet
from sbyt_core.sales.identity.decision_words import decision_author, decision_subject, decision_text
from sbyt_core.sales.identity.decisions import Decision, standing
from sbyt_core.sales.model import KeptRow, ReadReport
from sbyt_core.sales.speak import problem_params
from sbyt_core.texts import Speech

WIDTHS = (44, 18, 80)
MOST_ROWS = 20  # rows shown behind one warning; all of them leave from the data page


def check_sheet(book: Book, report: ReadReport | None, problems: Iterable[Problem], decisions: Sequence[Decision] = ()) -> None:
    """Write the sheet. report: of the reading, None when the lines did not come from a file; problems: of the segmentation;
    decisions: on who is one client, oldest first: those that stand are listed."""
    speech = book.speech
    sheet = book.sheet(speech("report.sheet.check"), WIDTHS)
    sheet.line(speech("report.sheet.check"), "title")
    sheet.down()
    if report is not None:
        _rows(sheet, report)
        _questions(sheet, report)
    _identity(sheet, standing(decisions))
    found = dict.fromkeys([*(report.problems if report else ()), *problems])
    sheet.line(speech("report.section.warnings"), "section")
    if not found:
        sheet.line(speech("report.no_warnings"), "subtitle")
        return
    sheet.header([book.label("warning"), book.label("count"), book.label("advice")], numbers=(1,))
    for problem in found:
        text, hint = problem_in_words(problem, speech)
        sheet.put(0, text, "wrap")
        sheet.put(1, problem.count, "plain", "whole")
        sheet.put(2, hint, "wrapped")
        sheet.down()
    if report is not None:
        _behind(sheet, report)


def problem_in_words(problem: Problem, speech: Speech) -> tuple[str, str]:
    """A problem and what to do about it; its code where the catalogue is silent."""
    code = f"warning.{problem.code}"
    params = problem_params(speech, problem) | {"count": problem.count}
    text = speech(code, **params) if speech.has(code) else problem.code
    hint = speech(f"{code}.hint", **params) if speech.has(f"{code}.hint") else ""
    return text, hint


def _rows(sheet: Sheet, report: ReadReport) -> None:
    book = sheet.book
    speech = book.speech
    sheet.line(speech("report.section.rows"), "section")
    left_out = sum(report.skipped.values())
    first = sheet.row
    _count(sheet, speech("report.rows.lines"), report.rows_read - left_out)
    for reason, rows in report.skipped.items():
        code = f"skipped.{reason}"
        _count(sheet, speech("report.rows.skipped", reason=speech(code) if speech.has(code) else reason), rows)
    sheet.put(0, speech("report.rows.read"), "total")
    sheet.formula(1, f"=SUM(B{first + 1}:B{sheet.row})", report.rows_read, "total", "whole")
    sheet.down()
    total = report.control_total
    if total is not None:
        _money(sheet, speech("check.sum_of_lines"), total.revenue + total.difference)
        _money(sheet, speech("report.rows.control_total"), total.revenue)
        sheet.put(0, speech("report.rows.difference"), "total")
        sheet.formula(1, f"=B{sheet.row - 1}-B{sheet.row}", total.difference, "total", "money")
        sheet.down()
    sheet.down()


def _identity(sheet: Sheet, held: Sequence[Decision]) -> None:
    if not held:
        return
    speech = sheet.book.speech
    sheet.line(speech("report.section.identity"), "section")
    for decision in held:
        whom = " · ".join(text for text in (decision_subject(decision), decision_author(decision)) if text)
        sheet.put(0, decision_text(speech, decision), "wrap")
        sheet.put(1, decision.at, "plain", "time")
        sheet.put(2, whom, "wrapped")
        sheet.down()
    sheet.down()


def _behind(sheet: Sheet, report: ReadReport) -> None:
    """The first rows behind every warning of the file, as the file shows them."""
    speech = sheet.book.speech
    told = {problem.code for problem in report.problems}
    rows: dict[str, list[KeptRow]] = {}
    for row in report.kept_rows:
        code = row.about.split(":")[0]
        if code in told and len(rows.setdefault(code, [])) < MOST_ROWS:
            rows[code].append(row)
    if not rows:
        return
    sheet.down()
    sheet.line(speech("check.behind"), "section")
    for problem in report.problems:
        for row in rows.pop(problem.code, []):
            sheet.put(0, problem_in_words(problem, speech)[0], "wrap")
            sheet.put(1, speech("check.place", sheet=row.sheet, row=str(row.row)), "wrap")
            sheet.put(2, " · ".join(cell for cell in row.cells if cell.strip()), "wrapped")
            sheet.down()


def _money(sheet: Sheet, label: str, value: float) -> None:
    sheet.put(0, label)
    sheet.put(1, value, "plain", "money")
    sheet.down()


def _count(sheet: Sheet, label: str, rows: int) -> None:
    sheet.put(0, label, "wrap")
    sheet.put(1, rows, "plain", "whole")
    sheet.down()


def _questions(sheet: Sheet, report: ReadReport) -> None:
    if not report.questions:
        return
    speech = sheet.book.speech
    sheet.line(speech("report.section.questions"), "section")
    for question in report.questions:
        taken = question.chosen or question.best
        asked, answer = f"question.{question.code}", f"choice.{question.code}.{taken}"
        if not speech.has(answer):
            answer = f"choice.{taken}"
        sheet.put(0, speech(asked) if speech.has(asked) else question.code, "wrap")
        sheet.put(1, speech("report.answered" if question.chosen else "report.not_answered"))
        sheet.put(2, speech(answer) if speech.has(answer) else taken or "", "wrapped")
        sheet.down()
    sheet.down()
