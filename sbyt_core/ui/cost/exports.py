"""What leaves of service and strategies: net profit as a workbook, the strategy book as cards in Word."""

from __future__ import annotations

from collections.abc import Callable

from sbyt_core.clients.rates import rates_to_json
from sbyt_core.reports.service.cost_workbook import cost_workbook
from sbyt_core.reports.service.strategy_cards import strategy_cards_docx
from sbyt_core.segments.service_change import ServiceChange
from sbyt_core.strategies import Workload
from sbyt_core.ui import drafts, exports
from sbyt_core.ui.exports import DOCX, PREPARE_ROWS, XLSX, Told
from sbyt_core.ui.page import Page
from sbyt_core.ui.service import Service


def service_download(page: Page, found: Service, change: ServiceChange) -> None:
    """Net profit by client, with rates, causes and the rows of the facts without their client."""
    clients = found.clients
    made_of = (clients.fingerprint, clients.period, change.after.criteria, rates_to_json(found.rates), found.file and found.file.to_json())
    large = made_of if len(clients.frame) > PREPARE_ROWS else None
    exports.download(page, "service", "xlsx", XLSX, _service(page, found, change), of=large)


def strategy_cards_download(page: Page, load: Workload) -> None:
    """The strategy book as cards to print and explain."""
    exports.download(page, "strategy_cards", "docx", DOCX, _cards(page, load))


# Made in another thread, where the session is not to be had: everything is captured first.


def _service(page: Page, found: Service, change: ServiceChange) -> Callable[[Told], bytes]:
    made_at, lang, currency, name, cost = exports.now(), page.plain.lang, page.currency, page.project.name, found.cost  # type: ignore[union-attr]
    if cost is None:
        raise AssertionError("no rates, no workbook")
    return lambda _: cost_workbook(change, cost, facts=found.facts, lang=lang, project_name=name, made_at=made_at, currency=currency)


def _cards(page: Page, load: Workload) -> Callable[[Told], bytes]:
    book, made_at, lang, currency, name = drafts.book(page), exports.now(), page.plain.lang, page.currency, page.project.name  # type: ignore[union-attr]
    return lambda _: strategy_cards_docx(book, load, lang=lang, project_name=name, made_at=made_at, currency=currency)
