"""The workbook behind the report: every figure that slides and document show, and those that did not fit, as numbers.

Sheets: findings with their sentences, the board, the board by segment, manager, branch and month, sales by month, sources of the change,
items, segments over time, evidence, and every client with its change. Money to the kopeck; parts of a waterfall add up.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pandas as pd

from sbyt_core.reports.kit.book import Book, Sheet
from sbyt_core.reports.kit.story import Story
from sbyt_core.results.evidence.ladder_words import rung_name, why_text
from sbyt_core.results.evidence.words import check_text, check_title
from sbyt_core.results.findings import Findings
from sbyt_core.results.kpis import GROUPS, KPIS
from sbyt_core.results.sources.waterfall import Waterfall

NAME, FIGURE, LONG, UNIT = 34, 18, 70, 10
KINDS = {"money": "money", "share": "percent", "count": "whole", "hours": "decimal"}


def owner_figures(story: Story, found: Findings, *, project_name: str = "", made_at: datetime | None = None) -> bytes:
    """The workbook as bytes of an xlsx file."""
    say = found.say
    book = Book(say, title=project_name or story.title, author="", made_at=made_at, currency=found.currency)
    _story_sheet(book, story)
    _board_sheet(book, found)
    for group in GROUPS:
        _group_sheet(book, found, group)
    _months_sheet(book, found)
    _waterfall_sheet(book, found, found.outcome.decomposition, "sources")
    if found.outcome.items is not None:
        _waterfall_sheet(book, found, found.outcome.items, "items")
    _segments_sheet(book, found)
    _evidence_sheet(book, found)
    _clients_sheet(book, found)
    return book.bytes()


def _story_sheet(book: Book, story: Story) -> None:
    sheet = book.sheet(book.speech("owner.sheet.findings"), (110,))
    sheet.line(story.title, "title")
    sheet.line(story.subtitle, "subtitle")
    for chapter in story.chapters:
        sheet.down()
        sheet.line(chapter.title, "section")
        for point in chapter.points:
            sheet.line(point, "wrap")
        sheet.line(chapter.note, "subtitle")


def _head(sheet: Sheet, texts: Sequence[str]) -> None:
    numbers = [place for place in range(1, len(texts)) if texts[place] != sheet.book.speech("owner.unit")]
    sheet.header(texts, numbers=numbers, height=32)
    sheet.raw.freeze_panes(sheet.row, 1)


def _board_sheet(book: Book, found: Findings) -> None:
    say, windows = book.speech, found.outcome.windows
    sheet = book.sheet(say("owner.sheet.board"), (NAME, FIGURE, FIGURE, FIGURE, UNIT))
    _head(sheet, (say("owner.figure"), found.when(windows.before), found.when(windows.after), say("owner.change"), say("owner.unit")))
    for code, kind in KPIS.items():
        row = found.outcome.figure(code)
        if row[["before", "after"]].isna().all():
            continue
        sheet.put(0, say(f"kpi.{code}"), "text")
        for column, name in enumerate(("before", "after"), 1):
            sheet.put(column, row[name], number=KINDS[kind])
        sheet.put(3, row["change"], number="percent")
        sheet.put(4, say("owner.unit.points" if kind == "share" else "owner.unit.share"), "text")
        sheet.down()


def _group_sheet(book: Book, found: Findings, group: str) -> None:
    """A row a group and figure, to be filtered by either."""
    say, rows = book.speech, found.outcome.by[group]
    rows = rows[rows[["before", "after"]].notna().any(axis=1) & rows["group"].notna()]
    if rows.empty:
        return
    sheet = book.sheet(say(f"owner.sheet.{group}"), (NAME, NAME, FIGURE, FIGURE, FIGURE, UNIT))
    windows = found.outcome.windows
    head = (say(f"owner.group.{group}"), say("owner.figure"), found.when(windows.before), found.when(windows.after), say("owner.change"))
    sheet.header((*head, say("owner.unit")), numbers=(2, 3, 4), height=32)
    sheet.raw.freeze_panes(1, 1)
    sheet.raw.autofilter(0, 0, len(rows), len(head))
    for row in rows.itertuples():
        kind = KPIS[str(row.code)]
        sheet.put(0, _group_name(row.group, group, found), "text")
        sheet.put(1, say(f"kpi.{row.code}"), "text")
        for column, figure in ((2, row.before), (3, row.after)):
            sheet.put(column, figure, number=KINDS[kind])
        sheet.put(4, row.change, number="percent")
        sheet.put(5, say("owner.unit.points" if kind == "share" else "owner.unit.share"), "text")
        sheet.down()


def _group_name(key: object, group: str, found: Findings) -> str:
    if group == "month":
        return found.say.month(pd.Timestamp(key))  # type: ignore[arg-type]
    if group == "segment":
        return found.say(f"owner.segment.{key}")
    return str(key)


def _months_sheet(book: Book, found: Findings) -> None:
    say = book.speech
    sheet = book.sheet(say("owner.sheet.months"), (FIGURE, FIGURE, FIGURE))
    _head(sheet, (say("owner.group.month"), say("owner.series.year_before"), say("owner.series.now")))
    for row in found.outcome.months.itertuples():
        sheet.put(0, say.month(row.month), "text")
        sheet.put(1, row.year_before, number="money")
        sheet.put(2, row.now, number="money")
        sheet.down()


def _waterfall_sheet(book: Book, found: Findings, change: Waterfall, code: str) -> None:
    """The steps; the last row is a formula, so that anybody sees that the parts add up."""
    say = book.speech
    sheet = book.sheet(say(f"owner.sheet.{code}"), (NAME, FIGURE, FIGURE))
    _head(sheet, (say("owner.figure"), say(f"measure.{change.measure}").capitalize(), say("owner.clients")))
    first = sheet.row + 1
    before, after = round(change.before, 2), round(change.after, 2)
    sheet.put(0, say("part.before"), "text")
    sheet.put(1, before, number="money")
    sheet.down()
    for part, amount in zip(change.parts, change.rounded(), strict=True):
        sheet.put(0, found.part_name(part), "text")
        sheet.put(1, amount, number="money")
        sheet.put(2, part.clients, number="whole")
        sheet.down()
    sheet.put(0, say("part.after"), "total")
    sheet.formula(1, f"=SUM(B{first}:B{sheet.row})", after, "total", "money")
    sheet.put(2, None, "total")
    sheet.down(2)
    sheet.line(say("owner.arithmetic"), "subtitle")
    if code == "items" and found.items_not_net():
        sheet.line(found.items_not_net(), "subtitle")


def _segments_sheet(book: Book, found: Findings) -> None:
    segments, say = found.outcome.segments, book.speech
    if segments is None:
        return
    sheet = book.sheet(say("owner.sheet.segments"), (NAME, *[FIGURE] * 6))
    columns = ("clients", "before", "after", "naive", "drift", "adjusted")
    heads = (say("owner.clients"), say("part.before"), say("part.after"), *(say(f"owner.series.{name}") for name in columns[3:]))
    _head(sheet, (say("owner.group.segment"), *heads))
    for name, row in segments.frame.iterrows():
        sheet.put(0, say(f"owner.segment.{name}"), "text")
        for column, code in enumerate(columns, 1):
            sheet.put(column, row[code], number="whole" if code == "clients" else "money" if code in ("before", "after") else "percent")
        sheet.down()
    sheet.down()
    sheet.line(say("owner.segments.chosen", when=found.when(segments.chosen), measure=say(f"measure.{segments.measure}.of")), "subtitle")


def _evidence_sheet(book: Book, found: Findings) -> None:
    effect, say = found.outcome.effect, book.speech
    if effect is None:
        return
    sheet = book.sheet(say("owner.sheet.evidence"), (NAME, FIGURE, FIGURE, FIGURE, LONG))
    heads = (say("owner.ladder.rung"), say("owner.ladder.effect"), say("owner.low"), say("owner.high"), say("owner.ladder.why"))
    sheet.header(heads, numbers=(1, 2, 3), height=32)
    for one in effect.ladder:
        sheet.put(0, rung_name(say, one.rung), "text")
        for column, share in enumerate((one.effect, one.low, one.high), 1):
            sheet.put(column, share, number="percent")
        sheet.put(4, why_text(say, effect, one), "wrapped")
        sheet.down()
    sheet.down()
    for label, value in (("owner.money", effect.money), ("owner.money_low", effect.money_low), ("owner.money_high", effect.money_high)):
        sheet.put(0, say(label), "text")
        sheet.put(1, None if value is None else round(value, 2), number="money")
        sheet.down()
    sheet.put(0, say("owner.smallest"), "text")
    sheet.put(1, effect.smallest_visible, number="percent")
    sheet.down(2)
    for check in effect.checks:
        sheet.put(0, check_title(say, check), "text")
        sheet.put(1, say(f"owner.check.{ {True: 'holds', False: 'fails', None: 'open'}[check.passed] }"))
        sheet.put(4, check_text(say, check), "wrapped")
        sheet.down()


def _clients_sheet(book: Book, found: Findings) -> None:
    """Every client with its change, the largest changes first."""
    say, change = book.speech, found.outcome.decomposition
    frame = change.frame.assign(size=change.frame["change"].abs()).sort_values(["size", "client_key"], ascending=[False, True])
    frame = frame[frame["client_key"].notna()]
    sheet = book.sheet(say("owner.sheet.clients"), (NAME, FIGURE, FIGURE, FIGURE, FIGURE))
    head = (say("owner.client"), say("owner.status"), say("part.before"), say("part.after"), say("owner.change"))
    sheet.header(head, numbers=(2, 3, 4), height=32)
    sheet.raw.freeze_panes(1, 1)
    sheet.raw.autofilter(0, 0, max(len(frame), 1), 4)
    names = found.outcome.names.reindex(frame["client_key"]).fillna(frame.set_index("client_key").index.to_series())
    money, plain = book.look("plain", "money"), book.look("text")
    statuses = {status: say(f"owner.status.{status}") for status in frame["status"].unique()}
    sheet.rows(
        [
            (names.tolist(), "text", plain),
            ([statuses[status] for status in frame["status"]], "text", plain),
            (frame["before"].round(2).tolist(), "number", money),
            (frame["after"].round(2).tolist(), "number", money),
            (frame["change"].round(2).tolist(), "number", money),
        ]
    )
