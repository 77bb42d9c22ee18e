"""The made-up company: its known rollout is found with an honest interval; the same company without an effect says so."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

import sample_data
from sample_data.make_sample import make
from sbyt_core.results.evidence.evidence import measure_effect
from sbyt_core.results.findings import Findings
from sbyt_core.results.model import Effect, Rollout, Settings
from sbyt_core.results.outcome import outcome
from sbyt_core.sales.model import SalesData
from sbyt_core.sales.read import read_sales
from sbyt_core.texts import speech

FOLDER = Path(sample_data.__file__).parent
TRUTH = json.loads((FOLDER / "truth.json").read_text(encoding="utf-8"))
ROLLOUTS = [Rollout(unit, date.fromisoformat(TRUTH["rollout"])) for unit in TRUTH["treated"]]


@pytest.fixture(scope="module")
def sales() -> SalesData:
    return read_sales(FOLDER / "sales.xlsx")


@pytest.fixture(scope="module")
def idle(tmp_path_factory: pytest.TempPathFactory) -> SalesData:
    folder = tmp_path_factory.mktemp("idle")
    make(folder, effect=0)
    return read_sales(folder / "sales.xlsx")


def told(sales: SalesData, measure: str = "revenue") -> Effect:
    return measure_effect(sales, ROLLOUTS, Settings(measure=measure, assigned=TRUTH["assigned"], resources=TRUTH["resources"]))


@pytest.mark.parametrize("measure", ["revenue", "profit"])
def test_the_known_effect_is_confirmed_and_inside_its_interval(sales: SalesData, measure: str) -> None:
    found = told(sales, measure)
    assert (found.rung, found.verdict) == ("L3", "confirmed")
    assert found.low is not None
    assert found.high is not None
    assert 0 < found.low < TRUTH["effect_realised"] < found.high


def test_the_money_is_near_what_the_rollout_brought(sales: SalesData) -> None:
    found = told(sales)
    assert found.money_low < TRUTH["money"] < found.money_high  # type: ignore[operator]
    assert found.money == pytest.approx(TRUTH["money"], rel=0.05)


def test_the_figures_of_the_readme_are_those_of_the_program(sales: SalesData) -> None:
    """sample_data/README.md, worked out apart by tests/sample/method.py: +12.4 % [8.3, 16.6]."""
    found = told(sales)
    figures = f"+{100 * found.effect:.1f} % [{100 * found.low:.1f}, {100 * found.high:.1f}]"  # type: ignore[operator]
    assert figures in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_the_naive_pictures_promise_too_much(sales: SalesData) -> None:
    """Season and prices grow by themselves: before/after and year on year show about twice or three times what was put in."""
    found = told(sales)
    assert found.estimate("L0").effect > 2 * TRUTH["effect_realised"]  # type: ignore[union-attr, operator]
    assert found.estimate("L1").effect > 1.5 * TRUTH["effect_realised"]  # type: ignore[union-attr, operator]


def test_without_an_effect_none_is_shown(idle: SalesData) -> None:
    for measure in ("revenue", "profit"):
        found = told(idle, measure)
        assert found.rung == "L3"
        assert found.verdict in ("not_shown", "unknown")
        assert found.low < 0 < found.high  # type: ignore[operator]
    assert told(idle).verdict == "not_shown"


@pytest.mark.parametrize(("lang", "sentence"), [("ru", "Эффект внедрения не виден"), ("en", "No effect of the rollout can be seen")])
def test_without_an_effect_page_and_report_say_so(idle: SalesData, lang: str, sentence: str) -> None:
    found = outcome(idle, rollout=ROLLOUTS[0].date, effect=told(idle))
    said = Findings(found, speech(lang))
    assert said.verdict().startswith(sentence)
    assert float(found.figure("revenue")["change"]) > 0.05, "though sales rose"


def test_branches_are_too_few(sales: SalesData) -> None:
    found = measure_effect(sales, [Rollout("Пермь", date(2025, 7, 1))], Settings(units="branch"))
    assert (found.rung, found.verdict) == ("L2", "unknown")
    assert "by_managers" in {advice.code for advice in found.advice}
