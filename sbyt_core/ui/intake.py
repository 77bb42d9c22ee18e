"""A file on its way in: read in the reading process under a progress bar, then kept with the company.

How a file of the same shape was read last time is taken over, so that next month's export asks nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.sales.model import SalesData
from sbyt_core.store import DataSet, Project, Store
from sbyt_core.texts import Speech
from sbyt_core.ui import frame, navigation
from sbyt_core.ui.page import Page, open_project
from sbyt_core.ui.progress import Bar

SAMPLE = navigation.ROOT / "sample_data" / "sales.xlsx"


def read(
    page: Page,
    content: bytes,
    name: str,
    *,
    sheet: str | None = None,
    mapping: Mapping[str, str] | None = None,
    answers: Mapping[str, str] | None = None,
    password: str | None = None,
) -> SalesData:
    """Read a file under a progress bar. Raises the SbytErrors of reading; a click elsewhere stops it."""
    with Bar(page.say("intake.reading", name=name)) as bar:
        return reading_service().read(
            content,
            name=name,
            sheet=sheet,
            mapping=dict(mapping or {}),
            answers=dict(answers or {}),
            password=password,
            on_progress=bar.told,
            cancelled=bar.beat,
        )


def keep(
    page: Page,
    project: Project,
    sales: SalesData,
    content: bytes,
    mapping: Mapping[str, str],
    answers: Mapping[str, str],
    *,
    current: bool = True,
) -> DataSet:
    """Keep what was read: as the company's current data set, or as a file that is to become a part of one."""
    return page.store.add_dataset(project.id, sales, content, mapping=mapping, answers=answers, shape=sales.report.shape, current=current)


def open_sample(page: Page) -> Project:
    """Open the made-up company, reading its file the first time."""
    content = SAMPLE.read_bytes()
    project = _with_original(page.store, hashlib.sha256(content).hexdigest())
    if project is None:
        sales = read(page, content, SAMPLE.name)
        project = page.store.create_project(_free_name(page.store, page.plain("sample.company"), page.plain), lang=page.plain.lang)
        keep(page, project, sales, content, {}, {})
    open_project(project.id, touch=page.store)
    return project


def show_sample(page: Page, stage: str | None = None) -> None:
    """Open the made-up company and go to a stage, by default stay on this one; a fault is said here."""
    try:
        open_sample(page)
    except SbytError as error:
        frame.fault(error)
        return
    if stage is None:
        st.rerun()
    st.switch_page(navigation.path_of(stage))


def company_name(file_name: str, store: Store, words: Speech) -> str:
    """A name for a company that begins with a file: the file's own, made free."""
    return _free_name(store, Path(file_name).stem.strip() or words("start.unnamed"), words)


def _with_original(store: Store, sha256: str) -> Project | None:
    return next((p for p in store.projects() if p.data and p.data.original_sha256 == sha256), None)


def _free_name(store: Store, wanted: str, words: Speech) -> str:
    taken = {project.name.casefold() for project in store.projects()}
    number = 1
    name = wanted
    while name.casefold() in taken:
        number += 1
        name = words("start.numbered", name=wanted, number=str(number))
    return name
