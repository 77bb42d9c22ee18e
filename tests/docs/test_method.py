"""The method for users, in both languages, says what the program computes: worked numbers, rules, states, defaults."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from sbyt_core.segments import PRESETS, Criteria, passport, segment
from sbyt_core.segments.model import RULES, STATES, TAGS
from sbyt_core.strategies import KINDS, StrategyBook
from tests.docs.reading import METHODS, code, section, shown, table, tables, text
from tests.segments.making import PLAIN, table_of

EIGHT = [500, 300, 150, 100, 50, 0, -20, -80]  # METHOD §3, by hand there
AT_80_95 = replace(PLAIN, cut_a=0.80, cut_b=0.95, guards="enforce")
LANGS = ("en", "ru")
RULES_TITLE = {"en": "3. Rules, in this order", "ru": "3. Правила по порядку"}
STATES_TITLE = {"en": "5. States and tags", "ru": "5. Состояния и отметки"}
STRATEGIES_TITLE = {"en": "7. Strategies and hours", "ru": "7. Стратегии и часы"}
FRACTIONS = {"en": "0.", "ru": "0,"}
CONTACTS = {"2": 2.0, "1,5": 1.5, "1.5": 1.5, "1": 1.0}
PERIODS = {"a month": 1, "в месяц": 1, "a quarter": 3, "в квартал": 3, "in two months": 2, "в два месяца": 2}


def number(figure: float, digits: int, lang: str) -> str:
    return f"{figure:.{digits}f}".replace(".", FRACTIONS[lang][1])


@pytest.mark.parametrize("lang", LANGS)
def test_the_base_of_eight(lang: str) -> None:
    before = segment(table_of(EIGHT), replace(AT_80_95, guards="off")).frame
    after = segment(table_of(EIGHT), AT_80_95)
    rows = table(section(METHODS[lang], RULES_TITLE[lang]), {"en": "value", "ru": "вклад"}[lang])
    for place, (value, share, raw, guarded) in enumerate(rows[:5]):
        assert float(value) == before["value"][place]
        assert float(share.removesuffix(" %").replace(",", ".")) == pytest.approx(100 * before["share_before"][place], abs=5e-5)
        assert raw == before["segment"][place]
        assert guarded[0] == after.frame["segment"][place]
    assert set(after.frame["segment"][5:]) == {"C"}
    held = after.summary.loc["A"]
    assert number(100 * held["base_share"], 1, lang) == "72.7".replace(".", FRACTIONS[lang][1])
    assert held["value"] / sum(EIGHT) == pytest.approx(0.80)
    assert number(100 * held["base_share"], 1, lang) + " %" in text(METHODS[lang])


@pytest.mark.parametrize("lang", LANGS)
def test_passports_of_the_eight(lang: str) -> None:
    result = segment(table_of(EIGHT), AT_80_95)
    third, fifth = passport(result, "c02"), passport(result, "c04")
    for figure in (third.to_next_up, third.may_fall, fifth.to_next_up):
        assert number(figure, 2, lang) in text(METHODS[lang])  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGS)
def test_the_ten(lang: str) -> None:
    result = segment(table_of(range(100, 0, -10)), Criteria(regularity=False))
    raw = segment(table_of(range(100, 0, -10)), PLAIN).frame["segment"]
    assert " ".join(raw) in text(METHODS[lang])
    assert " ".join(result.frame["segment"]) in text(METHODS[lang])
    assert number(100 * result.summary.loc["A", "base_share"], 1, lang) in text(METHODS[lang])
    assert "no_group_holds_main_profit" in [problem.code for problem in result.problems]


@pytest.mark.parametrize("lang", LANGS)
def test_the_whale_of_the_eight(lang: str) -> None:
    whale = segment(table_of(EIGHT), AT_80_95).whale
    assert ", ".join(f"{100 * y:.0f}" for y in whale.y) + " %" in text(METHODS[lang])
    assert whale.peak_at == 5


@pytest.mark.parametrize("lang", LANGS)
def test_every_rule_in_its_order(lang: str) -> None:
    named = [name for row in table(section(METHODS[lang], RULES_TITLE[lang]), {"en": "#", "ru": "№"}[lang]) for name in code(row[2])]
    assert named == list(RULES)


@pytest.mark.parametrize("lang", LANGS)
def test_every_state_in_its_order_and_every_tag(lang: str) -> None:
    part = section(METHODS[lang], STATES_TITLE[lang])
    states, tags = ([row[0] for row in rows[1:]] for rows in tables(part))
    assert states == [shown(lang)[f"state.{code}"][0] for code in STATES]
    assert tags == [shown(lang)[f"tag.{code}"][0] for code in TAGS]


@pytest.mark.parametrize("lang", LANGS)
def test_defaults_of_the_service_standards(lang: str) -> None:
    rows = table(section(METHODS[lang], STRATEGIES_TITLE[lang]), {"en": "standard", "ru": "стандарт"}[lang])
    order = ("A", "B", "C", "late", "service_drain", "loss_making", "promising", "new")
    assert set(order) == set(KINDS)
    for kind, (_, contacts, minutes, channels, answer, credit, discount) in zip(order, rows, strict=True):
        standard = StrategyBook.default()[kind]
        count, _, period = contacts.partition(" ")
        assert CONTACTS[count] / PERIODS[period] == pytest.approx(standard.contacts_per_month)
        assert float(minutes) == standard.minutes_per_contact
        assert channels == ", ".join(shown(lang)[f"channel.{code}"][0] for code in standard.channels)
        assert float(answer.split()[0]) == standard.answer_hours
        assert float(credit.split()[0]) == standard.terms.credit_days
        assert float(discount.split()[0]) / 100 == standard.terms.discount_limit


@pytest.mark.parametrize("lang", LANGS)
def test_hours_of_sixty_clients(lang: str) -> None:
    book = StrategyBook.default()
    # METHOD: ten A, twenty B, thirty C; 900 + 600 + 150 minutes by hand
    hours = sum(n * book[kind].hours_per_month for kind, n in (("A", 10), ("B", 20), ("C", 30)))
    assert hours == pytest.approx(27.5)
    assert number(hours, 1, lang) in section(METHODS[lang], STRATEGIES_TITLE[lang])


def test_default_figures_of_the_rules_are_those_of_the_criteria() -> None:
    criteria = PRESETS["70/90"]
    rules = section(METHODS["en"], RULES_TITLE["en"])
    for figure in (
        f"{criteria.cut_a:.0%} / {criteria.cut_b:.0%}".replace("%", "").replace("  ", " "),
        f"{criteria.guard_a:.0%}".replace("%", " %"),
        f"{criteria.guard_c:.0%}".replace("%", " %"),
        f"{criteria.newcomer_months} months",
        f"score of {criteria.trouble_limit}",
        f"growth above {criteria.promise_growth}",
    ):
        assert figure in rules, figure


def test_both_languages_have_the_same_parts() -> None:
    shapes = {lang: [line.split()[0] for line in text(path).splitlines() if re.match("#|[|]", line)] for lang, path in METHODS.items()}
    assert shapes["en"] == shapes["ru"]
