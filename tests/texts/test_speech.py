"""Numbers, money, shares, dates and plurals as each language writes them (expected strings typed by hand)."""

from __future__ import annotations

from datetime import date

import pytest

from sbyt_core.texts import speech

NBSP = "\u00a0"


@pytest.mark.parametrize(
    ("lang", "value", "digits", "shown"),
    [
        ("ru", 1234567.891, 2, f"1{NBSP}234{NBSP}567,89"),
        ("en", 1234567.891, 2, "1,234,567.89"),
        ("ru", -0.4, 0, "0"),
        ("ru", -1234.5, 1, f"−1{NBSP}234,5"),
        ("ru", None, 0, "–"),
        ("en", float("nan"), 0, "–"),
    ],
)
def test_numbers(lang: str, value: float | None, digits: int, shown: str) -> None:
    assert speech(lang).num(value, digits) == shown


def test_money_and_shares() -> None:
    assert speech("ru").money(18364520) == f"18{NBSP}364{NBSP}520{NBSP}₽"
    assert speech("en").money(-5, "USD") == "−$5"
    assert speech("en").money(5, "RUB") == f"5{NBSP}₽"
    assert speech("ru").percent(0.255, 1) == f"25,5{NBSP}%"
    assert speech("en").percent(0.25) == "25%"


def test_dates() -> None:
    day = date(2025, 1, 9)
    assert speech("ru").date(day) == "09.01.2025"
    assert speech("en").date(day) == "9 Jan 2025"
    assert speech("ru").month(day, short=False) == "январь 2025"
    assert speech("en").month(day) == "Jan 2025"


@pytest.mark.parametrize(
    ("n", "shown"),
    [
        (1, "1 клиент"),
        (2, "2 клиента"),
        (5, "5 клиентов"),
        (11, "11 клиентов"),
        (21, "21 клиент"),
        (112, "112 клиентов"),
        (104, "104 клиента"),
    ],
)
def test_russian_plurals(n: int, shown: str) -> None:
    assert speech("ru")("words.clients", n=n) == shown


def test_an_unknown_code_is_a_fault_of_the_program() -> None:
    with pytest.raises(KeyError):
        speech("ru")("no.such.code")
