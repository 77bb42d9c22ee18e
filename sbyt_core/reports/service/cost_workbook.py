"""The workbook of net profit: the sheets of service alone, for the talk about price and terms."""

from __future__ import annotations

from datetime import datetime

from sbyt_core.clients.cost import CostToServe
from sbyt_core.clients.facts import ClientFacts
from sbyt_core.reports.kit.book import Book
from sbyt_core.reports.service.cost_sheets import cost_sheets
from sbyt_core.segments.service_change import ServiceChange
from sbyt_core.texts import speech


def cost_workbook(
    change: ServiceChange,
    cost: CostToServe,
    *,
    facts: ClientFacts | None = None,
    lang: str = "ru",
    project_name: str = "",
    made_at: datetime | None = None,
    currency: str = "RUB",
) -> bytes:
    """The workbook as bytes of an xlsx file. change: of the clients that the cost is of; facts: for the rows without their client."""
    say = speech(lang)
    book = Book(say, title=say("report.service.title"), author="", made_at=made_at, currency=currency)
    cost_sheets(book, change, cost, facts, project_name=project_name)
    return book.bytes()
