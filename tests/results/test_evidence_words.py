"""Every code of the evidence has its sentence in both languages, with its figures filled in."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from sbyt_core.results.evidence import evidence
from sbyt_core.results.evidence.evidence import effect_on
from sbyt_core.results.evidence.words import about_rung, advice_text, check_text, check_title, reason_text, reasons, signed
from sbyt_core.results.model import RUNGS, Advice, Check, Effect, Rollout, Settings
from sbyt_core.texts import LANGUAGES, speech
from tests.results.panels import noisy, panel_of, with_effect
from tests.texts.test_catalogues import TEXTS

ROOM = Path(evidence.__file__).parent


def effects() -> list[Effect]:
    """One of each rung, and with every doubt."""
    plain = panel_of(with_effect(noisy(36, 12, seed=5), range(6), 30, 0.12))
    wild = panel_of(noisy(36, 12, seed=5, noise=0.4))
    many = panel_of(with_effect(noisy(36, 24, seed=2, noise=0.02), [0], 30, 0.5))
    gone = with_effect(noisy(36, 12, seed=5), range(6), 24, 0.3)
    gone[30:, 3] = 0
    short = panel_of(noisy(14, 5, seed=1))

    def of(panel, units, row=30, settings=None):
        return effect_on(panel, [Rollout(panel.units[u], panel.months[row]) for u in units], settings or Settings())

    changed = Settings(assigned="chosen", resources="changed", target=0.01)
    return [
        of(plain, range(6)),
        of(plain, range(6), settings=changed),
        of(plain, range(2)),
        of(plain, range(1)),
        of(plain, range(12)),
        of(wild, range(6)),
        of(wild, range(12)),
        of(many, range(1)),
        of(panel_of(gone), range(6)),
        of(short, range(5), 11),
        of(short, range(2), 5),
    ]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_sentence_of_every_kind_of_effect(lang: str) -> None:
    say = speech(lang)
    for found in effects():
        lines = [*reasons(say, found), *(reason_text(say, code) for one in found.ladder for code in one.reasons)]
        lines += [text for check in found.checks for text in (check_title(say, check), check_text(say, check))]
        lines += [advice_text(say, advice) for advice in found.advice]
        lines += [about_rung(say, rung) for rung in RUNGS]
        assert all(line and "{" not in line and "nan" not in line for line in lines)
        assert found.reasons


def codes(kind: str) -> set[str]:
    """First arguments of every Check(...) or Advice(...) that the room writes out."""
    found = set()
    for path in ROOM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == kind and node.args and isinstance(node.args[0], ast.Constant):
                found.add(node.args[0].value)
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_check_and_advice_of_the_room_has_its_words(lang: str) -> None:
    assert len(codes("Check")) >= 10
    for code in codes("Check"):
        assert {f"evidence.check.{code}{part}" for part in ("", ".passed", ".failed", ".unknown")} <= set(TEXTS[lang]), code
        if code != "permutation":
            assert f"evidence.reason.{code}" in TEXTS[lang]
    for code in codes("Advice"):
        assert f"evidence.advice.{code}" in TEXTS[lang], code


def test_figures_are_written_as_people_write_them() -> None:
    russian, english = speech("ru"), speech("en")
    assert signed(russian, 0.1239) == "+12,4\u00a0%"
    assert signed(english, -0.05) == "−5.0%"
    assert "p = < 0,01" not in check_text(russian, Check("placebo_6", False, {"p": 0.001, "effect": 0.2}))
    assert "10\u00a0%" in advice_text(russian, Advice("units", {"units": 8, "target": 0.1, "months": 6}))
