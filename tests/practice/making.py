"""Small cards and logs for the tests."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from io import BytesIO

import openpyxl
import pandas as pd

from sbyt_core.cards.life import CardVersion
from sbyt_core.cards.model import Card, Change, Step
from sbyt_core.practice.log import Observation, as_log

START = datetime(2025, 7, 1, 9)


def card(steps: int = 4, **more: object) -> Card:
    """Steps s1, s2 … called «Шаг один» and so on, of 5 norm minutes each."""
    names = ("Принять заявку", "Проверить долг", "Согласовать цену", "Выставить счёт", "Передать на склад", "Сообщить дату")
    return Card("Карта", tuple(Step(f"s{i}", names[i - 1], "Менеджер", norm_minutes=5.0) for i in range(1, steps + 1)), **more)  # type: ignore[arg-type]


def without_second_for_c() -> Card:
    """A card whose segment C is served without the second step."""
    return card(differences={"C": (Change("s2", dropped=True),)})


def run(
    document: str, steps: Iterable[tuple[str, bool]], *, client: str = "К1", employee: str = "Анна", start: datetime = START, **more: object
) -> list[Observation]:
    """Observations of one document, a minute apart in the order given."""
    return [
        Observation(start + timedelta(minutes=i), employee, client, f"ООО «{client}»", step, done, document=document, **more)  # type: ignore[arg-type]
        for i, (step, done) in enumerate(steps)
    ]


def log(*runs: list[Observation]) -> pd.DataFrame:
    """A log of runs."""
    return as_log([one for part in runs for one in part])


def version(number: int, card: Card, since: date | None) -> CardVersion:
    """A version that took effect on a day; None: it never did."""
    return CardVersion(number, card, "", ("Борис",), {}, since or date(2025, 1, 1), since=since)


def workbook(rows: Iterable[Iterable[object]]) -> bytes:
    """A workbook of one sheet with these rows."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()
