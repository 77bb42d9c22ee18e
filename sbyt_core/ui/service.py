"""What service costs in the open company: rates, the file of client facts, and the client table with net profit.

Rates are a versioned document edited like every draft; the file is kept and read anew. Everything else follows from them and the data,
and is kept between runs by its content. Minutes of a document by the technology card are those of the version in effect, by the kind
of the client in the segmentation that was agreed; a client that it does not know, and everybody before the first agreement, is served
by the base card. A collective client, "retail buyer", is served by no card.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd
import streamlit as st

from sbyt_core.cards import Card, minutes_of_document, norm_minutes
from sbyt_core.cards.life import effective
from sbyt_core.clients import ClientTable
from sbyt_core.clients.cost import CostToServe, cost_to_serve, with_cost
from sbyt_core.clients.facts import ClientFacts, FactTable, match_facts, read_fact_table, with_facts
from sbyt_core.clients.rates import CARD, Rates, rates_to_json
from sbyt_core.errors import SbytError
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.sales.identity.decisions import Merges
from sbyt_core.sales.plain_table import PlainTable
from sbyt_core.segments.agreement import agreed_segmentation
from sbyt_core.store import FactsFile, Store
from sbyt_core.store.documents import RATES
from sbyt_core.strategies import kinds_of
from sbyt_core.ui import cached, drafts
from sbyt_core.ui.page import Page

KEPT = 12  # client tables with their costs; a few MB for 10 000 clients


@dataclass(frozen=True, eq=False)
class Service:
    """clients: with cost to serve where rates are set; cost: None without rates; facts: None without a file, or where it has a fault."""

    clients: ClientTable
    rates: Rates
    cost: CostToServe | None
    file: FactsFile | None
    facts: ClientFacts | None
    fault: SbytError | None  # of the file of client facts


def load(page: Page, plain: ClientTable, decided: Merges | None = None) -> Service:
    """The service of the open company. plain: the client table without costs; decided: who is one client, where it is known already."""
    decided = replace(decided or cached.merges(page.store, page.data), apart=())  # type: ignore[arg-type]
    now = rates(page)
    file = page.store.facts_file(page.project.id)  # type: ignore[union-attr]
    facts, fault = _facts(page, file, decided)
    of_file = file.to_json() if file is not None and facts is not None else ""
    data = page.data.lines_sha256, decided, plain.period  # type: ignore[union-attr]
    known = plain if facts is None else _with_facts((*data, of_file), plain, facts)
    if not now.drivers:
        return Service(known, now, None, file, facts, fault)
    by_card = _by_card_in_effect(page, known) if now.document is not None and now.document.minutes == CARD else None
    key = (*data, rates_to_json(now), of_file, None if by_card is None else tuple(by_card.items()))
    clients, cost = _costed(key, known, now, facts, by_card)
    return Service(clients, now, cost, file, facts, fault)


def rates(page: Page) -> Rates:
    """The rates of the open company."""
    return drafts.load(page, RATES, read_rates)


def change_rates(page: Page, change: Callable[[Rates], Rates]) -> None:
    """Change the rates and keep them. Raises BadInput of `Rates`."""
    drafts.save(page, RATES, read_rates, change)


def put_file(page: Page, name: str, content: bytes) -> None:
    """Keep a file of client facts after it was read once; columns that are not told can be named afterwards. Raises BadFile."""
    reading_service().read_table(content)
    page.store.put_facts_file(page.project.id, name, content)  # type: ignore[union-attr]


def headers(page: Page, file: FactsFile) -> tuple[str, ...]:
    """Headers of the file, left to right. Raises the SbytErrors of reading."""
    return _plain(file.file_sha256, _of(page, file)).headers


def read_rates(value: object) -> Rates:
    """The rates of a document's value; none of nothing. Raises BadInput."""
    return Rates.from_value(value) if value else Rates()


def _facts(page: Page, file: FactsFile | None, decided: Merges) -> tuple[ClientFacts | None, SbytError | None]:
    if file is None:
        return None, None
    try:
        read = _table(file.to_json(), _of(page, file))
    except SbytError as fault:
        return None, fault
    lines = cached.sales(page.store, page.data).lines  # type: ignore[arg-type]
    return _matched(page.data.lines_sha256, decided, file.to_json(), read, lines), None  # type: ignore[union-attr]


def minutes_by_card(page: Page, card: Card, clients: ClientTable) -> dict[str, float]:
    """Norm minutes of a document by client_key, as a card says; a client for whom a norm is missing is left out."""
    agreed = page.store.approved_version(page.project.id)  # type: ignore[union-attr]
    kinds: dict[str, str] = {}
    if agreed is not None and agreed.classes_sha256 is not None:
        kinds = dict(_kinds(agreed.classes_sha256, agreed.json, _Agreed(page.store, agreed.id)))
    keys = clients.frame.loc[~clients.frame["is_aggregate"], "client_key"]
    norms, base = norm_minutes(card), minutes_of_document(card)
    found = {key: norms.get(kinds[key]) if key in kinds else base for key in keys}
    return {key: minutes for key, minutes in found.items() if minutes is not None}


def _by_card_in_effect(page: Page, clients: ClientTable) -> dict[str, float] | None:
    held = effective(page.store.card_versions(page.project.id))  # type: ignore[union-attr]
    return None if held is None else minutes_by_card(page, held.card, clients)


@dataclass(frozen=True)
class _File:
    store: Store
    project_id: str
    file: FactsFile


def _of(page: Page, file: FactsFile) -> _File:
    return _File(page.store, page.project.id, file)  # type: ignore[union-attr]


@dataclass(frozen=True)
class _Agreed:
    store: Store
    version_id: int


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _kinds(classes_sha256: str, criteria: str, _agreed: _Agreed) -> tuple[tuple[str, str], ...]:
    """client_key and the kind that serves the client, of an agreed version."""
    frame = agreed_segmentation(criteria, _agreed.store.classes(_agreed.version_id) or b"").frame
    return tuple(zip(frame["client_key"], kinds_of(frame), strict=True))


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _plain(file_sha256: str, _file: _File) -> PlainTable:
    return reading_service().read_table(_file.store.facts_content(_file.project_id, _file.file))


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _table(file_json: str, _file: _File) -> FactTable:
    read = _plain(_file.file.file_sha256, _file)
    return read_fact_table(read, name=_file.file.name, months=_file.file.months, mapping=_file.file.mapping)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _matched(lines_sha256: str, decided: Merges, file_json: str, _read: FactTable, _lines: pd.DataFrame) -> ClientFacts:
    return match_facts(_read, _lines)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _with_facts(key: tuple, _plain: ClientTable, _facts: ClientFacts) -> ClientTable:
    return with_facts(_plain, _facts)


@st.cache_resource(show_spinner=False, max_entries=KEPT)
def _costed(
    key: tuple, _plain: ClientTable, _rates: Rates, _facts: ClientFacts | None, _by_card: dict[str, float] | None
) -> tuple[ClientTable, CostToServe]:
    cost = cost_to_serve(_plain, _rates, _facts, document_minutes=_by_card)
    return with_cost(_plain, cost), cost
