"""Identity of clients: codes join spellings, names are only compared."""

from __future__ import annotations

import pandas as pd
import pytest

from sbyt_core.sales.identity.names import core_name, identify_clients, similar_clients

SPELLINGS = [
    "ООО «Ромашка-Т»", "Ромашка-Т ООО", 'ООО "Ромашка-Т"', "ооо  ромашка-т", "ООО\u00a0«Ромашка-Т» ",
    "Общество с ограниченной ответственностью «Ромашка-Т»", "OOO «Ромашка-Т»",
]  # fmt: skip


def text(*values: str | None) -> pd.Series:
    return pd.Series(list(values), dtype="str")


def test_equal_codes_are_one_client_shown_by_its_most_frequent_then_longest_name() -> None:
    clients = identify_clients(text(*SPELLINGS, SPELLINGS[1], SPELLINGS[1]), text(*["7700000001"] * 9), 9)
    assert set(clients.key) == {"7700000001"}
    assert set(clients.name) == {SPELLINGS[1]}
    assert clients.merged == ("7700000001",)
    once = identify_clients(text(*SPELLINGS[1:]), text(*["7700000001"] * 6), 6)
    assert set(once.name) == {SPELLINGS[5]}


def test_names_without_codes_are_joined_by_spaces_only() -> None:
    clients = identify_clients(text(*SPELLINGS, "ООО «Ромашка»"), None, 8)
    assert clients.key.nunique() == 7
    assert clients.merged == ()


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_all_spellings_have_one_core(spelling: str) -> None:
    assert core_name(spelling) == "ромашка т"


def test_a_similar_firm_is_suggested_and_a_numbered_one_is_not() -> None:
    table = pd.DataFrame(
        {
            "client_key": ["1", "2", "3", "4", "5"],
            "client": ["ООО «Северный ветер»", "ЗАО Северный Ветёр", "АО «Северный ветерок»", "Клиент 001", "Клиент 002"],
        }
    )
    pairs = similar_clients(table)
    assert ("1", "2", 100.0) in pairs
    assert not {"4", "5"} & {key for pair in pairs for key in pair[:2]}


@pytest.mark.parametrize(
    "nobody",
    [
        "",
        "   ",
        "-",
        "—",
        "(пусто)",
        "<Объект не найден>",
        "<Объект не найден> (12:9a41)",
        "<не указан>",
        "Контрагент не указан" * 0,
        "(blank)",
        "Нет данных",
        "<Пустое значение>",
    ],
)
def test_nobody_is_missing(nobody: str) -> None:
    clients = identify_clients(text(nobody, "ООО «Вега»"), None, 2)
    assert list(clients.unassigned) == [True, False]


@pytest.mark.parametrize(
    "name", ["NaN", "None", "null", "TRUE", "1E5", "000123", "=1+1", "-ИП Минус", "+7 (900) 000-00-00", "Нетто", "ООО «Не найден»"]
)
def test_odd_names_are_somebody(name: str) -> None:
    clients = identify_clients(text(name), None, 1)
    assert list(clients.key) == [name]


@pytest.mark.parametrize(
    "name",
    [
        "Розничный покупатель",
        "Частное лицо",
        "Физлица",
        "Физические лица",
        "Прочие клиенты",
        "Retail customer",
        "Прочие",
        "Аноним",
        "Кассовые продажи",
    ],
)
def test_many_buyers_under_one_name(name: str) -> None:
    clients = identify_clients(text(name, "ООО «Розница плюс»"), None, 2)
    assert list(clients.aggregate) == [True, False]


def test_codes_lose_no_zeros_and_find_their_names() -> None:
    # 0100000005… : check digit by the public rule of the ИНН: weights 2 4 10 3 5 9 4 6 8, sum mod 11 mod 10
    weights, digits = (2, 4, 10, 3, 5, 9, 4, 6, 8), (0, 1, 2, 3, 4, 5, 6, 7, 8)
    inn = "".join(map(str, digits)) + str(sum(w * d for w, d in zip(weights, digits, strict=True)) % 11 % 10)
    clients = identify_clients(text("А", "А", "Б"), text(inn[1:], None, "7700000001/770001001"), 3)
    assert list(clients.code) == [inn, inn, "7700000001"]
