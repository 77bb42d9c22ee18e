"""The register of rollouts and the power view on the sample, in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import sample_data
from sbyt_core.results.rollouts import ENTRY, Entry, current
from sbyt_core.store import open_store
from sbyt_core.texts import LANGUAGES
from tests.pages.test_pages import CYRILLIC, sound

TRUTH = json.loads((Path(sample_data.__file__).parent / "truth.json").read_text(encoding="utf-8"))
VIEW = """
from sbyt_core.ui import frame
from sbyt_core.ui.page import open_page
from sbyt_core.ui.results import power, rollouts

page = open_page("start")
seen = power.look(page)
frame.finding(power.finding(page, seen))
power.show(page, seen)
frame.finding(rollouts.summary(page, rollouts.load(page)))
rollouts.show(page)
"""
App = Callable[..., AppTest]


@pytest.fixture
def view(app: App) -> App:
    """Both views on the sample company."""

    def opened(lang: str = "ru") -> AppTest:
        at = sound(app(lang))
        at.button(key="open_sample").click().run()
        return again(lang)

    return opened


def again(lang: str = "ru") -> AppTest:
    """The views in another session."""
    at = AppTest.from_string(VIEW, default_timeout=60)
    at.session_state["_under_app"] = True
    at.query_params["lang"] = lang
    return sound(at.run())


def register(units: str = "manager") -> dict[str, date]:
    store = open_store()
    project = store.projects()[0]
    kept = [Entry.from_value(entry.subject, entry.value) for entry in store.entries(project.id, ENTRY)]
    store.close()
    return {one.unit: one.date for one in current(kept, units)}


def texts(at: AppTest) -> str:
    return "\n".join(element.value for kind in (at.subheader, at.markdown, at.caption, at.error) for element in kind)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_the_start_the_view_says_what_will_show(view: App, lang: str) -> None:
    at = view(lang)
    assert "12" in at.subheader[0].value
    assert len(at.metric) == 4
    if lang == "en":
        ours = [e.label for kind in (at.metric, at.button, at.button_group, at.slider) for e in kind] + [m.value for m in at.subheader]
        assert not CYRILLIC.search("\n".join(ours))


def test_the_target_and_the_months_move_the_finding(view: App) -> None:
    at = view()
    before = at.subheader[0].value
    at.slider(key="power_months").set_value(1).run()
    assert sound(at).subheader[0].value != before
    at.button_group(key="power_target").set_value(0.2).run()
    assert "20" in sound(at).subheader[0].value
    assert again().slider(key="power_months").value == 1, "the plan outlives the session"


def test_these_waves_fill_the_register_and_say_it_was_by_lot(view: App) -> None:
    at = view()
    at.button(key="use_waves").click().run()
    sound(at)
    kept = register()
    assert len(kept) == 12
    assert sorted(map(list(kept.values()).count, set(kept.values()))) == [6, 6]
    assert at.button_group(key="evidence_assigned").value == "random"
    fresh = again()
    assert "12 из 12" in texts(fresh)


def test_the_same_data_draw_the_same_waves(view: App) -> None:
    first, second = texts(view()), texts(again())
    assert first == second


def edited(edits: str) -> AppTest:
    """What the table's callback does with edits, as a browser sends them. AppTest itself cannot type into a table."""
    at = AppTest.from_string(
        VIEW
        + f"""
import streamlit as st
key, base = st.session_state["_rollout_base"]
st.session_state["edits"] = {{"edited_rows": {edits}}}
rollouts._keep(page, "edits", base, "manager")
""",
        default_timeout=60,
    )
    at.session_state["_under_app"] = True
    return sound(at.run())


def test_an_edit_of_the_table_is_an_entry_and_may_be_taken_back(view: App) -> None:
    view()
    at = edited('{0: {"date": "2025-07-01", "card_version": " 2 "}, 1: {"card_version": "3"}}')
    first = at.session_state["_rollout_base"][1]["unit"][0]
    assert register() == {first: date(2025, 7, 1)}, "a version without a date is no start"
    assert "1 из 12" in texts(again())
    edited('{0: {"date": null}}'.replace("null", "None"))
    assert register() == {}


def test_a_file_of_waves_fills_the_register(view: App) -> None:
    at = view()
    text = "unit,date\n" + "".join(f"{name},2025-07-01\n" for name in TRUTH["treated"])
    at.file_uploader[0].upload("waves.csv", text.encode(), "text/csv").run()
    sound(at)
    assert set(register()) == set(TRUTH["treated"])
    assert "6 из 12" in texts(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_wrong_file_is_told_and_changes_nothing(view: App, lang: str) -> None:
    at = view(lang)
    at.file_uploader[0].upload("waves.csv", "unit,date\nНикто,2025-07-01\n".encode(), "text/csv").run()
    sound(at)
    assert len(at.error) == 1
    assert register() == {}


def test_circumstances_are_kept(view: App) -> None:
    at = view()
    at.button_group(key="evidence_resources").set_value("same").run()
    at.button_group(key="evidence_assigned").set_value("chosen").run()
    sound(at)
    fresh = again()
    assert fresh.button_group(key="evidence_resources").value == "same"
    assert fresh.button_group(key="evidence_assigned").value == "chosen"


def test_branches_have_a_register_of_their_own_and_too_few_units(view: App) -> None:
    at = view()
    at.button_group(key="rollout_units").set_value("branch").run()
    sound(at)
    assert len(at.error) == 1, "three branches are too few for a power statement"
    assert "3 филиала" in texts(at)
