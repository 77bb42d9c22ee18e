"""The workbook of an hours plan: what the owner signs and the head of sales works by.

Sheets: the plan with its checks, clients, managers, comparison with other ways, assumptions. The hours of the clients and the reserves
of the managers add up to the hours of the team, before and after. Every sheet carries the line "hours, people, payroll unchanged".
A column of money is named by the measure that the plan shows: profit, net profit or revenue.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import pandas as pd

from sbyt_core.reports.kit.book import LINE, MARKS, Book, Sheet
from sbyt_core.reports.kit.plain_sheet import SheetColumn, put_table
from sbyt_core.strategies import HoursPlan, passes
from sbyt_core.strategies.assumptions import HIGH_FACTOR, LOW_FACTOR
from sbyt_core.strategies.calls import by_change
from sbyt_core.strategies.hours_words import (
    checks_in_words,
    is_unchanged,
    plan_finding,
    problem_texts,
    reason_of_reserve,
    reserve_advice,
    reserve_finding,
    rival_name,
    unchanged_line,
)
from sbyt_core.texts import Speech, speech

NAME = 30  # width of a column of names, characters
CLIENTS = (
    SheetColumn("client", "text", None, NAME),
    SheetColumn("client_code", "text", None, 13),
    SheetColumn("manager", "text", None, 22),
    SheetColumn("new_manager", "text", None, 22),
    SheetColumn("segment", "text", None, 9),
    SheetColumn("kind", "text", None, 16),
    SheetColumn("month", "number", "money", 14, True),
    SheetColumn("hours_before", "number", "hours", 9, True),
    SheetColumn("hours_after", "number", "hours", 9, True),
    SheetColumn("change", "number", "change", 11, True),
    SheetColumn("contacts_a_quarter", "number", "whole", 11),
    SheetColumn("gain", "number", "money", 13, True),
    SheetColumn("passes", "text", None, 26),
    SheetColumn("channel", "text", None, 16),
    SheetColumn("binding", "text", None, 24),
    SheetColumn("locked", "text", None, 10),
    SheetColumn("basis", "text", None, 11),
    SheetColumn("flips", "text", None, 14),
)
MANAGERS = (
    SheetColumn("manager", "text", None, NAME),
    SheetColumn("clients", "number", "whole", 10, True),
    SheetColumn("available", "number", "hours", 11, True),
    SheetColumn("hours_before", "number", "hours", 11, True),
    SheetColumn("hours_after", "number", "hours", 11, True),
    SheetColumn("reserve", "number", "hours", 11, True),
    SheetColumn("price", "number", "money", 16),
    SheetColumn("gain", "number", "money", 15, True),
    SheetColumn("pay", "number", "money", 15, True),
)
KINDS = (
    SheetColumn("kind", "text", None, NAME),
    SheetColumn("clients", "number", "whole", 12, True),
    SheetColumn("hours_before", "number", "hours", 12, True),
    SheetColumn("hours_after", "number", "hours", 12, True),
    SheetColumn("change", "number", "change", 13, True),
    SheetColumn("month", "number", "money", 16, True),
    SheetColumn("gain", "number", "money", 16, True),
)
RESERVE = (
    SheetColumn("reason", "text", None, NAME),
    SheetColumn("held", "number", "whole", 12),
    SheetColumn("reserve", "number", "hours", 12, True),
)
RIVALS = (
    SheetColumn("way", "text", None, 44),
    SheetColumn("expected", "number", "money", 22),
    SheetColumn("gain", "number", "money", 18),
)
ASSUMED = (
    SheetColumn("kind", "text", None, NAME),
    SheetColumn("elasticity", "number", "share", 13),
    SheetColumn("kept", "number", "percent", 16),
    SheetColumn("least", "number", "hours", 13),
    SheetColumn("most", "number", "hours", 13),
    SheetColumn("contact_minutes", "number", "whole", 13),
)
HALF = 0.5
MEASURED = ("month", "price", "expected")  # money in the measure of the plan
PICTURE = (860, 360)  # pixels


def hours_workbook(
    plan: HoursPlan,
    *,
    lang: str = "ru",
    project_name: str = "",
    author: str = "",
    made_at: datetime | None = None,
    currency: str = "RUB",
) -> bytes:
    """The workbook of an hours plan as bytes of an xlsx file. made_at: printed as it stands; currency: ISO code."""
    words = speech(lang)
    title = f"{project_name} – {words('report.sheet.plan')}" if project_name else words("report.sheet.plan")
    book = Book(words, title=title, author=author, made_at=made_at, currency=currency)
    _plan_sheet(book, plan, title, made_at)
    rows = client_rows(plan, words)
    columns = [column for column in CLIENTS if column.code != "new_manager" or plan.pooled]
    _table_sheet(book, plan, "plan_clients", rows, columns)
    managers = plan.managers.reset_index().rename(columns={"hours": "available"})
    _table_sheet(book, plan, "plan_managers", managers, MANAGERS, total=words("report.total"))
    _table_sheet(book, plan, "plan_rivals", rival_rows(plan, words), RIVALS, note=words("hours.rivals.note"))
    _assumptions(book, plan)
    return book.bytes()


def client_rows(plan: HoursPlan, words: Speech) -> pd.DataFrame:
    """The clients of a plan with words in place of codes, gains and cuts of hours in turn, the greatest first."""
    table = passes(plan)
    table = table.loc[by_change(table["change"])]
    measure = words(f"measure.{plan.measure}")
    return table.assign(
        kind=_said(table["kind"], "strategy.{}.name", words),
        passes=_said(table["passes"], "hours.passes.{}", words),
        channel=_said(table["channel"], "channel.{}", words),
        binding=_said(table["binding"], "hours.binding.{}", words, measure=measure),
        segment=table["segment"].replace({"new": words("report.new")}),
        locked=table["locked"].map({True: words("hours.yes"), False: ""}),
        flips=table["flips"].map({True: words("hours.yes"), False: ""}),
        basis=table["estimated"].map({True: words("hours.estimated"), False: words("hours.logged")}),
        month=table["profit"],
    )


def kind_rows(plan: HoursPlan, words: Speech) -> pd.DataFrame:
    """Hours by standard before and after, and the reserve in the last row, so that both columns add up to the hours of the team."""
    kinds = plan.kinds[plan.kinds["clients"] > 0].reset_index(names="kind")
    before = round(plan.hours_before - float(kinds["hours_before"].sum()), 6) + 0.0
    reserve = {
        "kind": words("hours.reserve"),
        "hours_before": before,
        "hours_after": plan.reserve,
        "change": plan.reserve - before,
    }
    named = kinds.assign(kind=_said(kinds["kind"], "strategy.{}.name", words), month=kinds["profit"])
    return pd.concat([named, pd.DataFrame([reserve])], ignore_index=True)


def rival_rows(plan: HoursPlan, words: Speech) -> pd.DataFrame:
    """The plan beside what people do instead: way, expected profit a month, gain; and leaving everything as it is."""
    rows = [
        (rival_name(plan, "plan", words), plan.profit_after, plan.gain.mid),
        *((rival_name(plan, rival.name, words), rival.profit, rival.gain) for rival in plan.rivals),
        (rival_name(plan, "now", words), plan.profit_before, 0.0),
    ]
    return pd.DataFrame(rows, columns=["way", "expected", "gain"])


def put_unchanged(sheet: Sheet, plan: HoursPlan) -> None:
    """The line of hours, people and payroll before and after; in red where one of them is not the same."""
    book = sheet.book
    sheet.line(unchanged_line(plan, book.speech, book.currency), "subtitle" if is_unchanged(plan) else "wrong")


def in_measure(plan: HoursPlan, columns: Sequence[SheetColumn]) -> list[SheetColumn]:
    """The columns with those of MEASURED under the name of the plan's measure."""
    return [replace(column, code=f"{plan.measure}_{column.code}") if column.code in MEASURED else column for column in columns]


