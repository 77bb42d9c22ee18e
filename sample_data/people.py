"""Who sells and who buys: invented people, firms and towns, and tax numbers that no real firm can have.

A tax number (ИНН) starts with the code of the region that gave it out; there is no region 00, so a number that starts
with 00 belongs to nobody, while its check digits are right and a strict reader accepts it. 10 digits for a firm, 12 for a
sole trader (ИП). Names of firms are a noun and a trade joined by a hyphen; likeness to a real name is chance.
"""

from __future__ import annotations

import numpy as np

COMPANY = "ООО «Торговый дом «Крепь и Дело»"
RETAIL = "Розничный покупатель"

MANAGERS: tuple[tuple[str, str], ...] = (  # name, branch
    ("Аверина Ольга Викторовна", "Екатеринбург"),
    ("Бурцев Денис Олегович", "Екатеринбург"),
    ("Вяткина Мария Сергеевна", "Екатеринбург"),
    ("Горшенин Павел Андреевич", "Екатеринбург"),
    ("Дёмина Светлана Игоревна", "Пермь"),
    ("Ежов Роман Алексеевич", "Пермь"),
    ("Журавская Анна Петровна", "Пермь"),
    ("Зимин Кирилл Юрьевич", "Пермь"),
    ("Ильиных Татьяна Львовна", "Тюмень"),
    ("Корытов Антон Николаевич", "Тюмень"),
    ("Лукоянова Ирина Павловна", "Тюмень"),
    ("Мезенцев Илья Борисович", "Тюмень"),
)
TOWNS = {
    "Екатеринбург": ("Екатеринбург", "Нижний Тагил", "Первоуральск", "Каменск-Уральский", "Верхняя Пышма"),
    "Пермь": ("Пермь", "Березники", "Соликамск", "Чайковский", "Кунгур"),
    "Тюмень": ("Тюмень", "Тобольск", "Ишим", "Ялуторовск", "Курган"),
}
HOME_SHARE = 0.55  # of a branch's clients sit in the branch's own town


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_NOUNS = _words(
    "Вереск Гранит Дубрава Ельник Жернов Зубр Ирбис Кедр Лотос Маяк Нарвал Орлан Парус Родник Сокол Тайга Утёс Филин Хребет Чайка "
    "Шихан Эгида Янтарь Бастион Купол Полюс"
)
_TRADES = _words("Монтаж Сервис Деталь Ремстрой Мебель Привод Техно Логистик Энерго Металл Пласт Профиль Станко Лифт Тара")
_SEASONAL_TRADES = _words("Сад Дор Агро Фасад Кровля")
_SURNAMES = _words(
    "Абросов Батуев Ведерников Галанин Деменев Ефремкин Жиделев Запольских Истомин Калугин Лобачёв Малафеев Нечаев Ощепков "
    "Пепеляев Ременников Сыропятов Тиунов Углов Федосеев Хлызов Целищев Чазов Шабуров Щукин Юшков Ярыгин"
)
_NAMES = _words("Александр Артём Василий Виктор Геннадий Дмитрий Евгений Константин Максим Никита Сергей Степан")
_PATRONYMICS = _words("Анатольевич Валерьевич Викторович Геннадьевич Иванович Михайлович Николаевич Петрович Юрьевич")

_FIRM_WEIGHTS = (2, 4, 10, 3, 5, 9, 4, 6, 8)
_TRADER_WEIGHTS = (7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _check_digit(digits: str, weights: tuple[int, ...]) -> str:
    return str(sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11 % 10)


def firm_number(serial: int) -> str:
    """Ten-digit tax number of the non-existent region 00 with a right check digit; serial: 0 … 9 999 999."""
    body = f"00{serial:07d}"
    return body + _check_digit(body, _FIRM_WEIGHTS)


def trader_number(serial: int) -> str:
    """Twelve-digit tax number of the non-existent region 00 with right check digits; serial: 0 … 99 999 999."""
    body = f"00{serial:08d}"
    body += _check_digit(body, _TRADER_WEIGHTS)
    return body + _check_digit(body, (3, *_TRADER_WEIGHTS))


def firm_names(rng: np.random.Generator, *, seasonal: bool) -> list[str]:
    """All names of firms of one kind, each once, in random order; joint-stock companies (АО) among them."""
    trades = _SEASONAL_TRADES if seasonal else _TRADES
    names = [f"{noun}-{trade}" for noun in _NOUNS for trade in trades]
    forms = rng.choice(["ООО", "АО"], size=len(names), p=[0.9, 0.1])
    return [f"{form} «{names[i]}»" for form, i in zip(forms, rng.permutation(len(names)), strict=True)]


def trader_names(rng: np.random.Generator) -> list[str]:
    """Names of sole traders, no surname with the same first name twice, in random order."""
    pairs = [(surname, name) for surname in _SURNAMES for name in _NAMES]
    last = rng.choice(_PATRONYMICS, size=len(pairs))
    order = rng.permutation(len(pairs))
    return [f"ИП {pairs[i][0]} {pairs[i][1]} {patronymic}" for patronymic, i in zip(last, order, strict=True)]
