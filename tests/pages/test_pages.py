"""Every page in both languages: empty, with the sample, and with files that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.texts import LANGUAGES, speech

PAGES = (
    "pages/0_start.py",
    "pages/1_data.py",
    "pages/2_segments.py",
    "pages/3_strategies.py",
    "pages/4_card.py",
    "pages/5_practice.py",
    "pages/6_committee.py",
    "pages/7_results.py",
)
CYRILLIC = re.compile("[А-Яа-яЁё]")
CASES = Path(__file__).resolve().parents[1] / "cases"
App = Callable[..., AppTest]


def sound(at: AppTest) -> AppTest:
    """A run that ended as it should."""
    assert not at.exception
    assert not [e for e in at.error if "внутренн" in e.value or "internal" in e.value.lower()]
    return at


@pytest.fixture
def sample(app: App) -> App:
    """The app with the sample opened by its button."""

    def opened(lang: str = "ru", page: str | None = None) -> AppTest:
        at = sound(app(lang))
        if at.button(key="open_sample"):
            at.button(key="open_sample").click().run()
        if page:
            at.switch_page(page).run()
        return sound(at)

    return opened


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_an_empty_page_says_what_to_do_and_offers_the_sample(app: App, page: str, lang: str) -> None:
    at = sound(app(lang, page))
    assert speech(lang)("start.sample.action") in [button.label for button in at.button]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_shows_the_sample_in_the_language(sample: App, page: str, lang: str) -> None:
    at = sample(lang, page)
    assert at.subheader
    if lang == "en":
        ours = "\n".join(e.label for e in at.metric) + "\n".join(b.label for b in at.button)
        assert not CYRILLIC.search(ours)


def test_one_click_opens_the_sample_on_its_segments(app: App) -> None:
    at = app()
    at.button(key="open_sample").click().run()
    sound(at)
    assert any("клиентов A из" in finding.value for finding in at.subheader)
    assert len(at.metric) == 4


def test_a_moved_cut_moves_classes_and_undo_moves_them_back(sample: App) -> None:
    at = sample("ru", "pages/2_segments.py")
    before = at.subheader[0].value
    at.slider(key="criteria_cuts").set_value((45, 90)).run()
    assert sound(at).subheader[0].value != before
    at.button(key="undo").click().run()
    assert sound(at).subheader[0].value == before
    assert at.slider(key="criteria_cuts").value == (70, 90)
    at.button(key="redo").click().run()
    assert at.slider(key="criteria_cuts").value == (45, 90)


def test_a_slider_under_the_hand_is_not_thrown_back(sample: App) -> None:
    at = sample("ru", "pages/2_segments.py")
    at.slider(key="criteria_cuts").set_value((60, 90)).run()
    assert not at.slider(key="criteria_cuts").proto.set_value, "the browser keeps what the hand has reached meanwhile"
    at.button(key="undo").click().run()
    assert at.slider(key="criteria_cuts").proto.set_value, "an undo moves the slider"


def test_criteria_outlive_the_session(sample: App, app: App) -> None:
    at = sample("ru", "pages/2_segments.py")
    at.slider(key="criteria_cuts").set_value((50, 80)).run()
    again = sound(app("ru", "pages/2_segments.py"))
    assert again.slider(key="criteria_cuts").value == (50, 80)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("c020_pdf_renamed.xlsx", "not_a_table_file"),
        ("c019_zero_bytes.xlsx", "empty_file"),
        ("c023_password.xlsx", "password_protected"),
        ("c015_far_cell_bomb.xlsx", "no_table_found"),
    ],
)
def test_a_wrong_file_is_told_in_the_language_and_the_page_lives_on(app: App, lang: str, name: str, code: str) -> None:
    at = app(lang, "pages/1_data.py")
    at.file_uploader[0].upload(name, (CASES / name).read_bytes(), "application/octet-stream").run()
    sound(at)
    assert len(at.error) == 1
    assert speech(lang)(f"error.{code}.hint")[:25] in at.error[0].value.replace("\\", "")
    assert at.file_uploader


def test_an_own_file_becomes_a_company(app: App) -> None:
    at = app("ru", "pages/1_data.py")
    name = "c001_control_plain.xlsx"
    at.file_uploader[0].upload(name, (CASES / name).read_bytes(), "application/octet-stream").run()
    sound(at)
    assert any("835" in finding.value for finding in at.subheader)


def test_the_sample_is_read_once(sample: App) -> None:
    at = sample()
    at.switch_page("pages/0_start.py").run()
    at.button(key="open_sample").click().run()
    sound(at)
    at.switch_page("pages/0_start.py").run()
    assert len([b for b in at.button if b.key and b.key.startswith("open_") and b.key not in ("open_sample", "open_kept")]) == 1
