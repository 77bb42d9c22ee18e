"""The strategy book on a sheet: three kinds side by side, a printed page each block, as cards to be read and explained.

Every card shows how many clients it is for and the hours a month that the standard asks for. A kind of a tag without
clients is written all the same: the owner agrees on it before it is needed.
"""

from __future__ import annotations

from sbyt_core.reports.kit.book import ACCENT, LINE_HEIGHT, MARKS, Book, Sheet, lines_needed
from sbyt_core.strategies import StrategyBook, Workload, WrittenStandard, written

BLOCKS = (("A", "B", "C"), ("late", "service_drain", "loss_making"), ("promising", "new"))
FIELDS = (
    "title",
    "goal",
    "actions",
    "contacts",
    "channels",
    "who_serves",
    "answer",
    "credit",
    "discount",
    "minimum_order",
    "not_done",
    "first_moves",
)
LABEL_WIDTH = 18
CARD_WIDTH = 46


def strategy_sheet(book: Book, strategies: StrategyBook, load: Workload) -> None:
    """Write the sheet of strategies. load: hours a month by kind, of the same book."""
    speech = book.speech
    sheet = book.sheet(speech("report.sheet.strategies"), (LABEL_WIDTH, CARD_WIDTH, CARD_WIDTH, CARD_WIDTH))
    sheet.line(speech("report.sheet.strategies"), "title")
    sheet.line(speech("report.strategies.note" if load.norms_known else "report.strategies.note_contacts_only"), "subtitle")
    sheet.down()
    breaks = []
    for block in BLOCKS:
        cards = [written(strategies[kind], speech, currency=book.currency) for kind in block]
        _heads(sheet, cards, load)
        for field in FIELDS:
            texts = [_text(card, field) for card in cards]
            _row(sheet, speech(f"strategy.field.{field}"), texts, bold=field == "title")
        sheet.down()
        breaks.append(sheet.row)
    sheet.raw.set_h_pagebreaks(breaks[:-1])


def _heads(sheet: Sheet, cards: list[WrittenStandard], load: Workload) -> None:
    speech = sheet.book.speech
    by_kind = load.by_kind
    sheet.raw.set_row(sheet.row, 2 * LINE_HEIGHT)
    for column, card in enumerate(cards, start=1):
        row = by_kind.loc[card.kind]
        size = speech("report.strategies.size", clients=speech("words.clients", n=int(row["clients"])), hours=speech.num(row["hours"], 1))
        sheet.put(column, f"{card.name}\n{size}", "header", align="left", indent=1, top=5, top_color=MARKS.get(card.kind, ACCENT))
    sheet.down()


def _row(sheet: Sheet, label: str, texts: list[str], *, bold: bool) -> None:
    lines = max(lines_needed(label, LABEL_WIDTH), *(lines_needed(text, CARD_WIDTH) for text in texts))
    sheet.raw.set_row(sheet.row, lines * LINE_HEIGHT + 3)
    sheet.put(0, label, "label")
    for column, text in enumerate(texts, start=1):
        sheet.put(column, text, "wrapped", bold=bold, bottom=1, bottom_color="#E6EAEE")
    sheet.down()


def _text(card: WrittenStandard, field: str) -> str:
    if field == "first_moves":
        return "\n".join(f"{number}. {move}" for number, move in enumerate(card.first_moves, start=1))
    return getattr(card, field)
