"""The page of companies: another name, into the archive and back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.clients import client_table
from sbyt_core.sales.read import read_sales
from sbyt_core.segments import segment
from sbyt_core.segments.agreement import agreement_of
from sbyt_core.store import Store
from sbyt_core.texts import LANGUAGES, speech
from sbyt_core.ui.language import screen_speech
from tests.pages.test_pages import sample, sound  # noqa: F401

App = Callable[..., AppTest]
START = "pages/0_start.py"
SAMPLE = Path(__file__).resolve().parents[2] / "sample_data" / "sales.xlsx"


@pytest.fixture
def store(home: Path) -> Store:
    """The store as somebody else at the same computer has it."""
    return Store(home=home)


def opened(app: App, lang: str, project: str) -> AppTest:
    """The page with the menu of a company open."""
    at = sound(app(lang, START))
    at.session_state[f"company_{project}"] = True
    return sound(at.run())


def names(at: AppTest) -> list[str]:
    """Companies on cards, in their order."""
    return [one.value.strip("*") for one in at.markdown if one.value.startswith("**") and "·" not in one.value]


def test_the_company_opened_last_is_the_one_to_go_on_with(app: App, store: Store) -> None:
    first, second = (store.create_project(name).id for name in ("Ромашка", "Василёк"))
    store.touch_project(first)
    at = sound(app("ru", START))
    kinds = {one.key: one.proto.type for one in at.button if one.key in (f"open_{first}", f"open_{second}", "open_sample")}
    assert kinds == {f"open_{first}": "primary", f"open_{second}": "secondary", "open_sample": "secondary"}


def renamed(at: AppTest, project: str, name: str) -> AppTest:
    """The page after another name was sent."""
    at.text_input(key=f"rename_{project}").set_value(name)
    next(button for button in at.button if button.form_id == f"rename_form_{project}").click().run()
    return sound(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_company_gets_another_name(app: App, store: Store, lang: str) -> None:
    project = store.create_project("Ромашка").id
    at = renamed(opened(app, lang, project), project, "Василёк")
    assert store.project(project).name == "Василёк"
    assert "Василёк" in names(at)
    assert not at.session_state[f"company_{project}"], "the menu closes"


def test_a_name_in_use_is_told_and_the_menu_stays(app: App, store: Store) -> None:
    project = store.create_project("Ромашка").id
    at = opened(app, "ru", project)
    store.create_project("Василёк")  # by somebody else meanwhile
    renamed(at, project, "василёк")
    assert "уже занято" in at.error[0].value
    assert store.project(project).name == "Ромашка"
    assert at.session_state[f"company_{project}"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_company_goes_to_the_archive_and_comes_back(app: App, store: Store, lang: str) -> None:
    first, second = (store.create_project(name).id for name in ("Ромашка", "Василёк"))
    at = opened(app, lang, first)
    at.button(key=f"archive_{first}").click().run()
    assert "Ромашка" not in names(sound(at))
    assert [one.label for one in at.expander] == [speech(lang)("archive.title", n=1)]
    at.session_state["archive_box"] = True
    at.run()
    at.button(key=f"restore_{first}").click().run()
    assert {"Ромашка", "Василёк"} <= set(names(sound(at)))
    assert {one.id for one in store.projects()} == {first, second}
    assert not at.expander


def test_the_last_company_put_away_can_come_back(app: App, store: Store) -> None:
    project = store.create_project("Ромашка").id
    at = opened(app, "ru", project)
    at.button(key=f"archive_{project}").click().run()
    assert sound(at).subheader[0].value == speech("ru")("start.empty")
    at.session_state["archive_box"] = True
    at.run()
    at.button(key=f"restore_{project}").click().run()
    assert "Ромашка" in names(sound(at))


def test_a_name_taken_since_keeps_a_company_in_the_archive(app: App, store: Store) -> None:
    project = store.create_project("Ромашка").id
    store.archive_project(project)
    at = sound(app("ru", START))
    at.session_state["archive_box"] = True
    at.run()
    store.create_project("Ромашка")
    at.button(key=f"restore_{project}").click().run()
    assert "уже занято" in sound(at).error[0].value
    assert [one.id for one in store.projects(archived=True)] == [project]


def test_who_may_not_manage_sees_no_menu(app: App, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    project = store.create_project("Ромашка").id
    monkeypatch.setattr(Store, "may", lambda self, _, action: action != "manage")
    at = opened(app, "ru", project)
    assert not [one for one in at.button if one.key and one.key.startswith("archive_")]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_empty_store_shows_what_comes_out(app: App, lang: str) -> None:
    at = sound(app(lang, START))
    result = segment(client_table(read_sales(SAMPLE)))
    assert len(at.get("plotly_chart")) == 1
    lost = speech(lang).percent(result.whale.peak - 1)
    assert any(str(result.whale.peak_at) in one.value and lost in one.value for one in at.markdown), "the finding of the picture"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_card_tells_the_agreed_shares_and_when_it_was_opened(sample: App, store: Store, lang: str) -> None:  # noqa: F811
    say = speech(lang)
    at = sound(sample(lang, START))
    assert say("start.card.no_criteria") in [one.value for one in at.caption]
    project = store.projects()[0]
    clients = client_table(store.load_sales(project.data.id))  # type: ignore[union-attr]
    result = segment(clients)
    text, table = agreement_of(result)
    version = store.save_version(project.id, "Первая", text, fingerprint=clients.fingerprint, classes=table)
    store.approve_version(version.id, owner="Иван", expected_revision=version.revision)
    captions = [one.value for one in sound(at.run()).caption]
    shares = {code.lower(): say.percent(result.summary.loc[code, "clients_share"]) for code in ("A", "B", "C")}
    assert screen_speech(lang)("start.card.shares", **shares) in captions
    assert screen_speech(lang)("start.card.opened", day=project.opened_at.date()) in captions
