"""Results kept between runs, keyed by what they were made of: the hash of the stored lines, what was decided on clients, the settings.

Shared between sessions and never changed by them. The hash of the lines is the key, so nobody can get another company's.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from sbyt_core.clients import ClientTable, client_table, default_period
from sbyt_core.sales.identity.decisions import Merges, merges_of
from sbyt_core.sales.identity.merging import apply_merges
from sbyt_core.sales.identity.pairs import Figures, suggested_pairs
from sbyt_core.sales.identity.spellings import Joined, joined_clients
from sbyt_core.sales.model import ReadReport, SalesData
from sbyt_core.sales.period import Period, default_window
from sbyt_core.store import DataSet, Store

DATA_SETS = 6  # data sets held in memory at once; about 20 MB for 100 000 lines
REPORTS = 60  # how files were read: five years of monthly ones, a few hundred KB each
AS_READ = Merges()


@dataclass(frozen=True)
class Loader:
    """Loads the lines of a data set when a cache does not have them; equal by the hash of the lines."""

    store: Store
    data: DataSet


def merges(store: Store, data: DataSet) -> Merges:
    """What was decided on who is one client."""
    return merges_of(store.decisions(data.project_id))


def sales(store: Store, data: DataSet) -> SalesData:
    """The sales lines of a data set, under the clients that people decided on."""
    return _sales(data.lines_sha256, replace(merges(store, data), apart=()), Loader(store, data))


def as_read(store: Store, data: DataSet, decided: Merges | None = None) -> SalesData:
    """The sales lines of a data set as they were read, but for clients that were taken apart: the keys that decisions are about.

    decided: what was decided, where the store was asked already.
    """
    return _sales(data.lines_sha256, Merges(split=(decided or merges(store, data)).split), Loader(store, data))


def joined(store: Store, data: DataSet) -> tuple[Joined, ...]:
    """Clients that a code joined from several names and nobody took apart."""
    return _joined(data.lines_sha256, Merges(split=merges(store, data).split), Loader(store, data))


def report(store: Store, data: DataSet) -> ReadReport:
    """How a data set was read, without its lines."""
    return _report(data.lines_sha256, Loader(store, data))


def clients(store: Store, data: DataSet, months: int | None = None, decided: Merges | None = None) -> ClientTable:
    """The client table of a data set over its last whole months; None: the default number.

    decided: what was decided, where the store was asked already.
    """
    return _clients(data.lines_sha256, replace(decided or merges(store, data), apart=()), months, Loader(store, data))


def pairs(store: Store, data: DataSet) -> list[tuple[Figures, Figures, float]]:
    """Clients that look like one and were not decided on; holdings aside."""
    return _pairs(data.lines_sha256, replace(merges(store, data), by_holding=False), Loader(store, data))


@st.cache_resource(show_spinner=False, max_entries=DATA_SETS * 2)
def _sales(lines_sha256: str, merges: Merges, _loader: Loader) -> SalesData:
    if merges == AS_READ:
        return _loader.store.load_sales(_loader.data.id)
    return apply_merges(_sales(lines_sha256, AS_READ, _loader), merges)


@st.cache_resource(show_spinner=False, max_entries=DATA_SETS * 2)
def _clients(lines_sha256: str, merges: Merges, months: int | None, _loader: Loader) -> ClientTable:
    lines = _sales(lines_sha256, merges, _loader)
    return client_table(lines, _period(lines, months))


@st.cache_resource(show_spinner=False, max_entries=REPORTS)
def _report(lines_sha256: str, _loader: Loader) -> ReadReport:
    return _loader.store.load_report(_loader.data.id)


@st.cache_resource(show_spinner=False, max_entries=DATA_SETS)
def _joined(lines_sha256: str, merges: Merges, _loader: Loader) -> tuple[Joined, ...]:
    return joined_clients(_sales(lines_sha256, merges, _loader))


@st.cache_resource(show_spinner=False, max_entries=DATA_SETS)
def _pairs(lines_sha256: str, merges: Merges, _loader: Loader) -> list[tuple[Figures, Figures, float]]:
    return suggested_pairs(_sales(lines_sha256, replace(merges, apart=()), _loader), merges)


def _period(lines: SalesData, months: int | None) -> Period | None:
    if months is None:
        return default_period(lines)
    dates = lines.lines["date"].dropna()
    return default_window(dates.min().date(), dates.max().date(), lines.period, months) if len(dates) else None
