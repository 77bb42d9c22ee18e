"""Practice as a workbook: every figure with its n and interval, the orders behind them, and the rows of the file that were not
taken.

A share of fewer than `ENOUGH` lines is not written, its n is: so nobody sorts people by chance. Intervals are Wilson's, 95 %.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from sbyt_core.practice.experience import experience
from sbyt_core.practice.followed import Followed
from sbyt_core.practice.minutes import minutes_against_norm
from sbyt_core.practice.read_log import BadRow
from sbyt_core.reports.kit.book import Book, Sheet
from sbyt_core.texts import Speech, speech

NAME, FIGURE, COUNT, SHARE = 46.0, 18.0, 10.0, 11.0  # widths of columns in characters


def practice_workbook(
    result: Followed, *, lang: str = "ru", project_name: str = "", bad: Sequence[BadRow] = (), made_at: datetime | None = None
) -> bytes:
    """The figures of practice as bytes of an xlsx file. bad: rows of the last file that were not taken."""
    say = speech(lang)
    title = say("practice.book.title", project=project_name) if project_name else say("practice.book.title_alone")
    book = Book(say, title=title, author="", made_at=made_at, currency="RUB")
    names = {step.key: step.operation for step in result.card.all_steps()}
    names |= {key: say("practice.step.gone", operation=step.operation) for key, step in result.gone.items()}
    _shares(book, title, "steps", result.of_steps(), ("step",), {"step": names})
    _shares(book, title, "employees", result.of_runs(("employee",)), ("employee",), {})
    _shares(book, title, "people_steps", result.of_steps(("employee", "step")), ("employee", "step"), {"step": names})
    _shares(book, title, "kinds", result.of_steps(("kind", "step")), ("kind", "step"), {"step": names, "kind": _kinds(result, say)})
    _shares(book, title, "weeks", result.of_runs(("week",)), ("week",), {})
    _minutes(book, minutes_against_norm(result), names)
    _experience(book, experience(result))
    _orders(book, result, names)
    if bad:
        _bad(book, bad, ())
    return book.bytes()


def bad_rows_workbook(bad: Sequence[BadRow], headers: Sequence[str], *, lang: str = "ru", made_at: datetime | None = None) -> bytes:
    """Rows of a log that were not taken, with the reason of each, to be mended and dropped in again."""
    book = Book(speech(lang), title=speech(lang)("practice.sheet.bad"), author="", made_at=made_at, currency="RUB")
    _bad(book, bad, headers)
    return book.bytes()


def _shares(book: Book, title: str, code: str, table: pd.DataFrame, by: tuple[str, ...], words: dict[str, dict[str, str]]) -> None:
    say = book.speech
    sheet = book.sheet(say(f"practice.sheet.{code}"), [*(NAME for _ in by), FIGURE, COUNT, COUNT, SHARE, SHARE, SHARE, FIGURE])
    sheet.line(title, "subtitle")
    sheet.line(say(f"practice.sheet.{code}.text"), "plain")
    sheet.down()
    heads = [*by, "figure", "k", "n", "share", "low", "high", "enough"]
    first = len(by) + 1
    _header(sheet, heads, numbers=range(first, first + 5))
    for row in table.to_dict("records"):
        for column, name in enumerate(by):
            _name(sheet, column, row[name], words.get(name))
        sheet.put(len(by), say(f"practice.figure.{row['figure']}"))
        sheet.put(first, row["k"], "plain", "whole")
        sheet.put(first + 1, row["n"], "plain", "whole")
        for column, name in enumerate(("share", "low", "high"), first + 2):
            sheet.put(column, row[name] if row["enough"] else None, "plain", "percent")
        sheet.put(first + 5, "" if row["enough"] else say("practice.too_little"), "label")
        sheet.down()
    _frame(sheet, 3, len(heads), len(table))


def _minutes(book: Book, table: pd.DataFrame, names: dict[str, str]) -> None:
    say = book.speech
    sheet = book.sheet(say("practice.sheet.minutes"), [NAME, *(COUNT for _ in range(8))])
    sheet.line(say("practice.sheet.minutes"), "section")
    sheet.line(say("practice.sheet.minutes.text"), "plain")
    sheet.down()
    _header(sheet, ["step", *table.columns], numbers=range(1, 9))
    for step, row in table.iterrows():
        sheet.put(0, names[str(step)], "text")
        for column, name in enumerate(table.columns, 1):
            sheet.put(column, row[name], "plain", "whole" if name == "n" else "decimal")
        sheet.down()
    _frame(sheet, 3, 9, len(table))


def _experience(book: Book, table: pd.DataFrame) -> None:
    say = book.speech
    sheet = book.sheet(say("practice.sheet.experience"), [NAME, COUNT, COUNT, FIGURE, FIGURE, COUNT, SHARE, SHARE])
    sheet.line(say("practice.sheet.experience"), "section")
    sheet.line(say("practice.sheet.experience.text"), "plain")
    sheet.down()
    _header(sheet, ["employee", "runs", "steps", "since", "until", "weeks", "first", "last"], numbers=(1, 2, 5, 6, 7))
    for employee, row in table.iterrows():
        sheet.put(0, str(employee), "text")
        for column, name in ((1, "runs"), (2, "steps"), (5, "weeks")):
            sheet.put(column, row[name], "plain", "whole")
        for column, name in ((3, "since"), (4, "until")):
            sheet.put(column, row[name].date(), "plain", "date")
        for column, name in ((6, "first"), (7, "last")):
            sheet.put(column, row[name].share if row[name] is not None else None, "plain", "percent")
        sheet.down()
    _frame(sheet, 3, 8, len(table))


def _orders(book: Book, result: Followed, names: dict[str, str]) -> None:
    say = book.speech
    heads = ["moment", "document", "client", "kind", "employee", "complete", "in_time", "in_order", "missing", "extra", "out_of_order"]
    sheet = book.sheet(say("practice.sheet.orders"), [18, 40, 32, 14, 30, 12, 12, 12, NAME, NAME, NAME])
    sheet.line(say("practice.sheet.orders"), "section")
    sheet.down(2)
    _header(sheet, heads)
    kinds = _kinds(result, say)
    for row in result.runs.to_dict("records"):
        sheet.put(0, row["moment"].to_pydatetime(), "plain", "time")
        for column, name in enumerate(("document", "client"), 1):
            _name(sheet, column, row[name], None)
        _name(sheet, 3, row["kind"], kinds)
        _name(sheet, 4, row["employee"], None)
        for column, name in enumerate(("complete", "in_time", "in_order"), 5):
            sheet.put(column, "" if pd.isna(row[name]) else say("report.yes" if row[name] else "report.no"))
        for column, name in enumerate(("missing", "extra", "out_of_order"), 8):
            sheet.put(column, "; ".join(names.get(key, key) for key in row[name]), "text")
        sheet.down()
    _frame(sheet, 3, len(heads), len(result.runs))


def _bad(book: Book, bad: Sequence[BadRow], headers: Sequence[str]) -> None:
    say = book.speech
    width = max([len(headers), *(len(row.cells) for row in bad)], default=0)
    sheet = book.sheet(say("practice.sheet.bad"), [18, 9, 60, *(20 for _ in range(width))])
    sheet.line(say("practice.sheet.bad"), "section")
    sheet.line(say("practice.sheet.bad.text"), "plain")
    sheet.down()
    shown = [*headers, *("" for _ in range(width - len(headers)))]
    sheet.header([say("rows.sheet"), say("rows.row"), say("practice.column.why"), *shown], numbers=(1,))
    for row in bad:
        sheet.put(0, row.sheet, "text")
        sheet.put(1, row.row, "plain", "whole")
        sheet.put(2, "; ".join(say(f"practice.bad.{code.removeprefix('log_')}") for code in row.codes), "wrapped")
        for column, cell in enumerate(row.cells, 3):
            sheet.put(column, cell, "text")
        sheet.down()
    _frame(sheet, 3, 3 + width, len(bad))


def _header(sheet: Sheet, codes: Sequence[str], *, numbers: Sequence[int] = ()) -> None:
    sheet.header([sheet.book.speech(f"practice.column.{code}") for code in codes], numbers=list(numbers), height=30.0)


def _name(sheet: Sheet, column: int, value: object, words: dict[str, str] | None) -> None:
    if isinstance(value, datetime):
        sheet.put(column, value.date(), "plain", "date", align="left")
    else:
        text = "" if value is None or value != value else str(value)
        sheet.put(column, text if words is None else words.get(text, text), "text")


def _frame(sheet: Sheet, header: int, columns: int, rows: int) -> None:
    sheet.raw.freeze_panes(header + 1, 1)
    if rows:
        sheet.raw.autofilter(header, 0, header + rows, columns - 1)


def _kinds(result: Followed, say: Speech) -> dict[str, str]:
    return {kind: say(f"strategy.{kind}.name") for kind in result.lines["kind"].dropna().unique()}