def _measured(plan: HoursPlan, rows: pd.DataFrame) -> pd.DataFrame:
    return rows.rename(columns={code: f"{plan.measure}_{code}" for code in MEASURED})


def _said(codes: pd.Series, pattern: str, words: Speech, **params: str) -> pd.Series:
    known = {code: words(pattern.format(code), **params) for code in codes.dropna().unique() if code}
    return codes.map(known).fillna("").astype("str")


def _plan_sheet(book: Book, plan: HoursPlan, title: str, made_at: datetime | None) -> None:
    words = book.speech
    sheet = book.sheet(words("report.sheet.plan"), [column.width for column in KINDS], landscape=False)
    sheet.line(title, "title")
    if made_at:
        sheet.line(f"{words.date(made_at.date())} {made_at:%H:%M}", "subtitle")
    sheet.line(plan_finding(plan, words, currency=book.currency), "finding")
    sheet.line(words("hours.if"), "subtitle")
    put_unchanged(sheet, plan)
    sheet.down()
    sheet.line(words("report.plan.checks"), "section")
    sheet.header([book.label(code) for code in ("check", "before", "after", "result")], numbers=(1, 2))
    for check, said in zip(plan.checks, checks_in_words(plan, words, currency=book.currency), strict=True):
        number = {"hours": "hours", "payroll": "money"}.get(check.code, "whole")
        sheet.put(0, said.name, "text")
        sheet.put(1, check.before, "plain", number)
        sheet.put(2, check.after, "plain", number)
        sheet.put(3, said.result, "wrong" if check.holds is False else "text")
        sheet.down()
    sheet.down()
    sheet.line(words("report.plan.kinds"), "section")
    kinds = kind_rows(plan, words)
    first, last = put_table(sheet, _measured(plan, kinds), in_measure(plan, KINDS), total=words("report.total"))
    _reserve(sheet, plan)
    if plan.problems:
        sheet.down()
        sheet.line(words("report.plan.warnings"), "section")
        for problem in plan.problems:
            text, hint = problem_texts(problem, words, measure=plan.measure)
            sheet.line(f"{text}. {hint}")
    _picture(book, sheet, plan, first, last)


