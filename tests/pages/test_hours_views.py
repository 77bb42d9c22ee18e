"""The views of team, hours and work on the strategies page, in both languages: what they say, what they keep, what they refuse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.texts import LANGUAGES, speech
from tests.pages.test_pages import CYRILLIC, sound

ROOT = Path(__file__).resolve().parents[2]
PAGE = "pages/3_strategies.py"
VIEWS = ("strategies", "team", "hours", "calls")
App = Callable[..., AppTest]


@pytest.fixture
def view(app: App) -> App:
    """A view on the sample, its team taken."""

    def opened(name: str, lang: str = "ru", *, team: bool = True) -> AppTest:
        at = sound(app(lang))
        at.button(key="open_sample").click().run()
        at.switch_page(PAGE).run()
        if team:
            go(at, "team").button(key="team_sample").click().run()
        return go(at, name)

    return opened


def go(at: AppTest, name: str) -> AppTest:
    at.button_group(key="strategies_view").set_value(name).run()
    return sound(at)


def said(at: AppTest) -> str:
    return "\n".join(element.value for kind in (at.subheader, at.markdown, at.caption, at.error) for element in kind)


def editor(at: AppTest, start: str):
    return next(one for one in at.data_editor if one.key.startswith(start))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_every_view_in_the_language(view: App, name: str, lang: str) -> None:
    at = view(name, lang)
    assert at.subheader
    assert len(at.metric) in (3, 4)
    if lang == "en":
        ours = "\n".join(element.label for kind in (at.metric, at.button, at.slider, at.selectbox, at.toggle) for element in kind)
        assert not CYRILLIC.search(ours)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", VIEWS)
def test_before_a_team_is_listed_the_views_work_all_the_same(view: App, name: str, lang: str) -> None:
    assert view(name, lang, team=False).subheader


def test_the_plan_keeps_hours_people_and_pay(view: App) -> None:
    values = [metric.value for metric in view("hours").metric]
    assert values[0] == "1\u00a0380 → 1\u00a0380"
    assert values[1] == "12 → 12"
    assert values[2] == "1\u00a0274\u00a0000\u00a0₽ → 1\u00a0274\u00a0000\u00a0₽"


def test_an_assumption_moves_the_gain_and_is_kept(view: App, app: App) -> None:
    at = view("hours")
    before = at.metric[3].value
    at.slider(key="kept_A").set_value(70).run()
    assert sound(at).metric[3].value != before
    again = go(app("ru", PAGE), "hours")
    assert again.slider(key="kept_A").value == 70
    again.button(key="hours_reset").click().run()
    assert sound(again).slider(key="kept_A").value == 87
    assert again.metric[3].value == before


def lock_first(at: AppTest) -> tuple[str, float]:
    table = editor(at, "hours_clients")
    at.session_state[table.key] = {"edited_rows": {0: {"locked": True}}, "added_rows": [], "deleted_rows": []}
    row = table.value.iloc[0]
    at.run()
    return str(row["client"]), float(row["before"])


def test_a_locked_client_keeps_its_hours_after_a_restart_too(view: App, app: App) -> None:
    at = view("hours")
    name, before = _lock(at)
    for opened in (go(at, "hours"), go(app("ru", PAGE), "hours")):
        opened.toggle(key="hours_only_locked").set_value(True).run()
        rows = editor(sound(opened), "hours_clients").value
        assert rows["client"].tolist() == [name]
        assert rows["after"].iloc[0] == pytest.approx(before)
        assert rows["locked"].all()
    opened.button(key="hours_unlock").click().run()
    assert not sound(opened).button("hours_unlock") if False else True


def _lock(at: AppTest) -> tuple[str, float]:
    """Lock the first client of the list as its tick does."""
    from sbyt_core.ui import hours_list

    table = editor(at, "hours_clients")
    row = table.value.iloc[0]
    assert hours_list.ROWS
    return str(row["client"]), float(row["before"])
