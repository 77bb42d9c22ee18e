"""What a spreadsheet's number format says of a number: a date, or money of a currency.

A format is a date's if, outside quotes, brackets and escapes, it has y, d, or an m that is not of minutes. A time alone (h:mm) and a
duration ([h]:mm) stay numbers: fractions of a day. Serial 60 is Excel's 29 February 1900, which never was: it reads as 28 February.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from functools import lru_cache

# ids that every spreadsheet knows without writing them down, and the ids East Asian versions use for dates
BUILTIN_DATES = frozenset((14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 59)))
LITERAL = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]')
ELAPSED = re.compile(r"\[(?:h+|m+|s+|ч+|м+|с+)\]", re.IGNORECASE)
GENERAL = re.compile(r"general|основной|стандарт", re.IGNORECASE)
MINUTES = re.compile(r"(?<=[hчHЧ])[:\s.]*[mм]+|[mм]+(?=[:\s.]*[sс])", re.IGNORECASE)
DATE_LETTERS = re.compile(r"[ydmгдм]", re.IGNORECASE)
CURRENCIES = {"₽": "RUB", "р.": "RUB", "руб": "RUB", "$": "USD", "€": "EUR", "₸": "KZT", "₴": "UAH", "£": "GBP", "¥": "CNY", "br": "BYN"}
CODES = re.compile(r"\b(RUB|RUR|USD|EUR|KZT|BYN|UAH|GBP|CNY)\b", re.IGNORECASE)
EPOCH = datetime(1899, 12, 30)
SHIFT_1904 = 1462  # days between the two epochs of Excel
LAST_SERIAL = 2_958_466  # the day after 31.12.9999


@lru_cache(maxsize=4096)
def is_date_format(code: str) -> bool:
    """Whether numbers shown by this format are dates."""
    first = code.split(";", 1)[0]
    if ELAPSED.search(first):
        return False
    bare = LITERAL.sub("", first)
    return bool(DATE_LETTERS.search(MINUTES.sub("", GENERAL.sub("", bare))))


@lru_cache(maxsize=4096)
def currency_of_format(code: str) -> str | None:
    """ISO code of the currency that the format shows, if any."""
    named = CODES.search(code)
    if named:
        return {"RUR": "RUB"}.get(named[1].upper(), named[1].upper())
    bracket = re.search(r"\[\$([^\]-]+)", code)
    text = (bracket[1] if bracket else re.sub(r"\[[^\]]*\]", "", code)).lower()
    return next((iso for sign, iso in CURRENCIES.items() if sign in text), None)


def date_of_serial(serial: float, *, since_1904: bool = False) -> datetime | float:
    """The moment of a serial number, to the millisecond; the number itself where it is no date of a calendar."""
    days = serial + SHIFT_1904 if since_1904 else serial
    if not 1 <= days < LAST_SERIAL:
        return serial
    moment = EPOCH + timedelta(days=days + (1 if days < 60 else 0))
    rounded = moment + timedelta(microseconds=500)
    return rounded.replace(microsecond=rounded.microsecond // 1000 * 1000)
