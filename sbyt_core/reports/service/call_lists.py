"""What a manager takes away: his contacts by week as a workbook, and the same as a calendar for his telephone.

The first sheet is the whole quarter, filtered and with empty columns "done" and "note"; then what changes for his clients; then a sheet a
week, to be printed. In the calendar every contact is an event of the whole day, so that no time zone moves it; the
identity of an event stays when the plan is made again, and the calendar then replaces it. Every text of an event begins with a word of
ours, so that a calendar exported to a table gives no formula.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zipfile import ZIP_DEFLATED

import pandas as pd

from sbyt_core.reports.kit.book import Book
from sbyt_core.reports.kit.calendar_file import CalendarFile
from sbyt_core.reports.kit.clean import file_name
from sbyt_core.reports.kit.plain_sheet import SheetColumn, put_table
from sbyt_core.reports.kit.zipped import zipped
from sbyt_core.reports.service.hours import client_rows, put_unchanged
from sbyt_core.strategies import HoursPlan, call_list
from sbyt_core.strategies.hours_words import unchanged_line
from sbyt_core.strategies.words import written
from sbyt_core.texts import Speech, speech

CALLS = (
    SheetColumn("client", "text", None, 34),
    SheetColumn("date", "number", "date", 12),
    SheetColumn("weekday", "text", None, 6),
    SheetColumn("segment", "text", None, 9),
    SheetColumn("kind", "text", None, 20),
    SheetColumn("channel", "text", None, 18),
    SheetColumn("contact_minutes", "number", "whole", 9, True),
    SheetColumn("contact_number", "text", None, 10),
    SheetColumn("done", "text", None, 9),
    SheetColumn("note", "text", None, 36),
)
MOVES = (
    SheetColumn("client", "text", None, 34),
    SheetColumn("segment", "text", None, 9),
    SheetColumn("passes", "text", None, 36),
    SheetColumn("channel", "text", None, 20),
    SheetColumn("hours_before", "number", "hours", 12, True),
    SheetColumn("hours_after", "number", "hours", 12, True),
    SheetColumn("contacts_a_quarter", "number", "whole", 12),
)


def call_lists_zip(
    plan: HoursPlan,
    *,
    start: date,
    country: str = "RU",
    lang: str = "ru",
    project_name: str = "",
    author: str = "",
    made_at: datetime | None = None,
    currency: str = "RUB",
) -> bytes:
    """A workbook and a calendar a manager, in one zip. start: first day of the quarter; country: of the working days."""
    words = speech(lang)
    calls = call_list(plan, start=start, country=country)
    rows = client_rows(plan, words)

    def files() -> Iterator[tuple[str, bytes]]:
        taken: set[str] = set()
        for manager in plan.managers.index[plan.managers["clients"] > 0]:
            name = file_name(manager, taken)
            taken.add(name)
            mine, held = calls[calls["manager"] == manager], rows[rows["new_manager"] == manager]
            yield f"{name}.xlsx", _workbook(plan, manager, mine, held, words, start, project_name, author, made_at, currency)
            yield f"{name}.ics", calls_calendar(plan, mine, manager=manager, lang=lang, made_at=made_at, currency=currency)

    return zipped(files(), made_at, compression=ZIP_DEFLATED)


def manager_calls_workbook(
    plan: HoursPlan,
    manager: str,
    *,
    start: date,
    country: str = "RU",
    lang: str = "ru",
    project_name: str = "",
    author: str = "",
    made_at: datetime | None = None,
    currency: str = "RUB",
) -> bytes:
    """The contacts of one manager by week as bytes of an xlsx file. Options as of `call_lists_zip`."""
    words = speech(lang)
    calls = call_list(plan, start=start, country=country)
    rows = client_rows(plan, words)
    mine, held = calls[calls["manager"] == manager], rows[rows["new_manager"] == manager]
    return _workbook(plan, manager, mine, held, words, start, project_name, author, made_at, currency)


def calls_calendar(
    plan: HoursPlan, calls: pd.DataFrame, *, manager: str, lang: str = "ru", made_at: datetime | None = None, currency: str = "RUB"
) -> bytes:
    """The contacts of one manager as an iCalendar file. calls: his rows of `call_list`; made_at: in UTC or without a zone."""
    words = speech(lang)
    goals = {standard.kind: written(standard, words).goal for standard in plan.book.standards}
    calendar = CalendarFile(words, words("calls.calendar", name=manager), made_at, about=unchanged_line(plan, words, currency))
    for row in calls.itertuples():
        day = row.date.date()
        channel, minutes = words.capital(words(f"channel.{row.channel}")), words.num(row.minutes)
        calendar.add(
            f"{row.client_key}|{row.number}|{calls['date'].iloc[0]:%Y-%m-%d}",
            day,
            day + timedelta(days=1),
            summary=words("calls.event", client=row.client, channel=channel, minutes=minutes),
            about=words(
                "calls.about", name=words(f"strategy.{row.kind}.name"), number=int(row.number), of=int(row.of), goal=goals[row.kind]
            ),
            transp="TRANSPARENT",
        )
    return calendar.bytes()


def _workbook(
    plan: HoursPlan,
    manager: str,
    calls: pd.DataFrame,
    held: pd.DataFrame,
    words: Speech,
    start: date,
    project_name: str,
    author: str,
    made_at: datetime | None,
    currency: str,
) -> bytes:
    title = f"{project_name} – {manager}" if project_name else manager
    book = Book(words, title=title, author=author, made_at=made_at, currency=currency)
    shown = _shown(calls, words)
    sheet = book.sheet(words("report.sheet.calls"), [column.width for column in CALLS])
    end = calls["date"].max().date() if len(calls) else start
    sheet.line(words("report.calls.title", name=manager, start=start, end=end), "title")
    put_unchanged(sheet, plan)
    sheet.down()
    if calls.empty:
        sheet.line(words("report.calls.none"), "subtitle")
    else:
        put_table(sheet, shown, CALLS, filters=True)
    sheet = book.sheet(words("report.calls.moves"), [column.width for column in MOVES])
    sheet.line(words("report.calls.moves"), "title")
    put_unchanged(sheet, plan)
    sheet.down()
    put_table(sheet, held, MOVES, filters=True)
    for week, mine in shown.groupby("week", sort=True):
        day = words.date(week.date())
        sheet = book.sheet(
            words("report.sheet.week", start=f"{week:%d.%m}" if words.lang == "ru" else f"{week:%d %b}"), [c.width for c in CALLS]
        )
        sheet.line(f"{manager} – {words('report.sheet.week', start=day)}", "title")
        put_unchanged(sheet, plan)
        sheet.down()
        put_table(sheet, mine, CALLS, total=words("report.total"))
    return book.bytes()


def _shown(calls: pd.DataFrame, words: Speech) -> pd.DataFrame:
    from babel.dates import get_day_names

    days = get_day_names("abbreviated", locale=words.lang)
    kinds = {kind: words(f"strategy.{kind}.name") for kind in calls["kind"].unique()}
    channels = {code: words(f"channel.{code}") for code in calls["channel"].unique()}
    numbers = [words("report.calls.of", number=int(number), of=int(of)) for number, of in zip(calls["number"], calls["of"], strict=True)]
    return calls.assign(
        weekday=[days[day] for day in calls["date"].dt.day_of_week],
        segment=calls["segment"].replace({"new": words("report.new")}),
        kind=calls["kind"].map(kinds),
        channel=calls["channel"].map(channels),
        contact_minutes=calls["minutes"].round(),
        contact_number=pd.Series(numbers, index=calls.index, dtype="str"),
        done="",
        note="",
    )
