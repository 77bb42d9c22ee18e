"""Results kept between runs, keyed by what they were made of: the hash of the stored lines and the frozen settings.

Shared between sessions and never changed by them. The hash of the lines is the key, so nobody can get another company's.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from sbyt_core.clients import ClientTable, client_table, default_period
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.period import Period, default_window
from sbyt_core.store import DataSet, Store

DATA_SETS = 6  # data sets held in memory at once; about 20 MB for 100 000 lines


@dataclass(frozen=True)
class Loader:
    """Loads the lines of a data set when a cache does not have them; equal by the hash of the lines."""

    store: Store
    data: DataSet


def sales(store: Store, data: DataSet) -> SalesData:
    """The sales lines of a data set."""
    return _sales(data.lines_sha256, Loader(store, data))


def clients(store: Store, data: DataSet, months: int | None = None) -> ClientTable:
    """The client table of a data set over its last whole months; None: the default number."""
    return _clients(data.lines_sha256, months, Loader(store, data))


@st.cache_resource(show_spinner=False, max_entries=DATA_SETS)
def _sales(lines_sha256: str, _loader: Loader) -> SalesData:
    return _loader.store.load_sales(_loader.data.id)


@st.cache_resource(show_spinner=False, max_entries=DATA_SETS * 2)
def _clients(lines_sha256: str, months: int | None, _loader: Loader) -> ClientTable:
    lines = _sales(lines_sha256, _loader)
    return client_table(lines, _period(lines, months))


def _period(lines: SalesData, months: int | None) -> Period | None:
    if months is None:
        return default_period(lines)
    dates = lines.lines["date"].dropna()
    return default_window(dates.min().date(), dates.max().date(), lines.period, months) if len(dates) else None
