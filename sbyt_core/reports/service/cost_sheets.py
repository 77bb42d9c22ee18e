"""The sheets of net profit: how profit becomes net profit, what service of every client costs, who moves and why, and the rates.

The sums of the clients' sheet are those of the first one, and the parts of a client add up to its cost, all as unrounded figures.
Rows of the facts without their client have a sheet of their own; what was not counted stands empty, never as 0.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
from xlsxwriter.utility import xl_range

from sbyt_core.clients.cost import CostToServe
from sbyt_core.clients.cost_words import cost_problem_parts, unused_time, why_unmatched
from sbyt_core.clients.facts import ClientFacts
from sbyt_core.clients.rates import CARD, DRIVERS, EVENTS, Rate
from sbyt_core.reports.kit.book import HEADER_HEIGHT, Book, Sheet, row_heights
from sbyt_core.segments.segmentation import Segmentation
from sbyt_core.segments.service_causes import IN_MONEY, Cause, ServiceCauses
from sbyt_core.segments.service_change import ServiceChange
from sbyt_core.texts import Speech

LABEL, FIGURE, NOTE = 34, 20, 46


def cost_sheets(book: Book, change: ServiceChange, cost: CostToServe, facts: ClientFacts | None, *, project_name: str) -> None:
    """Write all of them. change: of the clients that the cost is of; facts: for the rows without their client."""
    _summary(book, change, cost, project_name)
    _clients(book, change.after, cost)
    _moved(book, change)
    _drains(book, change.after, cost)
    if facts is not None and not facts.unmatched.empty:
        _unmatched(book, facts.unmatched)


def cause_in_words(say: Speech, cause: Cause, currency: str) -> str:
    """A cause as one sentence: the figure, that of the peers, and the money in it."""
    return say("cause.sentence", money=say.money(cause.money, currency), **_figures(say, cause, currency))


def cause_in_short(say: Speech, cause: Cause, currency: str) -> str:
    """The same without the money, for a list that has it in a column."""
    return say("cause.short", **_figures(say, cause, currency))


def _figures(say: Speech, cause: Cause, currency: str) -> dict[str, str]:
    write = (lambda x: say.money(x, currency)) if cause.code in IN_MONEY else (lambda x: say.percent(x, 1))
    return {"name": say(f"cause.{cause.code}"), "value": write(cause.value), "peers": write(cause.peers)}


def _summary(book: Book, change: ServiceChange, cost: CostToServe, project_name: str) -> None:
    say, frame = book.speech, change.after.clients.frame
    sheet = book.sheet(say("report.sheet.service"), (LABEL, FIGURE, FIGURE, NOTE), landscape=False)
    sheet.line(" — ".join(text for text in (project_name, say("report.service.title")) if text), "title")
    period = change.after.clients.period
    if period:
        sheet.line(f"{say.date(period.start)} – {say.date(period.end)}", "subtitle")
    sheet.down()
    sheet.header([say("report.service.step"), book.label("money", money=True), say("report.service.of_profit")], numbers=(1, 2))
    revenue, profit = float(frame["revenue"].sum()), float(frame["profit"].sum())
    steps = [("revenue", revenue), ("goods", profit - revenue), ("profit", profit)]
    parts = [(driver, -float(cost.by_driver[driver])) for driver in DRIVERS if cost.by_driver[driver] == cost.by_driver[driver]]
    top = sheet.row
    for code, money in steps:
        _step(sheet, say(f"report.service.{code}"), money, profit, total=code == "profit")
    for driver, money in parts:
        _step(sheet, say(f"driver.{driver}"), money, profit)
    net = profit + sum(money for _, money in parts)
    sheet.put(0, say("report.service.net"), "total")
    last = sheet.row - 1
    sheet.formula(1, f"=SUM({xl_range(top + 2, 1, last, 1)})", net, "total", "money")
    sheet.put(2, net / profit if profit > 0 else None, "total", "percent")
    sheet.down(2)
    sheet.line(say("report.service.moved", n=len(change.moved), loss=change.became_loss), "finding")
    for problem in cost.problems:
        text, hint = cost_problem_parts(say, problem)
        sheet.line(text, "plain" if problem.severity == "note" else "wrong")
        sheet.line(hint, "subtitle")
    if unused := unused_time(say, cost, book.currency):
        sheet.line(unused)
    sheet.down()
    _rates(sheet, cost)


def _step(sheet: Sheet, label: str, money: float, profit: float, *, total: bool = False) -> None:
    look = "total" if total else "plain"
    sheet.put(0, label, look)
    sheet.put(1, money, look, "money")
    sheet.put(2, money / profit if profit > 0 else None, look, "percent")
    sheet.down()


def _rates(sheet: Sheet, cost: CostToServe) -> None:
    say, rates = sheet.book.speech, cost.rates
    sheet.line(say("report.service.rates"), "section")
    sheet.header([say("report.service.rate"), say("report.service.value"), say("report.service.counted"), ""], numbers=(1, 2))
    for driver in rates.drivers:
        sheet.put(0, say(f"driver.{driver}"))
        sheet.put(
            1, _rate(say, rates.of(driver), sheet.book.currency) if driver in EVENTS else _other(say, driver, rates.overdue), align="right"
        )
        if driver in EVENTS:
            sheet.put(2, float(cost.counts[driver].sum()), "plain", "decimal")
        missing = cost.not_counted.get(driver)
        if missing:
            sheet.put(3, say("report.service.missing", n=missing), "label", indent=1)
        sheet.down()
    if rates.minute_rate is not None:
        sheet.put(0, say("report.service.minute"))
        sheet.put(1, say.money(rates.minute_rate, sheet.book.currency, 2), align="right")
        sheet.down()


def _rate(say: Speech, rate: Rate | None, currency: str) -> str:
    if rate is None:
        return ""
    if rate.minutes == CARD:
        return say("report.service.by_card")
    return (
        say("report.service.minutes", minutes=say.num(float(rate.minutes), 1))
        if rate.minutes is not None
        else say.money(rate.money, currency, 2)
    )


def _other(say: Speech, driver: str, overdue: float | None) -> str:
    return say("report.service.a_year", share=say.percent(overdue, 1)) if driver == "overdue" else say("report.service.as_they_are")


def _clients(book: Book, after: Segmentation, cost: CostToServe) -> None:
    """One row a client, by falling cost: class, money, the parts of its cost."""
    say = book.speech
    rows = after.clients.frame[["client_key", "client", "client_code", "manager", "revenue", "profit", "cost_to_serve", "net_profit"]]
    rows = rows.merge(after.frame[["client_key", "segment"]], on="client_key", how="left")  # a collective client has no class
    rows = rows.merge(cost.parts.drop(columns="total"), on="client_key", how="left")
    rows = rows.sort_values(["cost_to_serve", "client_key"], ascending=[False, True], na_position="last")
    drivers = [driver for driver in DRIVERS if rows[driver].notna().any()]
    texts, money = ["client", "client_code", "manager", "segment"], ["revenue", "profit", *drivers, "cost_to_serve", "net_profit"]
    headers = [book.label(code) for code in texts]
    headers += [say(f"driver.{code}") if code in DRIVERS else book.label(code, money=True) for code in money]
    _table(book, say("report.sheet.service_clients"), headers, rows, texts, money, widths=[34, 14, 24, 9, *[15] * len(money)], summed=True)


def _moved(book: Book, change: ServiceChange) -> None:
    say = book.speech
    headers = [book.label("client"), book.label("was"), book.label("now")]
    money = ["revenue", "profit", "cost_to_serve", "net_profit"]
    headers += [book.label(code, money=True) for code in money]
    _table(
        book, say("report.sheet.service_moved"), headers, change.moved, ["client", "before", "after"], money, widths=[36, 9, 9, *[16] * 4]
    )


def _drains(book: Book, after: Segmentation, cost: CostToServe) -> None:
    say = book.speech
    rows = ServiceCauses(after, cost).drains()
    rows = rows.assign(causes=["\n".join(cause_in_words(say, cause, book.currency) for cause in causes) for causes in rows["causes"]])
    money = ["revenue", "profit", "cost_to_serve", "net_profit"]
    headers = [book.label("client"), *(book.label(code, money=True) for code in money), say("report.service.causes")]
    _table(book, say("report.sheet.service_drains"), headers, rows, ["client"], money, last="causes", widths=[34, *[16] * 4, 90])


def _unmatched(book: Book, unmatched: pd.DataFrame) -> None:
    say = book.speech
    rows = unmatched.assign(
        why=[why_unmatched(say, why, names) for why, names in zip(unmatched["why"], unmatched["candidates"], strict=True)]
    )
    rows["row"] = rows["row"].astype(str)
    headers = [say("report.service.row"), book.label("client"), book.label("client_code"), say("report.service.why")]
    _table(book, say("report.sheet.facts_unmatched"), headers, rows, ["row", "client", "client_code", "why"], [], widths=[8, 40, 18, 60])


def _table(
    book: Book,
    name: str,
    headers: Sequence[str],
    rows: pd.DataFrame,
    texts: Sequence[str],
    money: Sequence[str],
    *,
    widths: Sequence[float],
    last: str | None = None,
    summed: bool = False,
) -> None:
    """A sheet with one table: texts, money, and at most one wrapped text at the end; summed: what the filter leaves, over the header."""
    sheet = book.sheet(name, widths)
    sheet.line(name, "title")
    if rows.empty:
        sheet.line(book.speech("report.service.nobody"), "subtitle")
        return
    if summed:
        sheet.put(0, book.speech("report.total"), "total")
        for place, code in enumerate(money, start=len(texts)):
            area = xl_range(sheet.row + 2, place, sheet.row + 1 + len(rows), place)
            sheet.formula(place, f"=SUBTOTAL(109,{area})", float(rows[code].sum()), "total", "money")
        sheet.down()
    header = sheet.row
    sheet.header(headers, numbers=range(len(texts), len(texts) + len(money)), height=HEADER_HEIGHT)
    columns: list[tuple[Sequence, str, object]] = [(_words(rows[code]), "text", book.look("text")) for code in texts]
    columns += [(rows[code].tolist(), "number", book.look("plain", "money")) for code in money]
    heights: Sequence[float | None] = ()
    if last is not None:
        columns.append((_words(rows[last]), "text", book.look("wrapped")))
        heights = row_heights([(_words(rows[last]), widths[-1])])
    sheet.rows(columns, heights=heights)
    sheet.raw.freeze_panes(header + 1, 1)
    sheet.raw.autofilter(header, 0, sheet.row - 1, len(headers) - 1)
    sheet.raw.repeat_rows(header)


def _words(column: pd.Series) -> list:
    return column.astype("str").to_numpy(dtype=object, na_value=None).tolist()
