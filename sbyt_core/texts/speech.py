"""One language: catalogue look-up, plurals, numbers, money, shares and dates."""

from __future__ import annotations

import math
from datetime import date, datetime
from functools import cache
from pathlib import Path

from babel.dates import format_date, format_skeleton
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from sbyt_core.errors import SbytError

LANGUAGES = ("ru", "en")
FOLDER = Path(__file__).parent / "catalogue"
MISSING = "–"  # shown where a figure is not known: never 0
CURRENCY_SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "KZT": "₸", "BYN": "Br", "UAH": "₴", "CNY": "¥", "GBP": "£"}


_RUSSIAN = str.maketrans({",": "\u00a0", ".": ","})  # from the marks of English figures


Day = date  # the class has a method of that name


class Speech:
    """The words of one language. Frozen: one object serves every user."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self._catalogue = _load(lang)

    def __call__(self, code: str, **params: object) -> str:
        """Text of a code with its parameters; a whole-number `n` chooses the plural form where the text has forms."""
        message = self._catalogue.get(code)
        if message is None or not message.string:
            raise KeyError(f"no text {code!r} in {self.lang}")
        text = message.string
        if isinstance(text, (tuple, list)):
            n = params.get("n", 0)
            index = self._plural(n) if isinstance(n, int) else self._plural(2)
            text = text[index]
        shown = {name: self._shown(value) for name, value in params.items()}
        return text.format(**shown)

    def has(self, code: str) -> bool:
        """Whether the catalogue has this code."""
        message = self._catalogue.get(code)
        return message is not None and bool(message.string)

    def error(self, fault: SbytError) -> tuple[str, str]:
        """Message and hint of a fault."""
        return self(f"error.{fault.code}", **fault.params), self(f"error.{fault.code}.hint", **fault.params)

    def num(self, value: float | None, digits: int = 0) -> str:
        """1 234 567,89 in Russian, 1,234,567.89 in English; a dash where missing."""
        if _missing(value):
            return MISSING
        rounded = round(float(value), digits)  # type: ignore[arg-type]
        text = f"{rounded if rounded else 0.0:,.{digits}f}"
        return (text.translate(_RUSSIAN) if self.lang == "ru" else text).replace("-", "−")

    def money(self, value: float | None, currency: str = "RUB", digits: int = 0) -> str:
        """Money with the sign of its currency: behind the number in Russian, before it in English for $, € and £."""
        if _missing(value):
            return MISSING
        sign = CURRENCY_SIGNS.get(currency, currency)
        text = self.num(value, digits)
        if self.lang == "en" and sign in "$€£":
            return text.replace("−", f"−{sign}", 1) if text.startswith("−") else sign + text
        return f"{text}\u00a0{sign}" if sign else text

    def percent(self, share: float | None, digits: int = 0) -> str:
        """A fraction as per cent: .255 is 26 %."""
        if _missing(share):
            return MISSING
        return self.num(100 * float(share), digits) + ("\u00a0%" if self.lang == "ru" else "%")  # type: ignore[arg-type]

    def date(self, day: date | None) -> str:
        """09.01.2025 in Russian, 9 Jan 2025 in English."""
        if day is None or day != day:
            return MISSING
        return format_date(day, "dd.MM.yyyy" if self.lang == "ru" else "d MMM yyyy", locale=self.lang)

    def month(self, day: Day | None, *, short: bool = True) -> str:
        """янв. 2025, Jan 2025; long: январь 2025, January 2025."""
        if day is None or day != day:
            return MISSING
        if short:
            return format_date(day, "LLL yyyy", locale=self.lang)
        return (
            format_skeleton("yMMMM", datetime(day.year, day.month, day.day), locale=self.lang).removesuffix(" г.").removesuffix("\u202fг.")
        )

    @staticmethod
    def capital(text: str) -> str:
        """The text with a capital first letter."""
        return text[:1].upper() + text[1:]

    def _shown(self, value: object) -> str:
        if isinstance(value, bool) or value is None or isinstance(value, str):
            return MISSING if value is None else str(value)
        if isinstance(value, int):
            return self.num(value)
        if isinstance(value, float):
            return self.num(value, 0 if value == int(value) else 2) if math.isfinite(value) else MISSING
        if isinstance(value, datetime):
            return f"{self.date(value)} {value.astimezone():%H:%M}"
        if isinstance(value, date):
            return self.date(value)
        if isinstance(value, (list, tuple, set, frozenset)):
            return ", ".join(self._shown(item) for item in value)
        return str(value)

    def _plural(self, n: int) -> int:
        n = abs(n)
        if self.lang == "en":
            return 0 if n == 1 else 1
        if n % 10 == 1 and n % 100 != 11:
            return 0
        return 1 if 2 <= n % 10 <= 4 and not 12 <= n % 100 <= 14 else 2


@cache
def speech(lang: str) -> Speech:
    """The words of a language of `LANGUAGES`; the first of them for any other."""
    return Speech(lang if lang in LANGUAGES else LANGUAGES[0])


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and not math.isfinite(value)) or value != value


def _load(lang: str) -> dict[str, Message]:
    messages: dict[str, Message] = {}
    for path in sorted((FOLDER / lang).glob("*.po")):
        with path.open(encoding="utf-8") as file:
            catalogue: Catalog = read_po(file, locale=lang)
        for message in catalogue:
            if not message.id:
                continue
            code = message.id if isinstance(message.id, str) else message.id[0]
            if code in messages:
                raise AssertionError(f"{code!r} stands twice in the catalogues of {lang}")
            messages[code] = message
    return messages