def _reserve(sheet: Sheet, plan: HoursPlan) -> None:
    """Why hours are in reserve: reason, clients, hours; the hours add up to the reserve. And what would put them to work."""
    if not plan.left.held:
        return
    words = sheet.book.speech
    sheet.down()
    sheet.line(words("report.plan.reserve"), "section")
    sheet.line(reserve_finding(plan, words))
    rows = pd.DataFrame(
        {
            "reason": [reason_of_reserve(plan, held, words) for held in plan.left.held],
            "held": [held.clients for held in plan.left.held],
            "reserve": [held.hours for held in plan.left.held],
        }
    )
    put_table(sheet, rows, RESERVE, total=words("report.total"))
    sheet.down()
    for text in reserve_advice(plan, words):
        sheet.line(text)


def _picture(book: Book, sheet: Sheet, plan: HoursPlan, first: int, last: int) -> None:
    """Hours of every standard before and after, drawn from the rows of the table from `first` to before `last`."""
    if first == last:
        return
    words = book.speech
    chart = book.workbook.add_chart({"type": "bar"})
    for column, code, colour in ((3, "hours_after", MARKS["A"]), (2, "hours_before", MARKS["new"])):
        chart.add_series(
            {
                "name": words(f"report.column.{code}"),
                "categories": [sheet.name, first, 0, last - 1, 0],
                "values": [sheet.name, first, column, last - 1, column],
                "fill": {"color": colour},
                "gap": 60,
                "data_labels": {"value": True, "num_format": "#,##0"},
            }
        )
    chart.set_title({"name": words("report.plan.picture"), "name_font": {"size": 12}})
    chart.set_y_axis({"reverse": True})
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": True, "line": {"color": LINE}}})
    chart.set_legend({"position": "bottom"})
    chart.set_size({"width": PICTURE[0], "height": PICTURE[1]})
    sheet.raw.insert_chart(sheet.row + 1, 0, chart)


def _table_sheet(
    book: Book, plan: HoursPlan, code: str, rows: pd.DataFrame, columns, *, total: str | None = None, note: str | None = None
) -> Sheet:
    words = book.speech
    sheet = book.sheet(words(f"report.sheet.{code}"), [column.width for column in columns])
    sheet.line(words(f"report.sheet.{code}"), "title")
    put_unchanged(sheet, plan)
    if note:
        sheet.line(note, "subtitle")
    sheet.down()
    put_table(sheet, _measured(plan, rows), in_measure(plan, columns), total=total, filters=True)
    return sheet


def _assumptions(book: Book, plan: HoursPlan) -> None:
    words, settings = book.speech, plan.assumptions
    rows = pd.DataFrame(
        {
            "kind": [words(f"strategy.{one.kind}.name") for one in settings.kinds],
            "elasticity": [one.elasticity for one in settings.kinds],
            "kept": [settings.kept_at(one.kind, HALF) for one in settings.kinds],
            "least": [one.least for one in settings.kinds],
            "most": [one.most for one in settings.kinds],
            "contact_minutes": [standard.minutes_per_contact for standard in plan.book.standards],
        }
    )
    sheet = _table_sheet(book, plan, "plan_assumptions", rows, ASSUMED, note=words("hours.if"))
    sheet.down()
    step = settings.change_limit
    facts = (
        ("report.plan.task", words(f"task.{plan.task}")),
        ("report.plan.measure", words(f"measure.{plan.measure}")),
        ("report.plan.step", words("report.plan.no_step") if step is None else f"±{words.percent(step)}"),
        ("report.plan.whole", words("hours.yes") if settings.whole_contacts else words("report.plan.no")),
        ("report.plan.pooled", words("hours.yes") if plan.pooled else words("report.plan.no")),
        ("report.plan.factors", f"{words.num(LOW_FACTOR, 1)} … {words.num(HIGH_FACTOR, 1)}"),
    )
    for label, value in facts:
        sheet.put(0, words(label), "label")
        sheet.put(1, value, "text")
        sheet.down()
