"""The first sheet: the finding in a sentence, the table of classes, the guards, the criteria in words and the whale curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from sbyt_core.clients.model import Money
from sbyt_core.reports.kit.book import Book, Sheet
from sbyt_core.reports.segments.class_table import ClassTable, Row, table_columns
from sbyt_core.reports.segments.criteria_sheet import sentences
from sbyt_core.reports.segments.whale_chart import curve_chart
from sbyt_core.segments.segmentation import Segmentation
from sbyt_core.segments.words import precise_share
from sbyt_core.texts import Speech

NAME_WIDTH = 30
STRATEGY_WIDTH = 34
LETTERS_A_LINE = 170  # of a sentence over the width of the sheet


def summary_sheet(
    book: Book,
    segmentation: Segmentation,
    summary: pd.DataFrame,
    *,
    names: Mapping[str, str],
    strategies: Mapping[str, str],
    project_name: str,
    facts: Sequence[tuple[str, str]],
) -> None:
    """Write the sheet.

    summary: that of the segmentation with hours, and with hours_spent and profit_per_hour where they are known; names, strategies: of
    A, B, C and new.
    """
    speech, clients = book.speech, segmentation.clients
    columns = table_columns(has_profit=clients.has_profit, has_net=clients.has_net, has_hours="hours_spent" in summary)
    sheet = book.sheet(speech("report.sheet.summary"), (NAME_WIDTH, *(column.width for column in columns), STRATEGY_WIDTH))
    sheet.line(speech("report.title", project=project_name) if project_name else speech("report.title_alone"), "title")
    sheet.line(" · ".join(f"{label}: {text}" for label, text in facts if label != speech("report.fact.sha256")), "subtitle")
    sheet.down()
    found = finding(segmentation, speech, book.currency)
    sheet.line(found, "finding")
    losses = losses_in_words(segmentation, speech, book.currency)
    if losses:
        sheet.line(losses)
    sheet.down()
    table = ClassTable(sheet, columns)
    outside = [Row(speech(f"report.outside.{code}"), _figures(segmentation.outside[code])) for code in ("aggregate", "unassigned")]
    rows = [row for row, code in zip(outside, ("aggregate", "unassigned"), strict=True) if segmentation.outside[code].rows]
    table.write(summary, names=names, strategies=strategies, outside=rows)
    table.total(speech("report.period_total"), _figures(clients.total) | {"clients": float(summary["clients"].sum())})
    _beside(sheet, segmentation)
    sheet.down()
    sheet.line(speech("report.section.guards"), "section")
    for guard in segmentation.guards:
        limit = speech(f"report.guard.{guard.code}.limit", limit=precise_share(guard.limit, speech), n=guard.limit_clients)
        verdict = speech("report.guard.holds" if guard.holds else "report.guard.broken")
        now = speech(
            "report.guard.now", clients=speech("words.clients", n=guard.clients), value=speech.percent(guard.value, 1), verdict=verdict
        )
        moved = speech("report.guard.moved", n=guard.moved) if guard.moved else ""
        sheet.line(" ".join(part for part in (limit, now, moved) if part), "plain" if guard.holds else "wrong")
    sheet.down()
    sheet.line(speech("report.section.criteria"), "section")
    sentences(sheet, segmentation, last=len(columns) + 1, letters=LETTERS_A_LINE)
    sheet.down()
    sheet.raw.insert_chart(sheet.row, 0, curve_chart(book, segmentation, found), {"x_offset": 4, "y_offset": 4, "object_position": 2})


def finding(segmentation: Segmentation, speech: Speech, currency: str) -> str:
    """The sentence that matters: how many clients bring how much of the value of all classed; in money where that is no gain."""
    value = segmentation.summary["value"]
    a, whole = float(value["A"]), float(value[["A", "B", "C"]].sum())
    held = speech.percent(a / whole) if whole > 0 else speech.money(a, currency)
    said = {"n": int(segmentation.summary.loc["A", "clients"]), "all": segmentation.n, "held": held}
    return speech("report.finding", **said, measure=speech(f"measure.{segmentation.measure}.of"))


def losses_in_words(segmentation: Segmentation, speech: Speech, currency: str) -> str:
    """How many clients bring a loss and how much it takes; empty when nobody does."""
    value = segmentation.ranking.value
    below = value[value < 0]
    if not len(below):
        return ""
    large = segmentation.tagged("service_drain")
    text = speech("report.losses", n=len(below), money=speech.money(-float(below.sum()), currency))
    return f"{text} {speech('report.losses_large', n=large)}" if large else text


def _figures(money: Money) -> dict[str, float | None]:
    return {"revenue": money.revenue, "profit": money.profit}


def _beside(sheet: Sheet, segmentation: Segmentation) -> None:
    """What stands below the total: money without a date, clients who did not come back."""
    speech, undated, lost = sheet.book.speech, segmentation.outside["undated"], len(segmentation.clients.lost)
    if undated.rows:
        money = speech.money(undated.revenue, sheet.book.currency, 2)
        sheet.line(speech("report.undated", n=undated.rows, money=money), "subtitle")
    if lost:
        sheet.line(speech("report.lost", n=lost), "subtitle")
