"""What the open company works on now: its client table, overrides, the draft segmentation and the one that was agreed."""

from __future__ import annotations

import json
from dataclasses import dataclass

import streamlit as st

from sbyt_core.clients import ClientTable
from sbyt_core.segments import Criteria, Override, Segmentation, segment
from sbyt_core.segments.agreement import agreed_segmentation
from sbyt_core.store import Store, Version
from sbyt_core.ui import cached, drafts
from sbyt_core.ui.page import Page

PERIOD = "period"  # settings document: how many last whole months are looked at
MONTHS = (6, 12, 18, 24, 36)


@dataclass(frozen=True)
class Agreed:
    """The agreed version that holds and the segmentation that it froze."""

    version: Version
    segmentation: Segmentation


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
    """The client table of the current data set over the chosen period."""
    return cached.clients(page.store, page.data, months(page))  # type: ignore[arg-type]


def overrides(page: Page) -> tuple[Override, ...]:
    """The overrides that stand."""
    kept = page.store.overrides(page.project.id)  # type: ignore[union-attr]
    return tuple(Override(one.client_key, str(one.segment), one.reason, one.author) for one in kept)


def draft(page: Page, criteria: Criteria | None = None) -> Segmentation:
    """The segmentation by the criteria on the sliders, or by others on the same clients. Raises SbytError of `segment`."""
    return segment(clients(page), criteria or drafts.criteria(page).now, overrides=overrides(page))


def agreed(page: Page) -> Agreed | None:
    """What was agreed last; None before the first agreement."""
    version = page.store.approved_version(page.project.id)  # type: ignore[union-attr]
    if version is None or version.classes_sha256 is None:
        return None
    return Agreed(version, frozen(page, version))


def frozen(page: Page, version: Version) -> Segmentation:
    """The segmentation that a version with a snapshot froze."""
    return _agreed(str(version.classes_sha256), version.json, _Table(page.store, version.id))


def in_force(page: Page) -> Segmentation:
    """What lists and exports show: the agreed segmentation, before the first agreement the draft."""
    held = agreed(page)
    return held.segmentation if held else draft(page)


@dataclass(frozen=True)
class _Table:
    store: Store
    version_id: int


@st.cache_resource(show_spinner=False, max_entries=12)
def _agreed(classes_sha256: str, text: str, _table: _Table) -> Segmentation:
    return agreed_segmentation(text, _table.store.classes(_table.version_id) or b"")
