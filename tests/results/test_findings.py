"""Sentences of the results: each verdict, with an interval and without one, in both languages; and a price index as people keep it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest

from sbyt_core.errors import BadFile
from sbyt_core.results.evidence.ladder_words import cleared, compared_text, doubts, estimate_text, rung_name, why_text
from sbyt_core.results.findings import Findings
from sbyt_core.results.kpis import Beside
from sbyt_core.results.model import RUNGS, VERDICTS, Check, Effect, Estimate, Settings
from sbyt_core.results.outcome import Outcome, outcome
from sbyt_core.results.sources.price_file import prices_of
from sbyt_core.sales.apart.reading import reading_service
from sbyt_core.sales.period import Period
from sbyt_core.texts import LANGUAGES, speech
from tests.clients.making import day, sales_data

CYRILLIC = re.compile("[А-Яа-яЁё]")


@pytest.fixture(scope="module")
def alone() -> Outcome:
    days = [*pd.date_range("2023-01-31", periods=36, freq="ME")]
    rows = [
        {
            "date": one,
            "client_key": f"c{i}",
            "document": f"{one:%y%m}{i}",
            "item": "X",
            "quantity": 1.0,
            "revenue": 100.0 + n,
            "profit": 20.0 - i,
        }
        for n, one in enumerate(days)
        for i in range(6)
    ]
    return outcome(sales_data(rows), rollout=day("2025-07-01"), measure="profit")


def effect(verdict: str = "confirmed", low: float | None = 0.02, high: float | None = 0.25, rung: str = "L3") -> Effect:
    ladder = tuple(
        Estimate(one, 0.12, reasons=() if one == rung else (f"{one}_is_weaker",) if one != "L3" else ("no_control",)) for one in RUNGS
    )
    return Effect(
        rung=rung,
        verdict=verdict,
        effect=0.12,
        low=low,
        high=high,
        money=1000.0,
        money_low=low and 200.0,
        money_high=high and 2000.0,
        units_treated=6,
        units_control=6 if rung == "L3" else 0,
        smallest_visible=0.1,
        checks=(Check("assigned", True), Check("resources", None), Check("permutation", False, {"p": 0.2, "ways": 462})),
        reasons=("leaves_out_zero",),
        settings=Settings(measure="profit"),
        before=day_period("2023-07-01", "2025-06-30"),
        after=day_period("2025-07-01", "2025-12-31"),
        ladder=ladder,
    )


def day_period(start: str, end: str) -> Period:
    return Period(day(start), day(end))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("verdict", VERDICTS)
@pytest.mark.parametrize("interval", [(0.02, 0.25), (None, None), (-0.25, -0.02)])
def test_every_verdict_has_its_sentence(alone: Outcome, verdict: str, interval: tuple, lang: str) -> None:
    said = Findings(replace(alone, effect=effect(verdict, *interval)), speech(lang))
    text = said.verdict()
    assert "{" not in text
    assert speech(lang)("measure.profit") in text.lower()
    if interval[0] is not None:
        assert said.signed(interval[0]) in text
    if lang == "en":
        assert not CYRILLIC.search(text)


def test_only_a_confirmed_effect_is_said_to_have_worked(alone: Outcome) -> None:
    texts = {verdict: Findings(replace(alone, effect=effect(verdict)), speech("en")).verdict() for verdict in VERDICTS}
    assert [verdict for verdict, text in texts.items() if "worked" in text] == ["confirmed"]


def test_nothing_known_is_said(alone: Outcome) -> None:
    nothing = replace(effect("unknown", None, None), effect=None, money=None)
    said = Findings(replace(alone, effect=nothing), speech("en"))
    assert "Nothing can be said" in said.verdict()
    assert said.money_of_effect() == ""


def test_a_loss_before_the_start_has_no_per_cent_and_says_so(alone: Outcome) -> None:
    loss = replace(effect("unknown", None, None, rung="L0"), effect=None, reasons=("only_L0", "not_positive"))
    assert "profit before the start was not above zero" in Findings(replace(alone, effect=loss), speech("en")).verdict()


def test_resources_that_somebody_said_are_told_as_said(alone: Outcome) -> None:
    told = effect()
    said = replace(alone, effect=replace(told, settings=replace(told.settings, resources="same")))
    assert "as told, without figures" in Findings(said, speech("en")).resources()


def test_without_a_rollout_it_is_a_comparison(alone: Outcome) -> None:
    assert "not the result of a rollout" in Findings(alone, speech("en")).verdict()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("rung", RUNGS)
def test_every_rung_has_its_words(rung: str, lang: str) -> None:
    found, say = effect(rung=rung), speech(lang)
    assert say(f"rung.{rung}.label")
    reached = [why_text(say, found, one) for one in found.ladder if one.rung == rung]
    assert reached == [say("ladder.reached")]
    for one in found.ladder:
        assert rung_name(say, one.rung).startswith(one.rung)
        assert why_text(say, found, one)
        assert "%" in estimate_text(say, one)
    assert compared_text(say, found)
    assert len(doubts(say, found)) == 2
    assert len(cleared(say, found)) == 1


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        (Beside(), Beside(), "was not said"),
        (Beside(hours=10), Beside(hours=10), "are the same"),
        (Beside(headcount=5), Beside(headcount=6), "Resources changed: managers"),
    ],
)
def test_people_and_hours(alone: Outcome, before: Beside, after: Beside, text: str) -> None:
    board = alone.board.set_index("code")
    for code in ("hours", "headcount", "payroll"):
        for column, side in (("before", before), ("after", after)):
            value = getattr(side, code)
            board.loc[code, column] = float("nan") if value is None else value
    changed = replace(alone, beside=(before, after), board=board.reset_index())
    assert text in Findings(changed, speech("en")).resources()


def test_a_price_index_with_and_without_headers() -> None:
    for content in ("Месяц;Индекс\n01.2025;100\n02.2025;104,5\n", "2025-01;100\n2025-02;104.5\n"):
        table = reading_service().read_table(content.encode())
        assert prices_of(table).levels == ((date(2025, 1, 1), 100.0), (date(2025, 2, 1), 104.5))


def test_a_price_index_that_is_none() -> None:
    with pytest.raises(BadFile) as fault:
        prices_of(reading_service().read_table("Месяц;Индекс\n01.2025;много\n".encode()))
    assert (fault.value.code, fault.value.params["row"]) == ("price_row", 2)
