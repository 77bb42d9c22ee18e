"""The METHOD for users tells of the card what the program does: states, limits, who follows whom, the worked share."""

from __future__ import annotations

import pytest

from sbyt_core.cards import Card, Change, Step, typical_share
from sbyt_core.cards.life import STATES
from sbyt_core.cards.model import FOLLOWS
from sbyt_core.cards.step import MINUTES
from sbyt_core.texts import speech
from tests.docs.reading import METHODS, section, table

LANGS = ("en", "ru")
TITLES = {"en": "12. Technology card", "ru": "12. Технологическая карта"}
FIRST = {"en": "state of a version", "ru": "состояние версии"}


@pytest.mark.parametrize("lang", LANGS)
def test_every_state_of_a_version_in_its_order(lang: str) -> None:
    say = speech(lang)
    told = [row[0] for row in table(section(METHODS[lang], TITLES[lang]), FIRST[lang])]
    assert told == [say(f"card.state.{state}") for state in ("draft", *STATES)]


@pytest.mark.parametrize("lang", LANGS)
def test_limits_and_the_worked_share(lang: str) -> None:
    part = section(METHODS[lang], TITLES[lang])
    mark = "," if lang == "ru" else "."
    low, high = MINUTES
    assert f"{low}".replace(".", mark) in part
    assert f"{high:.0f}" in part
    typical, own = Step("s1", "а", norm_minutes=4.0), Step("s2", "б", norm_minutes=8.0, typical=False)
    card = Card("", (typical, own), {"C": (Change("s2", dropped=True),)})
    share = typical_share(card, {"A": 2, "C": 6})
    assert f"{100 * share:.1f} %".replace(".", mark) in part  # type: ignore[operator]


def test_who_follows_whom() -> None:
    assert FOLLOWS == {"late": "A", "promising": "B", "service_drain": "C", "loss_making": "C"}
