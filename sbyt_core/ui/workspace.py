"""What the open company works on now: its client table, overrides, the draft segmentation and the one that was agreed."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pandas as pd
import streamlit as st

from sbyt_core.clients import ClientTable
from sbyt_core.clients.cost import CostToServe
from sbyt_core.clients.facts import ClientFacts
from sbyt_core.sales.identity.decisions import Decision, Merges, merges_of
from sbyt_core.segments import Criteria, Override, Segmentation, segment
from sbyt_core.segments.agreement import agreed_segmentation
from sbyt_core.store import Store, Version
from sbyt_core.ui import attributes, cached, drafts, service
from sbyt_core.ui.page import Page
from sbyt_core.ui.service import Service

PERIOD = "period"  # settings document: how many last whole months are looked at
MONTHS = (6, 12, 18, 24, 36)


@dataclass(frozen=True)
class Agreed:
    """The agreed version that holds and the segmentation that it froze."""

    version: Version
    segmentation: Segmentation


@dataclass(frozen=True, eq=False)
class Workspace:
    """Asked of the store once a run: clients of the period, overrides that stand, and what was agreed last (None: nothing yet)."""

    clients: ClientTable
    overrides: tuple[Override, ...]
    agreed: Agreed | None
    beside: pd.DataFrame | None = None  # attributes of the clients that lists show
    facts: ClientFacts | None = None
    cost: CostToServe | None = None  # to serve these clients, where rates are set
    decisions: tuple[Decision, ...] = ()  # on who is one client

    @property
    def hours(self) -> pd.Series | None:
        """Hours a month by client_key, where a file of client facts tells them."""
        return self.facts.monthly("hours") if self.facts else None

    @property
    def overdue(self) -> pd.Series | None:
        """Money overdue by client_key, where a file of client facts tells it."""
        return self.facts.monthly("overdue") if self.facts else None

    def segmentation(self, criteria: Criteria) -> Segmentation:
        """The segmentation of these clients by any criteria. Raises SbytError of `segment`."""
        return segment(self.clients, criteria, overrides=self.overrides)


def load(page: Page) -> Workspace:
    """The workspace of the open company."""
    decisions = tuple(page.store.decisions(page.project.id))  # type: ignore[union-attr]
    found = costs(page, merges_of(decisions))
    return Workspace(found.clients, overrides(page), _last_agreed(page), attributes.chosen(page), found.facts, found.cost, decisions)


def months(page: Page) -> int | None:
    """Months of the period; None: the default."""
    value = page.store.settings(page.project.id, PERIOD).value  # type: ignore[union-attr]
    return value.get("months") if isinstance(value, dict) else None


def set_months(page: Page, number: int) -> None:
    """Look at another number of last whole months."""
    project = page.project.id  # type: ignore[union-attr]
    version = page.store.settings(project, PERIOD).version
    page.store.save_settings(project, PERIOD, json.dumps({"months": number}), expected_version=version)


def clients(page: Page) -> ClientTable:
    """The client table of the current data set over the chosen period, with cost to serve where rates are set."""
    return costs(page).clients


def costs(page: Page, decided: Merges | None = None) -> Service:
    """What service costs, with the client table. decided: who is one client, where the store was asked already."""
    known = decided or cached.merges(page.store, page.data)  # type: ignore[arg-type]
    return service.load(page, cached.clients(page.store, page.data, months(page), known), known)  # type: ignore[arg-type]


def frozen(page: Page, version: Version) -> Segmentation:
    """The segmentation that a version with a snapshot froze."""
    return _agreed(str(version.classes_sha256), version.json, _Table(page.store, version.id))


def in_force(page: Page, work: Workspace) -> Segmentation:
    """What lists and exports show: the agreed segmentation, before the first agreement the draft."""
    return work.agreed.segmentation if work.agreed else work.segmentation(drafts.criteria(page).now)


def overrides(page: Page) -> tuple[Override, ...]:
    """Classes that people set by hand and that stand."""
    kept = page.store.overrides(page.project.id)  # type: ignore[union-attr]
    return tuple(Override(one.client_key, str(one.segment), one.reason, one.author) for one in kept)


def _last_agreed(page: Page) -> Agreed | None:
    version = page.store.approved_version(page.project.id)  # type: ignore[union-attr]
    if version is None or version.classes_sha256 is None:
        return None
    return Agreed(version, frozen(page, version))


@dataclass(frozen=True)
class _Table:
    store: Store
    version_id: int


@st.cache_resource(show_spinner=False, max_entries=12)
def _agreed(classes_sha256: str, text: str, _table: _Table) -> Segmentation:
    return agreed_segmentation(text, _table.store.classes(_table.version_id) or b"")
