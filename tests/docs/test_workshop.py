"""The guides of the workshop name the labels that stand on the screen, every page, and the same in both languages."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest

from sbyt_core.ui.navigation import STAGES
from tests.docs.reading import ROOT, WORKSHOPS, shown, text

LANGS = ("en", "ru")


def codes_of(label: str, lang: str) -> set[str]:
    """Codes whose text is this label."""
    return {code for code, forms in shown(lang).items() if label in forms}


def labels(lang: str) -> list[str]:
    return re.findall(r"\*\*(.+?)\*\*", text(WORKSHOPS[lang]))


@pytest.mark.parametrize("lang", LANGS)
def test_every_label_in_bold_stands_on_the_screen(lang: str) -> None:
    assert len(labels(lang)) > 20
    missing = [label for label in labels(lang) if not codes_of(label, lang)]
    assert not missing


def test_both_languages_lead_over_the_same_labels() -> None:
    russian, english = ({code for label in labels(lang) for code in codes_of(label, lang)} for lang in ("ru", "en"))
    for lang, other in (("ru", english), ("en", russian)):
        for label in labels(lang):
            assert codes_of(label, lang) & other, label


@pytest.mark.parametrize("lang", LANGS)
def test_every_page_has_its_part(lang: str) -> None:
    for stage in STAGES:
        assert shown(lang)[f"page.{stage.code}"][0] in text(WORKSHOPS[lang]), stage.code


def test_the_pages_are_those_of_the_folder() -> None:
    assert {Path(stage.file).name for stage in STAGES} == {path.name for path in (ROOT / "pages").glob("*.py")}


def test_both_languages_have_the_same_steps() -> None:
    shapes = {
        lang: [re.match(r"#+|\||\d+\.|-", line)[0] for line in text(path).splitlines() if re.match(r"#+ |\||\d+\. |- ", line)]  # type: ignore[index]
        for lang, path in WORKSHOPS.items()
    }
    assert shapes["en"] == shapes["ru"]


@pytest.mark.parametrize("lang", LANGS)
def test_the_hours_go_on_without_a_gap(lang: str) -> None:
    times = re.findall(r"^## (\d:\d\d)–(\d:\d\d)", text(WORKSHOPS[lang]), re.M)
    assert times[0][0] == "0:00"
    assert times[-1][1] == "2:00"
    assert all(end == start for (_, end), (start, _) in pairwise(times))
