"""Numbers as people write them: 1 234,56 · 1,234.56 · (1 234,50) · 1 234,50- · −5 · 12 % · 3,4 тыс. · 1 200 Кт.

A comma or dot stands for decimals, or for thousands; which of the two is decided for a whole column. Two different marks in one
number, a mark followed by other than three digits, the same mark twice, or spaces between thousands decide it. Where nothing
in the column decides ("1.234"), the caller's `convention` does; without one the numbers stay unread and the column is `ambiguous`.
A per cent sign divides by 100. Кт (credit) is negative where the column also has Дт (debit). Whatever is not a number is missing
and counted, never 0.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

CURRENCY = {
    "RUB": r"руб(?:лей|ля|ль)?\.?|р\.?|₽|rub|rur", "USD": r"\$|usd|us\$|долл\w*\.?", "EUR": r"€|eur|евро", "KZT": r"₸|kzt|тенге|тг\.?",
    "BYN": r"byn|бел\. ?руб\.?", "UAH": r"₴|uah|грн\.?", "CNY": r"¥|cny|юан\w*", "GBP": r"£|gbp",
}  # fmt: skip
_CURRENCY = re.compile("|".join(f"(?P<{code}>(?<![^\\W\\d_])(?:{words})(?![^\\W\\d_]))" for code, words in CURRENCY.items()), re.IGNORECASE)
_SCALE = (
    (re.compile(r"\s*(?:тыс\.?|т\.|k|тысяч\w*)$", re.IGNORECASE), 1e3),
    (re.compile(r"\s*(?:млн\.?|mln|m|миллион\w*)$", re.IGNORECASE), 1e6),
)
_SIDE = re.compile(r"\s*(дт|кт|dr|cr)\.?$", re.IGNORECASE)
_SPACE = re.compile(r"[\s\u00a0\u202f\u2007\u2009]+")
_MINUS = str.maketrans("−–—‒", "----")
_GROUPED_BY_SPACE = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,]\d+)?")
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*|[.,]\d+")
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?[eе][+-]?\d{1,3}", re.IGNORECASE)

_KOPECKS = re.compile(r"(-?[\d ]+?) ?(?:(?:руб\w*|р)\.? ?(\d\d) ?(?:коп\w*|к)\.?)")

DECIMAL = "decimal"
THOUSANDS = "thousands"


@dataclass(frozen=True)
class Shape:
    """A number taken apart: sign × scale, the digits with their marks, what the marks say by themselves."""

    factor: float
    digits: str
    credit: bool | None  # True Кт, False Дт, None neither
    currency: str | None
    decided: str | None  # value of `digits` in Python's writing, None while one mark is open
    comma: str | None  # what this number tells about the comma: "decimal", "thousands" or nothing
    dot: str | None


@dataclass(frozen=True)
class Numbers:
    """values: float64, NaN where missing or unread; bad: filled cells that are no number; ambiguous: open marks were met;
    currencies: ISO codes written in the cells, with how many of the distinct texts carry each."""

    values: np.ndarray
    bad: np.ndarray
    ambiguous: bool = False
    currencies: tuple[str, ...] = ()
    percent: bool = False


@lru_cache(maxsize=20_000)
def take_apart(text: str) -> Shape | None:
    """The parts of a written number, or None when it is not one."""
    if not _DIGIT.search(text):
        return None
    rest = _SPACE.sub(" ", text).strip(" '’\"").translate(_MINUS).lower()
    factor, credit, currency = 1.0, None, None
    if side := _SIDE.search(rest):
        credit, rest = side.group(1) in ("кт", "cr"), rest[: side.start()]
    if kopecks := _KOPECKS.fullmatch(rest):
        rest = f"{kopecks[1]},{kopecks[2]}"
    if rest.startswith("(") and rest.endswith(")"):
        factor, rest = -1.0, rest[1:-1]
    if found := _CURRENCY.search(rest):
        currency = found.lastgroup
        rest = (rest[: found.start()] + " " + rest[found.end() :]).strip()
        if rest.startswith("- "):
            rest = "-" + rest[2:]
    if rest.endswith("%"):
        factor, rest = factor / 100, rest[:-1].rstrip()
    for pattern, scale in _SCALE:
        if found := pattern.search(rest):
            factor, rest = factor * scale, rest[: found.start()]
            break
    rest = rest.strip().rstrip(". ")
    if rest.startswith("(") and rest.endswith(")"):
        factor, rest = -factor, rest[1:-1].strip()
    if rest.startswith("-"):
        factor, rest = -abs(factor), rest[1:].strip()
    elif rest.endswith("-"):
        factor, rest = -abs(factor), rest[:-1].strip()
    elif rest.startswith("+"):
        rest = rest[1:].strip()
    if _SCIENTIFIC.fullmatch(rest):
        return Shape(factor, rest, credit, currency, rest.replace("е", "e").replace(",", "."), None, None)
    spaced = " " in rest or "'" in rest or "’" in rest
    if spaced:
        rest = re.sub("['’]", " ", rest)
        if not _GROUPED_BY_SPACE.fullmatch(rest):
            return None
        rest = rest.replace(" ", "")
    if not _DIGITS.fullmatch(rest):
        return None
    decided, comma, dot = _marks(rest, spaced)
    return None if decided == "" else Shape(factor, rest, credit, currency, decided, comma, dot)


def _marks(digits: str, spaced: bool) -> tuple[str | None, str | None, str | None]:
    """The value where the marks are certain (None: open, "": wrong), and what they tell about comma and dot."""
    commas, dots = digits.count(","), digits.count(".")
    if commas and dots:
        last = max(digits.rfind(","), digits.rfind("."))
        decimal, group = digits[last], "." if digits[last] == "," else ","
        whole = digits[:last]
        if digits.count(decimal) > 1 or not re.fullmatch(rf"\d{{1,3}}(?:\{group}\d{{3}})+", whole):
            return "", None, None
        value = whole.replace(group, "") + "." + digits[last + 1 :]
        return (value, DECIMAL, THOUSANDS) if decimal == "," else (value, THOUSANDS, DECIMAL)
    if not commas and not dots:
        return digits, None, None
    mark = "," if commas else "."
    tell = (lambda what: (what, None)) if commas else (lambda what: (None, what))
    head, _, tail = digits.partition(mark)
    if commas + dots > 1:
        return (digits.replace(mark, ""), *tell(THOUSANDS)) if re.fullmatch(rf"\d{{1,3}}(?:\{mark}\d{{3}})+", digits) else ("", None, None)
    if spaced or len(tail) != 3 or not head or len(head) > 3 or head.startswith("0"):
        return (f"{head or 0}.{tail}", *tell(DECIMAL))
    return None, None, None


def marks_told(shapes: Sequence[Shape | None]) -> dict[str, str]:
    """What a column says about each mark: "," and "." → "decimal" or "thousands", by majority; absent where nothing decides."""
    told = {}
    for mark, name, other in ((",", "comma", "dot"), (".", "dot", "comma")):
        votes = [getattr(shape, name) for shape in shapes if shape]
        decimal, thousands = votes.count(DECIMAL), votes.count(THOUSANDS)
        if decimal or thousands:
            told[mark] = DECIMAL if decimal >= thousands else THOUSANDS
        elif any(getattr(shape, other) == DECIMAL for shape in shapes if shape):
            told[mark] = THOUSANDS  # the other mark is taken
    return told


def read_numbers(texts: Sequence[str], convention: str | None = None, told: dict[str, str] | None = None) -> Numbers:
    """Values of written numbers, aligned with `texts`.

    convention: "decimal" or "thousands", for marks that nothing in the column decides; told: `marks_told` of a neighbour column,
    asked before the convention.
    """
    shapes = [take_apart(text) for text in texts]
    own = marks_told(shapes)
    told = {**(told or {}), **own}
    both_sides = len({shape.credit for shape in shapes if shape} - {None}) == 2
    values = np.full(len(shapes), np.nan)
    bad = np.zeros(len(shapes), dtype=bool)
    ambiguous = False
    currencies = []
    for i, shape in enumerate(shapes):
        if shape is None:
            bad[i] = bool(texts[i].strip())
            continue
        written = shape.decided
        if written is None:
            mark = "," if "," in shape.digits else "."
            reading = told.get(mark) or convention
            ambiguous |= mark not in told
            if reading is None:
                bad[i] = True
                continue
            written = shape.digits.replace(mark, "." if reading == DECIMAL else "")
        sign = -1 if both_sides and shape.credit else 1
        number = float(written)
        values[i] = sign * (number / 100 if abs(shape.factor) == 0.01 else number * abs(shape.factor)) * (-1 if shape.factor < 0 else 1)
        if shape.currency:
            currencies.append(shape.currency)
    order = sorted(set(currencies), key=lambda code: (-currencies.count(code), code))
    percent = any(shape is not None and abs(shape.factor) < 1 for shape in shapes)
    return Numbers(values, bad, ambiguous, tuple(order), percent)
