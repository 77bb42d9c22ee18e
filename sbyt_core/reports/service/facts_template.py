"""The template of the file of client facts: the company's clients, greatest first, and an empty column for each fact.

Its headers are those that the program reads, so a filled template needs no explaining.
"""

from __future__ import annotations

from datetime import datetime

import pandas as pd

from sbyt_core.clients.fact_columns import FACTS, WHO
from sbyt_core.reports.kit.book import HEADER_HEIGHT, Book
from sbyt_core.texts import speech

WIDTHS = (36, 16, 18, 16, 12, 20, 12, 20)
MONEY = ("overdue", "potential")


def facts_template(clients: pd.DataFrame, *, lang: str = "ru", currency: str = "RUB", made_at: datetime | None = None) -> bytes:
    """The workbook. clients: client, client_code and revenue; the clients are listed by falling revenue, then by name."""
    say = speech(lang)
    book = Book(say, title=say("report.sheet.facts"), author="", made_at=made_at, currency=currency)
    sheet = book.sheet(say("report.sheet.facts"), WIDTHS)
    header = sheet.row
    columns = (*WHO, *FACTS)
    sheet.header([say(f"client_fact.{name}") for name in columns], numbers=range(len(WHO), len(columns)), height=HEADER_HEIGHT)
    rows = clients.sort_values(["revenue", "client"], ascending=[False, True])
    look = book.look("text")
    sheet.rows([(rows[who].astype("str").to_numpy(dtype=object, na_value=None).tolist(), "text", look) for who in WHO])
    for place, name in enumerate(columns):
        if name in FACTS:
            sheet.raw.set_column(place, place, WIDTHS[place], book.look("plain", "money" if name in MONEY else "decimal"))
    sheet.raw.freeze_panes(header + 1, 1)
    sheet.raw.autofilter(header, 0, max(sheet.row - 1, header), len(columns) - 1)
    return book.bytes()
