"""Bases at the edge on the segments page: whatever a company brings, the page says a clear sentence and lives on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sbyt_core.sales.read import read_sales_bytes
from sbyt_core.store import Store
from sbyt_core.texts import LANGUAGES, speech
from sbyt_core.ui.segments.evidence import QUESTIONS
from sbyt_core.ui.segments.pictures import PICTURES
from tests.pages.test_pages import CYRILLIC

App = Callable[..., AppTest]
MONTHS = [f"{year}-{month:02d}-15" for year in (2024, 2025) for month in range(1, 13)]
HEADER = ("Дата", "Контрагент", "Документ", "Выручка", "Прибыль")


def base(profits: Sequence[float], *, months: Sequence[Sequence[str]] | None = None, without: Sequence[str] = ()) -> bytes:
    """A file of sales: every client buys in its months, in all of them by default, for ten times the greatest of its profit."""
    rows = [HEADER]
    for number, profit in enumerate(profits):
        for day in months[number] if months else MONTHS:
            rows.append((day, f"Client {number:03d}", f"{number}-{day}", str(10 * abs(profit) + 100), str(profit)))
    kept = [place for place, name in enumerate(HEADER) if name not in without]
    return "\n".join(";".join(row[place] for place in kept) for row in rows).encode()


# name → file, code of a text that has to be on the page (with figures for its gaps), clients in A, B and C (None: nobody is classed)
BASES: dict[str, tuple[bytes, str, dict[str, object], tuple[int, int, int] | None]] = {
    "one client": (base([5.0]), "warning.too_few_for_guards", {"n": 1}, (1, 0, 0)),
    "three": (base([30.0, 20.0, 10.0]), "warning.too_few_for_guards", {"n": 3}, (2, 1, 0)),
    "all equal": (base([5.0] * 8), "finding.no_a", {"n": 8, "measure": "measure.profit.of"}, (0, 0, 8)),
    "all at a loss": (base([-5.0, -3.0, -1.0, -2.0, -8.0]), "error.no_positive_value", {}, None),
    "total zero": (base([50.0, 20.0, -40.0, -30.0]), "chart.whale.in_money", {"total": "0\xa0₽"}, (1, 1, 2)),
    "first 96 %": (base([960.0, *[1.0] * 40]), "warning.concentration", {"value": "Client 000"}, (1, 0, 40)),
    "199 of 200 bought once": (
        base([50.0, *[1.0] * 199], months=[MONTHS, *[[MONTHS[18]]] * 199]),
        "warning.frequency_not_informative",
        {"n": 199},
        (1, 0, 199),
    ),
    "no profit": (base([9.0, 7.0, 5.0, 3.0, 1.0], without=("Прибыль",)), "measure_why.no_profit", {}, (1, 1, 3)),
    "no dates": (base([90.0, 40.0, 20.0, 10.0, 5.0], without=("Дата",)), "period.none", {}, (1, 1, 3)),
}


@pytest.fixture
def company(home: Path, app: App) -> App:
    """A function that opens the segments of a company with this file."""

    def opened(lang: str, content: bytes) -> AppTest:
        sales = read_sales_bytes(content, name="sales.csv")
        store = Store(home=home)
        project = store.create_project("Company")
        store.add_dataset(project.id, sales, content, shape=sales.report.shape)
        store.close()
        return app(lang, "pages/2_segments.py")

    return opened


def words(at: AppTest) -> str:
    """All that the page says, without the marks of Markdown."""
    said = [element.value for kind in (at.subheader, at.caption, at.markdown, at.error, at.info, at.warning) for element in kind]
    return "\n".join(said).replace("\\", "")


def filled(lang: str, code: str, params: dict[str, object]) -> str:
    """The text of a code; a parameter that is a code itself stands as its text."""
    say = speech(lang)
    return say(code, **{name: say(value) if isinstance(value, str) and say.has(value) else value for name, value in params.items()})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", BASES)
def test_the_page_says_what_it_sees_and_lives_on(company: App, name: str, lang: str) -> None:
    content, code, params, counts = BASES[name]
    at = company(lang, content)
    assert not at.exception
    said = words(at)
    assert filled(lang, code, params) in said
    if lang == "en":
        assert not CYRILLIC.search(said)
    if counts is None:
        assert len(at.error) == 1
        assert filled(lang, f"{code}.hint", params) in said
    else:
        assert not at.error
        for count in counts:
            assert speech(lang)("words.clients", n=count) in said
    assert at.slider(key="criteria_cuts").value == (70, 90)  # the hand can go on


def test_a_loss_is_no_dead_end(company: App) -> None:
    at = company("ru", BASES["all at a loss"][0])
    at.segmented_control(key="criteria_measure").set_value("revenue").run()
    assert not at.error
    assert speech("ru")("measure.revenue.of") in at.subheader[0].value
    at.button(key="undo").click().run()
    assert len(at.error) == 1


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", [name for name, (_, _, _, counts) in BASES.items() if counts])
def test_every_picture_and_question_answers_or_says_why_not(company: App, name: str, lang: str) -> None:
    at = company(lang, BASES[name][0])
    for picture in PICTURES:
        at.segmented_control(key="picture").set_value(picture).run()
        assert not at.exception
    for question in QUESTIONS:
        at.segmented_control(key="evidence").set_value(question).run()
        at.button(key="run_discovery_A" if question == "discovery" else f"run_{question}").click().run()
        assert not at.exception
        assert not [fault for fault in at.error if speech(lang)("error.internal") in fault.value]
