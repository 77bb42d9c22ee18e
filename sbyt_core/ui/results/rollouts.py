"""The register of rollouts on screen: who starts when, by which card; a file of waves; and what only people know of the start.

The table holds every unit of the data; an edit is kept at once as an entry of the register, which only grows. The frame under the hand
stays the one that was first shown, so that typing on is not thrown back; another state from outside (a file, the waves, the other
units) makes a fresh table.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd
import streamlit as st

from sbyt_core.errors import BadInput, SbytError
from sbyt_core.results.model import ASSIGNED, RESOURCES, UNITS, Rollout, Settings
from sbyt_core.results.rollouts import ENTRY, Entry, changes, current, rollouts_of
from sbyt_core.results.starts import NAMES_SHOWN, loose, unit_names
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.ui import drafts, exports, frame
from sbyt_core.ui.data.upload import MAX_MEGABYTES
from sbyt_core.ui.follow import follow
from sbyt_core.ui.page import Page
from sbyt_core.ui.results import unit_panel

KIND = "evidence"  # document of the store: how the start was arranged and what is looked for
TARGETS = (0.05, 0.10, 0.15, 0.20)
KINDS = ["csv", "txt", "xlsx", "xls", "ods"]
ROWS_SHOWN = 12
_GENERATION = "_rollout_generation"
_BASE = "_rollout_base"
FAULT = "_rollout_fault"  # of a control, told once


@dataclass(frozen=True)
class Asked:
    """What stands in the register of these units, and how the start was arranged."""

    register: tuple[Rollout, ...]
    settings: Settings


def load(page: Page) -> Asked:
    """The register and the settings of the open company."""
    settings = drafts.load(page, KIND, _settings)
    return Asked(register(page, settings.units), settings)


def register(page: Page, units: str) -> tuple[Rollout, ...]:
    """The rollouts that stand, of managers or of branches."""
    kept = []
    for entry in page.store.entries(page.project.id, ENTRY):  # type: ignore[union-attr]
        try:
            kept.append(Entry.from_value(entry.subject, entry.value))
        except SbytError:  # written by a newer program
            continue
    return current(kept, units)


def put(page: Page, rollouts: Iterable[Rollout], *, units: str, keep: bool = True) -> None:
    """Make the register say this. keep: units that are not named keep their start. Raises BadInput: no_such_unit, rollout_twice."""
    before = register(page, units)
    known = {*unit_panel.names(page, units), *(one.unit for one in before)}
    same = unit_names(known)
    wanted = [one if one.unit in known else replace(one, unit=same.get(loose(one.unit), one.unit)) for one in rollouts]
    for one in wanted:
        if one.unit not in known:
            raise BadInput("no_such_unit", unit=one.unit, units=sorted(known)[:NAMES_SHOWN])
    named = {one.unit for one in wanted}
    after = [*wanted, *(one for one in before if keep and one.unit not in named)]
    for entry in changes(before, after, units):
        page.store.add_entry(page.project.id, ENTRY, entry.to_json(), subject=entry.unit)  # type: ignore[union-attr]


def change(page: Page, **settings: object) -> None:
    """Keep other settings of the evidence."""
    drafts.save(page, KIND, _settings, lambda old: replace(old, **settings))  # type: ignore[arg-type]


def attempt(act: Callable[[], None]) -> None:
    """Do what a control asks for; a fault is told by the next run."""
    try:
        act()
    except SbytError as fault:
        st.session_state[FAULT] = fault


def refresh() -> None:
    """The next run shows a fresh table."""
    st.session_state[_GENERATION] = st.session_state.get(_GENERATION, 0) + 1


def summary(page: Page, asked: Asked) -> str:
    """One sentence: how many work by the card since when, how many will, how many wait."""
    units, say = asked.settings.units, page.plain
    everybody = unit_panel.names(page, units)
    named = [one for one in asked.register if one.unit in set(everybody)]
    today = exports.now().date()
    started = [one for one in named if one.date <= today]
    facts = {
        "units": say(f"evidence.units.{units}", n=len(everybody)),
        "waiting": len(everybody) - len(named),
        "planned": len(named) - len(started),
    }
    if not named:
        return say("rollouts.summary.none", **facts)
    first = say.date(min(one.date for one in named))
    waves = say("rollouts.waves", n=len({one.date for one in named}))
    parts = [say("rollouts.summary" if started else "rollouts.summary.planned", n=len(started), start=first, waves=waves, **facts)]
    if started and facts["planned"]:
        parts.append(say("rollouts.summary.later", **facts))
    if facts["waiting"]:
        parts.append(say("rollouts.summary.waiting", **facts))
    return " ".join(parts)


def show(page: Page, *, then: Callable[[], None] | None = None, label: str = "rollouts.next") -> None:
    """The register and the circumstances of the start. then: leads on before the next run, by a button of this label."""
    asked = load(page)
    fault = st.session_state.pop(FAULT, None)
    if fault is not None:
        frame.fault(fault)
    _units(page, asked)
    _table(page, asked)
    _file(page, asked)
    circumstances(page)
    if then is not None and asked.register:
        st.button(
            page.say(label),
            type="primary",
            icon=":material/arrow_forward:",
            icon_position="right",
            key="rollouts_next",
            on_click=then,
        )


def circumstances(page: Page) -> None:
    """What only people know: how it was decided who starts, whether resources stayed, what effect is worth seeing."""
    settings = load(page).settings
    lots, means, aim = st.columns(3)
    with lots:
        _choice(page, "assigned", ASSIGNED, settings.assigned)
    with means:
        _choice(page, "resources", RESOURCES, settings.resources)
    with aim:
        target(page, settings, key="evidence_target")


def target(page: Page, settings: Settings, *, key: str) -> None:
    """The effect worth seeing."""
    follow(key, settings.target)
    st.segmented_control(
        page.say("rollouts.target"),
        sorted({*TARGETS, settings.target}),
        format_func=page.plain.percent,
        key=key,
        required=True,
        help=page.say("rollouts.target.help"),
        on_change=lambda: attempt(lambda: change(page, target=st.session_state[key])),
    )


def _settings(value: object) -> Settings:
    return Settings.from_value(value) if value else Settings()


def _units(page: Page, asked: Asked) -> None:
    """Managers or branches, where the data name both."""
    known = [units for units in UNITS if unit_panel.names(page, units)]
    if len(known) < 2:
        return

    def choose() -> None:
        attempt(lambda: change(page, units=st.session_state["rollout_units"]))
        refresh()

    follow("rollout_units", asked.settings.units)
    st.segmented_control(
        page.say("rollouts.units"),
        known,
        format_func=lambda units: page.plain(f"rollouts.units.{units}"),
        key="rollout_units",
        required=True,
        on_change=choose,
    )


def _choice(page: Page, name: str, options: tuple[str, ...], value: str | None) -> None:
    key = f"evidence_{name}"
    follow(key, value)
    st.segmented_control(
        page.say(f"rollouts.{name}"),
        options,
        format_func=lambda code: page.plain(f"rollouts.{name}.{code}"),
        key=key,
        help=page.say(f"rollouts.{name}.help"),
        on_change=lambda: attempt(lambda: change(page, **{name: st.session_state[key]})),
    )


def _table(page: Page, asked: Asked) -> None:
    units = asked.settings.units
    key = f"rollout_table_{units}_{st.session_state.setdefault(_GENERATION, 0)}"
    kept = st.session_state.get(_BASE)
    if key not in st.session_state or kept is None or kept[0] != key:
        kept = st.session_state[_BASE] = (key, _rows(page, asked))
    base = kept[1]
    st.data_editor(
        base,
        key=key,
        hide_index=True,
        num_rows="fixed",
        disabled=["unit"],
        placeholder="",
        height=38 + 35 * min(len(base), ROWS_SHOWN),
        column_config={
            "unit": st.column_config.TextColumn(page.plain(f"rollouts.column.{units}"), width=200),
            "date": st.column_config.DateColumn(
                page.plain("rollouts.column.date"), format="DD.MM.YYYY" if page.plain.lang == "ru" else "D MMM YYYY"
            ),
            "card_version": st.column_config.TextColumn(page.plain("rollouts.column.card"), max_chars=40, width=120),
        },
        on_change=lambda: _keep(page, key, base, units),
    )


def _rows(page: Page, asked: Asked) -> pd.DataFrame:
    """Every unit with its start: those who started first by date, then the others by name."""
    started = {one.unit: one for one in asked.register}
    order = [*started, *(name for name in unit_panel.names(page, asked.settings.units) if name not in started)]
    return pd.DataFrame(
        {
            "unit": pd.Series(order, dtype="str"),
            "date": pd.Series([started[name].date if name in started else None for name in order], dtype="object"),
            "card_version": pd.Series([started[name].card_version if name in started else None for name in order], dtype="str"),
        }
    )


def _keep(page: Page, key: str, base: pd.DataFrame, units: str) -> None:
    """Keep what was typed, as entries of the register."""
    edits = st.session_state[key]["edited_rows"]
    wanted = []
    for row, values in enumerate(base.to_dict("records")):
        typed = {**values, **edits.get(row, {})}
        day = _day(typed["date"])
        if day is not None:
            wanted.append(Rollout(str(typed["unit"]), day, _text(typed["card_version"])))
    attempt(lambda: put(page, wanted, units=units, keep=False))


def _file(page: Page, asked: Asked) -> None:
    with st.popover(page.say("rollouts.file"), icon=":material/upload_file:"):
        st.markdown(page.say("rollouts.file.text"))
        generation = st.session_state.setdefault(_GENERATION, 0)
        dropped = st.file_uploader(
            page.say("rollouts.file.drop"), type=KINDS, key=f"rollout_file_{generation}", max_upload_size=MAX_MEGABYTES
        )
        if dropped is None:
            return
        try:
            named = rollouts_of(reading_service().read_table(dropped.getvalue()))
            put(page, named, units=asked.settings.units)
        except SbytError as fault:
            frame.fault(fault)
            return
    st.toast(page.say("rollouts.file.done", n=len(named)), icon=":material/done:")
    refresh()
    st.rerun()


def _day(value: object) -> date | None:
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value if isinstance(value, date) and not pd.isna(value) else None  # type: ignore[call-overload]


def _text(value: object) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None
