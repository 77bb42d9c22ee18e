"""The drop zone of the log: what was taken, what was not and why, and everything that came in so far."""

from __future__ import annotations

import hashlib
from datetime import date
from functools import cache

import pandas as pd
import streamlit as st

from sbyt_core.errors import SbytError
from sbyt_core.practice.read_log import LogReading, read_log
from sbyt_core.practice.record import Batch
from sbyt_core.reports import bad_rows_workbook
from sbyt_core.sales.speak import problem_hint, problem_text
from sbyt_core.ui import exports, frame, intake, navigation
from sbyt_core.ui.page import Page
from sbyt_core.ui.practice import data
from sbyt_core.ui.practice.data import Practice

SAMPLE = navigation.ROOT / "sample_data" / "practice.xlsx"
MEGABYTES = 30  # a log of a year is about one
BAD_SHOWN = 200  # rows on the screen; the workbook has them all
SHOWN = 12  # files in the list
_READ = "_practice_reading"
_GENERATION = "_practice_upload"


def show(page: Page, practice: Practice, *, first: bool) -> None:
    """The drop zone and what came in; first: nothing has come in yet, so it stands open and the sample's log is offered."""
    if not page.store.may(page.project.id, "record"):  # type: ignore[union-attr]
        return
    if first:
        _zone(page, practice)
        _sample(page, practice)
        _told(page, practice)
        return
    _told(page, practice)
    with st.expander(page.say("practice.intake.title"), key="practice_intake"):
        _zone(page, practice)
        for batch in [one for one in data.batches(page) if one.source == "file"][:SHOWN]:
            _batch(page, batch)


def _zone(page: Page, practice: Practice) -> None:
    generation = st.session_state.setdefault(_GENERATION, 0)
    dropped = st.file_uploader(
        page.say("practice.intake.label"),
        key=f"practice_upload_{generation}",
        max_upload_size=MEGABYTES,
        help=page.say("practice.intake.help"),
    )
    if dropped is None:
        return
    _read(page, practice, dropped.getvalue(), dropped.name, practice.since)


def _sample(page: Page, practice: Practice) -> None:
    """The log of the made-up company, one click away while its data are open."""
    if page.data is None or page.data.original_sha256 != _sample_sha256():
        return
    if st.button(page.say("practice.sample"), key="practice_sample", icon=":material/science:"):
        _read(page, practice, SAMPLE.read_bytes(), SAMPLE.name, None)


def _read(page: Page, practice: Practice, content: bytes, name: str, since: date | None) -> None:
    try:
        with st.spinner(page.say("practice.intake.reading", name=name)):
            reading = _reading(page, practice, content, name, since)
            data.keep_reading(page, reading)
    except SbytError as error:
        frame.fault(error)
        return
    st.session_state[_READ] = (page.project.id, reading, content)  # type: ignore[union-attr]
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1
    st.rerun()


def _reading(page: Page, practice: Practice, content: bytes, name: str, since: date | None) -> LogReading:
    return read_log(
        content,
        name=name,
        card=practice.card,  # type: ignore[arg-type]
        versions=practice.versions,
        clients=data.clients(page),
        people=data.people(page) or None,
        kinds=practice.kinds,
        effective=since,
        today=exports.now().date(),
    )


def _told(page: Page, practice: Practice) -> None:
    """What the last file gave, until another page is opened."""
    project, reading, content = st.session_state.get(_READ, (None, None, b""))
    if project != page.project.id:  # type: ignore[union-attr]
        return
    taken = len(reading.lines) - int(reading.lines["implied"].sum())
    with st.container(border=True, key="practice_told"):
        st.markdown(page.say("practice.intake.taken", name=reading.name, n=taken, total=reading.rows_read))
        for problem in reading.problems:
            st.markdown(f"- {problem_text(page.say, problem)}. {problem_hint(page.say, problem)}")
        if reading.bad:
            st.dataframe(_bad_table(page, reading), hide_index=True, key="practice_bad_rows", height=min(38 * (len(reading.bad) + 1), 300))
        with st.container(horizontal=True):
            if reading.bad:
                bad_download(page, reading.headers, reading.bad, "now")
            _earlier(page, practice, reading, content)
            st.button(
                page.say("practice.intake.close"), key="practice_close", type="tertiary", on_click=lambda: st.session_state.pop(_READ, None)
            )


def _bad_table(page: Page, reading: LogReading) -> pd.DataFrame:
    """The first rows that were not taken, with their reasons and as the file shows them."""
    words = page.plain
    columns = [words("rows.row"), words("practice.column.why"), *_unlike(reading.headers)]
    rows = [
        [row.row, "; ".join(words(f"practice.bad.{code.removeprefix('log_')}") for code in row.codes), *row.cells] for row in reading.bad
    ]
    return pd.DataFrame(rows[:BAD_SHOWN], columns=columns)


def _unlike(headers: tuple[str, ...]) -> list[str]:
    """Headers, each once: a file may call two columns the same or nothing."""
    return [f"{text} " + "\u200b" * place if headers.count(text) > 1 or not text else text for place, text in enumerate(headers)]


def _earlier(page: Page, practice: Practice, reading: LogReading, content: bytes) -> None:
    """Offer to take rows from before the card's effect, where the team worked by it already."""
    early = [row for row in reading.bad if row.codes == ("log_before_effect",)]
    if not early or not page.store.may(page.project.id, "edit"):  # type: ignore[union-attr]
        return
    if not st.button(page.say("practice.intake.earlier", n=len(early)), key="practice_earlier"):
        return
    free = _reading(page, practice, content, reading.name, None)
    data.set_since(page, free.lines["moment"].min().date())
    _read(page, practice, content, reading.name, None)


def bad_download(page: Page, headers: tuple[str, ...], bad: tuple, key: str) -> None:
    """The rows that were not taken, as a workbook."""
    lang, made_at = page.plain.lang, exports.now()
    st.download_button(
        page.say("practice.intake.bad", n=len(bad)),
        data=lambda: bad_rows_workbook(bad, headers, lang=lang, made_at=made_at),
        file_name=exports.file_name(page, page.project, "practice_bad", "xlsx"),
        mime=exports.XLSX,
        icon=":material/download:",
        on_click="ignore",
        key=f"practice_bad_{key}",
    )


def _batch(page: Page, batch: Batch) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        line = page.say("practice.batch", name=batch.name, n=batch.rows, day=batch.at.date())
        st.markdown(line if batch.live else f":gray[~~{line}~~]")
        if not batch.live:
            return
        if batch.bad:
            bad_download(page, batch.headers, batch.bad, batch.batch)
        st.button(
            page.say("practice.batch.withdraw"),
            key=f"withdraw_{batch.batch}_{batch.at.isoformat()}",
            type="tertiary",
            on_click=data.withdraw,
            args=(page, batch.batch),
        )


@cache
def _sample_sha256() -> str:
    return hashlib.sha256(intake.SAMPLE.read_bytes()).hexdigest()
